"""Facts are what a person with a pencil would get from the readings."""

from datetime import UTC, datetime

import pytest

from privacy.declassify import Coarsening, Rules, declassify
from privacy.labels import Label
from tests.small_site import SmallSite
from tools.compute import Facts, compute
from tools.errors import BadQuestion, NoData
from tools.grammar import parse
from tools.readings import Fault

NOW = datetime(2026, 11, 22, tzinfo=UTC)
YEAR_H = 8760


async def facts(question: str, site: SmallSite | None = None) -> Facts:
    """Compute the first query of a question."""
    site = site or SmallSite()
    names = await site.inventory()
    return await compute(parse(question, names, NOW).queries[0], site, names)


@pytest.mark.parametrize(
    ("question", "value", "unit"),
    [
        ("How much electricity did b1 use in 2018?", 2 * YEAR_H, "kWh"),
        ("average load of b2 in 2018 in kW", 12.5, "kW"),
        ("average daily electricity of b2 in 2018", 300.0, "kWh"),
        ("peak of b2 in 2018", 24.0, "kW"),
        ("lowest hourly demand of b2 in 2018", 1.0, "kW"),
        ("baseload of b2 in 2018", 2.0, "kW"),
        ("load factor of b2 in 2018", 12.5 / 24, "ratio"),
        ("kWh per m2 of b1 in 2018", 2 * YEAR_H / 100, "kWh_per_m2"),
        ("carbon of b1 in 2018", 0.2 * 2 * YEAR_H, "kgCO2e"),
        ("cost of b2 in 2019", 0.1 * 300 * 365, "GBP"),
        ("b1 by night in 2018, electricity", 2 * YEAR_H / 3, "kWh"),
        ("How complete are the readings of b1 in May 2019?", 100 * (744 - 48) / 744, "percent"),
        ("What share of London's electricity did b1 use in 2018?", 100 * 2 / 19.5, "percent"),
        ("How much electricity did the Old Mill use in 2018?", 181 * 24 + 3 * 122 * 24, "kWh"),
    ],
)
async def test_figure_is_right(question: str, value: float, unit: str) -> None:
    lead = (await facts(question)).evidence[0]
    assert lead.value == pytest.approx(value)
    assert lead.unit == unit


async def test_month_in_summer_time_is_an_hour_shorter_in_march() -> None:
    lead = (await facts("electricity of b1 in March 2018")).evidence[0]
    assert lead.value == pytest.approx(2 * 743)
    assert lead.period.end == datetime(2018, 3, 31, 23, tzinfo=UTC)


async def test_year_in_delhi_begins_at_half_past_six_in_the_evening_utc() -> None:
    lead = (await facts("electricity of the mill in 2019")).evidence[0]
    assert lead.period.start == datetime(2018, 12, 31, 18, 30, tzinfo=UTC)
    assert lead.value == pytest.approx(3 * YEAR_H)


async def test_zeros_of_an_electricity_meter_are_left_out_and_lower_the_coverage() -> None:
    lead = (await facts("electricity of b1 in May 2019")).evidence[0]
    assert lead.value == pytest.approx(2 * (744 - 48))
    assert lead.coverage == pytest.approx(1 - 48 / 744)
    assert any("93.5 %" in c for c in lead.caveats)


async def test_zeros_of_a_gas_meter_count() -> None:
    lead = (await facts("gas of west in July 2018")).evidence[0]
    assert (lead.value, lead.coverage) == (0.0, 1.0)


async def test_change_gives_difference_percent_and_both_operands() -> None:
    found = (await facts("How much electricity did b3 use in March 2019 compared with March 2018?")).evidence
    assert [e.unit for e in found] == ["kWh", "percent", "kWh", "kWh"]
    assert [e.value for e in found] == pytest.approx([-743, -20.0, 4 * 743, 5 * 743])


async def test_rank_is_best_first_and_every_building_has_its_own_fact() -> None:
    found = (await facts("Which building used the most electricity in 2018 in London?")).evidence
    assert [e.buildings for e in found] == [("b2",), ("b3",), ("b1",)]


async def test_peak_is_followed_by_its_own_hour() -> None:
    found = (await facts("peak of b2 in July 2018")).evidence
    assert found[1].period.start == datetime(2018, 6, 30, 23, tzinfo=UTC)
    assert found[1].value == found[0].value == 24.0


