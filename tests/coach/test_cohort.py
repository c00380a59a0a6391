"""A group is told in sums, from which nobody in it can be told."""

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rehearse.coach.caseload import Record
from rehearse.coach.cohort import Aggregate, Cohort, aggregate, numbers
from rehearse.coach.disclosure import FEWEST, distribution, total
from rehearse.coach.formats import Assignment, Figures, OfACode
from rehearse.errors import CoachError
from tests.shared import AT, assignment, progress, record, share, tried

SECRET = "5e" * 32
ASKED = assignment(1, cohort="group")
AGAIN = assignment(2, cohort="group")


def person(number: int, done: int = 1, *, asked: Sequence[Assignment] = (ASKED,), listened: int = 4) -> Record:
    tries = tuple(
        tried(f"{number:08x}{each:08x}", figures=Figures(listening=OfACode(count=listened, of=9)))
        for each in range(done)
    )
    return record(
        share(
            key=f"{number:064x}",
            name=f"Person {number}",
            tries=tries,
            progress=tuple(progress(each, done) for each in asked),
        )
    )


def told(path: Path, people: Sequence[Record], asked: Sequence[Assignment] = (ASKED,)) -> list[Aggregate | None]:
    return [found for _, found in Cohort(path, SECRET).tell(asked, people, AT)]


