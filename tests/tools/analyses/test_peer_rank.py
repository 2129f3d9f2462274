"""A building's energy by floor area is set against that of buildings of its use."""

import numpy as np
import pytest

from tests.made_site import MadeSite
from tests.shipped_files import ShippedFiles
from tests.tools.analyses.asked import ask, fact, said, span, year
from tools.energy_query import Terms
from tools.errors import BadQuestion, NoData
from tools.peers import cbecs_peers, energy_star_median, match_use, peer_rank, seattle_peers

HOURS = np.full(8760, 2.0)  # 175.2 kWh/m2 a year on 100 m2
SITE = 2 * 8760 / 100


async def test_office_is_ranked_by_source_energy_among_the_surveys_offices() -> None:
    found = await ask(MadeSite({"b1/electricity": HOURS}), "peer_rank", buildings=("b1",), period=year(2019))
    expected = peer_rank(2.8 * SITE, cbecs_peers(match_use("office")), "source")
    lead = found.evidence[0]
    assert (lead.name, lead.unit) == ("energy intensity percentile", "percent")
    assert lead.value == pytest.approx(expected.percent_using_less)
    assert fact(found, "energy intensity, source").value == pytest.approx(2.8 * SITE)
    assert fact(found, "peers' median intensity").value == pytest.approx(expected.median_kwh_per_m2)
    assert fact(found, "peers").value == expected.count
    words = await said(MadeSite({"b1/electricity": HOURS}), "peer_rank", buildings=("b1",), period=year(2019))
    assert "electricity alone, while peers' figures include every fuel" in words
    assert "US buildings of 2012" in words


async def test_peers_and_basis_are_as_asked() -> None:
    site = MadeSite({"b1/electricity": HOURS, "b1/gas": HOURS})
    terms = Terms(peers="seattle", basis="site")
    found = await ask(site, "peer_rank", buildings=("b1",), period=year(2019), terms=terms)
    expected = peer_rank(2 * SITE, seattle_peers(match_use("office")), "site")
    assert found.evidence[0].value == pytest.approx(expected.percent_using_less)
    median = await ask(site, "peer_rank", buildings=("b1",), period=year(2019), terms=Terms(peers="energy_star"))
    assert median.evidence[0].name == "energy intensity over the ENERGY STAR median"
    source = (2.8 + 1.05) * SITE
    typical = energy_star_median(match_use("office")).source_kwh_per_m2
    assert median.evidence[0].value == pytest.approx(100 * source / typical)


async def test_portfolio_of_one_use_is_its_own_peers_from_ten_others_on() -> None:
    loads = {f"b{i}/electricity": HOURS * i for i in range(1, 13)}
    terms = Terms(peers="own")
    found = await ask(MadeSite(loads), "peer_rank", buildings=("b3",), period=year(2019), terms=terms)
    assert found.evidence[0].value == pytest.approx(100 * 2 / 11)
    few = MadeSite({f"b{i}/electricity": HOURS * i for i in range(1, 5)})
    with pytest.raises(NoData, match="3 peers with source energy are too few"):
        await ask(few, "peer_rank", buildings=("b3",), period=year(2019), terms=terms)
    schools = MadeSite(loads, uses={f"b{i}": "school" for i in range(1, 13) if i != 3})
    with pytest.raises(NoData, match="0 peers"):
        await ask(schools, "peer_rank", buildings=("b3",), period=year(2019), terms=terms)


async def test_use_without_a_survey_falls_back_to_what_there_is() -> None:
    site = MadeSite({"b1/electricity": HOURS, "b2/electricity": HOURS}, uses={"b1": "university", "b2": "library"})
    city = await said(site, "peer_rank", buildings=("b1",), period=year(2019))
    assert "Seattle 2016 college/university" in city
    median = await ask(site, "peer_rank", buildings=("b2",), period=year(2019))
    assert median.evidence[0].name == "energy intensity over the ENERGY STAR median"


async def test_rank_of_many_uses_sets_all_against_the_median_of_their_use() -> None:
    site = MadeSite(
        {"b1/electricity": HOURS, "b2/electricity": HOURS, "b3/electricity": HOURS, "b4/electricity": HOURS},
        uses={"b2": "supermarket", "b3": None},
        areas={"b4": None},
    )
    found = await ask(site, "peer_rank", period=year(2019))
    assert [e.buildings for e in found.evidence] == [("b1",), ("b2",)]
    assert {e.name for e in found.evidence} == {"energy intensity over the ENERGY STAR median"}
    assert any(note.startswith("left out: b3, b4") for note in found.notes)


@pytest.mark.parametrize(
    ("uses", "areas", "reason"),
    [
        ({"b1": None}, {}, "eaio building set b1 --use office"),
        ({"b1": "spaceport"}, {}, "no peers for the use 'spaceport'"),
        ({}, {"b1": None}, "eaio building set b1 --area M2"),
    ],
)
async def test_unknown_use_or_area_says_how_to_give_it(
    uses: dict[str, str | None], areas: dict[str, float | None], reason: str
) -> None:
    site = MadeSite({"b1/electricity": HOURS}, uses=uses, areas=areas)
    with pytest.raises(NoData, match=reason):
        await ask(site, "peer_rank", buildings=("b1",), period=year(2019))


@pytest.mark.parametrize("peers", ["cbecs", "energy_star"])
async def test_part_of_a_year_and_half_a_record_are_not_compared(peers: str) -> None:
    from datetime import datetime

    march = span(datetime(2019, 3, 1), datetime(2019, 4, 1), "March 2019")
    site = MadeSite({"b1/electricity": HOURS, "b2/electricity": np.where(np.arange(8760) < 4000, 2.0, np.nan)})
    terms = Terms.model_validate({"peers": peers})
    with pytest.raises(NoData, match="part of a year"):
        await ask(site, "peer_rank", buildings=("b1",), period=march, terms=terms)
    with pytest.raises(NoData, match=r"only 45\.7 % of the hours of b2"):
        await ask(site, "peer_rank", buildings=("b2",), period=year(2019), terms=terms)
    with pytest.raises(BadQuestion, match="every fuel"):
        await ask(site, "peer_rank", measure="gas", buildings=("b1",), period=year(2019), terms=terms)


async def test_year_with_gaps_is_filled_and_that_is_said() -> None:
    gaps = np.where(np.arange(8760) % 5 == 0, np.nan, 2.0)
    found = await ask(MadeSite({"b1/electricity": gaps}), "peer_rank", buildings=("b1",), period=year(2019))
    assert fact(found, "energy intensity, source").value == pytest.approx(2.8 * SITE)
    words = await said(MadeSite({"b1/electricity": gaps}), "peer_rank", buildings=("b1",), period=year(2019))
    assert "missing hours taken to be like the valid ones" in words


async def test_shipped_library_stands_well_under_the_median() -> None:
    found = await ask(ShippedFiles(), "peer_rank", buildings=("lb",), period=year(2016))
    assert found.evidence[0].value == pytest.approx(22.91, abs=0.01)
