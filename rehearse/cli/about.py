"""`rehearse about`: what this is, what it is not, and where people help."""

from rich.console import Console
from rich.text import Text

from rehearse.cli.display import print_help
from rehearse.paths import settings_file
from rehearse.safety.help_lines import help_for
from rehearse.safety.texts import country_of
from rehearse.settings import Settings

WHAT_IT_IS = (
    "rehearse is practice for hard conversations. It is not therapy, it does not diagnose, and it cannot judge whether "
    "you are safe.",
    "The partner is invented. Nobody is behind it, and what works with it may not work with somebody you know.",
    "A verdict is about words: what was said in one reply, not what you meant, and not who you are.",
    "What you say is looked at for signs that somebody may be in danger. Then the scene stops, and you hear where "
    "people help. It does not notice everything, and it tells nobody.",
    "If somebody hurts you or frightens you, that is not a matter of how you talk to them.",
)


def about() -> None:
    """Say what this is and what it is not, and where people help."""
    console = Console()
    for paragraph in WHAT_IT_IS:
        console.print(paragraph)
        console.print()
    console.print(Text("Where people help", "bold"))
    print_help(console, help_for(None, country_of(Settings.load(settings_file()).country)))
    console.print()
    console.print(
        "For another country: rehearse settings country GB. There are AT, AU, CA, CH, DE, FR, GB, IE, IN, NL, NZ, US, "
        "ZA; findahelpline.com has more.",
        style="dim",
        highlight=False,
    )
