"""Measure the safety screen on the utterances that were written to test it, and write the table of `docs/safety.md`.

    python -m benchmarks.safety_screen

Everything is measured as a conversation uses it, the patterns and the network together, and once more on copies that
are misheard as the recognizer mishears. The figures are kept in `benchmarks/safety_screen.json`.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random
from statistics import median, quantiles
from time import perf_counter
from typing import Any

from benchmarks.turns.figures import Share
from rehearse.safety import Finding, Screen
from rehearse.screening import screen
from training.corpus import Example, recognized, replies
from training.mishearing import Mishearing

ROOT = Path(__file__).parent.parent
UTTERANCES = ROOT / "tests" / "safety" / "evaluation.jsonl"
FIGURES = ROOT / "benchmarks" / "safety_screen.json"
PAGE = ROOT / "docs" / "safety.md"
BEGIN, END = "<!-- measured -->", "<!-- /measured -->"
DANGEROUS, HARMLESS = ("direct", "indirect"), ("argument", "idiom", "song", "story", "past", "negation")
Look = Callable[[str], Finding | None]


def measure(look: Look, utterances: Sequence[dict[str, str]]) -> dict[str, Any]:
    """Of each form, and of each label and form of what is dangerous: how many set it off, of how many."""
    counts: dict[str, list[int]] = {}
    right = total = 0
    for each in utterances:
        finding = look(each["text"])
        named = each["label"] + (f" {each['direction']}" if each.get("direction") else "")
        for key in (each["form"], f"{named}, {each['form']}") if each["label"] != "none" else (each["form"],):
            tally = counts.setdefault(key, [0, 0])
            tally[0] += finding is not None
            tally[1] += 1
        if finding and each["label"] != "none":
            total += 1
            right += finding.kind == each["label"]
    return {"counts": counts, "kind_right": [right, total]}


def misheard(utterances: Sequence[dict[str, str]]) -> list[dict[str, str]]:
    """As the recognizer would have written them."""
    written = list(replies())
    by_id = {each.id: each.reply for each in written}
    mishearing = Mishearing((by_id[each.id], each.reply) for each in recognized(written))
    chance = Random(1)
    blank = written[0]

    def heard(text: str) -> str:
        example: Example = mishearing.of(replace(blank, reply=text, evidence=()), chance)
        return example.reply

    return [{**each, "text": heard(each["text"])} for each in utterances]


def timed(look: Look, utterances: Sequence[dict[str, str]]) -> dict[str, float]:
    """Milliseconds for one of them, words made into vectors included."""
    took = []
    for each in utterances:
        started = perf_counter()
        look(each["text"])
        took.append(1000 * (perf_counter() - started))
    return {"median_ms": round(median(took), 2), "p95_ms": round(quantiles(took, n=20)[-1], 2)}


def table(figures: dict[str, Any]) -> str:
    """The figures as the page has them."""
    rows = [
        "| what was said | utterances | noticed | 95% interval | misheard | patterns alone |",
        "|:--|--:|--:|:--|--:|--:|",
    ]
    counts, noised, plain = (figures[name]["counts"] for name in ("written", "misheard", "patterns"))
    order = [*DANGEROUS, *sorted(key for key in counts if "," in key), *HARMLESS]
    for key in (each for each in order if each in counts):
        (found, of), (heard, _), (by_pattern, _) = counts[key], noised[key], plain[key]
        low, high = Share(found, of).interval
        name = f"**{key}**" if key in DANGEROUS else f"*{key}* (harmless)" if key in HARMLESS else key.replace("_", " ")
        rows.append(
            f"| {name} | {of} | {found / of:.3f} | {low:.2f}–{high:.2f} | {heard / of:.3f} | {by_pattern / of:.3f} |"
        )
    right, total = figures["written"]["kind_right"]
    time, (alarms, ordinary) = figures["time"], figures["replies"]
    return "\n".join(
        [
            *rows,
            "",
            f"Of what it noticed, {right / total:.0%} was taken for the right kind. Of {ordinary:,} ordinary replies",
            f"(the coder's dev and test parts) {alarms} set it off ({alarms / ordinary:.1%}).",
            f"An utterance takes {time['median_ms']} ms at the median, {time['p95_ms']} ms at the 95th percentile.",
        ]
    )


def main() -> None:
    """Measure, keep, write."""
    utterances = [json.loads(line) for line in UTTERANCES.read_text(encoding="utf-8").splitlines() if line]
    look = screen().look
    for each in utterances[:20]:
        look(each["text"])
    ordinary = [each.reply for each in replies() if each.part != "train"]
    figures = {
        "written": measure(look, utterances),
        "misheard": measure(look, misheard(utterances)),
        "patterns": measure(Screen().look, utterances),
        "replies": [sum(look(each) is not None for each in ordinary), len(ordinary)],
        "time": timed(look, utterances),
    }
    FIGURES.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    page = PAGE.read_text(encoding="utf-8")
    before, _, rest = page.partition(BEGIN)
    PAGE.write_text(f"{before}{BEGIN}\n{table(figures)}\n{END}{rest.partition(END)[2]}", encoding="utf-8")
    print(table(figures))


if __name__ == "__main__":
    main()
