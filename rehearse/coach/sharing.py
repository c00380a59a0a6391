"""What a client shares: counts by default, words only where they were picked, and nobody else's name.

Nothing that the client has named goes along unless they pick it: no path, no file name, no name of a scene of theirs.
A session in which the safety screen stepped in is not even in the sums, whether it counts or not, unless the client
picks just that one.
"""

import re
import secrets
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import groupby

from pydantic import ValidationError

from rehearse.coach.assignments import standings
from rehearse.coach.counting import counted
from rehearse.coach.figures import figures_of
from rehearse.coach.formats import (
    Assignment,
    Client,
    Heard,
    JournalEntry,
    Progress,
    Quote,
    Recording,
    Said,
    Share,
    Transcript,
    Try,
    Week,
    plain,
)
from rehearse.coach.keys import ClientKey
from rehearse.coach.known_coaches import KnownCoach
from rehearse.coach.names import Names
from rehearse.coach.travelling import checked
from rehearse.errors import CoachError, Refused, SessionError
from rehearse.feedback.codes import Axis, Code
from rehearse.practice.journal import Journal
from rehearse.practice.journal import JournalEntry as Entry
from rehearse.practice.log import KeptTurn, Past, PracticeLog
from rehearse.scenarios.loader import library, load
from rehearse.scenarios.schema import Scenario

_CAPITAL = re.compile(r"\b[A-Z][\w’']*")
DRILLS = frozenset(f"drill-{axis}" for axis in Axis)


@dataclass(frozen=True, slots=True)
class Picks:
    """What the client has chosen, beyond counts."""

    since: date | None = None
    """None: since they have known the coach."""
    tries: Sequence[int] = ()
    """Sessions that are shown singly, besides those that count. A private one goes only if it stands here."""
    quotes: Sequence[tuple[int, int]] = ()
    """A session, and the number of a reply in it from 1."""
    transcripts: Sequence[int] = ()
    recordings: Sequence[tuple[int, int]] = ()
    journal: Sequence[int] = ()
    """Entries, besides those that they have let their coach see (`Journal.choose_for_coach`)."""
    hard: str | None = None
    says: str | None = None
    asks: Sequence[str] = ()
    keep: Collection[str] = ()
    """Words that are not to be masked…"""
    mask: Collection[str] = ()
    """…and words that are."""

    def check(self, past: Past) -> None:
        """See that something of that session may go.

        Raises:
            SessionError: it is private, and was not picked itself.
        """
        if past.private and past.id not in self.tries:
            raise SessionError(
                f"session {past.id} is private; leave out what is of it, or pick it too: --session {past.id}"
            )


