"""A journal entry by voice alone: a person of synthetic speech at a virtual headset, from the question to the log."""

from pathlib import Path

import pytest

from rehearse.agent.journaling import KEPT
from rehearse.audio.model_choice import choose
from rehearse.audio.natural_voices import SYSTEM
from rehearse.paths import models_dir, settings_file
from rehearse.practice.database import Database
from rehearse.practice.journal import Journal
from rehearse.settings import Settings
from tests.command import start
from tests.test_front_door import Person
from tests.virtual_sound_card import VirtualSoundCard

pytestmark = [pytest.mark.whisper, pytest.mark.device, pytest.mark.soak]


@pytest.mark.usefixtures("tiny_en_checkpoint")
def test_an_entry_is_spoken_with_pauses_and_kept(sound_card: VirtualSoundCard, tmp_path: Path, own_home: Path) -> None:
    choose("tiny.en", models_dir())
    Settings(headset=True, partner_voice=SYSTEM).save(settings_file())
    with start("journal", folder=tmp_path) as program:
        person = Person(sound_card, program)
        person.hears("Coach")
        person.says("I was very tired today.")
        person.says("My sister came to visit me.")
        person.says("That's it.")
        person.hears("Coach", KEPT[:10])
        person.screen.close()
        person.close()
    assert program.returncode == 0
    database = Database.in_file(own_home / "data" / "practice.db")
    (entry,) = Journal(database).entries()
    database.close()
    assert "tired" in entry.text
    assert "sister" in entry.text
    assert "that's it" not in entry.text.lower()
