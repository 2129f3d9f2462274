"""How well a model of the weather fits the very time that is named: R2, CV(RMSE), NMBE, and where heating sets in."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from tools.analyses.baseline_model import base_words, baseline_chart, model_findings, own_model, shape_words
from tools.analyses.day_spans import asked, whole_days
from tools.analyses.each_record import each
from tools.analyses.finding import Finding, facts_of
from tools.analyses.record import Record, fuel_words
from tools.baseline import DailyModel, DateSpan, Goodness, HourlyModel, hourly_model, week_hours
from tools.computed import Facts
from tools.energy_query import EnergyQuery
from tools.readings import Inventory
from tools.wording import named, number, shown_units

NO_BEND = "A straight line has no temperature at which heating or cooling sets in."
NO_CHANGE_POINT = (
    "The fitted model has no part for heating or cooling, so it shows no temperature at which one sets in."
)


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """A model of the days of a span, daily (change point) or hourly (time of week and temperature)."""

    record: Record
    span: DateSpan
    model: DailyModel | HourlyModel

    @property
    def goodness(self) -> Goodness:
        """Return how well it fits."""
        return self.model.goodness


async def model_fit(query: EnergyQuery, found: Mapping[str, Record], inventory: Inventory, fuel: str) -> Facts:
    """Return R2, then CV(RMSE) and NMBE of each building's model of the period (else of its last full year).

    Of a daily model its constant, balance points and slopes follow. Raises `NoData` where use or temperature do not
    suffice: 60 days, or 720 hours for an hourly model.
    """
    hourly = bool(query.terms and query.terms.model == "hourly")
    fits, notes = await each(query, found, partial(_fitted, query=query, fuel=fuel, hourly=hourly))
    findings = [f for one in fits.values() for f in _findings(one, fuel)]
    words = " ".join(_words(query, one, inventory, fuel) for one in fits.values())
    lead, chart = next(iter(fits.values())), None
    if len(fits) == 1 and isinstance(lead.model, DailyModel):
        title = f"{fuel} of {lead.record.building} beside its model {asked(lead.span, query.period)}"
        chart = baseline_chart(lead.record, lead.model, (lead.span,), title)
    return facts_of(query, inventory, findings, words, chart, notes)


def _fitted(record: Record, *, query: EnergyQuery, fuel: str, hourly: bool) -> Fit:
    span = whole_days(query.period) if query.period else record.last_full_year()
    if not hourly:
        return Fit(record, span, own_model(record, span, fuel).model)
    record.require_weather()
    hours = week_hours(record.hours, record.temperature_degc, record.clock, record.holidays)
    return Fit(record, span, hourly_model(hours.between(span)))


def _findings(one: Fit, fuel: str) -> list[Finding]:
    start, end = one.record.utc(one.span)
    good, how = one.goodness, f"of the {_kind(one)} over its own {_steps(one)} (ASHRAE Guideline 14)"
    coverage, own, meters = one.record.coverage(start, end), (one.record.building,), one.record.use.meters
    values = [("R2", good.r2, 1.0, "ratio"), ("CV(RMSE)", good.cvrmse, 100.0, "percent")]
    values.append(("NMBE", good.nmbe, 100.0, "percent"))
    fit = [
        Finding(f"{fuel} {name}", scale * value, unit, own, start, end, f"{name} {how}", coverage, meters)
        for name, value, scale, unit in values
        if value is not None
    ]
    if isinstance(one.model, HourlyModel):
        return fit
    told = {f.name for f in fit}
    return fit + [f for f in model_findings(one.record, one.span, fuel, one.model) if f.name not in told]


def _kind(one: Fit) -> str:
    if isinstance(one.model, HourlyModel):
        return "hourly model of time of week and temperature (TOWT)"
    return f"daily change-point model ({one.model.line.shape})"


def _steps(one: Fit) -> str:
    return "hours" if isinstance(one.model, HourlyModel) else "days"


def _words(query: EnergyQuery, one: Fit, inventory: Inventory, fuel: str) -> str:
    good = one.goodness
    when = asked(one.span, query.period) + ("" if query.period else " (the last full year)")
    said = [f"R2 {good.r2:.2f}"] if good.r2 is not None else []
    figures = (("CV(RMSE)", good.cvrmse), ("NMBE", good.nmbe))
    said += [f"{name} {number(100 * value, 1)} %" for name, value in figures if value is not None]
    who = named(one.record.building, inventory)
    text = f"The {_kind(one)} of {who}'s {fuel_words(fuel)} {when} fits its {good.n:,} {_steps(one)} with "
    text += f"{', '.join(said)}."
    if isinstance(one.model, HourlyModel):
        return text
    return f"{text} {_of_weather(query, one.model, inventory, one.record.building)}"


def _of_weather(query: EnergyQuery, model: DailyModel, inventory: Inventory, building: str) -> str:
    if model.line.shape == "1P":
        return NO_CHANGE_POINT
    none = f" {NO_BEND}" if model.line.shape == "2P" else ""
    base = base_words(model, shown_units(query, inventory, (building,)))
    return f"It has {base}, and use {shape_words(model)}.{none}"
