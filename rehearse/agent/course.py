"""The states that a conversation goes through, and what leads from one to the next.

ready ─begin▶ briefing ─spoken▶ speaking ─spoken▶ listening ─reply▶ speaking … ─spoken▶ debriefing
                                      └ cut short,  │   ▲ │
                                        taken back ─│─┘ │ spoken          pause ▶ paused ─go on▶ where it was
           unclear, silence, a command that is said ▼   │                 stop, start over ▶ asking ─yes▶ that
                                                prompting                                    └ no ▶ where it was

debriefing ─spoken▶ reviewing ─don't agree▶ yielding ─spoken▶ finished
    │                   ├ repeat ▶ debriefing
    │                   ├ unclear, once ▶ reviewing
    │                   └ anything else, or nothing ▶ finished
    └ spoken, and nothing to contest or nobody to do it ▶ finished

any ─devices lost▶ cut_off ─devices back▶ aside ─spoken▶ where it was
what has no moment to go back to ─help, how am I doing▶ aside ─spoken▶ where it was
any ─what if▶ supposing ─spoken▶ imagining ─spoken▶ where it was; a line that is to be answered is said again
any ─slower, faster, louder, softer, and that is as far as it goes▶ aside ─spoken▶ where it was
any ─danger▶ stepped_out, as `outside.py` draws it
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from transitions import EventData, Machine

from rehearse.agent import outside
from rehearse.agent.commands import Command
from rehearse.agent.misheard import is_muted

if TYPE_CHECKING:
    from rehearse.agent.guiding import Guiding
    from rehearse.agent.obeying import Obeying
    from rehearse.agent.objecting import Objecting
    from rehearse.agent.stepping_out import SteppingOut
    from rehearse.agent.talk import Talk

STATES = ("ready", "briefing", "speaking", "listening", "prompting", "waiting", "paused", "moving_on")
IN_BETWEEN = ("asking", "aside", "supposing", "imagining", "cut_off")
AFTERWARDS = ("debriefing", "reviewing", "yielding", "finished")

HEARD = ("reply", "unclear", "silence", "end_of_replies", "time")
COMMANDS = {command: f"command_{command}" for command in Command}

_Do = Callable[[EventData], None]
If = Callable[[EventData], bool]
On = Callable[..., None]
"""Adds a transition: trigger or command, source, destination, what it does and, where there is one, its condition."""


class Course:
    """The machine's model, apart from `Conversation`, whose methods share names with triggers."""

    state: str
    trigger: Callable[..., bool]


def lay_out(
    course: Course,
    talk: Talk,
    obeying: Obeying,
    guiding: Guiding,
    stepping_out: SteppingOut,
    first: Callable[[On, Obeying], None],
) -> None:
    """Lay out the course of a conversation that has not begun. The first way that holds is taken: stepping out before
    any other, then one of `first`."""
    machine = Machine(
        model=course,
        states=[*STATES, *IN_BETWEEN, *outside.OUTSIDE, *AFTERWARDS],
        initial=STATES[0],
        queued=True,
        auto_transitions=False,
        send_event=True,
    )

    def on(trigger: str | Command, source: str, dest: str | None, do: _Do, if_: If | None = None) -> None:
        name = COMMANDS[trigger] if isinstance(trigger, Command) else trigger
        machine.add_transition(name, source, dest, conditions=if_, after=do)

    outside.lay_out(on, (*STATES[1:], *IN_BETWEEN, *AFTERWARDS[:-1]), stepping_out)
    on("interrupted", "*", "finished", stepping_out.leave, stepping_out.leaves_at_once)
    on("interrupted", "*", "finished", talk.finish)
    on("begin", "ready", "moving_on", obeying.welcome_back, lambda _: bool(talk.moments))
    first(on, obeying)
    _scene(on, talk, guiding)
    _outages(on, obeying)
    _asking(on, talk, obeying)
    _asides(on, obeying)
    _commands_in_the_scene(on, talk, obeying)
    _what_if(on, talk, obeying)
    _commands_in_a_pause(on, talk, obeying)
    _commands_over_the_coach(on, talk, obeying)
    _debrief(on, talk, obeying.objecting)


def _scene(on: On, talk: Talk, guiding: Guiding) -> None:
    on("begin", "ready", "briefing", talk.brief)
    on("spoken", "briefing", "listening", talk.listen_for_the_first_word, talk.person_begins)
    on("spoken", "briefing", "speaking", talk.speak_next)
    on("spoken", "moving_on", "speaking", talk.speak_again)
    on("spoken", "speaking", "debriefing", talk.conclude, talk.at_an_ending)
    on("spoken", "speaking", "prompting", guiding.whisper, guiding.whispers)
    on("spoken", "speaking", "listening", talk.listen)
    on("spoken", "prompting", "listening", talk.listen)
    on("cut_short", "speaking", "listening", talk.listen_to_who_cut_short)
    on("cut_short", "prompting", "listening", talk.listen)
    for resting in ("waiting", "paused"):
        for nothing_new in ("spoken", "cut_short", "silence"):
            on(nothing_new, resting, None, talk.listen)
    on("taken_back", "speaking", "listening", talk.undo_the_turn)
    on("taken_back", "prompting", "listening", talk.forget_what_was_unclear)
    for open_floor in ("listening", "waiting"):
        on("reply", open_floor, "speaking", talk.react)
        on("unclear", open_floor, "prompting", talk.ask_again)
    for open_floor in ("listening", "waiting", "paused"):
        on("time", open_floor, None, talk.listen)
        on("end_of_replies", open_floor, "debriefing", talk.conclude_unheard)
    on("silence", "listening", None, talk.be_there, lambda _: talk.silences == 1)
    on("silence", "listening", "prompting", talk.wait_in_words, guiding.lets_the_partner_wait)
    on("silence", "listening", "prompting", talk.offer_help, guiding.helps_now)
    on("silence", "listening", "waiting", talk.rest)


