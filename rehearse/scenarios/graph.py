"""A scenario drawn as a Mermaid flowchart, with the way of a session in it."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from rehearse.scenarios.guard import Guard
from rehearse.scenarios.schema import Scenario

_ENDINGS = {"up": "fill:#d5f0d5", "level": "fill:#eeeeee", "down": "fill:#f5d5d5"}


def mermaid(scenario: Scenario, way: Sequence[str] = ()) -> str:
    """The states as boxes, the rules as arrows with what they ask for; `way`, the states of a session, in thick ones.

    Rules that lead from one state to the same other share an arrow.
    """
    return "\n".join(_lines(scenario, way)) + "\n"


def in_words(guard: Guard | None) -> str:
    """What a guard asks for, in a few words."""
    if guard is None:
        return "else"
    parts = [
        " or ".join(guard.any),
        " and ".join(guard.all),
        f"first {' or '.join(guard.first)}" if guard.first else "",
        f"no {', no '.join(guard.none)}" if guard.none else "",
        *(f"{move} x{times}" for move, times in guard.counts.items()),
        *(f"{quantity} {bound} or more" for quantity, bound in guard.at_least.items()),
        *(f"{quantity} {bound} or less" for quantity, bound in guard.at_most.items()),
        f"pause over {guard.pause_over:g} s" if guard.pause_over is not None else "",
        {True: "interrupted", False: "not interrupted", None: ""}[guard.interrupted],
        f"sure {guard.confidence:g}" if guard.confidence else "",
        f"visit {guard.visits}" if guard.visits else "",
    ]
    return ", ".join(part for part in parts if part)


def _lines(scenario: Scenario, way: Sequence[str]) -> Iterator[str]:
    number = {name: f"s{index}" for index, name in enumerate(scenario.states)}
    gone: dict[tuple[str, str], list[int]] = {}
    for step, (here, there) in enumerate(pairwise(way), start=1):
        gone.setdefault((here, there), []).append(step)
    yield "flowchart TD"
    for name, state in scenario.states.items():
        yield f'  {number[name]}(["{name}"])' if state.ending else f'  {number[name]}["{name}"]'
    drawn: set[tuple[str, str]] = set()
    for name, state in scenario.states.items():
        asked: dict[str, list[str]] = {}
        for rule in state.on:
            asked.setdefault(rule.go, []).append(in_words(rule.when))
        for there, guards in asked.items():
            steps = gone.get((name, there))
            label = "<br>".join([*([f"<b>{', '.join(map(str, steps))}</b>"] if steps else []), *guards])
            yield f'  {number[name]} {"==>" if steps else "-->"}|"{label}"| {number[there]}'
            drawn.add((name, there))
    for (here, there), steps in gone.items():
        if (here, there) not in drawn:
            yield f'  {number[here]} ==>|"<b>{", ".join(map(str, steps))}</b><br>out of patience"| {number[there]}'
    for name, state in scenario.states.items():
        if state.outcome:
            yield f"  style {number[name]} {_ENDINGS[state.outcome]}"
    yield f"  style {number[scenario.start]} stroke-width:3px"
