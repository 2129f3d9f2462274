"""How well anomalies are found in the Cambridge electricity: `python -m benchmarks.data.anomalies`.

Faults of seven kinds in three sizes are put into the readings of 2018 and 2019 of twelve buildings, one of each kind a
year, seeded (`injected`). Ours must name the kind: an alarm that meets no fault of its kind is wrong. Beside it stands
a seasonal z-score; it knows no kinds, so any alarm of it that meets a fault has found it.

Nobody has written down what is wrong with the readings themselves, and much is: half hours at the turn of the year,
closures, plant that ran through a week. Every such alarm counts as wrong in the first F1 and as a false alarm; the
second F1 leaves out the alarms that stand in the untouched readings too. Real zeros and gaps are what they are and are
counted nowhere.
"""

import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

import numpy as np

from benchmarks.data.cambridge import BUILDINGS, HOLIDAYS, HOURS, Record, clock_of, electricity, gas, hour_of, load
from benchmarks.data.injected import LENGTH_DAYS, SIZES, Fault, inject
from benchmarks.data.seasonal_z import alarms
from benchmarks.lines import Lines
from tools.anomalies import Kind, anomalies
from tools.change import level_changes
from tools.figures import Values

SEEDS = (1, 2)
UNTIL = hour_of(datetime(2020, 1, 1, tzinfo=UTC))
NEAR_HOURS = 7 * 24
KINDS = tuple(LENGTH_DAYS)
F1_LINES: dict[Kind, float] = {
    "stuck": 0.9,
    "zero_run": 0.95,
    "missing": 0.95,
    "spike": 0.7,
    "level_shift": 0.55,
    "schedule_drift": 0.55,
    "unusual_day": 0.45,
}
KNOWN = (
    ("b40/gas", gas, date(2018, 5, 11), -1),
    ("b36/electricity", electricity, date(2019, 4, 2), 1),
    ("b22/electricity", electricity, date(2020, 3, 20), -1),
)


@dataclass(frozen=True)
class Said:
    """One alarm of either detector, its kind None where it names none."""

    kind: Kind | None
    first: int
    end: int


@dataclass
class Tally:
    """Faults found by kind and size, faults that were there, and wrong alarms by the kind they name."""

    found: Counter[tuple[Kind, int]] = field(default_factory=Counter)
    there: Counter[tuple[Kind, int]] = field(default_factory=Counter)
    wrong: Counter[Kind | None] = field(default_factory=Counter)
    false: int = 0

    def add(self, said: Sequence[Said], faults: Sequence[Fault], gaps: Sequence[Fault], size: int) -> None:
        """Judge the alarms of one run."""
        for fault in faults:
            self.there[fault.kind, size] += 1
            self.found[fault.kind, size] += any(meets(s, fault) and s.kind in (None, fault.kind) for s in said)
        for alarm in said:
            if any(meets(alarm, gap) for gap in gaps):
                continue
            met = {f.kind for f in faults if meets(alarm, f)}
            self.wrong[alarm.kind] += alarm.kind not in met if alarm.kind else not met
            self.false += not any(alarm.first < f.end and f.first < alarm.end for f in faults)

    def recall(self, kind: Kind) -> float:
        """Return the share of a kind's faults that was found."""
        return sum(self.found[kind, s] for s in range(len(SIZES))) / sum(self.there[kind, s] for s in range(len(SIZES)))

    def f1(self, kind: Kind | None = None) -> float:
        """Return the harmonic mean of precision and recall of a kind, or of all."""
        found, there = (sum(n for (k, _), n in of.items() if kind in (None, k)) for of in (self.found, self.there))
        wrong = sum(n for k, n in self.wrong.items() if kind in (None, k))
        return 2.0 * found / (there + found + wrong)


def meets(alarm: Said, fault: Fault) -> bool:
    """Tell whether an alarm is of a fault: they share an hour; of weeks, they begin or end within a week, too."""
    common = alarm.first < fault.end and fault.first < alarm.end
    if fault.kind not in ("level_shift", "schedule_drift") or alarm.kind is None:
        return common
    near = min(abs(alarm.first - fault.first), abs(alarm.end - fault.end)) <= NEAR_HOURS
    return common and near


