"""How far the two coders agree: Cohen's kappa for each axis and each code.

python -m training.agreement
"""

import json
from collections.abc import Mapping
from pathlib import Path

from rehearse.feedback.codes import AXES, Code
from training.scores import tally

CODINGS = Path(__file__).parent / "codings"
Codings = Mapping[str, frozenset[Code]]


def read_codings(path: Path) -> dict[str, frozenset[Code]]:
    """The codes that each reply was given, by its id."""
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return {row["id"]: frozenset(Code(found["code"]) for found in row["codes"]) for row in rows}


def kappa(one: Codings, other: Codings, codes: frozenset[Code]) -> float:
    """Cohen's kappa of "has any of `codes`" over the replies that both have coded; 1 where chance alone agrees."""
    ids = sorted(one.keys() & other.keys())
    return tally([bool(one[each] & codes) for each in ids], [bool(other[each] & codes) for each in ids]).kappa


def main() -> None:
    """Print the table."""
    first, second = (read_codings(CODINGS / f"{coder}.jsonl") for coder in ("first", "second"))
    print("| axis or code | replies | κ |\n|:--|--:|--:|")
    groups = {str(axis): codes for axis, codes in AXES.items()} | {f"`{code}`": frozenset({code}) for code in Code}
    for name, codes in groups.items():
        count = sum(bool(given & codes) for given in first.values())
        print(f"| {name} | {count} | {kappa(first, second, codes):.2f} |")
    same = sum(first[each] == second[each] for each in first)
    print(f"\nThe same codes for {same} of {len(first)} replies ({same / len(first):.1%}).")


if __name__ == "__main__":
    main()
