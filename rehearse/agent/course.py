"""The states that a conversation goes through."""

from collections.abc import Callable

from transitions import Machine

STATES = ("ready", "briefing", "speaking", "listening", "prompting", "waiting", "paused", "cut_off", "coming_back")
AFTERWARDS = ("debriefing", "reviewing", "yielding", "finished")


class Course:
    """The machine's model, apart from `Conversation`, whose methods share names with triggers."""

    state: str
    trigger: Callable[..., bool]


def machine_of(course: Course) -> Machine:
    """The machine of a conversation that has not begun; it has no transitions yet."""
    return Machine(
        model=course,
        states=[*STATES, *AFTERWARDS],
        initial=STATES[0],
        queued=True,
        auto_transitions=False,
        send_event=True,
    )
