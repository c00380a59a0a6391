"""What is known of the coder's agreement with others: measured by `make bench-feedback`, shipped with the encoder."""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def measured() -> Mapping[str, Any]:
    """The figures, as `benchmarks/feedback_quality.py` wrote them."""
    text = (files(__package__) / "model" / "reliability.json").read_text(encoding="utf-8")
    figures: Mapping[str, Any] = json.loads(text)
    return figures


def right_when_given(part: str = "written") -> float:
    """The share of all verdicts on the test part that a coder had given too: 0–1. `part`: "rules" for what the rules
    alone say."""
    codes = measured()[part]["codes"].values()
    right = [each["recall"] * each["count"] for each in codes]
    given = [hits / each["precision"] for hits, each in zip(right, codes, strict=True) if each["precision"]]
    share: float = sum(right) / sum(given)
    return share
