"""The coder on corpora that others coded, for other ends: does it tell listening from fixing, and advice from none?"""

import json
from pathlib import Path

import numpy as np

from rehearse.feedback.coder import Coder
from rehearse.feedback.codes import ADVICE, AXES, Axis, Code
from training.corpus import CODES, Example, advice, example_of
from training.scores import area_under_curve, tally

LISTENING = AXES[Axis.LISTENING] | {Code.LABELS_FEELING}
"""AnnoMI's reflections take up feelings too."""
ASKING = "What should I do?"
"""The line that the advice corpora's sentences are taken to answer: those who wrote there had asked."""


def annomi_agreement(coder: Coder, file: Path) -> dict[str, float]:
    """Listening (a reflection, an open question) against fixing (advice, options, negotiation), where one is there.

    A score for the curve: how much likelier listening is than advice. At the shipped thresholds a reply is taken to
    listen or to fix where such a code is stated.
    """
    listens, scores, stated = [], [], []
    for row in map(json.loads, file.read_text(encoding="utf-8").splitlines()):
        is_listening = row["reflection"] != "n/a" or row["question"] == "open"
        is_fixing = row["input"] in {"advice", "options", "negotiation"}
        if is_listening == is_fixing:
            continue
        listens.append(is_listening)
        probability = dict(zip(CODES, coder.probabilities(row["partner"], row["reply"]), strict=True))
        scores.append(max(map(_odds, (probability[c] for c in LISTENING))) - max(_odds(probability[c]) for c in ADVICE))
        stated.append(coder.code(row["partner"], row["reply"]).codes)
    listening = tally(listens, [bool(codes & LISTENING) for codes in stated])
    fixing = tally([not each for each in listens], [bool(codes & ADVICE) for codes in stated])
    return {
        "replies": len(listens),
        "auc": area_under_curve(np.array(listens), np.array(scores)),
        "macro_f1": (listening.f1 + fixing.f1) / 2,
        "listening_f1": listening.f1,
        "fixing_f1": fixing.f1,
    }


def advice_agreement(coder: Coder, file: Path) -> dict[str, float]:
    """Is a sentence advice? At the shipped thresholds."""
    sentences = advice(file)
    given = [bool(coder.code(ASKING, each.reply).codes & ADVICE) for each in sentences]
    found = tally([bool(each.advice) for each in sentences], given)
    return {"sentences": len(sentences), "precision": found.precision, "recall": found.recall, "f1": found.f1}


def coded_examples(file: Path) -> list[Example]:
    """Replies that were coded beforehand, to calibrate whoever codes."""
    return [example_of({"part": "calibrating", **row}) for row in map(json.loads, file.read_text("utf-8").splitlines())]


def _odds(probability: float) -> float:
    return float(np.log(max(probability, 1e-6) / max(1 - probability, 1e-6)))
