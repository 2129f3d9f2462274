"""What an analysis found is told by its own name: savings are no use, and a baseline is no forecast."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from nodes.verification import Carried, carried, fault_of
from tests.small_site import SmallSite
from tools.analyses.finding import Finding, facts_of
from tools.energy_query import EnergyQuery, Period

NOW = datetime(2026, 11, 22, tzinfo=UTC)
START, END = datetime(2018, 1, 1, tzinfo=UTC), datetime(2019, 1, 1, tzinfo=UTC)


@pytest.fixture
async def known() -> Carried:
    """Return what the savings of b1 carry: 12,000 kWh of 30,000, 18,000 used; a balance point of 15.5 degC."""
    names = await SmallSite().inventory()
    period = Period(start=datetime(2018, 1, 1), end=datetime(2019, 1, 1), words="2018")
    query = EnergyQuery(statistic="savings", buildings=("b1",), period=period)

    def one(name: str, value: float, unit: str) -> Finding:
        return Finding(name, value, unit, ("b1",), START, END, "a method")

    findings = [
        one("electricity savings", 12_000, "kWh"),
        one("electricity savings in percent", 40, "percent"),
        one("electricity savings, low", 9_000, "kWh"),
        one("electricity baseline use", 30_000, "kWh"),
        one("electricity actual use", 18_000, "kWh"),
        one("electricity CV(RMSE)", 11.5, "percent"),
    ]
    return carried(list(facts_of(query, names, findings, "words").evidence), names, NOW)


@pytest.mark.parametrize(
    "sentence",
    [
        "The savings of b1 in 2018 were 12,000 kWh.",
        "b1 had savings of 12 MWh, or 40 % savings.",
        "The baseline use of b1 was 30,000 kWh and its actual use 18,000 kWh in 2018.",
        "The CV(RMSE) was 11.5 %.",
        "Check whether the retrofit is the reason.",
    ],
)
async def test_a_finding_told_by_its_name_is_shown(known: Carried, sentence: str) -> None:
    assert fault_of(sentence, known) is None


@pytest.mark.parametrize(
    "sentence",
    [
        "b1 used 12,000 kWh in 2018.",
        "b1 used 30,000 kWh in 2018.",
        "The savings of b1 were 30,000 kWh.",
        "The savings of b1 were 9,000 kWh.",
        "The baseline use of b1 was 18,000 kWh.",
        "The savings were 30,000 kWh against a baseline use of 12,000 kWh.",
        "The savings of b1 were 11.5 %.",
        "The savings of b1 fell by 12,000 kWh.",
        "b1 used 12,000 kWh more than the baseline.",
        "The forecast for b1 is 12,000 kWh.",
        "The savings of b2 in 2018 were 12,000 kWh.",
        "The savings of b1 in 2017 were 12,000 kWh.",
        "There were no savings.",
    ],
)
async def test_a_finding_told_as_something_else_is_dropped(known: Carried, sentence: str) -> None:
    assert fault_of(sentence, known) is not None


async def test_savings_that_are_none_are_not_called_savings(known: Carried) -> None:
    lost = tuple(replace(f, value=-f.value) if "savings" in f.name else f for f in known.facts)
    for sentence in ("The savings of b1 in 2018 were 12,000 kWh.", "b1 had savings: its CV(RMSE) was 11.5 %."):
        assert fault_of(sentence, replace(known, facts=lost)) is not None
