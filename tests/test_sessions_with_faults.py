"""Whole sessions in which something fails on purpose, alone and in pairs: they end, and nothing said is lost."""

import json
import signal
from io import StringIO
from itertools import combinations, product
from pathlib import Path

import pytest
from rich.console import Console

from rehearse import faults, room
from rehearse.agent import coach_lines
from rehearse.audio import late_recognizer
from rehearse.audio.files import read_audio
from rehearse.audio.mixdown import Mixdown
from rehearse.audio.whisper_transcriber import WhisperTranscriber
from rehearse.cli.holding import hold
from rehearse.cli.keeping import OwnKeeping
from rehearse.cli.own_log import own_log
from rehearse.delivery import Delivery
from rehearse.feedback.coder import at_hand
from rehearse.paths import settings_file
from rehearse.practice.session import Session
from rehearse.scenarios.schema import Scenario
from rehearse.stage import Stage, recordings, voice_for, written
from tests.command import rehearse, start
from tests.conftest import ROOT, new_home
from tests.scenes import LIBRARY
from tests.test_live_session import DEADLINE_S, REPLY, Screen
from tests.virtual_sound_card import VirtualSoundCard

pytestmark = pytest.mark.process

SAID = ("That sounds exhausting.", "What happened then?", "You should ring them.", "I'm here, tell me more.")
WRITTEN = (
    "voice:died",
    "voice@1+:died",
    "coder@2:memory",
    "coder@1+:damaged",
    "log@3:full",
    "log@1+:full",
    "log@2:locked",
)
LOST = {"transcriber:error": 0, "transcriber@2+:error": 2, "transcriber@2:memory": 1, "transcriber@1+:memory": 3}
"""How many of three recorded replies cannot be transcribed."""
RECORDED = ROOT / "rehearse" / "demo" / "hard-day-listener"


@pytest.fixture(autouse=True)
def somewhere_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a report goes that the log does not take."""
    monkeypatch.chdir(tmp_path)


def held(scene: Scenario, stage: Stage, plan: str) -> tuple[Session, str]:
    """A session under a plan, and what was shown."""
    shown = StringIO()
    console = Console(file=shown, width=400)
    assert at_hand()
    with faults.planned(plan):
        keeper = OwnKeeping(console, medium="typed")
        session = hold(scene, seed=1, console=console, stage=lambda _: stage, keeper=keeper)
    return session, shown.getvalue()


def kept(session: Session, folder: Path) -> list[str]:
    """The replies of the session where it was kept: in the log, or in a report beside it."""
    reports = [json.loads(path.read_text(encoding="utf-8")) for path in folder.glob("*.json")]
    if not reports:
        with own_log() as log:
            reports = [log.report(log.history()[0].id)]
    return [turn["reply"]["text"] for turn in reports[0]["turns"]]


def every(*of: str) -> list[str]:
    return [*of, *(" ".join(pair) for pair in combinations(of, 2))]


@pytest.fixture(scope="module")
def rendered(homes: Path, scene: Scenario) -> None:
    """What is known ahead has been rendered, as after `rehearse setup`."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("REHEARSE_HOME", str(new_home(homes)))
        for each in (scene, LIBRARY["hard-day"]):
            with voice_for(each, lambda _: None):
                pass


@pytest.mark.usefixtures("rendered")
@pytest.mark.parametrize("plan", ["", *every(*WRITTEN)])
def test_a_written_session_said_aloud(plan: str, scene: Scenario, tmp_path: Path) -> None:
    replies = tmp_path / "replies.txt"
    replies.write_text("\n".join(SAID), encoding="utf-8")
    session, shown = held(scene, written(scene, lambda _: None, path=replies, room=Mixdown(), aloud=True), plan)
    assert [turn.reply.text for turn in session.turns] == list(SAID)
    assert session.over
    assert all(turn.line in shown for turn in session.turns)
    assert kept(session, tmp_path) == list(SAID)
    assert ("your practice log" in shown) is ("log@1+" in plan)
    assert "Traceback" not in shown


@pytest.mark.whisper
@pytest.mark.usefixtures("rendered")
@pytest.mark.parametrize("plan", [*LOST, *(" ".join(pair) for pair in product(LOST, WRITTEN[1::2]))])
def test_a_recorded_session(
    plan: str, tmp_path: Path, tiny_en_for_commands: WhisperTranscriber, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rehearse.stage.load_whisper", lambda *_: tiny_en_for_commands)
    scene = LIBRARY["hard-day"]
    paths = sorted(RECORDED.glob("*.ogg"))[:3]
    stage = recordings(scene, tiny_en_for_commands.checkpoint, lambda _: None, paths=paths, room=Mixdown())
    session, shown = held(scene, stage, plan)
    assert session.over
    asked_again = shown.count("(I couldn't make that out)")
    assert len(session.turns) + asked_again == len(paths)
    assert asked_again == LOST[plan.split()[0]]
    if asked_again:
        assert coach_lines.DEAF in shown
    if session.turns:
        assert kept(session, tmp_path) == [turn.reply.text for turn in session.turns]


@pytest.mark.whisper
def test_a_recorded_session_in_which_recognition_hangs_once(
    tmp_path: Path, tiny_en_checkpoint: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(late_recognizer, "SHORTEST_LIMIT_S", 10.0)
    monkeypatch.setattr(late_recognizer, "TIMES_ITS_LENGTH", 0.0)
    paths = sorted(RECORDED.glob("*.ogg"))[:3]
    stage = recordings(LIBRARY["hard-day"], tiny_en_checkpoint, lambda _: None, paths=paths, room=Mixdown())
    session, shown = held(LIBRARY["hard-day"], stage, "transcriber@2:hang")
    assert session.over
    assert len(session.turns) == 2
    assert shown.count(coach_lines.HUNG) == 1
    assert kept(session, tmp_path) == [turn.reply.text for turn in session.turns]


@pytest.mark.whisper
@pytest.mark.device
@pytest.mark.parametrize(
    "plan", ["microphone@150:lost", "loudspeaker@3:lost", "microphone@150:lost loudspeaker@3:lost"]
)
def test_a_live_session_goes_on_after_a_device_was_lost(
    plan: str, tmp_path: Path, sound_card: VirtualSoundCard, tiny_en_checkpoint: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(faults.VARIABLE, f"{plan} transcriber:error")
    options = ["--seed", 1, "--model", "tiny.en", "--headset", "--report", tmp_path / "out.json"]
    with start("practice", "hard-day", *options, folder=tmp_path) as program:
        screen = Screen(program)
        while screen.wait_for("Coach") != coach_lines.BACK:
            pass
        recording = sound_card.start_recording()
        screen.wait_for("Maya")
        recording.wait_for_line()
        sound_card.play_into_microphone(read_audio(REPLY)).wait(DEADLINE_S)
        heard = screen.wait_for("You")
        screen.wait_for("Maya")
        program.send_signal(signal.SIGINT)
        screen.close()
        recording.stop()
    (turn,) = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))["turns"]
    assert turn["reply"]["text"] == heard
    assert "Traceback" not in (tmp_path / "stderr").read_text(encoding="utf-8")


def test_settings_that_cannot_be_saved_cost_a_line_and_no_session() -> None:
    with faults.planned("settings@1+:full"):
        room._keep(Delivery(1.15, 0.0), instead_of=Delivery(1.0, 0.0))
    assert not settings_file().exists()


def test_a_plan_that_is_none_is_refused_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(faults.VARIABLE, "disk:full")
    done = rehearse("feedback", "Hello.")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
