"""The baseline of a building by itself: how well it fits, its parameters, and what it looks like beside the use."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tools.analyses.finding import Finding
from tools.analyses.record import Record
from tools.baseline import DailyModel, DateSpan, Days, daily_model
from tools.baseline.quantiles import t_quantile
from tools.chart import Chart, Series
from tools.figures import Values
from tools.labelling import LABEL
from tools.wording import amount

MOST_CHART_DAYS = 2 * 366
SHAPE_WORDS = {
    "1P": "does not follow the weather",
    "2P": "follows the outdoor temperature on a straight line",
    "3PH": "rises in the cold",
    "3PC": "rises in the heat",
    "4P": "bends at one temperature",
    "5P": "bends at two temperatures",
}


@dataclass(frozen=True, slots=True, eq=False)
class OwnModel:
    """A baseline of a period itself: `kwh` modelled and `used_kwh` measured on its days that count."""

    record: Record
    span: DateSpan
    model: DailyModel
    kwh: float
    used_kwh: float

    @property
    def size(self) -> float:
        """Return the modelled use, kWh."""
        return self.kwh


def own_model(record: Record, span: DateSpan, fuel: str) -> OwnModel:
    """Return the baseline of some days of a record. Raises `NoData` under 60 days with use and temperature."""
    record.require_weather()
    days = record.days().between(span)
    model = daily_model(days, heating_only=fuel == "gas")
    counts = days.counts
    return OwnModel(record, span, model, float(model.use_kwh(days)[counts].sum()), float(days.kwh[counts].sum()))


def model_findings(record: Record, span: DateSpan, fuel: str, model: DailyModel) -> list[Finding]:
    """Return how well a baseline fits the days of `span`, and its constant, balance points and slopes."""
    start, end = record.utc(span)
    coverage, meters, own = record.coverage(start, end), record.use.meters, (record.building,)
    values = [*_goodness(model), *_parameters(model)]
    return [Finding(f"{fuel} {n}", v, unit, own, start, end, how, coverage, meters) for n, v, unit, how in values]


def _goodness(model: DailyModel) -> list[tuple[str, float, str, str]]:
    good, of = model.goodness, "of the daily baseline over its own days (ASHRAE Guideline 14)"
    named = [("CV(RMSE)", good.cvrmse), ("NMBE", good.nmbe)]
    return [(name, 100.0 * value, "percent", f"{name} {of}") for name, value in named if value is not None]


def _parameters(model: DailyModel) -> list[tuple[str, float, str, str]]:
    line, how = model.line, f"parameter of the daily {model.line.shape} baseline, least squares"
    if line.shape == "2P":
        at_zero = ("use at 0 degC", line.base_kwh, "kWh_per_day", how)
        return [at_zero, ("slope", line.above_kwh_per_k, "kWh_per_day_per_K", how)]
    found = [("base load", line.base_kwh, "kWh_per_day", how)]
    if line.off_kwh is not None:
        found.append(("days off", line.off_kwh, "kWh_per_day", f"{how}: added on weekends and holidays"))
    if line.has_heating:
        found.append(("heating balance point", line.low_degc, "degC", how))
        found.append(("heating slope", line.below_kwh_per_k, "kWh_per_day_per_K", how))
    if line.has_cooling:
        found.append(("cooling balance point", line.high_degc, "degC", how))
        found.append(("cooling slope", line.above_kwh_per_k, "kWh_per_day_per_K", how))
    return found


def base_words(model: DailyModel, shown: Sequence[str]) -> str:
    """Write what the constant of a model is: 'a base load of 2,486 kWh a day'; of a straight line the use at 0 degC."""
    base = amount(model.line.base_kwh, "kWh", shown)
    return f"a use of {base} a day at 0 degC" if model.line.shape == "2P" else f"a base load of {base} a day"


def shape_words(model: DailyModel) -> str:
    """Write how use follows the weather: 'rises in the cold, below 14.3 degC by 69 kWh a day for each K'."""
    line = model.line
    if line.has_heating == line.has_cooling:
        return SHAPE_WORDS[line.shape]
    at, slope = (line.low_degc, line.below_kwh_per_k) if line.has_heating else (line.high_degc, line.above_kwh_per_k)
    way, side = ("cold", "below") if line.has_heating else ("heat", "above")
    return f"rises in the {way}, {side} {at:.1f} degC by {slope:,.3g} kWh a day for each K"


def baseline_chart(record: Record, model: DailyModel, spans: Sequence[DateSpan], title: str) -> Chart:
    """Draw measured use beside the baseline with the interval of a single day; months where there are many days.

    Days between the spans are gaps.
    """
    whole = record.days().between(DateSpan(min(s.start for s in spans), max(s.end for s in spans)))
    day = whole.day.astype("M8[D]")
    inside = np.zeros(len(whole), dtype=bool)
    for start, end in spans:
        inside |= (day >= np.datetime64(start)) & (day < np.datetime64(end))
    expected, used = np.where(inside, model.use_kwh(whole), np.nan), np.where(inside, whole.kwh, np.nan)
    if len(whole) > MOST_CHART_DAYS:
        return _monthly(day, used, expected, title)
    reach = t_quantile(model.confidence, model.degrees_of_freedom) * _day_errors(model, whole)
    band = Series(f"{100 * model.confidence:.0f} % interval of a day", _told(expected - reach), _told(expected + reach))
    series = (Series("baseline", _told(expected)), band)
    return Chart(title, "kWh", tuple(str(d) for d in day), _told(used), "baseline", LABEL, series, "use")


def _day_errors(model: DailyModel, days: Days) -> Values:
    """Return the standard error of each single day's expected use."""
    jacobian = model.line.jacobian(days)
    parameters = np.einsum("ij,jk,ik->i", jacobian, model.covariance, jacobian)
    noise = model.noise.deviations_kwh(np.nan_to_num(model.use_kwh(days)))
    return np.asarray(np.sqrt(np.maximum(parameters, 0.0) + noise**2))


def _monthly(day: np.ndarray[tuple[int], np.dtype[np.datetime64]], used: Values, expected: Values, title: str) -> Chart:
    labels, place = np.unique(day.astype("M8[M]"), return_inverse=True)
    both = np.isfinite(used) & np.isfinite(expected)

    def summed(values: Values) -> tuple[float, ...]:
        sums = np.bincount(place[both], weights=values[both], minlength=len(labels))
        return _told(np.where(np.bincount(place[both], minlength=len(labels)) > 0, sums, np.nan))

    series = (Series("baseline", summed(expected)),)
    return Chart(title, "kWh", tuple(str(m) for m in labels), summed(used), "baseline", LABEL, series, "use")


def _told(values: Values) -> tuple[float, ...]:
    return tuple(float(v) for v in values)
