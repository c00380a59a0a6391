"""Whole sessions under a virtual clock: pauses, answers taken back, barge-in, commands, silence. No sound, no model."""

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearse.agent.conversation import Conversation
from rehearse.agent.loop import Rehearsal
from rehearse.audio.at_once import AtOnce
from rehearse.audio.frames import FRAME_S, FRAME_SAMPLES, VOICE_RATE, Samples
from rehearse.audio.listening import Listener
from rehearse.audio.own_pauses import OwnPauses
from rehearse.audio.speaking import SharedFloor, Speech
from rehearse.audio.transcriber import Decoded, SegmentDecoder, always
from rehearse.audio.turn_taking import TurnTaker
from rehearse.audio.voice import VoiceStyle
from rehearse.audio.volume import MIDDLE, Place, Volume
from rehearse.dialogue import Cue, Heard, Line, Reply, Speaker, Thought
from rehearse.feedback.codes import CodedReply
from rehearse.feedback.debrief import Debrief
from rehearse.practice.session import Session
from rehearse.safety.help_lines import Help
from rehearse.scenarios.schema import Scenario
from tests.coding import code_by_name

VOCABULARY = [
    "",
    "labels_feeling",
    "validates",
    "advises",
    "counterattacks",
    "mhm",
    "stop",
    "pause",
    "and",
    "coach go on",
]
"""What a sound of that level says."""


@dataclass(frozen=True)
class Says:
    """Words with seconds of silence between them, begun so long after a line ended, or, with `over`, after it began."""

    words: str
    after_s: float = 1.0
    over: bool = False
    each_s: float = 0.5


class Room:
    """A person who follows a script, a microphone and a loudspeaker, on one clock: the frames that were read."""

    goes_on = False

    def __init__(self, *script: Says) -> None:
        self._script = list(script)
        self._frames = 0
        self._speaking: Iterator[int] = iter(())
        self._line_began_s = self._line_ends_s = 0.0
        self._lines = 0
        self._answered = 0
        """The line that was last spoken to."""

    # The microphone.

    @property
    def now_s(self) -> float:
        return self._frames * FRAME_S

    def begin_reply(self) -> bool:
        return True

    def read(self) -> Samples:
        level = next(self._speaking, None)
        if level is None:
            self._begin()
            level = next(self._speaking, 0)
        self._frames += 1
        return np.full(FRAME_SAMPLES, level, np.float32)

    def _begin(self) -> None:
        if self._script and self._lines > self._answered:
            says = self._script[0]
            since_s = self.now_s - (self._line_began_s if says.over else self._line_ends_s)
            if (says.over or not self.busy) and since_s >= says.after_s:
                self._script.pop(0)
                self._answered = self._lines
                self._speaking = self._levels(says)
        elif not self._script and self.now_s - self._line_ends_s > 200:
            raise KeyboardInterrupt

    @staticmethod
    def _levels(says: Says) -> Iterator[int]:
        for word in says.words.split():
            silent = word.replace(".", "").isdigit()
            seconds = float(word) if silent else says.each_s
            for _ in range(round(seconds / FRAME_S)):
                yield 0 if silent else VOCABULARY.index(word)

    # The loudspeaker.

    @property
    def busy(self) -> bool:
        return self.now_s < self._line_ends_s

    @property
    def first_sample_at(self) -> None:
        return None

    @property
    def heard_s(self) -> float:
        return min(self.now_s, self._line_ends_s) - self._line_began_s

    def play(self, samples: Samples, place: Place = MIDDLE, /) -> None:
        self._line_began_s = self.now_s
        self._line_ends_s = self.now_s + len(samples) / VOICE_RATE
        self._lines += len(samples) > VOICE_RATE  # a line, not an earcon

    def stop(self, fade_s: float) -> None:
        self._line_ends_s = self.now_s

    def lower(self, gain: float) -> None:
        pass


class Words:
    """A recognizer that hears what a level says."""

    def decode(self, segment: Samples, draft: Sequence[int] = (), go_on: object = always) -> Decoded:
        levels = segment[::64].astype(int)
        begun = levels[np.flatnonzero(np.diff(levels, prepend=0))]
        return Decoded(" ".join(VOCABULARY[level] for level in begun if level), (), -0.1)

    def spot(self, samples: Samples) -> str | None:
        word = self.decode(samples).text
        return word if word in {"stop", "pause"} else None


class ThreeSecondsLong:
    engine = "fake"

    def style(self, line: Line) -> VoiceStyle:
        return VoiceStyle("", 150)

    def render(self, line: Line) -> Samples:
        return np.ones(3 * VOICE_RATE, dtype=np.float32)


class Screen:
    def __init__(self) -> None:
        self.said_lines: list[Line] = []
        self.heard_replies: list[Heard] = []

    def said(self, line: Line) -> None:
        self.said_lines.append(line)

    def sounded(self, cue: Cue) -> None: ...

    def heard(self, heard: Heard) -> None:
        self.heard_replies.append(heard)

    def coded(self, coded: CodedReply) -> None: ...

    def undone(self) -> None: ...

    def debriefed(self, debrief: Debrief) -> None: ...

    def helped(self, there_is: Help) -> None: ...

    def cleared(self) -> None: ...


