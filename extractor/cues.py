"""The small language of cues, and matching many of them in time proportional to the text.

A cue is parsed to a tree, from which come a RE2 pattern and the literal strings one of which must be there.
An Aho-Corasick automaton over these literals names the cues worth trying on a passage; RE2 decides.
The language is described in docs/rubric.md.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import ahocorasick
import re2

DEFAULT_GAP = 8
"""Words that `..` may skip."""
MAX_GAP = 20
MIN_LITERAL = 3
"""Letters that one required word of a cue must have, so that the prefilter is worth its while."""
RARER_A_LETTER = 2.5
"""How much rarer a string is with each letter more, about."""
MAX_CUE_CHARS = 500
MAX_DEPTH = 3

_PLAIN_WORD = re.compile("[0-9a-z_]+")
_SEPARATOR = r"[\s\-‐‑–—/'’\"“”]+"
_WORD_GAP = r"[^\w]+(?:\w+[^\w]+){0,%d}"
_DIGITS = frozenset("0123456789")
_OPTIONAL_SEPARATOR = r"[\s\-‐‑–—/'’\"“”]*"
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


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue ready to match: all `patterns` must be found.

    Of each set of `literals`, one must be in the text; a blank before or after one is the edge of a word.
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


@lru_cache(maxsize=20_000)
def parse_cue(text: str) -> Cue:
    """The cue that a text writes; CueError says what is wrong with it."""
    if len(text) > MAX_CUE_CHARS:
        raise CueError(f"a cue has at most {MAX_CUE_CHARS} characters")
    patterns: list[str] = []
    literals: list[frozenset[str]] = []
    for part in _conjuncts(fold_case(text)):
        nodes = _Parser(part).parse()
        patterns.append(_bounded(nodes))
        literals += _required(nodes, closes=not _ends_in_sign(nodes))
    if not any(map(_is_telling, literals)):
        raise CueError(f"{text!r} needs a word of at least {MIN_LITERAL} letters that must be there")
    return Cue(text, tuple(patterns), tuple(literals))


def _bounded(nodes: tuple[_Node, ...]) -> str:
    """The pattern between word boundaries. RE2's are ASCII, which is what folded text of Latin script is."""
    return r"\b" + _regex(nodes) + (r"\b" if not _ends_in_sign(nodes) else "")


def _ends_in_sign(nodes: tuple[_Node, ...]) -> bool:
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
        char = self.text[self.at]
        if char == "(":
            return self._choice(depth)
        if char == "[":
            return self._letters()
        if char in _SIGNS:
            self.at += 1
            return _Pattern(_SIGNS[char])
        if self._gap_here():
            return self._gap()
        if char.isspace() or char in "-–/":
            return self._separator()
        if char.isalnum() or char in "_'%$€£":
            return self._literal()
        raise CueError(f"{char!r} has no meaning in a cue (character {self.at + 1}); see docs/rubric.md")

    def _choice(self, depth: int) -> _Choice:
        if depth >= MAX_DEPTH:
            raise CueError(f"brackets may be nested at most {MAX_DEPTH} deep")
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

    def _letters(self) -> _Pattern:
        end = self.text.find("]", self.at)
        letters = self.text[self.at + 1 : end]
        if end < 0 or not letters.isalnum():
            raise CueError("square brackets hold letters to choose from, as in organi[sz]ation")
        self.at = end + 1
        return _Pattern(f"[{letters}]")

    def _gap_here(self) -> bool:
        return self.text.startswith("..", self.at) or self.text[self.at :].lstrip(" ").startswith("..")

    def _gap(self) -> _Pattern:
        self.at = self.text.index("..", self.at) + 2
        digits = ""
        while self.text[self.at : self.at + 1].isdigit():
            digits += self.text[self.at]
            self.at += 1
        size = int(digits) if digits else DEFAULT_GAP
        if not 0 <= size <= MAX_GAP:
            raise CueError(f"a gap skips at most {MAX_GAP} words")
        while self.text[self.at : self.at + 1].isspace():
            self.at += 1
        return _Pattern(_WORD_GAP % size)

    def _separator(self) -> _Pattern:
        while self.at < len(self.text) and (self.text[self.at].isspace() or self.text[self.at] in "-–/"):
            self.at += 1
        if self._optional_mark():
            return _Pattern(_OPTIONAL_SEPARATOR)
        return _Pattern(_SEPARATOR)

    def _literal(self) -> _Node:
        start = self.at
        while self.at < len(self.text) and (self.text[self.at].isalnum() or self.text[self.at] in "_'%$€£"):
            self.at += 1
        word = self.text[start : self.at]
        if self._optional_mark():
            last = _Choice(((_Literal(word[-1]),),), optional=True)
            return last if len(word) == 1 else _Choice(((_Literal(word[:-1]), last),), optional=False)
        return _Literal(word)

    def _optional_mark(self) -> bool:
        marked = self.text[self.at : self.at + 1] == "?"
        self.at += marked
        return marked