async def test_months_come_in_order_and_only_those_asked_for() -> None:
    found = (await facts("month by month electricity of b1 from March to May 2018")).evidence
    assert [e.group for e in found] == ["2018-03", "2018-04", "2018-05"]
    assert [e.value for e in found] == pytest.approx([2 * 743, 1440, 1488])


async def test_profile_is_in_the_sites_own_time() -> None:
    found = (await facts("hour of day profile of b2 in July 2018")).evidence
    assert len(found) == 24
    assert found[1].value == pytest.approx(1.0)  # 01:00 in London in July is 00:00 UTC


async def test_gas_is_beside_a_total_and_never_in_it() -> None:
    found = (await facts("How much energy did west use in 2018?")).evidence
    assert [e.name for e in found] == ["electricity use", "gas, as labelled use"]
    assert found[0].value == pytest.approx(5 * YEAR_H)


async def test_named_buildings_together_are_one_sum_with_its_parts() -> None:
    found = (await facts("How much electricity did b1 and b2 use together in 2018?")).evidence
    assert found[0].value == pytest.approx(found[1].value + found[2].value)


async def test_open_fault_travels_with_every_fact_that_it_touches() -> None:
    fault = Fault(
        "b3/gas",
        "unit_doubt",
        datetime(2018, 1, 1, tzinfo=UTC),
        datetime(2019, 1, 1, tzinfo=UTC),
        8760,
        "the unit is doubtful",
    )
    site = SmallSite((fault,))
    assert "the unit is doubtful" in (await facts("gas of west in May 2018", site)).evidence[0].caveats
    assert (await facts("gas of west in May 2019", site)).evidence[0].caveats == ()
    assert (await facts("electricity of west in May 2018", site)).evidence[0].caveats == ()


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("electricity of b1 in 2035", "run from 1 January 2018 to 31 December 2019"),
        ("electricity of b1 in 2015", "run from 1 January 2018"),
        ("gas of b1 in 2019", "no gas meter"),
        ("cost of b1 in 2018", "there is no price for 2018"),
        ("carbon of the mill in 2019", "no hourly carbon factor"),
        ("kWh per m2 of b3 in 2019", "eaio building set b3 --area"),
        ("electricity of b1 on 2 May 2019", "no valid electricity reading"),
    ],
)
async def test_what_is_not_there_is_said_with_what_there_is(question: str, reason: str) -> None:
    with pytest.raises(NoData, match=reason):
        await facts(question)


async def test_peak_over_two_sites_in_two_zones_is_asked_back() -> None:
    with pytest.raises(BadQuestion, match="name one site"):
        await facts("peak of b1 and the mill together in 2019")


@pytest.mark.parametrize(
    ("question", "label"),
    [
        ("electricity of b1 in 2018", Label.INTERNAL),
        ("electricity of b1 on 5 May 2018", Label.RESTRICTED),
        ("peak of b1 in 2018", Label.RESTRICTED),
        ("hour of day profile of b1 in 2018", Label.RESTRICTED),
        ("month by month electricity of b1 in 2018", Label.INTERNAL),
    ],
)
async def test_label_can_be_lowered_by_how_coarsely_a_fact_shows_use(question: str, label: Label) -> None:
    found = await facts(question)
    asked = found.evidence[0]
    assert asked.label is Label.RESTRICTED
    assert declassify(asked.label, found.grounds[asked.id], Rules(coarsening=Coarsening())).label is label


async def test_same_fact_keeps_its_id_whatever_the_words() -> None:
    one, other = await facts("How much electricity did b1 use in 2018?"), await facts("b1 kWh in 2018, in MWh")
    assert one.evidence[0].id == other.evidence[0].id


async def test_building_without_data_is_left_out_of_a_rank_and_named() -> None:
    found = await facts("Which building in London used the most gas in 2018?")
    assert [e.buildings for e in found.evidence] == [("b3",)]


@pytest.mark.parametrize("statistic", ["total", "causes"])
async def test_period_is_not_set_beside_itself(statistic: str) -> None:
    site = SmallSite()
    names = await site.inventory()
    year = parse("electricity of b1 in 2018", names, NOW).queries[0]
    alone = year.model_copy(update={"statistic": statistic, "against_period": year.period})
    with pytest.raises(BadQuestion, match="2018 would be compared with itself"):
        await compute(alone, site, names)
