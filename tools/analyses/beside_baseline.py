"""The use of buildings beside their daily baselines: what two analyses, baseline and savings, have in common."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import hypot
from typing import Literal

from tools.analyses.day_spans import bare, month_of
from tools.analyses.each_record import told_of
from tools.analyses.finding import Finding
from tools.analyses.record import Record, fuel_words
from tools.baseline import Avoided, DateSpan, Savings, avoided_use
from tools.baseline.quantiles import t_quantile
from tools.readings import Inventory
from tools.wording import amount, listed, named, number

METHOD = (
    "daily change-point baseline (ASHRAE Guideline 14, IPMVP Option C) at the weather of the days that count: those "
    "with half of their hours or more and a temperature"
)
Stem = Literal["savings", "use above baseline"]


@dataclass(frozen=True, slots=True, eq=False)
class Beside:
    """What a building used in a reporting period, beside the baseline fitted to an earlier one."""

    record: Record
    baseline: DateSpan
    reporting: DateSpan
    found: Avoided

    @property
    def savings(self) -> Savings:
        """Return the avoided use with its interval."""
        return self.found.savings

    @property
    def size(self) -> float:
        """Return the avoided use, kWh."""
        return self.savings.avoided_kwh


@dataclass(frozen=True, slots=True)
class Account:
    """Buildings together: measured use, baseline and the avoided use with the ends of its interval, kWh.

    Over [start, end), UTC. `confidence`: of the interval, 0 to 1.
    """

    buildings: tuple[str, ...]
    start: datetime
    end: datetime
    used_kwh: float
    baseline_kwh: float
    low_kwh: float
    high_kwh: float
    confidence: float
    coverage: float
    meters: tuple[str, ...]

    @property
    def avoided_kwh(self) -> float:
        """Return the baseline less the use."""
        return self.baseline_kwh - self.used_kwh


def beside(
    record: Record, baseline: DateSpan, reporting: DateSpan, fuel: str, left_out: Iterable[DateSpan] = ()
) -> Beside:
    """Return a building's use beside its baseline; gas has no cooling. Raises as `tools.baseline.avoided_use` does."""
    record.require_weather()
    found = avoided_use(record.days(), baseline, reporting, left_out=left_out, heating_only=fuel == "gas")
    return Beside(record, baseline, reporting, found)


def account(several: Sequence[Beside]) -> Account:
    """Return buildings together; their errors are taken for independent (CalTRACK 2.0, section 4.3.2.5)."""
    found = [one.savings for one in several]
    spans = [one.record.utc(one.reporting) for one in several]
    used, expected = sum(s.measured_kwh for s in found), sum(s.adjusted_baseline_kwh for s in found)
    free = min(s.degrees_of_freedom for s in found)
    reach = t_quantile(found[0].confidence, free) * hypot(*(s.standard_error_kwh for s in found))
    return Account(
        buildings=tuple(one.record.building for one in several),
        start=min(start for start, _ in spans),
        end=max(end for _, end in spans),
        used_kwh=used,
        baseline_kwh=expected,
        low_kwh=expected - used - reach,
        high_kwh=expected - used + reach,
        confidence=found[0].confidence,
        coverage=sum(one.record.coverage(*span) for one, span in zip(several, spans, strict=True)) / len(several),
        meters=tuple(m for one in several for m in one.record.use.meters),
    )


def account_findings(one: Account, fuel: str, stem: Stem) -> list[Finding]:
    """Return the difference (savings: positive where less was used), its percent, both operands, and its interval."""
    sign = 1.0 if stem == "savings" else -1.0
    low, high = sorted((sign * one.low_kwh, sign * one.high_kwh))
    difference = sign * one.avoided_kwh
    values: list[tuple[str, float, str, str]] = [(stem, difference, "kWh", METHOD)]
    if one.baseline_kwh:
        values.append((f"{stem} in percent", 100.0 * difference / one.baseline_kwh, "percent", "of the baseline use"))
    end = f"end of the {100 * one.confidence:.0f} % interval, from the fit and from the memory of daily errors"
    values += [
        ("use", one.used_kwh, "kWh", "sum of the days that count, a day's missing hours at its mean"),
        ("baseline use", one.baseline_kwh, "kWh", METHOD),
        (f"{stem} lower end", low, "kWh", f"lower {end}"),
        (f"{stem} upper end", high, "kWh", f"upper {end}"),
    ]
    return [_finding(one, f"{fuel} {name}", value, unit, how) for name, value, unit, how in values]