def _tidy(nodes: tuple[_Node, ...]) -> tuple[_Node, ...]:
    """An optional part takes the separator beside it along, so that "(a )?b", "(a)? b" and "b (c)?" all read well."""
    result: list[_Node] = []
    index = 0
    while index < len(nodes):
        node = nodes[index]
        following = nodes[index + 1] if index + 1 < len(nodes) else None
        if isinstance(node, _Choice) and node.optional and _is_separator(following):
            branches = tuple((*branch, _Pattern(_SEPARATOR)) for branch in node.branches)
            result.append(_Choice(branches, optional=True))
            index += 2
            continue
        ends = index + 2 == len(nodes)
        before_gap = index + 2 < len(nodes) and _is_gap(nodes[index + 2])
        if _is_separator(node) and isinstance(following, _Choice) and following.optional and (ends or before_gap):
            branches = tuple((_Pattern(_SEPARATOR), *_without_last_separator(branch)) for branch in following.branches)
            result.append(_Choice(branches, optional=True))
            index += 2
            continue
        result.append(node)
        index += 1
    return tuple(result)


def _without_last_separator(nodes: tuple[_Node, ...]) -> tuple[_Node, ...]:
    return nodes[:-1] if nodes and _is_separator(nodes[-1]) else nodes


def _is_gap(node: _Node) -> bool:
    return isinstance(node, _Pattern) and node.regex.startswith(_WORD_GAP[:8])


def _is_separator(node: _Node | None) -> bool:
    return isinstance(node, _Pattern) and node.regex == _SEPARATOR


def _regex(nodes: Iterable[_Node]) -> str:
    parts: list[str] = []
    for node in nodes:
        if isinstance(node, _Literal):
            parts.append(re2.escape(node.text))
        elif isinstance(node, _Pattern):
            parts.append(node.regex)
        else:
            choices = "|".join(_regex(_tidy(branch)) for branch in node.branches)
            parts.append(f"(?:{choices})" + ("?" if node.optional else ""))
    return "".join(parts)


def _required(nodes: Sequence[_Node], opens: bool = True, closes: bool = True) -> list[frozenset[str]]:
    """Sets of strings: of each set, one must stand in any match. The most telling set, of longest strings, first.

    `opens` and `closes` tell whether the nodes stand between edges of words.
    """
    found: list[frozenset[str]] = []
    forward, backward = _edges(nodes, opens, last=-1), _edges(nodes[::-1], closes, last=0)[::-1]
    for node, before, after in zip(nodes, forward, backward, strict=True):
        if isinstance(node, _Literal):
            found.append(frozenset({_required_word(node.text, before, after)}))
        elif isinstance(node, _Pattern) and node.regex == _SIGNS["#"]:
            found.append(_DIGITS)
        elif isinstance(node, _Choice) and not node.optional:
            branches = [_required(_tidy(branch), before, after) for branch in node.branches]
            if all(branches):
                found.append(frozenset().union(*(branch[0] for branch in branches)))
    return sorted(found, key=_commonness)


def _required_word(text: str, opens: bool, closes: bool) -> str:
    """The longest word of a literal; between blanks where it is known to be a whole word, or to open or close one."""
    parts = text.split("'")
    longest = max(range(len(parts)), key=lambda index: len(parts[index]))
    word = parts[longest]
    if not _PLAIN_WORD.fullmatch(word):
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
        parted = all(_parts(_tidy(branch)[last]) for branch in node.branches)
        return parted and (edge or not node.optional)
    return _parts(node)


