"""The coder: what a reply did, and the words that earned each code.

The encoder judges, with what the rules found among what it reads; its log-odds become probabilities by the calibration
that ships with it, and a code is stated from a probability on that was chosen for it (`training/calibrate.py`).
"""

import logging
from collections.abc import Sequence
from functools import cache
from importlib.resources import as_file, files

import numpy as np

from rehearse import faults
from rehearse.bert import Array
from rehearse.errors import EncoderDamaged, TooLong
from rehearse.feedback.codes import Code, CodedReply, Evidence
from rehearse.feedback.encoder import Encoder, Reading
from rehearse.feedback.language import ENGLISH, language_of
from rehearse.feedback.rules import RuleFindings, find_by_rules
from rehearse.feedback.tokens import Span, Tokens, WordPieces

_log = logging.getLogger(__name__)
_warn_once = cache(_log.warning)

MOST_CHARACTERS = 100_000
"""Of a line or a reply. About two hours of speech: longer than any turn."""
MOST_PIECES = 400
"""Of a reply, as the encoder reads it: about 22,000 words, which take ten seconds."""
ODDS_OF_EVIDENCE = -1.5
"""Log-odds from which on a token belongs to the evidence: the words are then as many as the coders' (dev part)."""
_WITHOUT = (
    "replies are judged by rules alone, and the safety screen, which reads with it, knows plain words alone: it misses "
    "nearly all that is only hinted"
)
UNSURE_FROM = 0.25
"""The probability from which on a code that is not stated is worth a question."""


class Coder:
    """Codes replies. Safe to use from several threads."""

    def __init__(self, encoder: Encoder, pieces: WordPieces) -> None:
        self._encoder = encoder
        self._pieces = pieces

    def code(self, partner: str, reply: str) -> CodedReply:
        """Find the codes of `reply`, said in answer to `partner`'s line; as `code_reply`."""
        _check_length(partner, reply)
        language = language_of(reply)
        if language != ENGLISH:
            return CodedReply(reply, (), language=language)
        rules, readings = self.read(partner, reply)
        if not readings:
            return CodedReply(reply, ())
        stated: list[Evidence] = []
        unsure: list[Evidence] = []
        for number, (code, probability) in enumerate(zip(Code, self._probabilities(readings, rules), strict=True)):
            is_stated = probability >= self._encoder.thresholds[number]
            if is_stated or probability >= UNSURE_FROM:
                start, end = _words_of(number, readings, rules.clauses)
                found = Evidence(code, float(probability), start, end, reply[start:end])
                (stated if is_stated else unsure).append(found)
        return CodedReply(reply, _in_order(stated), _in_order(unsure))

    def probabilities(self, partner: str, reply: str) -> Array:
        """How likely each code is, in the order of `Code`; 0 for all where the reply has no words."""
        rules, readings = self.read(partner, reply)
        return self._probabilities(readings, rules) if readings else np.zeros(len(Code), dtype=np.float32)

    def ends(self, partner: str, reply: str) -> float:
        """How likely it is that a reply that has paused after these words is over; 0 where there are none."""
        _, readings = self.read(partner, reply)
        return self._encoder.ends(readings[-1][1].ends) if readings else 0.0

    def word_vectors(self, said: str) -> list[tuple[Array, tuple[Span, ...]]]:
        """The words of `said`, piece by piece, for another network to read: the vectors of [CLS], its parts and [SEP],
        and the characters of each part; none where there are no words."""
        return [
            (self._encoder.word_vectors((piece.ids[0], *piece.ids[piece.reply_at :])), piece.spans)
            for piece in self._pieces.pieces("", said)
        ]

    def read(self, partner: str, reply: str) -> tuple[RuleFindings, list[tuple[Tokens, Reading]]]:
        """What the rules find in `reply`, and what the encoder makes of it, piece by piece; not yet calibrated."""
        rules = find_by_rules(partner, reply)
        pieces = self._pieces.pieces(partner, reply)
        if len(pieces) > MOST_PIECES:
            raise TooLong("the reply has more words and marks than anybody says in one turn; split it into turns")
        features = rules.features
        return rules, [(piece, self._encoder.read(piece, features)) for piece in pieces]

    def _probabilities(self, readings: list[tuple[Tokens, Reading]], rules: RuleFindings) -> Array:
        """Of a reply in several pieces, the piece in which a code is likeliest counts."""
        logits: Array = np.max([reading.logits for _, reading in readings], axis=0)
        return self._encoder.probabilities(logits, rules.support)


