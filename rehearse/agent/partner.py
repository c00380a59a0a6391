"""The partner: a scenario compiled to a state machine that replies move.

The machine only ever goes where the scenario says. Chance (seeded) chooses among the wordings of a line.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any

from transitions import EventData, Machine

from rehearse.dialogue import Line, Speaker
from rehearse.feedback.codes import CodedReply
from rehearse.scenarios.schema import Guard, Scenario, State


class _Position:
    """The machine's model, apart from `Partner`: a model's attribute of a trigger's name would block that trigger."""

    state: str
    trigger: Callable[..., bool]


@dataclass(frozen=True, slots=True)
class Memory:
    """Where a scene stood: what `Partner.remember` gives and `Partner.go_back` takes."""

    state: str
    visits: Counter[str]
    said: Counter[str]
    heard: int
    chance: Any


class Partner:
    """Somebody with something to say, who reacts to what a reply did."""

    def __init__(self, scenario: Scenario, chance: Random) -> None:
        self._scenario = scenario
        self._chance = chance
        self._visits: Counter[str] = Counter([scenario.start])
        self._said: Counter[str] = Counter()
        self._heard = 0
        self._position = _Position()
        self._compile()

    def _compile(self) -> None:
        states = self._scenario.states
        machine = Machine(
            model=self._position,
            states=list(states),
            initial=self._scenario.start,
            queued=True,
            auto_transitions=False,
            send_event=True,
            after_state_change=self._count_visit,
        )
        moments = [name for name, state in states.items() if state.ending is None]
        for name in moments:
            for rule in states[name].on:
                guard = _condition(rule.when, self._visits) if rule.when else None
                machine.add_transition("reply", name, rule.go, conditions=guard)
            machine.add_transition("skip", name, states[name].on[-1].go)
            machine.add_transition("lose_patience", name, self._scenario.patience.then)

    def _count_visit(self, event: EventData) -> None:
        self._visits[self.state] += 1

    @property
    def state(self) -> str:
        """The name of the state the scene is in."""
        return self._position.state

    @property
    def moment(self) -> State:
        """The state itself."""
        return self._scenario.states[self.state]

    def remember(self) -> Memory:
        """Where the scene stands now."""
        return Memory(self.state, self._visits.copy(), self._said.copy(), self._heard, self._chance.getstate())

    def go_back(self, memory: Memory) -> None:
        """Go on as if nothing had happened since `memory`."""
        self._position.state = memory.state
        self._visits.clear()
        self._visits.update(memory.visits)
        self._said, self._heard = memory.said.copy(), memory.heard
        self._chance.setstate(memory.chance)

    def understands(self, coded: CodedReply) -> bool:
        """Whether the present state has an answer to just this, and not only to anything."""
        guards = [rule.when for rule in self.moment.on if rule.when and (rule.when.any or rule.when.all)]
        return any(guard.holds(coded, self._visits[self.state]) for guard in guards)

    def hear(self, coded: CodedReply) -> None:
        """Move to where a reply that did this leads."""
        self._heard += 1
        self._position.trigger("reply", coded=coded)
        self._lose_patience()

    def _lose_patience(self) -> None:
        if self.moment.ending is None and self._heard >= self._scenario.patience.turns:
            self._position.trigger("lose_patience")

    def skip(self) -> None:
        """Move to where a reply that did nothing in particular leads; it counts for the scene's patience."""
        self._heard += 1
        self._position.trigger("skip")
        self._lose_patience()

    def say(self) -> Line:
        """A line of the present state: one that was not said yet, as long as there is one."""
        return self._line(self.moment.lines)

    def wait(self) -> Line | None:
        """What the partner says when nothing is answered, if the scenario has words for it."""
        return self._line(self.moment.waits) if self.moment.waits else None

    def _line(self, wordings: tuple[str, ...]) -> Line:
        least_said = min(self._said[wording] for wording in wordings)
        text = self._chance.choice([wording for wording in wordings if self._said[wording] == least_said])
        self._said[text] += 1
        return Line(text, Speaker.PARTNER, self.moment.mood)


def _condition(guard: Guard, visits: Counter[str]) -> Callable[[EventData], bool]:
    def holds(event: EventData) -> bool:
        return guard.holds(event.kwargs["coded"], visits[event.state.name])

    return holds
