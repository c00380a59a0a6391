"""What is heard of a line into which somebody speaks."""

import re


def beginning_of(text: str, share: float) -> str:
    """About so much of `text` (0–1), in whole words: never none of it, as something was heard, unless there is none."""
    heard = round(len(text) * share)
    ends = [match.end() for match in re.finditer(r"\S+", text)]
    return text[: next((end for end in reversed(ends) if end <= heard), min(ends, default=0))]