def month_findings(one: Beside, fuel: str, stem: Stem) -> list[Finding]:
    """Return the difference of each calendar month of the reporting period; adjustments belong to none."""
    whole, sign = account([one]), 1.0 if stem == "savings" else -1.0
    found = []
    for month in one.savings.months:
        start, end = one.record.utc(month_of(month.first))
        value, coverage = sign * month.avoided_kwh, one.record.coverage(start, end)
        group = f"{month.first:%Y-%m}"
        name = f"{fuel} {stem}"
        found.append(
            Finding(name, value, "kWh", whole.buildings, start, end, METHOD, coverage, whole.meters, (), group)
        )
    return found


def lead_findings(found: Mapping[str, Beside], fuel: str, stem: Stem) -> list[Finding]:
    """Return the difference of each building, in the order given."""
    return [account_findings(account([one]), fuel, stem)[0] for one in found.values()]


def percent_findings(found: Mapping[str, Beside], fuel: str, stem: Stem) -> list[Finding]:
    """Return the difference of each building in percent of its baseline, where that is not zero."""
    both = [account_findings(account([one]), fuel, stem)[1] for one in found.values()]
    return [f for f in both if f.unit == "percent"]


def _finding(one: Account, name: str, value: float, unit: str, method: str) -> Finding:
    return Finding(name, value, unit, one.buildings, one.start, one.end, method, one.coverage, one.meters)


def difference_words(one: Account, fuel: str, shown: Sequence[str]) -> str:
    """Write '900 kWh of gas (as labelled), 100 kWh (10.0 %) less than its baseline of 1,000 kWh'."""
    less, of = one.avoided_kwh, f" of {fuel_words(fuel)}"
    percent = f" ({100 * abs(less / one.baseline_kwh):.1f} %)" if one.baseline_kwh else ""
    size = f"{amount(abs(less), 'kWh', shown)}{percent} {'less' if less >= 0 else 'more'}"
    whose = "their baselines" if len(one.buildings) > 1 else "its baseline"
    return f"{amount(one.used_kwh, 'kWh', shown)}{of}, {size} than {whose} of {amount(one.baseline_kwh, 'kWh', shown)}"


def interval_words(one: Account, sign: float, shown: Sequence[str]) -> str:
    """Write the interval of the difference: '95 % interval 10 to 20 kWh'."""
    low, high = sorted((sign * one.low_kwh, sign * one.high_kwh))
    return f"{100 * one.confidence:.0f} % interval {amount(low, 'kWh', shown)} to {amount(high, 'kWh', shown)}"


def basis_words(several: Sequence[Beside]) -> str:
    """Write what the baseline of one building rests on, how good it is and what is doubtful; of several, briefly."""
    lead = several[0]
    of = f"a daily model of {bare(lead.baseline)} at the weather of the days compared"
    if len(several) > 1:
        return f"Each baseline is {of}."
    good, fsu = lead.found.model.goodness, lead.savings.guideline14.at_68
    figures_of = (("CV(RMSE)", good.cvrmse), ("NMBE", good.nmbe))
    figures = [f"{n} {number(100 * v, 1)} %" for n, v in figures_of if v is not None]
    if fsu is not None:
        figures.append(f"Guideline 14 uncertainty {100 * fsu:.0f} % of the difference at 68 % confidence")
    told = f" ({', '.join(figures)})" if figures else ""
    return " ".join([f"The baseline is {of}{told}.", *_doubts(lead.savings)])


def _doubts(found: Savings) -> list[str]:
    """Return what must stand with the figure: it is noise, a season is guessed, or there is nothing to compare with."""
    must = ("noise", "twelve months", "is zero", "extrapolated", "good practice")
    said = [note for note in found.notes if any(word in note for word in must)]
    return [f"{note[0].upper()}{note[1:]}." for note in said]


def each_words(found: Mapping[str, Beside], sign: float, shown: Sequence[str], inventory: Inventory) -> str:
    """Write the difference of each of several buildings: 'b4 100 kWh and b8 -20 kWh'."""
    return listed([f"{named(b, inventory)} {amount(sign * one.size, 'kWh', shown)}" for b, one in found.items()])


def notes_of(found: Mapping[str, Beside]) -> list[str]:
    """Return what is doubtful about each building's baseline and reporting period."""
    return told_of({b: one.savings.notes for b, one in found.items()})
