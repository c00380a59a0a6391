"""The microphone and the loudspeaker of a session, which may go and come back.

open ─ a stream ends, or calls back no more ▶ lost ─ await_back ▶ closed ─ look, find, open, both work ▶ open
                                                                    ▲            │ not yet: half a second later
                                                                    └────────────┘
"""

import time
from collections.abc import Callable
from types import TracebackType
from typing import Self

from rehearse.audio.devices import WHAT, Device, Direction, find_again, find_input, find_output, list_devices
from rehearse.audio.loudspeaker import Loudspeaker
from rehearse.audio.microphone import Microphone
from rehearse.audio.streams import LOST_AFTER_S, OpenStream, look_for_devices, open_input, open_output
from rehearse.errors import DeviceError, NoDevice

LOOK_EVERY_S = 0.5
"""How often it is looked for devices that are away: 30 ms of work each time."""
LONG_AWAY_S = 10.0
"""After so long it is said once more that they are waited for."""
SETTLE_S = LOST_AFTER_S
"""How long a device may take until it works. A Bluetooth headset changes its profile meanwhile, and with it the rates
both ways."""
_GLANCE_S = 0.02


class DevicePair:
    """A microphone and a loudspeaker with a stream each, from `with` on.

    A chosen device is waited for until it is back, found by name and host API. Where none was chosen, whatever is the
    system's own choice by then will do.

    Raises:
        NoDevice: there is no microphone or no loudspeaker, or it cannot be opened.
    """

    def __init__(
        self,
        microphone: Device | None = None,
        loudspeaker: Device | None = None,
        *,
        open_input: OpenStream = open_input,
        open_output: OpenStream = open_output,
        look: Callable[[], None] = look_for_devices,
        clock: Callable[[], float] = time.monotonic,
        rest: Callable[[float], None] = time.sleep,
    ) -> None:
        """`look` finds out anew which devices there are; `rest` lets so many seconds pass."""
        self._chosen: dict[Direction, Device | None] = {"input": microphone, "output": loudspeaker}
        self.microphone = Microphone(microphone or find_input(), open_input, clock)
        self.loudspeaker = Loudspeaker(loudspeaker or find_output(), open_output, clock)
        self._look = look
        self._clock = clock
        self._rest = rest

    def __enter__(self) -> Self:
        try:
            self._open()
        except NoDevice:  # at the rates of a moment ago, perhaps
            self._look()
            self._open()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give both devices back; takes two seconds at most."""
        self.loudspeaker.close()
        self.microphone.close()

    def lost(self) -> tuple[bool, bool]:
        """Whether the microphone has gone, and whether the loudspeaker has; for when one of them must have."""
        microphone = not self.microphone.working
        return microphone, self.loudspeaker.lost or not microphone

    def await_back(self, busy: Callable[[str | None], None], long_away: Callable[[], None]) -> None:
        """Return when both are there and work; they may be other devices then.

        `busy` is told what is waited for. `long_away` is called once, where that lasts long and there is a loudspeaker
        to say so on; it may raise `DeviceLost`.
        """
        self.close()
        began_s = self._clock()
        told = False
        while missing := self._missing():
            busy(f"Waiting for the {missing} to come back… (Ctrl-C ends it)")
            if not told and self._clock() - began_s >= LONG_AWAY_S:
                told = True
                self._tell(long_away)
            self._rest(LOOK_EVERY_S)
        busy(None)

    def _missing(self) -> str | None:
        """What is not there; None once both are open and work."""
        try:
            self._look()
            microphone = self._found("input", self.microphone.device)
            loudspeaker = self._found("output", self.loudspeaker.device)
            if not microphone or not loudspeaker:
                return WHAT["output" if microphone else "input"]
            self._open(microphone, loudspeaker)
        except DeviceError:  # another program has it, or it is just starting
            return "microphone or the loudspeaker"
        works = self.microphone.working, self.loudspeaker.working
        if all(works):
            return None
        self.close()
        return WHAT["output" if works[0] else "input"]

    def _found(self, direction: Direction, last: Device) -> Device | None:
        """The chosen device; without one the system's own choice, or else the last one."""
        chosen = self._chosen[direction]
        if chosen is None:
            default = (each for each in list_devices() if each.channels(direction) and each.is_default(direction))
            if found := next(default, None):
                return found
        wanted = chosen or last
        return find_again(direction, wanted.name, wanted.host_api)

    def _open(self, microphone: Device | None = None, loudspeaker: Device | None = None) -> None:
        try:
            self.microphone.open(microphone)
            self._settle(lambda: self.microphone.working)
            self.loudspeaker.open(loudspeaker)
            self._settle(lambda: self.loudspeaker.working)
        except BaseException:
            self.close()
            raise

    def _settle(self, works: Callable[[], bool]) -> None:
        until_s = self._clock() + SETTLE_S
        while not works() and self._clock() < until_s:
            self._rest(_GLANCE_S)

    def _tell(self, long_away: Callable[[], None]) -> None:
        """Say it on the loudspeaker alone, if that is there."""
        try:
            if found := self._found("output", self.loudspeaker.device):
                self.loudspeaker.open(found)
                self.microphone.lost = True  # whoever listens meanwhile hears silence
                long_away()
        except DeviceError:
            pass
        finally:
            self.loudspeaker.close()
