"""Measure how turns are taken; print one table and write `results.json`.

    python -m benchmarks.turns [PART …] [--quick N] [--model tiny.en] [--policy module:factory] [--headset]

Parts: offline, live, resumption, overlap, own-voice, plain; all of them if none is named. What a part finds replaces
what it found before; the rest of `results.json` stays.
"""

import argparse
import signal
from collections.abc import Sequence
from typing import Any

from benchmarks.turns import live, offline, overlap, own_voice, table
from benchmarks.turns.card import Card, card
from benchmarks.turns.clips import NOISES, Clip, make
from benchmarks.turns.figures import Share
from benchmarks.turns.plan import Lengths, checksum, plan
from benchmarks.turns.program import plain, practice
from benchmarks.turns.talk import COMMAND, Played, Settings
from benchmarks.turns.transcripts import Transcripts

PARTS = ("offline", "live", "resumption", "overlap", "own-voice", "plain")
SCENARIOS = ("hard-day", "closeness")


def main() -> None:
    """Measure what the command line names."""
    parser = argparse.ArgumentParser(prog="benchmarks.turns", description=__doc__.splitlines()[0])
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}; all if none is named")
    parser.add_argument("--quick", type=int, metavar="N", help="only about so many clips, or trials of a kind")
    parser.add_argument("--model", default="tiny.en")
    parser.add_argument(
        "--policy",
        metavar="MODULE:FACTORY",
        default="benchmarks.turns.policy:policy_for",
        help="called with scenario and state; gives hold_s(text)",
    )
    parser.add_argument("--decode-s", type=float, help="offline, what transcribing takes; as measured if not given")
    parser.add_argument("--pauses", type=Lengths, choices=list(Lengths), default=Lengths.LOG_UNIFORM, help="when live")
    parser.add_argument("--noise", choices=list(NOISES), action="append", help="as often as wanted; all if not given")
    parser.add_argument("--trials", type=int, default=30, help="of each thing said over a line")
    parser.add_argument("--minutes", type=float, default=10.0, help="how long the program hears its own voice")
    parser.add_argument(
        "--headset", action="store_true", help="passed on: the microphone does not hear the loudspeaker"
    )
    options = parser.parse_args()
    # A job in a shell's background ignores Ctrl-C, and so would the program that it starts, which is ended by it.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    if unknown := set(options.parts) - set(PARTS):
        parser.error(f"there is no part {', '.join(sorted(unknown))}; choose of {', '.join(PARTS)}")
    chosen = options.parts or list(PARTS)
    noises = tuple(options.noise or NOISES)
    clips = few(make(plan(options.pauses)), options.quick)
    found: dict[str, Any] = {"machine": table.machine(), "clips": about(options.quick)}
    if "offline" in chosen:
        found["offline"] = measure_offline(options, noises)
        table.keep(found)
    for part in chosen:
        if part != "offline":
            print(f"{part}:", flush=True)
            with card() as sound_card:
                found[part.replace("-", "_")] = measure_live(part, sound_card, options, clips, noises)
            table.keep(found)
    print(*table.lines(found), sep="\n")


def about(quick: int | None) -> dict[str, Any]:
    """How many clips and pauses there are, and how many of these leave behind what could stand alone."""
    planned = [clip.planned for clip in few(make(plan()), quick)]
    pauses = [pause for clip in planned for pause in clip.pauses]
    at_clauses = [pause.stands_alone for pause in pauses if pause.kind == "clause end"]
    return {
        "plan": checksum(plan()),
        "replies": len(planned),
        "whole_thoughts": sum(clip.whole_thought for clip in planned),
        "pauses": len(pauses),
        "could_stand_alone": Share(sum(pause.stands_alone for pause in pauses), len(pauses)).entry(),
        "could_stand_alone_at_clause_ends": Share(sum(at_clauses), len(at_clauses)).entry(),
    }


def few(clips: Sequence[Clip], quick: int | None) -> list[Clip]:
    """About `quick` of `clips`, from all over."""
    return list(clips) if not quick else list(clips)[:: max(1, len(clips) // quick)][:quick]


def measure_offline(options: argparse.Namespace, noises: Sequence[str]) -> dict[str, Any]:
    """The curves, for both ways that pauses are spread."""
    curves: dict[str, Any] = {}
    for lengths in Lengths:
        clips = few(make(plan(lengths)), options.quick)
        found = offline.all_silences(clips, noises)
        points = {"silence timer": offline.timer_curve(found, clips), "ideal": offline.ideal_curve(found, clips)}
        if options.policy:
            policy_for = offline.load_policy(options.policy)
            transcripts = Transcripts(options.model)
            points["policy"] = offline.policy_curve(found, clips, policy_for, transcripts, options.decode_s)
        timer = points["silence timer"]
        curves[lengths.value] = {
            name: [{**point.entry(), "timer_at_this_delay": offline.beside(point, timer)} for point in curve]
            for name, curve in points.items()
        }
    return {"policy": options.policy, "curves": curves}


def measure_live(
    part: str, sound_card: Card, options: argparse.Namespace, clips: Sequence[Clip], noises: Sequence[str]
) -> dict[str, Any]:
    """One of the parts that run a program."""
    transcripts = Transcripts(options.model)
    more = ("--headset",) if options.headset else ()
    settings = Settings(practice, SCENARIOS[0], options.model, more)
    match part:
        case "live":
            return live.figures(answers(sound_card, practice, options, clips, noises), transcripts)
        case "plain":
            return live.figures(answers(sound_card, plain, options, clips, noises), transcripts)
        case "resumption":
            # Another pause would be another occasion to be cut off.
            paused = few([clip for clip in make(plan(options.pauses)) if len(clip.planned.pauses) == 1], options.quick)
            played = answers(sound_card, practice, options, paused, noises, live.goes_on_after_the_start)
            return live.resumption(played, transcripts)
        case "overlap":
            times = min(options.trials, options.quick or options.trials)
            return {
                said.value: overlap.figures(overlap.say_over(sound_card, settings, said, times, make(plan())))
                for said in overlap.Said
                if options.headset or said is not overlap.Said.INTERRUPTION
            }
        case _:
            return own_voice.listen_to_itself(sound_card, settings, options.minutes)


def answers(
    sound_card: Card,
    command: COMMAND,
    options: argparse.Namespace,
    clips: Sequence[Clip],
    noises: Sequence[str],
    answer: live.Answer = live.whole_clip,
) -> list[Played]:
    """Play `clips` as answers in each scenario."""
    more = ("--headset",) if options.headset and command is practice else ()
    return [
        played
        for scenario in SCENARIOS
        for played in live.play_all(sound_card, Settings(command, scenario, options.model, more), clips, noises, answer)
    ]


if __name__ == "__main__":
    main()
