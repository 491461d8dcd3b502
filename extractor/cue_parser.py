"""The small language of cues: a text is parsed to a tree; from it come a RE2 pattern and what words must be there.

The language is described in docs/rubric.md; `cues` matches what is parsed here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

DEFAULT_GAP = 8
"""Words that `..` may skip."""
MAX_GAP = 20
MIN_LITERAL = 3
"""Letters that one required word of a cue must have, so that the prefilter is worth its while."""
RARER_A_LETTER = 2.5
"""How much rarer a string is with each letter more, about."""
MAX_CUE_CHARS = 500
MAX_DEPTH = 3
KEPT_CUES = 20_000

_TOKEN = re.compile(
    r"(?P<gap>\ *\.\.(?P<size>[0-9]*)\s*)"
    r"|(?P<separator>[\s\-–/]+)(?P<joined>\??)"
    r"|(?P<word>[\w'%$€£]+)(?P<last_optional>\??)"
    r"|(?P<sign>[*\#,])"
    r"|(?P<letters>\[(?P<choice>[^\]]*)(?P<closed>\]?))"
    r"|(?P<bracket>\()",
    re.VERBOSE,
)
_CHOICE_OF_WORDS = re.compile(r"\(([\w'%$€£]+(?:\|[\w'%$€£]+)+)\)(\??)")
"""What most brackets hold; read at once."""
_PLAIN_WORDS = re.compile("[0-9a-z_]+(?:['][0-9a-z_]+)*(?: [0-9a-z_]+(?:['][0-9a-z_]+)*)*")
_ESCAPED = str.maketrans({sign: f"\\{sign}" for sign in "'%$"})
_SEPARATOR = r"[\s\-‐‑–—/'’\"“”]+"
_OPTIONAL_SEPARATOR = r"[\s\-‐‑–—/'’\"“”]*"
_WORD_GAP = r"[^\w]+(?:\w+[^\w]+){0,%d}"
_GAP_START = _WORD_GAP[:8]
_DIGITS = frozenset("0123456789")
_SIGNS = {"*": r"\w*", "#": r"\d[\d.,]*", ",": ",?"}
"""Signs that stand for a piece of pattern by themselves: any ending, a number, a comma or none."""


class CueError(ValueError):
    """A cue that cannot be read: the message says why and what to write."""


@dataclass(frozen=True, slots=True)
class _Literal:
    text: str


@dataclass(frozen=True, slots=True)
class _Pattern:
    """A piece of regular expression that stands for no fixed text: an ending, a separator, a gap, letters."""

    regex: str


@dataclass(frozen=True, slots=True)
class _Choice:
    branches: tuple[tuple[_Node, ...], ...]
    optional: bool


_Node = _Literal | _Pattern | _Choice
_SEPARATOR_NODE, _OPTIONAL_SEPARATOR_NODE = _Pattern(_SEPARATOR), _Pattern(_OPTIONAL_SEPARATOR)
"""The only ones of their kind: told by identity."""
_SIGN_NODES = {sign: _Pattern(regex) for sign, regex in _SIGNS.items()}


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue ready to match: all `patterns` must be found.

    Of each set of `literals`, one must be in the text. A blank before or after one is the edge of a word, and a blank
    inside stands for whatever parts words.
    """

    text: str
    patterns: tuple[str, ...]
    literals: tuple[frozenset[str], ...]


def fold_case(text: str) -> str:
    """Lower case without accents and with straight apostrophes, as both cues and passages are compared."""
    if text.isascii():
        return text.lower()
    lower = text.replace("’", "'").lower()
    if lower.isascii():
        return lower
    decomposed = unicodedata.normalize("NFKD", lower)
    for char in set(decomposed):
        if unicodedata.combining(char):
            decomposed = decomposed.replace(char, "")
    return decomposed


_parsed: dict[str, Cue] = {}


