"""An investment pays back when its savings make it up, and what that assumes is said."""

from datetime import datetime

import numpy as np
import pytest

from privacy.declassify import Coarsening, Rules, declassify
from privacy.labels import Label
from tests.tools.analyses.asked import ask, fact, said, span, year
from tests.tools.analyses.priced_site import office, priced
from tools.energy_query import Change, Terms
from tools.errors import BadQuestion, NoData

CLOSED = Change(kind="close_weekends")
SAVED = 104 * 24 * 2.0 * 0.2


async def test_stated_saving_pays_back_in_investment_over_saving() -> None:
    site = priced({"b1/electricity": office()})
    found = await ask(site, "payback", buildings=("b1",), terms=Terms(investment=20_000, saving_a_year=4_000))
    assert (found.evidence[0].name, found.evidence[0].value, found.evidence[0].unit) == (
        "electricity payback",
        5.0,
        "years",
    )
    npv = -20_000 + sum(4_000 / 1.035**t for t in range(1, 11))
    assert fact(found, "electricity net present value").value == pytest.approx(npv)
    assert fact(found, "electricity rate of return").value == pytest.approx(15.098, abs=1e-3)
    assert fact(found, "electricity discounted payback").value == pytest.approx(5.596, abs=1e-3)
    assert found.chart is not None
    assert found.chart.values[0] == -20_000
    assert found.chart.values[-1] == pytest.approx(npv)


async def test_headline_says_rate_and_years() -> None:
    site = priced({"b1/electricity": office()})
    text = await said(site, "payback", buildings=("b1",), terms=Terms(investment=20_000, saving_a_year=4_000))
    assert text.startswith("£20,000.00 at b1 pays back in 5.00 years, saving £4,000.00 a year (as stated).")
    assert "over 10 years at 3.5 % a year, without inflation (HM Treasury Green Book)" in text


async def test_change_pays_back_by_what_it_would_have_saved_in_a_year() -> None:
    site = priced({"b1/electricity": office()}, price=0.2)
    found = await ask(site, "payback", buildings=("b1",), terms=Terms(investment=SAVED * 3, change=CLOSED))
    assert found.evidence[0].value == pytest.approx(3.0)
    assert fact(found, "electricity cost saving a year").value == pytest.approx(SAVED)
    assert fact(found, "electricity saving").value == pytest.approx(SAVED / 0.2)
    assert "what being closed at weekends would have saved in 2019, the last full year" in (found.words or "")


async def test_saving_of_several_buildings_is_their_sum() -> None:
    site = priced({"b1/electricity": office(), "b2/electricity": office()}, price=0.2)
    found = await ask(site, "payback", terms=Terms(investment=SAVED * 4, change=CLOSED))
    assert found.evidence[0].value == pytest.approx(2.0)


async def test_change_that_saves_nothing_never_pays_back() -> None:
    site = priced({"b1/electricity": np.full(8760, 3.0)}, price=0.2)
    found = await ask(site, "payback", buildings=("b1",), terms=Terms(investment=1_000, change=CLOSED))
    assert (found.evidence[0].name, found.evidence[0].value) == ("electricity cost saving a year", 0.0)
    assert "never pays back" in (found.words or "")


@pytest.mark.parametrize(
    ("terms", "message"),
    [
        (None, "how much is invested"),
        (Terms(saving_a_year=5), "how much is invested"),
        (Terms(investment=5), "what the investment saves"),
    ],
)
async def test_what_is_missing_is_named(terms: Terms | None, message: str) -> None:
    with pytest.raises(BadQuestion, match=message):
        await ask(priced({"b1/electricity": office()}), "payback", buildings=("b1",), terms=terms)


async def test_part_of_a_year_is_no_basis() -> None:
    site = priced({"b1/electricity": office()}, price=0.2)
    quarter = span(datetime(2019, 1, 1), datetime(2019, 4, 1))
    with pytest.raises(BadQuestion, match="90 days do not tell"):
        await ask(site, "payback", period=quarter, terms=Terms(investment=5, change=CLOSED))


async def test_change_without_a_price_says_to_state_one() -> None:
    with pytest.raises(NoData, match="state a price"):
        await ask(priced({"b1/electricity": office()}), "payback", terms=Terms(investment=5, change=CLOSED))


async def test_what_is_invested_stays_with_its_owner() -> None:
    site = priced({"b1/electricity": office()})
    found = await ask(site, "payback", period=year(2019), terms=Terms(investment=20_000, saving_a_year=4_000))
    rules = Rules(coarsening=Coarsening())
    assert {declassify(e.label, found.grounds[e.id], rules).label for e in found.evidence} == {Label.RESTRICTED}
