"""Where a conversation by voice cannot be, every entrance leads to the keyboard."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NoReturn

import pytest
import typer
from rich.console import Console

from rehearse.agent.journaling import ENTRY, journaling
from rehearse.agent.partner import Mode
from rehearse.cli import asking, front, practice
from rehearse.cli.keeping import AtTheEnd
from rehearse.dialogue import Reply
from rehearse.errors import HearingFailed, NoDevice, RehearseError, UnknownModel, VoiceEngineMissing, WeightsUnreachable
from rehearse.stage import Cast
from tests.agent.test_loop import FakeEar, FakeMouth, reply
from tests.scenes import LIBRARY

LACKS = [VoiceEngineMissing("no engine"), WeightsUnreachable("offline"), NoDevice("no device"), HearingFailed("full")]
A_LONG_DAY, HURT = reply("It was a long day."), reply("he hit me")


def fails(error: RehearseError) -> Callable[..., NoReturn]:
    """A function that always raises this."""

    def fail(*_: object, **__: object) -> NoReturn:
        raise error

    return fail


@pytest.fixture(params=LACKS, ids=lambda lack: type(lack).__name__)
def lack(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> RehearseError:
    """Why there is no voice; somebody is at a keyboard."""
    for entrance in (asking, front, practice):
        monkeypatch.setattr(entrance, "at_keyboard", lambda: True)
    found: RehearseError = request.param
    return found


def test_questions_are_asked_there(lack: RehearseError, monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[dict[str, str]] = []
    at_headset(monkeypatch, FakeEar(), lack)
    asking.ask(lambda typed, _: journaling("What stayed?", typed=typed), kept.append, Console(quiet=True), text=False)
    assert kept == [{ENTRY: "Typed."}]


@pytest.mark.parametrize(("said", "kept_then"), [(A_LONG_DAY, [{ENTRY: "It was a long day."}]), (HURT, [])])
def test_but_not_twice_nor_after_a_finding(
    said: Reply, kept_then: list[dict[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: list[dict[str, str]] = []
    monkeypatch.setattr(asking, "at_keyboard", lambda: True)
    at_headset(monkeypatch, FakeEar(said, HearingFailed))
    with pytest.raises(typer.Exit if said is HURT else HearingFailed):
        asking.ask(lambda typed, _: journaling("?", typed=typed), kept.append, Console(quiet=True), text=False)
    assert kept == kept_then


def at_headset(monkeypatch: pytest.MonkeyPatch, ear: FakeEar, lack: RehearseError | None = None) -> None:
    """Let there be a headset, unless there is a `lack`; and one line at the keyboard."""

    @contextmanager
    def by_voice(_: Console) -> Iterator[Cast]:
        if lack:
            raise lack
        yield Cast(FakeMouth(), ear)

    @contextmanager
    def by_keyboard(_: str) -> Iterator[Cast]:
        yield Cast(FakeMouth(), FakeEar(reply("Typed.")))

    monkeypatch.setattr(asking, "coach_at_headset", by_voice)
    monkeypatch.setattr(asking, "keyboard", by_keyboard)


def test_the_door_opens_there(
    lack: RehearseError, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    visits: list[bool] = []
    monkeypatch.setattr(front, "_by_voice", fails(lack))
    monkeypatch.setattr(front, "_visit", lambda *_, typed: visits.append(typed))
    front.start()
    assert visits == [True]
    assert f"{lack}; going on by keyboard" in capsys.readouterr().err


def test_a_scene_is_played_there(lack: RehearseError, monkeypatch: pytest.MonkeyPatch) -> None:
    played: list[str] = []
    monkeypatch.setattr(practice, "choose_devices", fails(lack))
    monkeypatch.setattr(practice, "by_keyboard", lambda scene, *_, **__: played.append(scene.id))
    practice.by_voice(LIBRARY["hard-day"], 1, Mode.PLAIN, AtTheEnd(print), practice.ByVoice())
    assert played == ["hard-day"]


def test_a_model_that_is_none_is_a_mistake(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(practice, "choose_devices", fails(UnknownModel("no such model")))
    with pytest.raises(UnknownModel):
        practice.by_voice(LIBRARY["hard-day"], 1, Mode.PLAIN, AtTheEnd(print), practice.ByVoice(model="huge"))
