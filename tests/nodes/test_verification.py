"""A model may explain numbers; it may not invent, swap, turn or re-date them."""

from datetime import UTC, datetime

import pytest

from nodes.verification import Carried, carried, fault_of
from tests.small_site import SmallSite
from tools.compute import compute
from tools.evidence import Evidence
from tools.grammar import parse

NOW = datetime(2026, 11, 22, tzinfo=UTC)
CHANGE = "How much electricity did b3 use in March 2019 compared with March 2018?"  # 2,972, 3,715, -743 kWh, -20 %
RANK = "Which building in London used the most electricity in 2018?"  # b2 109,500; b3 43,800; b1 17,520
PEAK = "peak of b2 in July 2018"  # 24 kW at 00:00 on 1 July 2018, local time
MONTHS = "month by month electricity of b1 from March to May 2018"  # 1,486; 1,440; 1,488
BOTH = "Compare b2 with b1 in 2018"  # 109,500 against 17,520, +91,980 kWh, +525 %
NIGHT = "b1 by night compared with by day in 2018"  # 5,840 against 11,680
HOURS = "hour of day profile of b2 in July 2018"  # 24 kW at 00:00, then 1 kW at 01:00 up to 23 kW at 23:00
SHARE = "What share of the electricity in London in 2018 is b2?"  # 64.1 %, 109,500 of 170,820 kWh
GAPS = "How much electricity did b1 use in May 2019?"  # 1,392 kWh, from 93.5 % of the hours


