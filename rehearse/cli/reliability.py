"""`rehearse feedback --reliability`: how far the verdicts can be trusted, in short."""

from rich.console import Console
from rich.table import Table

from rehearse.cli.display import IN_WORDS
from rehearse.feedback.codes import Code
from rehearse.feedback.reliability import measured


def print_reliability(console: Console) -> None:
    """Print what `docs/feedback.md` has at length."""
    figures = measured()
    written, heard = figures["written"], figures["recognized"]
    console.print(
        f"On {written['replies']} replies that were coded twice and never trained on, these verdicts agree with the "
        f"coders' with a mean kappa of {written['axis_kappa']:.2f} (0 is chance, 1 is always), "
        f"{heard['axis_kappa']:.2f} on what the recognizer made of them. The words that are shown share some with "
        f"theirs {written['evidence_overlap']:.0%} of the time."
    )
    table = Table(box=None, header_style="dim")
    table.add_column("verdict")
    for name in ("right when given", "found when there"):
        table.add_column(name, justify="right")
    for code in Code:
        each = written["codes"][code]
        table.add_row(IN_WORDS[code], f"{each['precision']:.0%}", f"{each['recall']:.0%}")
    console.print(table)
    console.print(
        "Verdicts are about words, in English, in answer to scripted lines. They are no judgement of a person. "
        "After a session, contest any of them with “I don't agree” or `rehearse contest`. All of it: docs/feedback.md.",
        style="dim",
    )
