"""`rehearse talk`: the talk itself, which all practice is for."""

import json
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Literal

import typer
from rich.console import Console
from rich.text import Text as Shown

from rehearse.agent import talk_questions
from rehearse.agent.coach_lines import verdict
from rehearse.agent.partner import Mode
from rehearse.cli.asking import Keep, Say, ask, ask_on
from rehearse.cli.display import ConsoleDisplay
from rehearse.cli.elsewhere import cause_of, say
from rehearse.cli.keeping import OwnKeeping
from rehearse.cli.own_log import own_log
from rehearse.cli.practice import ByVoice, by_keyboard, by_voice
from rehearse.dialogue import Floor
from rehearse.errors import LogError, SessionError, UsageError
from rehearse.practice.days import day_in
from rehearse.scenarios.own_talk import counterpart, own_talk
from rehearse.stage import Cast

if TYPE_CHECKING:
    from rehearse.practice.log import PracticeLog
    from rehearse.practice.talks import PlannedTalk

app = typer.Typer(help="The talk itself: plan it, rehearse its beginning, tell how it went.", no_args_is_help=True)

Id = Annotated[int | None, typer.Argument(metavar="[ID]", help="Its number, as in `talk list`; without it, the last.")]
Typed = Annotated[bool, typer.Option("--text", help="Type instead of speaking.")]


class Gender(StrEnum):
    """Of the voice in which the other speaks."""

    FEMALE = "female"
    MALE = "male"


@app.command()
def plan(
    *,
    whom: Annotated[str | None, typer.Option("--with", metavar="WHOM", help="“Sam”, “my sister”.")] = None,
    about: Annotated[str | None, typer.Option(help="In a few words.")] = None,
    when: Annotated[str | None, typer.Option(help="Roughly: “on Friday”, “in two weeks”, 2027-01-05.")] = None,
    first: Annotated[str | None, typer.Option("--first", metavar="SENTENCE", help="Your first sentence.")] = None,
    hot: Annotated[str | None, typer.Option("--hot", metavar="WHAT", help="What to do when it gets hot.")] = None,
    text: Typed = False,
) -> None:
    """Plan a talk: with whom, roughly when, your first sentence, what to do when it gets hot.

    What no option says is asked, by voice or typed; with --with and --first nothing is asked.
    """
    today = _today()
    if when and day_in(when, today) is None:
        raise UsageError(f"{when!r} names no day; say “on Friday”, “in two weeks” or 2027-01-05, or leave it out")
    names = (talk_questions.WHOM, talk_questions.ABOUT, talk_questions.WHEN, talk_questions.FIRST, talk_questions.HOT)
    given = {name: value for name, value in zip(names, (whom, about, when, first, hot), strict=True) if value}

    def keep(answers: dict[str, str]) -> Say | None:
        from rehearse.practice.talks import PlannedTalk, Talks

        said = {name: value.strip() for name, value in {**answers, **given}.items()}
        if not said.get(talk_questions.WHOM):
            return None
        talk = PlannedTalk(
            talk_questions.whom_in(said[talk_questions.WHOM]),
            about=said.get(talk_questions.ABOUT, "").rstrip(".") if about is None else about,
            on_day=day_in(said.get(talk_questions.WHEN, ""), today),
            first_sentence=said.get(talk_questions.FIRST, ""),
            when_hot=said.get(talk_questions.HOT, ""),
        )
        with own_log() as log:
            id_ = Talks(log.database).plan(talk)
        return lambda: _print_plan(replace(talk, id=id_))

    if whom and first:
        if say := keep({}):
            say()
        return
    ask(
        lambda typed, waiting: talk_questions.planning(today, given, typed=typed, waiting=waiting),
        keep,
        Console(),
        text=text,
    )


@app.command("list")
def list_(*, as_json: Annotated[bool, typer.Option("--json", help="As JSON, for other programs.")] = False) -> None:
    """List the talks: what you planned, and what has become of it."""
    from rehearse.practice.talks import Talks

    with own_log() as log:
        talks = Talks(log.database).talks()
    if as_json:
        typer.echo(json.dumps([asdict(talk) for talk in talks], ensure_ascii=False, indent=2, default=str))
    elif not talks:
        typer.echo("None yet. `rehearse talk plan` plans one.")
    else:
        for talk in talks:
            _print(talk)


