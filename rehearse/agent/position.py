"""Where a conversation stands after a turn, in plain JSON values: so that one that was cut off can be taken up."""

import base64
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter

from rehearse.agent.partner import Memory, Scene
from rehearse.agent.talk import Before, Talk
from rehearse.dialogue import Line
from rehearse.errors import SessionError
from rehearse.feedback.moment import Moment
from rehearse.practice.session import CutOff, Position

_CHANCE = struct.Struct("<625I")
"""What `Random.getstate` holds: the words of a Mersenne Twister, and its place in them."""


@dataclass(frozen=True, slots=True)
class _Standing:
    scene: Scene
    said: Line
    heard: str


_STANDINGS = TypeAdapter(list[_Standing])


def position_of(talk: Talk) -> Position:
    """Where `talk` stands; the partner has said a line."""
    assert talk.said
    here = talk.partner.remember()
    version, words, _ = here.chance
    standings = [_Standing(each.scene.scene, each.said, each.heard) for each in talk.before]
    standings.append(_Standing(here.scene, talk.said, talk.heard))
    return {
        "standings": _STANDINGS.dump_python(standings, mode="json"),
        "counts": talk.counts,
        "chance": [version, base64.b64encode(_CHANCE.pack(*words)).decode()],
    }


def take_up(talk: Talk, cut_off: CutOff) -> None:
    """Let `talk`, which has not begun, stand where a session was cut off.

    Raises:
        SessionError: the scenario is not the same any more, or what was kept is damaged.
    """
    try:
        *before, here = _STANDINGS.validate_python(cut_off.position["standings"])
        chance = _chance(cut_off.position)
        fits = len(before) == len(cut_off.turns) and talk.scenario.states.keys() >= {
            each.scene.state for each in (*before, here)
        }
        if fits:
            talk.partner.go_back(Memory(here.scene, chance))
    except (ValueError, KeyError, TypeError, struct.error):
        fits = False
    if not fits:
        raise SessionError(
            "that session cannot be taken up: its scenario has changed since; begin it anew with `rehearse practice`"
        )
    talk.before += [Before(Memory(each.scene, chance), each.said, each.heard, 0) for each in before]
    answers = [each.said.text for each in (*before, here)[1:]]
    talk.moments += [
        Moment(turn.line, turn.occasion, turn.coded, answer)
        for turn, answer in zip(cut_off.turns, answers, strict=True)
    ]
    talk.said, talk.heard = here.said, here.heard
    talk.counts = cut_off.position.get("counts") is True


def _chance(position: Mapping[str, Any]) -> object:
    version, packed = position["chance"]
    return version, _CHANCE.unpack(base64.b64decode(packed, validate=True)), None
