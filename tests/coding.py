"""Coded replies without a coder: a fake for the seam between feedback and conversation."""

from rehearse.feedback.codes import Code, CodedReply, Evidence


def coded(*codes: Code, text: str = "some words") -> CodedReply:
    """A reply that did just this, all of its words being the evidence."""
    return CodedReply(text, tuple(Evidence(code, 0.9, 0, len(text), text) for code in codes))


def code_by_name(partner: str, reply: str) -> CodedReply:
    """A coder that takes each word of the reply that is a code's name for that code."""
    return coded(*dict.fromkeys(Code(word) for word in reply.split() if word in set(Code)), text=reply)
