"""A sustainability lead asks: emissions, intensity, peers, rankings and what a report needs."""

from benchmarks.answers.change_facts import causes
from benchmarks.answers.facts import CAMBRIDGE, DELHI, change, intensity, rank, total
from benchmarks.answers.load_facts import waste
from benchmarks.answers.money_facts import close_weekends, market_based, payback_of_closing, scope1, stated_payback
from benchmarks.answers.more_facts import rank_low
from benchmarks.answers.peer_facts import in_seattle, over_median
from benchmarks.answers.question import Question
from benchmarks.answers.truth import ALL
from benchmarks.answers.weather_facts import degree_day_change, furthest_below_baseline, monthly_degree_days, savings

QUESTIONS = [
    Question("waste-6", "Which three Cambridge buildings waste the most electricity when empty, in 2018?").by(
        rank, CAMBRIDGE, "2018", 3, by=waste
    ),
    Question("degree-days-3", "Compare Cambridge's heating degree days of 2020 with those of 2019").by(
        degree_day_change, "b4", "2020", "2019"
    ),
    Question("degree-days-6", "Show the heating degree days of Cambridge month by month for 2019").by(
        monthly_degree_days, "b4", "2019"
    ),
    Question("baseline-5", "Which Cambridge building was furthest below its electricity baseline in 2020?").by(
        furthest_below_baseline, CAMBRIDGE, "2020", "2019"
    ),
    Question("savings-2", "How much electricity did the measure of 1 January 2020 save at b40?").by(
        savings, "b40", "2020", "2019"
    ),
    Question("savings-5", "What did the retrofit of 1 January 2020 save at b22 in percent of its baseline?").by(
        savings, "b22", "2020", "2019"
    ),
    Question("causes-2", "Why did b22 use less electricity in 2020 than in 2019?").by(causes, "b22", "2020", "2019"),
    Question("what-if-2", "What would closing b58 at weekends have saved in carbon in 2019?").by(
        close_weekends, "b58", "2019", "kgCO2e"
    ),
    Question("what-if-8", "How much electricity would b31 have saved in 2018 by closing at weekends?").by(
        close_weekends, "b31", "2018"
    ),
    Question("payback-2", "What is the payback of 20,000 pounds for closing b4 at weekends?").by(
        payback_of_closing, "b4", 20_000, "2020"
    ),
    Question("payback-4", "Simple payback of £120,000 for panels that save £15,000 a year").by(
        stated_payback, 120_000, 15_000
    ),
    Question(
        "emissions-1",
        "What were b4's market-based Scope 2 emissions in 2019 with a supply contract at 0.05 kg CO2e per kWh?",
    ).by(market_based, "b4", "2019", 0.05),
    Question("emissions-2", "What were the location-based Scope 2 emissions of b58 in 2019?").by(
        total, "b58", "2019", "carbon"
    ),
    Question("emissions-3", "Location-based emissions of the Cambridge site in 2020").by(total, ALL, "2020", "carbon"),
    Question("emissions-4", "Market-based emissions of b105 in 2020 with a green tariff at zero kg per kWh").by(
        market_based, "b105", "2020", 0.0
    ),
    Question("emissions-5", "Which Cambridge building had the highest location-based Scope 2 emissions in 2018?").by(
        rank, CAMBRIDGE, "2018", 1, quantity="carbon"
    ),
    Question("intensity-201", "What was the EUI of the academic building in 2016 in kBtu per square foot?").by(
        intensity, "acb", "2016"
    ),
    Question("intensity-204", "Which building on the Delhi campus had the highest energy use intensity in 2016?").by(
        rank, DELHI, "2016", 1, by=intensity
    ),
    Question("intensity-206", "Site EUI of the boys' hostel in 2014").by(intensity, "bh", "2014"),
    Question("peers-1", "How does the library compare with its peers in 2016?").by(
        over_median, "lb", "2016", "Library"
    ),
    Question("peers-2", "Is the academic building above the ENERGY STAR median for its use in 2016?").by(
        over_median, "acb", "2016", "College/University"
    ),
    Question("peers-3", "How does the girls' hostel in 2017 compare with Seattle's buildings of the same use?").by(
        in_seattle, "gh", "2017", "Residence Hall/Dormitory"
    ),
    Question("compare-204", "How did the carbon emissions of the Cambridge site in 2020 compare with 2019?").by(
        change, ALL, "2020", "2019", "carbon"
    ),
    Question("rank-203", "Which building on the Delhi campus used the least electricity per square metre in 2016?").by(
        rank_low, DELHI, "2016", 1, intensity
    ),
    Question("unit-1", "How many tonnes of CO2 did b58's electricity cause in 2019?").by(
        total, "b58", "2019", "carbon"
    ),
    Question("emissions-7", "What were the Scope 1 emissions of b58's gas in 2019?").by(scope1, "b58", "2019"),
    Question(
        "what-if-12", "Which Cambridge building would save the most electricity by closing at weekends, going by 2019?"
    ).by(rank, CAMBRIDGE, "2019", 1, by=close_weekends),
]
