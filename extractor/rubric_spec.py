"""The shape of a rubric's YAML: what may stand where. The JSON schema for editors follows from it."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, RootModel, StringConstraints

from extractor.rubric import ExtractorName, ItemType

Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=80)]
Address = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]+(?:\.[a-z0-9_]+){1,2}$", max_length=250)]
Text = Annotated[str, StringConstraints(min_length=1, max_length=2_000)]
Kind = Literal[
    "proposal", "interim_report", "final_report", "evaluation", "external_evaluation", "internal_evaluation", "mou",
    "service_contract", "provider_data_tool", "questionnaire", "other",
]  # fmt: skip


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class OptionSpec(_Strict):
    """A box of an item, and what recognises it."""

    label: Text
    cues: list[Text] = Field([], description="Patterns that say that the passage is about this option.")
    hints: list[Text] = Field([], description="Weak patterns: they support, and are never enough alone.")
    exclude: list[Text] = Field([], description="A passage with one of these does not count.")
    prefer: list[Identifier] | None = Field(None, description="Scopes in which a hit counts more.")
    avoid: list[Identifier] | None = Field(None, description="Scopes in which a hit does not count.")
    actor: bool | None = Field(None, description="The passage must say that someone did or will do it.")
    absence: bool = Field(False, description="An answer of absence: it follows from nothing else being found.")


class GroupSpec(_Strict):
    """A group of options; their ids become "group.option"."""

    label: Text
    options: dict[Identifier, OptionSpec]


class ItemSpec(_Strict):
    """A question of the form."""

    id: Identifier
    label: Text
    type: ItemType
    no: str = Field("", description="Its number on the paper form.")
    section: str = ""
    hint: str = Field("", description="One sentence on how a reviewer decides.")
    relevant: str = Field("", description='Skip logic: "project_type has prevention", several joined by " or ".')
    other: bool = Field(False, description='"Other", with free text, is allowed.')
    na: bool = Field(False, description='"Not applicable" is an answer of the form.')
    specify: bool = Field(False, description="Names are asked beside the options.")
    extractor: ExtractorName | None = Field(None, description="The typed extractor that proposes values.")
    prefer: list[Identifier] = []
    avoid: list[Identifier] = []
    actor: bool = False
    options: dict[Identifier, OptionSpec] = {}
    groups: dict[Identifier, GroupSpec] = {}


class IncludeSpec(_Strict):
    """A file with a list of items, inside the folder that holds the rubrics."""

    include: Text
    section: str = Field("", description="The section they stand in here, in place of the one they were written for.")


class ExtendSpec(_Strict):
    """Options that this rubric adds to an item that it shares with others."""

    extend: Identifier
    options: dict[Identifier, OptionSpec]


class ScopesSpec(RootModel[dict[Identifier, list[Text]]]):
    """A file of scopes that rubrics share."""


class ExampleSpec(_Strict):
    """A labelled passage."""

    frame: Text
    kind: Kind
    heading: str = ""
    text: Text
    yes: list[str] = []
    no: list[str] = []


class RecognisedSpec(_Strict):
    """What recognises an option in another language, instead of its own cues."""

    cues: list[Text] = Field([], description="Patterns that say that the passage is about this option.")
    hints: list[Text] = Field([], description="Weak patterns: they support, and are never enough alone.")
    exclude: list[Text] = Field([], description="A passage with one of these does not count.")


class WordingSpec(_Strict):
    """A rubric's cues in another language: languages/fr.yaml."""

    domain: list[Text] = Field([], description="Cues for words that show that a text belongs to the rubric's field.")
    scopes: dict[Identifier, list[Text]] = Field({}, description="The scopes' cues for headings.")
    options: dict[Address, RecognisedSpec] = Field({}, description="By address: item.option or item.group.option.")


class RubricSpec(_Strict):
    """The head of a rubric: rubric.yaml."""

    schema_: Literal[1] = Field(alias="schema")
    name: Identifier
    version: Text
    title: Text
    unit: str = "project"
    languages: list[str] = ["en"]
    domain: list[Text] = Field([], description="Cues for words that show that a text belongs to the rubric's field.")
    scopes: dict[Identifier, list[Text]] = Field({}, description="Named parts of a document: cues for headings.")
    shared_scopes: str = Field("", description="A file of scopes, inside the folder that holds the rubrics.")
    items: list[ItemSpec | IncludeSpec | ExtendSpec] = []


def rubric_schema() -> dict[str, Any]:
    """The JSON schema of rubric.yaml, for editors."""
    schema = RubricSpec.model_json_schema(by_alias=True)
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    return schema
