"""The coach asks and the person answers: what ends an answer, what is kept of it, and that nobody is trapped there."""

from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearse.agent import coach_lines, interview
from rehearse.agent.effects import Adjust, AtTheDoor, AwaitDevices, Finish, Listen, Sound, Speak
from rehearse.agent.events import Adjusted, Begin, DevicesBack, DevicesLost, Event, Interrupted, LinesSpoken
from rehearse.agent.interview import Interview, Question, yes_or_no
from rehearse.agent.journaling import (
    ALL_RIGHT,
    ENTRY,
    KEPT,
    MOOD,
    MOOD_AFTER,
    MOOD_AGAIN,
    NOTHING,
    asking_mood,
    in_order,
    journaling,
)
from rehearse.agent.misheard import LEAST_CONFIDENCE
from rehearse.dialogue import Cue, CutShort, EndOfReplies, Reply, Silence, TakenBack, Unclear

SPOKEN = LinesSpoken()


def said(text: str) -> Reply:
    return Reply(text, 0.0, 1.0)


def mumbled(text: str) -> Reply:
    return Reply(text, 0.0, 1.0, confidence=LEAST_CONFIDENCE - 0.01)


def go(asked: Interview, *events: Event | str) -> list[AtTheDoor]:
    """Let each of `events` happen, a text being heard; what the last one leads to."""
    effects: list[AtTheDoor] = []
    for each in events:
        effects = asked.handle(said(each) if isinstance(each, str) else each)
    return effects


def words(effects: Sequence[AtTheDoor]) -> str:
    (spoken,) = [each for each in effects if isinstance(each, Speak)]
    return " ".join(line.text for line in spoken.lines)


def begun(*, typed: bool = False) -> Interview:
    """A journal entry that is being told."""
    entry = journaling("What stayed?", typed=typed)
    go(entry, Begin(), SPOKEN)
    return entry


def two_questions() -> Interview:
    asked = Interview(in_order(Question("whom", "Whom?"), Question("when", "When?")), lambda _: "Done.")
    go(asked, Begin(), SPOKEN)
    return asked


@pytest.mark.parametrize(
    "ending", ["That's it.", "That's all.", "I'm done.", "Enough.", "Stop.", "Okay, that's it, thanks."]
)
def test_an_entry_goes_on_over_pauses_until_they_say_so(ending: str) -> None:
    entry = begun()
    assert [type(each) for each in go(entry, "I was sad.")] == [Listen]
    assert words(go(entry, "And then I laughed.", ending)) == KEPT
    assert entry.answers == {ENTRY: "I was sad. And then I laughed."}
    assert go(entry, SPOKEN) == [Finish()]


def test_the_ending_may_stand_at_the_end_of_a_breath() -> None:
    entry = begun()
    assert words(go(entry, "I was sad. I went home. That's it.")) == KEPT
    assert entry.answers[ENTRY] == "I was sad. I went home."


@pytest.mark.parametrize(
    "text", ["That's it, I said to him.", "I had enough of it.", "I don't know.", "What?", "Go on."]
)
def test_what_only_sounds_like_a_command_is_part_of_it(text: str) -> None:
    entry = begun()
    go(entry, text)
    assert entry.answers[ENTRY] == text


def test_two_minutes_of_silence_end_it_with_a_sound_and_a_word_on_the_way() -> None:
    entry = begun()
    effects = go(entry, "I was sad.", Silence(30))
    assert effects == [Sound(Cue.STILL_LISTENING), Listen(30.0)]
    assert words(go(entry, Silence(30))) == interview.STILL_HERE
    assert go(entry, SPOKEN) == [Listen(60.0)]
    assert words(go(entry, Silence(60))) == KEPT
    assert sum(interview.AT_LENGTH_S) == 120


def test_speech_begins_the_silence_anew() -> None:
    entry = begun()
    assert go(entry, Silence(30), "Wait, there's more.", Silence(30)) == [Sound(Cue.STILL_LISTENING), Listen(30.0)]


def test_what_was_said_last_can_be_left_out() -> None:
    entry = begun()
    assert words(go(entry, "I was sad.", "He is an idiot.", "Scratch that.")) == interview.LEFT_OUT
    go(entry, SPOKEN, "That's it.")
    assert entry.answers[ENTRY] == "I was sad."


def test_an_empty_line_ends_a_typed_entry() -> None:
    entry = begun(typed=True)
    assert words(go(entry, "One line.", "Another.", Silence(1))) == KEPT
    assert entry.answers[ENTRY] == "One line.\nAnother."


