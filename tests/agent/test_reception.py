"""The front door: what is offered, what is understood, and that nobody is ever trapped there."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearse.agent import coach_lines
from rehearse.agent import reception_lines as lines
from rehearse.agent.effects import Adjust, AtTheDoor, AwaitDevices, Chosen, Counts, Finish, Introduced, Listen, Speak
from rehearse.agent.events import (
    Adjusted,
    Begin,
    CameBack,
    DevicesBack,
    DevicesLost,
    Event,
    Interrupted,
    LinesSpoken,
)
from rehearse.agent.reception import Reception
from rehearse.dialogue import Cue, CutShort, EndOfReplies, Reply, Silence, TakenBack, Unclear
from rehearse.practice.standing import Choice, Standing

CHOICES = tuple(
    Choice(name, title, (who,), f"With {who}.")
    for name, title, who in (
        ("hard-day", "A hard day", "Maya"),
        ("closeness", "Missing us", "Daniel"),
        ("chores", "The chores talk", "Sam"),
        ("holiday", "The cancelled holiday", "Ines"),
    )
)
STANDING = Standing("Last time you practised: A hard day.", CHOICES)
SPOKEN = LinesSpoken()


def said(text: str) -> Reply:
    return Reply(text, 0.0, 1.0)


def go(reception: Reception, *events: Event | CameBack | str) -> list[AtTheDoor]:
    """Let each of `events` happen, a text being heard; what the last one leads to."""
    effects: list[AtTheDoor] = []
    for each in events:
        effects = reception.handle(said(each) if isinstance(each, str) else each)
    return effects


def words(effects: Sequence[AtTheDoor]) -> str:
    (spoken,) = [each for each in effects if isinstance(each, Speak)]
    return " ".join(line.text for line in spoken.lines)


def offering(standing: Standing = STANDING) -> Reception:
    """A reception that has offered, and listens."""
    reception = Reception(standing)
    go(reception, Begin(), SPOKEN)
    return reception


def afterwards() -> Reception:
    """One that listens after a scene."""
    reception = offering()
    go(reception, "two", SPOKEN, CameBack(STANDING), SPOKEN)
    return reception


@pytest.mark.parametrize("command", [None, "pause", "stop"])
def test_who_cannot_be_heard_is_told_so(command: str | None) -> None:
    reception = offering()
    if command:
        go(reception, command, SPOKEN)
    assert words(go(reception, Unclear("muted"))) == coach_lines.MUTED
    assert isinstance(go(reception, SPOKEN)[0], Listen)


def test_after_a_scene_it_can_be_said_that_it_counts() -> None:
    reception = afterwards()
    effects = go(reception, "That one counts.")
    assert Counts() in effects
    assert words(effects) == coach_lines.IT_COUNTS
    assert isinstance(go(reception, SPOKEN)[0], Speak | Listen)
    assert Counts() not in go(offering(), "Coach, that one counts.")


def test_after_the_journal_alone_there_is_nothing_that_could_count() -> None:
    journal = Choice("journal:", "Your journal", ("journal",), "", is_scene=False)
    reception = offering(Standing("Hello.", (*STANDING.choices, journal)))
    effects = go(reception, "The journal.", SPOKEN)
    assert Chosen(journal) in effects
    assert Counts() not in go(reception, CameBack(STANDING), SPOKEN, "That one counts.")


def test_it_greets_says_where_one_stands_and_offers_three() -> None:
    heard = words(go(Reception(STANDING), Begin()))
    assert heard.startswith(f"{lines.HELLO} {STANDING.says} One: A hard day. With Maya. Two: Missing us.")
    assert "cancelled holiday" not in heard


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("One.", "hard-day"),
        ("The first one, please.", "hard-day"),
        ("Number two.", "closeness"),
        ("The chores one.", "chores"),
        ("I'd like the chores talk.", "chores"),
        ("The one with Daniel.", "closeness"),
        ("the cancelled holiday", "holiday"),
        ("The heart day, please.", "hard-day"),
        ("Missing as.", "closeness"),
        ("Surprise me.", "hard-day"),
        ("You choose.", "hard-day"),
        ("Yes.", "hard-day"),
        ("Go.", "hard-day"),
        ("Coach, number three.", "chores"),
    ],
)
def test_a_choice_is_understood(text: str, name: str) -> None:
    reception = offering()
    go(reception, text)
    (chosen,) = [each for each in go(reception, SPOKEN) if isinstance(each, Chosen)]
    assert chosen.choice.id == name


def test_something_else_is_the_next_three_and_then_the_first_again() -> None:
    reception = offering()
    assert "One: The cancelled holiday." in words(go(reception, "Something else."))
    assert "One: A hard day." in words(go(reception, SPOKEN, "Something else."))


def test_what_is_not_understood_is_asked_twice_and_then_only_for_the_number() -> None:
    reception = offering()
    for _ in range(2):
        assert words(go(reception, "My sister rang me yesterday.")) == lines.NOT_UNDERSTOOD
    assert words(go(reception, Unclear("unclear"))) == lines.numbers_only(3)


def test_silence_tapers_and_then_it_waits() -> None:
    reception = offering()
    assert [type(each).__name__ for each in go(reception, Silence(12))] == ["Sound", "Listen"]
    assert words(go(reception, Silence(13))) == lines.NO_HURRY
    assert words(go(reception, SPOKEN, Silence(18))) == lines.WAITING
    go(reception, SPOKEN)
    for _ in range(5):
        assert [type(each) for each in go(reception, Silence(25))] == [Listen]


def test_stop_asks_back_and_ends_without_a_debrief() -> None:
    reception = offering()
    assert words(go(reception, "stop")) == lines.STOP_HERE
    assert words(go(reception, SPOKEN, "Yes.")) == lines.GOODBYE
    assert go(reception, SPOKEN) == [Finish()]
    assert reception.finished


def test_a_pause_rests_until_go_on() -> None:
    reception = offering()
    assert words(go(reception, "pause")) == coach_lines.PAUSED
    assert [type(each) for each in go(reception, SPOKEN, Silence(99))] == [Listen]
    assert [type(each) for each in go(reception, "go on")] == [Listen]
    assert words(go(reception, "one")) == "A hard day. Here we go."


def test_help_leads_back_to_the_choices() -> None:
    reception = offering()
    assert words(go(reception, "help")) == lines.HELP_CHOOSING
    assert "One: A hard day." in words(go(reception, SPOKEN))


def test_slower_is_heard_at_once() -> None:
    reception = offering()
    assert isinstance(go(reception, "slower")[0], Adjust)
    assert STANDING.says in words(go(reception, Adjusted(at_bound=False)))
    go(reception, SPOKEN, "slower")
    assert words(go(reception, Adjusted(at_bound=True))) == coach_lines.AT_THE_BOUND["slower"]
    assert [type(each) for each in go(reception, SPOKEN)] == [Listen]


@pytest.mark.parametrize("text", ["Once more.", "Again.", "Yes.", "Start over.", "The same one."])
def test_after_a_scene_it_can_be_played_again(text: str) -> None:
    reception = afterwards()
    go(reception, text)
    assert go(reception, SPOKEN) == [Chosen(CHOICES[1])]


@pytest.mark.parametrize("text", ["Another one.", "Something else.", "Another one, please."])
def test_after_a_scene_another_one_is_offered(text: str) -> None:
    heard = words(go(afterwards(), text))
    assert "One: A hard day." in heard
    assert "Missing us" not in heard


@pytest.mark.parametrize("text", ["Enough for today.", "Stop.", "No.", "Goodbye.", "No, thanks.", "I'm done."])
def test_after_a_scene_it_can_be_enough(text: str) -> None:
    assert words(go(afterwards(), text)) == lines.GOODBYE


def introduced(*events: Event | str) -> tuple[Reception, list[AtTheDoor]]:
    reception = Reception(STANDING, introduces=True)
    return reception, go(reception, Begin(), SPOKEN, SPOKEN, *events)


def test_the_first_time_three_words_are_tried_and_praised() -> None:
    reception, _ = introduced()
    assert words(go(reception, "Pause.")) == "Well said. To hear something again, say: repeat."
    assert words(go(reception, SPOKEN, "Repeat.")).startswith("That's it. And to end")
    effects = go(reception, SPOKEN, "Stop.")
    assert Introduced() in effects
    assert words(effects).startswith("Very good.")
    assert "One: A hard day." in words(effects)


@pytest.mark.parametrize("rather_not", ["skip", "Skip this.", Silence(7.0)])
def test_nobody_has_to_try_them(rather_not: Event | str) -> None:
    _, effects = introduced(rather_not)
    assert Introduced() in effects
    assert "One: A hard day." in words(effects)


def test_who_says_something_else_is_asked_once_more_and_then_goes_on() -> None:
    reception, effects = introduced("Hello?")
    assert words(effects).startswith(lines.ONCE_MORE)
    assert Introduced() in go(reception, SPOKEN, "Hello?")


def test_the_introduction_takes_less_than_a_minute() -> None:
    spoken = [lines.HELLO_FIRST, *lines.INTRODUCTION, lines.INTRODUCED]
    spoken += [text for _, *texts in lines.WORDS_TO_TRY for text in texts]
    words_a_second = 150 / 60
    assert sum(len(text.split()) for text in spoken) / words_a_second < 52  # three words take a second or two each


def test_a_lost_microphone_is_told_and_the_same_moment_taken_up() -> None:
    reception = offering()
    assert words(go(reception, DevicesLost(microphone=True, loudspeaker=False))) == coach_lines.MICROPHONE_LOST
    assert go(reception, SPOKEN) == [AwaitDevices()]
    effects = go(reception, DevicesBack())
    assert [each.cue for each in effects if isinstance(each, Speak)] == [Cue.BACK]
    assert [type(each) for each in go(reception, SPOKEN)] == [Listen]


THINGS_SAID = (
    *("one", "two", "three", "the chores one", "something else", "surprise me", "yes", "no", "again", "enough"),
    *("pause", "go on", "repeat", "slower", "help", "stop", "skip", "hint", "start over", "hold on", "Who are you?"),
)  # fmt: skip
HEARD: st.SearchStrategy[Event] = st.one_of(
    st.sampled_from(THINGS_SAID).map(said),
    st.sampled_from([Unclear("unclear"), Unclear("muted"), Silence(9.0), EndOfReplies(), Interrupted()]),
    st.builds(DevicesLost, st.booleans(), st.booleans(), st.integers(0, 3)),
    st.sampled_from([SPOKEN, SPOKEN, CutShort(0.4), TakenBack(), Adjusted(True), Adjusted(False), DevicesBack()]),
)
ANYTHING: st.SearchStrategy[Event | CameBack] = st.one_of(HEARD, st.just(CameBack(STANDING)))


@given(st.booleans(), st.lists(ANYTHING, max_size=40))
def test_whatever_happens_it_waits_for_something_or_ends(introduces: bool, events: list[Event | CameBack]) -> None:
    reception = Reception(STANDING, introduces=introduces)
    go(reception, Begin())
    away = False
    for event in events:
        effects = go(reception, event)
        chosen = any(isinstance(each, Chosen) for each in effects)
        away = chosen or (away and not isinstance(event, CameBack))
        waits = any(isinstance(each, Speak | Listen | Adjust | AwaitDevices) for each in effects)
        assert waits or chosen or away or reception.finished


@given(st.booleans(), st.lists(HEARD, max_size=20))
def test_from_anywhere_stop_and_yes_lead_out(introduces: bool, events: list[Event]) -> None:
    reception = Reception(STANDING, introduces=introduces)
    effects = go(reception, Begin(), *events)
    heard = ""
    for _ in range(40):
        if reception.finished:
            break
        if not effects or isinstance(effects[-1], Chosen):
            effects = go(reception, CameBack(STANDING))
        elif isinstance(effects[-1], Speak):
            heard = effects[-1].lines[-1].text
            effects = go(reception, SPOKEN)
        elif isinstance(effects[-1], Adjust):
            effects = go(reception, Adjusted(at_bound=False))
        elif isinstance(effects[-1], AwaitDevices):
            effects = go(reception, DevicesBack())
        else:
            effects = go(reception, "yes" if heard == lines.STOP_HERE else "stop")
    assert reception.finished
