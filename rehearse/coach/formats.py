"""What the files between a coach and a client hold: types, versions and limits.

    rehearse.assignment/1   coach → client, signed, readable by anybody      NAME.rehearse-assignment
    rehearse.share/1        client → coach, signed, then encrypted to them   NAME.rehearse-share
    rehearse.withdrawal/1   client → coach, likewise: drop that share        NAME.rehearse-share

No key is passed over: a file with one that this program does not know is refused, rather than read in part. So a new
key is a new version. A text holds no control characters: it is shown on terminals, and spoken.
"""

import base64
import binascii
import unicodedata
from datetime import UTC, date, datetime
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    FiniteFloat,
    PlainSerializer,
    PlainValidator,
    StringConstraints,
    WithJsonSchema,
    model_validator,
)

from rehearse.feedback.codes import MISSED, Axis, Code
from rehearse.scenarios.parts import Name

MAX_ASSIGNMENT_BYTES = 3 * 1024 * 1024
"""A scene takes at most 256 KiB, a voice note 1.5 MiB, and a third more as Base64."""
MAX_SHARE_BYTES = 96 * 1024 * 1024
"""Some hours of speech as FLAC; what is larger no mailbox takes."""
MAX_VOICE_NOTE_BYTES = 1536 * 1024
"""Two minutes or so as FLAC, ten as Ogg."""
_CODEPOINTS_THAT_HIDE = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\u200e\u200f\ufeff")
"""They change the order in which a line is shown, or show nothing."""


def has_hidden(text: str) -> bool:
    """Whether `text` holds something that a reader does not see, such as what commands a terminal."""
    return any(
        (unicodedata.category(each) in {"Cc", "Cs", "Co"} and each != "\n") or each in _CODEPOINTS_THAT_HIDE
        for each in text
    )


def plain(text: str) -> str:
    """`text` as it can be shared: tabs and line ends in one way, and what nobody sees left out."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").expandtabs(4)
    return "".join(each for each in lines if not has_hidden(each))


def shown(text: str) -> str:
    """`text` from somebody else for a message: nothing hidden, and not long."""
    return "".join(each if each.isprintable() else "?" for each in text)[:400]


def _without_hidden(text: str) -> str:
    if has_hidden(text):
        raise ValueError("control characters are not allowed; write plain text")
    return text


def _one_line(text: str) -> str:
    if "\n" in text:
        raise ValueError("this is one line; take the line break out")
    return text


def _bytes(given: Any) -> bytes:
    if isinstance(given, bytes):
        return given
    try:
        return base64.b64decode(given, validate=True)
    except (TypeError, ValueError, binascii.Error):
        raise ValueError("this is no Base64") from None


def _in_utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(microsecond=0)


Words = Annotated[
    str, StringConstraints(min_length=1, max_length=4000, strip_whitespace=True), AfterValidator(_without_hidden)
]
"""A text of several lines."""
LongText = Annotated[str, StringConstraints(min_length=1, max_length=100_000), AfterValidator(_without_hidden)]
Title = Annotated[
    str,
    StringConstraints(min_length=1, max_length=80, strip_whitespace=True),
    AfterValidator(_without_hidden),
    AfterValidator(_one_line),
]
Moment = Annotated[AwareDatetime, AfterValidator(_in_utc)]
"""To the second, in UTC: the zone would tell a place."""
Data = Annotated[
    bytes,
    PlainValidator(_bytes),
    PlainSerializer(lambda data: base64.b64encode(data).decode(), return_type=str),
    WithJsonSchema({"type": "string", "contentEncoding": "base64"}),
]
Key = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
"""An Ed25519 public key: who signed."""
FileId = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16}$")]
"""Drawn at random: what a file is known by, however often and in whatever order it comes."""
Ref = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16}$")]
"""A session of a client's, as one coach knows it: the same in every share, and nothing to anybody else."""
Count = Annotated[int, Field(ge=0, le=1_000_000)]
CodeName = Code | Literal["missed"]
"""A code, or that the feeling in the line was left for later."""
assert MISSED == "missed"


class Part(BaseModel):
    """A mapping of a file."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Coach(Part):
    """A coach, as their files show them. The two keys together are what the key words stand for."""

    name: Title
    signs: Key
    """What they sign with."""
    opens: Annotated[str, StringConstraints(pattern=r"^age1[02-9ac-hj-np-z]{58}$")]
    """What is encrypted to them: an age recipient."""


class VoiceNote(Part):
    """The coach's note, spoken."""

    media: Literal["flac", "ogg"]
    sound: Annotated[Data, Field(max_length=MAX_VOICE_NOTE_BYTES)]


class Correction(Part):
    """What the coach sees otherwise than the coder, of something that they were shown. It holds no words of the
    client's, as an assignment is not encrypted."""

    ref: Ref
    """The session's."""
    turn: Annotated[int, Field(ge=0, le=1000)]
    """Of those that count, from 0."""
    code: CodeName
    """What does not hold."""
    instead: Code | None = None
    """What the coach heard."""
    note: Words | None = None


