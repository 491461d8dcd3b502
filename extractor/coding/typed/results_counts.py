"""What a figure in a sentence counts, and what was done with it: "120 police officers were trained"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractor.coding.typed.numbered import Figure
from extractor.coding.typed.results_rows import tidy_statement
from extractor.coding.wordlist import words

MAX_WHAT = 9
REACH = 6
"""A verb stands at most so many words before the figure that it is said of."""

DOING = frozenset(
    words(
        "trained assisted supported reached returned repatriated reintegrated sheltered counselled counseled "
        "referred organized organised held conducted carried completed established created built rehabilitated "
        "renovated constructed distributed delivered produced published printed adopted signed registered "
        "equipped installed planted replanted enrolled certified strengthened formed opened recruited sensitized "
        "sensitised informed served treated vaccinated benefited benefitted attended graduated launched awarded "
        "visited resolved adjudicated answered trained formés formées assistés assistées organisés organisées "
        "distribués distribuées réalisés réalisées capacitados capacitadas asistidos asistidas realizados "
        "realizadas atendidos atendidas formados formadas entregados"
    )
)
_AUXILIARY = frozenset(words("were was have has had been be being also already ont été fueron han sido are is"))
_FILLERS = frozenset(
    words(
        "a total of about around over more than some nearly almost no less fewer at least the with altogether "
        "only up to"
    )
)
_STOPS = frozenset(
    words(
        "that which who whom whose where when while because although in from by at to with between during for on "
        "through across since under against throughout within into after before as if but is are was were has "
        "have had will qui que dans par avec pour lors en con por"
    )
)
_NOT_COUNTED = frozenset(
    words(
        "year years month months week weeks day days hour hours minute minutes page pages time times percent per "
        "cent st nd rd th euro euros dollar dollars million billion points point of and or to other different "
        "main key the this these it they"
    )
)
_DONE_BY = {
    "training": "trained", "supporting": "supported", "assisting": "assisted", "reaching": "reached",
    "establishing": "established", "creating": "created", "building": "built", "rehabilitating": "rehabilitated",
    "constructing": "constructed", "distributing": "distributed", "delivering": "delivered", "producing": "produced",
    "publishing": "published", "planting": "planted", "installing": "installed", "equipping": "equipped",
    "recruiting": "recruited", "treating": "treated", "vaccinating": "vaccinated", "organizing": "organized",
    "organising": "organised", "holding": "held", "conducting": "conducted", "returning": "returned",
}  # fmt: skip
"""What was done, of a verb that goes before the figure: "supporting 47 businesses"."""
_DONE_OF = {
    "training": "trained", "distribution": "distributed", "construction": "constructed", "creation": "created",
    "rehabilitation": "rehabilitated", "establishment": "established", "production": "produced", "return": "returned",
    "publication": "published", "installation": "installed", "planting": "planted", "delivery": "delivered",
    "recruitment": "recruited", "repatriation": "repatriated", "reintegration": "reintegrated",
    "registration": "registered", "vaccination": "vaccinated", "organization": "organized",
    "organisation": "organised", "formation": "formés", "capacitación": "capacitados",
}  # fmt: skip
"""The same of a noun: "the training of 427 officers"."""
TELLING = DOING | _DONE_BY.keys() | _DONE_OF.keys()
"""A sentence that counts what was done has one of these words."""
_VAGUE = frozenset(words("different such new additional separate further various distinct"))
"""Words between a figure and what it counts that add nothing."""
_BEGINS_ANEW = frozenset(words("the a an it they this these we he she its their"))
_AND = re.compile(r"(?:,|,? and|,? et|,? y)\s(?:(?:a total of|another|about|around|over|more than)\s)?$", re.IGNORECASE)
_PLACE = re.compile(r"^\s(?P<place>(?:in|at|from|for|by|dans|à|en)\s[^.,;:()]{3,60})")
_ASIDE = re.compile(r"^\s?\([^()]{1,40}\)")
_OF_PLACE = re.compile(
    r"\b(?:in|across|across all|within|throughout|from|over|dans|en|(?:each|one|some|most|all|any|none|both)\sof)\s"
    r"(?:(?:all\s)?the\s|another\s)?$",
    re.IGNORECASE,
)
"""Before a figure that says where or how long: "in seven districts"."""
COMPARED = re.compile(r"^\s(?:more|fewer|less)\sthan\b", re.IGNORECASE)
"""After a figure that is a difference: "41 more than had been planned"."""
_TOKEN = re.compile(r"[^\s]+")


@dataclass(frozen=True, slots=True)
class Count:
    """What a sentence counts: a figure, of what, and what was done with them ("" where it is not said)."""

    figure: Figure
    what: str
    verb: str
    governs: bool = False
    """Whether the verb goes before the figure, so that it may hold for the next one too."""
    aside: bool = False
    """Whether it is said in passing: "a campaign, reaching 300 villages"."""

    @property
    def statement(self) -> str:
        """The result in words: "police officers trained"."""
        return tidy_statement(f"{self.what} {self.verb}")


def count_of(text: str, figure: Figure, earlier: Count | None = None) -> Count | None:
    """What a figure counts and what was done; a list with commas only where nothing simpler fits.

    A figure that only goes on takes what it lacks from the `earlier` count of the sentence: "trained 27 judges and 40
    clerks", "304 jobs were created in the north, and 70 in the south".
    """
    if is_of_place(text, figure) or COMPARED.match(text[figure.end :]):
        return None
    before, after = text[: figure.start], _ASIDE.sub("", text[figure.end :], count=1)
    goes_on = earlier is not None and bool(_AND.search(before))
    for commas in (False, True):
        what = counted_things(after, commas)
        verb = verb_before(before) or verb_after(after, commas)
        if what and verb:
            return Count(figure, what, verb, bool(verb_before(before)), _in_passing(before))
        if what and goes_on and earlier is not None and earlier.governs:
            return Count(figure, what, earlier.verb, governs=True, aside=earlier.aside)
    place = _PLACE.match(after)
    if place and goes_on and earlier is not None:
        return Count(figure, earlier.what, f"{earlier.verb} {place['place']}")
    return None


def is_of_place(text: str, figure: Figure) -> bool:
    """Whether a figure says where or of which: "in seven districts", "each of the 40 schools"."""
    return bool(_OF_PLACE.search(text[: figure.start]))


def counted_things(after: str, commas: bool = False) -> str:
    """The counted things after a figure, up to a verb, a preposition of place or the end of the phrase."""
    found: list[str] = []
    for match in _TOKEN.finditer(after[:160]):
        token = match[0]
        bare = token.strip('.,;:()"”').lower()
        if not found and bare in _VAGUE:
            continue
        if bare in _STOPS or bare in DOING or bare in _AUXILIARY or token[:1] in "(;:" or bare[:1].isdigit():
            break
        if found and found[-1].endswith(",") and bare in _BEGINS_ANEW:
            break
        found.append(token)
        if token[-1] in ".;:)" or token[-1] == "," and not commas:
            break
    if not found or len(found) > MAX_WHAT or not is_counted(found[0]):
        return ""
    if found[-1].lower() in ("and", "or", "et", "y"):
        found.pop()
    return " ".join(found).strip(" ,.;:()")


def is_counted(word: str) -> bool:
    """Whether a word may name what is counted: no unit of time or money, no sentence that begins anew."""
    bare = word.strip(".,;:()").lower()
    begins = word[:1].isupper() and word[1:].islower()
    return bool(bare) and bare not in _NOT_COUNTED | _BEGINS_ANEW and bare[:1].isalpha() and not begins


def verb_before(before: str) -> str:
    """What was done, where it stands before the figure: "trained a total of 120", "the training of 120"."""
    tokens = before.lower().split()[-REACH:]
    for index in range(len(tokens) - 1, -1, -1):
        bare = tokens[index].removeprefix("co-")
        follows_of = index + 1 < len(tokens) and tokens[index + 1] in ("of", "de")
        done = _DONE_OF.get(bare, "") if follows_of else _DONE_BY.get(bare, "")
        if bare in DOING or done:
            return done or bare
        if bare not in _FILLERS and bare not in ("out", "de"):
            return ""
    return ""


def _in_passing(before: str) -> bool:
    """Whether it is a participle or a noun that governs a figure: the sentence is about something else."""
    last = [word for word in before.lower().split()[-REACH:] if word not in _FILLERS and word != "de"]
    return bool(last) and last[-1].removeprefix("co-") in _DONE_BY.keys() | _DONE_OF.keys()


def verb_after(after: str, commas: bool = False) -> str:
    """What was done, where it stands after what is counted: "120 officers were trained"."""
    for token in after.split()[: MAX_WHAT + 3]:
        bare = token.strip(".,;:()").lower().removeprefix("co-")
        if bare in DOING:
            return bare
        if bare in _STOPS and bare not in _AUXILIARY or token[-1] in (".;:)" if commas else ".;:,)"):
            return ""
    return ""