def _outages(on: On, obeying: Obeying) -> None:
    for anywhere in (*STATES[1:], *IN_BETWEEN, *outside.OUTSIDE, *AFTERWARDS[:-1]):
        on("devices_lost", anywhere, "cut_off", obeying.lose_devices)
    on("devices_back", "cut_off", "aside", obeying.welcome_devices)
    for anything in ("spoken", *HEARD, *COMMANDS.values()):
        on(anything, "cut_off", None, obeying.await_devices)


def _asking(on: On, talk: Talk, obeying: Obeying) -> None:
    """Only stop and start over ask back. The same command again says yes."""
    stop, start_over = (obeying.has_asked(each) for each in (Command.STOP, Command.START_OVER))
    for yes in ("yes", Command.STOP):
        on(yes, "asking", "finished", talk.show_and_finish, obeying.would_stop_the_debrief)
        on(yes, "asking", "debriefing", talk.conclude, stop)
    for yes in ("yes", Command.START_OVER):
        on(yes, "asking", "speaking", talk.start_over, start_over)
    for each in (Command.STOP, Command.START_OVER):
        on(each, "asking", None, obeying.ask(each))
    on("unclear", "asking", None, obeying.tell_of_mute, is_muted)
    for waiting in ("spoken", "cut_short", "unclear", "time"):
        on(waiting, "asking", None, obeying.listen_for_answer)
    on("silence", "asking", "paused", obeying.pause)
    on("end_of_replies", "asking", "finished", talk.show_and_finish, lambda _: talk.debriefed)
    on("end_of_replies", "asking", "debriefing", talk.conclude_unheard)
    on("reply", "asking", "speaking", talk.react, obeying.can_be_replied)
    on("reply", "asking", None, obeying.take_up)
    on("no", "asking", None, obeying.take_up)
    on(Command.GO_ON, "asking", None, obeying.go_on_instead)
    on(Command.PAUSE, "asking", "paused", obeying.pause)
    on(Command.TRY_AGAIN, "asking", "speaking", obeying.retrying.retry, talk.can_retry)


def _asides(on: On, obeying: Obeying) -> None:
    """What the coach says where there is no moment to listen on in."""
    on("spoken", "aside", None, obeying.come_back)
    on("cut_short", "aside", None, obeying.come_back)
    on(Command.PAUSE, "aside", "paused", obeying.pause)
    for each in (Command.STOP, Command.START_OVER):
        on(each, "aside", "asking", obeying.ask(each))


def _what_if(on: On, talk: Talk, obeying: Obeying) -> None:
    supposing = obeying.supposing
    on("spoken", "supposing", "imagining", supposing.play)
    on("spoken", "imagining", "moving_on", supposing.give_the_floor_back, obeying.has_left_a_line)
    on("spoken", "imagining", "aside", supposing.offer_to_try, supposing.can_be_tried)
    on("spoken", "imagining", None, obeying.come_back)
    for playing in ("supposing", "imagining"):
        on(Command.WHAT_IF, playing, "supposing", supposing.suppose)
        on(Command.PAUSE, playing, "paused", obeying.pause)
        on(Command.TRY_AGAIN, playing, "speaking", obeying.retrying.retry, talk.can_retry)
        for each in (Command.STOP, Command.START_OVER):
            on(each, playing, "asking", obeying.ask(each))
    for anywhere in ("listening", "waiting", "speaking", "prompting", "paused", "debriefing", "reviewing", "yielding"):
        on(Command.WHAT_IF, anywhere, "supposing", obeying.aside(supposing.suppose), supposing.can_suppose)
        on(Command.WHAT_IF, anywhere, "aside", obeying.aside(supposing.have_nothing_to_suppose))


