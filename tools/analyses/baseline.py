"""A building's use beside its baseline: above or below what the weather lets expect, and the baseline itself."""

from collections.abc import Mapping
from functools import partial

from tools.analyses.baseline_model import OwnModel, base_words, baseline_chart, model_findings, own_model, shape_words
from tools.analyses.beside_baseline import (
    METHOD,
    Beside,
    account,
    account_findings,
    basis_words,
    beside,
    difference_words,
    each_words,
    interval_words,
    lead_findings,
    month_findings,
    notes_of,
    percent_findings,
)
from tools.analyses.day_spans import asked, bare, whole_days, year_before
from tools.analyses.each_record import each, in_order, is_rank, rank_words, signed, told_of
from tools.analyses.finding import Finding, facts_of
from tools.analyses.model_fit import model_fit
from tools.analyses.record import Record, fuel_of, fuel_words, records
from tools.baseline.sufficiency import LEAST_BASELINE_DAYS
from tools.chart import Chart
from tools.computed import Facts
from tools.energy_query import EnergyQuery
from tools.labelling import LABEL
from tools.readings import Inventory, Readings
from tools.wording import amount, named, place, shown_units


async def baseline(query: EnergyQuery, readings: Readings, inventory: Inventory) -> Facts:
    """Return the use of a period above a baseline of the year before it, or the baseline of the period itself.

    Itself where no period is asked for (then of the last full year), or no year lies before it. Without buildings, or
    by building, a rank by the use above the baseline. Where `terms.model` asks for it, how a model of the period itself
    fits. Raises `NoData` where use or temperature do not suffice,
    `BadQuestion` for carbon, cost or a part of the hours.
    """
    fuel = fuel_of(query, "a baseline", ("month",), periods=True)
    found = await records(query, readings, inventory)
    if query.terms and query.terms.model:
        return await model_fit(query, found, inventory, fuel)
    if not is_rank(query) and not any(_has_baseline(query, record) for record in found.values()):
        own, notes = await each(query, found, partial(_own, query=query, fuel=fuel))
        return _own_facts(query, own, notes, inventory, fuel)
    compared, notes = await each(query, found, partial(_compared, query=query, fuel=fuel))
    if is_rank(query):
        return _rank(query, compared, notes, inventory, fuel)
    return _facts(query, compared, notes + notes_of(compared), inventory, fuel)


def _has_baseline(query: EnergyQuery, record: Record) -> bool:
    """Tell whether a baseline was named, or nine months of the year before the period count."""
    if query.against_period or query.period is None:
        return query.against_period is not None
    before = year_before(whole_days(query.period).start)
    return int(record.days().between(before).counts.sum()) >= LEAST_BASELINE_DAYS


def _compared(record: Record, *, query: EnergyQuery, fuel: str) -> Beside:
    reporting = whole_days(query.period) if query.period else record.last_full_year()
    before = whole_days(query.against_period) if query.against_period else year_before(reporting.start)
    return beside(record, before, reporting, fuel)


def _own(record: Record, *, query: EnergyQuery, fuel: str) -> OwnModel:
    return own_model(record, whole_days(query.period) if query.period else record.last_full_year(), fuel)


def _facts(query: EnergyQuery, found: Mapping[str, Beside], notes: list[str], inventory: Inventory, fuel: str) -> Facts:
    """Return the facts of named buildings: of one with its model, of several their sum and then each."""
    several = list(found.values())
    lead, whole, shown = several[0], account(several), shown_units(query, inventory, tuple(found))
    who, when = place(tuple(found), inventory), asked(lead.reporting, query.period)
    findings = account_findings(whole, fuel, "use above baseline")
    ends = f"({interval_words(whole, -1.0, shown)} for the difference)"
    text = f"{who} used {difference_words(whole, fuel, shown)} {when} {ends}"
    if len(several) > 1:
        findings += lead_findings(found, fuel, "use above baseline")
        text = f"{text}, of which {each_words(found, -1.0, shown, inventory)}. {basis_words(several)}"
        return facts_of(query, inventory, findings, text, None, notes)
    findings += month_findings(lead, fuel, "use above baseline") if query.group == "month" else []
    findings += model_findings(lead.record, lead.baseline, fuel, lead.found.model)
    chart = baseline_chart(lead.record, lead.found.model, (lead.baseline, lead.reporting), _title(fuel, who, when))
    return facts_of(query, inventory, findings, f"{text}. {basis_words(several)}", chart, notes)


