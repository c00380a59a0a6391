"""The feelings vocabulary: that it holds together, and what it says of a label."""

import pytest

from rehearse.feedback.clauses import read
from rehearse.feedback.feelings import Form, Granularity, Stance, granularity, lookup, mentions, stance, vocabulary


def test_there_are_a_few_hundred_words_in_families() -> None:
    known = vocabulary()
    assert len(known.families) >= 15
    assert sum(len(family.words) for family in known.families) >= 400
    assert all(family.words for family in known.families)


def test_every_entry_is_found_in_a_sentence() -> None:
    for words in vocabulary().senses:
        assert words in {mention.words for mention in mentions(read(f"so {words} now"))}, words


def test_a_familys_vague_words_are_its_own() -> None:
    for family in vocabulary().families:
        known = {words for words, senses in vocabulary().senses.items() for s in senses if s.family == family}
        assert family.vague <= known


@pytest.mark.parametrize(
    ("words", "form", "family"),
    [
        ("lonely", Form.PERSON, "lonely"),
        ("humiliating", Form.EVENT, "ashamed"),
        ("a knot in my stomach", None, None),
        ("knot in my stomach", Form.IDIOM, "afraid"),
        ("hit by a truck", Form.IDIOM, "sad"),
        ("worn out", Form.PERSON, "tired"),
    ],
)
def test_words_are_looked_up_with_their_family(words: str, form: Form | None, family: str | None) -> None:
    senses = {(sense.form, sense.family.name) for sense in lookup(words) if sense.family}
    assert senses == set() if form is None else (form, family) in senses


@pytest.mark.parametrize("words", ["attacked", "ignored", "disrespected", "manipulated"])
def test_judgements_are_known_as_pseudo_feelings(words: str) -> None:
    assert Form.PSEUDO in {sense.form for sense in lookup(words)}


@pytest.mark.parametrize(
    "soft", ["afraid", "ashamed", "guilty", "hurt", "sad", "lonely", "longing", "jealous", "overwhelmed"]
)
def test_the_manuals_soft_feelings_are_soft(soft: str) -> None:
    assert next(family for family in vocabulary().families if family.name == soft).soft


@pytest.mark.parametrize("hard", ["angry", "proud", "relieved", "joyful"])
def test_anger_pride_relief_and_joy_are_not(hard: str) -> None:
    assert not next(family for family in vocabulary().families if family.name == hard).soft


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("You sound lonely.", Granularity.SPECIFIC),
        ("It must feel like you were overlooked.", Granularity.SPECIFIC),
        ("So overwhelmed!", Granularity.SPECIFIC),
        ("you look like you've been hit by a truck", Granularity.SPECIFIC),
        ("You seem bad.", Granularity.VAGUE),
        ("You sound upset and stressed out.", Granularity.VAGUE),
        ("You seem a bit off, not great.", Granularity.VAGUE),
        ("The meeting is at four.", None),
        ("", None),
    ],
)
def test_granularity(said: str, expected: Granularity | None) -> None:
    assert granularity(said) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("It sounds like you're lonely.", Stance.TENTATIVE),
        ("You sound lonely.", Stance.TENTATIVE),
        ("You look worn out.", Stance.TENTATIVE),
        ("I wonder if you're sad", Stance.TENTATIVE),
        ("Maybe you're hurt.", Stance.TENTATIVE),
        ("You're exhausted?", Stance.TENTATIVE),
        ("You're obviously angry.", Stance.CERTAIN),
        ("You're sad.", Stance.CERTAIN),
        ("You look obviously sad.", Stance.CERTAIN),
    ],
)
def test_stance(said: str, expected: Stance) -> None:
    assert stance(said) == expected