@dataclass(frozen=True, slots=True)
class Sharer:
    """Who shares what is in `log` with whom."""

    log: PracticeLog
    key: ClientKey
    known: KnownCoach
    assignments: Sequence[Assignment] = ()
    """All of them, also of other coaches."""
    shown: Mapping[int, datetime] = field(default_factory=dict)
    """Journal entries that this coach was shown before, and when."""
    _scenes: dict[str, Scenario | None] = field(default_factory=dict)

    def share(self, picks: Picks, number: int, at: datetime) -> Share:
        """What goes.

        Raises:
            SessionError: a session, a reply or a journal entry that was picked is not there, or is of a private session
                that was not.
            CoachError: what was written is too long.
            LogError: the log cannot be read.
        """
        signs = self.known.coach.signs
        since = self._since(picks, at)
        may_go = self._may_go(picks)
        history = [past for past in may_go if past.began_at.date() >= since]
        marked = [each for each in counted(self.log) if not each.private or each.id in picks.tries]
        counting = {each.id for each in marked}
        picked = {*picks.tries, *picks.transcripts, *(id_ for id_, _ in (*picks.quotes, *picks.recordings))}
        single = [past for past in history if past.id in counting and self._asked_for(past)]
        single += [self.log.past(id_) for id_ in picked if id_ not in {past.id for past in single}]
        single.sort(key=lambda past: past.began_at)
        entries = self._entries(picks, since, {past.id for past in may_go})
        for past in (*single, *(self.log.past(entry.session) for entry in entries if entry.session is not None)):
            picks.check(past)
        turns = {past.id: self.log.turns(past.id) for past in single if past.id in picked}
        names = self._names(picks, entries, [(past, turns[past.id]) for past in single if past.id in turns])

        def masked(text: str | None) -> str | None:
            return names.mask(plain(text).strip()) or None if text else None

        try:
            return Share(
                id=secrets.token_hex(8),
                number=number,
                made_at=at,
                client=Client(key=self.key.public(signs), name=self.known.called),
                coach=signs,
                since=since,
                until=at.date(),
                weeks=tuple(_weeks(history)),
                progress=tuple(
                    Progress(assignment=each.assignment.id, done=each.done, of=each.assignment.times, open=each.open)
                    for each in standings(self._mine, marked, at.date())
                ),
                tries=tuple(self._try(past, counts=past.id in counting) for past in single),
                hard=masked(picks.hard),
                says=masked(picks.says),
                asks=tuple(names.mask(plain(each)) for each in picks.asks),
                quotes=tuple(
                    self._quote(self.log.past(id_), _numbered(turns[id_], number), names)
                    for id_, number in picks.quotes
                ),
                transcripts=tuple(
                    self._transcript(self.log.past(id_), turns[id_], names) for id_ in dict.fromkeys(picks.transcripts)
                ),
                recordings=tuple(self._recording(id_, number) for id_, number in dict.fromkeys(picks.recordings)),
                journal=tuple(
                    JournalEntry(
                        day=entry.written_at.date(), question=masked(entry.question), text=names.mask(plain(entry.text))
                    )
                    for entry in entries
                ),
            )
        except ValidationError as error:
            fault = error.errors(include_url=False, include_input=False)[0]
            where = ".".join(str(part) for part in fault["loc"])
            raise CoachError(f"`{where}` cannot be shared so ({fault['msg']}); leave it out, or write less") from None

    def journal(self, picks: Picks, at: datetime) -> tuple[int, ...]:
        """The journal entries that go: by these the client's program remembers them."""
        may_go = {past.id for past in self._may_go(picks)}
        return tuple(entry.id for entry in self._entries(picks, self._since(picks, at), may_go))

    def _since(self, picks: Picks, at: datetime) -> date:
        return picks.since or self.known.met_at.astimezone(at.tzinfo).date()

    def _may_go(self, picks: Picks) -> list[Past]:
        return [past for past in self.log.history() if not past.private or past.id in picks.tries]

    def _asked_for(self, past: Past) -> bool:
        """Whether this coach has asked for it: what counts for another is none of theirs."""
        return any(each.scenario == past.scenario for each in self._mine)

    @property
    def _mine(self) -> list[Assignment]:
        """What this coach has asked for."""
        return [each for each in self.assignments if each.coach.signs == self.known.coach.signs]

    def _names(
        self, picks: Picks, entries: Iterable[Entry], sessions: Sequence[tuple[Past, Sequence[KeptTurn]]]
    ) -> Names:
        texts = [picks.hard, picks.says, *picks.asks]
        for entry in entries:
            texts += [entry.question, entry.text]
        allowed: set[str] = set()
        for past, turns in sessions:
            allowed |= self._people_of(past)
            texts += [turn.entry["reply"]["text"] for turn in turns]
            texts += [turn.entry["partner"]["text"] for turn in turns]
            texts.append(f"with {past.partner}")  # of a talk of their own, it is somebody's name
        return Names(map(plain, filter(None, texts)), allowed=allowed, keep=picks.keep, also=picks.mask)

    def _scene(self, past: Past) -> Scenario | None:
        """The scene as the coach knows it, or None for one of the client's own."""
        name = past.scenario
        if name not in self._scenes:
            found = None
            if name in library():
                found = load(library()[name])
            for each in self._mine:
                if found is None and each.scenario == name and each.scene is not None:
                    found = _checked(name, each.scene)
            self._scenes[name] = found
        return self._scenes[name]

    def _people_of(self, past: Past) -> set[str]:
        """The names in a scene that the coach knows: its people are not real."""
        scenes = [self._scene(past)]
        if past.scenario in DRILLS:
            scenes = [load(path) for path in library().values()]
        found: set[str] = set()
        for scene in filter(None, scenes):
            lines = [line for state in scene.states.values() for line in state.known_lines]
            found |= {scene.partner.name, *(word for line in lines for word in _CAPITAL.findall(line))}
        return found

    def _known_name(self, past: Past) -> str | None:
        if past.scenario in DRILLS:
            return past.scenario
        return past.scenario if self._scene(past) else None

    def _try(self, past: Past, *, counts: bool) -> Try:
        scene = self._scene(past)
        return Try(
            ref=self._ref(past),
            day=past.began_at.date(),
            scenario=self._known_name(past),
            mode=past.mode,
            counts=counts,
            completed=past.completed,
            ending=past.ending if scene and past.ending in scene.endings else None,
            turns=past.turns,
            retries=past.retries,
            minutes=round(past.minutes, 1),
            figures=figures_of([past]),
        )

    def _ref(self, past: Past) -> str:
        return self.key.ref(self.known.coach.signs, past.began_at)

    def _quote(self, past: Past, turn: KeptTurn, names: Names) -> Quote:
        return Quote(ref=self._ref(past), **dict(_said(turn, names)))

    def _transcript(self, past: Past, turns: Sequence[KeptTurn], names: Names) -> Transcript:
        if not turns:
            raise SessionError(f"the words of session {past.id} are not kept any more; leave it out")
        partner = past.partner if past.partner in self._people_of(past) else None
        return Transcript(ref=self._ref(past), partner=partner, said=tuple(_said(turn, names) for turn in turns))

    def _recording(self, id_: int, number: int) -> Recording:
        flac = self.log.sound(id_, number - 1)
        if flac is None:
            raise SessionError(f"the sound of reply {number} in session {id_} is not kept; leave it out")
        return Recording(ref=self._ref(self.log.past(id_)), turn=number - 1, flac=flac)

    def _entries(self, picks: Picks, since: date, may_go: Collection[int]) -> list[Entry]:
        """Those that are picked now, and those that were chosen before, are of no session that is private, and were not
        shown to this coach already."""
        journal = Journal(self.log.database)
        chosen = [
            entry.id
            for entry in journal.entries()
            if entry.for_coach
            and entry.written_at.date() >= since
            and (entry.session is None or entry.session in may_go)
            and not _was_shown(entry, self.shown.get(entry.id))
        ]
        return [journal.entry(id_) for id_ in dict.fromkeys((*picks.journal, *chosen))]


