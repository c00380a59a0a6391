"""A partner with a natural voice beside a coach with the system's."""

import logging

from rehearse.audio.frames import Samples
from rehearse.audio.line_cache import CachedVoice
from rehearse.audio.stretching import stretched
from rehearse.audio.voice import Voice, VoiceStyle
from rehearse.dialogue import Line, Speaker

_log = logging.getLogger(__name__)


class NaturalPartner:
    """The partner's lines as they were rendered ahead, everything else in the system's voice.

    Nothing is rendered in the natural voice while people talk: it would be late. Another pace is made of what is there.
    A line of the partner's that is not
    there is said in the system's voice rather than not at all; the first time a warning says so.
    """

    def __init__(self, natural: CachedVoice, system: Voice) -> None:
        self._natural = natural
        self._system = system
        self._warned = False

    @property
    def engine(self) -> str:
        """Which engines speak."""
        return f"{self._natural.engine} and {self._system.engine}"

    def style(self, line: Line) -> VoiceStyle:
        """How `line` is going to be spoken."""
        return self._voice(line).style(line)

    def render(self, line: Line) -> Samples:
        """The sound of `line`, at once.

        Raises:
            VoiceError: the system's voice fails.
        """
        voice = self._voice(line)
        if line.speaker is Speaker.PARTNER and voice is self._system and not self._warned:
            self._warned = True
            _log.warning("a line is not there in the natural voice; `rehearse voices prepare` renders it")
        samples = voice.render(line)
        return samples if voice is self._system else stretched(samples, line.pace)

    def _voice(self, line: Line) -> Voice:
        return self._natural if line.speaker is Speaker.PARTNER and self._natural.has(line) else self._system
