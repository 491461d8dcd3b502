"""The words of one DOCX paragraph as Word shows it: results of fields, insertions, ticked boxes; no deletions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from extractor.documents.docx_package import Element, W, attribute, is_on, local
from extractor.documents.docx_styles import Style, run_look
from extractor.documents.docx_symbols import CHECKED, UNCHECKED, symbol, translate

W14_CHECKED = frozenset({"1", "true", "on", ""})


@dataclass(frozen=True, slots=True)
class ParagraphText:
    """A paragraph's words, the notes it refers to, the text boxes anchored in it, and how it stands out."""

    text: str
    notes: tuple[tuple[str, str], ...]
    boxes: tuple[Element, ...]
    bold: bool
    sizes: Counter[int]
    in_toc: bool


@dataclass(slots=True)
class _Field:
    """An open complex field: its instruction until the separator, then its result."""

    instruction: str = ""
    shown: bool = False
    form: Element | None = None


@dataclass(slots=True)
class _Line:
    """What a paragraph has given so far."""

    parts: list[str] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    sizes: Counter[int] = field(default_factory=Counter)
    bold: int = 0
    letters: int = 0


class TextReader:
    """Reads paragraphs in order; a field (a table of contents) may run over many of them."""

    def __init__(self) -> None:
        self._fields: list[_Field] = []
        self._line = _Line()
        self._style = Style()
        self._look = (False, 0)
        self._font = ""

    def read(self, paragraph: Element, style: Style) -> ParagraphText:
        """The words of a paragraph."""
        self._line, self._style = _Line(), style
        self._look, self._font = (style.bold, style.size), ""
        in_toc = self._in_toc()
        self._walk(paragraph)
        for open_field in self._fields:
            open_field.shown = True  # an instruction that never ends must not swallow the document
        line = self._line
        bold = line.letters > 0 and line.bold >= line.letters
        text = "".join(line.parts)
        return ParagraphText(
            text, tuple(line.notes), tuple(line.boxes), bold, line.sizes, bool(in_toc or self._in_toc())
        )

    def leave_contents(self) -> None:
        """Close fields of contents that a broken file leaves open; called where a real heading stands."""
        self._fields = [open_field for open_field in self._fields if not _is_toc(open_field)]

    def _in_toc(self) -> bool:
        return any(_is_toc(open_field) for open_field in self._fields)

    def _walk(self, element: Element) -> None:
        for child in element:
            name = local(child)
            handler = HANDLERS.get(name)
            if handler is not None:
                handler(self, child)
            elif name in TRANSPARENT:
                self._walk(child)

    def _emit(self, text: str) -> None:
        if any(not open_field.shown for open_field in self._fields):
            return
        line = self._line
        bold, size = self._look
        length = len(text) - text.count(" ")
        line.parts.append(text)
        line.letters += length
        line.bold += length if bold else 0
        line.sizes[size] += length

    def _run(self, run: Element) -> None:
        look = run.find(f"{W}rPr")
        if look is not None and is_on(look.find(f"{W}vanish")):
            return
        before = self._look, self._font
        self._look = run_look(run, self._style)
        fonts = None if look is None else look.find(f"{W}rFonts")
        self._font = attribute(fonts, "ascii") or attribute(fonts, "hAnsi")
        self._walk(run)
        self._look, self._font = before

    def _text(self, element: Element) -> None:
        self._emit(translate(element.text or "", self._font))

    def _break(self, _element: Element) -> None:
        self._emit("\n")

    def _tab(self, _element: Element) -> None:
        self._emit("\t")

    def _hyphen(self, _element: Element) -> None:
        self._emit("-")

    def _symbol(self, element: Element) -> None:
        try:
            code = int(attribute(element, "char") or "0", 16)
        except ValueError:
            return
        self._emit(symbol(code, attribute(element, "font")) if code else "")

    def _field_mark(self, element: Element) -> None:
        kind = attribute(element, "fldCharType")
        if kind == "begin":
            self._fields.append(_Field(form=element.find(f"{W}ffData")))
        elif kind == "separate" and self._fields:
            self._fields[-1].shown = True
        elif kind == "end" and self._fields:
            self._emit(_form_value(self._fields.pop()))

    def _instruction(self, element: Element) -> None:
        if self._fields and not self._fields[-1].shown:
            self._fields[-1].instruction += element.text or ""

    def _control(self, element: Element) -> None:
        """A content control: its content, but not the prompt to fill it; a check box by its state."""
        properties = element.find(f"{W}sdtPr")
        content = element.find(f"{W}sdtContent")
        if content is None or is_prompt(properties):
            return
        box = _check_box(properties)
        if box:
            self._emit(box)
        else:
            self._walk(content)

    def _note(self, element: Element) -> None:
        kind = "footnote" if local(element) == "footnoteReference" else "endnote"
        self._line.notes.append((kind, attribute(element, "id")))

    def _alternate(self, element: Element) -> None:
        """The first alternative that holds anything: the others say the same for older programs."""
        for branch in element:
            before = len(self._line.parts), len(self._line.boxes)
            self._walk(branch)
            if (len(self._line.parts), len(self._line.boxes)) != before:
                return

    def _drawing(self, element: Element) -> None:
        self._line.boxes.extend(text_boxes(element))