def code_reply(partner: str, reply: str) -> CodedReply:
    """Find the codes of `reply`, said in answer to `partner`'s line ("" when there is none).

    Only English is coded; the language of any other reply is returned in place of codes. The encoder is loaded the
    first time, which takes about a tenth of a second. Where it cannot be, the rules alone judge.

    Raises:
        TooLong: one of them is longer than anybody speaks (`MOST_CHARACTERS`, `MOST_PIECES`).
    """
    _check_length(partner, reply)
    try:
        faults.strike("coder")
        if coder := at_hand():
            return coder.code(partner, reply)
    except (EncoderDamaged, MemoryError):
        _warn_once("the network that codes replies could not be used: what it did not judge the rules judge alone")
    return code_by_rules(partner, reply)


def code_by_rules(partner: str, reply: str) -> CodedReply:
    """What the rules alone make of `reply`; what that is worth stands beside the coder's own figures."""
    language = language_of(reply)
    if language != ENGLISH:
        return CodedReply(reply, (), language=language)
    return CodedReply(reply, find_by_rules(partner, reply).evidence)


@cache
def at_hand() -> Coder | None:
    """`shipped`; None where its encoder is missing, damaged or too large for this machine, as a warning says once."""
    try:
        return shipped()
    except EncoderDamaged as error:
        _log.warning("%s. Until then %s", error, _WITHOUT)
    except MemoryError:
        _log.warning("too little memory for the network that codes replies: %s", _WITHOUT)
    return None


@cache
def shipped() -> Coder:
    """The coder with the encoder that comes with the program.

    Raises:
        EncoderDamaged: that is missing, or is not what it should be.
    """
    with as_file(files(__package__) / "model") as model:
        return Coder(Encoder(model / "encoder.npz"), WordPieces(model / "vocab.txt"))


def _check_length(partner: str, reply: str) -> None:
    for name, text in (("partner's line", partner), ("reply", reply)):
        if len(text) > MOST_CHARACTERS:
            raise TooLong(
                f"the {name} has {len(text):,} characters, more than anybody says in one turn; "
                f"give at most {MOST_CHARACTERS:,}, or split it into turns"
            )


def _in_order(found: list[Evidence]) -> tuple[Evidence, ...]:
    return tuple(sorted(found, key=lambda each: (each.start, each.end, each.code)))


def _words_of(code: int, readings: list[tuple[Tokens, Reading]], clauses: Sequence[Span]) -> Span:
    """Start and end of the words that earned `code`: the clauses in which the stretch with the most log-odds lies."""
    piece, reading = max(readings, key=lambda each: float(each[1].logits[code]))
    first, last = _best_stretch(reading.evidence[:, code] - ODDS_OF_EVIDENCE)
    start, end = piece.spans[first][0], piece.spans[last][1]
    touched = [clause for clause in clauses if clause[0] < end and clause[1] > start]
    return (touched[0][0], touched[-1][1]) if touched else (start, end)


def _best_stretch(worth: Array) -> tuple[int, int]:
    """First and last index of the stretch with the highest sum, never empty (Kadane's algorithm)."""
    best, best_sum = (0, 0), -np.inf
    start, running = 0, 0.0
    for index, value in enumerate(worth):
        if running <= 0:
            start, running = index, 0.0
        running += float(value)
        if running > best_sum:
            best, best_sum = (start, index), running
    return best
