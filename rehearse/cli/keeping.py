"""What becomes of a session: its report in a file, or its turns in the person's own log."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Protocol

from rich.console import Console

from rehearse.agent.loop import Keeper
from rehearse.audio.frames import SAMPLE_RATE, Samples
from rehearse.cli.elsewhere import cause_of, save_elsewhere, say
from rehearse.cli.own_log import drop_what_is_old, open_it, unopened_log
from rehearse.errors import LogError, SettingsDamaged
from rehearse.paths import settings_file
from rehearse.practice.report import write_report
from rehearse.practice.session import DRILL, WITHHELD, CutOff, Position, Session
from rehearse.settings import Settings

SAME_REPLY_S = 0.01
"""Two replies do not begin so soon one after the other."""


class SessionKeeper(Keeper, Protocol):
    """Keeps a session as it goes, and as it has ended."""

    cut_off: CutOff | None
    """What the session goes on with."""
    began_s: float
    """What the ear's clock said as it began, or went on."""

    def end(self, session: Session) -> None:
        """Keep how it is now that it is over, or cut short."""


class AtTheEnd:
    """Keeps a session as a whole."""

    def __init__(self, keep: Callable[[Session], None]) -> None:
        self.cut_off: CutOff | None = None
        self.began_s = 0.0
        self._keep = keep

    def keep(self, session: Session, position: Position) -> None:
        """Not before its end."""

    def end(self, session: Session) -> None:
        """Keep it."""
        self._keep(session)


def in_a_report(console: Console, path: Path) -> AtTheEnd:
    """Keeps a session as a report at `path`."""

    def keep(session: Session) -> None:
        write_report(session, path)
        if not session.broken_off:
            say(console, f"The report is in {path}")

    return AtTheEnd(keep)


_NEXT = "If you see a verdict differently: `rehearse contest` lists them."
_CUT_OFF = "`rehearse resume` goes on with it."


class OwnKeeping:
    """Keeps a session in the person's own log as it goes. Where that fails, the session goes on without."""

    def __init__(
        self,
        console: Console,
        *,
        mode: str = "plain",
        medium: str = "voice",
        goes_on: int | None = None,
    ) -> None:
        """`goes_on`: the session that is taken up; it is `cut_off` then.

        Raises:
            SessionError: it cannot be taken up.
            LogError: it cannot be read.
        """
        from rehearse.practice.keeping import Keeping, cut_off
        from rehearse.practice.log import About, about, now

        self.mood_before: int | None = None
        """How the person was, from 0 to 10, where they have said so."""
        self.mood_after: int | None = None
        self.began_s = 0.0
        self.broken_off = False
        """Whether the safety screen has stopped it: nothing more is asked then."""
        self.silent = False
        """Whether the question after it has ended so: nothing more is said then."""
        self._heard: tuple[float, Samples] | None = None
        self._console = console
        self._told = False
        self._keeping: Keeping | None = None
        self.cut_off: CutOff | None = None
        started = About(now(), mode, medium)
        try:
            self._log = unopened_log()
            if goes_on is not None:
                self.cut_off = cut_off(self._log, goes_on)
                started = about(self._log.past(goes_on))
            self._keeping = Keeping(self._log, started, trouble=self._tell, goes_on=goes_on)
            open_it(self._log)
        except (LogError, OSError) as error:
            if goes_on is not None:
                raise
            self._tell(error)

    @property
    def session(self) -> int | None:
        """Its number, once something of it is in the log."""
        return self._keeping.id if self._keeping else None

    def keep(self, session: Session, position: Position) -> None:
        """Keep how it stands after a turn."""
        self.broken_off = session.broken_off
        if self._keeping:
            self._keeping.keep(session, position)
            self._keep_sound(session)
            if self._keeping.id is not None and len(session.turns) == 1:
                self._keep_mood(self._keeping.id)

    def hear(self, start_s: float, samples: Samples) -> None:
        """Take in how a reply sounded; it is kept with the turn that it becomes."""
        self._heard = start_s, samples

    def _keep_sound(self, session: Session) -> None:
        heard, self._heard = self._heard, None
        if self._keeping is None or heard is None or not session.turns:
            return
        if session.turns[-1].reply.text == WITHHELD:
            return
        start_s, samples = heard
        before_s = self.cut_off.turns[-1].reply.end_s if self.cut_off and self.cut_off.turns else 0.0
        if abs(before_s + start_s - self.began_s - session.turns[-1].reply.start_s) < SAME_REPLY_S:
            from rehearse.audio.files import as_flac
            from rehearse.practice.log import now

            with suppress(SettingsDamaged):
                expires = now() + timedelta(days=Settings.load(settings_file()).sound_days)
                self._keeping.keep_sound(as_flac(samples, SAMPLE_RATE), len(samples) / SAMPLE_RATE, expires)

    def end(self, session: Session) -> None:
        """Keep it as it has ended; offer to save it elsewhere where that cannot be. All without a word where it ended
        with a finding of the safety screen, or the question after it did."""
        kept = self._keeping is not None and self._keeping.end(session)
        if session.broken_off or self.silent:
            pass
        elif self._keeping and kept:
            if self._keeping.id is not None:
                self._keep_mood(self._keeping.id)
                next_ = _NEXT if session.over or session.mode == DRILL else _CUT_OFF
                self._say(f"Kept as session {self._keeping.id}. {next_}")
        elif session.turns or session.retried:
            self._save_elsewhere(session)
        if self._keeping:
            drop_what_is_old(self._log)
            self._log.database.close()

    def _keep_mood(self, session: int) -> None:
        if self.mood_before is not None or self.mood_after is not None:
            with suppress(LogError):  # the session itself is kept
                self._log.set_mood(session, before=self.mood_before, after=self.mood_after)

    def _save_elsewhere(self, session: Session) -> None:
        self._say("This session is not in your practice log. Its report can be saved elsewhere.")
        save_elsewhere(self._console, "The report", "practice.json", lambda path: write_report(session, path))

    def _tell(self, error: LogError | OSError) -> None:
        if self._told:
            return
        self._told = True
        self._say(f"{cause_of(error)}. The session goes on, and is kept in memory until its end.")

    def _say(self, text: str) -> None:
        say(self._console, text)
