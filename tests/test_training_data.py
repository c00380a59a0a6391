"""The training data keeps what its data card promises."""

import json
from collections import Counter, defaultdict
from typing import Any

import pytest

from rehearse.feedback.codes import Code
from tests.conftest import ROOT

TRAINING = ROOT / "training"


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (TRAINING / name).read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def replies() -> list[dict[str, Any]]:
    return rows("replies.jsonl")


def test_every_reply_stands_once_and_evidence_is_its_own_words(replies: list[dict[str, Any]]) -> None:
    assert len(replies) >= 4000
    assert len({row["id"] for row in replies}) == len(replies)
    for row in replies:
        for found in row["codes"]:
            assert found["code"] in set(Code)
            assert found["evidence"] in row["reply"], row["id"]


def test_every_code_has_enough_examples_in_every_part(replies: list[dict[str, Any]]) -> None:
    counts = Counter((row["part"], found["code"]) for row in replies for found in row["codes"])
    for code in Code:
        assert counts["train", code] >= 80
        assert counts["test", code] >= 15


def test_no_situation_and_no_partner_line_is_in_two_parts(replies: list[dict[str, Any]]) -> None:
    for key in ("situation", "partner"):
        parts = defaultdict(set)
        for row in replies:
            parts[row[key]].add(row["part"])
        assert all(len(found) == 1 for found in parts.values()), key


def test_every_reply_was_coded_twice_and_settled_where_the_two_differ(replies: list[dict[str, Any]]) -> None:
    def given(name: str) -> dict[str, set[str]]:
        return {row["id"]: {found["code"] for found in row["codes"]} for row in rows(f"codings/{name}.jsonl")}

    first, second, settled = given("first"), given("second"), given("settled")
    for row in replies:
        codes, name = {found["code"] for found in row["codes"]}, row["id"]
        assert codes == (first[name] if first[name] == second[name] else settled[name])
