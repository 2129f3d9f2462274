"""Conversations that were written with the others and not looked at while the product was mended by those."""

from benchmarks.answers.dialogues_script import Dialogue, asks, difference, ends, in_percent, numbered, versus
from benchmarks.answers.facts import (
    CAMBRIDGE,
    DELHI,
    baseload,
    change,
    compare,
    intensity,
    load_factor,
    lowest,
    mean,
    minimum,
    only,
    peak,
    profile,
    rank,
    total,
)
from benchmarks.answers.load_facts import schedule, waste
from benchmarks.answers.money_facts import at_price, cut_baseload
from benchmarks.answers.more_facts import rank_low
from benchmarks.answers.more_questions import clock_share, most
from benchmarks.answers.truth import ALL
from benchmarks.answers.weather_facts import against_baseline, degree_days

MANAGER = [
    (
        asks("electricity use of b25 last quarter of 2019", total, "b25", "2019Q4"),
        asks("and the quarter before that?", total, "b25", "2019Q3"),
        asks("hm ok, and gas?", total, "b25", "2019Q3", "gas"),
        asks("not b25, b35 please", total, "b35", "2019Q3", "gas"),
    ),
    (
        asks("How much did the electricity of b58 cost us in May 2020?", total, "b58", "2020-05", "cost"),
        asks("same month last year?", total, "b58", "2019-05", "cost"),
        asks("so how much cheaper or dearer was it in 2020?", change, "b58", "2020-05", "2019-05", "cost"),
        asks("and for b4", change, "b4", "2020-05", "2019-05", "cost"),
    ),
    (
        asks("which three buildings in Cambridge used the least electricity in 2020?", lowest, CAMBRIDGE, "2020", 3),
        asks("and the most?", rank, CAMBRIDGE, "2020", 3),
        asks("only at night", rank, CAMBRIDGE, "2020", 3, only, which="night"),
        asks("what about gas, whole day", rank, CAMBRIDGE, "2020", 3, quantity="gas"),
    ),
    (
        asks("how much electricity did b8 use in june 2018", total, "b8", "2018-06"),
        asks("split it by weekday and weekend?", only, "b8", "2018-06", "weekdays").either(
            only, "b8", "2018-06", "weekend"
        ),
        asks("june 2019 please, just the total", total, "b8", "2019-06"),
        asks("what would that be at 15 pence a kWh?", at_price, "b8", "2019-06", 0.15),
    ),
]
ENGINEER = [
    (
        asks("load factor for b111 in 2018", load_factor, "b111", "2018"),
        asks("next year?", load_factor, "b111", "2019"),
        asks("and its base load", baseload, "b111", "2019"),
        asks("which Cambridge building had the highest that year?", rank, CAMBRIDGE, "2019", 1, baseload),
    ),
    (
        asks("hourly profile of b19 in january 2020", profile, "b19", "2020-01"),
        asks("and in july?", profile, "b19", "2020-07"),
        asks("what was the peak that month", peak, "b19", "2020-07"),
        asks("and the minimum", minimum, "b19", "2020-07"),
    ),
    (
        asks("is b58's gas in 2019 above baseline", against_baseline, "b58", "2019", "2018", "gas"),
        asks("electricity?", against_baseline, "b58", "2019", "2018"),
        asks("hdd for cambridge in the same year", degree_days, "b58", "2019"),
        asks("and the year before that?", degree_days, "b58", "2018"),
    ),
    (
        asks("what would a 15 % lower baseload have saved at b4 in 2020", cut_baseload, "b4", "2020", 15),
        asks("make it 25 %", cut_baseload, "b4", "2020", 25),
        asks("as money", cut_baseload, "b4", "2020", 25, "GBP"),
        asks("b105 too?", cut_baseload, "b105", "2020", 25, "GBP"),
    ),
]
OPERATOR = [
    (
        asks("when does b58 start up and shut down, 2018", schedule, "b58", "2018"),
        asks("the same for b4 please", schedule, "b4", "2018"),
        asks("how much does it waste out of hours", waste, "b4", "2018"),
        asks("and 2020?", waste, "b4", "2020"),
    ),
    (
        asks("peak of the library in 2017?", peak, "lb", "2017"),
        asks("only september", peak, "lb", "2017-09"),
        asks("sorry I meant 2016", peak, "lb", "2016-09"),
        asks("and what about the academic building", peak, "acb", "2016-09"),
        asks("average?", mean, "acb", "2016-09"),
    ),
    (
        asks("what share of b40's electricity in 2020 was at weekends?", clock_share, "b40", "2020", "weekend"),
        asks("and nights?", clock_share, "b40", "2020", "night"),
        asks("for b31?", clock_share, "b31", "2020", "night"),
    ),
    (
        asks("b36 electricity on 14 May 2019", total, "b36", "2019-05-14"),
        asks("and the next day?", total, "b36", "2019-05-15"),
        asks("whole week 13 to 19 May", total, "b36", "2019-05-13..2019-05-19"),
        asks("on which day was it highest?", most, "b36", "2019-05-13..2019-05-19", "D"),
    ),
]
LEAD = [
    (
        asks(
            "CO2 from electricity at Cambridge in 2018, by building, highest first",
            rank,
            CAMBRIDGE,
            "2018",
            12,
            quantity="carbon",
        ),
        asks("just the top 4", rank, CAMBRIDGE, "2018", 4, quantity="carbon"),
        asks("how did the whole site do in 2019 compared to 2018?", change, ALL, "2019", "2018", "carbon"),
        asks("as a percentage", in_percent, ALL, "2019", "2018", "carbon"),
    ),
    (
        asks(
            "which Delhi campus building has the lowest electricity per m2 in 2016?",
            rank_low,
            DELHI,
            "2016",
            1,
            intensity,
        ),
        asks("and the highest one?", rank, DELHI, "2016", 1, intensity),
        asks("2014", rank, DELHI, "2014", 1, intensity),
        ends("what about in carbon?", "no_data"),
    ),
    (
        asks("compare gas at b4 with b36 in 2020", versus, "b4", "b36", "2020", "gas"),
        asks("and 2019", versus, "b4", "b36", "2019", "gas"),
        asks("same for electricity", compare, "b4", "b36", "2019"),
        asks("how much did b36 change from 2018 to 2019?", difference, "b36", "2019", "2018"),
        asks("why", difference, "b36", "2019", "2018"),
    ),
]

DIALOGUES: list[Dialogue] = [
    *numbered("building manager", MANAGER, "-held"),
    *numbered("energy engineer", ENGINEER, "-held"),
    *numbered("facility operator", OPERATOR, "-held"),
    *numbered("sustainability lead", LEAD, "-held"),
]