def test_who_says_nothing_has_nothing_kept() -> None:
    assert words(go(begun(), "That's it.")) == NOTHING


def test_what_was_told_is_there_at_any_moment() -> None:
    entry = begun()
    go(entry, "I was sad.", Interrupted())
    assert entry.answers[ENTRY] == "I was sad."
    assert words(go(begun(), "I was sad.", EndOfReplies())) == KEPT


def test_a_pause_rests_until_go_on_and_nobody_is_asked_again() -> None:
    entry = begun()
    assert words(go(entry, "I was sad.", "pause")) == coach_lines.PAUSED
    assert [type(each) for each in go(entry, SPOKEN, Silence(99), Silence(99), Silence(99))] == [Listen]
    assert words(go(entry, "Hm?")) == coach_lines.STILL_THERE
    assert [type(each) for each in go(entry, "go on")] == [Listen]


def test_questions_come_one_after_the_other_and_can_be_skipped() -> None:
    asked = two_questions()
    assert words(go(asked, "My sister.")) == "When?"
    assert words(go(asked, SPOKEN, "skip")) == "Done."
    assert asked.answers == {"whom": "My sister.", "when": ""}


def test_stop_keeps_what_was_answered() -> None:
    asked = two_questions()
    assert words(go(asked, "My sister.", SPOKEN, "stop")) == "Done."
    assert asked.answers == {"whom": "My sister."}


def test_an_answer_over_the_question_counts() -> None:
    asked = two_questions()
    go(asked, "My sister.", "On Friday.")
    assert asked.answers["when"] == "On Friday."


def test_what_is_not_understood_is_asked_for_once_more_and_then_left() -> None:
    mood = asking_mood(MOOD_AFTER)
    assert words(go(mood, Begin(), SPOKEN, "The dog barks.")) == MOOD_AGAIN
    go(mood, SPOKEN, "The dog barks.")
    assert mood.answers == {MOOD: ""}


def asked_of(asked: Interview, heard: Event, times: int) -> list[str]:
    """What is said each time to the same."""
    texts = []
    for _ in range(times):
        texts.append(words(go(asked, heard)))
        go(asked, SPOKEN)
    return texts


@pytest.mark.parametrize(
    ("heard", "wordings"),
    [(mumbled("four"), coach_lines.MISHEARD), (Unclear("unclear", "for"), coach_lines.NOT_UNDERSTOOD)],
)
def test_a_short_answer_is_asked_for_twice_then_to_be_typed_and_then_left(
    heard: Event, wordings: Sequence[str]
) -> None:
    mood = asking_mood(MOOD_AFTER)
    go(mood, Begin(types=True), SPOKEN)
    assert asked_of(mood, heard, 4) == [*wordings, coach_lines.TYPE_IT, ALL_RIGHT]
    assert mood.answers == {MOOD: ""}


def test_where_nobody_can_type_it_is_left_after_twice() -> None:
    mood = asking_mood(MOOD_AFTER)
    go(mood, Begin(), SPOKEN)
    assert asked_of(mood, mumbled("four"), 3) == [*coach_lines.MISHEARD, ALL_RIGHT]


def test_each_question_is_asked_again_for_itself_and_what_is_clear_counts() -> None:
    asked = two_questions()
    assert words(go(asked, mumbled("My sitter."))) == coach_lines.MISHEARD[0]
    assert words(go(asked, SPOKEN, "My sister.")) == "When?"
    assert words(go(asked, SPOKEN, mumbled("On fry day."))) == coach_lines.MISHEARD[0]
    assert asked.answers == {"whom": "My sister."}


def test_a_command_is_obeyed_however_it_was_heard() -> None:
    asked = two_questions()
    assert words(go(asked, mumbled("skip"))) == "When?"
    assert words(go(asked, SPOKEN, mumbled("stop"))) == "Done."


def test_minutes_are_never_asked_for_again_and_at_the_end_it_is_said_once_that_they_may_be_misheard() -> None:
    entry = begun()
    for heard in (mumbled("I was sat."), Unclear("unclear", "was it"), mumbled("And I lift.")):
        assert [type(each) for each in go(entry, heard)] == [Listen]
    assert words(go(entry, "That's it.")) == f"{KEPT} {interview.MAY_BE_MISHEARD}"
    assert entry.answers == {ENTRY: "I was sat. And I lift."}


def test_a_piece_with_which_the_recognizer_hung_is_asked_for_and_the_entry_goes_on() -> None:
    entry = begun()
    assert words(go(entry, "I was sad.", Unclear("hung"))) == coach_lines.HUNG
    assert [type(each) for each in go(entry, SPOKEN)] == [Listen]
    assert words(go(entry, "And then I left.", "That's it.")) == KEPT
    assert entry.answers == {ENTRY: "I was sad. And then I left."}


