"""Hearing what is kept as sound: an own answer, or a coach's note."""

import time
from typing import TYPE_CHECKING

from rich.console import Console

from rehearse.paths import settings_file

if TYPE_CHECKING:
    from rehearse.audio.frames import Samples


def play(samples: "Samples", rate: int) -> None:
    """Through the loudspeaker that was chosen, to its end. `rate`: of the samples, in Hz.

    Raises:
        DeviceError: there is no loudspeaker.
    """
    import soxr

    from rehearse.audio.frames import VOICE_RATE
    from rehearse.audio.loudspeaker import Loudspeaker
    from rehearse.cli.chosen_devices import chosen_loudspeaker

    with Loudspeaker(chosen_loudspeaker(settings_file(), Console())) as loudspeaker:
        loudspeaker.play(soxr.resample(samples, rate, VOICE_RATE))
        while loudspeaker.busy:
            time.sleep(0.05)
