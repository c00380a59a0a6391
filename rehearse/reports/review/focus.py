"""What to begin the next session with, and why: a plain rule that looks at what the client said before any figure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from rehearse.coach.caseload import Record
from rehearse.coach.formats import Assignment, Week
from rehearse.reports.in_brief import FEWEST
from rehearse.reports.periods import day
from rehearse.reports.plots import percent
from rehearse.reports.review.skills import SKILLS, Skill, lately_and_before
from rehearse.reports.uncertainty import wilson

STALE = timedelta(weeks=4)
RULE = (
    "The suggestion goes by a fixed rule. First comes what they said in their newest share: a question, else what they "
    "found hard, else a verdict that they do not agree with. To it comes at most one thing from the figures: the skill "
    "of an open assignment, else the first of openness, holding back, listening, naming and precise words, if it "
    f"was seen in the last weeks of practice less often than what is called strong, beyond chance, on {FEWEST} or "
    "more occasions; else an open assignment of which nothing counts yet. What is called strong is this program’s own "
    "mark, no norm. The rule knows nothing of the person, and may be wrong for them: you decide."
)


@dataclass(frozen=True, slots=True)
class Focus:
    """Something to look at together."""

    what: str
    why: str


def focus(record: Record, assigned: Mapping[str, Assignment], today: date) -> list[Focus]:
    """At most two, the client's own first; none where nothing speaks for any."""
    found = [each for each in (_theirs(record), _from_figures(record, assigned, today)) if each]
    if found and today - record.newest.until > STALE:
        ago = (today - record.newest.until).days // 7
        first = Focus(found[0].what, f"{found[0].why} That was {ago} weeks ago; ask what has become of it.")
        return [first, *found[1:]]
    return found


def _theirs(record: Record) -> Focus | None:
    newest = record.newest
    if newest.asks:
        questions = "their question" if len(newest.asks) == 1 else f"their {len(newest.asks)} questions"
        return Focus(f"Begin with {questions}.", "They have asked in their newest share.")
    if newest.hard:
        return Focus("Begin with what they found hard.", f"They say: “{newest.hard}”")
    contested = [
        (said, code)
        for session in record.sessions
        if session.number == newest.number
        for said in session.said
        for code in said.codes
        if code.contested
    ]
    if contested:
        said, code = contested[0]
        return Focus(
            "Look together at a verdict that they do not agree with.",
            f"The program takes “{said.reply}” for {code.code.replace('_', ' ')}; they do not.",
        )
    return None


def _from_figures(record: Record, assigned: Mapping[str, Assignment], today: date) -> Focus | None:
    still_open = [
        (standing, asked)
        for standing in record.standings
        if standing.progress.open
        and (asked := assigned.get(standing.progress.assignment))
        and (asked.until is None or asked.until >= today)
    ]
    asked_for = {asked.skill for _, asked in still_open}
    lately, _ = lately_and_before(record.weeks)
    for skill in sorted(SKILLS, key=lambda each: each.axis not in asked_for):
        if why := _room(skill, lately):
            return Focus(f"Look at {skill.name}.", why)
    for standing, asked in still_open:
        if not standing.progress.done:
            until = f" by {day(asked.until, year=True)}" if asked.until else ""
            return Focus(
                f"Ask how it is going with {asked.scenario}.",
                f"You have asked for it{until}, and as of {day(standing.on)} nothing counts yet. They may have "
                "practised all the same: only what they let count is seen.",
            )
    return None


def _room(skill: Skill, lately: Sequence[Week]) -> str | None:
    share = skill.over(lately)
    if share.of < FEWEST or share.rate is None:
        return None
    band = wilson(share)
    if band[1] >= skill.mark:
        return None
    weeks = "their last week of practice" if len(lately) == 1 else f"their last {len(lately)} weeks of practice"
    return (
        f"They {skill.did} in {share.times} of {share.of} {skill.out_of} over {weeks}, "
        f"{percent(share.rate, band)}; the program calls {skill.mark:.0%} strong. The coder: {skill.reliability}. "
        "Scenes differ in what they ask, so look at a reply together before you conclude anything."
    )
