"""Finding what a reply did, and saying it back honestly."""

from rehearse.feedback.coder import code_reply

__all__ = ["code_reply"]
