"""The safety screen, on the words that the coder knows."""

from rehearse import safety
from rehearse.feedback import coder
from rehearse.safety import Screen


def screen() -> Screen:
    """The screen with all that it knows, read in before somebody waits for it.

    Raises:
        ScreenDamaged: its network is missing, or is not what it should be.
        EncoderDamaged: likewise the coder's.
    """
    found = safety.shipped(coder.shipped().word_vectors)
    found.look("Hello.")
    return found
