"""The recorded timetable of requests, stretched to a load."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

RECORDED = Path(__file__).with_name("arrivals.csv")


@dataclass(frozen=True, slots=True)
class Arrival:
    """One request."""

    at_s: float
    tokens_in: int
    tokens_out: int


def recorded() -> list[Arrival]:
    """Return the requests as they came, the first at 0 s."""
    with RECORDED.open(newline="") as lines:
        rows = csv.DictReader(lines)
        return [Arrival(float(row["at_s"]), int(row["tokens_in"]), int(row["tokens_out"])) for row in rows]


def repeated(arrivals: list[Arrival], times: int, span_s: float) -> Iterator[Arrival]:
    """Yield a timetable so many times, one after the other, each stretched to last `span_s`."""
    stretch = span_s / (arrivals[-1].at_s - arrivals[0].at_s)
    for turn in range(times):
        for arrival in arrivals:
            yield replace(arrival, at_s=turn * span_s + arrival.at_s * stretch)