@app.command()
def rehearse(
    talk: Id = None,
    *,
    text: Typed = False,
    voice: Annotated[
        Gender | None, typer.Option(help="How the other one speaks; by itself told by whom it is.")
    ] = None,
) -> None:
    """Rehearse exactly the beginning that you planned: you begin, and the other one is friendly."""
    from rehearse.practice.talks import Talks

    with own_log() as log:
        planned = _found(log, talk)
        if planned.scenario is None:
            Talks(log.database).change(replace(planned, scenario=f"talk-{planned.id}"))
    gender: Literal["female", "male"] = "male" if voice is Gender.MALE else "female"
    scene = own_talk(planned.id, counterpart(planned.with_whom, gender if voice else None))
    console = Console()
    keeper = OwnKeeping(console, medium="typed" if text else "voice")
    seed = secrets.randbelow(2**31)

    @contextmanager
    def reminded(cast: Cast) -> Iterator[Cast]:
        """Say the plan once more. It is theirs, so its sound is kept nowhere."""
        if lines := _reminders(planned):
            display = ConsoleDisplay(console, "")
            spoken = [verdict(line) for line in lines]
            for line in spoken:
                display.said(line)
            cast.mouth.say(spoken, Floor.KEPT)
        yield cast

    if text:
        by_keyboard(scene, seed, Mode.PLAIN, keeper, before=reminded)
    else:
        by_voice(scene, seed, Mode.PLAIN, keeper, ByVoice(), before=reminded)


@app.command()
def tell(
    talk: Id = None,
    *,
    text: Typed = False,
    yes: Annotated[bool, typer.Option("--yes", help="It happened.")] = False,
    how: Annotated[str | None, typer.Option(help="How it went.")] = None,
    again: Annotated[str | None, typer.Option(help="What you would say again.")] = None,
    not_yet: Annotated[str | None, typer.Option("--not-yet", metavar="DAY", help="When instead, roughly.")] = None,
) -> None:
    """Tell what has become of a talk: did it happen, how did it go, what would you say again?"""
    if not_yet and (yes or how or again):
        raise UsageError("--not-yet goes with none of --yes, --how and --again; leave one or the other out")
    if not_yet and day_in(not_yet, _today()) is None:
        raise UsageError(f"{not_yet!r} names no day; say “on Friday”, “in two weeks” or 2027-01-05")
    with own_log() as log:
        planned = _found(log, talk)
        keep = keeping_what_is_told(log, planned)
        if not_yet:
            keep({talk_questions.HAPPENED: "no", talk_questions.INSTEAD: not_yet})
        elif yes or how or again:
            keep({talk_questions.HAPPENED: "yes", talk_questions.HOW: how or "", talk_questions.AGAIN: again or ""})
        else:
            ask(
                lambda typed, waiting: talk_questions.telling(
                    planned.with_whom, planned.about, _today(), typed=typed, waiting=waiting
                ),
                keep,
                Console(),
                text=text,
            )
        _print(_found(log, planned.id))


@app.command()
def delete(
    talk: Annotated[int, typer.Argument(metavar="ID")],
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Don't ask.")] = False,
) -> None:
    """Delete a planned talk for good. The sessions in which you rehearsed it stay."""
    from rehearse.practice.forgetting import sweep
    from rehearse.practice.talks import Talks

    with own_log() as log:
        planned = _found(log, talk)
        if not yes and not typer.confirm(f"Delete the talk with {planned.with_whom}, for good?"):
            return
        Talks(log.database).forget(talk)
        sweep(log.database)
    typer.echo(f"Talk {talk} is deleted.")


def ask_what_became_of_it(cast: Cast, console: Console, *, typed: bool, waiting: float) -> None:
    """At the front door: ask about the talk whose time has passed, if there is one. A log that cannot be used is no
    reason not to practise."""
    try:
        with own_log() as log:
            if talk := due(log, _today()):
                was_asked(log, talk, _today())
                interview = talk_questions.telling(talk.with_whom, talk.about, _today(), typed=typed, waiting=waiting)
                ask_on(cast, interview, keeping_what_is_told(log, talk), console, typed=typed)
    except (LogError, OSError) as error:
        say(console, f"{cause_of(error)}. You can practise all the same.")