def judge(line: str, text: str) -> Thought:
    return Thought(0.0, trails_off=True) if text.endswith("and") else Thought(1.0)


def played(
    scene: Scenario, *script: Says, headset: bool = True, decoder: SegmentDecoder | None = None
) -> tuple[Session, Screen]:
    """The session that comes of it."""
    room, screen, words = Room(*script), Screen(), Words()
    ear = Listener(
        room,
        lambda frame: min(1.0, float(frame.max())),
        TurnTaker(),
        decoder or words,
        lambda _: None,
        AtOnce(),
        own_pauses=OwnPauses(),
        overhears=headset,
        commands=words,
    )
    rehearsal = Rehearsal(Conversation(scene, seed=1, coder=code_by_name, judge=judge), screen)
    with contextlib.suppress(KeyboardInterrupt):
        rehearsal.hold(Speech(ThreeSecondsLong(), Volume(room), SharedFloor(room, ear).follow), ear)
    return rehearsal.session, screen


def replies(session: Session) -> list[str]:
    return [turn.reply.text for turn in session.turns]


BRIEFED = Says("0.1", over=True)
"""Lets the briefing pass."""


def test_whole_thoughts_are_answered_at_once(scene: Scenario) -> None:
    session, _ = played(scene, BRIEFED, Says("labels_feeling"), Says("validates"))
    assert replies(session) == ["labels_feeling", "validates"]
    assert session.ending == "closer"
    assert all((turn.latency.total or 0) < 600 for turn in session.turns)


def test_a_thought_that_trails_off_is_waited_for(scene: Scenario) -> None:
    session, _ = played(scene, BRIEFED, Says("labels_feeling and 4.0 validates"))
    assert replies(session) == ["labels_feeling and validates"]


def test_an_answer_that_came_too_early_is_taken_back(scene: Scenario) -> None:
    session, screen = played(scene, BRIEFED, Says("advises 1.0 labels_feeling"))
    assert replies(session) == ["advises labels_feeling"]
    assert [heard.text for heard in screen.heard_replies if isinstance(heard, Reply)] == [
        "advises",
        "advises labels_feeling",
    ]


def test_without_a_headset_what_is_said_over_the_answer_is_not_heard(scene: Scenario) -> None:
    session, _ = played(scene, BRIEFED, Says("advises 1.0 labels_feeling 3.0"), headset=False)
    assert replies(session) == ["advises"]


def test_who_cuts_in_answers_what_was_heard(scene: Scenario) -> None:
    session, _ = played(scene, BRIEFED, Says("advises"), Says("labels_feeling", over=True, after_s=1.2, each_s=1.5))
    assert replies(session) == ["advises", "labels_feeling"]
    assert session.turns[1].unsaid
    assert session.turns[1].reply.interrupted


@pytest.mark.parametrize("after_s", [1.1, 1.5, 2.0, 2.3, 2.5])
def test_a_backchannel_lets_the_partner_speak_on(scene: Scenario, after_s: float) -> None:
    session, _ = played(
        scene,
        BRIEFED,
        Says("advises"),
        Says(f"{after_s} mhm {4 - after_s} labels_feeling", over=True, after_s=0.0, each_s=0.4),
    )
    assert replies(session) == ["advises", "labels_feeling"]
    assert [turn.unsaid for turn in session.turns] == ["", ""]
    assert session.turns[1].reply.backchannels == 1


@pytest.mark.parametrize("headset", [True, False])
def test_stop_stops_the_partner_and_brings_the_debrief(scene: Scenario, headset: bool) -> None:
    session, screen = played(
        scene, BRIEFED, Says("advises"), Says("stop", over=True, after_s=1.2, each_s=0.35), headset=headset
    )
    assert replies(session) == ["advises"]
    assert session.ending is None
    assert screen.said_lines[-1].speaker is Speaker.COACH


def test_silence_never_becomes_a_reply_and_never_ends_the_scene(scene: Scenario) -> None:
    session, screen = played(scene)
    assert session.turns == ()
    assert session.ending is None
    assert not any(isinstance(heard, Reply) for heard in screen.heard_replies)


WORDS = st.sampled_from(["labels_feeling", "validates", "advises", "counterattacks"])


@given(
    words=st.lists(
        st.tuples(WORDS, st.floats(0.1, 1.2), st.booleans()), min_size=1, max_size=4, unique_by=lambda each: each[0]
    ),
    last=WORDS,
)
def test_whatever_the_pauses_it_is_one_reply_with_all_of_its_words(
    scene: Scenario, words: list[tuple[str, float, bool]], last: str
) -> None:
    """Short pauses are waited for or taken back; after "and", long ones are waited for too."""
    said = " ".join(
        f"{word} and {3 * pause_s:.2f}" if goes_on else f"{word} {pause_s:.2f}" for word, pause_s, goes_on in words
    )
    session, _ = played(scene, BRIEFED, Says(f"{said} {last}"))
    spoken = [word for word in f"{said} {last}".split() if not word[0].isdigit()]
    assert session.turns[0].reply.text.split() == spoken
    assert len(session.turns) == 1