def _was_shown(entry: Entry, at: datetime | None) -> bool:
    """Whether what stands in it now was shown at `at`."""
    return at is not None and max(entry.written_at, entry.edited_at or entry.written_at) <= at


def _said(turn: KeptTurn, names: Names) -> Said:
    entry = turn.entry
    codes = [
        Heard(code=Code(each["code"]), confidence=each["confidence"], contested=each.get("contested", False))
        for each in entry["codes"]
    ]
    if entry.get("contested"):
        codes.append(Heard(code="missed", contested=True))
    return Said(
        turn=turn.number,
        line=names.mask(plain(entry["partner"]["text"])) or None,
        reply=names.mask(plain(entry["reply"]["text"])) or "…",
        codes=tuple(codes),
        retried=turn.retried,
    )


def _checked(name: str, text: str) -> Scenario | None:
    try:
        return checked(name, text)
    except Refused:
        return None


def _numbered(turns: Sequence[KeptTurn], number: int) -> KeptTurn:
    found = next((turn for turn in turns if turn.number == number - 1 and not turn.retried), None)
    if found is None:
        raise SessionError(f"there is no reply {number} in that session; `rehearse show` numbers them")
    return found


def _weeks(history: Iterable[Past]) -> Iterator[Week]:
    def monday(past: Past) -> date:
        day = past.began_at.date()
        return day - timedelta(days=day.weekday())

    for begins, pasts in groupby(sorted(history, key=monday), key=monday):
        of_week = list(pasts)
        yield Week(
            begins=begins,
            sessions=len(of_week),
            completed=sum(past.completed for past in of_week),
            turns=sum(past.turns for past in of_week),
            retries=sum(past.retries for past in of_week),
            minutes=round(sum(past.minutes for past in of_week), 1),
            figures=figures_of(of_week),
        )
