"""Which devices a conversation goes through, and what is remembered of that."""

import io
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

from rehearse.audio import devices
from rehearse.audio.devices import Device
from rehearse.cli.chosen_devices import choose_devices
from rehearse.errors import NoDevice
from rehearse.settings import DeviceName, Settings

BUILT_IN = Device("Built-in", "Core Audio", 2, 2, 48_000, is_default_input=True, is_default_output=True)
BUDS = Device("Ana's Buds", "Core Audio", 1, 2, 44_100, is_default_input=False, is_default_output=False)
BUDS_NAME = DeviceName(name=BUDS.name, host_api=BUDS.host_api)


@pytest.fixture
def plugged(monkeypatch: pytest.MonkeyPatch) -> list[Device]:
    plugged = [BUILT_IN, BUDS]
    monkeypatch.setattr(devices, "list_devices", lambda: plugged)
    return plugged


def chosen(
    kept_at: Path, microphone: str | None = None, loudspeaker: str | None = None
) -> tuple[Device | None, Device | None, str]:
    printed = io.StringIO()
    found = choose_devices(microphone, loudspeaker, kept_at, Console(file=printed, width=200))
    return found.microphone, found.loudspeaker, printed.getvalue()


@pytest.mark.usefixtures("plugged")
def test_without_a_choice_it_is_the_system_s_own_and_nothing_is_kept(tmp_path: Path) -> None:
    assert chosen(tmp_path / "settings.json") == (None, None, "")
    assert not list(tmp_path.iterdir())


@pytest.mark.usefixtures("plugged")
def test_a_choice_by_a_part_of_the_name_is_remembered_by_name_and_host_api(tmp_path: Path) -> None:
    kept_at = tmp_path / "settings.json"
    Settings(pace=1.2, loudspeaker=BUDS_NAME).save(kept_at)
    assert chosen(kept_at, microphone="buds") == (BUDS, BUDS, "")
    assert Settings.load(kept_at) == Settings(pace=1.2, microphone=BUDS_NAME, loudspeaker=BUDS_NAME)
    assert chosen(kept_at) == (BUDS, BUDS, "")
    assert chosen(kept_at, loudspeaker="default") == (BUDS, None, "")
    assert Settings.load(kept_at).loudspeaker is None


def test_a_remembered_device_that_is_away_is_named_and_not_forgotten(tmp_path: Path, plugged: list[Device]) -> None:
    kept_at = tmp_path / "settings.json"
    chosen(kept_at, microphone="buds")
    plugged.remove(BUDS)
    assert chosen(kept_at) == (None, None, "Ana's Buds is not there. I'll use Built-in as the microphone this time.\n")
    plugged.append(BUDS)
    assert chosen(kept_at) == (BUDS, None, "")


@pytest.mark.usefixtures("plugged")
def test_a_name_that_nothing_has_is_refused_and_not_remembered(tmp_path: Path) -> None:
    with pytest.raises(NoDevice):
        chosen(tmp_path / "settings.json", microphone="no such")
    assert not list(tmp_path.iterdir())


def test_a_microphone_like_a_telephone_is_named_beforehand(tmp_path: Path, plugged: list[Device]) -> None:
    plugged[0] = replace(BUILT_IN, default_rate=16_000)
    assert "sounds like a telephone" in chosen(tmp_path / "settings.json")[2]
    assert "sounds like a telephone" not in chosen(tmp_path / "settings.json", microphone="buds")[2]
