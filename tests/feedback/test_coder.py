"""The coder as it ships: the manual's own examples, and what must hold for the files it comes with."""

import hashlib

import pytest

from rehearse.feedback import code_reply
from rehearse.feedback.coder import UNSURE_FROM, shipped
from rehearse.feedback.codes import Code
from rehearse.feedback.language import ENGLISH
from rehearse.feedback.reliability import measured
from tests.conftest import ROOT
from tests.feedback.small_coder import small_coder
from tests.feedback.test_rules import GIVEN, NOT_GIVEN

MODEL = ROOT / "rehearse" / "feedback" / "model"
HURT = "You were on your phone all through dinner. I felt like I was eating alone."


def codes(partner: str, reply: str) -> set[str]:
    return {str(code) for code in code_reply(partner, reply).codes}


def test_the_encoder_is_the_one_that_was_measured() -> None:
    assert measured()["encoder"] == hashlib.sha256((MODEL / "encoder.npz").read_bytes()).hexdigest()


def test_what_ships_is_at_most_30_megabytes_and_no_pickle() -> None:
    assert sum(file.stat().st_size for file in MODEL.iterdir()) <= 30e6
    assert {file.suffix for file in MODEL.iterdir()} == {".npz", ".txt", ".json", ".md"}


def test_what_was_measured_has_not_become_worse() -> None:
    figures = measured()
    written, heard = figures["written"], figures["recognized"]
    assert written["axis_kappa"] >= 0.75
    assert written["macro_f1"] >= 0.72
    assert min(each["f1"] for each in written["codes"].values()) >= 0.5
    assert min(written["evidence_overlap"], heard["evidence_overlap"]) >= 0.9
    assert max(figures["calibration_error"].values()) <= 0.05
    assert heard["macro_f1"] >= 0.72
    assert heard["axis_kappa"] >= 0.73
    assert figures["annomi"]["auc"] >= 0.81


def test_nearly_all_examples_of_the_manual_get_their_codes() -> None:
    right = [codes(partner, reply) == set(given.split()) for partner, reply, given in GIVEN]
    kept = [not codes(partner, reply) & set(never.split()) for partner, reply, never in NOT_GIVEN]
    assert sum(right) >= 0.85 * len(right)
    assert sum(kept) >= 0.85 * len(kept)


@pytest.mark.parametrize(
    ("reply", "code", "words"),
    [
        ("Okay, hang on. You sound worn out! Did he say why?", Code.LABELS_FEELING, "worn out"),
        ("uh yeah so you uh you sat there all evening next to me and i was on the phone", Code.REFLECTS, "sat there"),
        ("I hear you. I put it away too late, and I'm sorry. Shall we eat?", Code.OWNS, "I'm sorry"),
    ],
)
def test_the_evidence_holds_the_words_that_earned_the_code(reply: str, code: Code, words: str) -> None:
    (found,) = [each for each in code_reply(HURT, reply).evidence if each.code is code]
    assert words in found.text
    assert len(found.text) < len(reply)


def test_a_long_reply_is_read_to_its_end() -> None:
    story = "and then the bus came late and the man at the counter sent me back for the form with the stamp on it "
    coded = code_reply(HURT, story * 9 + "and you're right about the phone, I'm sorry, I should have put it away")
    assert Code.OWNS in coded.codes
    (found,) = [each for each in coded.evidence if each.code is Code.OWNS]
    assert "I'm sorry" in found.text


def test_what_is_likely_and_not_likely_enough_is_unsure() -> None:
    coded = [small_coder().code(HURT, f"I was in the garden {place} all day.") for place in range(20)]
    assert any(each.unsure for each in coded)
    for each in coded:
        assert not {found.code for found in each.unsure} & {found.code for found in each.evidence}
        assert all(UNSURE_FROM <= found.confidence < 0.7 for found in each.unsure)


def test_without_a_line_before_it_a_reply_is_coded_all_the_same() -> None:
    coded = code_reply("", "You must be so disappointed.")
    assert coded.language == ENGLISH
    assert coded.codes == {Code.LABELS_FEELING}


def test_probabilities_are_those_of_the_stated_codes() -> None:
    reply = "You sound worn out. What did he say?"
    found = {each.code: each.confidence for each in code_reply("What a day.", reply).evidence}
    said = dict(zip(Code, shipped().probabilities("What a day.", reply), strict=True))
    assert found
    assert all(said[code] == pytest.approx(confidence) for code, confidence in found.items())
    assert not shipped().probabilities("What a day.", " \n").any()