def parse_cue(text: str) -> Cue:
    """The cue that a text writes; CueError says what is wrong with it. What was parsed once is kept."""
    cue = _parsed.get(text)
    if cue is None:
        if len(_parsed) >= KEPT_CUES:
            _parsed.clear()
        cue = _parsed[text] = _parse(text)
    return cue


def parsed_cues() -> tuple[Cue, ...]:
    """The cues that have been parsed, for another process to take."""
    return tuple(_parsed.values())


def take_parsed(cues: Iterable[Cue]) -> None:
    """Keep cues that another process has parsed."""
    _parsed.update({cue.text: cue for cue in cues})


def _parse(text: str) -> Cue:
    if len(text) > MAX_CUE_CHARS:
        raise CueError(f"a cue has at most {MAX_CUE_CHARS} characters")
    patterns: list[str] = []
    literals: list[frozenset[str]] = []
    for part in _conjuncts(fold_case(text)):
        nodes = _Parser(part).parse()
        closes = not _ends_in_sign(nodes)
        patterns.append(r"\b" + _regex(nodes) + (r"\b" if closes else ""))
        literals += _required(nodes, True, closes)
    if not any(map(_is_telling, literals)):
        raise CueError(f"{text!r} needs a word of at least {MIN_LITERAL} letters that must be there")
    return Cue(text, tuple(patterns), tuple(literals))


def _ends_in_sign(nodes: tuple[_Node, ...]) -> bool:
    """Whether no edge of a word stands at the end. RE2's edges are ASCII, as is folded text of Latin script."""
    last = nodes[-1]
    return isinstance(last, _Literal) and not last.text[-1].isalnum()


def _conjuncts(text: str) -> list[str]:
    parts = text.split("&")
    if any(not part.strip() for part in parts):
        raise CueError("there must be words on both sides of '&'")
    if any(part.count("(") != part.count(")") for part in parts):
        raise CueError("brackets must be closed, and '&' may not stand inside brackets")
    return parts


class _Parser:
    """Recursive descent over one conjunct."""

    def __init__(self, text: str) -> None:
        self.text = text.strip()
        self.at = 0

    def parse(self) -> tuple[_Node, ...]:
        nodes = self._sequence(depth=0)
        if self.at < len(self.text):
            raise CueError(f"unexpected {self.text[self.at]!r} at character {self.at + 1}")
        if not nodes:
            raise CueError("the cue is empty")
        return _tidy(nodes)

    def _sequence(self, depth: int) -> tuple[_Node, ...]:
        nodes: list[_Node] = []
        while self.at < len(self.text) and self.text[self.at] not in "|)":
            nodes.append(self._node(depth))
        return tuple(nodes)

    def _node(self, depth: int) -> _Node:
        found = _TOKEN.match(self.text, self.at)
        if found is None:
            char = self.text[self.at]
            raise CueError(f"{char!r} has no meaning in a cue (character {self.at + 1}); see docs/rubric.md")
        if found["bracket"]:
            return self._choice(depth)
        self.at = found.end()
        if word := found["word"]:
            return _last_optional(word) if found["last_optional"] else _Literal(word)
        if found["separator"]:
            return _OPTIONAL_SEPARATOR_NODE if found["joined"] else _SEPARATOR_NODE
        if sign := found["sign"]:
            return _SIGN_NODES[sign]
        return _gap(found["size"]) if found["gap"] else _letters(found["choice"], bool(found["closed"]))

    def _choice(self, depth: int) -> _Choice:
        if depth >= MAX_DEPTH:
            raise CueError(f"brackets may be nested at most {MAX_DEPTH} deep")
        if found := _CHOICE_OF_WORDS.match(self.text, self.at):
            self.at = found.end()
            return _Choice(tuple((_Literal(word),) for word in found[1].split("|")), bool(found[2]))
        branches: list[tuple[_Node, ...]] = []
        while True:
            self.at += 1  # "(" or "|"
            branches.append(self._sequence(depth + 1))
            if self.at >= len(self.text):
                raise CueError("a bracket is not closed")
            if self.text[self.at] == ")":
                break
        if any(not branch for branch in branches):
            raise CueError("an alternative is empty; for an optional part write '(part )?'")
        self.at += 1
        optional = self.text[self.at : self.at + 1] == "?"
        self.at += optional
        return _Choice(tuple(branches), optional)


