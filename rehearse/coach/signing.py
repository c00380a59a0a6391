"""A signed file: JSON that anybody can read, of which nothing is parsed before its signature holds.

    {"signed": BODY,
    "signed_by": "64 hexadecimal digits, an Ed25519 public key",
    "signature": "128 hexadecimal digits"}

The signature (Ed25519, RFC 8032) is over `_CONTEXT` and the exact bytes of BODY, so that no two readers can take it
for different things.
"""

import json
import re
from dataclasses import dataclass

from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey
from pydantic import ValidationError

from rehearse.coach.formats import Assignment, Document, Share, Withdrawal, shown
from rehearse.errors import Refused

_CONTEXT = b"rehearse signed 1\n"
"""Keeps a signature from being good for anything else."""
_BEFORE = b'{"signed": '
_AFTER = re.compile(rb',\n"signed_by": "([0-9a-f]{64})",\n"signature": "([0-9a-f]{128})"\}\n')
_AFTER_LENGTH = len(',\n"signed_by": "",\n"signature": ""}\n') + 64 + 128
_FORMATS: dict[str, type[Document]] = {
    "rehearse.assignment": Assignment,
    "rehearse.share": Share,
    "rehearse.withdrawal": Withdrawal,
}
_FORMAT = re.compile(r"(rehearse\.[a-z]+)/([1-9][0-9]{0,5})")
CHANGED = "it was changed on its way, or is not whole; have it sent again, as an attachment"


@dataclass(frozen=True, slots=True)
class Signed:
    """A body whose signature holds."""

    body: bytes
    by: str
    """Whose: an Ed25519 public key in hexadecimal digits."""


def body_of(document: Document) -> bytes:
    """A document as it is signed, and as it is shown before: JSON in the order of its fields, in UTF-8."""
    values = document.model_dump(mode="json", exclude_none=True)
    return json.dumps(values, ensure_ascii=False, indent=1).encode()


def sign(body: bytes, key: SigningKey) -> bytes:
    """The signed file of `body`."""
    signature = key.sign(_CONTEXT + body).signature.hex()
    by = bytes(key.verify_key).hex()
    return _BEFORE + body + f',\n"signed_by": "{by}",\n"signature": "{signature}"}}\n'.encode()


def verify(file: bytes) -> Signed:
    """What `file` holds, by whomever.

    Raises:
        Refused: it was changed, or is no such file.
    """
    end = _AFTER.fullmatch(file[-_AFTER_LENGTH:])
    if not file.startswith(_BEFORE) or end is None:
        if not file.startswith(_BEFORE[:10]):
            raise Refused("it is no file of this program; choose the one that ends in .rehearse-assignment or -share")
        raise Refused(CHANGED)
    body, by = file[len(_BEFORE) : -_AFTER_LENGTH], end[1].decode()
    try:
        VerifyKey(bytes.fromhex(by)).verify(_CONTEXT + body, bytes.fromhex(end[2].decode()))
    except (BadSignatureError, ValueError):
        raise Refused(CHANGED) from None
    return Signed(body, by)


def document_of(signed: Signed) -> Document:
    """What a body says; its signature is that of the one who says it.

    Raises:
        Refused: a newer program made it, it holds what this one does not know, or another has signed it.
    """
    try:
        found = _FORMAT.fullmatch(str(json.loads(signed.body)["format"]))
    except (ValueError, KeyError, TypeError, RecursionError):
        found = None
    if found is None or found[1] not in _FORMATS:
        raise Refused("it says nothing that this program knows; bring the program up to date")
    if found[2] != "1":
        raise Refused(f"a newer program made it ({found[0]}); bring this one up to date")
    try:
        document = _FORMATS[found[1]].model_validate_json(signed.body)
    except ValidationError as error:
        fault = error.errors(include_url=False, include_input=False)[0]
        where = shown(".".join(str(part) for part in fault["loc"]))
        raise Refused(f"`{where}` in it is not as it should be ({fault['msg']}); ask for a new one") from None
    if signed.by != (document.coach.signs if isinstance(document, Assignment) else document.client.key):
        raise Refused("it is forged: another has signed it than it says")
    return document
