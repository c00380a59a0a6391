"""A scenario played a great many times by made-up people: what it does with whom, and where it is not finished."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from statistics import fmean

from rehearse.agent.partner import Partner
from rehearse.agent.personas import PERSONAS, RANDOM, Persona
from rehearse.scenarios.schema import Scenario

WORTH = {"up": 1, "level": 0, "down": -1}
"""What an outcome counts."""
LOOP = 4
"""A state entered so often in one session goes round."""


@dataclass(frozen=True, slots=True)
class Played:
    """One session."""

    states: tuple[str, ...]
    """In the order in which they were entered, the ending last."""
    lines: tuple[str, ...]
    """What the partner said."""
    worn_out: tuple[str, ...]
    """States whose lines did not suffice: they should have been entered once more."""
    lost_patience: bool
    dead_end: bool
    """Whether that was for want of anything to say."""
    ending: str
    outcome: str

    @property
    def worth(self) -> int:
        """1 up, 0 level, -1 down."""
        return WORTH[self.outcome]


@dataclass(frozen=True, slots=True)
class Tally:
    """What came of the sessions of one persona."""

    persona: str
    endings: dict[str, int]
    outcome: float
    """The mean, from -1 (down) to 1 (up)."""
    replies: float
    """The mean length."""
    out_of_patience: float
    """The share of sessions that patience ended."""


@dataclass(frozen=True, slots=True)
class Simulation:
    """What came of all sessions."""

    sessions: int
    """Of each persona."""
    tallies: tuple[Tally, ...]
    unvisited: tuple[str, ...]
    """States that nobody came to."""
    unreached: tuple[str, ...]
    """Endings that nobody came to."""
    dead_ends: dict[str, int]
    """States in which nothing was left to be said, so that the scene had to end: how often."""
    worn_out: dict[str, int]
    """States that would have been entered once more, had they had another line: how often."""
    loops: dict[str, int]
    """States entered `LOOP` times or more in one session: in how many."""
    repeated: tuple[str, ...]
    """Lines said twice in one session."""

    def outcome(self, persona: str) -> float:
        """The mean outcome of a persona."""
        return next(tally.outcome for tally in self.tallies if tally.persona == persona)


def play(scenario: Scenario, persona: Persona, seed: int, *, start: str | None = None) -> Played:
    """One session of `persona`; `start` in place of the scenario's own beginning."""
    chance = Random(seed)  # noqa: S311  variety, not secrecy
    partner = Partner(scenario, chance, start=start)
    states, lines, worn_out, replies = [partner.state], [partner.say().text], list[str](), 0
    while partner.moment.ending is None:
        answer = persona.answer(partner.moment, replies, chance)
        partner.hear(answer.coded, pause_before_s=answer.pause_before_s, interrupted=answer.interrupted)
        replies += 1
        worn_out += partner.passed_over
        states.append(partner.state)
        lines.append(partner.say().text)
    assert partner.moment.outcome
    return Played(
        tuple(states),
        tuple(lines),
        tuple(worn_out),
        partner.lost_patience,
        partner.lost_patience and replies < scenario.patience.turns,
        partner.moment.ending,
        partner.moment.outcome,
    )


def simulate(
    scenario: Scenario, *, sessions: int = 200, seed: int = 0, personas: Sequence[Persona] = PERSONAS
) -> Simulation:
    """Play `sessions` sessions of each persona."""
    played = {
        persona.name: [play(scenario, persona, seed + number) for number in range(sessions)] for persona in personas
    }
    everything = [session for of_persona in played.values() for session in of_persona]
    visited = {state for session in everything for state in session.states}
    ended = {session.ending for session in everything}
    return Simulation(
        sessions=sessions,
        tallies=tuple(_tally(name, of_persona) for name, of_persona in played.items()),
        unvisited=tuple(state for state in scenario.states if state not in visited),
        unreached=tuple(sorted(scenario.endings - ended)),
        dead_ends=dict(Counter(each.states[-2] for each in everything if each.dead_end).most_common()),
        worn_out=dict(Counter(state for session in everything for state in session.worn_out).most_common()),
        loops=dict(
            Counter(
                state for session in everything for state, times in Counter(session.states).items() if times >= LOOP
            ).most_common()
        ),
        repeated=tuple(
            sorted(
                {line for session in everything for line, times in Counter(session.lines).items() if line and times > 1}
            )
        ),
    )


def values(scenario: Scenario, *, sessions: int = 400, seed: int = 0) -> dict[str, float]:
    """How good it is to be in a state: the mean outcome from there on for somebody who answers at random.

    A state that no such session came to is left out.
    """
    worths: dict[str, list[int]] = {}
    for number in range(sessions):
        session = play(scenario, RANDOM, seed + number)
        for state in set(session.states):
            worths.setdefault(state, []).append(session.worth)
    return {state: fmean(worths[state]) for state in scenario.states if state in worths}


def _tally(persona: str, sessions: Sequence[Played]) -> Tally:
    return Tally(
        persona,
        dict(Counter(session.ending for session in sessions).most_common()),
        fmean(session.worth for session in sessions),
        fmean(len(session.states) - 1 for session in sessions),
        fmean(session.lost_patience for session in sessions),
    )
