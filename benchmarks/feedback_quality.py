"""How far the program agrees with coders: `make bench-feedback`.

    python -m benchmarks.feedback_quality [--corpora FOLDER]

On the test part of `training/replies.jsonl`, as it was written and as the recognizer heard it, beside the rules alone
in the same run. With `--corpora`, the folder of the public corpora that are evaluated on and never shipped, also on
AnnoMI's dev part (Wu et al. 2022) and on the test parts of the advice corpora (Govindarajan et al. 2020). Prints
tables, writes `rehearse/feedback/model/reliability.json`, from which `docs/feedback.md` is made.
"""

import argparse
import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.public_corpora import advice_agreement, annomi_agreement, coded_examples
from rehearse.feedback.coder import code_by_rules, shipped
from rehearse.feedback.codes import Code, CodedReply
from training.corpus import Example, recognized, replies
from training.scores import Agreement, Floats, Truth, agreement, calibration_error, reliability

PUBLIC = ("calibrating", "annomi", "advice")
MODEL = Path(__file__).parent.parent / "rehearse" / "feedback" / "model"
CodeReply = Callable[[str, str], CodedReply]


def main() -> None:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(description="How far the program agrees with coders.")
    parser.add_argument("--corpora", type=Path)
    options = parser.parse_args()
    coder = shipped()
    test = [each for each in replies() if each.part == "test"]
    heard = recognized(test)
    written, noised, ruled = agreed(coder.code, test), agreed(coder.code, heard), agreed(code_by_rules, test)
    print_agreement("as written", written)
    print_agreement("as the recognizer heard it", noised)
    print_agreement("the rules alone, as written", ruled)
    truth = np.array([[code in each.codes for code in Code] for each in test])
    said = np.array([coder.probabilities(each.partner, each.reply) for each in test])
    given = np.array(
        [[code in codes for code in Code] for codes in (coder.code(e.partner, e.reply).codes for e in test)]
    )
    bins = {"all": reliability(truth.ravel(), said.ravel()), "stated": reliability(truth[given], said[given])}
    errors = {name: calibration_error(each) for name, each in bins.items()}
    print(
        f"expected calibration error: {errors['all']:.3f} of all probabilities, {errors['stated']:.3f} of those stated"
    )
    results: dict[str, Any] = {
        "encoder": hashlib.sha256((MODEL / "encoder.npz").read_bytes()).hexdigest(),
        "written": summary(written),
        "recognized": summary(noised),
        "rules": summary(ruled),
        "mistakes": mistakes(test, said, given),
        "calibration_error": rounded(errors),
        "reliability": {name: [rounded(asdict(each)) for each in found] for name, found in bins.items()},
    }
    if options.corpora:
        calibrating = agreed(coder.code, coded_examples(options.corpora / "coded_examples.jsonl"))
        print_agreement("replies coded beforehand, to calibrate coders", calibrating)
        results["calibrating"] = summary(calibrating)
        results["annomi"] = rounded(annomi_agreement(coder, options.corpora / "annomi_dev.jsonl"))
        results["advice"] = {
            name: rounded(advice_agreement(coder, options.corpora / "advice" / f"{name}_test.tsv"))
            for name in ("needadvice", "askparents")
        }
        print(json.dumps({name: results[name] for name in ("annomi", "advice")}, indent=2))
    else:
        results |= measured_before(results["encoder"])
    (MODEL / "reliability.json").write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")


def measured_before(encoder: str) -> dict[str, Any]:
    """What was measured of this encoder on the public corpora, where it was."""
    file = MODEL / "reliability.json"
    known = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    return {name: known[name] for name in PUBLIC if name in known and known["encoder"] == encoder}


def agreed(code: CodeReply, examples: Sequence[Example]) -> Agreement:
    """Of `code` with those who coded `examples`."""
    truth = [{code: each.reply[start:end] for code, start, end in each.evidence} for each in examples]
    return agreement(truth, [code(each.partner, each.reply).evidence for each in examples])


def mistakes(examples: Sequence[Example], said: Floats, given: Truth) -> dict[str, dict[str, list[dict[str, str]]]]:
    """For each code the surest wrong verdict and the plainest miss; `said` and `given` are (examples, codes)."""
    found = {}
    for number, code in enumerate(Code):
        order = np.argsort(said[:, number])
        wrong = [examples[at] for at in order[::-1] if given[at, number] and code not in examples[at].codes]
        missed = [examples[at] for at in order if not given[at, number] and code in examples[at].codes]
        found[str(code)] = {
            kind: [{"partner": each.partner, "reply": each.reply} for each in some[:1]]
            for kind, some in (("wrong", wrong), ("missed", missed))
        }
    return found


def summary(found: Agreement) -> dict[str, Any]:
    """What is kept of it."""
    return {
        "replies": found.replies,
        "macro_f1": round(found.macro_f1, 3),
        "axis_kappa": round(found.axis_kappa, 3),
        "evidence_overlap": round(found.evidence_overlap, 3),
        "axes": {name: rounded(asdict(each)) for name, each in found.axes.items()},
        "codes": {name: rounded(asdict(each)) for name, each in found.codes.items()},
    }


def rounded(figures: dict[str, Any]) -> dict[str, Any]:
    """To three places."""
    return {name: round(each, 3) if isinstance(each, float) else each for name, each in figures.items()}


def print_agreement(name: str, found: Agreement) -> None:
    """As a table."""
    print(f"\n{name}: {found.replies} replies")
    print(f"{'':20}{'n':>5}{'precision':>11}{'recall':>8}{'F1':>7}{'kappa':>7}")
    for code, each in {**found.codes, **found.axes}.items():
        print(f"{code:20}{each.count:5}{each.precision:11.2f}{each.recall:8.2f}{each.f1:7.2f}{each.kappa:7.2f}")
    print(f"macro-F1 {found.macro_f1:.3f}, mean kappa of the axes {found.axis_kappa:.3f}, ", end="")
    print(f"evidence overlap {found.evidence_overlap:.3f}")


if __name__ == "__main__":
    main()
