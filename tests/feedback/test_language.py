"""Which language a reply is in. Taking an English reply for a foreign one is far worse than the other way round."""

import json
from pathlib import Path

import pytest

from rehearse.feedback import code_reply
from rehearse.feedback.function_words import OTHERS
from rehearse.feedback.language import ENGLISH, NAMES, NO_WORDS, UNKNOWN, language_of
from tests.conftest import ROOT
from tests.feedback.test_rules import bare

FOREIGN = [
    (row["language"], row["reply"])
    for row in map(json.loads, (Path(__file__).parent / "foreign_replies.jsonl").read_text("utf-8").splitlines())
]
UNSPACED = {"ja", "zh"}


def test_english_replies_are_english() -> None:
    lines = (ROOT / "training" / "replies.jsonl").read_text(encoding="utf-8").splitlines()
    replies = [json.loads(line)["reply"] for line in lines]
    for said in (replies, [bare(reply) for reply in replies]):
        foreign = [reply for reply in said if language_of(reply) != ENGLISH]
        assert len(foreign) <= len(said) / 1000, foreign


@pytest.mark.parametrize(
    "reply",
    [
        "Okay",
        "No",
        "Mhm",
        "um",
        "innit",
        "y'all",
        "42",
        "Aye, it's a wee bit much, so it is.",
        "och aye, dinnae fash yersel hen",
        "dat da man dem",
        "I hear you, mi amor.",
        "Schatz, that sounds hard.",
        "c'est la vie",
        "la la la",
        "Ben, Dan, Sam",
        "José and Zoë left the café, c'est la vie",
        "Milk, eggs, bread, butter, cheese, onions, flour",
        "te quiero mi amor I love you so much",
        "I said 我爱你 to her",
        "o’clock, isn’t it",
    ],
)
def test_english_as_it_is_spoken_is_english(reply: str) -> None:
    assert language_of(reply) == ENGLISH


def test_other_languages_are_told_from_five_words_on() -> None:
    assert len(FOREIGN) >= 240
    assert {language for language, _ in FOREIGN} <= set(NAMES)
    long_enough = [each for each in FOREIGN if len(each[1].split()) >= 5 or each[0] in UNSPACED]
    not_english = [reply for _, reply in long_enough if language_of(reply) != ENGLISH]
    named = [reply for language, reply in long_enough if language_of(reply) == language]
    assert len(not_english) >= 0.95 * len(long_enough)
    assert len(named) >= 0.95 * len(long_enough)


@pytest.mark.parametrize(
    ("reply", "language"),
    [
        ("Hyvää päivää, minä olen väsynyt tänään", UNKNOWN),
        ("nilikuwa nimechoka sana baada kazi nikasahau kukupigia simu jana usiku", UNKNOWN),
        ("ᚠᚢᚦᚨᚱᚲ", UNKNOWN),
        ("仕事の後で疲れた", "ja"),
        ("estoy muy cansado", "es"),
        ("", NO_WORDS),
        ("...", NO_WORDS),
        ("?!", NO_WORDS),
        ("[Music]", NO_WORDS),
        ("♪ [laughter] ♪", NO_WORDS),
        ("❤️", NO_WORDS),
    ],
)
def test_what_cannot_be_named_is_not_guessed(reply: str, language: str) -> None:
    assert language_of(reply) == language


def test_a_reply_in_another_language_is_not_coded_and_says_why() -> None:
    coded = code_reply("I had an awful day.", "Du klingst sad, das tut mir wirklich leid, mein Schatz.")
    assert coded.evidence == ()
    assert coded.language == "de"
    assert code_reply("Das tut mir leid.", "You sound worn out.").language == ENGLISH


def test_every_language_has_a_name_and_words_as_they_are_looked_up() -> None:
    assert set(OTHERS) <= set(NAMES)
    for words in OTHERS.values():
        assert all(word == word.lower() and "\u0301" not in word for word in words)
