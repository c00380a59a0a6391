"""Measures beside the codes: what the timing of real audio says of a session, and nothing more.

None of them is a rating, and none has a mark to reach: MITI 4.2.1 scores none of them, and the evidence that such
figures stand for warmth or skill is weak. They are there to be compared with the person's own earlier sessions.

Fillers ("um", "uh") are not among them. Whisper drops most of them, and finding them by ear after Goto, Itou & Hayamizu
(1999), as voice whose pitch and spectral envelope hardly change, raised 7 to 9 false alarms a minute in real speech
without any, at settings that found at most four in ten of rendered ones.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from rehearse.dialogue import Reply

FEWEST_WORDS = 10
"""Replies of fewer words have no pace: voice activity finds the edges of speech to within some 0.3 s, which is a third
of three words and less than a tenth of ten."""


@dataclass(frozen=True, slots=True)
class Timing:
    """The timing of a session's spoken replies. None: not known."""

    median_pause_s: float | None = None
    """Silence from the end of what was said to the person until they began to answer, in seconds; the median."""
    median_turn_s: float | None = None
    """From the first word of a reply to its last one, pauses included, in seconds; the median."""
    longest_turn_s: float | None = None
    """The longest of them."""
    share_of_talk: float | None = None
    """The person's turns over their turns and the partner's lines, in time: 0–1."""
    interruptions: int | None = None
    """Replies before which the person took the floor while the partner was speaking; known on a headset only."""
    backchannels: int | None = None
    """How often the person said something short ("mm-hm") while the partner spoke; known on a headset only."""
    words_a_minute: float | None = None
    """Words, as transcribed, a minute of voice in replies of `FEWEST_WORDS` or more. Without the pauses, which the
    usual words a minute (speech rate) counts in: more like what phonetics calls articulation rate."""


def timing_of(replies: Sequence[Reply], partner_s: float) -> Timing:
    """The timing of `replies`, before which the partner spoke for `partner_s` seconds in all.

    Typed replies have none: they are left out.
    """
    spoken = [reply for reply in replies if reply.voiced_s is not None]
    if not spoken:
        return Timing()
    turns = [reply.end_s - reply.start_s for reply in spoken]
    heard = [reply for reply in spoken if reply.backchannels is not None]
    return Timing(
        median_pause_s=median(reply.pause_before_s for reply in spoken),
        median_turn_s=median(turns),
        longest_turn_s=max(turns),
        share_of_talk=sum(turns) / (sum(turns) + partner_s) if partner_s else None,
        interruptions=sum(reply.interrupted for reply in heard) if heard else None,
        backchannels=sum(reply.backchannels or 0 for reply in heard) if heard else None,
        words_a_minute=_pace(spoken),
    )


def _pace(spoken: Sequence[Reply]) -> float | None:
    long_enough = [(len(words), reply.voiced_s) for reply in spoken if len(words := reply.text.split()) >= FEWEST_WORDS]
    voiced_s = sum(voiced_s or 0.0 for _, voiced_s in long_enough)
    return 60 * sum(words for words, _ in long_enough) / voiced_s if voiced_s else None
