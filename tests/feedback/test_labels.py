"""How finely and how surely a feeling was named."""

import pytest

from rehearse.feedback.codes import Code, CodedReply, Evidence
from rehearse.feedback.feelings import Granularity, Stance
from rehearse.feedback.labels import Label, families_named, label_of
from tests.coding import coded


@pytest.mark.parametrize(
    ("reply", "words", "label"),
    [
        ("Okay. Maybe you're a bit stressed? Go to bed.", "stressed", Label(Granularity.VAGUE, Stance.TENTATIVE)),
        ("You're stressed. Maybe go to bed?", "You're stressed", Label(Granularity.VAGUE, Stance.CERTAIN)),
        ("You sound so lonely.", "so lonely", Label(Granularity.SPECIFIC, Stance.TENTATIVE)),
    ],
)
def test_the_sentence_around_the_words_says_how_surely(reply: str, words: str, label: Label) -> None:
    start = reply.index(words)
    found = Evidence(Code.LABELS_FEELING, 0.9, start, start + len(words), words)
    assert label_of(CodedReply(reply, (found,)), found) == label


def test_what_names_no_feeling_is_no_label() -> None:
    reply = coded(Code.ADVISES)
    assert label_of(reply, reply.evidence[0]) is None


@pytest.mark.parametrize(
    ("words", "families"),
    [
        ("You sound worn out, and alone with it", {"tired", "lonely"}),
        ("like you don't exist", {"lonely"}),
        ("a knot in my stomach", {"afraid"}),
        ("you feel bad", set()),
        ("you feel attacked", set()),
        ("that sounds hard", set()),
        ("", set()),
    ],
)
def test_the_families_of_what_is_named_precisely(words: str, families: set[str]) -> None:
    assert families_named(words) == families
