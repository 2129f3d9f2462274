"""A sustainability lead's conversations: carbon, intensity, peers, rankings, what a report needs."""

from benchmarks.answers.dialogues_script import asks, carbon_of, difference, ends, in_percent, numbered, of_first
from benchmarks.answers.facts import CAMBRIDGE, DELHI, change, intensity, lowest, monthly, rank, share, total
from benchmarks.answers.money_facts import close_weekends, market_based, scope1
from benchmarks.answers.more_facts import rank_low
from benchmarks.answers.more_questions import monthly_use
from benchmarks.answers.peer_facts import in_seattle, over_median
from benchmarks.answers.truth import ALL, ALL_DELHI
from benchmarks.answers.weather_facts import degree_day_change, degree_days, monthly_degree_days, savings

DIALOGUES = numbered(
    "sustainability lead",
    [
        (
            asks("What was the carbon footprint of the Cambridge site in 2019?", total, ALL, "2019", "carbon"),
            asks("and 2020?", total, ALL, "2020", "carbon"),
            asks("what's the change in %?", in_percent, ALL, "2020", "2019", "carbon"),
            asks("which building emits the most?", rank, CAMBRIDGE, "2020", 1, quantity="carbon"),
            asks("and which is the lowest?", rank_low, CAMBRIDGE, "2020", 1, carbon_of),
        ),
        (
            asks("Which Delhi building had the highest EUI in 2016?", rank, DELHI, "2016", 1, intensity),
            asks("and the lowest?", rank_low, DELHI, "2016", 1, intensity),
            asks("rank them all, highest first", rank, DELHI, "2016", 5, intensity),
            asks("in 2017?", rank, DELHI, "2017", 4, intensity),
        ),
        (
            asks("location-based Scope 2 emissions of b58 in 2019", total, "b58", "2019", "carbon"),
            asks("and market-based, at 0.05 kg per kWh?", market_based, "b58", "2019", 0.05),
            asks("and scope 1?", scope1, "b58", "2019"),
            asks("2020?", scope1, "b58", "2020"),
        ),
        (
            asks(
                "What would closing b58 at weekends have saved in carbon in 2019?",
                close_weekends,
                "b58",
                "2019",
                "kgCO2e",
            ),
            asks("in money?", close_weekends, "b58", "2019", "GBP"),
            asks("and in kWh?", close_weekends, "b58", "2019"),
            asks("what about b4?", close_weekends, "b4", "2019"),
            asks("and in 2020?", close_weekends, "b4", "2020"),
        ),
        (
            asks("electricity per square metre of the library in 2016", intensity, "lb", "2016"),
            asks("how does that compare with its peers?", over_median, "lb", "2016", "Library"),
            asks("and the academic building?", over_median, "acb", "2016", "College/University").either(
                in_seattle, "acb", "2016", "College/University"
            ),
        ),
        (
            asks("how much gas did all the cambridge buildings use in 2019", total, ALL, "2019", "gas"),
            asks("and electricity?", total, ALL, "2019"),
            asks("how much CO2 is that?", total, ALL, "2019", "carbon"),
            asks("in tonnes", total, ALL, "2019", "carbon").shows(" t", "tonnes"),
            asks("2018?", total, ALL, "2018", "carbon"),
        ),
        (
            asks("b22 electricity 2020 vs 2019", change, "b22", "2020", "2019"),
            ends("gas?", "no_data"),
            asks("ok 2019 vs 2018 then", change, "b22", "2019", "2018", "gas"),
        ),
        (
            asks(
                "top three Cambridge buildings by carbon emissions in 2018",
                rank,
                CAMBRIDGE,
                "2018",
                3,
                quantity="carbon",
            ),
            asks("2019", rank, CAMBRIDGE, "2019", 3, quantity="carbon"),
            asks("2020", rank, CAMBRIDGE, "2020", 3, quantity="carbon"),
            asks("same for gas", rank, CAMBRIDGE, "2020", 3, quantity="gas"),
        ),
        (
            asks("EUI of the girls hostel 2017", intensity, "gh", "2017"),
            asks("kBtu per sq ft?", intensity, "gh", "2017").shows("kBtu"),
            asks(
                "how does it compare with similar buildings in Seattle?",
                in_seattle,
                "gh",
                "2017",
                "Residence Hall/Dormitory",
            ),
        ),
        (
            asks("did b40 use less electricity in 2020 than in 2019?", change, "b40", "2020", "2019"),
            asks("in percent?", in_percent, "b40", "2020", "2019").shows("%", "percent"),
            asks("why is that?", difference, "b40", "2020", "2019"),
            asks("and b36?", difference, "b36", "2020", "2019"),
        ),
        (
            asks("Carbon emissions of b105's electricity for each month of 2018", monthly, "b105", "2018", "carbon"),
            asks("just december", total, "b105", "2018-12", "carbon"),
            asks("same month a year later", total, "b105", "2019-12", "carbon"),
            asks("and the cost?", total, "b105", "2019-12", "cost"),
        ),
        (
            asks(
                "How much electricity did b22 save through the retrofit of 1 January 2020?",
                savings,
                "b22",
                "2020",
                "2019",
            ),
            asks("in percent of the baseline", savings, "b22", "2020", "2019").shows("%", "percent"),
            asks("same for b40", savings, "b40", "2020", "2019"),
        ),
        (
            asks("how much electricity did b111 use in 2018?", total, "b111", "2018"),
            asks("in 2019?", total, "b111", "2019"),
            asks("which Cambridge building used least in 2019?", lowest, CAMBRIDGE, "2019", 1),
            asks("ok back to b111: and 2020?", total, "b111", "2020"),
            asks("per month on average", monthly_use, "b111", "2020"),
        ),
        (
            asks("heating degree days in cambridge, 2020 vs 2019", degree_day_change, "b4", "2020", "2019"),
            asks("just 2018", degree_days, "b4", "2018"),
            asks("month by month", monthly_degree_days, "b4", "2018"),
        ),
        (
            asks("electricity of the Delhi campus in march 2014", total, ALL_DELHI, "2014-03"),
            asks("which building used most?", rank, DELHI, "2014-03", 1),
            asks("what share of the total is that?", of_first, rank, (DELHI, "2014-03", 1), share, DELHI, "2014-03"),
            asks("and the boys hostel?", share, "bh", DELHI, "2014-03"),
        ),
    ],
)
