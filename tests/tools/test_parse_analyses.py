"""Every analysis is reached by plain questions, and what only looks like one is not."""

from datetime import UTC, datetime
from typing import Any, get_args

import pytest

from tests.small_site import inventory
from tools.energy_query import Analysis, Change, EnergyQuery, Terms
from tools.errors import BadQuestion, NoData, UnitMismatch, UnknownName
from tools.grammar import Parsed, parse

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
NAMES = inventory()

CLOSED = Terms(change=Change(kind="close_weekends"))

ASKED: list[tuple[str, str, dict[str, Any]]] = [
    # building manager
    ("Is b1 wasting energy when nobody is in?", "waste", {"buildings": ("b1",)}),
    ("Which building wastes most at night?", "waste", {"hours": "night", "group": "building", "order": "highest"}),
    ("What did b1 waste out of hours in 2019?", "waste", {"hours": "all"}),
    ("How much was used outside opening hours at b1 in 2019?", "waste", {"hours": "all"}),
    ("What share of b1's use in 2019 was wasted?", "waste", {"unit": "percent"}),
    ("When does b1 start and stop?", "schedule", {"hours": "all"}),
    ("What are the operating hours of b1 at weekends?", "schedule", {"hours": "weekend"}),
    ("Which building opens earliest in 2018?", "schedule", {"group": "building", "order": "lowest"}),
    ("How does b1 compare with its peers?", "peer_rank", {}),
    ("Is b1 efficient for an office, by ENERGY STAR?", "peer_rank", {"terms": Terms(peers="energy_star")}),
    ("What if we closed b1 at weekends in 2019?", "what_if", {"hours": "all", "terms": CLOSED}),
    ("Anything odd at b1 in May 2019?", "anomalies", {}),
    ("Was b1's use in 2019 above its baseline?", "baseline", {}),
    ("Did b1 use more than expected in 2019?", "baseline", {}),
    # energy engineer
    ("Which buildings behave like b1 at weekends?", "alike", {"hours": "weekend", "group": "building"}),
    ("Load duration curve of b1 in 2019", "load_duration", {}),
    ("For how many hours was b1 above 90 % of its peak in 2019?", "load_duration", {"measure": "electricity"}),
    ("In 2019, how many hours did b1 spend above 90 % of its peak?", "load_duration", {"measure": "electricity"}),
    ("Cluster b1's days in 2019 into typical shapes", "day_kinds", {}),
    ("Day-type profiles of b1 in 2019", "day_types", {}),
    ("How do working days, Saturdays and Sundays differ at b1 in 2019?", "day_types", {"hours": "all"}),
    ("What drove b1's peak in 2019?", "peak_driver", {}),
    ("Was b1's peak in 2019 due to the cold?", "peak_driver", {}),
    ("Heating degree days of 2019", "degree_days", {}),
    ("Cooling degree days in 2019 to base 65 F", "degree_days", {}),
    ("Change-point model of b3's gas in 2019", "baseline", {"measure": "gas"}),
    ("What is the balance point temperature of b3?", "baseline", {}),
    ("When did b1's level change?", "level_changes", {}),
    ("Did b1 change its use in 2019, and when?", "level_changes", {}),
    ("Are there stuck readings or spikes at b1 in 2019?", "anomalies", {"terms": Terms(kinds=("spike", "stuck"))}),
    # facility operator
    ("What will tomorrow's peak be at b1?", "forecast", {"order": "highest", "terms": Terms(horizon="day")}),
    ("How much will b1 need next week?", "forecast", {"period": None, "terms": Terms(horizon="week")}),
    ("Forecast b1 hour by hour for tomorrow", "forecast", {"group": "hour"}),
    ("when were readings of b1 missing", "anomalies", {"terms": Terms(kinds=("missing",))}),
    ("Why did b1 use more in 2019 than in 2018?", "causes", {}),
    ("what changed at b1 in March 2019", "causes", {}),
    # sustainability lead
    ("Scope 2 emissions of b1 in 2019, location-based", "emissions", {"terms": Terms(scope2="location")}),
    ("Market-based emissions of b1 in 2019 at 0 kg/kWh", "emissions", {}),
    ("Carbon of b1 in 2019 at 200 g CO2e per kWh", "emissions", {"terms": Terms(factor_kgco2e_per_kwh=0.2)}),
    ("What did the retrofit on 1 March 2019 save at b1?", "savings", {}),
    ("How much did b1 save in 2019 against 2018?", "savings", {}),
    ("Payback of 20,000 pounds for closing b1 at weekends?", "payback", {}),
    ("What did b1's electricity cost in 2019 under its tariff?", "tariff_cost", {"measure": "cost"}),
    ("What would b1 have cost in 2019 at 15 pence a kWh?", "tariff_cost", {"terms": Terms(price_per_kwh=0.15)}),
    # of the data themselves, more in test_parse_data
    ("How hot did it get in London in July 2019?", "site_series", {"sites": ("london",)}),
    ("What is the floor area of b1?", "catalogue", {"buildings": ("b1",)}),
    ("95th percentile of b1's load in 2019", "hours_figure", {"buildings": ("b1",)}),
    ("What share of b3's energy was gas in 2019?", "fuel_share", {"measure": "gas"}),
    ("What did b1 use in 2019 without bank holidays?", "picked_days", {"measure": "electricity"}),
    ("Is b1 getting better or worse?", "trend", {"buildings": ("b1",)}),
    ("What did a kWh cost b1 on average in 2019?", "unit_rate", {"measure": "cost"}),
    ("Median EUI of offices in CBECS", "peer_median", {"buildings": ()}),
]


