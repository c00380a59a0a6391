"""How the person is before and after a session: asked in a word, kept with it, and easily passed over."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext

import typer
from rich.console import Console

from rehearse.agent.journaling import MOOD, MOOD_AFTER, MOOD_BEFORE, asking_mood
from rehearse.cli.asking import ask_on
from rehearse.cli.keeping import OwnKeeping, SessionKeeper
from rehearse.cli.own_log import at_keyboard
from rehearse.paths import settings_file
from rehearse.practice.mood import mood_in
from rehearse.settings import Settings
from rehearse.stage import Cast, Stage

Before = Callable[[Cast], AbstractContextManager[Cast]]
"""What comes before a session, by those who play in it."""


class NoScene(typer.Exit):
    """The person was asked how they are, before a scene, and said stop."""


@contextmanager
def with_mood(
    stage: Stage, keeper: SessionKeeper, console: Console, before: Before = nullcontext, *, typed: bool = False
) -> Iterator[Cast]:
    """`stage`, where the person is asked before and after what is played on it; not where the session is kept
    elsewhere, where they have set `mood` off, where replies are piped in, nor after the safety screen has ended it.
    `before` comes between that and the scene.

    Raises:
        NoScene: as it says.
        typer.Exit: a question has ended with a finding of the safety screen; `keeper` says nothing then.
    """
    settings = Settings.load(settings_file())

    def asked(own: OwnKeeping, cast: Cast, says: str) -> int | None:
        found: list[int | None] = []

        def keep(answers: dict[str, str]) -> None:
            found.append(mood_in(answers.get(MOOD, "")))

        question = asking_mood(says, typed=typed, waiting=settings.waiting)
        try:
            ask_on(cast, question, keep, console, typed=typed)
        except typer.Exit:
            own.silent = True
            raise
        if question.stopped and says == MOOD_BEFORE:
            raise NoScene
        return found[0]

    with stage as cast:
        own = keeper if isinstance(keeper, OwnKeeping) and settings.mood and (not typed or at_keyboard()) else None
        if own and own.cut_off is None:
            own.mood_before = asked(own, cast, MOOD_BEFORE)
        with before(cast):
            yield cast
        if own and own.session is not None and not own.broken_off:
            own.mood_after = asked(own, cast, MOOD_AFTER)
