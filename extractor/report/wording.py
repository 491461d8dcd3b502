"""The words that connect facts: counts and shares, lists, dates, amounts. English."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

NUMBER_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
MONTHS_A_YEAR = 12


def percent(part: float, whole: float) -> str:
    """A whole-number percentage, half rounded up; "-" where there is no base.

    >>> percent(3, 7), percent(1, 8), percent(0, 0)
    ('43%', '13%', '-')
    """
    if not whole:
        return "-"
    share = Decimal(str(part)) * 100 / Decimal(str(whole))
    return f"{share.quantize(Decimal(1), ROUND_HALF_UP)}%"


def number_word(count: int) -> str:
    """A small number as a word, a larger one in digits."""
    return NUMBER_WORDS[count] if 0 <= count < len(NUMBER_WORDS) else f"{count:,}"


def plural(count: int, one: str, many: str = "") -> str:
    """The noun for this many."""
    return one if count == 1 else many or f"{one}s"


def counted(count: int, one: str, many: str = "") -> str:
    """A number with its noun: "three documents"."""
    return f"{number_word(count)} {plural(count, one, many)}"


@dataclass(frozen=True, slots=True)
class Share:
    """Some of all: the words are always the counts with the percentage."""

    part: int
    whole: int
    one: str = "project"
    many: str = "projects"

    @property
    def words(self) -> str:
        """For example "two of three projects (67%)", "all three projects (100%)", "the project"."""
        if self.whole == 1 and self.part == 1:
            return f"the {self.one}"
        rate = percent(self.part, self.whole)
        if self.part == self.whole:
            whole = "both" if self.whole == 2 else f"all {number_word(self.whole)}"
            return f"{whole} {self.many} ({rate})"
        small = self.whole < len(NUMBER_WORDS)
        part, whole = (
            (number_word(self.part), number_word(self.whole)) if small else (f"{self.part:,}", f"{self.whole:,}")
        )
        return f"{'none' if not self.part else part} of {whole} {self.many} ({rate})"

    @property
    def start(self) -> str:
        """The words, to begin a sentence with."""
        return capital(self.words)

    @property
    def short(self) -> str:
        """The words as they stand in brackets: "two of three projects, 67%"; empty where there is one in all."""
        return self.words.replace(" (", ", ").rstrip(")") if self.whole > 1 else ""

    def verb(self, one: str, many: str) -> str:
        """The form of the verb that goes with the count."""
        return one if self.part == 1 else many


def capital(text: str) -> str:
    """The text with its first letter in upper case."""
    return text[:1].upper() + text[1:]


def small(text: str) -> str:
    """The text with its first letter in lower case, unless its first word is an acronym."""
    first = text.split(" ", 1)[0]
    return text if sum(letter.isupper() for letter in first) > 1 else text[:1].lower() + text[1:]


def listing(parts: Sequence[str], last: str = "and") -> str:
    """Parts as in a sentence: "a, b and c"."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} {last} {parts[-1]}" if parts else ""


def date_words(date: str) -> str:
    """A date as it is read: "12 March 2014", "March 2014", "2014"; what is no date stays as it is."""
    parts = date.split("-")
    if not all(part.isdigit() for part in parts) or len(parts) > 3:
        return date
    numbers = [int(part) for part in parts]
    if len(numbers) > 1 and not 1 <= numbers[1] <= MONTHS_A_YEAR:
        return date
    words = [str(numbers[0]), *(MONTHS[month - 1] for month in numbers[1:2]), *(str(day) for day in numbers[2:3])]
    return " ".join(reversed(words))


def number_text(number: float) -> str:
    """A number with thousands separated, and no more decimals than it has."""
    return f"{int(number):,}" if float(number).is_integer() else f"{number:,}"


def months_between(start: str, end: str) -> int | None:
    """Months from the start's month to the end's, both counted; None where one says only the year.

    >>> months_between("2007-02", "2009-01")
    24
    """
    if len(start) < len("2000-01") or len(end) < len("2000-01"):
        return None
    first, last = (int(date[:4]) * MONTHS_A_YEAR + int(date[5:7]) for date in (start, end))
    return last - first + 1 if last >= first else None