def due(log: "PracticeLog", today: date) -> "PlannedTalk | None":
    """The talk that is to be asked about.

    Raises:
        LogError: the log cannot be read.
    """
    from rehearse.practice.follow_up import to_ask_about
    from rehearse.practice.proposals import Proposals
    from rehearse.practice.talks import Talks

    return to_ask_about(Talks(log.database).talks(), Proposals(log.database).asked_about_talks(), today)


def was_asked(log: "PracticeLog", talk: "PlannedTalk", today: date) -> None:
    """Remember that it was asked about, so that nobody is asked for ever.

    Raises:
        LogError: the log cannot be written.
    """
    from rehearse.practice.proposals import TELL, Proposal, Proposals

    Proposals(log.database).keep(Proposal(today, f"talk-{talk.id}", TELL, "Its time has passed."))


def keeping_what_is_told(log: "PracticeLog", talk: "PlannedTalk") -> Keep:
    """Keeps the answers of `talk_questions.telling`."""

    def keep(answers: dict[str, str]) -> None:
        from rehearse.agent.interview import yes_or_no
        from rehearse.practice.follow_up import answered, given_up
        from rehearse.practice.log import now
        from rehearse.practice.talks import Talks

        happened = yes_or_no(answers.get(talk_questions.HAPPENED, ""))
        instead = answers.get(talk_questions.INSTEAD, "")
        if happened is None:
            return
        if not happened and talk_questions.gives_up(instead):
            Talks(log.database).change(given_up(talk, now()))
            return
        Talks(log.database).change(
            answered(
                talk,
                happened=happened,
                how=answers.get(talk_questions.HOW, ""),
                again=answers.get(talk_questions.AGAIN, ""),
                when=answers[talk_questions.HAPPENED] if happened else instead,
                at=now(),
            )
        )

    return keep


def _found(log: "PracticeLog", id_: int | None) -> "PlannedTalk":
    """That one, or the last one that is still to come, or else the last."""
    from rehearse.practice.talks import Talks

    talks = Talks(log.database)
    if id_ is not None:
        return talks.talk(id_)
    all_talks = talks.talks()
    if not all_talks:
        raise SessionError("no talk is planned yet; plan one with `rehearse talk plan`")
    return next((talk for talk in reversed(all_talks) if talk.happened is None), all_talks[-1])


def _reminders(talk: "PlannedTalk") -> list[str]:
    first = [f"Your first sentence: {talk.first_sentence}"] if talk.first_sentence else []
    return [*first, *([f"When it gets hot: {talk.when_hot}"] if talk.when_hot else [])]


def _print_plan(talk: "PlannedTalk") -> None:
    _print(talk)
    _say(f"Rehearse its beginning: rehearse talk rehearse {talk.id}")


def _print(talk: "PlannedTalk") -> None:
    console = Console()
    about = f", about {talk.about}" if talk.about else ""
    console.print(Shown.assemble((f"{talk.id}  With {talk_questions.said_to(talk.with_whom)}{about}", "bold")))
    if talk.happened:
        what = f"You had it on {talk.happened_on:%A %d %B %Y}." if talk.happened_on else "You had it."
    elif talk.happened is False:
        what = "You decided not to."
    else:
        what = f"Roughly on {talk.on_day:%A %d %B %Y}." if talk.on_day else "Some day."
    told = (
        ("First sentence", talk.first_sentence),
        ("When it gets hot", talk.when_hot),
        ("How it went", talk.how_it_went),
        ("Say again", talk.say_again),
    )
    console.print(f"   {what}", highlight=False)
    for heading, words in told:
        if words:
            console.print(Shown.assemble((f"   {heading}: ", "dim"), " ".join(words.split())))


def _today() -> date:
    return datetime.now().date()


def _say(text: str) -> None:
    Console().print(text, style="dim", soft_wrap=True, markup=False, highlight=False)
