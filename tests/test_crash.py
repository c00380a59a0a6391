"""When the program itself is at fault, it says where, and nothing of what anybody said."""

import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from rehearse.crash import in_short

PLANTED = "quetzalcoatlus"
SAID = f"You sound worn out by that {PLANTED}.\nThat sounds really hard.\nstop\nyes\n"


def failing(words: str) -> None:
    try:
        int(words)
    except ValueError as error:
        raise KeyError(words) from error


def test_places_and_types_are_shown_and_no_message() -> None:
    with pytest.raises(KeyError) as caught:
        failing(PLANTED)
    short = in_short(caught.value)
    assert PLANTED not in short
    assert [line.split(":")[0].strip() for line in short.splitlines() if ":" in line][-1].endswith(
        "tests/test_crash.py"
    )
    assert short.index("builtins.ValueError") < short.index("builtins.KeyError")
    assert str(Path.cwd()) not in short


def test_a_recursion_without_end_and_a_circle_of_causes_are_short() -> None:
    def again() -> None:
        again()

    with pytest.raises(RecursionError) as caught:
        again()
    assert len(in_short(caught.value).splitlines()) <= 31
    first, second = ValueError(), KeyError()
    first.__cause__, second.__cause__ = second, first
    assert in_short(first).splitlines() == ["  builtins.KeyError", "  builtins.ValueError"]


# --- in the program ---------------------------------------------------------------------------------------------

FAULTS = {
    "the coder": """
        from rehearse.cli import holding

        def code(partner, reply):
            if reply and partner != "":
                raise KeyError(reply)
            return original(partner, reply)

        original, holding.code_reply = holding.code_reply, code
    """,
    "the coder's recursion": """
        from rehearse.cli import holding

        def code(partner, reply):
            return code(partner, reply) if partner else original(partner, reply)

        original, holding.code_reply = holding.code_reply, code
    """,
    "memory": """
        from rehearse.cli import holding

        def code(partner, reply):
            if partner:
                raise MemoryError(reply)
            return original(partner, reply)

        original, holding.code_reply = holding.code_reply, code
    """,
    "the log": """
        import rehearse.practice.log as log
        from sqlalchemy.exc import IntegrityError
        from sqlalchemy import text

        original = log.PracticeLog.write

        def write(self, *arguments, **keys):
            with self.database.writing() as rows:
                words = str(arguments)
                rows.execute(text("INSERT INTO journal_entry (id, text) VALUES (1, :words)"), {"words": words})

        log.PracticeLog.write = write
    """,
    "the display": """
        from rehearse.cli.display import ConsoleDisplay

        def heard(self, heard):
            raise AttributeError(f"no {heard!r}", name=str(heard), obj=heard)

        ConsoleDisplay.heard = heard
    """,
    "a thread": """
        import threading
        from rehearse.cli.display import ConsoleDisplay

        def heard(self, heard):
            def work(words):
                raise ValueError(words)
            thread = threading.Thread(target=work, args=(str(heard),))
            thread.start()
            thread.join()

        ConsoleDisplay.heard = heard
    """,
    "collecting": """
        from rehearse.cli.display import ConsoleDisplay

        class Failing:
            def __init__(self, words):
                self.words = words
            def __repr__(self):
                return self.words
            def __del__(self):
                raise ValueError(self.words)

        ConsoleDisplay.heard = lambda self, heard: Failing(str(heard)) and None
    """,
}
DIES = """
    import os
    from rehearse.cli import holding

    def code(partner, reply):
        return os.abort() if partner else original(partner, reply)

    original, holding.code_reply = holding.code_reply, code
"""


def practised(fault: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """A session, typed, in which the program is at fault."""
    code = textwrap.dedent(fault) + "\nfrom rehearse.__main__ import main\nmain()"
    return subprocess.run(
        [sys.executable, "-c", code, "practice", "hard-day", "--text", "--seed", "3"],
        input=SAID,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.mark.process
@pytest.mark.parametrize("fault", FAULTS)
def test_whatever_fails_nothing_spoken_is_in_the_report_or_in_a_file(
    fault: str, tmp_path: Path, own_home: Path
) -> None:
    done = practised(FAULTS[fault], tmp_path)
    assert "rehearse: a fault of the program" in done.stderr
    assert "Traceback" not in done.stderr
    assert PLANTED not in done.stderr
    assert [*tmp_path.iterdir()] == []
    holding = [path for path in own_home.rglob("*") if path.is_file() and PLANTED.encode() in path.read_bytes()]
    assert {path.name for path in holding} <= {"practice.db", "practice.db-wal"}


@pytest.mark.process
def test_an_abort_leaves_no_image_of_the_memory(tmp_path: Path) -> None:
    done = practised(DIES, tmp_path, PYTHONFAULTHANDLER="1")
    assert done.returncode < 0
    assert "Fatal Python error: Aborted" in done.stderr
    assert PLANTED not in done.stderr
    assert [*tmp_path.iterdir()] == []


@pytest.mark.process
def test_who_develops_it_gets_all_of_it(tmp_path: Path) -> None:
    done = practised(FAULTS["the coder"], tmp_path, PYTHONDEVMODE="1", PYTHONWARNINGS="ignore")
    assert "Traceback" in done.stderr
    assert PLANTED in done.stderr
