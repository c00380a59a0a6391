"""What of a few people's figures may be told, such that nobody can be told from it.

The rules are the usual ones for tables of few people (Hundepool et al. 2012, Statistical Disclosure Control): the least
number of contributors, dominance, and secondary suppression. What could be computed from two tables that are both told
keeps them, too.
"""

from collections.abc import Mapping, Sequence, Set

FEWEST = 5
"""Of fewer people nothing is told."""
Hidden = None


def distribution(cells: Sequence[int], before: Sequence[int] | None = None) -> list[int | None]:
    """Three cells in order, such as not begun, begun and done, or what may be told of them.

    A cell of 1 to 4 people is hidden, and another one with it, so that it cannot be computed from the rest: the last
    cell is told by itself where it and the others together hold enough people, else the first one, else none. Where all
    are in one cell none is told, either: it would tell of each. `before`: the same as it was told last. If somebody
    could be told from what lies between the two, none is told.
    """
    first, middle, last = cells
    if max(cells) == sum(cells) or (before is not None and not _moves(cells, before)):
        return [Hidden] * 3
    if not any(0 < each < FEWEST for each in cells):
        return [*cells]
    if min(first + middle, last) >= FEWEST:
        return [Hidden, Hidden, last]
    if min(first, middle + last) >= FEWEST:
        return [first, Hidden, Hidden]
    return [Hidden] * 3


def total(values: Mapping[str, int], before: Mapping[str, int] | None = None) -> int | None:
    """The sum over people, where at least `FEWEST` have part in it and nobody more than half. `before`: the same as it
    was told last. What lies between the two keeps that, too, or nothing lies there."""
    if not _spread([*values.values()]):
        return Hidden
    if before is not None:
        between = [values.get(each, 0) - before.get(each, 0) for each in {*values, *before}]
        if any(between) and not _spread([abs(each) for each in between]):
            return Hidden
    return sum(values.values())


def apart(some: Set[str], others: Set[str]) -> bool:
    """Whether nobody can be told from two tables of these people: there are the same in both, none, or enough in one
    and not in the other."""
    return not some & others or all(not 0 < len(only) < FEWEST for only in (some - others, others - some))


def _moves(cells: Sequence[int], before: Sequence[int]) -> bool:
    moved = [now - then for now, then in zip(cells, before, strict=True)]
    if any(0 < abs(each) < FEWEST for each in moved):
        return False
    return sum(each != 0 for each in moved) != 1  # all who are new in one cell


def _spread(values: Sequence[int]) -> bool:
    return sum(each > 0 for each in values) >= FEWEST and 2 * max(values) <= sum(values)
