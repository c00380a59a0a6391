"""The states that a visit to the front door goes through, and what leads from one to the next.

ready ─begin▶ introducing ─spoken▶ trying ─the word▶ trying … ─the last one, skip, silence▶ offering
  └─begin, and introduced before▶ offering ─a number, a name, yes▶ leaving ─spoken▶ away ─came back▶ wondering
                                    │  ▲ └ something else, silence, not understood ▶ offering              │
                                    │  └──────────────────────────────────────────────── another one ◀─────┤
                  enough, stop ▶ asking ─yes▶ parting ─spoken▶ finished            leaving ◀ once more ◀───┤
                                    └ no ▶ where it was                            parting ◀ enough ◀──────┘

In each state the coach speaks first and then listens; what is said is understood in both.

any ─pause▶ paused ─go on▶ where it was
any ─help, and slower, faster, louder, softer when that is as far as it goes▶ aside ─spoken▶ where it was
any ─devices lost▶ cut_off ─devices back▶ aside
any ─danger▶ stepped_out, as `outside.py` draws it
"""

from collections.abc import Callable

from transitions import EventData, Machine

from rehearse.agent import outside
from rehearse.agent.choosing import Wish
from rehearse.agent.commands import Command
from rehearse.agent.course import COMMANDS, HEARD
from rehearse.agent.desk import Desk
from rehearse.agent.misheard import is_muted
from rehearse.agent.stepping_out import SteppingOut

STATES = ("ready", "introducing", "trying", "offering", "leaving", "away", "wondering", "parting", "finished")
IN_BETWEEN = ("paused", "asking", "aside", "cut_off")
IN_TALK = ("introducing", "trying", "offering", "leaving", "wondering", "parting", *IN_BETWEEN)
"""Where the coach speaks or listens."""
EVENTS = (
    *("begin", "spoken", "cut_short", "adjusted", "devices_lost", "devices_back", "came_back", "chosen", "yes", "no"),
    *HEARD,
    *Wish,
    *COMMANDS.values(),
)

_Do = Callable[[EventData], None]
_If = Callable[[EventData], bool]
_On = Callable[..., None]


class Visit:
    """The machine's model."""

    state: str
    trigger: Callable[..., bool]


def lay_out(visit: Visit, desk: Desk, stepping_out: SteppingOut) -> None:
    """Lay out the course of a visit that has not begun. The first way that holds is taken."""
    machine = Machine(
        model=visit,
        states=[*STATES, *IN_BETWEEN, *outside.OUTSIDE],
        initial=STATES[0],
        queued=True,
        auto_transitions=False,
        send_event=True,
    )

    def on(trigger: str, source: str, dest: str | None, do: _Do | None = None, if_: _If | None = None) -> None:
        name = COMMANDS[trigger] if isinstance(trigger, Command) else trigger
        machine.add_transition(name, source, dest, conditions=if_, after=do)

    on("begin", "ready", "introducing", desk.explain, desk.explains)
    on("begin", "ready", "offering", desk.greet)
    on("came_back", "away", "wondering", desk.wonder)
    on("interrupted", "*", "finished", desk.finish)
    outside.lay_out(on, IN_TALK, stepping_out)
    for anywhere in IN_TALK:
        on("end_of_replies", anywhere, "finished", desk.finish)
    for listening in ("trying", "offering", "wondering", "asking", "paused"):
        on("unclear", listening, None, desk.tell_of_mute, is_muted)
    _outages(on, desk)
    _introduction(on, desk)
    _choices(on, desk)
    _afterwards(on, desk)
    _asking(on, desk)
    _pause(on, desk)
    _at_any_time(on, desk)
    for event in EVENTS:
        for anywhere in (*IN_TALK, *outside.OUTSIDE):
            on(event, anywhere, None, desk.carry_on)
        for silent in ("ready", "away", "finished"):
            on(event, silent, None)


def _introduction(on: _On, desk: Desk) -> None:
    on("spoken", "introducing", "trying", desk.try_word)
    on("cut_short", "introducing", "trying", desk.try_word)
    for listening in ("spoken", "cut_short", "time"):
        on(listening, "trying", None, desk.wait_for_word)
    for tried in (Command.PAUSE, Command.REPEAT, Command.STOP):
        on(tried, "trying", None, desk.praise, desk.is_tried(tried))
    for state in ("introducing", "trying"):
        on(Command.SKIP, state, "offering", desk.leave_introduction)
    on("silence", "trying", "offering", desk.leave_introduction)
    for other in ("reply", "unclear"):
        on(other, "trying", None, desk.try_once_more)


