"""The partner's heart: three quantities that replies move, and that guards and lines look at.

Not a model of a person. It is bookkeeping that makes order matter: what came before is felt in what comes after.
"""

from collections.abc import Mapping
from math import ceil
from typing import Annotated, Final, Literal, get_args

from pydantic import Field

from rehearse.feedback.codes import Code
from rehearse.scenarios.parts import Part

Quantity = Literal["trust", "hurt", "energy"]
QUANTITIES: Final[tuple[Quantity, ...]] = get_args(Quantity)
Level = Annotated[int, Field(ge=0, le=10)]
Change = dict[Quantity, Annotated[int, Field(ge=-10, le=10)]]
"""By how much a quantity moves."""
Mover = Code | Literal["interruption"]
"""What moves the heart: a code, or coming in while the partner still speaks."""

MOVED_BY: Final[Mapping[Mover, Change]] = {
    # A feeling that is named eases (Lieberman 2007), and shows that somebody is there.
    Code.LABELS_FEELING: {"trust": 1, "hurt": -1},
    Code.REFLECTS: {"trust": 1},
    Code.EXPLORES: {"trust": 1},
    Code.VALIDATES: {"trust": 1},
    Code.STAYS_PRESENT: {"trust": 1},
    Code.ASKS_NEED: {"trust": 1},
    Code.SHARES: {"trust": 1},
    Code.APPRECIATES: {"trust": 1, "energy": 1},
    # Owning is the strongest repair there is in one sentence.
    Code.OWNS: {"trust": 1, "hurt": -2},
    Code.ADVISES_WITH_LEAVE: {"trust": 1},
    Code.ADVISES: {"trust": -1},
    Code.TURNS_TO_SELF: {"trust": -1, "energy": -1},
    Code.PSEUDO_FEELING: {"hurt": 1},
    # The order of the four horsemen (Gottman): playing down costs least, contempt most.
    Code.MINIMIZES: {"trust": -1, "hurt": 1},
    Code.DENIES: {"trust": -1, "hurt": 1},
    Code.EXCUSES: {"trust": -1, "hurt": 1},
    Code.WITHDRAWS: {"trust": -1, "hurt": 1, "energy": -1},
    Code.COUNTERATTACKS: {"trust": -1, "hurt": 2, "energy": -1},
    Code.CONTEMPT: {"trust": -2, "hurt": 3, "energy": -1},
    "interruption": {"energy": -1},
    # `names_own_feeling` and `takes_space` move nothing by themselves: it depends on the scene.
}
ASKED_ADVICE: Final[Change] = {"trust": 1}
"""Advice where the partner has asked for it is an answer, and no pushing."""


class Heart(Part):
    """How the partner is: each quantity from 0 to 10."""

    trust: Level = 5
    hurt: Level = 2
    energy: Level = 6

    def moved(self, *changes: Mapping[Quantity, int]) -> "Heart":
        """The heart after these changes, taken together and kept within 0–10."""
        return Heart.model_construct(
            **{
                quantity: max(0, min(10, getattr(self, quantity) + sum(change.get(quantity, 0) for change in changes)))
                for quantity in QUANTITIES
            }
        )


def change_by(
    code: Code, moved_by: Mapping[Mover, Change], *, asked: bool, repeated: bool = False, hard: bool = False
) -> Change:
    """What `code` does to the heart.

    `asked`: the partner has asked for advice. `repeated`: an earlier reply did this already; what harms then weighs
    double. `hard`: what harms weighs half as much again, rounded up.
    """
    if asked and code in {Code.ADVISES, Code.ADVISES_WITH_LEAVE}:
        return ASKED_ADVICE
    change = moved_by.get(code, {})
    weight = (2 if repeated else 1) * (1.5 if hard else 1)
    return {
        quantity: _weighed(amount, weight) if _is_harm(quantity, amount) else amount
        for quantity, amount in change.items()
    }


def harms(change: Mapping[Quantity, int]) -> bool:
    """Whether anything in `change` is for the worse."""
    return any(_is_harm(quantity, amount) for quantity, amount in change.items())


def within(heart: Heart, at_least: Mapping[Quantity, int], at_most: Mapping[Quantity, int]) -> bool:
    """Whether the heart lies within these bounds."""
    return all(getattr(heart, quantity) >= bound for quantity, bound in at_least.items()) and all(
        getattr(heart, quantity) <= bound for quantity, bound in at_most.items()
    )


def _is_harm(quantity: Quantity, amount: int) -> bool:
    return amount > 0 if quantity == "hurt" else amount < 0


def _weighed(amount: int, weight: float) -> int:
    return ceil(abs(amount) * weight) * (1 if amount > 0 else -1)
