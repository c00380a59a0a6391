"""How finely and how surely a feeling was named."""

import pytest

from rehearse.feedback import code_reply
from rehearse.feedback.codes import Code
from rehearse.feedback.feelings import Granularity, Stance
from rehearse.feedback.labels import Label, label_of
from tests.coding import coded


@pytest.mark.parametrize(
    ("reply", "label"),
    [
        ("Okay. Maybe you're a bit stressed? Go to bed.", Label(Granularity.VAGUE, Stance.TENTATIVE)),
        ("You're stressed. Maybe go to bed?", Label(Granularity.VAGUE, Stance.CERTAIN)),
        ("You sound so lonely.", Label(Granularity.SPECIFIC, Stance.TENTATIVE)),
    ],
)
def test_the_sentence_around_the_words_says_how_surely(reply: str, label: Label) -> None:
    reply_coded = code_reply("What a day.", reply)
    (found,) = [each for each in reply_coded.evidence if each.code is Code.LABELS_FEELING]
    assert label_of(reply_coded, found) == label


def test_what_names_no_feeling_is_no_label() -> None:
    reply = coded(Code.ADVISES)
    assert label_of(reply, reply.evidence[0]) is None
