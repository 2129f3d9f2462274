"""A facility operator asks: when plant runs, what is odd, and what is coming tomorrow."""

from benchmarks.answers.change_facts import causes, forecast, level_change, some, zeros_of_october_2019
from benchmarks.answers.facts import CAMBRIDGE, highest, rank
from benchmarks.answers.load_facts import alike, day_types, load_duration, others, peak_driver, schedule, waste
from benchmarks.answers.money_facts import shift
from benchmarks.answers.more_facts import beside, busiest_weekday, least_complete
from benchmarks.answers.question import Question
from benchmarks.answers.weather_facts import against_baseline

QUESTIONS = [
    Question("waste-9", "Which Cambridge building wastes the most electricity at night, in 2019?").by(
        rank, CAMBRIDGE, "2019", 1, by=waste, only="night"
    ),
    Question("waste-4", "Out-of-hours electricity waste of b58 in March 2019").by(waste, "b58", "2019-03"),
    Question("day-types-2", "How do working days, Saturdays and Sundays differ in the library in 2016?").by(
        day_types, "lb", "2016"
    ),
    Question("schedule-1", "When does b4 start and stop, going by its 2019 electricity?").by(schedule, "b4", "2019"),
    Question("schedule-2", "What is the operating schedule of b105 in 2018?").by(schedule, "b105", "2018"),
    Question("schedule-4", "What are b58's hours of operation in 2019?").by(schedule, "b58", "2019"),
    Question("duration-3", "For how many hours did b36 run above 90 % of its peak in 2019?").by(
        load_duration, "b36", "2019"
    ),
    Question("peak-driver-1", "What drove the peak of b58 in 2019?").by(peak_driver, "b58", "2019"),
    Question("peak-driver-3", "Why did b25 peak in January 2019?").by(peak_driver, "b25", "2019-01"),
    Question("baseline-3", "Was b105's electricity in March 2019 above the baseline?").by(
        against_baseline, "b105", "2019-03", "2018-03-01..2019-02-28"
    ),
    Question("anomalies-1", "Any anomalies in b40 gas in 2018?").by(some, "b40"),
    Question("anomalies-2", "What anomalies were there in b22's electricity in 2020?").by(some, "b22"),
    Question("anomalies-3", "Were there any spikes in b4's electricity in 2019?").by(some, "b4", 0),
    Question("anomalies-4", "Was b25's electricity meter stuck at any time in 2019?").by(some, "b25", 0),
    Question("anomalies-6", "Were there runs of zeros in b4's electricity in 2019?").by(zeros_of_october_2019, "b4"),
    Question("level-3", "When did b40's gas change its level in 2018?").by(level_change, "b40", "2018-05-11", -1),
    Question("causes-5", "Why was b105's electricity in April 2020 lower than in April 2019?").by(
        causes, "b105", "2020-04", "2019-04"
    ),
    Question("forecast-1", "What will tomorrow's peak be at b4?").by(forecast, "b4", "2021-01-01", 1, peak=True),
    Question("forecast-2", "Forecast the electricity of b36 for next week").by(forecast, "b36", "2021-01-01", 7),
    Question("forecast-5", "Which Cambridge building will use the most electricity tomorrow?").by(
        forecast, "b105", "2021-01-01", 1
    ),
    Question("what-if-7", "What would it have cost or saved to shift b105's load by 3 hours later in 2020?").by(
        shift, "b105", "2020", 3
    ),
    Question("compare-202", "Compare the peak demand of b58 with that of b105 in 2019").by(
        beside, highest, "b58", "b105", "2019"
    ),
    Question("rank-205", "Which Cambridge building had the highest peak in July 2018?").by(
        rank, CAMBRIDGE, "2018-07", 1, by=highest
    ),
    Question("weekday-1", "On which day of the week did b111 use the most electricity in 2019?").by(
        busiest_weekday, "b111", "2019"
    ),
    Question("quality-1", "Which Cambridge building has the least complete electricity data in 2020?").by(
        least_complete, CAMBRIDGE, "2020"
    ),
    Question("duration-5", "For how many hours was the girls' hostel above 90 % of its peak in 2017?").by(
        load_duration, "gh", "2017"
    ),
    Question("alike-2", "Which Cambridge building behaves most like b58 in 2019?").by(
        alike, "b58", others("b58"), "2019"
    ),
]
