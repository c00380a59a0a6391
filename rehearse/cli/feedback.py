"""`rehearse feedback`: what a reply did, for a person or, line by line, for another program."""

import json
import math
import sys
from collections.abc import Iterator
from typing import Annotated, Any, BinaryIO

import typer
from rich.console import Console
from rich.text import Text

from rehearse.cli.display import IN_WORDS, colour_of, print_help
from rehearse.cli.reliability import print_reliability
from rehearse.errors import TooLong, UsageError
from rehearse.feedback import code_reply
from rehearse.feedback.codes import CodedReply
from rehearse.feedback.feelings import Granularity, Stance
from rehearse.feedback.labels import Label, label_of
from rehearse.feedback.language import ENGLISH, NAMES, NO_WORDS
from rehearse.feedback.moment import Alternative
from rehearse.feedback.suggestion import suggestion
from rehearse.paths import settings_file
from rehearse.practice.report import evidence_of
from rehearse.safety import Finding
from rehearse.safety.texts import country_of, stepping_out
from rehearse.screening import screen
from rehearse.settings import Settings

MOST_BYTES = 4_000_000
"""Of a line: enough for the longest reply and partner's line, also with every character escaped (12 bytes)."""


def feedback(
    reply: Annotated[str | None, typer.Argument(metavar="REPLY", help="What was answered.")] = None,
    *,
    partner: Annotated[str, typer.Option(help="The line it answers.")] = "",
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help='Code {"id", "partner", "reply"} a line from stdin to stdout.')
    ] = False,
    reliability: Annotated[
        bool, typer.Option("--reliability", help="Print how far the verdicts can be trusted.")
    ] = False,
) -> None:
    """Say what a reply did, and which words did it."""
    if [jsonl, reliability, reply is not None].count(True) != 1:
        raise UsageError("give a reply to code, in quotes, or --jsonl and lines on standard input, or --reliability")
    if reliability:
        print_reliability(Console())
        return
    if reply is not None:
        if finding := screen().look(reply):
            _print_where_people_help(Console(), finding)
            return
        coded = code_reply(partner, reply)
        _print_coded(Console(), coded)
        _print_suggestion(Console(), suggestion(partner, coded))
        return
    faults = 0
    for answer in _answers(sys.stdin.buffer):
        faults += "error" in answer
        typer.echo(json.dumps(answer))
    if faults:
        raise typer.Exit(1)


def _answers(stream: BinaryIO) -> Iterator[dict[str, Any]]:
    while line := stream.readline(MOST_BYTES + 1):
        if len(line) > MOST_BYTES:
            while line and not line.endswith(b"\n"):
                line = stream.readline(MOST_BYTES)
            yield {"id": None, "error": f"a line of more than {MOST_BYTES:,} bytes; write one exchange a line"}
        elif line.strip():
            yield _answer(line)


def _answer(line: bytes) -> dict[str, Any]:
    try:
        request = json.loads(line, parse_constant=_finite, parse_float=_finite)
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
    try:
        coded = code_reply(request["partner"], request["reply"])
    except TooLong as error:
        return {"id": name, "error": str(error)}
    answer = {"id": name, "codes": [evidence_of(found) for found in coded.evidence]}
    return answer if coded.language in {ENGLISH, NO_WORDS} else {**answer, "language": coded.language}


def _finite(number: str) -> float:
    if not math.isfinite(value := float(number)):
        raise ValueError(f"{number} is no number that JSON can hold")
    return value


def _print_where_people_help(console: Console, finding: Finding) -> None:
    words = stepping_out(finding, country_of(Settings.load(settings_file()).country))
    heard, program, *_ = words.first
    console.print(heard.removeprefix("I'm stepping out of the scene for a moment. "), program)
    print_help(console, words.help)


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
        console.print(f"  {_why_nothing(coded.language)}", style="dim")


def _print_suggestion(console: Console, could_say: Alternative | None) -> None:
    if could_say:
        console.print(Text.assemble("  You could say: ", f"“{could_say.say}” ", (could_say.why, "dim")))


def _how_it_was_named(label: Label) -> str:
    word = {Granularity.SPECIFIC: "a precise word, ", Granularity.VAGUE: "a vague word, ", None: ""}[label.granularity]
    return f" ({word}{'put as a guess' if label.stance is Stance.TENTATIVE else 'put as certain'})"


def _why_nothing(language: str) -> str:
    if language == ENGLISH:
        return "nothing that the codes know"
    if language == NO_WORDS:
        return "There are no words in that."
    sounds = f"sounds like {NAMES[language]}" if language in NAMES else "does not sound like English"
    return f"That {sounds}. I can only judge English."
