"""What clients have shared, put together client by client: shares overlap, come late, and correct each other.

Of what stands in several shares the one with the highest number holds: it is what the client showed last.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from rehearse.coach.formats import (
    Figures,
    JournalEntry,
    Progress,
    Quote,
    Recording,
    Said,
    Share,
    Transcript,
    Try,
    Week,
)
from rehearse.errors import CoachError

FEWEST_OF_A_KEY = 4
"""So many characters of a client's key, or of a session's, are enough to name them."""
NO_FIGURES = Figures()
SHORT = 8
"""So many are shown."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How far an assignment had come when the client last said so."""

    progress: Progress
    on: date


@dataclass(frozen=True, slots=True)
class Letter:
    """What a client said to their coach in their own words."""

    on: date
    number: int
    """The share's."""
    asks: tuple[str, ...]
    hard: str | None
    says: str | None


@dataclass(frozen=True, slots=True)
class Shown:
    """What the client chose to show of a session: some of it, or all."""

    ref: str
    number: int
    """Of the share that holds."""
    day: date | None
    scenario: str | None
    partner: str | None
    said: tuple[Said, ...]
    """In order of time."""
    recordings: tuple[tuple[int, bytes], ...]
    """The number of a reply, from 0, and its FLAC."""

    def reply(self, turn: int) -> Said | None:
        """The one of that number that counts; None where it was not shown."""
        return next((each for each in self.said if each.turn == turn and not each.retried), None)


@dataclass(frozen=True, slots=True)
class Record:
    """What one client has shared."""

    client: str
    """Their key."""
    name: str | None
    """What they wish to be called."""
    newest: Share
    count: int
    """Of shares that are here."""
    missing: tuple[int, ...]
    """Numbers up to the newest that are not here: on their way, lost, or withdrawn."""
    weeks: tuple[Week, ...]
    tries: tuple[Try, ...]
    """In order of days."""
    standings: tuple[Standing, ...]
    letters: tuple[Letter, ...]
    """The newest first."""
    sessions: tuple[Shown, ...]
    """In order of days."""
    journal: tuple[JournalEntry, ...]

    @property
    def short(self) -> str:
        """The beginning of the key: it tells two clients of a practice apart."""
        return self.client[:SHORT]

    @property
    def called(self) -> str:
        """For who reads about them."""
        return self.name or f"Client {self.short}"

    def session(self, ref: str) -> Shown:
        """What was shown of the session whose name begins so.

        Raises:
            CoachError: nothing was, or of several.
        """
        found = [each for each in self.sessions if each.ref.startswith(ref)]
        if len(ref) < FEWEST_OF_A_KEY or len(found) != 1:
            raise CoachError(f"{self.called} has shown nothing of a session {ref!r}; their page for those there are")
        return found[0]


def records(shares: Iterable[Share]) -> Iterator[Record]:
    """All clients, in the order of their keys."""
    for client, own in groupby(sorted(shares, key=_key), key=_key):
        yield _record(client, sorted(own, key=lambda each: (each.number, each.made_at)))


def _key(share: Share) -> str:
    return share.client.key


def find(known: Sequence[Record], named: str) -> Record:
    """The client of that name, or whose key begins so.

    Raises:
        CoachError: there is none, or several could be meant.
    """
    wanted = named.casefold()
    found = [each for each in known if (each.name or "").casefold() == wanted]
    if not found and len(wanted) >= FEWEST_OF_A_KEY:
        found = [each for each in known if each.client.startswith(wanted)]
    if len(found) == 1:
        return found[0]
    if not found:
        raise CoachError(f"no client {named!r} has shared anything; `rehearse coach review` lists those who have")
    which = ", ".join(each.short for each in found)
    raise CoachError(f"several clients are called {named!r}; say which by the beginning of their key: {which}")


def _record(client: str, shares: Sequence[Share]) -> Record:
    newest = shares[-1]
    here = {each.number for each in shares}
    tries = {each.ref: each for share in shares for each in share.tries}
    return Record(
        client=client,
        name=next((each.client.name for each in reversed(shares) if each.client.name), None),
        newest=newest,
        count=len(shares),
        missing=tuple(number for number in range(1, newest.number) if number not in here),
        weeks=_weeks(shares),
        tries=tuple(sorted(tries.values(), key=lambda each: (each.day, each.ref))),
        standings=tuple(
            {each.assignment: Standing(each, share.until) for share in shares for each in share.progress}.values()
        ),
        letters=tuple(
            Letter(share.until, share.number, share.asks, share.hard, share.says)
            for share in reversed(shares)
            if share.asks or share.hard or share.says
        ),
        sessions=_sessions(shares, tries),
        journal=tuple(
            sorted(dict.fromkeys(each for share in shares for each in share.journal), key=lambda each: each.day)
        ),
    )


def _weeks(shares: Sequence[Share]) -> tuple[Week, ...]:
    """Each week as the newest share has it that looked at all of it. One that begins in the middle of a week holds
    only if there is more in it: sums cannot be put together."""
    found: dict[date, tuple[date, Week]] = {}
    for share in shares:
        since = share.since or date.min
        for begins in [each for each in found if since <= each <= share.until]:
            del found[begins]  # what the client has forgotten since is not there any more
        for week in share.weeks:
            begins = max(since, week.begins)
            known = found.get(week.begins)
            if known is None or begins <= known[0] or week.sessions > known[1].sessions:
                found[week.begins] = begins, week
    return tuple(week for _, (_, week) in sorted(found.items()))


def without_gaps(weeks: Sequence[Week], until: date) -> list[Week]:
    """`weeks` up to that of `until`, and those in between in which nothing was practised."""
    if not weeks:
        return []
    known = {each.begins: each for each in weeks}
    last = max(weeks[-1].begins, until - timedelta(days=until.weekday()))
    found, begins = [], weeks[0].begins
    while begins <= last:
        nothing = Week.model_construct(
            begins=begins, sessions=0, completed=0, turns=0, retries=0, minutes=0.0, figures=NO_FIGURES
        )
        found.append(known.get(begins, nothing))
        begins += timedelta(days=7)
    return found


def _sessions(shares: Sequence[Share], tries: dict[str, Try]) -> tuple[Shown, ...]:
    found: dict[str, Shown] = {}
    for share in shares:
        shown: tuple[Transcript | Quote | Recording, ...] = (*share.transcripts, *share.quotes, *share.recordings)
        for ref in dict.fromkeys(each.ref for each in shown):
            found[ref] = _shown(ref, share, found.get(ref), tries.get(ref))
    return tuple(sorted(found.values(), key=lambda each: (each.day or date.min, each.ref)))


def _shown(ref: str, share: Share, before: Shown | None, tried: Try | None) -> Shown:
    transcript = next((each for each in share.transcripts if each.ref == ref), None)
    said = transcript.said if transcript else before.said if before else ()
    quotes = {each.turn: each for each in share.quotes if each.ref == ref}
    kept = [quotes.pop(each.turn, each) if not each.retried else each for each in said]
    recordings = dict(before.recordings if before else ()) | {
        each.turn: each.flac for each in share.recordings if each.ref == ref
    }
    return Shown(
        ref=ref,
        number=share.number,
        day=tried.day if tried else None,
        scenario=tried.scenario if tried else None,
        partner=(transcript.partner if transcript else None) or (before.partner if before else None),
        said=tuple(kept) if not quotes else tuple(sorted([*kept, *quotes.values()], key=lambda each: each.turn)),
        recordings=tuple(sorted(recordings.items())),
    )
