"""Bytes from anywhere, given to what reads files and words: `python -m fuzz TARGET`."""

from pathlib import Path

CORPUS = Path(__file__).parent / "corpus"
"""What each target has been given."""
