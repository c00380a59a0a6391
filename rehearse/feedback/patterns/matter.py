"""What a line is about: its content words, for seeing whether two lines are about the same."""

from rehearse.feedback.phrases import word_list

_CARRIES_NOTHING = word_list(
    """
    that this with have been they them their there what when where which your just about again would could
    should really know think feel like from into were does doing done being because want need going come make
    made said says tell told will today time never always still even some something anything everything
    nothing thing things people over then than more very much good well back days year years week night long
    hard sounds sound sorry love here right
    """
)


def stems(text: str) -> frozenset[str]:
    """The words that carry the matter, cut short so that "moving" meets "moved"; numbers whole."""
    return frozenset(
        word[:5] if len(word) > 5 else word.rstrip("s")
        for word in text.split()
        if (len(word) > 3 or word.isdigit()) and word not in _CARRIES_NOTHING
    )