def _title(fuel: str, who: str, when: str) -> str:
    return f"{fuel} of {who} beside its baseline {when}"


def _rank(query: EnergyQuery, found: Mapping[str, Beside], notes: list[str], inventory: Inventory, fuel: str) -> Facts:
    """Return the use above the baseline of each building in order, then its percent."""
    ranked = {b: found[b] for b in in_order(query, {b: -one.size for b, one in found.items()})}
    findings = lead_findings(ranked, fuel, "use above baseline") + percent_findings(ranked, fuel, "use above baseline")
    lead = next(iter(ranked.values()))
    when = asked(lead.reporting, query.period) + ("" if query.period else ", the last full year")
    told = {b: signed(-one.size, "kWh", shown_units(query, inventory, (b,))) for b, one in ranked.items()}
    what = f"{fuel_words(fuel).capitalize()} use above (+) or below (-) the baseline {when}"
    of = f"Each baseline is a daily model of {bare(lead.baseline)} at the weather of the days compared."
    chart = Chart(
        f"{fuel} use above baseline {when}", "kWh", tuple(ranked), tuple(-o.size for o in ranked.values()), "bar", LABEL
    )
    return facts_of(query, inventory, findings, f"{rank_words(query, what, told, inventory)} {of}", chart, notes)


def _own_facts(
    query: EnergyQuery, found: Mapping[str, OwnModel], notes: list[str], inventory: Inventory, fuel: str
) -> Facts:
    """Return the baselines of periods themselves, one a building."""
    leads = [f for one in found.values() for f in _own_findings(one, fuel)[:1]]
    rest = [f for one in found.values() for f in _own_findings(one, fuel)[1:]]
    told = [_own_words(query, one, inventory, fuel) for one in found.values()]
    if query.period:
        told.append("No year before it is recorded, so the baseline is of that time itself and nothing is compared.")
    notes = notes + told_of({b: one.model.notes for b, one in found.items()})
    lead = next(iter(found.values()))
    when = asked(lead.span, query.period)
    chart = baseline_chart(lead.record, lead.model, (lead.span,), _title(fuel, lead.record.building, when))
    return facts_of(query, inventory, leads + rest, " ".join(told), chart if len(found) == 1 else None, notes)


def _own_findings(one: OwnModel, fuel: str) -> list[Finding]:
    start, end = one.record.utc(one.span)
    coverage, own, meters = one.record.coverage(start, end), (one.record.building,), one.record.use.meters
    values = [("baseline use", one.kwh, METHOD), ("use", one.used_kwh, "sum of the days that count")]
    found = [Finding(f"{fuel} {n}", v, "kWh", own, start, end, how, coverage, meters) for n, v, how in values]
    return found + model_findings(one.record, one.span, fuel, one.model)


def _own_words(query: EnergyQuery, one: OwnModel, inventory: Inventory, fuel: str) -> str:
    shown = shown_units(query, inventory, (one.record.building,))
    good = one.model.goodness
    fit = "" if good.cvrmse is None else f", CV(RMSE) {100 * good.cvrmse:.1f} %"
    when = asked(one.span, query.period) + ("" if query.period else " (its last full year)")
    few = [note for note in one.model.notes if "twelve months" in note or "good practice" in note]
    kwh = amount(one.kwh, "kWh", shown)
    who = named(one.record.building, inventory)
    model = f"{one.model.line.shape} model{fit}"
    text = (
        f"The {fuel_words(fuel)} baseline of {who} {when} is {kwh} over the days that count: "
        f"{base_words(one.model, shown)}, and use {shape_words(one.model)} ({model})."
    )
    return " ".join([text, *(f"{note[0].upper()}{note[1:]}." for note in few)])
