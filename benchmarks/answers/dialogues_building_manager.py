"""A building manager's conversations: what was used, what it cost, which building, why."""

from benchmarks.answers.change_facts import forecast
from benchmarks.answers.dialogues_script import asks, difference, ends, numbered, of_first, versus
from benchmarks.answers.facts import (
    CAMBRIDGE,
    baseload,
    change,
    compare,
    intensity,
    lowest,
    mean,
    monthly,
    only,
    peak,
    rank,
    share,
    total,
)
from benchmarks.answers.load_facts import waste
from benchmarks.answers.money_facts import close_weekends
from benchmarks.answers.more_questions import clock_share, joint_share, most
from benchmarks.answers.truth import ALL

WORST = (CAMBRIDGE, "2019", 1, waste)

DIALOGUES = numbered(
    "building manager",
    [
        (
            asks("How much electricity did b4 use in 2019?", total, "b4", "2019"),
            asks("and the year before?", total, "b4", "2018"),
            asks("what about gas?", total, "b4", "2018", "gas"),
            asks("same for b36", total, "b36", "2018", "gas"),
            asks("in MWh please", total, "b36", "2018", "gas").shows("MWh"),
        ),
        (
            asks("what did b35's electricity cost in 2019", total, "b35", "2019", "cost"),
            asks("and in 2020?", total, "b35", "2020", "cost"),
            asks("how does that compare with the year before?", change, "b35", "2020", "2019", "cost"),
            asks("and what about b36?", change, "b36", "2020", "2019", "cost"),
        ),
        (
            asks("Which Cambridge building used the most electricity in 2019?", rank, CAMBRIDGE, "2019", 1),
            asks("top three please", rank, CAMBRIDGE, "2019", 3),
            asks("and the least?", lowest, CAMBRIDGE, "2019", 1),
            asks("and in 2018?", lowest, CAMBRIDGE, "2018", 1),
            asks("ok what about 2020, the biggest this time", rank, CAMBRIDGE, "2020", 1),
        ),
        (
            asks("how much power did the library use in march 2016", total, "lb", "2016-03"),
            asks("and april?", total, "lb", "2016-04"),
            asks("per m2?", intensity, "lb", "2016-04"),
            asks("and the academic building?", intensity, "acb", "2016-04"),
            asks("for the whole year", intensity, "acb", "2016"),
        ),
        (
            asks("b22 electricity in september 2018", total, "b22", "2018-09"),
            asks("only weekends", only, "b22", "2018-09", "weekend"),
            asks("and weekdays?", only, "b22", "2018-09", "weekdays"),
            asks("no, I meant 2019", only, "b22", "2019-09", "weekdays"),
            asks("what about b25", only, "b25", "2019-09", "weekdays"),
        ),
        (
            asks("How much electricity did b58 use in 2020?", total, "b58", "2020"),
            asks("is that more than in 2019?", difference, "b58", "2020", "2019"),
            asks("why?", difference, "b58", "2020", "2019"),
            asks("same question for b105", difference, "b105", "2020", "2019"),
        ),
        (
            asks("show me b31's electricity month by month for 2019", monthly, "b31", "2019"),
            asks("which was the highest month?", most, "b31", "2019", "M"),
            asks("and the lowest?", most, "b31", "2019", "M", -1),
            asks("what about 2018", most, "b31", "2018", "M", -1),
            asks("just the total then", total, "b31", "2018"),
        ),
        (
            asks("what was the peak of b105 in 2019", peak, "b105", "2019"),
            asks("when was that?", peak, "b105", "2019"),
            asks("and in 2020?", peak, "b105", "2020"),
            asks("and b58?", peak, "b58", "2020"),
            asks("and the average?", mean, "b58", "2020"),
        ),
        (
            asks("How much electricity did b4 waste out of hours in 2019?", waste, "b4", "2019"),
            asks("and b8?", waste, "b8", "2019"),
            asks("which building is the worst?", rank, *WORST),
            asks("what would closing it at weekends save?", of_first, rank, WORST, close_weekends, "2019"),
            asks("and in money?", of_first, rank, WORST, close_weekends, "2019", "GBP"),
        ),
        (
            asks("compare b4 and b8 for 2019, electricity", compare, "b4", "b8", "2019"),
            asks("and for 2018?", compare, "b4", "b8", "2018"),
            asks("gas too", versus, "b4", "b8", "2018", "gas"),
            asks("and b36 instead of b8?", versus, "b4", "b36", "2018", "gas"),
        ),
        (
            asks("How much electricity did the girls hostel use in 2017?", total, "gh", "2017"),
            asks("what was the peak of the boys hostel in 2015", peak, "bh", "2015"),
            asks("back to the girls hostel, what was its peak in 2017?", peak, "gh", "2017"),
            asks("and its baseload", baseload, "gh", "2017"),
        ),
        (
            asks(
                "what share of the Cambridge site's electricity did b105 use in 2019", share, "b105", CAMBRIDGE, "2019"
            ),
            asks("and b58?", share, "b58", CAMBRIDGE, "2019"),
            asks("and the two together?", joint_share, "b105 b58", CAMBRIDGE, "2019"),
            asks("in 2020?", joint_share, "b105 b58", CAMBRIDGE, "2020"),
        ),
        (
            asks("what's tomorrow's peak at b4?", forecast, "b4", "2021-01-01", 1, peak=True),
            asks("and b36?", forecast, "b36", "2021-01-01", 1, peak=True),
            asks("what was its peak in december 2020?", peak, "b36", "2020-12"),
            ends("same for b12", "clarify", "refused", "no_data"),
            asks("sorry, b19", peak, "b19", "2020-12"),
        ),
        (
            asks("how much electricity did the Cambridge site use in january 2019", total, ALL, "2019-01"),
            asks("and february?", total, ALL, "2019-02"),
            asks("and the whole quarter?", total, ALL, "2019Q1"),
            asks("what did that cost", total, ALL, "2019Q1", "cost"),
            asks("and the carbon?", total, ALL, "2019Q1", "carbon"),
        ),
        (
            asks("how much electricity did b36 use at night in 2019?", only, "b36", "2019", "night"),
            asks("and during the day?", only, "b36", "2019", "day"),
            asks("what percentage is the night?", clock_share, "b36", "2019", "night"),
            asks("and in 2018", clock_share, "b36", "2018", "night"),
            asks("same for b40", clock_share, "b40", "2018", "night"),
        ),
    ],
)
