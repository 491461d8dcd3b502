"""Section templates: sandboxed Jinja over Markdown, a user's folder before the shipped one, file by file.

Whatever a template prints is escaped unless it is Markdown already (`Md`), so words of a document cannot
become markup, whoever wrote the template.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined, TemplateError, TemplateNotFound, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from extractor.errors import InvalidInput, Problem
from extractor.report.markdown import Md, joined, md, quoted, stopped
from extractor.report.wording import capital, date_words, small
from extractor.resources import shipped

BLANK_LINES = re.compile(r"\n[ \t]*\n(?:[ \t]*\n)+")
SPACES = re.compile(r"(?<=\S)[ \t]{2,}(?=\S)")
TRAILING = re.compile(r"[ \t]+$", re.MULTILINE)
SUFFIX = ".md.j2"


class TemplateInvalid(InvalidInput):
    """A report template has a fault."""


def _shown(value: Any) -> Any:
    """What a template prints: Markdown as it is, all else escaped."""
    return value if isinstance(value, Markup) else md("" if value is None else value)


def _join(parts: Iterable[object], between: str = "") -> Md:
    return joined(parts, between)


def environment(folder: str, own: Path | None) -> ImmutableSandboxedEnvironment:
    """The templates of one kind of report ("case_study"), the user's own before the shipped."""
    places = [*([own / folder, own] if own else []), shipped("templates") / folder]
    made = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader([str(place) for place in places]),
        undefined=StrictUndefined,
        autoescape=True,
        finalize=_shown,
        comment_start_string="<#",  # "{#name}" is an identifier in Markdown
        comment_end_string="#>",
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(
        md=md, quoted=quoted, join=_join, capital=capital, small=small, date=date_words, stopped=stopped
    )
    return made


def render(env: ImmutableSandboxedEnvironment, name: str, context: Mapping[str, Any]) -> str:
    """One template as Markdown; a fault in it names file and line."""
    file = f"{name}{SUFFIX}"
    try:
        return tidy(env.get_template(file).render(**context))
    except TemplateSyntaxError as fault:
        raise _invalid(fault.name or file, fault.lineno, fault.message or "syntax error") from fault
    except TemplateNotFound as fault:
        raise _invalid(file, None, f"template {fault.name} is missing") from fault
    except TemplateError as fault:
        raise _invalid(file, None, fault.message or type(fault).__name__) from fault


def _invalid(file: str, line: int | None, message: str) -> TemplateInvalid:
    return TemplateInvalid("The report template", [Problem(file, line, "", message)])


def tidy(text: str) -> str:
    """Markdown with single blank lines and no spaces at line ends."""
    return BLANK_LINES.sub("\n\n", TRAILING.sub("", SPACES.sub(" ", text))).strip() + "\n"
