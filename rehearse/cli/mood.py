"""How the person is before and after a session: asked in a word, kept with it, and easily passed over."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console

from rehearse.agent.journaling import MOOD, MOOD_AFTER, MOOD_BEFORE, asking_mood
from rehearse.cli.asking import ask_on
from rehearse.cli.keeping import OwnKeeping, SessionKeeper
from rehearse.cli.own_log import at_keyboard
from rehearse.paths import settings_file
from rehearse.practice.mood import mood_in
from rehearse.settings import Settings
from rehearse.stage import Cast, Stage


@contextmanager
def with_mood(stage: Stage, keeper: SessionKeeper, console: Console, *, typed: bool = False) -> Iterator[Cast]:
    """`stage`, where the person is asked before and after what is played on it; not where the session is kept
    elsewhere, where they have set `mood` off, nor where replies are piped in."""
    settings = Settings.load(settings_file())

    def asked(cast: Cast, says: str) -> int | None:
        found: list[int | None] = []

        def keep(answers: dict[str, str]) -> None:
            found.append(mood_in(answers.get(MOOD, "")))

        ask_on(cast, asking_mood(says, typed=typed, waiting=settings.waiting), keep, console, typed=typed)
        return found[0]

    with stage as cast:
        if not (settings.mood and isinstance(keeper, OwnKeeping)) or (typed and not at_keyboard()):
            yield cast
            return
        if keeper.cut_off is None:
            keeper.mood_before = asked(cast, MOOD_BEFORE)
        yield cast
        if keeper.has_kept:
            keeper.mood_after = asked(cast, MOOD_AFTER)
