"""What a sentence says of doing: a mention is not evidence."""

from __future__ import annotations

import pytest

from extractor.coding.mentions import MENTIONS
from extractor.coding.sentence import MARKS, sentence_marks
from extractor.cues import fold_case
from extractor.model import BlockKind

# Each sentence with the marks that it must bear and those that it must not.
SENTENCES = [
    # done
    ("The project trained 114 police officers.", {"done", "actor"}, {"planned", "advised", "negated"}),
    ("Two shelters were renovated in Vlorë.", {"done"}, {"planned", "advised"}),
    ("Nine workshops had been held by June.", {"done", "actor"}, {"planned"}),
    ("A hotline has also been established.", {"done"}, {"planned"}),
    ("The mission ran a course for judges.", {"done", "actor"}, {"planned"}),
    ("Counsellors gave legal advice to 94 women.", {"done"}, {"planned"}),
    ("The team set up a referral desk.", {"done", "actor"}, {"planned"}),
    ("A curriculum was jointly developed with the academy.", {"done"}, {"planned"}),
    ("The database is currently being tested in two districts.", {"done"}, {"planned"}),
    # done, in the present: what a project does
    ("The project trains border guards.", {"done", "actor"}, {"planned"}),
    ("IOM provides reintegration grants.", {"done", "actor"}, {"planned"}),
    ("The programme also integrates gender into its courses.", {"done"}, {"planned"}),
    ("The agency actively supports three shelters.", {"done"}, {"planned"}),
    ("Partners refer victims to the clinic.", {"done", "actor"}, {"planned"}),
    ("Case managers visit each family once a month.", {"done"}, {"planned"}),
    ("The unit is mandated to identify victims.", {"done"}, {"planned"}),
    ("Our staff provide counselling in Lomé.", {"done", "actor"}, {"planned"}),
    # of others, or a wish: not the project's doing
    ("The state provides shelter to minors.", set(), {"done", "planned"}),
    ("Traffickers promise work abroad.", set(), {"done", "planned", "actor"}),
    ("Training of police is a need of the country.", set(), {"done", "planned"}),
    # planned
    ("The project will train 150 police officers.", {"planned", "actor"}, {"done", "advised"}),
    ("It is planned to open two shelters.", {"planned"}, {"done", "advised"}),
    ("The project aims to set up a referral desk.", {"planned"}, {"done"}),
    ("Two studies are to be published.", {"planned"}, {"advised"}),
    ("IOM intends to support the ministry.", {"planned", "actor"}, {"done"}),
    # advised
    ("The government should train its prosecutors.", {"advised"}, {"done"}),
    ("IOM should provide more training.", {"advised", "actor"}, {"done"}),
    ("It is recommended that shelters receive state funds.", {"advised"}, set()),
    ("The curriculum needs to be revised.", {"advised"}, set()),
    ("Partners could usefully consider a second hotline.", {"advised"}, {"done"}),
    ("The police must keep records of interviews.", {"advised"}, {"done"}),
    # advice that was taken is none
    ("As recommended, the project trained its guards.", {"done"}, {"advised"}),
    ("Following the recommendations of the review, two desks were opened.", {"done"}, {"advised"}),
    ("As recommended, desks were opened; others should follow.", {"done", "advised"}, set()),
    # negated
    ("The training was not held.", {"negated"}, set()),
    ("The second workshop was cancelled.", {"cancelled"}, {"negated"}),
    ("The project did not reach rural areas.", {"negated"}, set()),
    ("The guards weren’t trained.", {"negated"}, set()),
    ("No data on returns were kept.", {"negated"}, set()),
    ("The database was dropped for lack of funds.", {"negated"}, set()),
    ("Not only police but also judges were trained.", {"done"}, {"negated"}),
    # of other projects
    ("A similar project trained teachers in Ghana.", {"other"}, set()),
    ("Other donors have supported the shelters.", {"other", "done"}, set()),
    ("Previous IOM programmes ran a hotline.", {"other"}, set()),
    ("The project supported other women in the village.", {"done"}, {"other"}),
    # defined
    ("Trafficking is defined in Article 3.", {"defined"}, {"done", "planned"}),
    ("The Protocol to Prevent Trafficking covers harbouring.", {"defined"}, {"done"}),
    ("For the purposes of the act, a victim shall mean any person.", {"defined"}, set()),
    # asked
    ("Did the project train the police?", {"asked"}, set()),
    ("To what extent were victims protected", {"asked"}, set()),
    ("How many workshops were held?", {"asked"}, set()),
    ("The project showed teachers how to talk to parents.", set(), {"asked"}),
    # a line of indicators counts what was done
    ("Victims identified: 88", {"done"}, {"planned"}),
    ("Calls to the hotline – 1,204 calls", {"done"}, {"planned"}),
    ("Budget year: 2009", set(), {"done"}),
    ("See section: 3.2", set(), {"done"}),
    ("Contact person: the head of mission", set(), {"done"}),
]


@pytest.mark.parametrize(("text", "borne", "not_borne"), SENTENCES)
def test_marks(text: str, borne: set[str], not_borne: set[str]) -> None:
    marks = sentence_marks(fold_case(text))
    assert marks >= borne
    assert not marks & not_borne


def test_every_mark_is_in_the_table() -> None:
    """Those of mentions have tables of their own."""
    assert {name for _, borne, _ in SENTENCES for name in borne} == ({*MARKS, "asked"} - set(MENTIONS)) | {"cancelled"}


@pytest.mark.parametrize(
    ("text", "kind", "done"),
    [
        ("Police officers 150 171", "table_row", True),
        ("Women in shelters 27 0 48", "table_row", True),
        ("Counterparts Ministry of Labour", "table_row", False),
        ("Start and end 1/6/2011 2013", "table_row", False),
        ("2.1 Draft policy", "table_row", False),
        ("Police officers 150 171", "paragraph", False),
    ],
)
def test_a_row_with_a_figure_counts_what_was_done(text: str, kind: BlockKind, done: bool) -> None:
    assert ("done" in sentence_marks(fold_case(text), kind)) is done
