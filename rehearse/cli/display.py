"""The terminal: who says what, what each reply did, and the debrief."""

from rich.console import Console
from rich.control import Control
from rich.segment import ControlType
from rich.table import Table
from rich.text import Text

from rehearse.dialogue import Cue, EndOfReplies, Heard, Line, Reply, Speaker, Unclear
from rehearse.feedback.coder import at_hand
from rehearse.feedback.codes import AXES, HELPING, Axis, Code, CodedReply
from rehearse.feedback.debrief import Debrief
from rehearse.feedback.ratings import Rating
from rehearse.feedback.reliability import right_when_given
from rehearse.safety.help_lines import Help

COLOURS = {
    Axis.LABELING: "green",
    Axis.LISTENING: "cyan",
    Axis.OPENNESS: "blue",
    Axis.FIXING: "yellow",
    Axis.DEFENSIVENESS: "magenta",
}
NAME_WIDTH = 10

IN_WORDS = {
    Code.LABELS_FEELING: "named their feeling",
    Code.NAMES_OWN_FEELING: "named your own feeling",
    Code.PSEUDO_FEELING: "a judgement put as a feeling",
    Code.REFLECTS: "gave back what you heard",
    Code.EXPLORES: "asked for more",
    Code.VALIDATES: "said it makes sense",
    Code.STAYS_PRESENT: "stayed",
    Code.ASKS_NEED: "asked what would help",
    Code.APPRECIATES: "said what you value",
    Code.ADVISES: "gave advice",
    Code.ADVISES_WITH_LEAVE: "gave the advice that was asked for",
    Code.MINIMIZES: "played it down",
    Code.TURNS_TO_SELF: "turned to your own story",
    Code.OWNS: "took your part of it",
    Code.SHARES: "showed something of yourself",
    Code.TAKES_SPACE: "asked for a break and said when you'd be back",
    Code.DENIES: "rejected it",
    Code.EXCUSES: "gave reasons",
    Code.COUNTERATTACKS: "may have sounded like blame",
    Code.CONTEMPT: "may have sounded like looking down",
    Code.WITHDRAWS: "pulled back",
}
"""What a reply did, as a person would say it."""
_SHOWN_IN_WORDS = frozenset({Cue.GOT_IT, Cue.STILL_LISTENING, Cue.PAUSED, Cue.MICROPHONE_LOST, Cue.BACK})
"""The soft sounds of which nothing else on the terminal tells."""
_CLEARED = "\x1b[H\x1b[2J\x1b[3J"
"""What is seen, and what can be scrolled back to (ECMA-48, and xterm's `3`)."""
_ERASED_LINE = Control(ControlType.CARRIAGE_RETURN, (ControlType.ERASE_IN_LINE, 2))
_DONE_WELL = HELPING | {Code.ADVISES_WITH_LEAVE}


