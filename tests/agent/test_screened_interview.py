"""What happens where somebody says in a journal entry, or of a talk, that they may be in danger."""

import pytest

from rehearse.agent.effects import AtTheDoor, AwaitDevices, Finish, Listen, OfferHelp, Speak
from rehearse.agent.events import Begin, DevicesBack, DevicesLost, Event, Interrupted, LinesSpoken
from rehearse.agent.interview import Interview, Question
from rehearse.agent.journaling import ENTRY, in_order, journaling
from rehearse.agent.patience import OUTSIDE_PATIENCE_S
from rehearse.agent.screened_interview import ScreenedInterview
from rehearse.dialogue import EndOfReplies, Reply, Silence, Unclear
from rehearse.safety import Finding
from rehearse.safety.finding import Direction, Kind
from rehearse.safety.texts import ended, stepping_out

SPOKEN = LinesSpoken()
DANGEROUS = {
    "dark": Finding(Kind.SELF_HARM, None, "dark", 1.0),
    "hurt": Finding(Kind.VIOLENCE, Direction.BY_PARTNER, "hurt", 1.0),
}
OUTSIDE = {word: stepping_out(finding, "GB", in_a_scene=False) for word, finding in DANGEROUS.items()}


def look(said: str) -> Finding | None:
    return next((finding for word, finding in DANGEROUS.items() if word in said.split()), None)


def screened(interview: Interview) -> ScreenedInterview:
    return ScreenedInterview(interview, look, "GB")


def go(asked: ScreenedInterview, *events: Event | str) -> list[AtTheDoor]:
    """Let each of `events` happen, a text being heard; what the last one leads to."""
    effects: list[AtTheDoor] = []
    for each in events:
        effects = asked.handle(Reply(each, 0.0, 1.0) if isinstance(each, str) else each)
    return effects


def told(*said: str) -> ScreenedInterview:
    """A journal entry in which so much has been `said`."""
    entry = screened(journaling("What stayed?"))
    go(entry, Begin(), SPOKEN, *said)
    return entry


def words(effects: list[AtTheDoor]) -> tuple[str, ...]:
    (spoken,) = [each for each in effects if isinstance(each, Speak)]
    return tuple(line.text for line in spoken.lines)


def test_fixed_words_say_what_was_heard_and_where_people_help() -> None:
    effects = go(told("It was a long day."), "and it is so dark")
    assert words(effects) == OUTSIDE["dark"].first
    assert [each.there_is for each in effects if isinstance(each, OfferHelp)] == [OUTSIDE["dark"].help]


def test_also_over_the_question_and_in_a_pause_and_where_it_was_hard_to_understand() -> None:
    asked = screened(journaling("What stayed?"))
    assert words(go(asked, Begin(), "so dark")) == OUTSIDE["dark"].first
    assert words(go(told(), "pause", SPOKEN, "so dark")) == OUTSIDE["dark"].first
    assert words(go(told(), Unclear("quiet", "so dark"))) == OUTSIDE["dark"].first


def test_what_was_not_meant_is_an_answer_and_not_asked_about_again() -> None:
    entry = told("It was a long day.", "and it is so dark", "That was not meant.")
    assert entry.answers == {ENTRY: "It was a long day. and it is so dark"}
    assert isinstance(go(entry, "the dark again")[-1], Listen)
    assert words(go(entry, "it will hurt")) == OUTSIDE["hurt"].first


def test_a_short_answer_goes_on_to_the_next_question() -> None:
    asked = screened(Interview(in_order(Question("whom", "Whom?"), Question("when", "When?")), lambda _: "Done."))
    assert words(go(asked, Begin(), SPOKEN, "the dark one", "you misheard me")) == ("When?",)
    assert asked.answers == {"whom": "the dark one"}


def test_stop_ends_it_and_what_was_told_before_is_kept() -> None:
    entry = told("It was a long day.", "and it is so dark", "hurt too")
    effects = go(entry, "stop")
    assert words(effects) == (ended(),)
    assert go(entry, SPOKEN) == [Finish()]
    assert entry.answers == {ENTRY: "It was a long day."}


@pytest.mark.parametrize(("found", "cleared"), [("dark", False), ("hurt", True)])
def test_exit_ends_it_at_once_and_nothing_is_kept(found: str, *, cleared: bool) -> None:
    entry = told("It was a long day.", f"and it will {found}")
    assert go(entry, "exit") == [Finish(leaves_no_trace=cleared)]
    assert entry.answers == {}


def test_nothing_goes_on_by_itself() -> None:
    entry = told("so dark")
    assert isinstance(go(entry, SPOKEN)[-1], Listen)
    assert words(go(entry, Silence(25.0))) == OUTSIDE["dark"].again
    assert [type(each) for each in go(entry, SPOKEN, Silence(25.0))] == [Listen]
    assert words(go(entry, "I don't know")) == OUTSIDE["dark"].again
    assert words(go(entry, "go on")) == OUTSIDE["dark"].again
    assert go(entry, EndOfReplies()) == [Finish()]
    assert entry.answers == {}


def test_who_asks_for_more_time_has_it_outside_too() -> None:
    entry = screened(journaling("What stayed?", waiting=2.0))
    assert go(entry, Begin(), SPOKEN, "so dark", SPOKEN) == [Listen(2 * OUTSIDE_PATIENCE_S)]


def test_a_headset_that_drops_out_comes_back_to_where_people_help() -> None:
    entry = told("so dark")
    assert go(entry, DevicesLost(microphone=True, loudspeaker=False)) == [AwaitDevices()]
    assert words(go(entry, DevicesBack())) == OUTSIDE["dark"].again


def test_ctrl_c_ends_it() -> None:
    assert go(told("so dark"), Interrupted()) == [Finish()]
