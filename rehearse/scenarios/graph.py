"""A scenario drawn as a flowchart, with the way of a session in it: as Mermaid, and as SVG by Graphviz."""

import json
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rehearse.errors import DrawingFailed
from rehearse.scenarios.guard import Guard
from rehearse.scenarios.schema import Scenario

_ENDINGS = {"up": "#d5f0d5", "level": "#eeeeee", "down": "#f5d5d5"}
_DRAWING_S = 60.0


@dataclass(frozen=True, slots=True)
class Arrow:
    """All rules that lead from one state to the same other."""

    here: str
    there: str
    asked: tuple[str, ...]
    """What each of them asks for."""
    steps: tuple[int, ...] = ()
    """The steps of the session that went this way, from 1."""


def arrows(scenario: Scenario, way: Sequence[str] = ()) -> list[Arrow]:
    """Every arrow of the drawing; `way` is the states of a session."""
    gone: dict[tuple[str, str], list[int]] = {}
    for step, passage in enumerate(pairwise(way), start=1):
        gone.setdefault(passage, []).append(step)
    asked: dict[tuple[str, str], list[str]] = {}
    for name, state in scenario.states.items():
        for rule in state.on:
            asked.setdefault((name, rule.go), []).append(in_words(rule.when))
    for passage in gone:
        asked.setdefault(passage, ["out of patience"])
    return [
        Arrow(here, there, tuple(guards), tuple(gone.get((here, there), ()))) for (here, there), guards in asked.items()
    ]


def mermaid(scenario: Scenario, way: Sequence[str] = ()) -> str:
    """The states as boxes, the rules as arrows with what they ask for; `way`, the states of a session, in thick."""
    return "\n".join(_mermaid(scenario, way)) + "\n"


def svg(scenario: Scenario, way: Sequence[str] = ()) -> str:
    """The same as an SVG image, laid out by Graphviz's `dot`.

    Raises:
        DrawingFailed: it is not installed, or fails.
    """
    program = shutil.which("dot")
    if program is None:
        raise DrawingFailed("Graphviz draws the image and is not installed: install the package graphviz")
    try:
        drawn = subprocess.run(
            [program, "-Tsvg"],
            input="\n".join(_dot(scenario, way)),
            capture_output=True,
            encoding="utf-8",
            timeout=_DRAWING_S,
            check=True,
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise DrawingFailed(
            f"Graphviz could not draw {scenario.id} ({error}): install it anew, or leave --svg out"
        ) from error
    return drawn.stdout


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


def _mermaid(scenario: Scenario, way: Sequence[str]) -> Iterator[str]:
    number = {name: f"s{index}" for index, name in enumerate(scenario.states)}
    yield "flowchart TD"
    for name, state in scenario.states.items():
        yield f'  {number[name]}(["{name}"])' if state.ending else f'  {number[name]}["{name}"]'
    for arrow in arrows(scenario, way):
        bold = [f"<b>{_listed(arrow.steps)}</b>"] if arrow.steps else []
        label = "<br>".join([*bold, *arrow.asked])
        yield f'  {number[arrow.here]} {"==>" if arrow.steps else "-->"}|"{label}"| {number[arrow.there]}'
    for name, state in scenario.states.items():
        if state.outcome:
            yield f"  style {number[name]} fill:{_ENDINGS[state.outcome]}"
    yield f"  style {number[scenario.start]} stroke-width:3px"


def _dot(scenario: Scenario, way: Sequence[str]) -> Iterator[str]:
    yield "digraph {"
    yield f"  label={_quoted(scenario.title)}; labelloc=t;"
    yield '  fontname="sans-serif"; node [fontname="sans-serif", shape=box, style="rounded,filled", fillcolor=white];'
    yield '  edge [fontname="sans-serif", fontsize=10, color="#555555"];'
    for name, state in scenario.states.items():
        look = [f'fillcolor="{_ENDINGS[state.outcome]}", shape=oval'] if state.outcome else []
        look += ["penwidth=3"] if name == scenario.start else []
        yield f"  {_quoted(name)} [{', '.join([f'tooltip={_quoted(name)}', *look])}];"
    for arrow in arrows(scenario, way):
        steps = [f"step {_listed(arrow.steps)}"] if arrow.steps else []
        look = [f"label={_quoted(chr(10).join([*steps, *arrow.asked]))}"]
        look += ['penwidth=3, color="#1f4e99", fontcolor="#1f4e99"'] if arrow.steps else []
        yield f"  {_quoted(arrow.here)} -> {_quoted(arrow.there)} [{', '.join(look)}];"
    yield "}"


def _listed(steps: Sequence[int]) -> str:
    return ", ".join(map(str, steps))


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
