"""Whether there is enough to measure a saving by: how long the baseline is, and whether it has seen such weather.

IPMVP Option C and Guideline 14 want a baseline of a whole cycle of operation, for a building a year; CalTRACK 2.0
section 2.2.1 wants 365 days of which at most 37 may be missing. Nine months, Guideline 14's least, leave one season to
be guessed.
"""

from tools.baseline.days import DateSpan
from tools.errors import BadQuestion, NoData
from tools.figures import Values

LEAST_BASELINE_DAYS = 270
WHOLE_YEAR_DAYS = 365
LEAST_COVERAGE = 0.9
BEYOND = 0.1


def check_periods(baseline: DateSpan, reporting: DateSpan) -> None:
    """Raise `BadQuestion` unless the reporting period follows the baseline."""
    for name, span in (("baseline", baseline), ("reporting period", reporting)):
        if span.days < 1:
            raise BadQuestion(f"the {name} ends ({span.end}) before it starts ({span.start}); give it start first")
    if reporting.start < baseline.end:
        raise BadQuestion(
            f"the reporting period starts on {reporting.start}, inside the baseline {baseline}; savings are measured "
            "against a time before the change, so let the baseline end first"
        )


def check_baseline(counted_days: float, span: DateSpan) -> list[str]:
    """Return what is doubtful about a baseline's length. Raises `NoData` where less than nine months of it count."""
    if counted_days < LEAST_BASELINE_DAYS:
        raise NoData(
            f"the baseline {span} has {counted_days:.4g} days with use and temperature; a saving takes at least "
            f"{LEAST_BASELINE_DAYS} (nine months) and should have {WHOLE_YEAR_DAYS}; let it start earlier"
        )
    if span.days > 2 * WHOLE_YEAR_DAYS:
        return [f"the baseline spans {span.days} days; changes within it become part of it, a year is usual"]
    return []


def check_reporting(counted_days: float, span: DateSpan) -> list[str]:
    """Return what is doubtful about a reporting period's length. Raises `NoData` where nothing of it counts."""
    if not counted_days:
        raise NoData(f"no day of the reporting period {span} has use and temperature; load its readings and weather")
    notes, coverage = [], counted_days / span.days
    if coverage < LEAST_COVERAGE:
        notes.append(f"{100 * coverage:.0f} % of the reporting period counts; the rest is in neither sum")
    if counted_days < LEAST_COVERAGE * WHOLE_YEAR_DAYS:
        notes.append(f"the saving is of {counted_days:.4g} days and must not be scaled to a year: seasons differ")
    return notes


def beyond_what_was_seen(temperature_degc: Values, spread_degc: tuple[float, float], what: str) -> list[str]:
    """Say how many days or hours are outside the baseline's temperatures by more than a tenth of their spread.

    Source: CalTRACK 2.0, section 3.7.5.2.
    """
    low, high = spread_degc
    room = BEYOND * (high - low)
    count = int(((temperature_degc < low - room) | (temperature_degc > high + room)).sum())
    return [f"{what} far colder or hotter than the baseline ever saw, so extrapolated: {count}"] if count else []
