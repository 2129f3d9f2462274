"""Whether an investment pays: from a saving that is stated, or from what a change would have saved in a year.

Simple payback by ASTM E1121, net present value and rate of return by E1074 and E1057. The rate is HM Treasury's: 3.5 %
a year, real (Green Book 2022, social time preference), over 10 years; both are said wherever a figure rests on them.
"""

from dataclasses import dataclass, replace

import numpy as np

from tools.analyses.change_made import change_of, words_of
from tools.analyses.finding import Finding, facts_of
from tools.analyses.meant import Meant, meant, years_of
from tools.analyses.pricing import SERIES
from tools.analyses.sum_words import who
from tools.analyses.what_if import Effect, effects_of
from tools.chart import Chart
from tools.computed import Facts
from tools.energy_query import EnergyQuery
from tools.errors import BadQuestion, NoData
from tools.labelling import LABEL
from tools.money.appraisal import Appraisal, appraise
from tools.readings import Inventory, Readings
from tools.wording import amount

YEARS = 10
RATE_PERCENT = 3.5
LEAST_YEARS = 360 / 365.25
ASSUMED = f"over {YEARS} years at {RATE_PERCENT:g} % a year, without inflation (HM Treasury Green Book)"
GIVE = "say what it saves a year ('saves 4,000 a year') or what it changes ('for closing b4 at weekends')"


@dataclass(frozen=True, slots=True, eq=False)
class Saving:
    """What an investment saves a year, in money and, where a change is behind it, in kWh; `words` say where from.

    `finding` is the money; others are made from it.
    """

    finding: Finding
    kwh: float | None
    words: str


async def payback(query: EnergyQuery, readings: Readings, inventory: Inventory) -> Facts:
    """Return the simple payback of an investment, with its present value and its rate of return.

    Raises `BadQuestion` where investment or saving is not said, `NoData` where no price turns a saving into money.
    """
    investment = query.terms.investment if query.terms else None
    if investment is None:
        raise BadQuestion("it is not said how much is invested; say it, as in 'payback of 20,000 pounds that ...'")
    if query.group not in ("none", "building") or query.against_period or query.against_buildings:
        raise BadQuestion("a payback is of one investment; ask without 'by month' and without a comparison")
    saving = await _saving(query, readings, inventory)
    found = appraise(investment, saving.finding.value, YEARS, RATE_PERCENT)
    findings = _findings(saving, investment, found)
    words = _words(saving, investment, found, inventory)
    return facts_of(query, inventory, findings, words, _chart(saving, found))


async def _saving(query: EnergyQuery, readings: Readings, inventory: Inventory) -> Saving:
    """Return the saving that is stated, else that of the change over a year that is past."""
    assert query.terms is not None
    if query.terms.saving_a_year is not None:
        of = await meant(query, readings, inventory)
        return Saving(_money(of, query.terms.saving_a_year, inventory), None, "as stated")
    if query.terms.change is None:
        raise BadQuestion(f"it is not said what the investment saves; {GIVE}")
    energy = query.model_copy(update={"measure": "gas" if query.measure == "gas" else "electricity"})
    of, effects = await effects_of(energy, await meant(energy, readings, inventory), readings, inventory)
    return _of_change(query, of, effects, inventory)


def _money(of: Meant, value: float, inventory: Inventory) -> Finding:
    """Return a stated saving as a finding about the buildings that are meant."""
    currencies = {inventory.sites[u.site].currency or "currency" for u in of.uses}
    if len(currencies) > 1:
        raise BadQuestion(f"{value:,.0f} could be in {' or '.join(sorted(currencies))}; name a building or a site")
    return Finding(
        name=f"{of.fuel} cost saving a year",
        value=value,
        unit=currencies.pop(),
        buildings=of.buildings,
        start=min(u.start for u in of.uses),
        end=max(u.end for u in of.uses),
        method="as stated in the question",
        tells_contract=True,
    )


