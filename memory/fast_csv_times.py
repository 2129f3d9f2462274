"""Time stamps of a whole column at once: those of one width that are all digits in the same places.

What `memory.csv_times.parse_times` would return, or nothing, where it must be asked.
"""

import re
from functools import cache

import numpy as np
from numpy.typing import NDArray

from memory.csv_times import ISO
from memory.treatment import Ints

Letters = NDArray[np.uint8]
"""One row a stamp, one column a letter, as ASCII codes."""

_DAY_S = 86_400
_WIDTHS = {"%d": 2, "%m": 2, "%Y": 4, "%y": 2, "%H": 2, "%M": 2, "%S": 2}
_ISO_SHAPES = {16: "%Y-%m-%d?%H:%M", 19: "%Y-%m-%d?%H:%M:%S"}


def fixed_times(letters: Letters, time_format: str) -> Ints | None:
    """Return seconds since 1970 of clock time, or None where a stamp is not of this format at its full width."""
    shape = _ISO_SHAPES.get(letters.shape[1], "") if time_format == ISO else time_format
    places = _places(shape)
    if not places or letters.shape[1] != places["width"][1] or not _has_signs(letters, shape):
        return None
    parts = {name: _number(letters[:, slice(*places[name])]) for name in places if name != "width"}
    if any(part is None for part in parts.values()):
        return None
    return _seconds({name: part for name, part in parts.items() if part is not None})


@cache
def _places(shape: str) -> dict[str, tuple[int, int]]:
    """Return where each part of a format stands, and as `width` how wide it is; empty where a part has no fixed width.

    Every format of fixed width has a year, a month, a day, an hour and a minute.
    """
    places, at = {}, 0
    for piece in re.findall(r"%.|.", shape):
        width = _WIDTHS.get(piece, 0 if piece.startswith("%") else 1)
        if not width:
            return {}
        if piece.startswith("%"):
            places[piece] = (at, at + width)
        at += width
    return places | {"width": (0, at)} if places else {}


def _has_signs(letters: Letters, shape: str) -> bool:
    """Tell whether every stamp has the signs of the format where it has them."""
    at = 0
    for piece in re.findall(r"%.|.", shape):
        if piece.startswith("%"):
            at += _WIDTHS[piece]
            continue
        column = letters[:, at]
        wanted = np.isin(column, (32, 84)) if piece == "?" else column == ord(piece)
        if not wanted.all():
            return False
        at += 1
    return True


def _number(letters: Letters) -> Ints | None:
    """Return the number that some columns of digits make, or None where one is no digit."""
    digits = letters - np.uint8(48)
    if (digits > 9).any():
        return None
    value = digits[:, 0].astype(np.int64)
    for n in range(1, digits.shape[1]):
        value = 10 * value + digits[:, n]
    return value


def _seconds(parts: dict[str, Ints]) -> Ints | None:
    """Return seconds since 1970, or None where a part is out of its range."""
    short = parts.get("%y")
    year = parts["%Y"] if short is None else np.where(short < 69, 2000, 1900) + short  # as POSIX and strptime have it
    month, day, hour, minute = (parts[name] for name in ("%m", "%d", "%H", "%M"))
    second = parts.get("%S", np.zeros(1, np.int64))
    if (year < 1).any() or (month < 1).any() or (month > 12).any() or (day < 1).any():
        return None
    if (hour > 23).any() or (minute > 59).any() or (second > 59).any():
        return None
    months = (12 * (year - 1970) + month - 1).astype("datetime64[M]")
    first = months.astype("datetime64[D]").astype(np.int64)
    following = (months + 1).astype("datetime64[D]").astype(np.int64)
    if (day > following - first).any():
        return None
    return (first + day - 1) * _DAY_S + 3600 * hour + 60 * minute + second
