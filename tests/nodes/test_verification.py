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
