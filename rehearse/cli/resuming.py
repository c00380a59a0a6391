"""`rehearse resume`: go on with a session that was cut off, from its last finished turn."""

from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from rehearse.agent.partner import Mode
from rehearse.cli.keeping import OwnKeeping
from rehearse.cli.own_log import own_log
from rehearse.cli.practice import ByVoice, Headset, Input, KeepAudio, Model, Output, Text, by_keyboard, by_voice
from rehearse.errors import SessionError
from rehearse.practice.session import DRILL
from rehearse.scenarios.loader import find
from rehearse.scenarios.own_talk import counterpart, own_talk, talk_of

if TYPE_CHECKING:
    from rehearse.practice.log import Past


def resume(
    session: Annotated[
        int | None, typer.Argument(metavar="[ID]", help="Its number; without it, the last one that was cut off.")
    ] = None,
    *,
    text: Text = False,
    model: Model = None,
    input_: Input = None,
    output: Output = None,
    headset: Headset = None,
    keep_audio: KeepAudio = False,
) -> None:
    """Go on with a session that was cut off: the same scene, from your last finished answer."""
    console = Console()
    past, seed, keeper = take_up(session, console)
    talk, mode = talk_of(past.scenario), Mode(past.mode)
    scene = find(past.scenario) if talk is None else own_talk(talk, counterpart(past.partner))
    began = f"{past.began_at:%A %d %B, %H:%M}"
    console.print(f"Session {past.id}: {scene.title}, begun on {began}", style="dim", markup=False, highlight=False)
    if text or past.medium == "typed":
        by_keyboard(scene, seed, mode, keeper)
    else:
        by_voice(scene, seed, mode, keeper, ByVoice(model, input_, output, headset, keep_audio=keep_audio))


def take_up(session: int | None, console: Console) -> tuple["Past", int, OwnKeeping]:
    """A session that was cut off, without its number the newest; its seed, and what keeps the rest of it.

    Raises:
        SessionError: there is none, or it cannot be gone on with.
        LogError: the log cannot be read.
    """
    with own_log() as log:
        past = log.past(session) if session is not None else log.cut_off()
        if past is None:
            raise SessionError("there is no session that was cut off; begin one with `rehearse practice hard-day`")
        seed = log.report(past.id)["seed"]
    if past.mode == DRILL:
        raise SessionError("a drill cannot be taken up; begin another with `rehearse drill`")
    return past, seed, OwnKeeping(console, goes_on=past.id)