def _last_optional(word: str) -> _Choice:
    """A word of which the last letter may be missing."""
    last = _Choice(((_Literal(word[-1]),),), optional=True)
    return last if len(word) == 1 else _Choice(((_Literal(word[:-1]), last),), optional=False)


def _letters(letters: str, closed: bool) -> _Pattern:
    if not closed or not letters.isalnum():
        raise CueError("square brackets hold letters to choose from, as in organi[sz]ation")
    return _Pattern(f"[{letters}]")


def _gap(digits: str) -> _Pattern:
    size = int(digits) if digits else DEFAULT_GAP
    if size > MAX_GAP:
        raise CueError(f"a gap skips at most {MAX_GAP} words")
    return _Pattern(_WORD_GAP % size)


# ------------------------------------------------------------------ tidying


def _tidy(nodes: tuple[_Node, ...]) -> tuple[_Node, ...]:
    """An optional part takes the separator beside it along, so that "(a )?b", "(a)? b" and "b (c)?" all read well."""
    if len(nodes) == 1:
        return (_tidied(nodes[0]),) if isinstance(nodes[0], _Choice) else nodes
    result: list[_Node] = []
    index = 0
    while index < len(nodes):
        node = nodes[index]
        following = nodes[index + 1] if index + 1 < len(nodes) else None
        if isinstance(node, _Choice) and node.optional and following is _SEPARATOR_NODE:
            branches = tuple((*branch, _SEPARATOR_NODE) for branch in node.branches)
            result.append(_tidied(_Choice(branches, optional=True)))
            index += 2
            continue
        ends = index + 2 == len(nodes)
        before_gap = index + 2 < len(nodes) and _is_gap(nodes[index + 2])
        if node is _SEPARATOR_NODE and isinstance(following, _Choice) and following.optional and (ends or before_gap):
            branches = tuple((_SEPARATOR_NODE, *_without_last_separator(branch)) for branch in following.branches)
            result.append(_tidied(_Choice(branches, optional=True)))
            index += 2
            continue
        result.append(_tidied(node) if isinstance(node, _Choice) else node)
        index += 1
    return tuple(result)


def _tidied(choice: _Choice) -> _Choice:
    return _Choice(tuple(map(_tidy, choice.branches)), choice.optional)


def _without_last_separator(nodes: tuple[_Node, ...]) -> tuple[_Node, ...]:
    return nodes[:-1] if nodes and nodes[-1] is _SEPARATOR_NODE else nodes


def _is_gap(node: _Node) -> bool:
    return isinstance(node, _Pattern) and node.regex.startswith(_GAP_START)


def _regex(nodes: Iterable[_Node]) -> str:
    parts: list[str] = []
    for node in nodes:
        if isinstance(node, _Literal):
            parts.append(node.text.translate(_ESCAPED))
        elif isinstance(node, _Pattern):
            parts.append(node.regex)
        else:
            choices = "|".join(map(_regex, node.branches))
            parts.append(f"(?:{choices})?" if node.optional else f"(?:{choices})")
    return "".join(parts)


# ------------------------------------------------------------------ what must be there


