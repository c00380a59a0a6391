"""What people say to the program, and what they say to the partner in much the same words: `spoken_commands.yaml`."""

from pathlib import Path

from ruamel.yaml import YAML

from rehearse.agent.commands import Command

_DATA = YAML(typ="safe", pure=True).load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))

COMMANDS: tuple[tuple[str, Command], ...] = tuple(
    (said, Command(name)) for name, all_said in _DATA["commands"].items() for said in all_said.splitlines()
)
"""What is said, and the command that it means."""
REPLIES: tuple[str, ...] = tuple(_DATA["replies"].splitlines())
