"""What has to hold between the parts of a scenario, so that a mistyped name is found when the file is loaded
and not in the middle of a conversation."""

import re
from collections.abc import Iterator
from difflib import get_close_matches

from rehearse.feedback.feelings import vocabulary
from rehearse.feedback.finer_words import is_specific
from rehearse.scenarios.schema import LABEL, Scenario

_MARKER = re.compile(r"<[^<>]*>")

Fault = tuple[tuple[str | int, ...], str]
"""The path to the key that is wrong, and what is wrong with what to write."""


def faults_between_parts(scenario: Scenario) -> Iterator[Fault]:
    """Everything that no single part of `scenario` can know to be wrong."""
    yield from _unknown_targets(scenario)
    yield from _missing_lines(scenario)
    yield from _unknown_markers(scenario)
    yield from _beginnings_of_the_person(scenario)
    yield from _states_without_a_way_out(scenario)
    yield from _misplaced_defaults(scenario)
    yield from _unreachable_states(scenario)
    yield from _imprecise_feelings(scenario)


def _unknown_targets(scenario: Scenario) -> Iterator[Fault]:
    def unknown(target: str) -> str | None:
        if target in scenario.states:
            return None
        return f"there is no state {target!r}{nearest(target, scenario.states)}"

    if fault := unknown(scenario.start):
        yield ("start",), fault
    if fault := unknown(scenario.patience.then):
        yield ("patience", "then"), fault
    elif scenario.states[scenario.patience.then].ending is None:
        yield ("patience", "then"), f"{scenario.patience.then!r} is not an ending; name a state with `ending`"
    for name, state in scenario.states.items():
        for number, rule in enumerate(state.on):
            if fault := unknown(rule.go):
                yield ("states", name, "on", number, "go"), fault
    for number, example in enumerate(scenario.examples):
        if fault := unknown(example.at):
            yield ("examples", number, "at"), fault
        elif scenario.states[example.at].ending:
            yield ("examples", number, "at"), f"{example.at!r} is an ending, where nobody answers; name another state"
        if example.go and (fault := unknown(example.go)):
            yield ("examples", number, "go"), fault


def _missing_lines(scenario: Scenario) -> Iterator[Fault]:
    for name, state in scenario.states.items():
        if name == scenario.start and scenario.begins == "person":
            continue
        if sum(wording.plain for wording in state.lines) < 2:
            yield (
                ("states", name, "lines"),
                f"at least 2 lines have to need nothing, neither `when` nor `{LABEL}`; add to the lines of {name!r}",
            )


def _unknown_markers(scenario: Scenario) -> Iterator[Fault]:
    for name, state in scenario.states.items():
        for key, wordings in (("lines", state.lines), ("waits", state.waits)):
            for number, wording in enumerate(wordings):
                for marker in _MARKER.findall(wording.say):
                    if marker != LABEL:
                        yield ("states", name, key, number), f"{marker!r} stands for nothing; write `{LABEL}`"


def _beginnings_of_the_person(scenario: Scenario) -> Iterator[Fault]:
    if scenario.begins == "partner" or scenario.start not in scenario.states:
        return
    if scenario.states[scenario.start].lines:
        yield ("states", scenario.start, "lines"), "the person begins, so the start has no lines; remove them"
    for name, state in scenario.states.items():
        for number, rule in enumerate(state.on):
            if rule.go == scenario.start:
                yield (
                    ("states", name, "on", number, "go"),
                    f"{rule.go!r} is where the person begins and has no lines; lead to a state that has some",
                )


def _states_without_a_way_out(scenario: Scenario) -> Iterator[Fault]:
    """States from which no ending can be reached but by the end of patience."""
    leaving = {name for name, state in scenario.states.items() if state.ending}
    while more := {
        name
        for name, state in scenario.states.items()
        if name not in leaving and any(rule.go in leaving for rule in state.on)
    }:
        leaving |= more
    for name in scenario.states:
        if name not in leaving:
            yield ("states", name), f"no rules lead from {name!r} to an ending; add one that leads on"


def _misplaced_defaults(scenario: Scenario) -> Iterator[Fault]:
    for name, state in scenario.states.items():
        for number, rule in enumerate(state.on):
            last = number == len(state.on) - 1
            if last and rule.when is not None:
                yield (
                    ("states", name, "on", number),
                    "the last rule has a `when`, so some replies lead nowhere; add `- go: STATE` after it",
                )
            if not last and rule.when is None:
                yield (
                    ("states", name, "on", number),
                    "this rule has no `when`, so those after it are never reached; move it to the end",
                )


def _unreachable_states(scenario: Scenario) -> Iterator[Fault]:
    reached: set[str] = set()
    ahead = [scenario.start, scenario.patience.then]
    while ahead:
        name = ahead.pop()
        if name not in reached and name in scenario.states:
            reached.add(name)
            ahead += [rule.go for rule in scenario.states[name].on]
    for name in scenario.states:
        if name not in reached:
            yield ("states", name), f"no rule leads to {name!r}; add one, or remove the state"


def _imprecise_feelings(scenario: Scenario) -> Iterator[Fault]:
    for name, state in scenario.states.items():
        for number, word in enumerate(state.feels):
            if not is_specific(word):
                yield ("states", name, "feels", number), f"{word!r} names no feeling precisely{_precise_word_for(word)}"


def _precise_word_for(word: str) -> str:
    words = [each for family in vocabulary().families for each in family.words if is_specific(each)]
    found = get_close_matches(word, words, n=1)
    return (
        f"; did you mean {found[0]!r}?" if found else "; write a word such as 'overlooked', 'worn down' or 'relieved'"
    )


def nearest(word: str, known: object) -> str:
    """`"; did you mean 'x'?"` for the known word nearest to `word`, or nothing where none is near."""
    words = [str(each) for each in known] if hasattr(known, "__iter__") else []
    found = get_close_matches(word, words, n=1, cutoff=0.6)
    return f"; did you mean {found[0]!r}?" if found else f"; there are {', '.join(words)}" if words else ""
