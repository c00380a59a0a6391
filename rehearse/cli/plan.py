"""`rehearse plan`: what to practise next, and why."""

from datetime import datetime

from rich.console import Console

from rehearse.cli.own_log import own_log
from rehearse.practice.plan import next_practice
from rehearse.practice.practised import practised_sessions
from rehearse.practice.standing import IN_WORDS
from rehearse.scenarios.loader import playable


def plan() -> None:
    """Say what to practise next, and why."""
    console = Console()
    scenes = [*playable().values()]
    with own_log() as log:
        plan = next_practice(scenes, practised_sessions(log, scenes), datetime.now().date())
    scene, partner = plan.scenario, plan.scenario.partner
    who = f"{partner.name}, {partner.relation}" if partner.relation else partner.name
    length = f", about {scene.minutes} minutes" if scene.minutes else ""
    console.print(f"[bold]{scene.title}[/] [dim]with {who}[/]", highlight=False)
    console.print(plan.reason, highlight=False)
    console.print(f"For {IN_WORDS[plan.skill]}: level {scene.level or 1} of 5{length}.", style="dim", highlight=False)
    mode = "" if plan.mode == "plain" else f" --mode {plan.mode}"
    console.print(f"  rehearse practice {scene.id}{mode}", highlight=False)
