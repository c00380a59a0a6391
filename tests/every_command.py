"""Every command once, in one process: `python -m tests.every_command`, in the folder and with the home it is given.

Python looks for `sitecustomize` in PYTHONPATH when it starts, here and in every child process: `TRAP`, which writes
down each socket that is made and each name that is looked up, with the command that did it.
"""

import contextlib
import io
import os
import sys
import tempfile
from pathlib import Path

from rehearse.__main__ import main

TRAP_VARIABLE = "TRAPPED"
"""Names the file that what was trapped is written to."""
TRAP = f"""
import os, socket, sys

def trap(event, arguments):
    if event.startswith(("socket.", "urllib.", "http.", "ftplib.", "smtplib.")):
        if event in ("socket.__new__", "socket.gethostname") and socket.AF_UNIX in arguments[1:2]:
            return  # a pair of ends in one process; to connect one is another event
        with open(os.environ["{TRAP_VARIABLE}"], "a") as file:
            file.write(f"{{' '.join(sys.argv)}}: {{event}} {{arguments[1:]}}\\n")

sys.addaudithook(trap)
"""

REPLY, ENTRY, WITH, ABOUT, HARD = "quetzalcoatlus", "archaeopteryx", "Wilhelmina", "deinonychus", "pterodactylus"
"""Words that nobody says by chance: said, written in the journal, planned, and told the coach."""
PLANTED = (REPLY, ENTRY, WITH, ABOUT, HARD)
SAID = f"You sound worn out by that {REPLY}.\nThat sounds really hard.\nstop\nyes\n"
SET_UP = {"setup", "voices prepare"}
"""They fetch what is not there."""
NEEDS_WHISPER = {"demo"}
NEEDS_SERVER = ("coach database", "coach audit")
"""A practice's own, to which it connects as it is told."""

ROUND: tuple[tuple[str, str], ...] = (
    ("practice hard-day --text --seed 3", SAID),
    ("practice hard-day --text --seed 4 --report out/report.json", SAID),
    ("practice hard-day --replies replies.txt --say-to out/heard.wav --report out/replied.json --seed 1", ""),
    ("drill labeling --text --seed 3", SAID),
    ("practice hard-day --text --seed 5", f"You sound worn out by that {REPLY}.\n"),
    ("resume --text", "That sounds hard.\nstop\nyes\n"),
    ("plan", ""),
    ("today", ""),
    ("today --calendar out/reminders.ics", ""),
    ("history", ""),
    ("show 1", ""),
    ("progress", ""),
    ("progress --html out/progress.html", ""),
    ("progress --open", ""),
    ("contest", ""),
    ("contest 1", ""),
    ("commands", ""),
    ("about", ""),
    ("devices", ""),
    ("doctor --no-speech", ""),
    ("settings", ""),
    ("settings waiting 2", ""),
    ("feedback --reliability", ""),
    (f"feedback {REPLY}", ""),
    ("feedback --jsonl", f'{{"id": 1, "partner": "Hm.", "reply": "{REPLY}"}}\n{{"reply": "{REPLY}\n'),
    ("bench turns", ""),
    ("journal --text --question Why?", f"I was {ENTRY}.\n\n"),
    ("journal list", ""),
    ("journal show 1", ""),
    ("journal edit 1", ""),
    (f"journal search {ENTRY}", ""),
    ("journal share 1", ""),
    (f"talk plan --with {WITH} --about {ABOUT} --first Hello.", ""),
    ("talk plan --text", f"{WITH}\n{ABOUT}\non Friday\nHello.\n\n"),
    ("talk list", ""),
    ("talk rehearse 1 --text", SAID),
    ("talk tell 1 --yes --how Well.", ""),
    ("scenarios list", ""),
    ("scenarios validate scene.yaml", ""),
    ("scenarios simulate hard-day --sessions 2", ""),
    ("scenarios graph hard-day", ""),
    ("scenarios test hard-day", ""),
    ("scenarios preview hard-day --quiet", ""),
    ("scenarios schema", ""),
    ("scenarios new", "The gate\nJo\nfemale\n40\nyour sister\nIt was open.\nWell?\nAnd you?\n"),
    ("voices", ""),
    ("voices use system", ""),
    ("voices try system --say-to out/voice.wav", ""),
    ("coach init --name Ada", ""),
    ("coach words", ""),
    (
        "coach assign hard-day --cohort all --note Listen. --voice-note note.flac --out out/asked",
        "",
    ),
    ("assignment add out/asked --trust", ""),
    ("assignment list", ""),
    ("assignment count 1", ""),
    ("assignment voice {assignment} out/note", ""),
    ("assignment hear", ""),
    ("assignment register", ""),
    (f"share --since 2020-01-01 --quote 1:1 --journal 1 --hard {HARD} --yes --out out/1.rehearse-share", ""),
    ("share --transcript 1 --yes --plain out/paper.html", ""),
    ("share list", ""),
    ("share withdraw {share} --out out/withdrawal", ""),
    ("coach receive out/1.rehearse-share", ""),
    ("coach review out/1.rehearse-share", ""),
    ("coach correct Nobody 1 1 reflects", ""),
    ("coach agreement", ""),
    ("coach export --json out/received.json", ""),
    ("coach cohort all", ""),
    ("assignment remove {assignment}", ""),
    ("data export out/everything", ""),
    ("data move out/archive", ""),
    ("data receive out/archive", ""),
    ("data sweep", ""),
    ("privacy", ""),
    ("privacy --json", ""),
    ("data forget 2 --yes", ""),
    ("data recover", ""),
    ("journal delete 1 --yes", ""),
    ("talk delete 2 --yes", ""),
    ("privacy delete temporary --yes", ""),
)
"""What is said, and what is typed. Its order is that of somebody who does all of it."""
REFUSED = {
    *("devices", "doctor --no-speech", "bench turns", "resume --text", "feedback --jsonl"),
    *("assignment hear", "coach correct Nobody 1 1 reflects"),
}
"""There is no device, no model, no spoken session, none that was cut off, nobody of that name; a line is no JSON."""


def go_round() -> None:
    """Run all of them; what was trapped or refused is written down, the rest goes to standard output."""
    for line, typed in ROUND:
        arguments = line.format(assignment=_first("coach/assignments"), share=_first_share()).split()
        status = _run(arguments, typed)
        if bool(status) != (line in REFUSED):
            sys.stdout.write(f"STATUS {status}: {line}\n")


def _run(arguments: list[str], typed: str) -> int:
    """The status with which the program ends."""
    with tempfile.TemporaryFile() as standard_input:
        standard_input.write(typed.encode())
        standard_input.seek(0)
        os.dup2(standard_input.fileno(), 0)
    sys.stdin = io.TextIOWrapper(io.FileIO(0, closefd=False))
    sys.argv = ["rehearse", *arguments]
    with contextlib.closing(sys.stdin):
        try:
            main()
        except SystemExit as end:
            return int(end.code or 0)
    return 0


def _first(folder: str) -> str:
    """The beginning of the name of the first file there."""
    return next((path.name[:8] for path in Path(os.environ["REHEARSE_HOME"], "data", folder).glob("*")), "none")


def _first_share() -> str:
    from rehearse.coach.shares import Shares
    from rehearse.paths import coach_dir

    return next((each.id[:8] for each in Shares(coach_dir()).all), "none")


if __name__ == "__main__":
    go_round()
