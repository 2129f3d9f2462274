"""Conversations: the last turn refers to those before it, and has the truth."""

from benchmarks.answers.change_facts import causes, forecast, level_change
from benchmarks.answers.facts import (
    CAMBRIDGE,
    baseload,
    intensity,
    load_factor,
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
from benchmarks.answers.more_facts import compared_years
from benchmarks.answers.question import Question
from benchmarks.answers.truth import ALL
from benchmarks.answers.weather_facts import against_baseline, degree_days

QUESTIONS = [
    Question("follow-up-1", "And the year before?", before=("How much electricity did b4 use in 2019?",))
    .asked_by("building manager")
    .by(total, "b4", "2018"),
    Question("follow-up-2", "What about gas?", before=("How much electricity did b4 use in 2019?",))
    .asked_by("building manager")
    .by(total, "b4", "2019", "gas"),
    Question("follow-up-3", "Only weekends", before=("How much electricity did b22 use in September 2018?",))
    .asked_by("building manager")
    .by(only, "b22", "2018-09", "weekend"),
    Question("follow-up-4", "And b105?", before=("What was the peak demand of b58 in 2020?",))
    .asked_by("facility operator")
    .by(peak, "b105", "2020"),
    Question("follow-up-5", "And in 2019?", before=("What was the baseload of b36 in 2020?",))
    .asked_by("energy engineer")
    .by(baseload, "b36", "2019"),
    Question(
        "follow-up-6", "Top three, please", before=("Which Cambridge building used the most electricity in 2019?",)
    )
    .asked_by("building manager")
    .by(rank, CAMBRIDGE, "2019", 3),
    Question("follow-up-7", "Per square metre?", before=("How much electricity did the library use in 2016?",))
    .asked_by("sustainability lead")
    .by(intensity, "lb", "2016"),
    Question("follow-up-8", "In MWh", before=("How much electricity did the Cambridge site use in 2019?",))
    .asked_by("building manager")
    .by(total, ALL, "2019"),
    Question("follow-up-9", "Only at night", before=("How much electricity did b111 use in November 2019?",))
    .asked_by("facility operator")
    .by(only, "b111", "2019-11", "night"),
    Question("follow-up-10", "And its carbon?", before=("How much electricity did b58 use in 2019?",))
    .asked_by("sustainability lead")
    .by(total, "b58", "2019", "carbon"),
    Question("follow-up-11", "What did that cost?", before=("How much electricity did b35 use in 2019?",))
    .asked_by("building manager")
    .by(total, "b35", "2019", "cost"),
    Question("follow-up-12", "And b4?", before=("What was the load factor of b105 in 2019?",))
    .asked_by("energy engineer")
    .by(load_factor, "b4", "2019"),
    Question("follow-up-13", "And for 2020?", before=("Show b58's electricity use month by month for 2019.",))
    .asked_by("building manager")
    .by(monthly, "b58", "2020"),
    Question("follow-up-14", "And in June?", before=("What was the average load of b31 in May 2019?",))
    .asked_by("energy engineer")
    .by(mean, "b31", "2019-06"),
    Question(
        "follow-up-15",
        "And the girls' hostel?",
        before=("How much electricity did the academic building use in 2016?",),
    )
    .asked_by("building manager")
    .by(total, "gh", "2016"),
    Question("follow-up-16", "Why?", before=("Did b36 use more electricity in 2019 than in 2018?",))
    .asked_by("building manager")
    .by(causes, "b36", "2019", "2018"),
    Question("follow-up-17", "And a year earlier?", before=("How much gas did b58 use in January 2019?",))
    .asked_by("sustainability lead")
    .by(total, "b58", "2018-01", "gas"),
    Question("follow-up-18", "And in 2018?", before=("How many heating degree days were there in Cambridge in 2019?",))
    .asked_by("energy engineer")
    .by(degree_days, "b4", "2018"),
    Question("follow-up-19", "And b58?", before=("What if we had closed b4 at weekends in 2019?",))
    .asked_by("building manager")
    .by(close_weekends, "b58", "2019"),
    Question(
        "follow-up-20",
        "And b58?",
        before=("How much electricity did b4 waste in 2019 while nobody was in the building?",),
    )
    .asked_by("facility operator")
    .by(waste, "b58", "2019"),
    Question("follow-up-21", "And the least?", before=("Which Cambridge building used the most electricity in 2019?",))
    .asked_by("building manager")
    .by(lowest, CAMBRIDGE, "2019", 1),
    Question("follow-up-22", "Compare that with 2019", before=("How much electricity did b25 use in 2018?",))
    .asked_by("energy engineer")
    .by(compared_years, "b25", "2018", "2019"),
    Question("follow-up-23", "What about b22?", before=("When did b36's electricity change its level?",))
    .asked_by("energy engineer")
    .by(level_change, "b22", "2020-03-20", -1),
    Question("follow-up-24", "In kBtu per square foot", before=("What was the EUI of the academic building in 2016?",))
    .asked_by("sustainability lead")
    .by(intensity, "acb", "2016"),
    Question("follow-up-25", "And b105?", before=("Was b36's electricity use in 2019 above its baseline?",))
    .asked_by("energy engineer")
    .by(against_baseline, "b105", "2019", "2018"),
    Question(
        "follow-up-26",
        "And what share of the Cambridge site is that?",
        before=("How much electricity did b8 use in April 2019?",),
    )
    .asked_by("building manager")
    .by(share, "b8", CAMBRIDGE, "2019-04"),
    Question("follow-up-27", "And at b36?", before=("What will tomorrow's peak be at b4?",))
    .asked_by("facility operator")
    .by(forecast, "b36", "2021-01-01", 1, peak=True),
    Question(
        "follow-up-28",
        "And in 2018?",
        before=("Which Cambridge building wasted the most electricity out of hours in 2019?",),
    )
    .asked_by("sustainability lead")
    .by(rank, CAMBRIDGE, "2018", 1, by=waste),
    Question(
        "follow-up-29",
        "and in 2020?",
        before=(
            "How much electricity did b40 use in 2018?",
            "and in 2019?",
        ),
    )
    .asked_by("building manager")
    .by(total, "b40", "2020"),
    Question(
        "follow-up-30",
        "And the year before?",
        before=(
            "How much electricity did b105 use in 2019?",
            "What about gas?",
        ),
    )
    .asked_by("energy engineer")
    .by(total, "b105", "2018", "gas"),
]