class Assignment(Part):
    """What a coach asks somebody to practise."""

    format: Literal["rehearse.assignment/1"] = "rehearse.assignment/1"
    id: FileId
    made_at: Moment
    coach: Coach
    note: Words
    """What to do and what for, in the coach's words."""
    scenario: Name
    scene: Annotated[str, StringConstraints(max_length=256 * 1024)] | None = None
    """The scenario's file, where it is the coach's own and travels along."""
    skill: Axis | None = None
    mode: Literal["guided", "plain", "hard"] | None = None
    times: Annotated[int, Field(ge=1, le=100)] = 1
    until: date | None = None
    """The last day."""
    good_try: Words | None = None
    """What a good try looks like."""
    voice_note: VoiceNote | None = None
    cohort: Name | None = None
    """The group that it is for."""
    corrections: Annotated[tuple[Correction, ...], Field(max_length=500)] = ()


class Client(Part):
    """Whoever shares. They have another key for every coach."""

    key: Key
    name: Title | None = None
    """What they wish to be called."""


class OfACode(Part):
    """How often something was done, and in how many replies it could have been."""

    count: Count
    of: Count

    @model_validator(mode="after")
    def _no_more_than_all(self) -> Self:
        if self.count > self.of:
            raise ValueError("more than there were occasions for")
        return self


class Figures(Part):
    """What was done, in counts. None: there was no occasion, or it was not rated."""

    labels: OfACode | None = None
    """Replies that named a feeling."""
    granular: OfACode | None = None
    """Of these, with a specific word."""
    listening: OfACode | None = None
    fixing: OfACode | None = None
    defensive: OfACode | None = None
    """Of the lines that one can get defensive about."""


class Week(Part):
    """The practice of a week, with what is not shown otherwise; without what is private."""

    begins: date
    """A Monday."""
    sessions: Count
    completed: Count
    """Played to an ending."""
    turns: Count
    retries: Count
    """Replies that were tried again."""
    minutes: Annotated[FiniteFloat, Field(ge=0)]
    figures: Figures


class Try(Part):
    """A session of which the client has said that it counts, or which they have picked."""

    ref: Ref
    day: date
    scenario: Name | None = None
    """None: a scene of their own, whose name is theirs."""
    mode: Annotated[str, StringConstraints(pattern=r"^[a-z]{1,20}$")]
    counts: bool
    completed: bool
    ending: Name | None = None
    """None: before one, or a scene of their own."""
    turns: Count
    retries: Count
    minutes: Annotated[FiniteFloat, Field(ge=0)]
    figures: Figures


class Progress(Part):
    """How far an assignment of this coach's has come."""

    assignment: FileId
    done: Count
    of: Count
    open: bool


class Heard(Part):
    """What the coder made of a reply."""

    code: CodeName
    confidence: Annotated[FiniteFloat, Field(ge=0, le=1)] | None = None
    """The probability that a human coder would give the code too; `missed` has none."""
    contested: bool = False
    """Whether the client does not agree."""


class Said(Part):
    """A line and what was answered. Names of people are masked, but for those of the scene."""

    turn: Annotated[int, Field(ge=0, le=1000)]
    """From 0, of those that count; one that was tried again has the number of the one that took its place."""
    line: LongText | None = None
    """None: the person spoke first."""
    reply: LongText
    codes: Annotated[tuple[Heard, ...], Field(max_length=40)] = ()
    retried: bool = False
    """Whether it was tried again."""


class Quote(Said):
    """One of a session's."""

    ref: Ref


class Transcript(Part):
    """All that was said in a session, in order of time."""

    ref: Ref
    partner: Title | None = None
    """None: of a scene of the client's own."""
    said: Annotated[tuple[Said, ...], Field(max_length=1000)]


class Recording(Part):
    """How a reply sounded. Nothing in it is masked."""

    ref: Ref
    turn: Annotated[int, Field(ge=0, le=1000)]
    flac: Data


class JournalEntry(Part):
    """What the client wrote for themselves, and shows."""

    day: date
    question: Words | None = None
    text: LongText


class Share(Part):
    """What a client shows their coach, and nothing else."""

    format: Literal["rehearse.share/1"] = "rehearse.share/1"
    id: FileId
    number: Annotated[int, Field(ge=1, le=100_000)]
    """From 1 on, one after the other: a coach sees that one is missing, or came late."""
    made_at: Moment
    client: Client
    coach: Key
    """Whom it is for, so that they cannot pass it on as if it had been for another."""
    since: date | None = None
    """The first day that it is about; None: from the beginning."""
    until: date
    """The last one."""
    weeks: Annotated[tuple[Week, ...], Field(max_length=1000)] = ()
    progress: Annotated[tuple[Progress, ...], Field(max_length=500)] = ()
    tries: Annotated[tuple[Try, ...], Field(max_length=5000)] = ()
    hard: Words | None = None
    """What they found hard, in their own words."""
    says: Words | None = None
    """What else they want to say."""
    asks: Annotated[tuple[Words, ...], Field(max_length=20)] = ()
    """Their questions."""
    quotes: Annotated[tuple[Quote, ...], Field(max_length=500)] = ()
    transcripts: Annotated[tuple[Transcript, ...], Field(max_length=200)] = ()
    recordings: Annotated[tuple[Recording, ...], Field(max_length=500)] = ()
    journal: Annotated[tuple[JournalEntry, ...], Field(max_length=500)] = ()


class Withdrawal(Part):
    """A client takes a share back: whatever the coach's program holds of it is dropped."""

    format: Literal["rehearse.withdrawal/1"] = "rehearse.withdrawal/1"
    id: FileId
    made_at: Moment
    client: Client
    coach: Key
    share: FileId
    """The one that is withdrawn, also when it comes later than this."""


Document = Assignment | Share | Withdrawal
