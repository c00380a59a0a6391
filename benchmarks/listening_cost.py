"""What listening costs: the share of one core that goes into hearing while the partner speaks.

    python -m benchmarks.listening_cost

Microphone, echo cancellation, voice activity and turn-taking for a minute of frames, in a simulated room in which the
program's own voice comes back at −20 dB. Processor time, so a busy machine makes little difference. What is printed is
written to `benchmarks/listening_cost.json` too.
"""

import json
import time
from collections import defaultdict
from pathlib import Path

from rehearse.audio.echo import EchoCanceller
from rehearse.audio.frames import FRAME_S
from rehearse.audio.pyttsx3_voice import Pyttsx3Voice
from rehearse.audio.turn_taking import TurnTaker
from rehearse.audio.voice_activity import Silero
from rehearse.dialogue import Line, Speaker
from tests.audio.echoing_room import EchoingRoom

RESULT = Path(__file__).with_suffix(".json")
SECONDS = 60
LINE = "You always do this. You sit there and tell me what I should have done, and I feel like a child."


def main() -> None:
    """Measure, print, and keep the result."""
    frames = round(SECONDS / FRAME_S)
    shares = {stage: spent / (frames * FRAME_S) for stage, spent in seconds_spent(frames).items()}
    shares["together"] = sum(shares.values())
    for stage, share in shares.items():
        print(f"{stage:20}{share:7.2%} of a core{share * FRAME_S * 1000:8.3f} ms a frame")
    RESULT.write_text(json.dumps({stage: round(share, 5) for stage, share in shares.items()}, indent=1) + "\n")


def seconds_spent(frames: int) -> dict[str, float]:
    """Processor time of each stage for so many frames."""
    with Pyttsx3Voice("female") as voice:
        line = voice.render(Line(LINE, Speaker.PARTNER))
    spent: dict[str, float] = defaultdict(float)
    probability, turns = Silero(), TurnTaker()
    with EchoingRoom() as room:
        cancel = EchoCanceller(room.loudspeaker, room.microphone)
        for _ in range(frames):
            if not room.loudspeaker.busy:
                room.loudspeaker.play(line)
            room.pass_frame()
            marks = [time.process_time()]
            frame = room.microphone.read()
            marks.append(time.process_time())
            frame = cancel(frame)
            marks.append(time.process_time())
            speech = probability(frame)
            marks.append(time.process_time())
            turns.feed(frame, speech)
            marks.append(time.process_time())
            for stage, begin, end in zip(
                ("microphone", "echo", "voice activity", "turn-taking"), marks, marks[1:], strict=False
            ):
                spent[stage] += end - begin
    return spent


if __name__ == "__main__":
    main()