def _choices(on: _On, desk: Desk) -> None:
    for listening in ("spoken", "cut_short", "time"):
        on(listening, "offering", None, desk.listen)
    on("chosen", "offering", "leaving", desk.take)
    on(Wish.ANY, "offering", "leaving", desk.take_first)
    on(Wish.ELSE, "offering", None, desk.offer_others)
    on(Wish.AGAIN, "offering", None, desk.say_again)
    on(Wish.ENOUGH, "offering", "asking", desk.ask_whether_to_stop)
    for other in ("reply", "unclear"):
        on(other, "offering", None, desk.ask_again)
    _silences(on, desk, "offering")
    on("spoken", "leaving", "away", desk.let_go)


def _afterwards(on: _On, desk: Desk) -> None:
    for listening in ("spoken", "cut_short", "time"):
        on(listening, "wondering", None, desk.listen)
    on("chosen", "wondering", "leaving", desk.take)
    for again in (Wish.AGAIN, Wish.ANY):
        on(again, "wondering", "leaving", desk.take_last_again)
    on(Wish.ELSE, "wondering", "offering", desk.offer_another)
    for enough in (Wish.ENOUGH, Command.STOP):
        on(enough, "wondering", "parting", desk.part)
    on(Command.COUNTS, "wondering", "aside", desk.let_it_count, desk.has_played)
    for other in ("reply", "unclear"):
        on(other, "wondering", None, desk.wonder_again)
    _silences(on, desk, "wondering")
    on("spoken", "parting", "finished", desk.finish)


def _silences(on: _On, desk: Desk, state: str) -> None:
    on("silence", state, None, desk.be_there, desk.first_silence)
    on("silence", state, None, desk.listen, desk.is_silent_for_long)
    on("silence", state, None, desk.wait_in_words)


def _asking(on: _On, desk: Desk) -> None:
    for anywhere in ("introducing", "trying", "offering", "leaving", "paused", "aside"):
        on(Command.STOP, anywhere, "asking", desk.ask_whether_to_stop)
    for listening in ("spoken", "cut_short", "time", "unclear"):
        on(listening, "asking", None, desk.listen_for_answer)
    for yes in ("yes", Command.STOP):
        on(yes, "asking", "parting", desk.part)
    for anything_else in ("no", "silence", "reply", Command.GO_ON):
        on(anything_else, "asking", None, desk.take_up)


def _pause(on: _On, desk: Desk) -> None:
    for anywhere in ("introducing", "trying", "offering", "leaving", "wondering", "asking", "aside", "paused"):
        on(Command.PAUSE, anywhere, "paused", desk.pause)
    for listening in ("spoken", "cut_short", "time", "unclear", "silence"):
        on(listening, "paused", None, desk.listen)
    for back in (Command.GO_ON, Command.SKIP):
        on(back, "paused", None, desk.go_on)
    on("reply", "paused", None, desk.stay_paused)


def _at_any_time(on: _On, desk: Desk) -> None:
    for anywhere in (*IN_TALK, outside.STEPPED_OUT):
        for each in (Command.SLOWER, Command.FASTER, Command.LOUDER, Command.SOFTER):
            on(each, anywhere, None, desk.adjust(each))
        on("adjusted", anywhere, "aside", desk.tell_of_the_bound, desk.stays_as_it_is)
        on("adjusted", anywhere, None, desk.show_adjustment)
        on(Command.REPEAT, anywhere, None, desk.say_again)
        for asked in (
            Command.HELP,
            Command.HINT,
            Command.EXAMPLE,
            Command.HOW_AM_I_DOING,
            Command.WHAT_IF,
            Command.CONTEST,
            Command.COUNTS,
        ):
            on(asked, anywhere, "aside", desk.help)
    for over in ("spoken", "cut_short"):
        on(over, "aside", None, desk.come_back)


def _outages(on: _On, desk: Desk) -> None:
    for anywhere in (*IN_TALK, *outside.OUTSIDE):
        on("devices_lost", anywhere, "cut_off", desk.lose_devices)
    on("devices_back", "cut_off", "aside", desk.welcome_devices)
    for anything in ("spoken", "cut_short", *HEARD, *COMMANDS.values()):
        on(anything, "cut_off", None, desk.await_devices)
