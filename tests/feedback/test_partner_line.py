"""What the partner's line calls for."""

import pytest

from rehearse.feedback.partner_line import read_partner

KINDS = ["complaint", "bid", "asks_advice", "asks_how_you_are", "good_news", "practical"]


@pytest.mark.parametrize(
    ("line", "kinds"),
    [
        ("You never listen to me.", {"complaint"}),
        ("It hurt when you laughed.", {"complaint"}),
        ("That comment about my weight really stung.", {"complaint"}),
        ("Can we talk about last night?", {"bid"}),
        ("I miss how we used to talk.", {"complaint", "bid"}),
        ("What should I do about the loan?", {"asks_advice"}),
        ("How do I tell the kids?", {"asks_advice"}),
        ("Yes please, go ahead.", {"asks_advice"}),
        ("Are you okay? You've been quiet.", {"asks_how_you_are"}),
        ("I got the job!", {"good_news"}),
        ("Did you feed the dog?", {"practical"}),
        ("My boss shouted at me in front of everyone.", set()),
        ("You won't believe what my boss did.", set()),
        ("Okay, I had a terrible day at work and I can't stop thinking.", set()),
        ("", set()),
    ],
)
def test_a_line_is_known_by_what_it_carries(line: str, kinds: set[str]) -> None:
    read = read_partner(line)
    assert {kind for kind in KINDS if getattr(read, kind)} == kinds


def test_a_complaint_of_something_not_done_is_told_from_one_of_a_deed() -> None:
    assert read_partner("You never ask how I am.").of_lack
    assert not read_partner("You shouted at me, and it was not nice.").of_lack


def test_a_line_that_only_wants_to_know_is_marked() -> None:
    assert read_partner("Why didn't you call? I'm not mad, I just want to understand.").asks_only
