"""What a scenario file may hold, format `rehearse.scenario/1`: the types, and nothing about where they come from.

What a type cannot say (does every target exist? can every state be reached?) is `checks.py`.
"""

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from rehearse.feedback.codes import AXES, Axis, Code, CodedReply

Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$", max_length=60)]
Text = Annotated[str, StringConstraints(min_length=1, max_length=600, strip_whitespace=True)]
Variants = Annotated[tuple[Text, ...], Field(min_length=2, max_length=4)]
Move = Code | Axis
"""A code, or an axis, which stands for any of its codes."""
Carried = Literal["feeling", "hurt", "complaint", "bid", "asks_advice", "good_news", "nothing"]
"""What a partner's line holds that a reply can answer."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Guard(_Part):
    """When a rule holds. All keys that are given must hold together."""

    any: tuple[Move, ...] = ()
    all: tuple[Move, ...] = ()
    none: tuple[Move, ...] = ()
    visits: Annotated[int, Field(ge=0, le=100)] = 0
    """The state has been entered at least so often."""

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not (self.any or self.all or self.none or self.visits):
            raise ValueError("`when` is empty; give any, all, none or visits, or leave `when` out")
        return self

    def holds(self, coded: CodedReply, visits: int) -> bool:
        """Whether a reply with these codes, in a state entered so often, satisfies the guard."""

        def made(move: Move) -> bool:
            return bool(AXES[move] & coded.codes) if isinstance(move, Axis) else move in coded.codes

        return (
            (not self.any or any(map(made, self.any)))
            and all(map(made, self.all))
            and not any(map(made, self.none))
            and visits >= self.visits
        )


class Rule(_Part):
    """Where a reply leads. Without `when`, it always holds."""

    when: Guard | None = None
    go: Name


class Instead(_Part):
    """What could have been said at a line, and why it helps."""

    say: Text
    why: Text


class State(_Part):
    """A moment of the scene: what the partner says, and where the replies lead.

    An ending has `ending` and `outcome` and no rules; every other state has `carries`, `hint`, `on`, `instead`, and
    may have `feels`.
    """

    lines: Variants
    mood: Text = "neutral"
    carries: tuple[Carried, ...] = ()
    feels: Annotated[tuple[Text, ...], Field(max_length=3)] = ()
    """Precise words for the feeling in the lines, the fittest first: what the debrief offers for a vague one."""
    waits: tuple[Text, ...] = ()
    hint: Text | None = None
    on: tuple[Rule, ...] = ()
    instead: dict[Move | Literal["missed"], Instead] = Field(default_factory=dict)
    ending: Name | None = None
    outcome: Literal["up", "level", "down"] | None = None

    @model_validator(mode="after")
    def _is_moment_or_ending(self) -> Self:
        if self.ending is None:
            missing = [key for key in ("carries", "hint", "on", "instead") if not getattr(self, key)]
            if self.outcome:
                raise ValueError("`outcome` belongs to an ending; add `ending: NAME` or remove it")
            if missing:
                raise ValueError(f"{_listed(missing)} missing; add them, or make this state an ending")
        else:
            extra = [key for key in ("carries", "feels", "waits", "hint", "on", "instead") if getattr(self, key)]
            if extra:
                raise ValueError(f"an ending has no {_listed(extra)}; remove them, or remove `ending`")
            if self.outcome is None:
                raise ValueError("an ending needs an outcome; write `outcome: up`, `level` or `down`")
        return self


class PartnerCard(_Part):
    """Who the person talks with."""

    name: Text
    voice: Literal["female", "male"]
    accent: Literal["american", "british"] | None = None
    """Of a natural voice; American where it is left out."""
    pronoun: Literal["she", "he", "they"] | None = None
    """How the coach speaks of them; by name where it is left out."""


class Patience(_Part):
    """What ends a scene that goes round in circles."""

    turns: Annotated[int, Field(ge=2, le=60)]
    """After so many replies…"""
    then: Name
    """…the scene goes to this ending."""


class Scenario(_Part):
    """A scene to practise: who, what about, and how it can go."""

    format: Literal["rehearse.scenario/1"]
    id: Name
    title: Text
    summary: Text
    trains: Annotated[tuple[Axis, ...], Field(min_length=1)]
    partner: PartnerCard
    briefing: Text
    start: Name
    patience: Patience
    states: Annotated[dict[Name, State], Field(min_length=2, max_length=200)]

    @property
    def endings(self) -> frozenset[str]:
        """The names of the endings."""
        return frozenset(state.ending for state in self.states.values() if state.ending)


def _listed(keys: list[str]) -> str:
    return ", ".join(f"`{key}`" for key in keys)
