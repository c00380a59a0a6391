"""When things happened between the end of a reply and the answer to it, and where the time went in between."""

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class TurnMoments:
    """Milliseconds after the true end of a reply's speech; None where it is not known, as of a typed reply."""

    provisional: int | None = None
    """Silence was first taken for a possible end: transcription starts."""
    endpoint: int | None = None
    """The turn was taken to be over."""
    text: int | None = None
    """The words were known; that may well be before the endpoint."""
    decision: int | None = None
    """The partner's line was chosen."""
    sound: int | None = None
    """The line's first sample went out."""


NOTHING_KNOWN = TurnMoments()


@dataclass(frozen=True, slots=True)
class Latency:
    """Where the time went between the end of a reply and the first sample of the answer. Milliseconds."""

    endpoint: int = 0
    """From the true end of speech until the turn was taken to be over."""
    transcribe: int = 0
    """From there until the text was known."""
    decide: int = 0
    """From there until the partner's line was chosen."""
    speak: int = 0
    """From there until the line's first sample was handed to the output."""

    @property
    def total(self) -> int:
        """The whole wait of the person."""
        return self.endpoint + self.transcribe + self.decide + self.speak


def latency_of(moments: TurnMoments) -> Latency:
    """The stages between the moments; they add up to the last moment known.

    Each stage begins where those before it had been done, so that a text which was there before the endpoint costs
    nothing. What is not known counts as having taken no time.
    """
    reached = 0
    stages = []
    for moment in (moments.endpoint, moments.text, moments.decision, moments.sound):
        done = reached if moment is None else max(reached, moment)
        stages.append(done - reached)
        reached = done
    return Latency(*stages)


def decided(moments: TurnMoments, took_ms: int) -> TurnMoments:
    """`moments`, where choosing the answer took so long."""
    return replace(moments, decision=latency_of(moments).total + took_ms)


def answered(moments: TurnMoments, took_ms: int) -> TurnMoments:
    """`moments`, where the first sample went out so long after the decision."""
    return replace(moments, sound=latency_of(moments).total + took_ms)
