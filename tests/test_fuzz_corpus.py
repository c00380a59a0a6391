"""Bytes from anywhere: the fuzzers' corpus, and what comes of it by chance."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fuzz import CORPUS
from fuzz.targets import TARGETS, audio_file, command, feedback_lines, scenario_file
from rehearse.agent.commands import command_in, spoken_forms
from tests.conftest import SCENE
from tests.feedback.small_coder import small_coder

budget = settings(max_examples=150)
EVERYTHING = [(name, path) for name in TARGETS for path in sorted((CORPUS / name).iterdir())]
RECORDINGS = [path.read_bytes() for path in sorted((CORPUS / "audio_file").glob("whole.*"))]
LINES = [path.read_bytes() for path in sorted((CORPUS / "feedback_lines").iterdir())]
FORMS = sorted(spoken_forms(addressed=False))
YAML = (
    "{",
    "}",
    "[",
    "]",
    ":",
    "- ",
    "\n",
    "  ",
    "&a ",
    "*a",
    "!!x ",
    '"',
    "~",
    "1e999",
    "0x",
    "when",
    "go: ",
    "\t",
    "…",
)


@pytest.fixture(autouse=True)
def quick_coder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rehearse.cli.feedback.code_reply", small_coder().code)


@pytest.mark.parametrize(("target", "path"), EVERYTHING, ids=lambda each: getattr(each, "name", str(each)))
def test_the_corpus_is_answered_or_refused(target: str, path: Path) -> None:
    TARGETS[target](path.read_bytes())


def spliced(whole: bytes, pieces: st.SearchStrategy[bytes]) -> st.SearchStrategy[bytes]:
    """`whole` with up to four stretches of it replaced."""
    place = st.integers(0, len(whole))
    cuts = st.lists(st.tuples(place, st.integers(0, 40), pieces), min_size=1, max_size=4)

    def cut(at: list[tuple[int, int, bytes]]) -> bytes:
        damaged = whole
        for start, length, piece in at:
            damaged = damaged[:start] + piece + damaged[start + length :]
        return damaged

    return cuts.map(cut)


SPLICES: list[tuple[Callable[[bytes], None], st.SearchStrategy[bytes]]] = [
    (scenario_file, spliced(SCENE.encode(), st.sampled_from(YAML).map(str.encode) | st.binary(max_size=6))),
    (audio_file, st.sampled_from(RECORDINGS).flatmap(lambda each: spliced(each, st.binary(max_size=8)))),
    (audio_file, st.sampled_from(RECORDINGS).flatmap(lambda each: st.integers(0, len(each)).map(lambda n: each[:n]))),
    (feedback_lines, st.sampled_from(LINES).flatmap(lambda each: spliced(each, st.binary(max_size=6)))),
    (command, st.lists(st.sampled_from(FORMS) | st.text(max_size=8), max_size=6).map(" ".join).map(str.encode)),
]


@pytest.mark.parametrize(("target", "damaged"), SPLICES, ids=lambda each: getattr(each, "__name__", ""))
def test_what_was_damaged_is_answered_or_refused(
    target: Callable[[bytes], None], damaged: st.SearchStrategy[bytes]
) -> None:
    @budget
    @given(damaged)
    def answered_or_refused(data: bytes) -> None:
        target(data)

    answered_or_refused()


@budget
@given(st.sampled_from(FORMS), st.sampled_from(["", " ", "\n"]), st.sampled_from(["", ".", "!", "…", "?!"]))
def test_marks_and_case_change_no_command(form: str, before: str, after: str) -> None:
    assert command_in(before + form.upper() + after) is command_in(form)
