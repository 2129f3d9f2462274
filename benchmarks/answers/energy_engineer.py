"""An energy engineer asks: curves, baselines, savings and what drives a load, by the standard terms."""

from benchmarks.answers.change_facts import level_change, missing_runs, some, with_measured
from benchmarks.answers.facts import CAMBRIDGE, baseload, load_factor, total
from benchmarks.answers.load_facts import alike, day_kinds, day_types, load_duration, others, peak_driver, waste
from benchmarks.answers.money_facts import cut_baseload, market_based
from benchmarks.answers.more_facts import change_of, rank_low
from benchmarks.answers.peer_facts import over_median, source_intensity
from benchmarks.answers.question import Question
from benchmarks.answers.weather_facts import against_baseline, degree_days, normal_intensity, savings, set_back

QUESTIONS = [
    Question("waste-8", "What share of the library's electricity in 2016 was wasted out of hours?").by(
        waste, "lb", "2016", unit="percent"
    ),
    Question("waste-5", "How much electricity was wasted at b105 outside occupied hours in 2018?").by(
        waste, "b105", "2018"
    ),
    Question("day-types-1", "Day-type profiles of b4 in 2019").by(day_types, "b4", "2019"),
    Question("day-types-3", "Day-type profiles of b105 in January 2020").by(day_types, "b105", "2020-01"),
    Question("day-kinds-1", "What kinds of days did b4 have in 2019, clustered by their load?").by(
        day_kinds, "b4", "2019"
    ),
    Question("day-kinds-2", "Cluster the days of the academic building in 2016 into kinds that are alike").by(
        day_kinds, "acb", "2016"
    ),
    Question("duration-1", "Show the load-duration curve of b58 for 2019").by(load_duration, "b58", "2019"),
    Question("duration-2", "Load duration curve of the academic building in 2017").by(load_duration, "acb", "2017"),
    Question("duration-4", "What was b111's load-duration curve in February 2020?").by(
        load_duration, "b111", "2020-02"
    ),
    Question("peak-driver-2", "What was behind the academic building's peak demand in 2016?").by(
        peak_driver, "acb", "2016"
    ),
    Question("degree-days-1", "How many heating degree days were there in Cambridge in 2019?").by(
        degree_days, "b4", "2019"
    ),
    Question("degree-days-2", "Heating degree days at Cambridge in January 2020 with a base of 18 °C").by(
        degree_days, "b4", "2020-01", 18
    ),
    Question("degree-days-4", "How many cooling degree days did Delhi have in 2016, base 24 °C?").by(
        degree_days, "acb", "2016", 24, cooling=True
    ),
    Question("degree-days-5", "Heating degree days in Cambridge in the first quarter of 2018").by(
        degree_days, "b4", "2018Q1"
    ),
    Question("degree-days-7", "Cooling degree days of Cambridge in July 2018").by(
        degree_days, "b4", "2018-07", cooling=True
    ),
    Question("baseline-1", "Was b36's electricity use in 2019 above its baseline?").by(
        against_baseline, "b36", "2019", "2018"
    ),
    Question("baseline-2", "How did b22's electricity in 2020 compare with its baseline?").by(
        against_baseline, "b22", "2020", "2019"
    ),
    Question("baseline-4", "Was the gas of b58 in 2019 above its baseline?").by(
        against_baseline, "b58", "2019", "2018", "gas"
    ),
    Question("baseline-6", "What is the electricity baseline of b25 in 2019 against its 2018 baseline?").by(
        against_baseline, "b25", "2019", "2018"
    ),
    Question("savings-1", "What did the retrofit on 1 March 2019 save at b36?").by(
        savings, "b36", "2019-03-01..2020-12-31", "2018-03-01..2019-02-28"
    ),
    Question("savings-3", "What was saved at b105 by the LED retrofit on 1 January 2020?").by(
        savings, "b105", "2020", "2019"
    ),
    Question("savings-4", "Verify the savings in b58's gas since the boiler replacement on 1 January 2020").by(
        savings, "b58", "2020", "2019", "gas"
    ),
    Question("anomalies-5", "When were the readings of the academic building missing in 2014?").by(
        missing_runs, "acb", "2014"
    ),
    Question("anomalies-7", "What was unusual at b36 in 2018 and 2019?").by(some, "b36"),
    Question("level-1", "When did b36's electricity change its level?").by(
        level_change, "b36", "2019-04-02", 1, leads=False
    ),
    Question("level-2", "When did b22's electricity use drop to a new level in 2020?").by(
        level_change, "b22", "2020-03-20", -1
    ),
    Question("level-4", "When in 2019 did b36's electricity rise to a higher level?").by(
        level_change, "b36", "2019-04-02", 1
    ),
    Question("forecast-3", "What would you have forecast for b58's electricity on 5 March 2019?").by(
        with_measured, "b58", "2019-03-05"
    ),
    Question("what-if-4", "What if b36's baseload were cut by 20 % in 2019?").by(cut_baseload, "b36", "2019", 20),
    Question("what-if-5", "How much would cutting the library's baseload by 10 % have saved in 2016?").by(
        cut_baseload, "lb", "2016", 10
    ),
    Question("what-if-6", "What would a set-back of 2 K have saved in b58's gas in 2019?").by(
        set_back, "b58", "2019", 2, "gas"
    ),
    Question("emissions-6", "Emissions of b36's electricity in 2020 at a stated factor of 0.233 kg CO2e per kWh").by(
        market_based, "b36", "2020", 0.233
    ),
    Question("tariff-3", "What did b58's electricity cost by its tariff in 2020?").by(total, "b58", "2020", "cost"),
    Question("intensity-202", "What was the source EUI of the library in 2016?").by(source_intensity, "lb", "2016"),
    Question("intensity-203", "What was the weather-normalised EUI of the academic building in 2016?").by(
        normal_intensity, "acb", "2016", ("2014", "2015", "2016")
    ),
    Question("peers-4", "What is the peer percentile of the boys' hostel for 2014 against the ENERGY STAR median?").by(
        over_median, "bh", "2014", "Residence Hall/Dormitory"
    ),
    Question("compare-201", "How did b4's baseload in 2020 compare with 2019?").by(
        change_of, baseload, "b4", "2020", "2019"
    ),
    Question("compare-205", "Compare the load factor of b36 in 2019 with 2018").by(
        change_of, load_factor, "b36", "2019", "2018"
    ),
    Question("rank-201", "Which Cambridge building had the lowest load factor in 2019?").by(
        rank_low, CAMBRIDGE, "2019", 1, load_factor
    ),
    Question("rank-202", "Rank the Cambridge buildings by baseload in 2020, lowest first").by(
        rank_low, CAMBRIDGE, "2020", 12, baseload
    ),
    Question("unit-3", "How much gas did b35 use in 2019 in GJ?").by(total, "b35", "2019", "gas"),
    Question("what-if-10", "What would a 10 % lower baseload at b105 have saved in carbon in 2020?").by(
        cut_baseload, "b105", "2020", 10, "kgCO2e"
    ),
    Question("alike-1", "Which Cambridge buildings have a load shape like b4's in 2019?").by(
        alike, "b4", others("b4"), "2019"
    ),
]
