"""A facility operator's conversations: when plant runs, odd days, nights and weekends, what is coming."""

from benchmarks.answers.change_facts import forecast, level_change, some, zeros_of_october_2019
from benchmarks.answers.dialogues_script import asks, difference, numbered, of_first
from benchmarks.answers.facts import CAMBRIDGE, highest, mean, minimum, only, peak, rank, total
from benchmarks.answers.load_facts import empty_use, schedule, waste
from benchmarks.answers.more_facts import busiest_weekday, compared_years
from benchmarks.answers.weather_facts import degree_days

DIALOGUES = numbered(
    "facility operator",
    [
        (
            asks("When does b4 start and stop, going by 2019?", schedule, "b4", "2019"),
            asks("and b105?", schedule, "b105", "2019"),
            asks("in 2018?", schedule, "b105", "2018"),
        ),
        (
            asks("electricity of b111 in november 2019 at night", only, "b111", "2019-11", "night"),
            asks("daytime?", only, "b111", "2019-11", "day"),
            asks("what about weekends?", only, "b111", "2019-11", "weekend"),
            asks("october?", only, "b111", "2019-10", "weekend"),
        ),
        (
            asks("What was b35's highest load in July 2019?", peak, "b35", "2019-07"),
            asks("lowest?", minimum, "b35", "2019-07"),
            asks("and in august", minimum, "b35", "2019-08"),
            asks("no, the highest in august", peak, "b35", "2019-08"),
        ),
        (
            asks("tomorrow's peak at b4", forecast, "b4", "2021-01-01", 1, peak=True),
            asks("and how much electricity will it use in total?", forecast, "b4", "2021-01-01", 1),
            asks("next week?", forecast, "b4", "2021-01-01", 7),
            asks("b36?", forecast, "b36", "2021-01-01", 7),
        ),
        (
            asks("any spikes in b4's electricity in 2019?", some, "b4", 0),
            asks("runs of zeros?", zeros_of_october_2019, "b4"),
            asks("same in b8?", some, "b8", 0),
            asks("stuck readings?", some, "b8", 0),
        ),
        (
            asks("out of hours waste at b58, march 2019", waste, "b58", "2019-03"),
            asks("april?", waste, "b58", "2019-04"),
            asks("as a percentage?", waste, "b58", "2019-04", unit="percent"),
            asks("b22?", waste, "b22", "2019-04", unit="percent"),
            asks("which building was worst that month?", rank, CAMBRIDGE, "2019-04", 1, waste).either(
                rank, CAMBRIDGE, "2019-04", 1, waste, unit="percent"
            ),
        ),
        (
            asks("which Cambridge building peaked highest in July 2018?", rank, CAMBRIDGE, "2018-07", 1, highest),
            asks("top 5", rank, CAMBRIDGE, "2018-07", 5, highest),
            asks("same for august", rank, CAMBRIDGE, "2018-08", 5, highest),
            asks(
                "how much electricity did the first one use that month?",
                of_first,
                rank,
                (CAMBRIDGE, "2018-08", 1, highest),
                total,
                "2018-08",
            ),
        ),
        (
            asks("How much electricity did b105 use on 25 July 2019?", total, "b105", "2019-07-25"),
            asks("the day before?", total, "b105", "2019-07-24"),
            asks("and on the 26th?", total, "b105", "2019-07-26"),
            asks("and the whole month", total, "b105", "2019-07"),
            asks("at what hour was the peak?", peak, "b105", "2019-07"),
        ),
        (
            asks("b40 gas in 2018", total, "b40", "2018", "gas"),
            asks("did it change its level that year?", level_change, "b40", "2018-05-11", -1),
            asks("any anomalies?", some, "b40"),
            asks("and in 2019?", some, "b40", 0),
        ),
        (
            asks("on which weekday does b111 use the most electricity, 2019", busiest_weekday, "b111", "2019"),
            asks("and b58", busiest_weekday, "b58", "2019"),
            asks("in 2018", busiest_weekday, "b58", "2018"),
        ),
        (
            asks("what are the hours of operation of b58 in 2019", schedule, "b58", "2019"),
            asks("and in 2020?", schedule, "b58", "2020"),
            asks("how much was used out of hours?", waste, "b58", "2020").either(empty_use, "b58", "2020"),
            asks("and in 2019?", waste, "b58", "2019").either(empty_use, "b58", "2019"),
        ),
        (
            asks("library electricity, September 2016", total, "lb", "2016-09"),
            asks("how about October", total, "lb", "2016-10"),
            asks("how much more is that than in September?", compared_years, "lb", "2016-10", "2016-09"),
            asks("what was the reason?", difference, "lb", "2016-10", "2016-09"),
        ),
        (
            asks("lowest load of b105 in june 2020", minimum, "b105", "2020-06"),
            asks("when?", minimum, "b105", "2020-06"),
            asks("and for b111?", minimum, "b111", "2020-06"),
            asks("july", minimum, "b111", "2020-07"),
        ),
        (
            asks("how much electricity did b8 use in april 2019?", total, "b8", "2019-04"),
            asks("heating degree days that month?", degree_days, "b8", "2019-04"),
            asks("and b8's electricity in may?", total, "b8", "2019-05"),
            asks("back to april, only weekends", only, "b8", "2019-04", "weekend"),
        ),
        (
            asks("avg load of the academic building in 2017", mean, "acb", "2017"),
            asks("max?", peak, "acb", "2017"),
            asks("min?", minimum, "acb", "2017"),
            asks("and the girls hostel's?", minimum, "gh", "2017"),
        ),
    ],
)