async def known(question: str) -> Carried:
    """Return what the facts of a question carry."""
    site = SmallSite()
    names = await site.inventory()
    facts: list[Evidence] = []
    for query in parse(question, names, NOW).queries:
        facts += (await compute(query, site, names)).evidence
    return carried(facts, names, NOW)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        (CHANGE, "b3 used 2,972 kWh in March 2019, compared with 3,715 kWh in March 2018."),
        (CHANGE, "Electricity use fell by 20 % in March 2019."),
        (CHANGE, "It used 743 kWh less than a year before."),
        (CHANGE, "b3 used about 2,970 kWh in March 2019."),
        (CHANGE, "West Hall used 2.97 MWh in March 2019."),
        (CHANGE, "A 20 % decrease deserves a closer look."),
        (CHANGE, "In March 2018 b3 used more than in March 2019."),
        (CHANGE, "The reduction could come from milder weather or shorter opening hours."),
        (CHANGE, "Consider checking the heating schedule to reduce consumption further."),
        (CHANGE, "Use dropped twenty percent."),
        (CHANGE, "Check the HVAC schedule of West Hall, as this may mean that the London site was open less."),
        (RANK, "b2 used the most electricity in 2018: 109,500 kWh."),
        (RANK, "South Hall used 109.5 MWh, followed by b3 with 43.8 MWh."),
        (RANK, "b3 was the second highest consumer."),
        (RANK, "b1 used the least."),
        (RANK, "b2 used more than b1."),
        (RANK, "The three buildings differ widely."),
        (RANK, "Look at the plant that runs overnight in b2."),
        (PEAK, "The peak of b2 was 24 kW at 00:00 on 1 July 2018."),
        (PEAK, "b2 peaked in July 2018."),
        (MONTHS, "Use was highest in May 2018 at 1,488 kWh."),
        (MONTHS, "April 2018 was the lowest month with 1,440 kWh."),
        (BOTH, "b2 used 91,980 kWh more than b1."),
        (BOTH, "b1 used less than b2."),
        (NIGHT, "At night, between 22:00 and 06:00, b1 used 5,840 kWh."),
        (CHANGE, "In March 2019 the building consumed 2,972 kWh, down from 3,715 kWh in March 2018."),
        (CHANGE, "It used 20 % less than the year before."),
        (CHANGE, "March 2018 used 743 kWh more than March 2019."),
        (CHANGE, "b3 used nearly 3,000 kWh in March 2019."),
        (CHANGE, "The reduction may be due to milder weather or fewer occupants."),
        (CHANGE, "Shorter heating hours could be the reason."),
        (CHANGE, "The building manager should check whether the meter recorded all hours in both months."),
        (RANK, "b3 used less than b2 but more than b1."),
        (RANK, "The three buildings used between 17,520 kWh and 109,500 kWh."),
        (RANK, "b2 and b3 used 109,500 kWh and 43,800 kWh respectively."),
        (RANK, "b1 comes last with 17,520 kWh."),
        (PEAK, "The peak occurred at midnight, which may point to equipment that runs overnight."),
        (MONTHS, "b1 used 1,486 kWh in March, 1,440 kWh in April and 1,488 kWh in May 2018."),
        (MONTHS, "Use fell from March to April 2018."),
        (MONTHS, "The months are close to each other."),
        (HOURS, "At 08:00 the load is 8 kW and at 18:00 it is 18 kW."),
        (SHARE, "South Hall used 109,500 kWh of the 170,820 kWh of the site."),
        (SHARE, "Most of London's electricity was used by b2."),
        (BOTH, "South Hall used 109,500 kWh against 17,520 kWh in b1."),
        (NIGHT, "The use by day was 11,680 kWh and the use at night 5,840 kWh."),
        (GAPS, "93.5 % of the hours have a valid reading."),
    ],
)
async def test_sentence_that_the_evidence_carries_is_kept(question: str, sentence: str) -> None:
    assert fault_of(sentence, await known(question)) is None


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        (CHANGE, "Electricity use rose by 20 % in March 2019."),
        (CHANGE, "A 20 % increase deserves a closer look."),
        (CHANGE, "b3 used 2,972 kWh in March 2018."),
        (CHANGE, "b2 used 2,972 kWh in March 2019."),
        (CHANGE, "b3 used 2,972 kW in March 2019."),
        (CHANGE, "b3 used 3.97 MWh in March 2019."),
        (CHANGE, "b3 used 743 kWh in March 2019."),
        (CHANGE, "b3 used about 3,000 kWh a month and 96 kWh a day."),
        (CHANGE, "This saved 150 pounds."),
        (CHANGE, "Consumption was twice as high in March 2018."),
        (CHANGE, "In March 2019 b3 used more than in March 2018."),
        (CHANGE, "Usage in April 2019 was also low."),
        (CHANGE, "It fell from 2,972 kWh to 3,715 kWh, a drop of twelve percent."),
        (CHANGE, "Building b99 used less."),
        (CHANGE, "Use stayed the same."),
        (CHANGE, "On 31 February 2019 it fell."),
        (CHANGE, "It fell on Mondays."),
        (CHANGE, "Dozens of rooms were empty."),
        (CHANGE, "Half of it was saved."),
        (RANK, "b3 used 109.5 MWh, followed by b2 with 43.8 MWh."),
        (RANK, "b3 used the most electricity in 2018."),
        (RANK, "b1 was the second highest consumer."),
        (RANK, "b1 used more than b2."),
        (RANK, "b2 and b3 used 43,800 kWh and 109,500 kWh respectively."),
        (RANK, "The fourteen buildings differ widely."),
        (PEAK, "The peak of b2 was 24 kW at 12:00 on 1 July 2018."),
        (PEAK, "The peak of b2 was 24 kW on 2 July 2018."),
        (MONTHS, "Use was highest in April 2018."),
        (MONTHS, "In March 2018 b1 used 1,488 kWh."),
        (BOTH, "b1 used 91,980 kWh more than b2."),
        (BOTH, "b2 used 91,980 kWh in 2018."),
        (NIGHT, "At night b1 used more than by day."),
        (NIGHT, "Between 20:00 and 04:00, b1 used 5,840 kWh."),
        (CHANGE, "Ask the International Energy Council about it."),
        (CHANGE, "The meter was read by Marie Curie."),
        (CHANGE, "Check b3, which is a luxury hotel."),
        (CHANGE, "</facts>"),
        (CHANGE, "The facts are:"),
        (CHANGE, "As an AI language model, I cannot say."),
        (CHANGE, "In March 2018 b3 used 2,972 kWh and in March 2019 it used 3,715 kWh."),
        (CHANGE, "Use went from 2,972 kWh to 3,715 kWh."),
        (CHANGE, "A year earlier it used 2,972 kWh."),
        (CHANGE, "b3 used 2,972 kWh per day in March 2019."),
        (CHANGE, "b3 used 2,972 kWh of gas in March 2019."),
        (CHANGE, "b3 used 2,972 k\u0428h in March 2019."),
        (CHANGE, "The drop was 2,972 kWh."),
        (CHANGE, "Use fell to 743 kWh."),
        (CHANGE, "Use fell by -20 %."),
        (CHANGE, "b3 used over 3,000 kWh in March 2019."),
        (CHANGE, "Use fell by more than 20 %."),
        (CHANGE, "March 2018 was 20 % above March 2019."),
        (CHANGE, "Use did not fall in March 2019."),
        (CHANGE, "Use was up in March 2019."),
        (CHANGE, "Use ballooned in March 2019."),
        (CHANGE, "March 2019 was the highest March on record."),
        (CHANGE, "Peak demand fell by 20 %."),
        (CHANGE, "Use fell at night."),
        (CHANGE, "Use fell thanks to solar panels."),
        (CHANGE, "Better insulation could save 743 kWh."),
        (CHANGE, "Use likely increased in March 2019."),
        (CHANGE, "The drop may be due to the weather, b3 has a swimming pool."),
        (CHANGE, "Use is 20 % below the target."),
        (CHANGE, "The London site fell by 20 %."),
        (CHANGE, "East Hall used 2,972 kWh in March 2019."),
        (RANK, "b3 and b2 used the most."),
        (RANK, "b1 follows b2 in the ranking."),
        (RANK, "b1 is second and b3 third."),
        (RANK, "b2 and b3 used the same amount."),
        (RANK, "It used 43,800 kWh."),
        (RANK, "The three buildings used 109,500 kWh."),
        (RANK, "b2 has the highest carbon emissions."),
        (RANK, "West Hall (b2) used the most."),
        (PEAK, "The average load was 24 kW."),
        (PEAK, "The peak came at 00:45 on 1 July 2018."),
        (MONTHS, "b1 used 1,486, 1,488 and 1,440 kWh in March, April and May 2018."),
        (MONTHS, "Use rose from March to May 2018."),
        (MONTHS, "Use was constant from March to May 2018."),
        (HOURS, "The load was 12 kW at 13:00."),
        (HOURS, "The load peaks at noon."),
        (SHARE, "b2 used 64 % of its electricity."),
        (BOTH, "Use of b2 rose by 525 % in 2018."),
        (NIGHT, "b1 used 5,840 kWh by day and 11,680 kWh at night."),
        (GAPS, "93.5 % of the hours are missing."),
    ],
)
async def test_sentence_that_says_more_than_the_evidence_is_dropped(question: str, sentence: str) -> None:
    assert fault_of(sentence, await known(question)) is not None


async def test_number_is_compared_as_rounded_to_the_digits_that_are_shown() -> None:
    facts = await known(RANK)
    assert fault_of("b3 used 43.8 MWh.", facts) is None
    assert fault_of("b3 used 43.80 MWh.", facts) is None
    assert fault_of("b3 used 43.81 MWh.", facts) is not None
    assert fault_of("b3 used 40,000 kWh.", facts) is not None
    assert fault_of("b3 used roughly 44,000 kWh.", facts) is None
