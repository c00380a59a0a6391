"""The terminal: a session in figures, beside the sessions before it. Neither praise nor blame, and never spoken."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from rehearse.practice.earlier import Comparison, Figures, Ratios, comparisons, ratios


@dataclass(frozen=True, slots=True)
class _Wording:
    sentence: str
    """`{}` is the figure, `{partner}` the partner's name."""
    figure: Callable[[float], str]


def _seconds(value: float) -> str:
    return f"{value:.1f} s"


_WORDINGS = {
    "median_pause_s": _Wording("You waited {} before answering", _seconds),
    "median_turn_s": _Wording("You spoke for {} at a time", _seconds),
    "longest_turn_s": _Wording("Your longest turn took {}", _seconds),
    "share_of_talk": _Wording("You had {} of the talking time", "{:.0%}".format),
    "interruptions": _Wording("Times you came in while {partner} was still speaking: {}", "{:g}".format),
    "backchannels": _Wording("Short words such as “mm-hm” while {partner} spoke: {}", "{:g}".format),
    "words_a_minute": _Wording("You spoke {} words a minute, without the pauses", "{:.0f}".format),
}
"""By name of the measure in `rehearse.feedback.timing.Timing`."""


def print_measures(console: Console, partner: str, now: Figures, earlier: Sequence[Figures]) -> None:
    """Print what is known of the session, in a few quiet lines; `partner` is the partner's name."""
    before = comparisons(earlier)
    lines = [
        _sentence(wording, partner, now.measures[name], before.get(name))
        for name, wording in _WORDINGS.items()
        if name in now.measures
    ]
    if pooled := ratios([*earlier, now]):
        lines += _ratios_in_words(pooled)
    for line in lines:
        console.print(Padding(Text(line), (0, 0, 0, 2), expand=False), style="dim", highlight=False)
    if lines:
        console.print()


def _sentence(wording: _Wording, partner: str, value: float, before: Comparison | None) -> str:
    said = wording.sentence.format(wording.figure(value), partner=partner)
    if before is None:
        return f"{said}."
    low, middle, high = (wording.figure(each) for each in (before.low, before.median, before.high))
    span = middle if low == high else f"{low} to {high}, median {middle}"
    return f"{said}; in {before.sessions} earlier sessions {span}."


def _ratios_in_words(pooled: Ratios) -> list[str]:
    """With MITI 4.2.1's marks, which are its authors' own, meant for coaching, and no norms."""
    lines = [
        f"Over {pooled.sessions} sessions ({pooled.minutes:.0f} minutes) {pooled.reflections} replies gave back what "
        f"you heard or named a feeling, {pooled.questions} asked for more and {pooled.advice} gave advice."
    ]
    if pooled.questions:
        lines.append(
            f"That is {pooled.reflections / pooled.questions:.1f} reflections to a question. MITI 4.2.1, a manual for "
            "coding counsellors that counts every question, calls 1 fair and 2 good: guides for coaching, not norms."
        )
    if pooled.advice:
        lines.append(f"To each piece of advice there were {pooled.reflections / pooled.advice:.1f} reflections.")
    return lines
