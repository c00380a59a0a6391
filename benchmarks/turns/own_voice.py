"""The program's own voice fed back into its microphone, as a loudspeaker in the room would: nobody speaks, so whatever
becomes a reply is the program's own.
"""

from typing import Any

from benchmarks.turns.card import Card
from benchmarks.turns.hearing import stretches
from benchmarks.turns.talk import Settings, talk
from rehearse.audio.frames import SAMPLE_RATE

FED_BACK_DB = -20.0
RUN_S = 75.0
"""How long one run of the program lasts: briefing, line, and the sequence that follows on silence."""


def listen_to_itself(card: Card, settings: Settings, minutes: float) -> dict[str, Any]:
    """Let the program hear itself for so long, in runs of `RUN_S`."""
    recording = card.recording
    runs = heard = replies = 0
    spoken_s = 0.0
    begun = recording.length
    with card.fed_back(FED_BACK_DB):
        while recording.length - begun < minutes * 60 * SAMPLE_RATE:
            runs += 1
            with talk(card, settings, seed=200 + runs) as (talking, turns):
                talking.sound_after(recording.length, 240.0)
                start = recording.length
                recording.wait(min(RUN_S, minutes * 60))
                sounding = stretches(recording.speaker(start), start, gap_s=0.3)
                spoken_s += sum(each.end - each.start for each in sounding) / SAMPLE_RATE
            heard += len(talking.program.said_by("You"))
            replies += len(turns)
            print(f"  own voice, run {runs}: {spoken_s:.0f} s spoken, {heard} heard, {replies} replies", flush=True)
    return {
        "minutes": round((recording.length - begun) / SAMPLE_RATE / 60, 1),
        "fed_back_db": FED_BACK_DB,
        "runs": runs,
        "spoken_s": round(spoken_s),
        "printed_as_heard": heard,
        "replies": replies,
    }
