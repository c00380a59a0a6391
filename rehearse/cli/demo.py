"""`rehearse demo`: a whole session with recorded replies, twice: by someone who listens, and by someone who fixes."""

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from rehearse.audio.audible import AudibleMixdown
from rehearse.audio.devices import find_output
from rehearse.audio.loudspeaker import Loudspeaker
from rehearse.audio.mixdown import Mixdown
from rehearse.cli.holding import hold
from rehearse.cli.keeping import AtTheEnd
from rehearse.cli.setup import weights
from rehearse.errors import NoDevice, RepliesError
from rehearse.practice.session import Session
from rehearse.scenarios.loader import find
from rehearse.stage import Busy, Stage, recordings

PERSONAS = {"listener": "listens", "fixer": "fixes and defends"}
RECORDINGS = Path(__file__).parent.parent / "demo"
"""`SCENARIO-PERSONA/NN.ogg`, one reply each."""


def demo(
    scenario: Annotated[str, typer.Argument(metavar="SCENARIO", help="hard-day or closeness.")] = "hard-day",
    *,
    quiet: Annotated[bool, typer.Option("--quiet", help="Only print it.")] = False,
    seed: Annotated[int, typer.Option(min=0, help="Chooses among the partner's wordings.")] = 1,
    model: Annotated[str | None, typer.Option(help="A Whisper model.")] = None,
) -> None:
    """Play through a session with recorded replies, once listening and once fixing."""
    console = Console()
    scene = find(scenario)
    checkpoint = weights(model, console)
    endings: dict[str, str | None] = {}
    for persona, does in PERSONAS.items():
        replies = sorted((RECORDINGS / f"{scene.id}-{persona}").glob("*.ogg"))
        if not replies:
            raise RepliesError(f"there is no recording for {scene.id!r}; there are for hard-day and closeness")
        console.rule(f"{scene.title}, answered by someone who {does}")
        with room_at_hand(aloud=sys.stdout.isatty() and not quiet) as room:

            def stage(busy: Busy, replies: list[Path] = replies, room: Mixdown = room) -> Stage:
                return recordings(scene, checkpoint, busy, paths=replies, room=room)

            session = hold(
                scene, seed=seed, console=console, stage=stage, keeper=AtTheEnd(_nothing), hears_objections=False
            )
        endings[persona] = session.ending
    for persona, ending in endings.items():
        console.print(f"Answered by someone who {PERSONAS[persona]}, it ended: [bold]{ending}[/]")


@contextmanager
def room_at_hand(*, aloud: bool) -> Iterator[Mixdown]:
    """Where it is played: through the loudspeaker if there is one and somebody to listen."""
    with ExitStack() as stack:
        room = Mixdown()
        if aloud:
            with suppress(NoDevice):
                room = AudibleMixdown(stack.enter_context(Loudspeaker(find_output())))
        yield room


def _nothing(session: Session) -> None:
    """The demo keeps nothing: nobody has practised."""