Handler = Callable[[TextReader, Element], None]
HANDLERS: Mapping[str, Handler] = {
    "r": TextReader._run,
    "t": TextReader._text,
    "br": TextReader._break,
    "cr": TextReader._break,
    "tab": TextReader._tab,
    "ptab": TextReader._tab,
    "noBreakHyphen": TextReader._hyphen,
    "sym": TextReader._symbol,
    "fldChar": TextReader._field_mark,
    "instrText": TextReader._instruction,
    "sdt": TextReader._control,
    "footnoteReference": TextReader._note,
    "endnoteReference": TextReader._note,
    "AlternateContent": TextReader._alternate,
    "drawing": TextReader._drawing,
    "pict": TextReader._drawing,
    "object": TextReader._drawing,
}
TRANSPARENT = frozenset(
    {
        "hyperlink", "ins", "moveTo", "smartTag", "customXml", "fldSimple", "dir", "bdo", "ruby", "rubyBase",
        "Choice", "Fallback",
        "oMath", "oMathPara", "f", "num", "den", "e", "sub", "sup", "sSub", "sSup", "sSubSup", "rad", "d", "nary",
        "func", "fName", "limLow", "limUpp", "bar", "acc", "box", "borderBox", "eqArr", "m", "mr",
    }
)  # fmt: skip


def text_boxes(element: Element) -> Iterator[Element]:
    """The text boxes of a drawing, outermost only, each alternative once."""
    for child in element:
        name = local(child)
        if name == "txbxContent":
            yield child
        elif name == "AlternateContent":
            yield from next((boxes for branch in child if (boxes := list(text_boxes(branch)))), [])
        else:
            yield from text_boxes(child)


def is_prompt(properties: Element | None) -> bool:
    """Whether a content control shows only its prompt ("Click here to enter text")."""
    return properties is not None and is_on(properties.find(f"{W}showingPlcHdr"))


def _check_box(properties: Element | None) -> str:
    for child in () if properties is None else properties:
        if local(child) == "checkbox":
            state = next((mark for mark in child if local(mark) == "checked"), None)
            values = () if state is None else [value for name, value in state.items() if name.endswith("}val")]
            return CHECKED if state is not None and (values or [""])[0] in W14_CHECKED else UNCHECKED
    return ""


def _form_value(form_field: _Field) -> str:
    """What an old form field shows that stands in its data only: a box, or the chosen line of a list."""
    if form_field.form is None:
        return ""
    box = form_field.form.find(f"{W}checkBox")
    if box is not None:
        mark = box.find(f"{W}checked")
        return CHECKED if is_on(box.find(f"{W}default") if mark is None else mark) else UNCHECKED
    choices = form_field.form.find(f"{W}ddList")
    if choices is None:
        return ""
    entries = [attribute(entry) for entry in choices.iterfind(f"{W}listEntry")]
    chosen = attribute(choices.find(f"{W}result")) or "0"
    return entries[int(chosen)] if chosen.isdigit() and int(chosen) < len(entries) else ""


def _is_toc(open_field: _Field) -> bool:
    return open_field.instruction.split(maxsplit=1)[:1] == ["TOC"]
