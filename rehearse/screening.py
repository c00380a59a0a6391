"""The safety screen, on the words that the coder knows."""

from rehearse import safety
from rehearse.feedback import coder
from rehearse.safety import Screen


def screen() -> Screen:
    """The screen with all that it knows, read in before somebody waits for it; without the coder's words, the patterns
    alone, as a warning of the coder's says.

    Raises:
        ScreenDamaged: its network is missing, or is not what it should be.
    """
    words = coder.at_hand()
    found = safety.shipped(words.word_vectors) if words else Screen()
    found.look("Hello.")
    return found