def read(question: str, before: EnergyQuery | None = None) -> Parsed:
    """Parse against the small site."""
    return parse(question, NAMES, NOW, before=before)


def query(question: str, before: EnergyQuery | None = None) -> EnergyQuery:
    """Return the only query of a question."""
    (found,) = read(question, before).queries
    return found


@pytest.mark.parametrize(("question", "statistic", "expected"), ASKED)
def test_plain_question_reaches_its_analysis(question: str, statistic: str, expected: dict[str, Any]) -> None:
    found = query(question)
    assert found.statistic == statistic
    assert {k: getattr(found, k) for k in expected} == expected


def test_no_analysis_is_out_of_reach() -> None:
    assert {statistic for _, statistic, _ in ASKED} == set(get_args(Analysis))


def test_words_of_a_recognised_question_are_not_called_ignored() -> None:
    ignored = {word: question for question, _, _ in ASKED for word in read(question).ignored}
    assert ignored == {}


@pytest.mark.parametrize(
    ("question", "statistic"),
    [
        ("What is b1's baseload in 2019?", "baseload"),
        ("What is b1's baseline load in 2019?", "baseload"),
        ("Peak demand of b1 in 2019", "peak"),
        ("What was the highest spike of b1 in 2019?", "peak"),
        ("How complete is b1's data in 2019, in percent?", "quality"),
        ("How much did b1 spend in 2019?", "total"),
        ("If b1 used more in 2019 than in 2018, by how much?", "total"),
        ("Will you tell me b1's use in 2019?", "total"),
        ("How much carbon did b1's electricity cause in 2019?", "total"),
        ("Which hour of the day is b1's load highest on average in 2019?", "mean"),
        ("b1 on weekdays compared with weekends in 2019", "total"),
        ("the 5th percentile of b1's load in 2019", "baseload"),
    ],
)
def test_look_alike_is_no_analysis(question: str, statistic: str) -> None:
    assert query(question).statistic == statistic


@pytest.mark.parametrize(
    ("question", "change"),
    [
        ("What if the set-point were 2 K lower in b1?", Change(kind="set_back", amount=2)),
        ("Suppose the set-point of b1 went from 21 to 19.5 degrees", Change(kind="set_back", amount=1.5)),
        ("How much would lowering the heating of b1 by two degrees save?", Change(kind="set_back", amount=2)),
        ("b1 with a 2 K lower heating set-point in 2019: how much less gas?", Change(kind="set_back", amount=2)),
        ("What would shifting b1's load 3 hours later save in 2019?", Change(kind="shift", amount=3)),
        ("What if b1's load came 2 h earlier?", Change(kind="shift", amount=-2)),
        ("What would cutting b1's baseload by 10 % save?", Change(kind="cut_baseload", amount=10)),
        ("What if the baseload of b1 were halved?", Change(kind="cut_baseload", amount=50)),
        ("What would we save if b1 were shut on Saturdays and Sundays?", Change(kind="close_weekends")),
        ("Suppose we close b1 at weekends. What would that save in 2019?", Change(kind="close_weekends")),
    ],
)
def test_what_if_is_read_with_its_amount_and_is_no_command(question: str, change: Change) -> None:
    found = query(question)
    assert found.statistic == "what_if"
    assert found.terms
    assert found.terms.change == change


