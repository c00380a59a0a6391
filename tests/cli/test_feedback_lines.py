"""`rehearse feedback`: every line gets its answer, whatever stands on it."""

import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from typer.testing import CliRunner

from rehearse.cli.feedback import MOST_BYTES
from rehearse.cli.main import app
from rehearse.feedback.coder import MOST_CHARACTERS
from tests.feedback.small_coder import small_coder


def answers(lines: bytes) -> tuple[list[dict[str, Any]], int]:
    """What the command writes for these lines, and its exit status."""
    done = CliRunner().invoke(app, ["feedback", "--jsonl"], input=lines)
    assert done.exception is None or isinstance(done.exception, SystemExit)
    return [json.loads(line, parse_constant=pytest.fail) for line in done.stdout.splitlines()], done.exit_code


def exchange(reply: str, name: object = 1, partner: str = "I had an awful day.") -> bytes:
    return json.dumps({"id": name, "partner": partner, "reply": reply}).encode()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(exclude_categories=())),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
REQUESTS = st.fixed_dictionaries({}, optional={"id": JSON, "partner": st.text() | JSON, "reply": st.text() | JSON})
LINES = st.one_of(
    st.binary(max_size=60).filter(lambda line: b"\n" not in line),
    REQUESTS.map(lambda request: json.dumps(request).encode()),
    st.text(max_size=40).map(lambda reply: exchange(reply)),
)


@given(st.lists(LINES, max_size=6), st.sampled_from([b"\n", b"\r\n"]), st.booleans())
@example([b"\xef\xbb\xbf" + exchange("You sound worn out.")], b"\r\n", False)
@example([b"\x00", b"\xff\xfe", b'{"id": 1e999, "partner": "", "reply": ""}', b"[" * 5000, b"9" * 5000], b"\n", True)
@example([b'{"id": ' + b"[" * depth + b"]" * depth + b"}" for depth in range(300, 1000, 50)], b"\n", True)
def test_every_line_gets_one_answer(lines: list[bytes], ending: bytes, ended: bool) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("rehearse.cli.feedback.code_reply", small_coder().code)
        found, status = answers(ending.join(lines) + (ending if ended else b""))
    assert len(found) == sum(1 for line in lines if line.strip())
    for answer in found:
        assert answer.keys() in ({"id", "error"}, {"id", "codes"}, {"id", "codes", "language"})
        assert "\n" not in answer.get("error", "")
    assert status == int(any("error" in answer for answer in found))


def test_ids_come_back_as_they_are_also_twice() -> None:
    found, status = answers(b"\n".join([exchange("Okay", 7), exchange("Okay", 7), exchange("Okay", "x\x00\ud800")]))
    assert [answer["id"] for answer in found] == [7, 7, "x\x00\ud800"]
    assert status == 0


def test_another_language_is_named_and_english_is_not() -> None:
    said = ["Das tut mir wirklich leid", "Hyvää päivää, minä olen väsynyt tänään", "Okay", "..."]
    found, status = answers(b"\n".join(exchange(reply, name) for name, reply in enumerate(said)))
    assert found == [
        {"id": 0, "codes": [], "language": "de"},
        {"id": 1, "codes": [], "language": "und"},
        {"id": 2, "codes": []},
        {"id": 3, "codes": []},
    ]
    assert status == 0


def test_what_is_too_long_is_an_error_and_the_rest_is_answered() -> None:
    long = "a" * (MOST_CHARACTERS + 1)
    lines = [exchange(long, 1), exchange("", 2, partner=long), b"x" * (2 * MOST_BYTES + 5), exchange("Okay", 4)]
    found, status = answers(b"\n".join(lines))
    assert [answer["id"] for answer in found] == [1, 2, None, 4]
    assert ["give at most 100,000" in answer.get("error", "") for answer in found] == [True, True, False, False]
    assert "4,000,000 bytes" in found[2]["error"]
    assert status == 1


@pytest.mark.parametrize(
    ("reply", "says"),
    [
        ("Das tut mir wirklich leid.", "That sounds like German. I can only judge English."),
        ("Hyvää päivää, minä olen väsynyt tänään.", "That does not sound like English. I can only judge English."),
        ("[Music]", "There are no words in that."),
        ("It is ten past four.", "nothing that the codes know"),
    ],
)
def test_a_person_is_told_why_nothing_was_found(reply: str, says: str) -> None:
    done = CliRunner().invoke(app, ["feedback", reply])
    assert done.exit_code == 0
    assert done.stdout.splitlines() == [reply, f"  {says}"]
