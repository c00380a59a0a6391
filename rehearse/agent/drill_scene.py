"""Ten lines out of different scenes, one after the other, to be answered with one skill."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest
from random import Random
from typing import Final

from rehearse.agent import drill_lines
from rehearse.feedback.codes import Axis
from rehearse.scenarios.schema import PartnerCard, Patience, Rule, Scenario, State, Wording

LINES = 10
BEFORE_IT_GETS_LATE = 2
"""A line more replies away from its scene's beginning is not understood without what came before."""
EASY = 2
"""The highest level of scenes for somebody who has practised nothing harder."""
OCCASIONS: Final[Mapping[Axis, frozenset[str]]] = {
    Axis.LABELING: frozenset({"feeling", "good_news"}),
    Axis.LISTENING: frozenset({"feeling", "good_news"}),
    Axis.OPENNESS: frozenset({"bid", "hurt", "complaint"}),
}
"""What a line has to carry."""
DONE = "done"


class DrillScene(Scenario):
    """Lines of other scenes: each leads to the next, whatever is answered."""

    skill: Axis
    who: dict[str, str]
    """By state: who says its line."""

    @property
    def said_by_coach(self) -> tuple[str, ...]:
        """All that the coach can say only here."""
        return (self.briefing, *self.who.values(), *drill_lines.fixed(self.skill))


def drill_scene(skill: Axis, scenes: Iterable[Scenario], *, seed: int, level: int = EASY) -> DrillScene:
    """`LINES` lines that give occasion for `skill`, of `scenes` up to `level`.

    All of them are of people with the same kind of voice, as one voice speaks in a session; of as many scenes as there
    are.

    Raises:
        ValueError: there is no such line.
    """
    chance = Random(seed)  # noqa: S311  variety, not secrecy
    fit = [scene for scene in scenes if (scene.level or 1) <= level]
    by_voice = {voice: [each for each in fit if each.partner.voice == voice] for voice in ("female", "male")}
    voices = sorted(by_voice, key=lambda _: chance.random())
    chosen = max((_chosen(skill, by_voice[voice], chance) for voice in voices), key=len)
    if not chosen:
        raise ValueError(f"no scenario has a line for {skill}; take another skill")
    states, who = dict[str, State](), dict[str, str]()
    names = [f"{scene.id}-{name}"[:60] for scene, name in chosen]
    for (scene, name), own, then in zip(chosen, names, [*names[1:], DONE], strict=True):
        state, partner = scene.states[name], scene.partner
        said = chance.choice([each for each in state.lines if each.plain])
        kept = {"lines": (said,), "waits": tuple(filter(_is_plain, state.waits)), "on": (Rule(go=then),)}
        states[own] = state.model_copy(update=kept)
        who[own] = f"{partner.name}, {partner.relation}:" if partner.relation else f"{partner.name}:"
    return DrillScene(
        format="rehearse.scenario/1",
        id=f"drill-{skill}",
        title=f"Drill: {skill}",
        summary="Ten lines, ten answers.",
        trains=(skill,),
        partner=PartnerCard(name="somebody", voice=chosen[0][0].partner.voice, pronoun="they"),
        briefing=drill_lines.BRIEFING[skill],
        start=names[0],
        patience=Patience(turns=60, then=DONE),
        states={**states, DONE: State(ending=DONE, outcome="level")},
        skill=skill,
        who=who,
    )


def _chosen(skill: Axis, scenes: Sequence[Scenario], chance: Random) -> list[tuple[Scenario, str]]:
    """One state of every scene, then a second one of each, and so on."""
    by_scene = []
    for scene in sorted(scenes, key=lambda _: chance.random()):
        states = list(_with_occasion(skill, scene))
        chance.shuffle(states)
        by_scene.append([(scene, name) for name in states])
    return [each for turn in zip_longest(*by_scene) for each in turn if each][:LINES]


def _with_occasion(skill: Axis, scene: Scenario) -> Iterator[str]:
    reached = [scene.start]
    for _ in range(BEFORE_IT_GETS_LATE):
        reached += dict.fromkeys(
            rule.go for name in reached for rule in scene.states[name].on if rule.go not in reached
        )
    for name in reached:
        state = scene.states[name]
        if OCCASIONS[skill].intersection(state.carries) and any(map(_is_plain, state.lines)):
            yield name


def _is_plain(wording: Wording) -> bool:
    return wording.plain
