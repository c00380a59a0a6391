"""Whether replies lead where a sensible person would expect; one line a scene.

    python -m benchmarks.scene_replies [SCENE …] [--all] [--misses]

For each state people who had not seen the rules wrote three replies that the partner would be glad of and three that go
wrong in the usual ways, to all that the partner may say there. The first two of each were used to mend the rules; the
third one counts. A better one is to lead up: to a state of more worth (`simulation.values`), or to one of the same
worth with the partner's heart the better for it. A worse one is not to, unless the scene ends with it, and not well.
"""

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from ruamel.yaml import YAML

from benchmarks.turns.figures import Share
from rehearse.agent.partner import Partner
from rehearse.agent.simulation import values
from rehearse.feedback.coder import code_reply
from rehearse.scenarios.heart import Heart
from rehearse.scenarios.loader import LIBRARY, load
from rehearse.scenarios.schema import Scenario

FOLDER = Path(__file__).parent
SESSIONS = 1500
SAME = 0.05
"""States whose worth differs by less are level: about two standard errors of it."""
HELD_BACK = 2
"""So many of each three were looked at when the rules were mended."""


@dataclass(frozen=True, slots=True)
class Tried:
    """A reply and where it led."""

    scene: str
    state: str
    to: str
    better: bool
    reply: str
    codes: tuple[str, ...]
    as_expected: bool


def main() -> None:
    """Try them, and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("scenes", nargs="*", metavar="SCENE")
    parser.add_argument("--all", action="store_true", help="those that the rules were mended by, too")
    parser.add_argument("--misses", action="store_true", help="print each that led elsewhere")
    options = parser.parse_args()
    everything: list[Tried] = []
    for path in sorted(FOLDER.glob("*.yaml")):
        if options.scenes and path.stem not in options.scenes:
            continue
        tried = list(try_all(load(LIBRARY / path.name), path, first=0 if options.all else HELD_BACK))
        everything += tried
        print(f"{path.stem:26}{_figures(tried)}", flush=True)
        for each in tried:
            if options.misses and not each.as_expected:
                codes = ", ".join(each.codes) or "nothing"
                print(f"  {each.state} → {each.to}  {'better' if each.better else 'worse'}: {each.reply} ({codes})")
    print(f"{'all':26}{_figures(everything)}")


def try_all(scene: Scenario, path: Path, *, first: int) -> Iterator[Tried]:
    """Each reply in a scene that begins in its state; of every three those from number `first` on."""
    worth = values(scene, sessions=SESSIONS)
    for state, kinds in YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8")).items():
        for kind in ("better", "worse"):
            for reply in kinds[kind][first:]:
                partner = Partner(scene, Random(1), start=state)
                line, before = partner.say().text, partner.heart
                coded = code_reply(line, reply)
                partner.hear(coded)
                gained = worth.get(partner.state, 0.0) - worth.get(state, 0.0)
                up = gained > SAME or (abs(gained) <= SAME and _mood(partner.heart) > _mood(before))
                ends_badly = partner.moment.outcome in {"level", "down"}
                better = kind == "better"
                expected = up if better else not up or ends_badly
                yield Tried(scene.id, state, partner.state, better, reply, tuple(sorted(coded.codes)), expected)


def _mood(heart: Heart) -> int:
    return heart.trust - heart.hurt + heart.energy


def _figures(tried: list[Tried]) -> str:
    parts = []
    for name, better in (("better", True), ("worse", False)):
        hits = [each.as_expected for each in tried if each.better is better]
        parts.append(f"{name} {Share(sum(hits), len(hits))}")
    hits = [each.as_expected for each in tried]
    return "   ".join([*parts, f"together {Share(sum(hits), len(hits))}"])


if __name__ == "__main__":
    main()
