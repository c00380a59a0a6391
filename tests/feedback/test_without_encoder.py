"""Where the encoder is missing or damaged, the rules judge, and it is said."""

import shutil
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from rehearse import faults
from rehearse.cli.display import ConsoleDisplay
from rehearse.errors import EncoderDamaged, TooLong
from rehearse.feedback import code_reply, coder
from rehearse.feedback.codes import Code
from rehearse.feedback.debrief import NO_DEBRIEF
from rehearse.feedback.thoughts import UNKNOWN, whole_thought
from rehearse.safety.finding import Kind
from rehearse.screening import screen

COMPLAINT = "You never listen when I talk about my work."


@pytest.fixture(params=["missing", "damaged"])
def no_encoder(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    shutil.copytree(Path(coder.__file__).parent / "model", tmp_path / "model")
    if request.param == "missing":
        (tmp_path / "model" / "encoder.npz").unlink()
    else:
        (tmp_path / "model" / "encoder.npz").write_bytes(b"PK\x03\x04" + bytes(1000))
    monkeypatch.setattr(coder, "files", lambda _: tmp_path)
    coder.shipped.cache_clear()
    coder.at_hand.cache_clear()
    yield
    coder.shipped.cache_clear()
    coder.at_hand.cache_clear()


@pytest.mark.usefixtures("no_encoder")
def test_the_rules_judge(caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(EncoderDamaged):
        coder.shipped()
    for _ in range(3):
        assert Code.LABELS_FEELING in code_reply(COMPLAINT, "You sound worn out.").codes
    assert [each.getMessage().count("reinstall rehearse") for each in caplog.records] == [1]
    assert "the safety screen, which reads with it, knows plain words alone" in caplog.text
    assert code_reply(COMPLAINT, "Das tut mir wirklich leid.").language == "de"
    with pytest.raises(TooLong):
        code_reply("", "a" * (coder.MOST_CHARACTERS + 1))


@pytest.mark.usefixtures("no_encoder")
def test_pauses_are_waited_for_and_danger_is_still_seen() -> None:
    assert whole_thought(COMPLAINT, "You sound worn out.").ends == UNKNOWN
    assert whole_thought(COMPLAINT, "And because").ends < UNKNOWN
    assert (found := screen().look("I want to kill myself."))
    assert found.kind is Kind.SELF_HARM


@pytest.mark.usefixtures("no_encoder")
def test_the_debrief_says_so_once() -> None:
    shown = StringIO()
    ConsoleDisplay(Console(file=shown, width=200), "Kim").debriefed(NO_DEBRIEF)
    assert shown.getvalue().count("by rules alone") == 1


def test_otherwise_the_debrief_does_not() -> None:
    shown = StringIO()
    ConsoleDisplay(Console(file=shown, width=200), "Kim").debriefed(NO_DEBRIEF)
    assert "by rules" not in shown.getvalue()


@pytest.mark.parametrize("fault", ["memory", "damaged"])
def test_a_reply_that_the_encoder_fails_on_is_judged_by_the_rules(fault: str) -> None:
    with faults.planned(f"coder:{fault}"):
        judged, again = (code_reply(COMPLAINT, "You sound worn out.") for _ in range(2))
    assert judged == coder.code_by_rules(COMPLAINT, "You sound worn out.")
    assert again == coder.shipped().code(COMPLAINT, "You sound worn out.")
