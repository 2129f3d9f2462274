"""Rows behind a fact as records: for a table, for JSON, for a CSV file."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any, TextIO
from zoneinfo import ZoneInfo

import numpy as np

from gateway.evidence_rows import CODES, NOT_ASKED, REASONS, BuildingRows
from tools.evidence import iso_z
from tools.readings import Flag

COLUMNS = ("at", "local", "building", "meter", "kind", "value", "flag", "used", "factor", "reason", "side")
SAMPLE = 5


def records(rows: BuildingRows, places: Iterable[int]) -> Iterator[dict[str, Any]]:
    """Yield the rows at these places. `value` and `factor` are None where there is none."""
    zone = ZoneInfo(rows.timezone)
    for n in places:
        at = datetime.fromtimestamp(int(rows.at[n]), UTC)
        reason = CODES[rows.reason[n]]
        yield {
            "at": iso_z(at),
            "local": at.astimezone(zone).isoformat(sep=" "),
            "building": rows.building,
            "meter": rows.meters[rows.meter[n]] if rows.meter[n] >= 0 else "",
            "kind": rows.kind,
            "value": _number(rows.values[n]),
            "flag": Flag(int(rows.flags[n])).name.lower(),
            "used": reason == "used",
            "factor": _number(rows.factor[n]),
            "reason": REASONS[reason],
            "side": rows.side,
        }


def sample(parts: Sequence[BuildingRows]) -> list[dict[str, Any]]:
    """Return the first rows of each part: some that were used, and some that are missing from it."""
    found = []
    for rows in parts:
        used = np.flatnonzero(rows.reason == 0)[:SAMPLE]
        faulty = np.flatnonzero((rows.reason != 0) & (rows.reason != CODES.index(NOT_ASKED)))[:SAMPLE]
        found += list(records(rows, sorted([*used.tolist(), *faulty.tolist()])))
    return found


def counts(parts: Sequence[BuildingRows]) -> list[dict[str, Any]]:
    """Return for each part how many rows were used, and how many were left out for each reason."""
    found = []
    for rows in parts:
        by_reason = {REASONS[code]: n for code, n in rows.counts().items()}
        used = by_reason.pop("used", 0)
        meters = list(rows.meters)
        found.append(
            {"side": rows.side, "building": rows.building, "meters": meters, "used": used, "left_out": by_reason}
        )
    return found


def write_csv(parts: Sequence[BuildingRows], stream: TextIO) -> None:
    """Write every row below a header line; used is yes or no, what is not there is empty."""
    writer = csv.DictWriter(stream, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for rows in parts:
        for record in records(rows, range(len(rows.at))):
            writer.writerow(record | {"used": "yes" if record["used"] else "no"})


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