def _commands_in_the_scene(on: On, talk: Talk, obeying: Obeying) -> None:
    for over in (
        Command.HINT,
        Command.EXAMPLE,
        Command.WHAT_IF,
        Command.CONTEST,
    ):  # after the last line there is nothing to answer
        on(over, "speaking", "debriefing", talk.conclude, talk.at_an_ending)
        on(over, "moving_on", "speaking", talk.speak_again)
    for anywhere in ("listening", "waiting", "speaking", "prompting", "moving_on"):
        on(Command.PAUSE, anywhere, "paused", obeying.pause)
        on(Command.GO_ON, anywhere, "speaking", talk.speak_again)
        on(Command.TRY_AGAIN, anywhere, "speaking", obeying.retrying.retry, talk.can_retry)
        on(Command.SKIP, anywhere, "moving_on", talk.move_on)
        for each in (Command.STOP, Command.START_OVER):
            on(each, anywhere, "asking", obeying.ask(each))
        for each, say in _said_at_any_time(obeying):
            on(each, anywhere, "aside", obeying.aside(say), lambda _: _line_is_still_to_come(talk))
            on(each, anywhere, "prompting", say)
        on(Command.HINT, anywhere, "prompting", obeying.give_hint)
        on(Command.EXAMPLE, anywhere, "prompting", obeying.give_example)
        on(Command.CONTEST, anywhere, "prompting", obeying.objecting.leave_out_the_last)


def _commands_in_a_pause(on: On, talk: Talk, obeying: Obeying) -> None:
    on("reply", "paused", None, obeying.stay_paused)
    on("unclear", "paused", None, obeying.tell_of_mute, is_muted)
    on("unclear", "paused", None, talk.listen)
    on(Command.PAUSE, "paused", None, obeying.pause)
    on(Command.GO_ON, "paused", None, obeying.go_on)
    on(Command.TRY_AGAIN, "paused", "speaking", obeying.retrying.retry, talk.can_retry)
    on(Command.SKIP, "paused", "moving_on", talk.move_on, obeying.paused_in_the_scene)
    on(Command.SKIP, "paused", None, obeying.go_on)
    for each in (Command.STOP, Command.START_OVER):
        on(each, "paused", "asking", obeying.ask(each))
    for each, say in _said_at_any_time(obeying):
        on(each, "paused", None, say)
    on(Command.HINT, "paused", None, obeying.give_hint)
    on(Command.EXAMPLE, "paused", None, obeying.give_example)
    on(Command.CONTEST, "paused", None, obeying.objecting.leave_out_the_last)


def _commands_over_the_coach(on: On, talk: Talk, obeying: Obeying) -> None:
    """Over the briefing, the debrief and what comes after it, and at any time what says the last words once more."""
    for anywhere in (*STATES[1:], *IN_BETWEEN[:-1], outside.STEPPED_OUT, *AFTERWARDS[:-1]):
        for each in (Command.SLOWER, Command.FASTER, Command.LOUDER, Command.SOFTER):
            on(each, anywhere, None, obeying.adjust(each))
        on("adjusted", anywhere, "aside", obeying.tell_of_the_bound, obeying.stays_as_it_is)
        on("adjusted", anywhere, None, obeying.show_adjustment)
        on(Command.REPEAT, anywhere, None, talk.say_again)
    for over in ("briefing", "debriefing", "reviewing", "yielding"):
        on(Command.PAUSE, over, "paused", obeying.pause)
        on(Command.TRY_AGAIN, over, "speaking", obeying.retrying.retry, talk.can_retry)
        on(Command.START_OVER, over, "asking", obeying.ask(Command.START_OVER))
        for each, say in _said_at_any_time(obeying):
            on(each, over, "aside", obeying.aside(say))
    for over in ("briefing", "debriefing"):
        on(Command.STOP, over, "asking", obeying.ask(Command.STOP))
    for command in COMMANDS.values():  # a line that was stopped for nothing else is said again, or is left
        on(command, "briefing", "listening", talk.listen_for_the_first_word, talk.person_begins)
        on(command, "briefing", "speaking", talk.speak_next)
        for aside in ("aside", "supposing", "imagining"):
            on(command, aside, None, obeying.come_back)
        on(command, "asking", None, obeying.take_up)


def _debrief(on: On, talk: Talk, objecting: Objecting) -> None:
    on("spoken", "debriefing", "reviewing", objecting.invite, talk.can_be_contested)
    on("spoken", "debriefing", "finished", talk.show_and_finish)
    on("spoken", "yielding", "finished", talk.show_and_finish)
    for listening in ("time", "spoken", "cut_short"):
        on(listening, "reviewing", None, objecting.listen)
    on(Command.CONTEST, "reviewing", "yielding", objecting.leave_out_what_was_named)
    on("unclear", "reviewing", None, objecting.ask_again, objecting.can_ask_again)
    for anything_else in (*HEARD, *COMMANDS.values()):
        on(anything_else, "reviewing", "finished", talk.show_and_finish)
    for command in COMMANDS.values():
        on(command, "debriefing", None, talk.conclude)
        on(command, "yielding", "finished", talk.show_and_finish)


def _said_at_any_time(obeying: Obeying) -> tuple[tuple[Command, _Do], ...]:
    return (
        (Command.HELP, obeying.help),
        (Command.HOW_AM_I_DOING, obeying.say_how_it_goes),
        (Command.COUNTS, obeying.let_it_count),
        (Command.TRY_AGAIN, obeying.retrying.tell_why_not),
    )


def _line_is_still_to_come(talk: Talk) -> bool:
    """Whether what is being said leads somewhere else than to a reply."""
    return talk.here.state == "moving_on" or talk.at_an_ending()
