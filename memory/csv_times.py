"""Time stamps as files write them: which format, and what moment.

All results are whole seconds since 1970: of UTC where the stamp says its offset, else of local clock time.
"""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from memory.treatment import Ints, Mask

SHARE_READ = 0.6  # a format that reads fewer stamps than this is not theirs
ISO = "ISO 8601"
FORMATS = (
    ISO,
    *(f"{day} {clock}"
      for day in ("%d/%m/%Y", "%m/%d/%Y", "%d.%m.%Y", "%d-%m-%Y", "%Y/%m/%d", "%d/%m/%y", "%m/%d/%y", "%d.%m.%y")
      for clock in ("%H:%M", "%H:%M:%S")),
    *(f"{day} {clock}" for day in ("%m/%d/%Y", "%d/%m/%Y") for clock in ("%I:%M %p", "%I:%M:%S %p")),
    *(f"%d {month} %Y {clock}" for month in ("%b", "%B") for clock in ("%H:%M", "%H:%M:%S")),
    "%d-%b-%Y %H:%M",
    "%Y%m%d%H%M",
    "%Y%m%d %H:%M",
)  # fmt: skip


class Times(NamedTuple):
    """Parsed stamps, one each: seconds since 1970, whether it could be read, whether it says its own offset."""

    at: Ints
    ok: Mask
    aware: Mask


def parse_times(texts: Sequence[str], time_format: str) -> Times:
    """Read stamps in one format; what cannot be read has `ok` false and time 0."""
    if time_format == ISO and (quick := _plain_iso(texts)) is not None:
        every = np.ones(len(texts), bool)
        return Times(quick, every, ~every)
    found = [_parse(text, time_format) for text in texts]
    at = np.array([0 if one is None else one[0] for one in found], np.int64)
    ok = np.array([one is not None for one in found], bool)
    return Times(at, ok, np.array([one is not None and one[1] for one in found], bool))


def guess_format(texts: Sequence[str]) -> tuple[str, bool] | None:
    """Return the format that reads these stamps, and whether another fits as well; None where none fits.

    01/02/2019 may be in January or February: the format that reads most stamps wins, then the one under which they
    advance most evenly, then the day first.
    """
    times = {f: parse_times(texts, f) for f in FORMATS} if texts else {}
    fit = {f: (float(t.ok.mean()), _evenness(t.at[t.ok])) for f, t in times.items() if t.ok.mean() >= SHARE_READ}
    if not fit:
        return None
    best = max(fit, key=lambda f: (fit[f], -FORMATS.index(f)))
    rivals = [f for f in fit if f != best and fit[f] == fit[best]]
    return best, any((times[f].at != times[best].at).any() for f in rivals)


def _evenness(at: Ints) -> float:
    """Return the share of steps that are the most common forward step, in long files too (steps of 0)."""
    steps = np.diff(at)
    if not len(steps):
        return 0.0
    forward, counts = np.unique(steps[steps > 0], return_counts=True)
    return float((counts.max() if len(forward) else 0) + (steps == 0).sum()) / len(steps)


def _plain_iso(texts: Sequence[str]) -> Ints | None:
    """Read stamps that are all `YYYY-MM-DD HH:MM[:SS]`, at once; None where one is not."""
    if any(len(text) not in (16, 19) or text[10] not in " T" for text in texts):
        return None
    try:
        return np.array(texts, "datetime64[s]").astype(np.int64)
    except ValueError:
        return None


@lru_cache(maxsize=100_000)
def _parse(text: str, time_format: str) -> tuple[int, bool] | None:
    try:
        at = datetime.fromisoformat(text) if time_format == ISO else _strptime(text, time_format)
    except ValueError:
        return None
    if at.tzinfo is not None:
        return int(at.timestamp()), True
    return int(at.replace(tzinfo=UTC).timestamp()), False


def _strptime(text: str, time_format: str) -> datetime:
    """Read one stamp, as clock time. A bare date is midnight: spreadsheets leave 00:00 away."""
    try:
        return datetime.strptime(text, time_format)  # noqa: DTZ007
    except ValueError:
        return datetime.strptime(text, re.split(" %[HI]", time_format)[0])  # noqa: DTZ007
