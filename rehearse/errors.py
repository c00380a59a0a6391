"""Everything that can go wrong and that a person can do something about.

Every message says the cause and then the fix; the command line prints it as one line and exits with
`exit_status`.

    RehearseError
    ├── ScenarioError
    │   ├── UnknownScenario        no scenario of that name
    │   └── InvalidScenario        a scenario file that does not hold together: file, line, what to write
    ├── AudioFileError             a recording that cannot be read, or holds nothing to hear
    ├── OutputError                a file that cannot be written
    ├── DeviceError
    │   ├── NoDevice               no microphone or no loudspeaker
    │   └── DeviceLost             a device that was there and went
    ├── VoiceError
    │   ├── UnknownVoice           no natural voice of that name
    │   ├── VoiceEngineMissing     no speech synthesis on this system
    │   └── VoiceFailed            the engine hung, crashed or wrote nothing usable
    ├── HearingFailed              speech cannot be transcribed here: too little memory
    ├── WeightsError
    │   ├── UnknownModel           no such Whisper model
    │   ├── WeightsUnreachable     no source of the weights can be reached
    │   └── WeightsCorrupt         a file whose SHA-256 is not the published one
    ├── SessionError               the report of a session that is not there, or cannot be read
    ├── LogError                   the practice log cannot be used
    │   ├── LogLocked              another program is writing it
    │   ├── LogUnwritable          no room, or no permission
    │   └── LogDamaged             its file is not sound
    │       └── WrongPassphrase    or it is encrypted with another passphrase
    ├── CoachError                 a key, an assignment or a share that is not there, or cannot be made
    │   ├── Refused                a file that is not taken: changed, forged, too new, too late
    │   │   └── UnknownCoach       its coach has to be known first
    │   └── PracticeDatabaseError  the database of a practice is away, only to be read, or does not allow it
    ├── RepliesError               the replies given on the command line cannot be used
    ├── SettingsDamaged            the person's settings cannot be read
    ├── EncoderDamaged             the coder's network is missing, or is not what it should be
    ├── ScreenDamaged              the safety screen's network is missing, or is not what it should be
    ├── TooLong                    a reply, or the line it answers, longer than anybody speaks
    └── UsageError                 options that do not go together
"""


class RehearseError(Exception):
    """Base of all errors; catch this to catch everything that `rehearse` raises on purpose."""

    exit_status = 1


class ScenarioError(RehearseError):
    """Something about a scenario."""


class UnknownScenario(ScenarioError):
    """No scenario of that name; the message names the nearest ones."""


class InvalidScenario(ScenarioError):
    """A scenario file that does not hold together; one `FILE:LINE: fault, fix` a line."""


class DrawingFailed(ScenarioError):
    """A scenario cannot be drawn as an image."""


class AudioFileError(RehearseError):
    """A recording that cannot be read, or that holds nothing to hear."""


class OutputError(RehearseError):
    """A file that cannot be written."""


class DeviceError(RehearseError):
    """Something about a sound device."""


class NoDevice(DeviceError):
    """No microphone or no loudspeaker was found."""


class DeviceLost(DeviceError):
    """A device that was open has stopped delivering or taking sound."""

    heard_s = 0.0
    """How much of what was being played had been heard by then."""
    lines_heard = 0
    """How many of the lines that were being spoken had been heard to their end."""


class VoiceError(RehearseError):
    """Something about speech synthesis."""


class UnknownVoice(VoiceError):
    """No natural voice of that name."""


class VoiceEngineMissing(VoiceError):
    """No speech engine can be started on this system."""


class VoiceFailed(VoiceError):
    """The speech engine hung, crashed or wrote nothing usable, also when tried again."""


class HearingFailed(RehearseError):
    """Speech cannot be transcribed on this machine now, also when tried again."""


class WeightsError(RehearseError):
    """Something about Whisper's or Kokoro's weights."""


class UnknownModel(WeightsError):
    """No Whisper model of that name."""


class WeightsUnreachable(WeightsError):
    """None of the places that hold the weights can be reached."""


class WeightsCorrupt(WeightsError):
    """A weights file whose SHA-256 is not the published one."""


class RepliesError(RehearseError):
    """The replies given on the command line cannot be used."""


class SettingsDamaged(RehearseError):
    """The person's settings cannot be read."""


class EncoderDamaged(RehearseError):
    """The coder's network is missing, or is not what it should be."""


class ScreenDamaged(RehearseError):
    """The safety screen's network is missing, or is not what it should be."""


class TooLong(RehearseError):
    """A reply, or the line it answers, longer than anybody speaks."""


class SessionError(RehearseError):
    """The report of a session that is not there, or that cannot be read."""


class LogError(RehearseError):
    """The practice log cannot be used."""


class LogLocked(LogError):
    """Another program is writing the practice log, and takes long."""


class LogUnwritable(LogError):
    """There is no room for the practice log, or no permission to write it."""


class LogDamaged(LogError):
    """The practice log's file is not sound."""


class WrongPassphrase(LogDamaged):
    """The practice log's file is not sound, or is encrypted with another passphrase."""


class CoachError(RehearseError):
    """A key, an assignment or a share that is not there, or that cannot be made."""


class Refused(CoachError):
    """A file from a coach or a client that is not taken; the message says why."""


class UnknownCoach(Refused):
    """The file is sound, and its coach is not known yet: somebody has to compare the key words."""


class PracticeDatabaseError(CoachError):
    """The database of a practice is away, only to be read, or does not allow it."""


class UsageError(RehearseError):
    """Options that do not go together."""

    exit_status = 2


NOT_BY_VOICE = (NoDevice, VoiceError, HearingFailed, WeightsUnreachable, WeightsCorrupt)
"""What makes a conversation by voice impossible here and now: where somebody is at a keyboard, it is held there."""
