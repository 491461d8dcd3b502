"""Matching many cues in time proportional to the text.

What words a passage has tells which cues are worth trying: each word stands for a row of bits, one a cue, kept from
passage to passage. RE2 decides on the few that are left.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import ahocorasick
import re2

from extractor.cue_parser import Cue, CueError, commonness, fold_case, longest_word, parse_cue

__all__ = ["Cue", "CueError", "CueSet", "fold_case", "parse_cue"]

LEVELS = 3
"""Of so many required sets of a cue, the rarest, words are looked up before anything else is tried."""
MAX_KEPT = 50_000
"""Words that are known to open up which cues; misprints must not fill the memory."""

_PLAIN_WORD = re.compile("[0-9a-z_]+")


class CueSet:
    """Many cues matched together; `hits` gives the indexes of those found in a passage.

    A cue is tried where one word of each of its rarest required sets stands, and one phrase of each set of phrases.
    """

    def __init__(self, cues: Sequence[str]) -> None:
        self.cues = cues
        self._parsed = [parse_cue(cue) for cue in cues]
        self._phrases = [_phrases(cue) for cue in self._parsed]
        self._regexes: dict[str, Any] = {}
        self._known: dict[str, int] = {}
        self._free, bits = _bits(self._parsed)
        self._words = _automaton(bits, plain=True)
        self._strings = _automaton(bits, plain=False)

    def hits(self, folded: str) -> list[int]:
        """The indexes of the cues that a text, already through `fold_case`, matches; in ascending order."""
        return [index for index, _ in self._found(folded)]

    def any_hit(self, folded: str) -> bool:
        """Whether a text, already through `fold_case`, matches any of the cues."""
        return next(self._found(folded), None) is not None

    def matches(self, folded: str) -> list[tuple[int, str]]:
        """The hits, each with the words of the text that the cue matches; its parts are joined by an ellipsis."""
        return [
            (index, " … ".join(match.group().decode("utf-8", "replace") for match in matches))
            for index, matches in self._found(folded)
        ]

    def _found(self, folded: str) -> Iterator[tuple[int, list[Any]]]:
        words = _words(folded)
        worth = self._worth_trying(words, folded)
        if not worth:
            return
        text = f" {' '.join(words)} \n{folded}"
        encoded = folded.encode("utf-8", "surrogatepass")
        while worth:
            lowest = worth & -worth
            worth ^= lowest
            index = lowest.bit_length() - 1
            if _has_phrases(text, self._phrases[index]) and (matches := self._matches(index, encoded)):
                yield index, matches

    def _worth_trying(self, words: Sequence[str], folded: str) -> int:
        """The cues of which the rarest required words are there, as bits."""
        known, found = self._known, self._free
        for word in words:
            bits = known.get(word)
            found |= self._learn(word) if bits is None else bits
        if self._strings:
            for _, bits in self._strings.iter(folded):
                found |= bits
        every = (1 << len(self.cues)) - 1
        worth = found & every
        for _ in range(LEVELS - 1):
            found >>= len(self.cues)
            worth &= found
        return worth

    def _learn(self, word: str) -> int:
        """The bits of a word that is met for the first time."""
        if len(self._known) >= MAX_KEPT:
            self._known.clear()
        bits = 0
        for _, found in self._words.iter(f" {word} ") if self._words else ():
            bits |= found
        self._known[word] = bits
        return bits

    def _matches(self, index: int, encoded: bytes) -> list[Any]:
        """Where each part of a cue matches; nothing when one does not."""
        matches: list[Any] = []
        for pattern in self._parsed[index].patterns:
            match = self._compiled(pattern).search(encoded)
            if match is None:
                return []
            matches.append(match)
        return matches

    def _compiled(self, pattern: str) -> Any:
        """A pattern over UTF-8: re2 reads text anew for every search, and bytes as they are."""
        compiled = self._regexes.get(pattern)
        if compiled is None:
            compiled = self._regexes[pattern] = re2.compile(pattern.encode("utf-8"))
        return compiled


_NO_WORD = re.compile("[^0-9a-z_]")
_ASCII_BLANKS = str.maketrans({chr(code): " " for code in range(128) if _NO_WORD.match(chr(code))})


def _words(folded: str) -> list[str]:
    """The words of a text, as RE2 sees them: whatever is no letter to it parts them."""
    return (folded.translate(_ASCII_BLANKS) if folded.isascii() else _NO_WORD.sub(" ", folded)).split()


def _phrases(cue: Cue) -> tuple[tuple[str, ...], ...]:
    """The required sets of a cue that hold more than single words, which are told by their bits."""
    return tuple(tuple(strings) for strings in cue.literals if any(" " in string.strip(" ") for string in strings))


def _has_phrases(text: str, sets: Sequence[Sequence[str]]) -> bool:
    """Whether of each set one string stands in a text."""
    for strings in sets:
        for string in strings:
            if string in text:
                break
        else:
            return False
    return True


def _bits(cues: Sequence[Cue]) -> tuple[int, Mapping[str, int]]:
    """For each word that cues require, a bit for each of these cues, level by level; and the bits that need no word."""
    free, bits = 0, dict[str, int]()
    for index, cue in enumerate(cues):
        sets = sorted((words for strings in cue.literals for words in _word_sets(strings)), key=commonness)
        for level in range(LEVELS):
            bit = 1 << (level * len(cues) + index)
            if level >= len(sets):
                free |= bit
                continue
            for word in sets[level]:
                bits[word] = bits.get(word, 0) | bit
    return free, bits


def _word_sets(strings: frozenset[str]) -> list[frozenset[str]]:
    """What a required set says of single words: all words of a phrase that must be there, else one of each phrase."""
    if len(strings) > 1:
        return [frozenset(map(longest_word, strings))]
    (phrase,) = strings
    words = phrase.strip(" ").split(" ")
    opens, closes = phrase.startswith(" "), phrase.endswith(" ")
    last = len(words) - 1
    return [
        frozenset({" " * (opens or place > 0) + word + " " * (closes or place < last)})
        for place, word in enumerate(words)
    ]


def _automaton(bits: Mapping[str, int], plain: bool) -> Any:
    """Finds words, each with its bits; None where there are no words.

    `plain` are words of plain letters, which are looked for between words' edges; the others as they are.
    """
    automaton = ahocorasick.Automaton()
    for word, of_word in bits.items():
        if bool(_PLAIN_WORD.fullmatch(word.strip(" "))) == plain:
            automaton.add_word(word, of_word)
    if not len(automaton):
        return None
    automaton.make_automaton()
    return automaton
