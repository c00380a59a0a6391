"""What a scenario file may hold, format `rehearse.scenario/1`: the types, and nothing about where they come from.

What a type cannot say (does every target exist? can every state be reached?) is `checks.py`.
"""

from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from rehearse.feedback.codes import Axis, Code
from rehearse.scenarios.guard import Guard
from rehearse.scenarios.heart import Change, Heart, Mover
from rehearse.scenarios.parts import Move, Name, Part, Text

Carried = Literal["feeling", "hurt", "complaint", "bid", "asks_advice", "good_news", "nothing"]
"""What a partner's line holds that a reply can answer."""
Theme = Literal[
    "naming",
    "listening",
    "curiosity",
    "vulnerability",
    "pause",
    "staying",
    "emotional-closeness",
    "intellectual-closeness",
    "physical-closeness",
    "spiritual-closeness",
    "repair",
    "boundaries",
    "joy",
    "appreciation",
    "asking",
    "comfort",
]
"""What a scene is about, beside the axes it trains."""
LABEL = "<label>"
"""In a line: the person's own latest words for the partner's feeling."""


class Wording(Part):
    """One way to say a line, and when it fits."""

    say: Text
    when: Guard | None = None

    @property
    def quotes(self) -> bool:
        """Whether it holds words of the person."""
        return LABEL in self.say

    @property
    def plain(self) -> bool:
        """Whether it can always be said."""
        return self.when is None and not self.quotes


def _as_wording(given: Any) -> Any:
    return {"say": given} if isinstance(given, str) else given


Variant = Annotated[Wording, BeforeValidator(_as_wording, json_schema_input_type=Text | Wording)]


class Rule(Part):
    """Where a reply leads. Without `when`, it always holds."""

    when: Guard | None = None
    go: Name
    moves: Change = Field(default_factory=dict)
    """What taking it does to the partner's heart, besides what the reply itself does."""


class Instead(Part):
    """What could have been said at a line, and why it helps."""

    say: Text
    why: Text


class State(Part):
    """A moment of the scene: what the partner says, and where the replies lead.

    An ending has `ending` and `outcome` and no rules; every other state has `carries`, `hint`, `on`, `instead`, and
    may have `feels`, `says_no`, `waits` and `answers`.
    """

    lines: Annotated[tuple[Variant, ...], Field(max_length=10)] = ()
    mood: Text = "neutral"
    carries: tuple[Carried, ...] = ()
    feels: Annotated[tuple[Text, ...], Field(max_length=3)] = ()
    """Precise words for the feeling in the lines, the fittest first: what the debrief offers for a vague one."""
    says_no: bool = False
    """Whether the partner says no to something here. Then no rule may reward pressing, and words that press are heard
    as that, however kindly they are said."""
    waits: tuple[Variant, ...] = ()
    hint: Text | None = None
    answers: Annotated[tuple[Text, ...], Field(max_length=4)] = ()
    """Exemplary replies."""
    on: tuple[Rule, ...] = ()
    instead: dict[Move | Literal["missed"], Instead] = Field(default_factory=dict)
    ending: Name | None = None
    outcome: Literal["up", "level", "down"] | None = None

    @property
    def known_lines(self) -> tuple[str, ...]:
        """All that can be said here and is known before the person has said a word."""
        return tuple(wording.say for wording in (*self.lines, *self.waits) if not wording.quotes)

    @model_validator(mode="after")
    def _is_moment_or_ending(self) -> Self:
        if self.ending is None:
            missing = [key for key in ("carries", "hint", "on", "instead") if not getattr(self, key)]
            if self.outcome:
                raise ValueError("`outcome` belongs to an ending; add `ending: NAME` or remove it")
            if missing:
                raise ValueError(f"{_listed(missing)} missing; add them, or make this state an ending")
        else:
            unfit = ("carries", "feels", "says_no", "waits", "hint", "answers", "on", "instead")
            extra = [key for key in unfit if getattr(self, key)]
            if extra:
                raise ValueError(f"an ending has no {_listed(extra)}; remove them, or remove `ending`")
            if self.outcome is None:
                raise ValueError("an ending needs an outcome; write `outcome: up`, `level` or `down`")
        return self


class PartnerCard(Part):
    """Who the person talks with."""

    name: Text
    voice: Literal["female", "male"]
    accent: Literal["american", "british"] | None = None
    """Of a natural voice; American where it is left out."""
    pronoun: Literal["she", "he", "they"] | None = None
    """How the coach speaks of them; by name where it is left out."""
    age: Annotated[int, Field(ge=1, le=120)] | None = None
    relation: Annotated[Text, Field(max_length=60)] | None = None
    """What they are to the person, in a few words: "your younger sister"."""
    heart: Heart = Field(default_factory=Heart)
    """How they are when the scene begins."""
    moved_by: dict[Mover, Change] = Field(default_factory=dict)
    """Where they differ from other people in what moves them; the rest is `heart.MOVED_BY`."""


class Patience(Part):
    """What ends a scene that goes round in circles."""

    turns: Annotated[int, Field(ge=2, le=60)]
    """After so many replies…"""
    then: Name
    """…the scene goes to this ending."""


class Example(Part):
    """A reply, and what is expected of it: a test that the scenario carries."""

    at: Name
    """The state in which it is given."""
    reply: Text
    codes: tuple[Code, ...] = ()
    """What it has to be heard as, among other things."""
    go: Name | None = None
    """Where it leads."""

    @model_validator(mode="after")
    def _expects_something(self) -> Self:
        if not (self.codes or self.go):
            raise ValueError("nothing is expected of this example; add `codes` or `go`")
        return self


class Scenario(Part):
    """A scene to practise: who, what about, and how it can go."""

    format: Literal["rehearse.scenario/1"]
    id: Name
    title: Text
    summary: Text
    level: Annotated[int, Field(ge=1, le=5)] | None = None
    """How difficult it is: 1 is where to begin, 5 is the hardest."""
    minutes: Annotated[int, Field(ge=1, le=60)] | None = None
    """About how long it takes."""
    themes: tuple[Theme, ...] = ()
    trains: Annotated[tuple[Axis, ...], Field(min_length=1)]
    partner: PartnerCard
    briefing: Text
    begins: Literal["partner", "person"] = "partner"
    """Who says the first words. Where the person does, the start has no lines, and the briefing says what to begin
    with."""
    question: Text | None = None
    """For the journal, after the debrief."""
    start: Name
    patience: Patience
    states: Annotated[dict[Name, State], Field(min_length=2, max_length=200)]
    examples: tuple[Example, ...] = ()

    def __hash__(self) -> int:
        return hash(self.id)  # a mapping has no hash of its own

    @property
    def said_by_coach(self) -> tuple[str, ...]:
        """What the coach says in this scenario alone, hints and examples apart."""
        return (self.briefing,)

    @property
    def endings(self) -> frozenset[str]:
        """The names of the endings."""
        return frozenset(state.ending for state in self.states.values() if state.ending)

    def outcome_of(self, ending: str | None) -> Literal["up", "level", "down"] | None:
        """Where the ending of that name leads; None where there is none."""
        return next((state.outcome for state in self.states.values() if ending and state.ending == ending), None)


def _listed(keys: list[str]) -> str:
    return ", ".join(f"`{key}`" for key in keys)
