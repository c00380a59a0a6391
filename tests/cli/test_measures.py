"""The figures are shown in plain words, beside the person's own earlier ones, and never weighed."""

from io import StringIO

from rich.console import Console

from rehearse.cli.measures import print_measures
from rehearse.practice.earlier import Figures


def shown(now: Figures, *earlier: Figures) -> str:
    console = Console(file=StringIO(), width=400)
    print_measures(console, "Maya", now, earlier)
    assert isinstance(console.file, StringIO)
    return console.file.getvalue()


def figures(minutes: float = 1.0, *, questions: int = 2, advice: int = 4, **measures: float) -> Figures:
    return Figures(measures, minutes * 60, reflections=4, questions=questions, advice=advice)


def test_a_first_session_stands_for_itself() -> None:
    now = figures(median_pause_s=1.44, share_of_talk=0.456, interruptions=2, backchannels=0, words_a_minute=181.3)
    assert shown(now).splitlines() == [
        "  You waited 1.4 s before answering.",
        "  You had 46% of the talking time.",
        "  Times you came in while Maya was still speaking: 2.",
        "  Short words such as “mm-hm” while Maya spoke: 0.",
        "  You spoke 181 words a minute, without the pauses.",
        "",
    ]


def test_later_ones_stand_beside_those_before() -> None:
    earlier = [figures(median_pause_s=pause, median_turn_s=5.0) for pause in (0.6, 1.1, 0.7)]
    lines = shown(figures(median_pause_s=1.4, median_turn_s=4.0), *earlier).splitlines()
    assert lines[0] == ("  You waited 1.4 s before answering; in 3 earlier sessions 0.6 s to 1.1 s, median 0.7 s.")
    assert lines[1] == "  You spoke for 4.0 s at a time; in 3 earlier sessions 5.0 s."


def test_nothing_is_shown_of_a_typed_session() -> None:
    assert shown(figures(), *[figures(median_pause_s=1.0)] * 5) == ""


def test_ratios_are_shown_with_what_the_marks_are() -> None:
    counts, to_questions, to_advice, _ = shown(*[figures(7)] * 3).splitlines()
    assert counts == (
        "  Over 3 sessions (21 minutes) 12 replies gave back what you heard or named a feeling, "
        "6 asked for more and 12 gave advice."
    )
    assert to_questions.startswith("  That is 2.0 reflections to a question. MITI 4.2.1")
    assert to_questions.endswith("calls 1 fair and 2 good: guides for coaching, not norms.")
    assert to_advice == "  To each piece of advice there were 1.0 reflections."


def test_there_is_no_ratio_to_nothing() -> None:
    counts, _ = shown(*[figures(7, questions=0, advice=0)] * 3).splitlines()
    assert counts.endswith("0 asked for more and 0 gave advice.")
