"""The terminal: who says what, what each reply did, and the debrief."""

from rich.console import Console
from rich.markup import escape
from rich.status import Status
from rich.table import Table
from rich.text import Text

from rehearse.dialogue import EndOfReplies, Heard, Line, Reply, Silence, Speaker, Unclear
from rehearse.feedback.codes import AXES, Axis, Code, CodedReply
from rehearse.feedback.debrief import Debrief

COLOURS = {
    Axis.LABELING: "green",
    Axis.LISTENING: "cyan",
    Axis.OPENNESS: "blue",
    Axis.FIXING: "yellow",
    Axis.DEFENSIVENESS: "magenta",
}
NAME_WIDTH = 10


class ConsoleDisplay:
    """Prints a conversation as it goes."""

    def __init__(self, console: Console, partner: str, *, typed: bool = False) -> None:
        """`typed`: the person's words stand on the terminal already, because they were typed there."""
        self._console = console
        self._partner = partner
        self._typed = typed
        self._status: Status | None = None

    def busy(self, what: str | None) -> None:
        """Show that the program is listening or working; None when it is done."""
        if self._status:
            self._status.stop()
            self._status = None
        if what and self._console.is_terminal:
            self._status = self._console.status(what)
            self._status.start()

    def said(self, line: Line) -> None:
        """Print a line with who says it."""
        coach = line.speaker is Speaker.COACH
        self._print("Coach" if coach else self._partner, line.text, "italic dim" if coach else "bold")

    def heard(self, heard: Heard) -> None:
        """Print what was understood."""
        match heard:
            case Reply(text=text) if not self._typed:
                self._print("You", text, "")
            case Unclear(reason, text):
                self._print("You", f"(not understood: {reason}) {text}".strip(), "dim")
            case Silence(seconds) if not self._typed:
                self._print("You", f"(nothing heard for {seconds:.0f} s)", "dim")
            case EndOfReplies():
                self._console.print("The replies have run out before the scene was over.", style="dim")

    def coded(self, coded: CodedReply) -> None:
        """Print what the reply did, with the words that earned it."""
        if coded.evidence:
            done = Text()
            for found in coded.evidence:
                done.append(f"· {plain_name(found.code)} ", style=colour_of(found.code))
                done.append(f"“{found.text}” ", style="dim")
            self._console.print(_indented(Text(), done))

    def debriefed(self, debrief: Debrief) -> None:
        """Print the ratings; the words are printed as they are spoken."""
        self._console.rule("Debrief", style="dim")
        labeling, listening, defensiveness = debrief.labeling, debrief.listening, debrief.defensiveness
        rows = (
            (
                "Naming feelings",
                labeling.rating,
                f"{labeling.count} named, {labeling.granular} with a precise word",
            ),
            ("Listening", listening.rating, f"{listening.count} listened, {listening.fixing} fixed"),
            (
                "Staying open",
                defensiveness.rating,
                f"{defensiveness.count} defensive in {defensiveness.occasions} occasions"
                if defensiveness.occasions
                else "no occasion",
            ),
        )
        for skill, rating, figures in rows:
            self._console.print(f"  {skill:16} [bold]{rating:10}[/] [dim]{figures}[/]")
        for each in debrief.instead_of:
            self._console.print(f"  [dim]You said[/]       “{escape(each.said)}”")
            self._console.print(f"  [dim]You could say[/]  “{escape(each.could_say)}” [dim]{escape(each.why)}[/]")
        self._console.print()

    def _print(self, who: str, text: str, style: str) -> None:
        self.busy(None)
        self._console.print(_indented(Text(who, "dim"), Text(text, style)))


def _indented(name: Text, words: Text) -> Table:
    """`words` beside `name`, not below it where they take more than a line."""
    row = Table.grid()
    row.add_column(width=NAME_WIDTH)
    row.add_column()
    row.add_row(name, words)
    return row


def plain_name(code: Code) -> str:
    """The code's name in plain words: `labels_feeling` → "labels feeling"."""
    return code.replace("_", " ")


def colour_of(code: Code) -> str:
    """The colour of the code's axis."""
    return next((COLOURS[axis] for axis, codes in AXES.items() if code in codes), "white")