@pytest.mark.parametrize(
    "question",
    [
        "Close b1 at weekends.",
        "Lower the set-point of b1 by 2 K",
        "Please cut the baseload of b1 by 10 %",
        "Could you shift b1's load 3 hours later?",
        "Suppose it is cold, so please set the thermostat of b1 to 21 degrees",
        "Delete the readings of b1 from March 2019.",
        "Set b1's tariff to 10 pence per kWh.",
    ],
)
def test_order_in_the_words_of_a_what_if_is_still_a_command(question: str) -> None:
    assert read(question).intent == "command"


def test_what_if_without_its_amount_asks_for_it() -> None:
    with pytest.raises(BadQuestion, match="by what percent"):
        read("What if the baseload of b1 were smaller, that is cut?")


def test_what_if_of_something_else_says_what_can_be_asked() -> None:
    with pytest.raises(BadQuestion, match="set-back"):
        read("What if b1 had another roof?")


@pytest.mark.parametrize(
    ("question", "since", "period"),
    [
        ("What did the retrofit on 1 March 2019 save at b1?", datetime(2019, 3, 1), None),
        ("A retrofit took place at b1 on 1 March 2019. What did it save?", datetime(2019, 3, 1), None),
        ("Savings at b1 since the boiler was replaced on 3 May 2019", datetime(2019, 5, 3), None),
        ("What did the LEDs fitted at b1 in May 2019 save?", datetime(2019, 5, 1), None),
        ("Avoided energy use of b1 after March 2019", datetime(2019, 4, 1), None),
        ("What did the 2019 retrofit save at b1?", datetime(2019, 1, 1), None),
        ("Savings in 2019 from the works finished on 12 August 2018 at b1", datetime(2018, 8, 12), "2019"),
    ],
)
def test_day_of_a_measure_is_told_from_the_period(question: str, since: datetime, period: str | None) -> None:
    found = query(question)
    assert found.statistic == "savings"
    assert found.terms == Terms(since=since)
    assert (found.period.words if found.period else None) == period


def test_month_of_a_measure_says_from_which_day_it_counts() -> None:
    assert any("1 May 2019" in note for note in read("Savings of b1 since May 2019").assumed)


def test_reporting_period_and_baseline_period_of_savings_are_told_apart() -> None:
    found = query("Verified savings at b1 in 2019 with 2018 as the baseline")
    assert found.period
    assert found.against_period
    assert (found.period.words, found.against_period.words) == ("2019", "2018")


@pytest.mark.parametrize(
    ("question", "terms"),
    [
        (
            "payback of 20,000 pounds that saves 4,000 pounds a year at b1",
            {"investment": 20_000, "saving_a_year": 4_000},
        ),
        ("We spend £20k on LEDs in b1. They save £4,000 a year. Payback?", {"investment": 20e3, "saving_a_year": 4e3}),
        ("£120,000 invested, £15,000 saved per year: payback at b1?", {"investment": 120e3, "saving_a_year": 15e3}),
        (
            "LEDs at b1 cost 2019 pounds and save 10,000 kWh a year at 28p per kWh. Payback?",
            {"investment": 2019, "saving_a_year": 2_800, "price_per_kwh": 0.28},
        ),
        (
            "payback of £15,000 for a baseload cut of 10 % at b1 at 0.30 a kWh",
            {"investment": 15e3, "price_per_kwh": 0.3, "change": Change(kind="cut_baseload", amount=10)},
        ),
    ],
)
def test_money_of_a_payback_is_read_and_no_amount_is_a_year(question: str, terms: dict[str, Any]) -> None:
    found = query(question)
    assert found.period is None
    assert found.terms
    stated = found.terms.model_dump(exclude_defaults=True)
    assert stated.pop("change", None) == (
        terms["change"].model_dump(exclude_defaults=True) if "change" in terms else None
    )
    assert stated == pytest.approx({k: v for k, v in terms.items() if k != "change"})


