"""An energy engineer's conversations: statistics of a load, weather, baselines, what-if."""

from benchmarks.answers.change_facts import level_change, some
from benchmarks.answers.dialogues_script import asks, numbered
from benchmarks.answers.facts import (
    CAMBRIDGE,
    baseload,
    highest,
    intensity,
    load_factor,
    mean,
    peak,
    profile,
    rank,
    total,
)
from benchmarks.answers.load_facts import day_kinds, day_types, load_duration, peak_driver
from benchmarks.answers.money_facts import cut_baseload
from benchmarks.answers.more_facts import change_of, compared_years, least_complete, rank_low
from benchmarks.answers.more_questions import completeness, daily_use
from benchmarks.answers.peer_facts import source_intensity
from benchmarks.answers.weather_facts import against_baseline, degree_days, savings

DIALOGUES = numbered(
    "energy engineer",
    [
        (
            asks("What was the baseload of b36 in 2019?", baseload, "b36", "2019"),
            asks("2020?", baseload, "b36", "2020"),
            asks("and the peak?", peak, "b36", "2020"),
            asks("load factor?", load_factor, "b36", "2020"),
            asks("same for b4", load_factor, "b4", "2020"),
        ),
        (
            asks("EUI of the academic building in 2016", intensity, "acb", "2016"),
            asks("in kBtu/ft2", intensity, "acb", "2016").shows("kBtu"),
            asks("and the library?", intensity, "lb", "2016"),
            asks("source EUI?", source_intensity, "lb", "2016"),
            asks("2017?", source_intensity, "lb", "2017"),
        ),
        (
            asks("Heating degree days for Cambridge in 2018?", degree_days, "b4", "2018"),
            asks("2019?", degree_days, "b4", "2019"),
            asks("and with a base of 18?", degree_days, "b4", "2019", 18),
            asks("cooling degree days instead", degree_days, "b4", "2019", cooling=True).either(
                degree_days, "b4", "2019", 18, cooling=True
            ),
            asks("july only", degree_days, "b4", "2019-07", cooling=True).either(
                degree_days, "b4", "2019-07", 18, cooling=True
            ),
        ),
        (
            asks("Was b36's electricity in 2019 above its baseline?", against_baseline, "b36", "2019", "2018"),
            asks("and b105?", against_baseline, "b105", "2019", "2018"),
            asks("and for gas?", against_baseline, "b105", "2019", "2018", "gas"),
            asks("in 2020?", against_baseline, "b105", "2020", "2019", "gas"),
        ),
        (
            asks("load duration curve for b58, 2019", load_duration, "b58", "2019"),
            asks("and b111", load_duration, "b111", "2019"),
            asks("feb 2020 only", load_duration, "b111", "2020-02"),
            asks("what was the peak then?", peak, "b111", "2020-02"),
        ),
        (
            asks("When did b36's electricity change its level?", level_change, "b36", "2019-04-02", 1, leads=False),
            asks("and b22?", level_change, "b22", "2020-03-20", -1),
            asks("how much did it use in 2019?", total, "b22", "2019"),
            asks("and the year after?", total, "b22", "2020"),
            asks("so what's the difference?", compared_years, "b22", "2020", "2019"),
        ),
        (
            asks("What if b36's baseload were cut by 20% in 2019?", cut_baseload, "b36", "2019", 20),
            asks("and by 10%?", cut_baseload, "b36", "2019", 10),
            asks("in money?", cut_baseload, "b36", "2019", 10, "GBP"),
            asks("and carbon?", cut_baseload, "b36", "2019", 10, "kgCO2e"),
            asks("what about b4?", cut_baseload, "b4", "2019", 10, "kgCO2e"),
        ),
        (
            asks("mean load of b31, may 2019", mean, "b31", "2019-05"),
            asks("june?", mean, "b31", "2019-06"),
            asks("by hour of the day", profile, "b31", "2019-06"),
            asks("and for b35", profile, "b35", "2019-06"),
        ),
        (
            asks("Compare the load factor of b36 in 2019 with 2018", change_of, load_factor, "b36", "2019", "2018"),
            asks("same for b58", change_of, load_factor, "b58", "2019", "2018"),
            asks("and its baseload?", change_of, baseload, "b58", "2019", "2018"),
            asks("2020 vs 2019", change_of, baseload, "b58", "2020", "2019"),
        ),
        (
            asks(
                "what did the retrofit on 1 march 2019 save at b36 in electricity",
                savings,
                "b36",
                "2019-03-01..2020-12-31",
                "2018-03-01..2019-02-28",
            ),
            asks("in percent?", savings, "b36", "2019-03-01..2020-12-31", "2018-03-01..2019-02-28").shows(
                "%", "percent"
            ),
            asks(
                "and if the measure was on 1 april 2019?",
                savings,
                "b36",
                "2019-04-01..2020-12-31",
                "2018-04-01..2019-03-31",
            ),
        ),
        (
            asks("anomalies in b22's electricity in 2020?", some, "b22"),
            asks("in 2019?", some, "b22", 0),
            asks("and gas?", some, "b22", 0),
            asks("what about b40 in 2018", some, "b40"),
        ),
        (
            asks("Rank the cambridge buildings by baseload in 2020", rank, CAMBRIDGE, "2020", 12, baseload),
            asks("lowest first", rank_low, CAMBRIDGE, "2020", 12, baseload),
            asks("only the first three", rank_low, CAMBRIDGE, "2020", 3, baseload),
            asks("by peak instead", rank_low, CAMBRIDGE, "2020", 3, highest).either(
                rank, CAMBRIDGE, "2020", 3, highest
            ),
        ),
        (
            asks("cluster the days of b4 in 2019 into kinds", day_kinds, "b4", "2019"),
            asks("same for the academic building in 2016", day_kinds, "acb", "2016"),
            asks("and b4's day type profiles for 2019", day_types, "b4", "2019"),
            asks("b105?", day_types, "b105", "2019"),
        ),
        (
            asks("peak demand of b58 in 2020?", peak, "b58", "2020"),
            asks("what was behind it?", peak_driver, "b58", "2020"),
            asks("how many heating degree days did cambridge have in that year?", degree_days, "b4", "2020"),
            asks("ok and b25's peak in january 2019?", peak, "b25", "2019-01"),
            asks("and what drove that one?", peak_driver, "b25", "2019-01"),
        ),
        (
            asks("how complete is b19's electricity data for 2020", completeness, "b19", "2020"),
            asks("and 2019?", completeness, "b19", "2019"),
            asks("which building has the least complete data in 2020?", least_complete, CAMBRIDGE, "2020"),
            asks("how much did b19 use in 2020", total, "b19", "2020"),
            asks("per day on average", daily_use, "b19", "2020"),
        ),
    ],
)
