"""What the person has chosen, kept from one day to the next in `settings.json`."""

from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from rehearse import faults
from rehearse.delivery import FASTEST, LOUDEST_DB, SLOWEST, SOFTEST_DB, Delivery
from rehearse.dialogue import Cue
from rehearse.errors import SettingsDamaged
from rehearse.whole_files import replacing


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class DeviceName(_Part):
    """A device as it is found again: an index changes with the plugs."""

    name: str
    host_api: str


class Settings(_Part):
    """The choices, each with what holds where nothing was chosen. To change one: `model_copy(update=…)`, `save`."""

    microphone: DeviceName | None = None
    """What hears the person; by itself the system's own choice."""
    loudspeaker: DeviceName | None = None
    """What they hear; by itself the system's own choice."""
    headset: bool | None = None
    """Whether the microphone does not hear the loudspeaker; by itself that is told by the device's name."""
    pace: Annotated[float, Field(ge=SLOWEST, le=FASTEST)] = 1.0
    """How fast the voices speak, times their own rate."""
    volume_db: Annotated[float, Field(ge=SOFTEST_DB, le=LOUDEST_DB)] = 0.0
    """How much louder than by itself the program is."""
    waiting: Annotated[float, Field(ge=0.5, le=5)] = 1.0
    """How long a silence may last before it ends a reply, and before somebody says something, times its own length:
    more for who stutters, speaks slowly or searches long for words."""
    silent_cues: frozenset[Cue] = frozenset()
    """The soft sounds that are not to be heard, of: listening, got-it, not-caught, thinking, still-listening, paused,
    microphone-lost, back."""
    words_days: Annotated[int, Field(ge=1)] | None = None
    """After how many days the words of a session are dropped, and its figures kept; by itself never."""
    sound_days: Annotated[int, Field(ge=1)] = 30
    """After how many days the sound of a reply is dropped, where it is kept at all (`--keep-audio`)."""
    partner_voice: str | None = None
    """The voice of every partner; by itself the one that fits the scenario."""
    country: Annotated[str, Field(pattern="^[A-Z]{2}$")] | None = None
    """Where you are, in two capital letters (GB, US, IE), for the numbers of those who help; by itself as the system's
    language says."""
    mode: Literal["guided", "plain", "hard"] = "plain"
    """How scenes are practised: guided, with hints unasked; plain; or hard, with less patience and one second try."""
    mood: bool = True
    """Whether you are asked how you are before and after a session; an empty answer, or none, passes it over."""
    introduced: bool = False
    """Whether the program has explained itself once."""

    @property
    def delivery(self) -> Delivery:
        """How everything is spoken."""
        return Delivery(self.pace, self.volume_db)

    @classmethod
    def load(cls, path: Path) -> Self:
        """The settings kept at `path`; those that hold by themselves where there is no such file.

        Raises:
            SettingsDamaged: the file cannot be read.
        """
        try:
            return cls.model_validate_json(path.read_bytes())
        except FileNotFoundError:
            return cls()
        except (OSError, ValidationError) as error:
            raise SettingsDamaged(f"the settings in {path} cannot be read: mend them, or delete that file") from error

    def save(self, path: Path) -> None:
        """Keep them at `path`, readable by their owner only.

        Raises:
            OutputError: the file cannot be written.
        """
        with replacing(path) as temporary:
            faults.strike("settings")
            temporary.write_text(self.model_dump_json(indent=2) + "\n", encoding="utf-8")
