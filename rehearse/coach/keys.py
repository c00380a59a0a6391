"""The keys of a coach and of a client. They stay on their machine, in files that only their owner may read.

What a client signs with, and how their sessions are called, differs from coach to coach: two coaches who lay their
files side by side do not see that it is the same person. Signing is Ed25519 by PyNaCl, which is libsodium: age has no
signatures, and what PyNaCl needs is installed for `sounddevice` already.
"""

import hashlib
import json
import secrets
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, TypeVar

import pyrage
from nacl.signing import SigningKey
from pydantic import BaseModel, ConfigDict, ValidationError

from rehearse.coach.formats import Coach, Key, Title
from rehearse.coach.key_words import key_words
from rehearse.errors import CoachError, Refused
from rehearse.whole_files import replacing

COACH_FILE, CLIENT_FILE = "coach-keys.json", "client-key.json"


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class CoachKeys(_File):
    """What a coach signs and opens with."""

    format: Literal["rehearse.coach-keys/1"] = "rehearse.coach-keys/1"
    name: Title
    signs: Key
    """Secret."""
    opens: str
    """Secret."""

    @property
    def coach(self) -> Coach:
        """What others may know of them."""
        recipient = pyrage.x25519.Identity.from_str(self.opens).to_public()
        return Coach(name=self.name, signs=bytes(self.signing.verify_key).hex(), opens=str(recipient))

    @property
    def signing(self) -> SigningKey:
        """What they sign with."""
        return SigningKey(bytes.fromhex(self.signs))

    def decrypt(self, file: bytes) -> bytes:
        """What was encrypted to them.

        Raises:
            Refused: it was to somebody else, or was changed.
        """
        try:
            content: bytes = pyrage.decrypt(file, [pyrage.x25519.Identity.from_str(self.opens)])
        except (pyrage.DecryptError, OSError, ValueError):
            raise Refused("it was not encrypted to your key, or was changed on its way; have it sent again") from None
        return content


class ClientKey(_File):
    """What a client's keys are made from."""

    format: Literal["rehearse.client-key/1"] = "rehearse.client-key/1"
    secret: Key

    def signing(self, coach: str) -> SigningKey:
        """What they sign with for the coach who has that public key."""
        return SigningKey(self._derived(b"signs", coach.encode(), 32))

    def public(self, coach: str) -> str:
        """What that coach knows them by."""
        return bytes(self.signing(coach).verify_key).hex()

    def ref(self, coach: str, began_at: datetime) -> str:
        """What that coach knows the session by that began then."""
        return self._derived(b"session", f"{coach} {began_at.astimezone(UTC).isoformat()}".encode(), 8).hex()

    def _derived(self, what: bytes, of: bytes, length: int) -> bytes:
        return hashlib.blake2b(of, digest_size=length, key=bytes.fromhex(self.secret), person=what).digest()


def make_coach_keys(folder: Path, name: str) -> CoachKeys:
    """New keys for a coach, kept in `folder`.

    Raises:
        CoachError: there are some already, or the name is none.
        OutputError: they cannot be written.
    """
    path = folder / COACH_FILE
    if path.exists():
        raise CoachError(
            f"you have keys already, in {path}; with new ones you could not read what is sent to these. If you do want "
            "new ones, move that file away first"
        )
    try:
        keys = CoachKeys(name=name, signs=secrets.token_hex(32), opens=str(pyrage.x25519.Identity.generate()))
    except ValidationError:
        raise CoachError("a name has 1 to 80 characters, in one line; give another with --name") from None
    _write(path, keys)
    return keys


def coach_keys(folder: Path) -> CoachKeys:
    """Those in `folder`.

    Raises:
        CoachError: there are none, or they are damaged.
    """
    path = folder / COACH_FILE
    if not path.exists():
        raise CoachError("you have no coach's keys yet; make them with `rehearse coach init`")
    keys = _read(path, CoachKeys)
    try:
        keys.coach  # noqa: B018  says whether they are keys
    except (pyrage.IdentityError, ValueError):
        raise _damaged(path) from None
    return keys


def client_key(folder: Path) -> ClientKey:
    """The one in `folder`, made where there is none.

    Raises:
        CoachError: it is damaged.
        OutputError: it cannot be written.
    """
    path = folder / CLIENT_FILE
    if path.exists():
        return _read(path, ClientKey)
    key = ClientKey(secret=secrets.token_hex(32))
    _write(path, key)
    return key


def encrypt(content: bytes, to: Coach) -> bytes:
    """`content`, such that only that coach can read it; as text, which every mail program leaves as it is.

    Raises:
        CoachError: the coach's key is none.
    """
    try:
        encrypted: bytes = pyrage.encrypt(content, [pyrage.x25519.Recipient.from_str(to.opens)], armored=True)
    except (pyrage.RecipientError, pyrage.EncryptError):
        raise CoachError(f"the key of {to.name} cannot be used; ask them for a new assignment") from None
    return encrypted


def words_of_coach(coach: Coach) -> str:
    """The words by which somebody knows that it is this coach: they stand for both keys."""
    return key_words(f"{coach.signs} {coach.opens}")


_Keys = TypeVar("_Keys", bound=_File)


def _read(path: Path, kind: type[_Keys]) -> _Keys:
    try:
        return kind.model_validate_json(path.read_bytes())
    except (ValidationError, OSError):
        raise _damaged(path) from None


def _damaged(path: Path) -> CoachError:
    return CoachError(f"{path} cannot be read as keys; bring it back from a backup")


def _write(path: Path, keys: _File) -> None:
    with replacing(path) as temporary:
        temporary.write_text(json.dumps(keys.model_dump(mode="json"), indent=1) + "\n", encoding="utf-8")
