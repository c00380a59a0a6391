"""The states outside the scene, where somebody may be in danger, and what leads to them and away.

any ─danger▶ stepped_out ─part of the scene▶ where it was, and the reply counts
              │  ▲ └ silence: once more, and then it waits; other words: once more ▶ stepped_out
              ├─stop▶ parted ─spoken▶ finished, without a debrief
              └─exit▶ finished at once; after abuse nothing is left on the screen
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from rehearse.agent.commands import Command, WayOut

if TYPE_CHECKING:
    from rehearse.agent.stepping_out import SteppingOut

STEPPED_OUT, PARTED = "stepped_out", "parted"
OUTSIDE = (STEPPED_OUT, PARTED)

_On = Callable[..., None]
_STILL_OBEYED = {Command.STOP, Command.SLOWER, Command.FASTER, Command.LOUDER, Command.SOFTER}
"""What does the same as anywhere, or has its own way."""


def lay_out(on: _On, anywhere: Iterable[str], stepping_out: SteppingOut) -> None:
    """Lay out what leads out of the states `anywhere`, and back. To be laid out before what else those states do."""
    for state in (*anywhere, STEPPED_OUT, PARTED):
        on("danger", state, STEPPED_OUT, stepping_out.step_out)
        on(WayOut.LEAVE, state, "finished", stepping_out.leave)
    for listening in ("spoken", "cut_short", "taken_back", "time", "unclear"):
        on(listening, STEPPED_OUT, None, stepping_out.listen)
    on("silence", STEPPED_OUT, None, stepping_out.wait)
    on(Command.STOP, STEPPED_OUT, PARTED, stepping_out.part)
    on("end_of_replies", STEPPED_OUT, "finished", stepping_out.finish)
    for other in ("reply", "yes", "no", *(each for each in Command if each not in _STILL_OBEYED)):
        on(other, STEPPED_OUT, None, stepping_out.say_again)
    for over in (
        "spoken",
        "cut_short",
        "taken_back",
        "end_of_replies",
        "silence",
        "reply",
        "unclear",
        "time",
        *Command,
    ):
        on(over, PARTED, "finished", stepping_out.finish)
