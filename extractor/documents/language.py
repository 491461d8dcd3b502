"""Which language a text is in, by counting its commonest short words; scripts tell Arabic and Russian apart."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

SAMPLE_CHARS = 20_000
MIN_WORDS = 8
"""With fewer words than this nothing is said."""
MIN_SHARE = 0.12
"""At least this share of the words must be small words of the language; running text has a third."""
MIN_SCRIPT_SHARE = 0.3

_SMALL_WORDS = {
    "en": "the of and to in is for that with on was by are as be this from at which it an have has were not or their "
    "will been its we our they these more also than can other project all",
    "fr": "le la les de des du et en un une est pour dans que qui par sur au aux avec sont ce cette ces il elle ne pas "
    "plus ont été leur leurs ou nous se sa ses d l qu projet à",
    "es": "el la los las de del y en un una es por para que con se su sus al lo como más fue son entre este esta no "
    "ha han o sobre también ser proyecto a",
    "pt": "o a os as de do da dos das e em um uma é por para que com se seu sua ao à na no nas nos como mais foi são "
    "não ou também pelo pela projeto",
    "de": "der die das und in den von zu mit ist im für auf des dem ein eine nicht als auch sich werden wird sind bei "
    "nach durch aus einer zur zum an projekt",
}
_WORD = re.compile(r"[^\W\d_]+")
_LANGUAGES_OF: dict[str, tuple[str, ...]] = {}
for _language, _words in _SMALL_WORDS.items():
    for _word in _words.split():
        _LANGUAGES_OF[_word] = (*_LANGUAGES_OF.get(_word, ()), _language)
_SCRIPTS = (("ar", re.compile(r"[\u0600-\u06ff]")), ("ru", re.compile(r"[\u0400-\u04ff]")))


def detect_language(texts: Iterable[str]) -> str:
    """The two-letter code of the language of the texts (read up to a sample), "" if there is too little to tell."""
    sample = _sample(texts)
    words = _WORD.findall(sample.lower())
    if len(words) < MIN_WORDS:
        return ""
    letters = sum(len(word) for word in words)
    for language, script in _SCRIPTS:
        if len(script.findall(sample)) > letters * MIN_SCRIPT_SHARE:
            return language
    return _by_small_words(words)


def _sample(texts: Iterable[str]) -> str:
    parts: list[str] = []
    length = 0
    for text in texts:
        parts.append(text)
        length += len(text)
        if length > SAMPLE_CHARS:
            break
    return "\n".join(parts)[:SAMPLE_CHARS]


def _by_small_words(words: list[str]) -> str:
    counts: Counter[str] = Counter()
    for word in words:
        languages = _LANGUAGES_OF.get(word, ())
        for language in languages:
            counts[language] += 1
    best = counts.most_common(1)
    return best[0][0] if best and best[0][1] >= len(words) * MIN_SHARE else ""
