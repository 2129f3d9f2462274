"""What a change saved: avoided use of the time after it, against a baseline of the time before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from tools.analyses.baseline_model import baseline_chart, model_findings
from tools.analyses.beside_baseline import (
    Account,
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
from tools.analyses.day_spans import asked, bare, day_words, whole_days, year_before
from tools.analyses.each_record import each, in_order, is_rank, rank_words
from tools.analyses.finding import Finding, facts_of
from tools.analyses.record import Record, fuel_of, fuel_words, records
from tools.baseline import DateSpan
from tools.chart import Chart
from tools.computed import Facts
from tools.energy_query import EnergyQuery
from tools.errors import BadQuestion, NoData
from tools.labelling import LABEL
from tools.readings import Event, Inventory, Readings
from tools.wording import amount, place, shown_units

RETROFIT = "retrofit"
ALL_IN = "Whatever else changed in that time is in this figure."


@dataclass(frozen=True, slots=True)
class Work:
    """The time a change was made in, and the two that are compared; `because` says what is known of it."""

    baseline: DateSpan
    reporting: DateSpan
    because: str = ""


async def savings(query: EnergyQuery, readings: Readings, inventory: Inventory) -> Facts:
    """Return the avoided use of the time after a change, with its interval and how good the baseline is.

    The change is at `terms.since` (the baseline is the year before it, or `against_period`), between `against_period`
    and `period`, or the building's recorded retrofit; a period alone is compared with the year before. Without
    buildings, or by building, a rank. Raises `NoData` where nine months of baseline do not count, `BadQuestion` where
    no time is given or known, or for carbon, cost or a part of the hours.
    """
    fuel = fuel_of(query, "a saving", ("month",), periods=True)
    found = await records(query, readings, inventory)
    if not any((query.period, query.terms and query.terms.since, *(_retrofit(query, inventory, b) for b in found))):
        raise BadQuestion(_which_time(next(iter(found))))
    compared, notes = await each(query, found, partial(_saved, query=query, inventory=inventory, fuel=fuel))
    if is_rank(query):
        return _rank(query, compared, notes, inventory, fuel)
    return _facts(query, compared, notes + notes_of(compared), inventory, fuel)


def _saved(record: Record, *, query: EnergyQuery, inventory: Inventory, fuel: str) -> Beside:
    work = _work(query, inventory, record)
    return beside(record, work.baseline, work.reporting, fuel)


def _work(query: EnergyQuery, inventory: Inventory, record: Record) -> Work:
    """Return the two periods of a saving. Raises `NoData` for a building of which no time is known."""
    since = query.terms.since.date() if query.terms and query.terms.since else None
    if since is None and query.period and query.against_period:
        return Work(whole_days(query.against_period), whole_days(query.period))
    if since:
        before = whole_days(query.against_period) if query.against_period else year_before(since)
        return Work(before, _after(since, query, record), f"since {day_words(since)}")
    event = _retrofit(query, inventory, record.building)
    if event:
        done = event.end or event.start
        return Work(year_before(event.start), _after(done, query, record), _event_words(event))
    if query.period is None:
        raise NoData(_which_time(record.building))
    reporting = whole_days(query.period)
    return Work(year_before(reporting.start), reporting)


def _after(since: date, query: EnergyQuery, record: Record) -> DateSpan:
    """Return the days of the period from a day on; without a period, to the end of the record."""
    span = whole_days(query.period) if query.period else DateSpan(since, record.span.end)
    after = DateSpan(max(span.start, since), span.end)
    if after.days < 1:
        last = day_words(span.end - timedelta(days=1))
        what = f"{bare(span)} ends" if query.period else f"the readings of {record.building} end"
        raise NoData(f"{what} on {last}, before {day_words(since)}, so there is no time after the change to measure")
    return after


def _retrofit(query: EnergyQuery, inventory: Inventory, building: str) -> Event | None:
    """Return the last retrofit that is recorded of a building, before the end of the period where there is one."""
    end = query.period.end.date() if query.period else date.max
    found = [e for e in inventory.events_of(building) if e.kind == RETROFIT and e.start < end]
    return found[-1] if found else None


def _which_time(building: str) -> str:
    return (
        f"no retrofit of {building} is recorded, so say since when: 'since 1 March 2019', or '2020 against 2019'; or "
        f"record it with `eaio data event {building} retrofit 2019-03-01`"
    )


def _event_words(event: Event) -> str:
    note = f" ({event.note})" if event.note else ""
    return f"after the retrofit of {day_words(event.start)}{note}"


def _facts(query: EnergyQuery, found: Mapping[str, Beside], notes: list[str], inventory: Inventory, fuel: str) -> Facts:
    """Return the savings of named buildings: of one with its model, of several their sum and then each."""
    several = list(found.values())
    lead, whole, shown = several[0], account(several), shown_units(query, inventory, tuple(found))
    who, when = place(tuple(found), inventory), asked(lead.reporting, query.period)
    because = _work(query, inventory, lead.record).because
    after = f", {because}," if because and not because.startswith("since") else ""
    findings = account_findings(whole, fuel, "savings")
    text = f"{who}{after} used {difference_words(whole, fuel, shown)} {when}: {_saving_words(whole, shown)}"
    if len(several) > 1:
        findings += lead_findings(found, fuel, "savings")
        text = f"{text}, of which {each_words(found, 1.0, shown, inventory)}. {basis_words(several)} {ALL_IN}"
        return facts_of(query, inventory, findings, text, None, notes)
    findings += month_findings(lead, fuel, "savings") if query.group == "month" else []
    findings += _uncertainty(lead, findings[0], fuel)
    title = f"{fuel} of {who} beside its baseline of {bare(lead.baseline)}"
    chart = baseline_chart(lead.record, lead.found.model, (lead.baseline, lead.reporting), title)
    return facts_of(query, inventory, findings, f"{text}. {basis_words(several)} {ALL_IN}", chart, notes)


def _saving_words(whole: Account, shown: Sequence[str]) -> str:
    """Write a saving with its interval, or that it is none."""
    word = "a saving" if whole.avoided_kwh >= 0 else "no saving"
    return f"{word} ({interval_words(whole, 1.0, shown)} of what was saved)"


def _uncertainty(lead: Beside, saving: Finding, fuel: str) -> list[Finding]:
    """Return how good the baseline is, and Guideline 14's uncertainty of the saving."""
    good = [f for f in model_findings(lead.record, lead.baseline, fuel, lead.found.model) if f.unit == "percent"]
    fsu = lead.savings.guideline14.at_68
    if fsu is None:
        return good
    how = "fractional savings uncertainty at 68 % confidence, ASHRAE Guideline 14-2014 annex B, of the avoided use"
    name = f"{fuel} fractional uncertainty of savings"
    return [*good, Finding(name, 100.0 * fsu, "percent", saving.buildings, saving.start, saving.end, how)]


def _rank(query: EnergyQuery, found: Mapping[str, Beside], notes: list[str], inventory: Inventory, fuel: str) -> Facts:
    """Return the saving of each building in order, then its percent."""
    ranked = {b: found[b] for b in in_order(query, {b: one.size for b, one in found.items()})}
    findings = lead_findings(ranked, fuel, "savings") + percent_findings(ranked, fuel, "savings")
    lead = next(iter(ranked.values()))
    when, what = asked(lead.reporting, query.period), f"{fuel_words(fuel).capitalize()} saved against the baseline"
    told = {b: amount(one.size, "kWh", shown_units(query, inventory, (b,))) for b, one in ranked.items()}
    of = f"Each baseline is a daily model of {bare(lead.baseline)} at the weather of the days compared."
    values = tuple(one.size for one in ranked.values())
    chart = Chart(f"{fuel} savings {when}", "kWh", tuple(ranked), values, "bar", LABEL)
    return facts_of(
        query, inventory, findings, f"{rank_words(query, f'{what} {when}', told, inventory)} {of}", chart, notes
    )
