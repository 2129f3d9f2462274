"""Remarks by rule say what findings mean, in words and without figures that no fact has."""

import re
from typing import Any, get_args

import numpy as np
import pytest

from tests.made_site import MadeSite, winters
from tests.small_site import SmallSite
from tests.tools.analyses.asked import ask, year
from tests.tools.analyses.priced_site import office, priced
from tools.analysis_remarks import RULES, analysis_remarks
from tools.computed import Facts
from tools.energy_query import Analysis, Change, EnergyQuery, Terms
from tools.evidence import Evidence, Span
from tools.remarks import remarks

YEAR = {"buildings": ("b1",), "period": year(2019)}
CLOSED = Terms(change=Change(kind="close_weekends"))


async def of(facts: Facts, site: MadeSite) -> str:
    return " ".join(remarks(list(facts.evidence), await site.inventory()))


def made(statistic: str, *findings: tuple[str, float, str], **query: Any) -> list[Evidence]:
    """Return evidence of an analysis with names, values and units."""
    asked = EnergyQuery(statistic=statistic, **query)  # type: ignore[arg-type]
    start, end = year(2019).utc("Europe/London")
    return [
        Evidence(
            id=f"e{i}",
            name=name,
            value=value,
            unit=unit,
            buildings=("b1",),
            period=Span(start=start, end=end),
            method="as made",
            coverage=1.0,
            label=3,  # type: ignore[arg-type]
            query=asked,
        )
        for i, (name, value, unit) in enumerate(findings)
    ]


def test_every_analysis_has_its_remarks() -> None:
    assert set(RULES) == set(get_args(Analysis))


@pytest.mark.parametrize("statistic", sorted(RULES))
def test_remarks_have_no_figures_and_are_few(statistic: str) -> None:
    for value in (-5.0, 0.0, 5.0):
        said = analysis_remarks(made(statistic, ("electricity saving", value, "kWh")))
        assert len(said) <= 3
        assert not re.search(r"\d", " ".join(said))


@pytest.mark.parametrize(
    ("statistic", "findings", "words"),
    [
        ("savings", [("electricity savings", 50.0, "kWh")], "More was used"),
        (
            "savings",
            [("electricity savings", 50.0, "kWh"), *[(f"electricity savings, {e}", 9.0, "kWh") for e in "ab"]],
            "",
        ),
        ("baseline", [("electricity use above baseline", -9.0, "kWh")], "less than the weather explains"),
        (
            "forecast",
            [("electricity MASE", 0.6, "ratio"), ("electricity naive MASE", 0.8, "ratio")],
            "better than repeating",
        ),
        ("forecast", [("electricity MASE", 0.9, "ratio"), ("electricity naive MASE", 0.8, "ratio")], "no better than"),
        ("peer_rank", [("energy intensity percentile", 80.0, "percent")], "Most peers use less"),
        ("peer_rank", [("energy intensity over the ENERGY STAR median", 80.0, "percent")], "Most peers use more"),
        ("anomalies", [("electricity anomalies", 0.0, "count")], "Nothing stood out"),
        ("level_changes", [("electricity level change, 2019-03-01", 70.0, "kWh_per_day")], "adds up day by day"),
        (
            "causes",
            [("electricity difference", 9.0, "kWh"), ("electricity use by weather", 5.0, "kWh")],
            "goes with weather",
        ),
        ("load_duration", [("electricity hours above 90 % of peak", 5.0, "h")], "Few hours make the peak"),
        ("degree_days", [("cooling degree days", 5.0, "K_d")], "cooling energy over them"),
    ],
)
def test_remark_follows_the_finding(statistic: str, findings: list[tuple[str, float, str]], words: str) -> None:
    if statistic == "savings" and words:
        findings = [(name, -value, unit) for name, value, unit in findings]
    assert words in " ".join(analysis_remarks(made(statistic, *findings)))


def test_interval_that_includes_zero_is_said() -> None:
    ends = [("electricity savings, low", -3.0, "kWh"), ("electricity savings, high", 9.0, "kWh")]
    assert "no saving is shown" in analysis_remarks(made("savings", ("electricity savings", 3.0, "kWh"), *ends))[0]
    ends = [
        ("electricity use above baseline lower end", -3.0, "kWh"),
        ("electricity use above baseline upper end", 9.0, "kWh"),
    ]
    assert (
        "may be chance" in analysis_remarks(made("baseline", ("electricity use above baseline", 3.0, "kWh"), *ends))[0]
    )


async def test_what_if_says_who_may_need_the_weekends_and_when_it_does_not_pay() -> None:
    site = priced({"b1/electricity": office()})
    assert "ask who needs the weekends" in await of(await ask(site, "what_if", **YEAR, terms=CLOSED), site)
    flat = priced({"b1/electricity": np.full(8760, 2.0)})
    assert "would not have paid" in await of(await ask(flat, "what_if", **YEAR, terms=CLOSED), flat)


async def test_bill_names_its_largest_line_and_emissions_both_figures() -> None:
    from tests.tools.analyses.test_tariff_cost import FLAT, under

    site = priced({"b1/electricity": office()}, settings=under(FLAT), carbon=0.2)
    bill = await ask(site, "tariff_cost", measure="cost", **YEAR)
    assert "The largest line of the bill is that of 'all hours'." in await of(bill, site)
    both = await ask(site, "emissions", **YEAR, terms=Terms(factor_kgco2e_per_kwh=0.1))
    assert "Report both figures" in await of(both, site)


async def test_payback_tells_whether_it_earns_its_cost() -> None:
    site = priced({"b1/electricity": office()})
    good, bad = [
        await of(await ask(site, "payback", **YEAR, terms=Terms(investment=10, saving_a_year=s)), site)
        for s in (5, 0.5)
    ]
    assert "worth more than it costs" in good
    assert "does not earn its cost" in bad


async def test_plain_figures_keep_their_remarks_and_poor_coverage_is_told() -> None:
    small = SmallSite()
    factor = await ask(small, "load_factor", buildings=("b1",), period=year(2019))
    assert "means an even load" in " ".join(remarks(list(factor.evidence), await small.inventory()))
    half = winters(365) + 30
    half[::2] = np.nan
    site = priced({"b1/electricity": half})
    assert "less than 95 % of their hours" in await of(await ask(site, "what_if", **YEAR, terms=CLOSED), site)
