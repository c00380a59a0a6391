"""Practise a hard conversation aloud before having it for real.

The way of one reply, one folder after the other: `audio` hears it, `feedback` says what it did, `agent` lets the
partner of a `scenarios` file react to that, and `audio` speaks the answer.
"""

from importlib.metadata import version

__version__ = version("rehearse")
