"""The program, imported once and forked for each command: `python -m tests.fork_server`.

Standard input names a folder; a fork runs what stands there, as `python -m rehearse` would, with the folder's files as
its standard input, output and error, and its exit status goes to standard output. Then comes the next folder.
"""

import gc
import importlib
import json
import os
import signal
import sys
from pathlib import Path

import rehearse.__main__ as program

IMPORTED_ONCE = (
    "alembic.command",
    "alembic.config",
    "rehearse.cli.main",
    "rehearse.coach.own_practice",
    "rehearse.coach.server.inbox",
    "rehearse.coach.sharing",
    "rehearse.practice.journal",
    "rehearse.practice.own",
    "rehearse.practice.talks",
    "rehearse.reports.progress_page",
)
"""What most commands need, and what takes longest. Nothing opens a device or starts a thread."""
HEARS = {"--model", "demo"}
"""Among the arguments of a command that transcribes."""
IMPORTED_TO_HEAR = ("rehearse.audio.word_spotter", "rehearse.audio.greedy", "rehearse.audio.cut_encoder")
DEADLINE_S = 600
"""`rehearse setup` renders the lines of every scene."""


def serve() -> None:
    """Until standard input ends."""
    for module in IMPORTED_ONCE:
        importlib.import_module(module)
    gc.freeze()  # a fork neither copies it nor tears it down
    while name := os.read(0, 10_000):
        folder = Path(os.fsdecode(name))
        asked = json.loads((folder / "asked").read_bytes())
        if HEARS & {*asked["arguments"]}:
            _import_whisper()
        if not (child := os.fork()):
            _become(folder, **asked)
            program.main()
            return
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        os.write(1, b"%d\n" % status)


def _import_whisper() -> None:
    from rehearse.audio.late_whisper import import_whisper

    import_whisper()
    for module in IMPORTED_TO_HEAR:
        importlib.import_module(module)
    gc.freeze()


def _become(folder: Path, arguments: list[str], environment: dict[str, str], at: str) -> None:
    """Be a process that was started with these arguments, there."""
    for descriptor, name in enumerate(("stdin", "stdout", "stderr")):
        file = os.open(folder / name, os.O_RDWR)
        os.dup2(file, descriptor)
        os.close(file)
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(at)
    sys.modules["__main__"] = program
    sys.argv = [str(program.__file__), *arguments]
    signal.alarm(DEADLINE_S)


if __name__ == "__main__":
    os.environ |= program.ONE_THREAD
    serve()
