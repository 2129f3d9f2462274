"""Everyday and trade words, names of kinds, slips of the finger and lists are read as the person means them."""

import asyncio
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.shipped_files import ShippedFiles
from tools.energy_query import EnergyQuery
from tools.errors import BadQuestion, UnknownName
from tools.grammar import Parsed, parse
from tools.grammar.kinds import singulars
from tools.grammar.plain_words import ROWS, plainly

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
NAMES = asyncio.run(ShippedFiles().inventory())


def read(question: str) -> Parsed:
    """Parse against the shipped buildings."""
    return parse(question, NAMES, NOW)


def queries(question: str) -> tuple[EnergyQuery, ...]:
    """Return the queries of a question that is read without doubt."""
    parsed = read(question)
    assert (parsed.intent, parsed.sure) == ("ask", True), parsed.because
    return parsed.queries


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        ("how much juice did b4 get through in 2019", "how much electricity did b4 use in 2019"),
        ("what did b22 chew through in 2018", "what did b22 use in 2018"),
        ("how much power did b58 hoover up in 2019", "how much power did b58 use in 2019"),
        ("which bldg is the biggest energy hog in 2019", "which building is the biggest energy user in 2019"),
        ("who are the gas guzzlers in 2018", "who are the biggest gas users in 2018"),
        ("what did b22 set us back in 2019", "what did b22 cost us in 2019"),
        ("how much dosh did b4 burn in 2019", "what did b4 cost in 2019"),
        ("coincident peak of b4 in 2019", "peak of b4 in 2019"),
        ("MD of b58 2019", "maximum demand of b58 2019"),
        ("b4 from January till March 2019", "b4 from January until March 2019"),
        ("b4 kwhs over the wkend in 2019", "b4 kwh over the weekend in 2019"),
    ],
)
def test_everyday_word_is_read_as_the_plain_one(said: str, plain: str) -> None:
    assert queries(said) == queries(plain)


@given(st.sampled_from([text for _, text, _ in ROWS if "\\" not in text]))
def test_plain_words_stay_as_they_are(text: str) -> None:
    assert plainly(text) == (text, ())


def test_word_that_is_wider_than_what_is_computed_is_told() -> None:
    parsed = read("parasitic load of b8 in 2019")
    assert parsed.queries[0].statistic == "baseload"
    assert parsed.assumed == ("'parasitic load' is taken as the baseload",)


def test_gas_of_the_boiler_is_the_gas_of_its_building_and_says_so() -> None:
    for question in (
        "b40 boiler: gas in May 2019",
        "gas burned by b40's boilers in May 2019",
        "b40 heating gas May 2019",
    ):
        parsed = read(question)
        assert (parsed.queries[0].measure, parsed.queries[0].buildings) == ("gas", ("b40",))
        assert "all of it" in parsed.assumed[0]
    assert read("How much electricity do the boilers of b25 use?").intent == "not_yet"


@pytest.mark.parametrize(
    ("question", "buildings"),
    [
        ("The hostels in 2015: total kWh", ("bh", "gh")),
        ("How much did the dorms use in 2015?", ("bh", "gh")),
        ("What did both hostels use in May 2014?", ("bh", "gh")),
        ("The library and the hostels, electricity in 2015", ("lb", "bh", "gh")),
        ("b4, b8 & b19 electricity in 2019", ("b4", "b8", "b19")),
        ("Girls' dormitory: electricity in 2015", ("gh",)),
        ("The boys' and girls' hostels together in 2015", ("bh", "gh")),
        ("Total of b4 and the library in 2015", ("b4", "lb")),
    ],
)
def test_kinds_name_every_building_of_them(question: str, buildings: tuple[str, ...]) -> None:
    assert queries(question)[0].buildings == buildings


def test_one_of_a_kind_is_asked_back_and_one_of_a_list_too() -> None:
    for question in ("What did the hostel use in 2015?", "What did the library and the hostel use in 2015?"):
        with pytest.raises(BadQuestion, match="may mean"):
            read(question)


def test_kind_is_no_name_where_it_speaks_of_other_buildings() -> None:
    assert queries("How does b4 compare with other libraries in 2019?")[0].buildings == ("b4",)
    with pytest.raises(UnknownName):
        read("What did the offices use in 2015?")


@pytest.mark.parametrize(("word", "base"), [("libraries", "library"), ("hostels", "hostel"), ("churches", "church")])
def test_plural_of_a_kind_is_known(word: str, base: str) -> None:
    assert base in singulars(word)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Libary electricity in 2015", "'libary' is read as 'library'"),
        ("Cambrige electricity in 2019", "'cambrige' is read as 'cambridge'"),
        ("The accademic building in 2015, kWh", "'accademic' is read as 'academic'"),
    ],
)
def test_slip_in_a_name_is_mended_and_told(question: str, told: str) -> None:
    assert told in read(question).assumed


def test_slip_of_one_letter_in_a_word_of_the_field_is_mended() -> None:
    assert queries("b36 electricty in Febuary 2019") == queries("b36 electricity in February 2019")


@pytest.mark.parametrize(
    ("question", "what"),
    [
        ("b4's use and cost in 2019", [("electricity", "total"), ("cost", "total")]),
        ("b4's electricity, cost and carbon in 2019", [(m, "total") for m in ("electricity", "cost", "carbon")]),
        (
            "baseload, peak and load factor of b22 in 2019",
            [("electricity", s) for s in ("baseload", "peak", "load_factor")],
        ),
        ("b4 total 2019 and its share of Cambridge", [("electricity", "total"), ("electricity", "share")]),
        ("peak and when it was, b22 in 2019", [("electricity", "peak")]),
    ],
)
def test_each_figure_of_a_list_is_answered(question: str, what: list[tuple[str, str]]) -> None:
    assert [(q.measure, q.statistic) for q in queries(question)] == what


def test_both_ends_of_a_rank_are_answered() -> None:
    orders = [q.order for q in queries("Which Cambridge buildings used most and least in 2019?")]
    assert orders == ["highest", "lowest"]


def test_year_that_stands_apart_from_its_month_is_its_year() -> None:
    for question in ("March electricity of b8 in 2019", "What did b8 use in March? 2019"):
        (query,) = queries(question)
        assert query.period is not None
        assert (query.period.start, query.period.end) == (datetime(2019, 3, 1), datetime(2019, 4, 1))


@pytest.mark.parametrize(
    "question",
    [
        "Shift b35's load by 2 hours later - effect on the 2020 cost?",
        "Close b22 at weekends - what's saved in 2019?",
        "Cut b111's baseload by 10%: saving in 2019?",
    ],
)
def test_thought_of_a_change_is_no_order(question: str) -> None:
    assert queries(question)[0].statistic == "what_if"


@pytest.mark.parametrize("question", ["Shift the load of b35 2 hours later", "Exclude b8 from 1 to 3 May 2019"])
def test_order_stays_an_order(question: str) -> None:
    assert read(question).intent == "command"