@lru_cache(maxsize=KEPT_CUES)
def _required(nodes: tuple[_Node, ...], opens: bool, closes: bool) -> tuple[frozenset[str], ...]:
    """Sets of strings: of each set, one must stand in any match. The most telling set, of longest strings, first.

    `opens` and `closes` tell whether the nodes stand between edges of words.
    """
    found: list[frozenset[str]] = []
    nodes = _joined(nodes) if _SEPARATOR_NODE in nodes else nodes
    forward, backward = _edges(nodes, opens, last=-1), _edges(nodes[::-1], closes, last=0)[::-1]
    for node, before, after in zip(nodes, forward, backward, strict=True):
        if isinstance(node, _Literal):
            found.append(frozenset({_required_words(node.text, before, after)}))
        elif isinstance(node, _Choice):
            branches = () if node.optional else [_most_telling(branch, before, after) for branch in node.branches]
            if branches and all(branches):
                found.append(frozenset().union(*branches))
        elif node.regex == _SIGNS["#"]:
            found.append(_DIGITS)
    return tuple(sorted(found, key=commonness)) if len(found) > 1 else tuple(found)


def _most_telling(branch: tuple[_Node, ...], opens: bool, closes: bool) -> frozenset[str] | set[str]:
    """The first of the required sets of a branch; most branches are a single word."""
    first = branch[0]
    if len(branch) == 1 and isinstance(first, _Literal):
        return {_required_words(first.text, opens, closes)}
    return next(iter(_required(branch, opens, closes)), frozenset())


def _joined(nodes: Sequence[_Node]) -> tuple[_Node, ...]:
    """The nodes, words in a row as one literal."""
    result: list[_Node] = []
    for node in nodes:
        if isinstance(node, _Literal) and len(result) > 1 and result[-1] is _SEPARATOR_NODE:
            before = result[-2]
            if isinstance(before, _Literal) and _PLAIN_WORDS.fullmatch(f"{before.text} {node.text}"):
                result[-2:] = [_Literal(f"{before.text} {node.text}")]
                continue
        result.append(node)
    return tuple(result)


def _required_words(text: str, opens: bool, closes: bool) -> str:
    """The words of a literal; between blanks where they are known to be whole words, or to open or close one."""
    if _PLAIN_WORDS.fullmatch(text):
        return (" " if opens else "") + text.replace("'", " ") + (" " if closes else "")
    parts = text.split("'")
    longest = max(range(len(parts)), key=lambda index: len(parts[index]))
    word = parts[longest]
    if not _PLAIN_WORDS.fullmatch(word):
        return word
    before = " " if opens or longest > 0 else ""
    return before + word + (" " if closes or longest < len(parts) - 1 else "")


def _edges(nodes: Sequence[_Node], edge: bool, last: int) -> list[bool]:
    """Whether an edge of a word stands before each node. For nodes in reverse, `last` is what comes last there: 0."""
    edges: list[bool] = []
    for node in nodes:
        edges.append(edge)
        edge = _leaves_edge(node, edge, last)
    return edges


def _leaves_edge(node: _Node, edge: bool, last: int) -> bool:
    """Whether an edge of a word stands on the far side of a node, which has one on the near side or not."""
    if isinstance(node, _Choice):
        parted = all(_parts(branch[last]) for branch in node.branches)
        return parted and (edge or not node.optional)
    return _parts(node)


def _parts(node: _Node) -> bool:
    return node is _SEPARATOR_NODE or _is_gap(node)


def longest_word(string: str) -> str:
    """The word of a required string that tells most, with the edges of words that are known."""
    inner = string.strip(" ")
    if " " not in inner:
        return string
    words = inner.split(" ")
    longest = max(range(len(words)), key=lambda index: len(words[index]))
    before = " " if longest > 0 or string[0] == " " else ""
    return before + words[longest] + (" " if longest < len(words) - 1 or string[-1] == " " else "")


def commonness(strings: Iterable[str]) -> float:
    """How likely one of some strings stands in a text, roughly: short ones and many of them do, whole words less."""
    return sum(_RARENESS[min(len(longest_word(string)), MAX_CUE_CHARS)] for string in strings)


_RARENESS: Mapping[int, float] = {length: RARER_A_LETTER**-length for length in range(MAX_CUE_CHARS + 1)}


def _is_telling(strings: Iterable[str]) -> bool:
    return min(len(longest_word(string).strip()) for string in strings) >= MIN_LITERAL