def real_gaps(record: Record) -> list[Fault]:
    """Return the stretches of three hours or more that the source itself has no use for."""
    gone = np.concatenate([[False], ~np.isfinite(record.kwh), [False]])
    edges = np.flatnonzero(gone[1:] != gone[:-1])
    return [Fault("missing", int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True) if b - a >= 3]


def ours(record: Record, temperature_degc: Values) -> list[Said]:
    """Return what EAIO says."""
    clock = clock_of(0, UNTIL)
    found = anomalies(record.kwh, clock, temperature_degc, zero=record.zero, holidays=HOLIDAYS)
    return [Said(e.kind, e.first, e.end) for e in found.events]


def plain(record: Record) -> list[Said]:
    """Return what the seasonal z-score says."""
    return [Said(None, a.first, a.end) for a in alarms(record, clock_of(0, UNTIL))]


def without(said: Sequence[Said], before: Sequence[Said]) -> list[Said]:
    """Return the alarms that do not stand in the untouched readings."""
    return [s for s in said if not any(b.kind == s.kind and b.first < s.end and s.first < b.end for b in before)]


def measured(meters: dict[str, Values]) -> tuple[Tally, Tally, Tally, float]:
    """Return three tallies and the years: ours, ours less what stands in the untouched readings, the z-score."""
    clock, degc = clock_of(0, UNTIL), meters["cambridge/temperature"][:UNTIL]
    all_ours, fresh, beside, hours = Tally(), Tally(), Tally(), 0
    for number, building in enumerate(BUILDINGS):
        whole = electricity(meters[f"{building}/electricity"])
        record = Record(whole.kwh[:UNTIL], whole.zero[:UNTIL])
        gaps, before = real_gaps(record), ours(record, degc)
        for seed in SEEDS:
            for size in range(len(SIZES)):
                faulty, faults = inject(record, clock, size, np.random.default_rng([seed, size, number]))
                said = ours(faulty, degc)
                all_ours.add(said, faults, gaps, size)
                fresh.add(without(said, before), faults, gaps, size)
                beside.add(plain(faulty), faults, gaps, size)
                hours += UNTIL
    return all_ours, fresh, beside, hours / 8760


def known_ones(meters: dict[str, Values], lines: Lines) -> None:
    """Look for what is known of the real readings, over all three years."""
    for meter, kind, at, way in KNOWN:
        record = kind(meters[meter])
        found = level_changes(record.kwh, clock_of(0, HOURS), meters["cambridge/temperature"], holidays=HOLIDAYS)
        like = [c for c in found.changes if c.kwh_per_day * way > 0]
        nearest = min(like, key=lambda c: abs((c.at - at).days))
        lines.line(f"{meter}: days between {at} and the change found", abs((nearest.at - at).days), most=5)
        print(f"    {nearest.words}; {nearest.earliest} to {nearest.latest}; one of {len(found.changes)} changes")


def main() -> int:
    """Print all figures; return 1 where one misses its line."""
    meters, lines = load(), Lines("z-score")
    found, fresh, beside, years = measured(meters)
    for kind in KINDS:
        lines.line(f"{kind}: F1", found.f1(kind))
        lines.line("  F1 without alarms of the untouched readings", fresh.f1(kind), least=F1_LINES.get(kind))
        lines.line("  share found", found.recall(kind), beside.recall(kind))
        sizes = (f"{name} {found.found[kind, i]}/{found.there[kind, i]}" for i, name in enumerate(SIZES))
        print(f"    {', '.join(sizes)}; wrong {found.wrong[kind]}")
    lines.line("all kinds: F1", found.f1(), beside.f1(), least=beside.f1())
    lines.line("false alarms a building and year", found.false / years, beside.false / years, most=3.0)
    lines.line("  of which not in the untouched readings", fresh.false / years)
    known_ones(meters, lines)
    return lines.end()


if __name__ == "__main__":
    sys.exit(main())
