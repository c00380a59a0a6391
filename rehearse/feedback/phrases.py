"""Lists of phrases as one pattern: how the rules are written down.

A list is text, one phrase a line, in plain words (`plain.py`); a line that ends in "|" goes on in the next. `(a|b)` is
a choice, `(a )?` an optional part, `(a )*` up to eight of them, `~` stands for up to three words, and `{name}` for a
choice from the words given by that name, "_" being a space in them. `$` is the end of the clause in an `unless` list
and of the reply elsewhere.
"""

import re


def phrases(text: str, **words: str) -> re.Pattern[str]:
    """Compile a list of phrases to a pattern that finds any of them as whole words."""
    return re.compile(rf"(?<!\S)(?:{alternatives(text, **words)})(?!\S)")


def alternatives(text: str, **words: str) -> str:
    """A list of phrases as the source of a pattern, for use in a larger one."""
    lines = re.sub(r"\|\n\s*", "|", text.strip()).splitlines()
    joined = "|".join(line.strip() for line in lines)
    for name, listed in words.items():
        joined = joined.replace("{" + name + "}", "(" + "|".join(listed.split()).replace("_", " ") + ")")
    joined = re.sub(r"\((?!\?)", "(?:", joined).replace("~", r"(?:[\w']+ ){0,3}")
    return joined.replace(")*", "){0,8}")  # unbounded, a long run of such words would be searched from each of them


def word_list(text: str) -> frozenset[str]:
    """The words of `text`."""
    return frozenset(text.split())