def _parts(node: _Node) -> bool:
    return _is_gap(node) or _is_separator(node)


def _commonness(strings: Iterable[str]) -> float:
    """How likely one of some strings stands in a text, roughly: short ones and many of them do, whole words less."""
    return sum(RARER_A_LETTER ** -len(string) for string in strings)


def _is_telling(strings: Iterable[str]) -> bool:
    return min(len(string.strip()) for string in strings) >= MIN_LITERAL


class CueSet:
    """Many cues matched together; `hits` gives the indexes of those found in a passage.

    A cue is tried where one string of each of its required sets stands; the automaton finds all strings in one go.
    """

    def __init__(self, cues: Sequence[str]) -> None:
        self.cues = cues
        self._parsed = [parse_cue(cue) for cue in cues]
        self._regexes: dict[str, Any] = {}
        self._others: list[tuple[frozenset[str], ...]] = []
        triggers: dict[str, list[int]] = {string: [] for cue in self._parsed for s in cue.literals for string in s}
        for index, cue in enumerate(self._parsed):
            rarest, *others = sorted(cue.literals, key=_commonness)
            self._others.append(tuple(others))
            for string in rarest:
                triggers[string].append(index)
        self._words = _automaton(triggers, plain=True)
        self._strings = _automaton(triggers, plain=False)

    def hits(self, folded: str) -> list[int]:
        """The indexes of the cues that a text, already through `fold_case`, matches; in ascending order."""
        return sorted(self._found(folded))

    def any_hit(self, folded: str) -> bool:
        """Whether a text, already through `fold_case`, matches any of the cues."""
        return next(self._found(folded), None) is not None

    def _found(self, folded: str) -> Iterator[int]:
        present: dict[str, Sequence[int]] = {}
        if self._words:
            present.update(found for _, found in self._words.iter(_only_words(folded)))
        if self._strings:
            present.update(found for _, found in self._strings.iter(folded))
        if not present:
            return
        encoded = folded.encode("utf-8", "surrogatepass")
        strings = set(present)
        for index in set().union(*present.values()):
            for other in self._others[index]:
                if other.isdisjoint(strings):
                    break
            else:
                if self._matches(index, encoded):
                    yield index

    def matched(self, index: int, folded: str) -> str:
        """The words of a text that a cue matches; its parts are joined by an ellipsis."""
        encoded = folded.encode("utf-8", "surrogatepass")
        matches = (self._compiled(pattern).search(encoded) for pattern in self._parsed[index].patterns)
        return " … ".join(match.group().decode("utf-8", "replace") for match in matches if match)

    def _matches(self, index: int, encoded: bytes) -> bool:
        return all(self._compiled(pattern).search(encoded) is not None for pattern in self._parsed[index].patterns)

    def _compiled(self, pattern: str) -> Any:
        """A pattern over UTF-8: re2 reads text anew for every search, and bytes as they are."""
        compiled = self._regexes.get(pattern)
        if compiled is None:
            compiled = self._regexes[pattern] = re2.compile(pattern.encode("utf-8"))
        return compiled


_NO_WORD = re.compile("[^0-9a-z_]")
_ASCII_BLANKS = str.maketrans({chr(code): " " for code in range(128) if _NO_WORD.match(chr(code))})


def _only_words(folded: str) -> str:
    """The text with a blank for whatever is no letter to RE2, and at both ends: a word there has edges."""
    words = folded.translate(_ASCII_BLANKS) if folded.isascii() else _NO_WORD.sub(" ", folded)
    return f" {words} "


def _automaton(triggers: Mapping[str, Sequence[int]], plain: bool) -> Any:
    """Finds strings in a text, each with the cues that it makes worth trying; None where there are no strings.

    `plain` strings are words of plain letters, which are looked for between words' edges; the others as they are.
    """
    automaton = ahocorasick.Automaton()
    for string, indexes in triggers.items():
        if bool(_PLAIN_WORD.fullmatch(string.strip(" "))) == plain:
            automaton.add_word(string, (string, tuple(indexes)))
    if not len(automaton):
        return None
    automaton.make_automaton()
    return automaton
