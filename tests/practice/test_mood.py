"""A mood in a word or a number."""

import pytest

from rehearse.practice.mood import STEPS, mood_in


@pytest.mark.parametrize(
    ("text", "mood"),
    [
        ("1", 0),
        ("Two.", 3),
        ("A three, I think.", 5),
        ("four", 7),
        ("5 of 5", 10),
        ("Not bad.", 5),
        ("Not so good.", 3),
        ("really bad", 0),
        ("Very good, thanks!", 10),
        ("so-so", 5),
        ("I'm worn out", 3),
        ("relieved", 7),
        ("A bit lonely.", 3),
        ("proud", 10),
        ("Not very good.", 3),
        ("not very well", 3),
        ("Not too great.", 3),
        ("Not that great, to be honest", 3),
        ("I'm not feeling great", 3),
        ("I don't feel good", 3),
        ("I don’t feel all that well", 3),
        ("hardly wonderful", 3),
        ("I'm not okay", 3),
        ("not happy", 3),
        ("I did not sleep, but good", 7),
        ("not bad, good even", 5),
        ("Never better!", None),
        ("not really bad", None),
        ("not a four", None),
        ("I'm not lonely", None),
        ("", None),
        ("The dog barks.", None),
    ],
)
def test_a_mood_is_read(text: str, mood: int | None) -> None:
    assert mood_in(text) == mood


def test_the_scale_lies_evenly_around_its_middle() -> None:
    assert [10 - step for step in reversed(STEPS)] == list(STEPS)
