"""Replies to every state of every scene, by people who did not know its rules."""
