"""What `rehearse feedback` shows a person of what the coder is unsure of."""

from rich.console import Console

from rehearse.cli.feedback import _print_coded
from rehearse.feedback.codes import Code, CodedReply, Evidence


def test_what_is_unsure_has_a_question_mark() -> None:
    console = Console(width=120, record=True)
    found = Evidence(Code.ADVISES, 0.41, 0, 18, "You could ring him")
    _print_coded(console, CodedReply("You could ring him.", (), (found,)))
    shown = " ".join(console.export_text().split())
    assert shown == "You could ring him. advises? 41% perhaps gave advice: “You could ring him”"
