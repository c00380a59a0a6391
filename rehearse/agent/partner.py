"""The partner: a scenario compiled to a state machine that replies move, and a heart that they move too.

The machine only ever goes where the scenario says. Chance (seeded) chooses among the wordings of a line.
"""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import lru_cache
from random import Random
from typing import Any

from transitions import EventData, Machine

from rehearse.dialogue import Line, Speaker
from rehearse.feedback.codes import AXES, Code, CodedReply
from rehearse.feedback.labels import feeling_named
from rehearse.feedback.moment import Alternative, Occasion
from rehearse.scenarios.guard import NO_REPLY, Situation, is_made
from rehearse.scenarios.heart import MOVED_BY, Change, Heart, Mover, change_by, harms
from rehearse.scenarios.parts import Move
from rehearse.scenarios.schema import LABEL, Rule, Scenario, State, Wording

_SENTENCE_START = re.compile(r"(?:^|[.!?]\s+)[a-z]")


class Mode(StrEnum):
    """How a scene is practised."""

    GUIDED = "guided"
    """The coach gives a hint unasked after an answer that missed or harmed, and in silence offers one early."""
    PLAIN = "plain"
    HARD = "hard"
    """What harms weighs half as much again, patience is shorter by a third, nobody offers help, and there is one second
    try a scene."""


@dataclass(frozen=True, slots=True)
class Scene:
    """How a scene stands: all that changes in a partner, apart from chance."""

    state: str
    heart: Heart
    visits: Mapping[str, int]
    said: frozenset[str] = frozenset()
    heard: int = 0
    made: Mapping[Move, int] = field(default_factory=dict)
    """In how many replies each move was made."""
    mistakes: frozenset[Code] = frozenset()
    """What has harmed already, and weighs double from now on."""
    named: str = ""
    """The person's latest words that named the partner's feeling."""
    coded: CodedReply = NO_REPLY
    pause_before_s: float = 0.0
    interrupted: bool = False
    passed_over: tuple[str, ...] = ()
    """States that the latest reply should have led to, and that had nothing left to say."""
    lost_patience: bool = False

    @property
    def situation(self) -> Situation:
        """What a guard looks at."""
        return Situation(
            self.coded, self.pause_before_s, self.interrupted, self.heart, self.made, self.visits.get(self.state, 0)
        )

    @property
    def label(self) -> str | None:
        """The person's own word for how the partner feels."""
        return feeling_named(self.named) if self.named else None

    def enters(self, state: str, moves: Change) -> "Scene":
        """The scene once it has moved to `state`."""
        visits = {**self.visits, state: self.visits.get(state, 0) + 1}
        return replace(self, state=state, heart=self.heart.moved(moves) if moves else self.heart, visits=visits)


@dataclass(frozen=True, slots=True)
class Memory:
    """Where a scene stood: what `Partner.remember` gives and `Partner.go_back` takes."""

    scene: Scene
    chance: Any

    @property
    def heart(self) -> Heart:
        """How the partner was."""
        return self.scene.heart