class ConsoleDisplay:
    """Prints a conversation as it goes."""

    def __init__(self, console: Console, partner: str, *, typed: bool = False) -> None:
        """`typed`: the person's words stand on the terminal already, because they were typed there."""
        self._console = console
        self._partner = partner
        self._typed = typed
        self._busy = False

    def busy(self, what: str | None) -> None:
        """Show that the program is listening or working; None when it is done.

        It stands still, so that what is typed beside it can be read.
        """
        if self._busy:
            self._console.control(_ERASED_LINE)
        self._busy = what is not None and self._console.is_terminal
        if self._busy:
            self._console.print(what, style="dim", end=" ", no_wrap=True, overflow="crop", highlight=False)

    def said(self, line: Line) -> None:
        """Print a line with who says it."""
        coach = line.speaker is Speaker.COACH
        self._print("Coach" if coach else self._partner, line.text, "italic dim" if coach else "bold")

    def sounded(self, cue: Cue) -> None:
        """Print what a soft sound says."""
        if cue in _SHOWN_IN_WORDS:
            self._print("", f"({cue})", "dim")

    def heard(self, heard: Heard) -> None:
        """Print what was understood. Silence is nobody's business."""
        match heard:
            case Reply(text=text) if not self._typed:
                self._print("You", text, "")
            case Unclear(text=text):
                self._print("You", f"(I couldn't make that out) {text}".strip(), "dim")
            case EndOfReplies():
                self._console.print("\nNo more answers: let's look back." if self._typed else "", style="dim")

    def coded(self, coded: CodedReply) -> None:
        """Print what the reply did well, with the words that did it. The rest can wait for the debrief."""
        helped = [found for found in coded.evidence if found.code in _DONE_WELL]
        if helped:
            done = Text()
            for found in helped:
                done.append(f"· {IN_WORDS[found.code]} ", style=colour_of(found.code))
                done.append(f"“{found.text}” ", style="dim")
            self._console.print(_indented(Text(), done))

    def undone(self) -> None:
        """Say that the reply goes on."""
        self._print("", "… (you went on)", "dim")

    def debriefed(self, debrief: Debrief) -> None:
        """Print the ratings and what else could have been said; the rest is printed as it is spoken."""
        labeling, listening, defensiveness = debrief.labeling, debrief.listening, debrief.defensiveness
        rows = (
            (
                "Naming feelings",
                labeling.rating,
                f"{labeling.count} named, {labeling.granular} precisely, {labeling.tentative} as a guess",
            ),
            ("Listening", listening.rating, f"{listening.count} listened, {listening.fixing} fixed"),
            (
                "Staying open",
                defensiveness.rating,
                f"open {defensiveness.occasions - defensiveness.count} of {defensiveness.occasions} times",
            ),
        )
        self._console.rule("Debrief", style="dim")
        for skill, rating, figures in rows:
            shown = "no occasion" if rating is Rating.NOT_RATED else figures
            self._console.print(f"  {skill:16} [bold]{rating:10}[/] [dim]{shown}[/]")
        for twice in debrief.tried_again:
            for when, tried in (("First", twice.first), ("Then", twice.second)):
                did = Text.assemble(f"“{tried.said}” ", (f"{tried.did} → ", "dim"), f"“{tried.answer}”")
                self._console.print(_indented(Text(f"  {when}", "dim"), did))
        for each in debrief.instead_of[1:]:  # the first has been spoken
            self._console.print(_indented(Text("  Said", "dim"), Text(f"“{each.said}”")))
            could_say = Text.assemble(f"“{each.could_say}” ", (each.why, "dim"))
            self._console.print(_indented(Text("  Instead", "dim"), could_say))
        part, by = ("written", "") if at_hand() else ("rules", " by rules alone (the network cannot be read)")
        self._console.print(
            f"  About {round(10 * right_when_given(part))} in 10 such verdicts{by} are what a coder would say: "
            "rehearse feedback --reliability",
            style="dim",
            highlight=False,
        )
        self._console.print()

    def helped(self, there_is: Help) -> None:
        """Print where people help, with everything that was not read out."""
        self.busy(None)
        self._console.print()
        print_help(self._console, there_is)
        self._console.print()

    def cleared(self) -> None:
        """Leave nothing on the terminal, nor above it."""
        self.busy(None)
        if self._console.is_terminal:
            self._console.file.write(_CLEARED)
            self._console.file.flush()

    def _print(self, who: str, text: str, style: str) -> None:
        self.busy(None)
        self._console.print(_indented(Text(who, "dim"), Text(text, style)))


def print_help(console: Console, there_is: Help) -> None:
    """Print where people help."""
    table = Table.grid(padding=(0, 3))
    if there_is.emergency:
        table.add_row("", Text(there_is.emergency, "bold"), Text("in danger right now"))
    for line in there_is.lines:
        name = line.name[0].upper() + line.name[1:]
        table.add_row("", Text(line.number, "bold"), Text.assemble(name, (f"  {line.hours}  {line.site}", "dim")))
    console.print(table)


def _indented(name: Text, words: Text) -> Table:
    """`words` beside `name`, not below it where they take more than a line."""
    row = Table.grid()
    row.add_column(width=NAME_WIDTH)
    row.add_column()
    row.add_row(name, words)
    return row


def colour_of(code: Code) -> str:
    """The colour of the code's axis."""
    return next((COLOURS[axis] for axis, codes in AXES.items() if code in codes), "white")
