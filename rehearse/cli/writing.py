"""`rehearse scenarios graph`, `test`, `schema`, `preview` and `new`: what a writer of scenarios needs."""

import json
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.prompt import Prompt

from rehearse.agent import coach_lines
from rehearse.agent.examples import fault_of
from rehearse.audio.speaking import BETWEEN_LINES_S, Speech
from rehearse.audio.volume import Volume
from rehearse.cli.demo import room_at_hand
from rehearse.dialogue import Floor, Line, Speaker
from rehearse.errors import OutputError, ScenarioError, SessionError
from rehearse.paths import scenarios_dir
from rehearse.scenarios.graph import in_words, mermaid, svg
from rehearse.scenarios.loader import find, load
from rehearse.scenarios.schema import Scenario
from rehearse.scenarios.template import Idea, scenario_from
from rehearse.stage import voice_for
from rehearse.whole_files import check_writable, replacing

Named = Annotated[str, typer.Argument(metavar="SCENARIO", help="A name, or the path of a file.")]


def graph(
    scenario: Named,
    session: Annotated[Path | None, typer.Option(help="A session's report: its way is drawn in thick arrows.")] = None,
    image: Annotated[Path | None, typer.Option("--svg", metavar="FILE", help="Write an SVG image instead.")] = None,
) -> None:
    """Draw a scenario as a Mermaid flowchart, or as an SVG image."""
    scene = find(scenario)
    way = _way(session, scene) if session else ()
    if image is None:
        typer.echo(mermaid(scene, way), nl=False)
        return
    drawn = svg(scene, way)
    with replacing(image) as temporary:
        temporary.write_text(drawn, encoding="utf-8")


def test(scenario: Named) -> None:
    """Try the examples that a scenario carries: what each reply is heard as, and where it leads."""
    from rehearse.feedback.coder import code_reply

    scene = find(scenario)
    faults = [(example, fault_of(scene, example, code_reply)) for example in scene.examples]
    for example, fault in faults:
        if fault:
            typer.echo(f"{example.at}: “{example.reply}”: {fault}", err=True)
    wrong = sum(fault is not None for _, fault in faults)
    typer.echo(f"{len(faults) - wrong} of {len(faults)} examples came out as expected")
    if wrong:
        raise typer.Exit(1)


def schema() -> None:
    """Print the JSON Schema of scenario files, for editors."""
    typer.echo(json_schema(), nl=False)


def json_schema() -> str:
    """The schema as it is committed in `rehearse/scenarios/scenario.schema.json`."""
    described = {"$schema": "https://json-schema.org/draft/2020-12/schema", **Scenario.model_json_schema()}
    return json.dumps(described, indent=1, ensure_ascii=False) + "\n"


def new(
    folder: Annotated[Path | None, typer.Option(help="Where to; by default the folder of your own scenarios.")] = None,
) -> None:
    """Ask a few things, and write a small scenario that works, to go on from."""
    try:
        idea = _asked()
    except EOFError:
        raise typer.Abort from None
    path = (folder or scenarios_dir()) / f"{idea.id}.yaml"
    text = scenario_from(idea)
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise OutputError(f"there is {str(path)!r} already; choose another title") from None
    try:
        load(path)
    except ScenarioError:
        path.unlink()
        raise
    typer.echo(f"Written: {path}")
    typer.echo(f"Play it: rehearse practice {path if folder else idea.id} --text")


def _asked() -> Idea:
    return Idea(
        title=_ask("Title"),
        partner=_ask("The partner's name"),
        voice="female" if Prompt.ask("Their voice", choices=["female", "male"]) == "female" else "male",
        age=int(Prompt.ask("Their age", choices=list(map(str, range(1, 121))), show_choices=False)),
        relation=_ask("What they are to you, in a few words", default="your partner"),
        briefing=_ask("What has happened before, and what to try, in two or three sentences"),
        first_line=_ask("The first thing they say"),
        question=_ask("A question for afterwards", default="What did you notice in yourself?"),
    )


def _ask(question: str, default: str = "") -> str:
    """An answer with something in it."""
    answer = ""
    while not answer:
        answer = (Prompt.ask(question, default=default) if default else Prompt.ask(question)).strip()
    return answer


def preview(
    scenario: Named,
    *,
    quiet: Annotated[bool, typer.Option("--quiet", help="Only print it.")] = False,
    say_to: Annotated[Path | None, typer.Option(help="Read it into this WAV file.")] = None,
) -> None:
    """Print a scenario as a writer reads it, and read its lines aloud."""
    scene, console = find(scenario), Console()
    _print_scene(console, scene)
    if say_to:
        check_writable(say_to)
    aloud = sys.stdout.isatty() and not quiet and not say_to
    if not aloud and not say_to:
        return
    with console.status("") as status, room_at_hand(aloud=aloud) as room:
        with voice_for(scene, lambda doing: status.update(doing or "")) as voice:
            mouth = Speech(voice, Volume(room))
            mouth.say([coach_lines.coach(scene.briefing)], Floor.KEPT)
            for state in scene.states.values():
                for text in state.known_lines:
                    mouth.say([Line(text, Speaker.PARTNER, state.mood)], Floor.KEPT)
                    room.pass_time(BETWEEN_LINES_S)
        if say_to:
            room.write(say_to)


def _print_scene(console: Console, scene: Scenario) -> None:
    console.print(f"[bold]{escape(scene.title)}[/] · {escape(scene.partner.name)}\n{escape(scene.briefing)}")
    for name, state in scene.states.items():
        what = f"ending, {state.outcome}" if state.ending else ", ".join((*state.carries, *state.feels))
        console.print(f"\n[bold]{name}[/] [dim]({what}; {escape(state.mood)})[/]")
        for wording in state.lines:
            when = f" [dim]({escape(in_words(wording.when))})[/]" if wording.when else ""
            console.print(f"  “{escape(wording.say)}”{when}")
        for answer in state.answers:
            console.print(f"  [green]{escape(answer)}[/]")
        for rule in state.on:
            console.print(f"  [dim]{escape(in_words(rule.when))}[/] → {rule.go}")


def _way(report: Path, scene: Scenario) -> list[str]:
    """The states of a session, its ending last."""
    try:
        session = json.loads(report.read_text(encoding="utf-8"))
        states = [str(turn["partner"]["state"]) for turn in session["turns"]]
        ending = session["ending"]
    except FileNotFoundError:
        raise SessionError(f"there is no session {str(report)!r}; give the path of a report") from None
    except (OSError, ValueError, KeyError, TypeError):
        raise SessionError(f"{str(report)!r} is no report of a session; give one that practice has written") from None
    if session.get("scenario") != scene.id or not set(states) <= set(scene.states):
        raise SessionError(f"{str(report)!r} is not a session of {scene.id!r}; give one of that scenario")
    return states + [name for name, state in scene.states.items() if ending and state.ending == ending][:1]
