"""`rehearse feedback`: what a reply did, for a person or, line by line, for another program."""

import json
import sys
from collections.abc import Iterable
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.text import Text

from rehearse.cli.display import IN_WORDS, colour_of
from rehearse.errors import UsageError
from rehearse.feedback import code_reply
from rehearse.feedback.codes import CodedReply
from rehearse.feedback.feelings import Granularity, Stance
from rehearse.feedback.labels import Label, label_of
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
        typer.echo(json.dumps(answer))
    if faults:
        raise typer.Exit(1)


def _answers(lines: Iterable[bytes]) -> Iterable[dict[str, Any]]:
    for line in lines:
        if line.strip():
            yield _answer(line)


def _answer(line: bytes) -> dict[str, Any]:
    try:
        request = json.loads(line, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        return {"id": None, "error": f"not valid JSON ({error}); write one object a line"}
    if not isinstance(request, dict) or "id" not in request:
        return {"id": None, "error": 'not an object with an id; write {"id", "partner", "reply"}'}
    name = request["id"]
    for key in ("partner", "reply"):
        if not isinstance(request.get(key), str):
            return {"id": name, "error": f"`{key}` is not a text; write it as a string"}
        if not request[key].isprintable() and any("\ud800" <= character <= "\udfff" for character in request[key]):
            return {"id": name, "error": f"`{key}` holds half a character; write whole ones"}
    coded = code_reply(request["partner"], request["reply"])
    return {"id": name, "codes": [evidence_of(found) for found in coded.evidence]}


def _no_number(constant: str) -> None:
    raise ValueError(f"{constant} is no JSON")


def _print_coded(console: Console, coded: CodedReply) -> None:
    marked = Text(coded.text)
    for found in coded.evidence:
        marked.stylize(f"{colour_of(found.code)} underline", found.start, found.end)
    console.print(marked)
    for found in coded.evidence:
        console.print(
            Text.assemble(
                (f"  {found.code:20}", colour_of(found.code)),
                (f"{found.confidence:4.0%}  {IN_WORDS[found.code]}: “{found.text}”", "dim"),
                (_how_it_was_named(label) if (label := label_of(coded, found)) else "", "dim"),
            )
        )
    for found in coded.unsure:
        told = f"  {f'{found.code}?':20}{found.confidence:4.0%}  perhaps {IN_WORDS[found.code]}: “{found.text}”"
        console.print(Text(told, "dim"))
    if not coded.evidence and not coded.unsure:
        console.print("  nothing that the codes know", style="dim")


def _how_it_was_named(label: Label) -> str:
    word = {Granularity.SPECIFIC: "a precise word, ", Granularity.VAGUE: "a vague word, ", None: ""}[label.granularity]
    return f" ({word}{'put as a guess' if label.stance is Stance.TENTATIVE else 'put as certain'})"
