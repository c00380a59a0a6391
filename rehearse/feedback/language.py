"""Is this reply English? Only English can be coded; other languages are named, so that it can be said.

Letters decide where they are not Latin; else the little words do (`function_words.py`), counted once each, those of
another language against those of English. Calling an English reply foreign is far worse than missing a foreign one,
so the other language has to win clearly, and a reply of unknown words is taken for English.

Measured on 6,969 English replies and 256 in sixteen other languages: see `benchmarks/README.md`. Libraries were tried
there too: those that are as sure start slowly, weigh a lot, or have to be compiled on common machines.
"""

import re
import unicodedata
from collections import Counter

from rehearse.feedback.function_words import ENGLISH as ENGLISH_WORDS
from rehearse.feedback.function_words import OTHERS

ENGLISH = "en"
UNKNOWN = "und"
"""A language, but not English, and none that is known here (ISO 639-2)."""
NO_WORDS = "zxx"
"""Nothing that is said in words (ISO 639-2)."""

NAMES = {
    "ar": "Arabic", "cy": "Welsh", "de": "German", "el": "Greek", "en": "English", "es": "Spanish", "fr": "French",
    "he": "Hebrew", "hi": "Hindi", "id": "Indonesian", "it": "Italian", "ja": "Japanese", "ko": "Korean",
    "nl": "Dutch", "pl": "Polish", "pt": "Portuguese", "ru": "Russian", "sv": "Swedish", "th": "Thai",
    "tr": "Turkish", "zh": "Chinese",
}  # fmt: skip
"""By ISO 639-1 code."""

_SCRIPTS = {
    "ARABIC": "ar", "CJK": "zh", "CYRILLIC": "ru", "DEVANAGARI": "hi", "GREEK": "el", "HANGUL": "ko", "HEBREW": "he",
    "HIRAGANA": "ja", "KATAKANA": "ja", "LATIN": ENGLISH, "THAI": "th",
}  # fmt: skip
"""The language that is most spoken of those written in a script, by the first word of its characters' names."""
_SOUND = re.compile(r"\[[^\[\]]*\]|[♪♫]")
"""What a recognizer writes for sounds: "[Music]"."""
_WORD = re.compile(r"[^\W\d_]+'(?:s|t|re|ve|ll|d|m|all|am|clock|mon)\b|[^\W\d_]+'?")
_ENGLISH_ENDING = re.compile(r".+'(?:s|t|re|ve|ll|d|m|all|am|clock|mon)")
_BORROWED = re.compile(
    r"\b(?:mi amor|te amo|te quiero|ti amo|je t'aime|ich liebe dich|c'est la vie|qu[eé] ser[aá] ser[aá]|por favor|"
    r"hasta la vista|mi casa es su casa|je ne sais quoi|comme ci comme [cç]a|d[eé]j[aà] vu|au revoir|la dolce vita)\b"
)
"""Said in English too."""
_FEWEST = 2
"""So many little words of another language, at the least, make a reply that language's."""
_FEWEST_ACCENTED = 3
"""Where there are fewer of them, so many words with accents or other letters make it a language that is not English."""
_MARGIN = 2
"""These words have to be more than so many times the words of English."""
_UNKNOWN_FROM = 10
"""From so many words on, a reply with no English word at all is not English; a shopping list may well have fewer."""


def language_of(reply: str) -> str:
    """The ISO 639 code of the language that `reply` is in: "en", another, `UNKNOWN`, or `NO_WORDS`."""
    said = _SOUND.sub(" ", reply)
    if not any(character.isalnum() for character in said):
        return NO_WORDS
    script = _language_of_script(said)
    return script if script != ENGLISH else _language_of_words(said)


def _language_of_script(said: str) -> str:
    letters: Counter[str] = Counter()
    for character, times in Counter(said).items():
        if character.isalpha():
            script = unicodedata.name(character, "").split(" ")[0]
            letters[_SCRIPTS.get(script, UNKNOWN)] += times
    if letters[ENGLISH] * 2 >= letters.total():
        return ENGLISH
    if letters["ja"] * 10 > letters["zh"]:
        letters["ja"] += letters.pop("zh", 0)  # Japanese is written in both
    return max(letters, key=letters.__getitem__)


def _language_of_words(said: str) -> str:
    words = set(_WORD.findall(_BORROWED.sub(" ", unicodedata.normalize("NFC", said.lower().replace("’", "'")))))
    english = {word for word in words if word.rstrip("'") in ENGLISH_WORDS or _ENGLISH_ENDING.fullmatch(word)}
    accented = {word for word in words if not word.isascii()}
    bare = {word: _without_accents(word) for word in words - english}
    little = {
        code: {word for word in bare if not known.isdisjoint({bare[word], bare[word].rstrip("'")})}
        for code, known in OTHERS.items()
    }
    against = {code: _MARGIN * len(english - known) for code, known in OTHERS.items()}
    nearest = max(OTHERS, key=lambda code: len(little[code]) - against[code])
    named = len(little[nearest]) >= _FEWEST
    foreign = little[nearest] | accented
    if len(foreign) > against[nearest] and (named or len(foreign) >= _FEWEST_ACCENTED):
        return nearest if named else UNKNOWN
    return UNKNOWN if len(words) >= _UNKNOWN_FROM and not english else ENGLISH


def _without_accents(word: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFD", word) if not unicodedata.combining(letter))
