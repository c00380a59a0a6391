"""Write `docs/feedback.md` and its plot from what `benchmarks/feedback_quality.py` measured.

python -m benchmarks.feedback_page
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from rehearse.feedback.codes import AXES, Code
from rehearse.feedback.reliability import measured

ROOT = Path(__file__).parent.parent
PAGE, PLOT = ROOT / "docs" / "feedback.md", ROOT / "docs" / "reliability.svg"

MEANS = {
    Code.LABELS_FEELING: "a feeling of the partner's is named or guessed",
    Code.NAMES_OWN_FEELING: "a feeling of one's own is named",
    Code.PSEUDO_FEELING: "a judgement of the other is dressed as a feeling",
    Code.REFLECTS: "what was said is given back in other words",
    Code.EXPLORES: "more about the partner's experience is asked for",
    Code.VALIDATES: "the feeling or view is said to make sense, or the event to be hard",
    Code.STAYS_PRESENT: "company or comfort, without solving",
    Code.ASKS_NEED: "what would help is asked, or leave to advise",
    Code.APPRECIATES: "something valued about the partner or the moment is said",
    Code.ADVISES: "advice, a plan or an instruction that nobody asked for",
    Code.ADVISES_WITH_LEAVE: "advice after being asked, or with leave",
    Code.MINIMIZES: "the feeling or the event is played down",
    Code.TURNS_TO_SELF: "it becomes about the speaker",
    Code.OWNS: "a part in it is taken, and not taken back",
    Code.SHARES: "something vulnerable is disclosed",
    Code.TAKES_SPACE: "a break, with the time when it ends",
    Code.DENIES: "the complaint, or any part in it, is rejected",
    Code.EXCUSES: "reasons that ward off blame",
    Code.COUNTERATTACKS: "a complaint returned, blame, criticism",
    Code.CONTEMPT: "mockery, sarcasm, superiority",
    Code.WITHDRAWS: "the topic is shut down or dodged",
}
HEAD = """\
# How far the feedback can be trusted

What an answer did is judged by a small neural network and a set of rules, on this machine. This page says how
often that agrees with coders who read the same replies with the same manual. It is generated (`make bench-feedback`).

