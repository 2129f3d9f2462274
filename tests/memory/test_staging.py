"""Readings come back by series whatever their order, from memory and from temporary files alike."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from memory.raw_rows import Block
from memory.staging import RawSeries, Staging, joined


def block(rows: list[tuple[int, int]], line: int) -> Block:
    """Return a block of (series, moment), each reading worth its line."""
    series, at = (np.array([row[n] for row in rows], np.int64) for n in (0, 1))
    lines = np.arange(line, line + len(rows))
    return Block(series, at, lines.astype(float), lines, [], len(rows))


@settings(max_examples=50, deadline=None)
@given(
    blocks=st.lists(st.lists(st.tuples(st.integers(0, 200), st.integers(0, 50)), max_size=30), max_size=8),
    held=st.integers(1, 100),
)
def test_every_reading_comes_back_once_by_time_and_line(blocks: list[list[tuple[int, int]]], held: int) -> None:
    wanted: dict[int, list[tuple[int, int]]] = {}
    with Staging(held_readings=held) as staging:
        line = 0
        for rows in blocks:
            staging.add(block(rows, line))
            for n, (series, at) in enumerate(rows):
                wanted.setdefault(series, []).append((at, line + n))
            line += len(rows)
        for series in sorted(range(202), key=staging.order):
            found = staging.readings(series)
            assert list(zip(found.at.tolist(), found.lines.tolist(), strict=True)) == sorted(wanted.get(series, []))
            assert found.values.tolist() == found.lines.tolist()


def test_series_of_one_meter_are_joined_by_time_and_line() -> None:
    first = RawSeries(np.array([1, 3]), np.array([1.0, 3.0]), np.array([4, 1]))
    second = RawSeries(np.array([1, 2]), np.array([9.0, 2.0]), np.array([2, 3]))
    found = joined([first, second])
    assert (found.at.tolist(), found.values.tolist()) == ([1, 1, 2, 3], [9.0, 1.0, 2.0, 3.0])
