"""`rehearse drill`: one skill, ten lines in a row."""

from contextlib import suppress
from enum import StrEnum
from typing import Annotated

import typer

from rehearse.agent.drill_scene import EASY, DrillScene, drill_scene
from rehearse.cli.own_log import own_log
from rehearse.cli.practice import (
    ByVoice,
    Headset,
    Input,
    Model,
    MorePaths,
    Output,
    Replies,
    Report,
    SayTo,
    Seed,
    Text,
    paths_of,
    play,
)
from rehearse.errors import LogError
from rehearse.feedback.codes import Axis
from rehearse.practice.practised import practised_sessions
from rehearse.scenarios.loader import playable


class Skill(StrEnum):
    """What can be drilled."""

    LABELING = "labeling"
    LISTENING = "listening"
    OPENNESS = "openness"


def drill(
    skill: Annotated[Skill, typer.Argument(help="Naming feelings, listening, or letting yourself be seen.")],
    more: MorePaths = None,
    *,
    replies: Replies = None,
    say_to: SayTo = None,
    report: Report = None,
    text: Text = False,
    seed: Seed = None,
    model: Model = None,
    input_: Input = None,
    output: Output = None,
    headset: Headset = None,
) -> None:
    """Answer ten lines in a row, each out of a scene of its own, with a word about each answer."""
    play(
        lambda seed: _scene(skill, seed),
        paths=paths_of(replies, more),
        say_to=say_to,
        report=report,
        text=text,
        seed=seed,
        mode=None,
        voice=ByVoice(model, input_, output, headset),
    )


def _scene(skill: Skill, seed: int) -> DrillScene:
    """Out of scenes that are no harder than what the person has practised."""
    scenes = [*playable().values()]
    levels: list[int] = []
    with suppress(LogError, OSError), own_log() as log:  # a log that cannot be read is no reason not to practise
        levels = [each.level for each in practised_sessions(log, scenes)]
    return drill_scene(Axis(skill), scenes, seed=seed, level=max([EASY, *levels]))