A verdict is about words: what was said, not how, and not what was meant. It is stated only where it is likely enough;
below that the debrief says nothing, or asks. Any verdict can be contested (*I don't agree*, or `rehearse contest`), and
is then left out of every figure.
"""
TAIL = """\
## What it must not be used for

- **Judging a person**: not in hiring, custody, court, therapy notes or research on individuals. It knows twenty-one
  moves in single replies, and is wrong about some of them every time somebody practises.
- **Real conversations**, recorded with or without consent. It was made for replies to scripted lines.
- **Diagnosis or risk.** It sees no illness, no danger and no abuse.
- **Languages other than English**, which it says and does not code. Dialects, second-language English and registers
  that its makers did not write are less well known to it, and nobody has measured by how much.
- **Comparing people.** The figures are for seeing one's own change over weeks.

## Where the figures come from

The replies were written for this project and coded twice, blind, by one manual (`training/README.md`); the test part
was never trained on. Its writers and its coders resemble those of the training part more than strangers would, and the
coders are not certified coders of MITI or SPAFF, so expect less on your own words. The recognized copy was spoken by
three synthetic voices and written down by Whisper tiny.en, which misheard every tenth word. AnnoMI (Wu et al. 2022) is
spoken counselling coded by experts, a field and a manual of its own: listening means a reflection or an open question,
fixing means advice, options or negotiation. The advice corpora (Govindarajan et al. 2020) are sentences of online
forums; the training parts of these were trained on, the test parts were not. κ is Cohen's, taken over "has the code or
not".
"""


def main() -> None:
    """Write both files."""
    figures = measured()
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page(figures), encoding="utf-8")
    PLOT.write_text(plot(figures["reliability"]), encoding="utf-8")


def page(figures: Mapping[str, Any]) -> str:
    """The page, as Markdown."""
    return "\n".join([HEAD, *_summary(figures), "", *_codes(figures), "", *_mistakes(figures["mistakes"]), TAIL])


def _summary(figures: Mapping[str, Any]) -> list[str]:
    written, heard, rules = figures["written"], figures["recognized"], figures["rules"]
    error = figures["calibration_error"]
    own = [
        (f"Own test part, {written['replies']} replies, as written", written),
        (f"The same, as the recognizer heard them ({heard['replies']})", heard),
        ("The rules alone, as written", rules),
    ]
    if calibrating := figures.get("calibrating"):
        own.append((f"{calibrating['replies']} replies coded beforehand, to calibrate coders", calibrating))
    lines = ["| | mean κ of the five axes | macro-F1 of the codes | evidence overlaps |", "|:--|--:|--:|--:|"]
    for name, row in own:
        lines.append(f"| {name} | {row['axis_kappa']:.2f} | {row['macro_f1']:.2f} | {row['evidence_overlap']:.0%} |")
    lines += ["", "Evidence overlaps where at least one word of it is also among the coders'.", "", *_public(figures)]
    lines += [
        "## Confidence",
        "",
        f"Expected calibration error on the test part: {error['all']:.3f} over the probabilities of all codes, "
        f"{error['stated']:.3f} over the confidences of the codes that were stated.",
        "",
        "![Reliability: the confidence that was stated against how often it was right](reliability.svg)",
        "",
        "| stated confidence | right | how many |",
        "|--:|--:|--:|",
    ]
    for each in figures["reliability"]["stated"]:
        lines.append(f"| {each['said']:.2f} | {each['true']:.2f} | {each['count']} |")
    return lines


def _public(figures: Mapping[str, Any]) -> list[str]:
    lines = []
    if annomi := figures.get("annomi"):
        lines.append(
            f"| AnnoMI dev, listening against fixing ({annomi['replies']} replies) "
            f"| area under the curve {annomi['auc']:.2f}, macro-F1 {annomi['macro_f1']:.2f} "
            f"(listening {annomi['listening_f1']:.2f}, fixing {annomi['fixing_f1']:.2f}) |"
        )
    for name, row in figures.get("advice", {}).items():
        lines.append(
            f"| {name}, is a sentence advice ({row['sentences']} sentences of its test part) | F1 {row['f1']:.2f} "
            f"(precision {row['precision']:.2f}, recall {row['recall']:.2f}) |"
        )
    return ["| Corpora of others; none of these parts was trained on | |", "|:--|:--|", *lines, ""] if lines else []


def _codes(figures: Mapping[str, Any]) -> list[str]:
    written, heard = figures["written"], figures["recognized"]
    rows = [
        "## Code by code",
        "",
        "| | given when | replies | precision | recall | F1 | κ | F1 heard |\n|:--|:--|--:|--:|--:|--:|--:|--:|",
    ]
    for code in Code:
        each = written["codes"][code]
        rows.append(
            f"| `{code}` | {MEANS[code]} | {each['count']} | {each['precision']:.2f} | {each['recall']:.2f} "
            f"| {each['f1']:.2f} | {each['kappa']:.2f} | {heard['codes'][code]['f1']:.2f} |"
        )
    for axis in AXES:
        each = written["axes"][axis]
        rows.append(
            f"| **{axis}** | | {each['count']} | {each['precision']:.2f} | {each['recall']:.2f} "
            f"| {each['f1']:.2f} | {each['kappa']:.2f} | {heard['axes'][axis]['f1']:.2f} |"
        )
    return rows


def _mistakes(mistakes: Mapping[str, Mapping[str, Sequence[Mapping[str, str]]]]) -> list[str]:
    lines = [
        "## What it gets wrong",
        "",
        "Of each code the surest wrong verdict and the plainest miss in the test part.",
        "",
    ]
    for code, kinds in mistakes.items():
        for kind, words in (("wrong", "was stated and is not there"), ("missed", "was missed")):
            lines += [f"- `{code}` {words}: “{each['partner']}” — “{each['reply']}”" for each in kinds[kind]]
    return [*lines, ""]


def plot(reliability: Mapping[str, Sequence[Mapping[str, float]]]) -> str:
    """The reliability diagram: a circle a bin, its area by its count, on the diagonal where confidence is honest."""
    size, margin = 320, 44
    side = size - 2 * margin

    def at(share: float) -> float:
        return margin + share * side

    circles = []
    for each in reliability["stated"]:
        radius = 2 + each["count"] ** 0.5 / 2
        circles.append(
            f'<circle cx="{at(each["said"]):.1f}" cy="{at(1 - each["true"]):.1f}" r="{radius:.1f}" '
            f'fill="#1f4e79" fill-opacity="0.75"><title>said {each["said"]:.2f}, right {each["true"]:.2f}, '
            f"{each['count']} verdicts</title></circle>"
        )
    ticks = [
        f'<text x="{at(share):.0f}" y="{size - margin + 16}" text-anchor="middle">{share:.1f}</text>'
        f'<text x="{margin - 6}" y="{at(1 - share) + 4:.0f}" text-anchor="end">{share:.1f}</text>'
        for share in (0.0, 0.5, 1.0)
    ]
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" font-family="sans-serif" '
            'font-size="11">',
            "<title>Reliability diagram: stated confidence against the share that was right</title>",
            f'<rect width="{size}" height="{size}" fill="white"/>',
            f'<rect x="{margin}" y="{margin}" width="{side}" height="{side}" fill="none" stroke="#888"/>',
            f'<line x1="{at(0)}" y1="{at(1)}" x2="{at(1)}" y2="{at(0)}" stroke="#888" stroke-dasharray="4 4"/>',
            *ticks,
            f'<text x="{size / 2}" y="{size - 8}" text-anchor="middle">confidence that was stated</text>',
            f'<text transform="translate(12 {size / 2}) rotate(-90)" text-anchor="middle">share that was right</text>',
            *circles,
            "</svg>\n",
        ]
    )


if __name__ == "__main__":
    main()
