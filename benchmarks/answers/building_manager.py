"""A building manager asks: what is used and wasted, why, and whether a measure pays."""

from benchmarks.answers.change_facts import causes, forecast
from benchmarks.answers.facts import CAMBRIDGE, intensity, mean, rank, total
from benchmarks.answers.load_facts import empty_use, schedule, waste
from benchmarks.answers.money_facts import (
    at_price,
    close_weekends,
    closing_together,
    cut_baseload,
    payback_of_cut,
    stated_payback,
)
from benchmarks.answers.more_facts import change_of
from benchmarks.answers.question import Question
from benchmarks.answers.truth import ALL

QUESTIONS = [
    Question("waste-1", "How much electricity did b4 waste in 2019 while nobody was in the building?").by(
        waste, "b4", "2019"
    ),
    Question("waste-7", "How much electricity did b58 use in 2018 outside opening hours?").by(empty_use, "b58", "2018"),
    Question("waste-10", "How much electricity does b25 waste when it is empty?").by(waste, "b25", "2020"),
    Question("waste-2", "Which Cambridge building wasted the most electricity out of hours in 2019?").by(
        rank, CAMBRIDGE, "2019", 1, by=waste
    ),
    Question("waste-3", "How much electricity did the library waste out of hours in 2016?").by(waste, "lb", "2016"),
    Question("schedule-3", "When does the library open and close by its electricity in September 2016?").by(
        schedule, "lb", "2016-09"
    ),
    Question("causes-1", "Why did b36 use more electricity in 2019 than in 2018?").by(causes, "b36", "2019", "2018"),
    Question("causes-3", "Why was b58's gas use in 2019 different from 2018?").by(causes, "b58", "2019", "2018", "gas"),
    Question("causes-4", "Why did the academic building use more electricity in 2016 than in 2015?").by(
        causes, "acb", "2016", "2015"
    ),
    Question("forecast-4", "How much electricity will b105 use tomorrow?").by(forecast, "b105", "2021-01-01", 1),
    Question("what-if-1", "What if we had closed b4 at weekends in 2019?").by(close_weekends, "b4", "2019"),
    Question("what-if-3", "What would closing b105 at weekends have saved in money in 2020?").by(
        close_weekends, "b105", "2020", "GBP"
    ),
    Question(
        "what-if-9", "At 20 pence per kWh, what would cutting b111's baseload by 15 % have saved in money in 2019?"
    ).by(cut_baseload, "b111", "2019", 15, "GBP", 0.2),
    Question("payback-1", "We would spend £50,000 on something that saves £8,000 a year: when is it paid back?").by(
        stated_payback, 50_000, 8_000
    ),
    Question("payback-3", "How long would £12,000 take to pay back if it cut b36's baseload by 10 %?").by(
        payback_of_cut, "b36", 12_000, 10, "2020"
    ),
    Question("tariff-1", "What would b4's electricity of 2019 have cost at 15 pence per kWh?").by(
        at_price, "b4", "2019", 0.15
    ),
    Question("tariff-2", "How much would the library's electricity in 2016 have cost at 0.10 per kWh?").by(
        at_price, "lb", "2016", 0.10, None
    ),
    Question("intensity-205", "How many kWh per square foot did the girls' hostel use in 2017?").by(
        intensity, "gh", "2017"
    ),
    Question("compare-203", "How did the average load of b31 in 2020 compare with 2018?").by(
        change_of, mean, "b31", "2020", "2018"
    ),
    Question("rank-204", "Which five Cambridge buildings spent the most on electricity in 2019?").by(
        rank, CAMBRIDGE, "2019", 5, quantity="cost"
    ),
    Question("unit-2", "How many MWh of electricity did the Cambridge site use in 2018?").by(total, ALL, "2018"),
    Question("what-if-11", "What if b8 and b19 were closed at weekends in 2018?").by(
        closing_together, ("b8", "b19"), "2018"
    ),
]
