"""`rehearse feedback`: what a reply did, for a person or, line by line, for another program."""

import json
import sys
from collections.abc import Iterable
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.text import Text

from rehearse.cli.display import colour_of, plain_name
from rehearse.errors import UsageError
from rehearse.feedback import code_reply
from rehearse.feedback.codes import CodedReply
from rehearse.practice.report import evidence_of


def feedback(
    reply: Annotated[str | None, typer.Argument(metavar="REPLY", help="What was answered.")] = None,
    *,
    partner: Annotated[str, typer.Option(help="The line it answers.")] = "",
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help='Code {"id", "partner", "reply"} a line from stdin to stdout.')
    ] = False,
) -> None:
    """Say what a reply did, and which words did it."""
    if jsonl == (reply is not None):
        raise UsageError("give either a reply to code, in quotes, or --jsonl and lines on standard input")
    if reply is not None:
        _print_coded(Console(), code_reply(partner, reply))
        return
    faults = 0
    for answer in _answers(sys.stdin.buffer):
        faults += "error" in answer
        typer.echo(json.dumps(answer, ensure_ascii=False))
    if faults:
        raise typer.Exit(1)


def _answers(lines: Iterable[bytes]) -> Iterable[dict[str, Any]]:
    for line in lines:
        if line.strip():
            yield _answer(line)


def _answer(line: bytes) -> dict[str, Any]:
    try:
        request = json.loads(line)
    except ValueError as error:
        return {"id": None, "error": f"not valid JSON ({error}); write one object a line"}
    if not isinstance(request, dict):
        return {"id": None, "error": 'not an object; write {"id", "partner", "reply"}'}
    name = request.get("id")
    for key in ("partner", "reply"):
        if not isinstance(request.get(key), str):
            return {"id": name, "error": f"`{key}` is not a text; write it as a string"}
    coded = code_reply(request["partner"], request["reply"])
    return {"id": name, "codes": [evidence_of(found) for found in coded.evidence]}


def _print_coded(console: Console, coded: CodedReply) -> None:
    marked = Text(coded.text)
    for found in coded.evidence:
        marked.stylize(f"{colour_of(found.code)} underline", found.start, found.end)
    console.print(marked)
    for found in coded.evidence:
        console.print(
            Text.assemble(
                (f"  {plain_name(found.code):20}", colour_of(found.code)),
                (f"{found.confidence:4.0%}  “{found.text}”", "dim"),
            )
        )
    if not coded.evidence:
        console.print("  nothing that the codes know", style="dim")