def _of_change(query: EnergyQuery, of: Meant, effects: list[Effect], inventory: Inventory) -> Saving:
    """Return what a change saves a year. Raises `NoData` without a price, `BadQuestion` for less than a year."""
    years = years_of(of.uses[0], inventory)
    if years < LEAST_YEARS:
        raise BadQuestion(
            f"{years * 365.25:.0f} days do not tell what a change saves a year, since seasons differ; leave the period "
            "out, or name a year"
        )
    unpriced = next((w for e in effects if e.worth is None for w in e.why if w.startswith("not put into money")), None)
    if unpriced:
        hint = "" if "state" in unpriced else "; or state a price, as in 'at 0.20 a kWh'"
        raise NoData(f"the saving is {unpriced}{hint}")
    money = sum(e.worth.saved for e in effects if e.worth) / years
    kwh = sum(e.changed.what_if.saved_kwh for e in effects) / years
    finding = replace(
        _money(of, money, inventory),
        method=f"the bill before less the bill after the change {of.when}, a year",
        coverage=float(np.concatenate([np.isfinite(u.hours) for u in of.uses]).mean()),
        meters=tuple(m for u in of.uses for m in u.meters),
        tells_contract=any(e.pricing and e.pricing.source != SERIES for e in effects),
    )
    priced = effects[0].pricing.words if effects[0].pricing else ""
    words = f"what being {words_of(change_of(query), query.terms)} would have saved {of.when}, {priced}"
    if len(effects) == 1:
        words += f"; assumed: {effects[0].changed.assumes}"
    return Saving(finding, kwh, words.replace("being with", "having"))


def _findings(saving: Saving, investment: float, found: Appraisal) -> list[Finding]:
    """Return the payback first, or the saving where it never pays back, and what stands beside."""
    money = replace(saving.finding, tells_contract=True)  # what is invested is nobody else's business
    fuel = money.name.split()[0]
    values: list[tuple[str, float | None, str, str]] = [
        ("payback", found.simple_payback_years, "years", "investment over the saving a year (ASTM E1121)"),
        ("cost saving a year", money.value, money.unit, money.method),
        ("investment", investment, money.unit, "as stated in the question"),
        ("net present value", found.npv, money.unit, f"discounted savings less the investment, {ASSUMED} (ASTM E1074)"),
        ("discounted payback", found.discounted_payback_years, "years", f"discounted savings, {ASSUMED} (ASTM E1121)"),
        ("rate of return", found.irr_percent, "percent", f"rate at which it just pays over {YEARS} years (ASTM E1057)"),
        ("saving", saving.kwh, "kWh", "use before less use after the change, a year"),
    ]
    return [
        replace(money, name=f"{fuel} {name}", value=value, unit=unit, method=method)
        for name, value, unit, method in values
        if value is not None
    ]


def _words(saving: Saving, investment: float, found: Appraisal, inventory: Inventory) -> str:
    """Write whether and when it pays back, and what that rests on."""
    money = saving.finding
    spent, saved = amount(investment, money.unit), amount(money.value, money.unit)
    where = who(money.buildings, inventory)
    years = found.simple_payback_years
    if years is None:
        text = f"{spent} at {where} never pays back: it would save {saved} a year ({saving.words})."
    else:
        text = f"{spent} at {where} pays back in {amount(years, 'years')}, saving {saved} a year ({saving.words})."
    worth = amount(found.npv, money.unit)
    return f"{text} Its net present value is {worth} {ASSUMED}."


def _chart(saving: Saving, found: Appraisal) -> Chart:
    """Draw the discounted savings less the investment, year by year."""
    factors = (1.0 + RATE_PERCENT / 100.0) ** np.arange(YEARS + 1)
    worth = np.cumsum(np.array(found.cash_flows) / factors)
    return Chart(
        title=f"worth of the investment after each year, {ASSUMED}",
        unit=saving.finding.unit,
        labels=tuple(f"year {i}" for i in range(YEARS + 1)),
        values=tuple(worth.tolist()),
        kind="line",
        label=LABEL,
    )