class Partner:
    """Somebody with something to say, who reacts to what a reply did, and to what came before it."""

    def __init__(
        self,
        scenario: Scenario,
        chance: Random,
        *,
        mode: Mode = Mode.PLAIN,
        start: str | None = None,
        quotes: bool = True,
    ) -> None:
        """`start`: the state to begin in, in place of the scenario's own. `quotes`: whether they may say the person's
        own words, which nobody can have rendered ahead."""
        self.quotes = quotes
        self._scenario = scenario
        self._chance = chance
        self._hard = mode is Mode.HARD
        self._moved_by: dict[Mover, Change] = {**MOVED_BY, **scenario.partner.moved_by}
        turns = scenario.patience.turns
        self._patience = turns - turns // 3 if self._hard else turns
        self._machine = _machine_of(scenario)
        self._scene = Scene(start or scenario.start, scenario.partner.heart, {start or scenario.start: 1})

    @property
    def state(self) -> str:
        """The name of the state the scene is in."""
        return self._scene.state

    @property
    def moment(self) -> State:
        """The state itself."""
        return self._scenario.states[self.state]

    @property
    def occasion(self) -> Occasion:
        """What their line gives occasion for."""
        instead = {str(way): Alternative(each.say, each.why) for way, each in self.moment.instead.items()}
        return Occasion(frozenset(self.moment.carries), self.moment.feels, instead)

    @property
    def heart(self) -> Heart:
        """How the partner is now."""
        return self._scene.heart

    @property
    def passed_over(self) -> tuple[str, ...]:
        """States that the latest reply should have led to, and that had nothing left to say."""
        return self._scene.passed_over

    @property
    def lost_patience(self) -> bool:
        """Whether the scene has ended for want of patience, or of anything to say."""
        return self._scene.lost_patience

    @property
    def waits_to_be_spoken_to(self) -> bool:
        """Whether the person has the first word, and has not had it yet."""
        return self._scenario.begins == "person" and not self._scene.heard

    def remember(self) -> Memory:
        """Where the scene stands now."""
        return Memory(self._scene, self._chance.getstate())

    def go_back(self, memory: Memory) -> None:
        """Go on as if nothing had happened since `memory`."""
        self._scene = memory.scene
        self._chance.setstate(memory.chance)

    def understands(self, coded: CodedReply) -> bool:
        """Whether the present state has an answer to just this, and not only to anything."""
        situation = self._moved(coded, 0.0, interrupted=False).situation
        guards = [rule.when for rule in self.moment.on if rule.when and rule.when.asks_for_a_move]
        return any(guard.holds(situation) for guard in guards)

    def hear(self, coded: CodedReply, *, pause_before_s: float = 0.0, interrupted: bool = False) -> None:
        """Move to where a reply that did this, at this time, leads.

        A state that has nothing left to say is not entered again: the next rule that holds is taken, and where there
        is none, patience is over.
        """
        before = self._moved(coded, pause_before_s, interrupted=interrupted)
        situation = before.situation
        self._go_on(before, lambda rule: rule.when is None or rule.when.holds(situation))

    def skip(self) -> None:
        """Move to where a reply that did nothing in particular leads; it counts for the scene's patience."""
        self._go_on(replace(self._scene, heard=self._scene.heard + 1), lambda rule: rule.when is None)

    def _go_on(self, before: Scene, holds: Callable[[Rule], bool]) -> None:
        entered: list[Scene] = []
        passed_over: list[str] = []

        def takes(rule: Rule) -> bool:
            if not holds(rule):
                return False
            after = before.enters(rule.go, rule.moves)
            has_words = bool(self._fit(self._scenario.states[rule.go].lines, after))
            if has_words:
                entered.append(after)
            else:
                passed_over.append(rule.go)
            return has_words

        position = _Position(before.state)
        self._machine.events["reply"].trigger(position, takes=takes)
        self._scene = entered[0] if entered else before
        if self.moment.ending is None and (not entered or before.heard >= self._patience):
            self._machine.events["lose_patience"].trigger(position)
            self._scene = replace(self._scene.enters(position.state, {}), lost_patience=True)
        self._scene = replace(self._scene, passed_over=tuple(dict.fromkeys(passed_over)))

    def say(self) -> Line:
        """A line of the present state that was not said yet; an empty one where the person begins.

        What fits only now goes first: the person's own word, once a session, and then a line with a `when`.
        """
        fit = self._fit(self.moment.lines, self._scene) or [each for each in self.moment.lines if each.plain]
        if not fit:
            return Line("", Speaker.PARTNER, self.moment.mood)
        quoted = any(LABEL in said for said in self._scene.said)
        quoting = [] if quoted else [each for each in fit if each.quotes]
        return self._line(quoting or [each for each in fit if each.when] or fit)

    def wait(self) -> Line | None:
        """What the partner says when nothing is answered, as long as there are words for it."""
        fit = self._fit(self.moment.waits, self._scene)
        return self._line(fit) if fit else None

    def _line(self, fit: Sequence[Wording]) -> Line:
        wording = self._chance.choice(fit)
        self._scene = replace(self._scene, said=self._scene.said | {wording.say})
        text = wording.say
        if wording.quotes:
            text = text.replace(LABEL, self._scene.label or "")
            text = _SENTENCE_START.sub(lambda start: start.group().upper(), text)
        return Line(text, Speaker.PARTNER, self.moment.mood, private=wording.quotes)

    def _fit(self, wordings: Sequence[Wording], scene: Scene) -> list[Wording]:
        return [
            wording
            for wording in wordings
            if wording.say not in scene.said
            and (wording.when is None or wording.when.holds(scene.situation))
            and (not wording.quotes or (self.quotes and scene.label))
        ]

    def _moved(self, coded: CodedReply, pause_before_s: float, *, interrupted: bool) -> Scene:
        """The scene as a reply leaves it, before it leads anywhere."""
        scene = self._scene
        asked = "asks_advice" in self.moment.carries
        changes = {
            code: change_by(code, self._moved_by, asked=asked, repeated=code in scene.mistakes, hard=self._hard)
            for code in coded.codes
        }
        interruption = self._moved_by.get("interruption", {}) if interrupted else {}
        named = [found.text for found in coded.stated if found.code is Code.LABELS_FEELING]
        moves: list[Move] = [*coded.codes, *(axis for axis in AXES if is_made(axis, coded.codes))]
        return replace(
            scene,
            heart=scene.heart.moved(*changes.values(), interruption),
            heard=scene.heard + 1,
            made=Counter(scene.made) + Counter(moves),
            mistakes=scene.mistakes.union(code for code, change in changes.items() if harms(change)),
            named=named[-1] if named else scene.named,
            coded=coded,
            pause_before_s=pause_before_s,
            interrupted=interrupted,
        )


@dataclass
class _Position:
    """The machine's model, apart from `Partner`: a model's attribute of a trigger's name would block that trigger."""

    state: str


@lru_cache(maxsize=64)
def _machine_of(scenario: Scenario) -> Machine:
    """The scenario's machine, for all partners of it at once: nothing is queued in it, and it has no model."""
    states = scenario.states
    machine = Machine(model=None, states=list(states), initial=scenario.start, auto_transitions=False, send_event=True)
    for name, state in states.items():
        if state.ending is None:
            for rule in state.on:
                machine.add_transition("reply", name, rule.go, conditions=_taking(rule))
            machine.add_transition("lose_patience", name, scenario.patience.then)
    return machine


def _taking(rule: Rule) -> Callable[[EventData], bool]:
    def taken(event: EventData) -> bool:
        takes: Callable[[Rule], bool] = event.kwargs["takes"]
        return takes(rule)

    return taken