def test_saving_in_kwh_without_a_price_asks_for_one() -> None:
    with pytest.raises(BadQuestion, match="price of a kWh"):
        read("payback of £2,000 that saves 10,000 kWh a year at b1")


def test_money_of_another_currency_than_the_site_is_refused() -> None:
    with pytest.raises(UnitMismatch, match="GBP"):
        read("payback of 5,000 euros that saves 1,000 euros a year at b1")


def test_stated_factor_of_zero_is_kept() -> None:
    terms = query("Market-based emissions of b1 in 2019 with a green tariff at zero kg per kWh").terms
    assert terms == Terms(scope2="market", factor_kgco2e_per_kwh=0.0)


@pytest.mark.parametrize(
    ("question", "unit", "terms"),
    [
        ("EUI of b1 in kBtu/ft2 in 2019", "kBtu_per_ft2", None),
        ("electricity per square foot of b1 in 2019", "kWh_per_ft2", None),
        ("source EUI of b1 in 2019", None, Terms(basis="source")),
        ("weather-normalised EUI of b1 in 2019", None, Terms(weather_normalised=True)),
    ],
)
def test_intensity_is_asked_in_other_units_and_on_another_basis(
    question: str, unit: str | None, terms: Terms | None
) -> None:
    found = query(question)
    assert (found.statistic, found.unit, found.terms) == ("intensity", unit, terms)


def test_heat_map_is_asked_as_a_picture_of_the_same_figure() -> None:
    found = query("Show b1's use hour by day in March 2019")
    assert (found.statistic, found.picture) == ("total", "heat")


def test_forecast_further_than_a_week_is_not_offered() -> None:
    assert read("Forecast b1 for next month").because == "far future"
    with pytest.raises(NoData, match="seven days"):
        read("What will b1 use in 2031?")


@pytest.mark.parametrize(
    ("question", "because"),
    [
        ("How much water did b1 use in 2019?", "water"),
        ("What was the temperature inside b1 in 2019?", "indoor temperature"),
        ("Was it comfortable in b1 in 2019?", "comfort"),
        ("How many people were in b1 in 2019?", "occupancy"),
        ("What did the lifts of b1 use in 2019?", "equipment"),
        ("Which floor of b1 uses most?", "sub-metering"),
        ("half-hourly profile of b1 in 2019", "finer than an hour"),
        ("What was the power factor of b1 in 2019?", "power quality"),
        ("Who manages b1?", "staff"),
    ],
)
def test_what_no_meter_tells_is_named(question: str, because: str) -> None:
    parsed = read(question)
    assert (parsed.intent, parsed.because) == ("not_yet", because)


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("What if we closed the sports centre at weekends?", "sports"),
        ("Any anomalies at the swimming pool in 2019?", "swimming"),
        ("How much did b1 and the moon use in 2019?", "moon"),
        ("Why did Hogwarts use more in 2019?", "hogwarts"),
    ],
)
def test_analysis_of_an_unknown_place_is_not_answered_for_everything(question: str, name: str) -> None:
    with pytest.raises(UnknownName) as why:
        read(question)
    assert why.value.name == name


@pytest.mark.parametrize("question", ["What is the best building?", "Compare b1.", "What would it save?"])
def test_question_that_leaves_out_what_matters_is_asked_back(question: str) -> None:
    with pytest.raises(BadQuestion):
        read(question)


@pytest.mark.parametrize(
    "question", ["Anomalies of b1 on Mondays in 2019", "90th percentile of the daily use of b1 in 2019"]
)
def test_hours_and_percentiles_that_are_not_offered_are_refused_not_ignored(question: str) -> None:
    with pytest.raises(BadQuestion):
        read(question)