def test_of_five_people_sums_are_told(tmp_path: Path) -> None:
    (found,) = told(tmp_path / "group.json", [person(each, 1 + each // 5) for each in range(10)])
    assert found is not None
    assert (found.people, found.none, found.some, found.all) == (
        10,
        None,
        None,
        None,
    )  # all have begun, none has done it
    (found,) = told(tmp_path / "other.json", [person(each, 3 * (each % 2)) for each in range(10)])
    assert found is not None
    assert (found.none, found.some, found.all, found.tries) == (5, 0, 5, 15)
    assert found.skills["listening"] == OfACode(count=60, of=135)
    assert found.skills["labels"] is None


@pytest.mark.parametrize("count", range(FEWEST))
def test_of_fewer_nothing_is_told(tmp_path: Path, count: int) -> None:
    assert told(tmp_path / "group.json", [person(each) for each in range(count)]) == [None]


def test_who_does_not_share_their_progress_has_no_part(tmp_path: Path) -> None:
    people = [*(person(each) for each in range(4)), person(4, asked=())]
    assert told(tmp_path / "group.json", people) == [None]


def test_what_one_person_did_most_of_is_hidden() -> None:
    people = [*(person(each, 1, listened=1) for each in range(5)), person(5, 3, listened=9)]
    found, _ = aggregate(numbers(ASKED, people), {}, AT)
    assert found.skills["listening"] is None  # 27 of 32 are one person's
    assert found.replies == 72


def test_what_only_few_did_is_hidden() -> None:
    people = [*(person(each, 0) for each in range(8)), *(person(8 + each, 1) for each in range(4))]
    found, _ = aggregate(numbers(ASKED, people), {}, AT)
    assert (found.people, found.tries, found.replies, found.retried) == (12, None, None, None)


def test_no_hidden_cell_can_be_computed_even_by_who_knows_the_rule() -> None:
    for people in range(FEWEST, 26):
        tables = defaultdict(list)
        for none in range(people + 1):
            for some in range(people + 1 - none):
                cells = [none, some, people - none - some]
                tables[tuple(distribution(cells))].append(cells)
        for shown, possible in tables.items():
            for place, cell in enumerate(shown):
                assert cell is None or cell == 0 or cell >= FEWEST
                assert cell is not None or len({each[place] for each in possible}) > 1, (shown, possible)


@pytest.mark.parametrize(
    ("cells", "before", "told"),
    [
        ([5, 0, 6], None, [5, 0, 6]),
        ([5, 3, 3], None, [5, None, None]),
        ([3, 3, 5], None, [None, None, 5]),
        ([9, 2, 7], None, [None, None, 7]),
        ([3, 9, 3], None, [None, None, None]),
        ([6, 0, 3], None, [None, None, None]),
        ([11, 0, 0], None, [None, None, None]),
        ([9, 0, 6], [5, 0, 5], [None, None, None]),  # of five who are new, one has done it
        ([5, 0, 10], [5, 0, 5], [None, None, None]),  # all five who are new have
        ([10, 0, 10], [5, 0, 5], [10, 0, 10]),
        ([5, 5, 5], [10, 0, 5], [5, 5, 5]),
        ([5, 0, 6], [5, 0, 6], [5, 0, 6]),
    ],
)
def test_a_cell_is_hidden_that_tells_on_somebody(
    cells: list[int], before: list[int] | None, told: list[int | None]
) -> None:
    assert distribution(cells, before) == told


def test_a_sum_needs_five_and_nobody_with_more_than_half_also_in_what_is_new_of_it() -> None:
    people = dict.fromkeys("012345", 2)
    assert total(people) == 12
    assert total({**people, "6": 12}) == 24
    assert total({**people, "6": 13}) is None
    assert total({"0": 1, "1": 1, "2": 1, "3": 1, "4": 0}) is None
    assert total(people, people) == 12
    assert total({**people, "0": 3}, people) is None
    assert total(dict.fromkeys(people, 3), people) == 18


def test_until_five_have_changed_the_last_one_is_told_again(tmp_path: Path) -> None:
    path = tmp_path / "group.json"
    people = [person(each, 3 * (each % 2)) for each in range(10)]
    first = told(path, people)
    assert told(path, [*people, *(person(10 + each, 3) for each in range(4))]) == first
    assert told(path, [*(person(each, 1) for each in range(4)), *people[4:]]) == first
    (later,) = told(path, [*people, *(person(10 + each, 3) for each in range(5))])
    assert later is not None
    assert later.people == 15


def test_who_has_withdrawn_is_in_nothing_that_is_told(tmp_path: Path) -> None:
    path = tmp_path / "group.json"
    people = [person(each, 3 * (each % 2)) for each in range(10)]
    told(path, people)
    assert told(path, people[1:]) == [None]
    assert told(path, people[1:]) == [None]
    assert told(path, people) == [None]  # nor does it come back, as if nothing had been
    (later,) = told(path, [*people[1:], *(person(10 + each, 3) for each in range(5))])
    assert later is not None
    assert later.people == 14


def test_two_assignments_of_nearly_the_same_people_are_not_told_side_by_side(tmp_path: Path) -> None:
    both = [person(each, 3 * (each % 2), asked=(ASKED, AGAIN)) for each in range(10)]
    one_more = [*both, person(10, 3, asked=(AGAIN,))]
    first, second = told(tmp_path / "a.json", one_more, (ASKED, AGAIN))
    assert first is not None
    assert second is None
    five_more = [*both, *(person(10 + each, 3, asked=(AGAIN,)) for each in range(5))]
    assert None not in told(tmp_path / "b.json", five_more, (ASKED, AGAIN))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.dictionaries(st.integers(0, 12), st.integers(0, 3), max_size=12), min_size=2, max_size=6))
def test_two_that_were_told_never_differ_by_fewer_than_five(
    tmp_path_factory: pytest.TempPathFactory, days: list[dict[int, int]]
) -> None:
    path = tmp_path_factory.mktemp("cohort") / "group.json"
    before: tuple[Aggregate, dict[int, int]] | None = None
    for now in days:
        (found,) = told(path, [person(each, done) for each, done in now.items()])
        if found is None:
            continue
        if before and found != before[0]:
            changed = [each for each in {*now, *before[1]} if now.get(each) != before[1].get(each)]
            assert len(changed) >= FEWEST
        if before is None or found != before[0]:
            before = found, now


def test_the_file_names_nobody(tmp_path: Path) -> None:
    path = tmp_path / "group.json"
    told(path, [person(each) for each in range(9)])
    assert all(f"{each:064x}"[:32] not in path.read_text() for each in range(9))
    assert Cohort(path, SECRET)
    path.write_text("{")
    with pytest.raises(CoachError, match="backup"):
        Cohort(path, SECRET)
