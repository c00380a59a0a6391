"""What sets the screen off, and what does not."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearse.agent.commands import spoken_forms
from rehearse.bert import Array
from rehearse.errors import ScreenDamaged
from rehearse.safety import Direction, Finding, Kind, Screen
from rehearse.safety.network import Network, Reading
from rehearse.safety.plain import plain
from rehearse.screening import screen
from tests.scenes import LIBRARY

PATTERNS = Screen()


@pytest.mark.parametrize(
    ("said", "kind", "direction"),
    [
        ("I want to kill myself.", Kind.SELF_HARM, None),
        ("um I I just don't want to live any more", Kind.SELF_HARM, None),
        ("everyone would be better off without me", Kind.SELF_HARM, None),
        ("My sister says she's going to end her life tonight.", Kind.SELF_HARM, None),
        ("I'm going to stab my boss", Kind.HARM_TO_OTHERS, None),
        ("my husband hits me", Kind.VIOLENCE, Direction.BY_PARTNER),
        ("He hits me when I talk back.", Kind.VIOLENCE, Direction.BY_PARTNER),
        ("He won't let me leave the house.", Kind.VIOLENCE, Direction.BY_PARTNER),
        ("I hit my wife", Kind.VIOLENCE, Direction.BY_USER),
        ("say that again and I'll put you through the wall", Kind.VIOLENCE, Direction.BY_USER),
        ("my stepdad hits my little brother with a belt", Kind.CHILD_ABUSE, None),
        ("he's trying to break down the door right now", Kind.UNSAFE_NOW, None),
    ],
)
def test_what_is_plainly_said_needs_no_network(said: str, kind: Kind, direction: Direction | None) -> None:
    finding = PATTERNS.look(said)
    assert finding
    assert (finding.kind, finding.direction, finding.confidence) == (kind, direction, 1.0)
    assert finding.words in said


@pytest.mark.parametrize(
    "said",
    [
        "This traffic is killing me.",
        "I could murder a sandwich",
        "I nearly died of shame",
        "she'll kill me when she sees the bill",
        "I'm not going to hurt myself, I'm just tired",
        "he has never hit me",
        "I tried to kill myself when I was sixteen, that's twenty years ago",
        "in the film the husband strangles her",
        "I can't do this any more, every dinner is a trial",
        "I'm done, leave me alone",
        "It hit me that you weren't coming",
        "It only hit me when I saw the empty chair",
        "She hit me up for money",
        "I want to end it with Josh",
        "",
        "…",
    ],
)
def test_what_only_sounds_like_it_does_not_set_it_off(said: str) -> None:
    assert PATTERNS.look(said) is None
    assert screen().look(said) is None


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("I've started giving my things away, I won't be needing them where I'm going", Kind.SELF_HARM),
        ("I keep my shoes by the bed in case he comes home like that again", Kind.VIOLENCE),
        ("She knows better than to answer me back now, I made sure of that", Kind.VIOLENCE),
    ],
)
def test_what_is_hinted_is_noticed(said: str, kind: Kind) -> None:
    finding = screen().look(said)
    assert finding
    assert finding.kind is kind
    assert finding.words in said


def test_nothing_that_the_scenes_suggest_sets_it_off() -> None:
    look = screen().look
    texts = {
        text
        for scene in LIBRARY.values()
        for state in scene.states.values()
        for text in (*state.answers, *(each.say for each in state.instead.values()))
    }
    found = {text: finding for text in sorted(texts) if (finding := look(text))}
    assert len(found) <= len(texts) // 250, found


def test_no_command_sets_it_off() -> None:
    assert not [each for each in spoken_forms(addressed=False) if PATTERNS.look(each)]


@given(st.text(max_size=300))
def test_any_text_is_looked_at(text: str) -> None:
    finding = screen().look(text)
    assert finding is None or isinstance(finding, Finding)


@given(st.text(alphabet="abc'’ .!?I\n", max_size=60))
def test_the_words_are_those_that_were_said(text: str) -> None:
    said = plain(text)
    for at, start, end in said.spans:
        assert said.said(at, at + 1, text) == text[start:end]


def test_somewhere_in_a_long_reply_it_is_noticed_too() -> None:
    around = "And then we went to the market and she bought the blue cups and I carried them home. " * 12
    finding = screen().look(f"{around}I want to die. {around}")
    assert finding
    assert "want to die" in finding.words


def test_a_damaged_network_is_no_network(tmp_path: Path) -> None:
    file = tmp_path / "screen.npz"
    with pytest.raises(ScreenDamaged, match="reinstall"):
        Network(file, "-")
    np.savez(file, threshold=np.array([0.5]))
    with pytest.raises(ScreenDamaged, match="not the file it should be"):
        Network(file, "-")


class SeesWhatIsMarked(Network):
    """Finds the first danger in pieces whose vectors are 1."""

    def __init__(self) -> None:
        """Without a file."""

    @property
    def threshold(self) -> float:
        return 0.5

    def read(self, words: Array) -> Reading:
        danger = float(words.max())
        return Reading(np.array([1 - danger, danger], np.float32), np.ones((len(words), 2), np.float32))


@pytest.mark.parametrize("marked", range(9))
def test_every_piece_of_a_long_reply_is_read(marked: int) -> None:
    pieces = [
        (np.full((3, 384), number == marked, np.float32), [(10 * number, 10 * number + 4)]) for number in range(9)
    ]
    finding = Screen(SeesWhatIsMarked(), lambda _: pieces).look("Some words. " * 9)
    assert finding
    assert finding.confidence == 1.0


def test_in_a_long_reply_each_sentence_is_read_by_itself() -> None:
    """As one that only hints is lost among the others."""
    said = "Work was fine." + " The bus was late and it rained." * 5 + " Nobody would miss me. We had soup."

    def words(text: str) -> list[tuple[Array, list[tuple[int, int]]]]:
        marked = text.strip() == "Nobody would miss me."
        return [(np.full((3, 384), marked, np.float32), [(1, 7)])]

    finding = Screen(SeesWhatIsMarked(), words).look(said)
    assert finding
    assert finding.words == "Nobody would miss me."
    assert not Screen(SeesWhatIsMarked(), words).look(" Nobody would miss me. We had soup.")
