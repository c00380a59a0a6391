"""Finds out what keeps a conversation by voice from going well on this machine, and what to do about it."""
