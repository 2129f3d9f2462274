"""Guess whether a column of readings is a register: a counter that only rises. A person confirms it."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

import numpy as np

from memory.columns import ValueColumn
from memory.csv_numbers import parse_numbers
from memory.units import UNITS

REGISTER_LEVEL = 100.0  # times its usual step: most counters have run for longer than this
REGISTER_STEPS = 24  # a column of amounts that happens to rise this often in a row is rare, and a person confirms
_REGISTER_NAME = re.compile(r"register|index|cumulative|counter|totali[sz]er|z.hlerstand|odometer", re.IGNORECASE)


def as_counted(
    value: ValueColumn, cells: Sequence[str], whose: Sequence[Sequence[str]], decimal: Literal[".", ","]
) -> ValueColumn:
    """Return a column with whether it is a register: one that never falls, of any one meter, and mostly rises."""
    if UNITS[value.unit].hourly != "sum":
        return value
    numbers, bad = parse_numbers(cells, decimal)
    keys = list(zip(*whose, strict=True)) if whose else [()] * len(cells)
    steps: list[float] = []
    levels: list[float] = []
    for key in set(keys):
        mine = numbers[[k == key for k in keys] & ~bad]
        mine = mine[np.isfinite(mine) & (mine != 0)]
        steps += np.diff(mine).tolist()
        levels += mine.tolist()
    rises, falls = sum(step > 0 for step in steps), sum(step < 0 for step in steps)
    if not rises:
        return value
    named = _REGISTER_NAME.search(value.column) is not None
    usual = float(np.median([step for step in steps if step > 0]))
    # A counter may fall once, where it is reset or rolls over; its level is far above what an hour adds to it.
    high = float(np.median(levels)) > REGISTER_LEVEL * usual or rises >= 20 * REGISTER_STEPS
    only_rises = rises >= REGISTER_STEPS and falls <= rises // 50 and rises >= len(steps) / 4 and high
    return replace(value, register=only_rises or (named and falls <= rises // 10))
