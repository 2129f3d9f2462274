"""Numbers as files write them, with either decimal sign."""

import re
from collections.abc import Sequence
from typing import Literal

import numpy as np

from memory.csv_table import is_missing
from memory.header_words import unit_named
from memory.treatment import Floats, Mask

_GROUPED = {".": re.compile(r"[-+]?\d{1,3}(,\d{3})+(\.\d*)?"), ",": re.compile(r"[-+]?\d{1,3}(\.\d{3})+(,\d*)?")}

_WITH_UNIT = re.compile(r"\s*([-+]?[\d.,'\s\u00a0]*\d[.,]?(?:[eE][-+]?\d+)?)\s*([^\d\s.,+-].*?)\s*")


def parse_numbers(cells: Sequence[str], decimal: Literal[".", ","]) -> tuple[Floats, Mask]:
    """Return the numbers, NaN for a cell that says there is none, and which cells are neither."""
    if decimal == "." and (quick := _plain(cells)) is not None:
        return quick, np.zeros(len(cells), bool)
    found = [_number(cell, decimal) for cell in cells]
    return np.array([np.nan if n is None else n for n in found], float), np.array([n is None for n in found], bool)


def amount_with_unit(cell: str, decimal: Literal[".", ","]) -> tuple[float, str] | None:
    """Return the number and the unit of a cell such as `1.5 MWh`, or None where it is not that."""
    found = _WITH_UNIT.fullmatch(cell)
    unit = unit_named(found[2]) if found else None
    number = _number(found[1], decimal) if found else None
    return None if unit is None or number is None else (number, unit)


def _plain(cells: Sequence[str]) -> Floats | None:
    """Read cells that are all plain finite numbers, at once; None where one is not."""
    try:
        values = np.array(cells, dtype=str).astype(float)
    except ValueError:
        return None
    return values if np.isfinite(values).all() else None


def _number(cell: str, decimal: Literal[".", ","]) -> float | None:
    if is_missing(cell):
        return float("nan")
    text = re.sub(r"[\s\u00a0']", "", cell)
    if _GROUPED[decimal].fullmatch(text):
        text = text.replace("," if decimal == "." else ".", "")
    elif ("," if decimal == "." else ".") in text:
        return None  # the other sign alone: more likely a mistake than thousands
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        return None
    return value if np.isfinite(value) else None
