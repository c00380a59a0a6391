"""Practise a hard conversation aloud before having it for real.

The way of one reply, one folder after the other: `audio` hears it, `feedback` says what it did, `agent` lets the
partner of a `scenarios` file react to that, and `audio` speaks the answer.
"""


def __getattr__(name: str) -> str:
    """`__version__`, looked up when somebody asks: whoever starts the program does not wait for it."""
    if name == "__version__":
        from importlib.metadata import version

        return version("rehearse")
    raise AttributeError(name)