def test_of_what_is_not_kept_nothing_is_misheard() -> None:
    assert words(go(begun(), Unclear("unclear", "was it"), "That's it.")) == NOTHING


def test_silence_passes_the_mood_over() -> None:
    mood = asking_mood(MOOD_AFTER)
    go(mood, Begin(), SPOKEN, Silence(7))
    assert mood.answers == {MOOD: ""}


def test_a_lost_microphone_is_waited_for_and_the_answer_goes_on() -> None:
    entry = begun()
    assert (
        words(go(entry, "I was sad.", DevicesLost(microphone=True, loudspeaker=False))) == coach_lines.MICROPHONE_LOST
    )
    assert go(entry, SPOKEN) == [AwaitDevices()]
    assert words(go(entry, DevicesBack())) == coach_lines.BACK
    assert [type(each) for each in go(entry, SPOKEN)] == [Listen]
    assert entry.answers[ENTRY] == "I was sad."


def test_slower_is_heard_at_once() -> None:
    asked = two_questions()
    assert isinstance(go(asked, "slower")[0], Adjust)
    assert words(go(asked, Adjusted(at_bound=False))) == "Whom?"
    go(asked, SPOKEN, "slower")
    assert words(go(asked, Adjusted(at_bound=True))) == coach_lines.AT_THE_BOUND["slower"]


def test_nothing_ends_a_breath_early_but_what_is_meant_for_the_coach() -> None:
    assert begun().foresee("I was sad.").ends == 0
    assert begun().foresee("That's it.").ends == 1
    mood = asking_mood(MOOD_AFTER)
    go(mood, Begin(), SPOKEN)
    assert mood.foresee("four").ends == 1
    assert mood.foresee("I am").ends < 1


@pytest.mark.parametrize(
    ("text", "answer"),
    [("Yes, on Sunday.", True), ("Not yet.", False), ("No, I was too scared.", False), ("Hm.", None)],
)
def test_yes_and_no_may_be_followed_by_more(text: str, answer: bool | None) -> None:
    assert yes_or_no(text) is answer


HEARD: st.SearchStrategy[Event] = st.one_of(
    st.sampled_from(["one", "I was sad.", "That's it.", "skip", "pause", "go on", "repeat", "slower", "help"]).map(
        said
    ),
    st.sampled_from(["one", "I was sad.", "stay"]).map(mumbled),
    st.sampled_from(["scratch that", "coach, hint", "hold on", "start over", "yes", "no"]).map(said),
    st.sampled_from(
        [Unclear("unclear"), Unclear("muted"), Unclear("hung"), Silence(9.0), EndOfReplies(), SPOKEN, SPOKEN, SPOKEN]
    ),
    st.sampled_from([CutShort(0.4), TakenBack(), Adjusted(True), Adjusted(False), DevicesBack()]),
    st.builds(DevicesLost, st.booleans(), st.booleans(), st.integers(0, 3)),
)
MAKERS: list[Callable[[], Interview]] = [begun, two_questions, lambda: begun(typed=True)]
MADE = st.sampled_from(MAKERS)


@given(MADE, st.lists(HEARD, max_size=40))
def test_whatever_happens_it_waits_for_something_or_ends(make: Callable[[], Interview], events: list[Event]) -> None:
    asked = make()
    over = False
    for event in events:
        effects = go(asked, event)
        over = over or Finish() in effects
        assert over or any(isinstance(each, Speak | Listen | Adjust | AwaitDevices) for each in effects)


def test_who_answers_when_all_is_told_and_the_microphone_is_back_ends_it() -> None:
    asked = begun()
    go(asked, "That's it.", DevicesLost(microphone=True, loudspeaker=False), DevicesBack())
    assert Finish() in go(asked, "one")


@given(MADE, st.lists(HEARD, max_size=20))
def test_from_anywhere_stop_leads_out(make: Callable[[], Interview], events: list[Event]) -> None:
    asked = make()
    effects = go(asked, *events)
    for _ in range(12):
        if Finish() in effects or not effects:
            return
        last = effects[-1]
        answer: Event | str = "stop"
        if isinstance(last, Speak):
            answer = SPOKEN
        elif isinstance(last, Adjust):
            answer = Adjusted(at_bound=False)
        elif isinstance(last, AwaitDevices):
            answer = DevicesBack()
        effects = go(asked, answer)
    raise AssertionError(effects)
