"""Placeholders become names again, in whatever form a model writes them; what only looks like one stays."""

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from privacy.labels import Label
from privacy.pseudonyms import Pseudonyms
from privacy.pseudonyms.restore import HOLD
from privacy.pseudonyms.transform import HOLD as TRANSFORM_HOLD
from privacy.pseudonyms.transform import Transform
from privacy.spans import Span

NAMES = {"B": ("BUILDING_NAME", "the Marlowe Tower"), "C": ("BUILDING_NAME", "b4"), "P": ("PERSON", "Marie Curie")}


def conversation() -> tuple[Pseudonyms, dict[str, str]]:
    """Return pseudonyms of three names, and their codes by the letters of `NAMES`."""
    names, given = Pseudonyms("c", "t", b"key"), {}
    for letter, (kind, name) in NAMES.items():
        given[letter] = names.disguise(name, [Span(0, len(name), kind, Label.INTERNAL)]).split()[1]
    return names, given


PSEUDONYMS, CODES = conversation()


def filled(text: str) -> str:
    """Put codes for <B>, <C> and <P>, in lower case for <b>, <c> and <p>."""
    for letter, code in CODES.items():
        text = text.replace(f"<{letter}>", code).replace(f"<{letter.lower()}>", code.lower())
    return text


@pytest.mark.parametrize(
    ("bent", "wanted"),
    [
        ("In Building <B> it rose.", "In the Marlowe Tower it rose."),
        ("Building <B> rose. Building <B> fell.", "The Marlowe Tower rose. The Marlowe Tower fell."),
        ("the Building <B> and our building <b>", "the Marlowe Tower and our Marlowe Tower"),
        ("BUILDING <B>, Building-<B>, building  <b>", "The Marlowe Tower, the Marlowe Tower, the Marlowe Tower"),
        ("of Bldg <C>, Bldg. <C>, Building_<C>, Building\xa0<C>", "of b4, b4, b4, b4"),
        ("**Building <C>**, Building **<C>**, `Building <C>`", "**b4**, **b4**, `b4`"),
        ("Building <C>'s, Building <C>\u2019s, Building <C>s, BUILDING <C>'S", "b4's, b4\u2019s, b4's, b4's"),
        (
            "Buildings <B> and <C>; buildings <b>, <c> and <b>",
            "The Marlowe Tower and b4; the Marlowe Tower, b4 and the Marlowe Tower",
        ),
        ("Building <C>/<B> or <C>-<B>", "b4/the Marlowe Tower or b4-the Marlowe Tower"),
        ("Gebäude <C>, das Gebäude <C>s, Gebäude <B>", "b4, das b4s, Marlowe Tower"),
        ("le bâtiment <C>, el edificio <C>, 在建筑<C>中", "le b4, el b4, 在b4中"),
        ("'Building <C>' and \"<C>\" (<P>)", "'b4' and \"b4\" (Marie Curie)"),
        ("<P> asks. person <p>'s", "Marie Curie asks. Marie Curie's"),
        ("| <B> | 3 |\n- <B>", "| The Marlowe Tower | 3 |\n- The Marlowe Tower"),
        ("that is the building. <C> rose", "that is the building. b4 rose"),
        ("the <C>-related and <C>.", "the b4-related and b4."),
    ],
)
def test_a_placeholder_is_restored_in_every_form_a_model_gives_it(bent: str, wanted: str) -> None:
    assert PSEUDONYMS.restore(filled(bent)) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "Building A, Building A1, a building a new plant, Building Automation, Building Approach, Person 21, point 3",
        "<C>1, <C>-2, Building <C>9, <C>.local, <C>_max, x<C>, <C>X, AHU-<C>, /<C>, @<C>",
        "Person <C>, Meter <C>, building <P>, chiller <C>, Zone <C>, floor <c>",
        "<c> and a <c>",
        "Building ZZZZ, Person JJJJ",
        "1,234.5 kWh on 2024-01-15",
    ],
)
def test_what_only_looks_like_a_placeholder_stays(text: str) -> None:
    assert PSEUDONYMS.restore(filled(text)) == filled(text)


def test_a_name_is_restored_as_it_was_first_written() -> None:
    names = Pseudonyms("c", "t", b"key")
    said = [names.disguise(n, [Span(0, len(n), "PERSON", Label.CONFIDENTIAL)]) for n in ("Li WEI", "li wei", "Wei")]
    assert [names.restore(s) for s in said] == ["Li WEI"] * 3


def test_codes_given_out_after_a_stream_began_mean_nothing_to_it() -> None:
    names = Pseudonyms("c", "t", b"key")
    stream = names.stream()
    said = names.disguise("b4", [Span(0, 2, "BUILDING_NAME", Label.INTERNAL)])
    assert stream.feed(said) + stream.rest() == said


PIECES = st.lists(
    st.sampled_from(
        [*filled("<B> <C> <P> <b> <c> <p>").split(), "Building", "building", "the", "Bldg.", "Person", "Gebäude",
         "建筑", "and", " ", " ", " ", "  ", "\xa0", "-", "_", "**", "'", "'s", "s", "\u2019s", ".", ",", "/", "\n",
         "1", "x", "É", "chiller"]
    ),
    max_size=30,
).map("".join)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(text=PIECES | st.text(max_size=60), cuts=st.lists(st.integers(0, 400), max_size=40))
def test_a_stream_cut_at_any_byte_gives_what_the_whole_gives(text: str, cuts: list[int]) -> None:
    data = text.encode(errors="replace")
    places = sorted({0, len(data), *(c for c in cuts if c < len(data))})
    stream = PSEUDONYMS.stream()
    shown = ""
    for start, end in pairwise(places):
        shown += stream.feed_bytes(data[start:end])
        assert stream.held <= HOLD
    assert shown + stream.rest() == PSEUDONYMS.restore(data.decode())


def test_every_cut_of_an_answer_gives_the_same() -> None:
    text = filled(
        "The **Building <B>'s** load, Gebäude <C> \u2013 and buildings <b> and <c>: Bldg. <C>… 在建筑<C>中, <P>s."
    )
    whole, data = PSEUDONYMS.restore(text), text.encode()
    for place in range(len(data) + 1):
        stream = PSEUDONYMS.stream()
        assert stream.feed_bytes(data[:place]) + stream.feed_bytes(data[place:]) + stream.rest() == whole


def test_plain_prose_is_held_back_by_one_word_at_most() -> None:
    stream = PSEUDONYMS.stream()
    for character in "Electricity rose in winter, since heating was on all night; nothing else explains it. " * 3:
        stream.feed(character)
        assert stream.held <= len("explains")


def test_bytes_that_are_no_text_do_not_end_a_stream() -> None:
    stream = PSEUDONYMS.stream()
    assert stream.feed_bytes(b"a\xffb ") + stream.feed_bytes(b"\xc3") + stream.rest() == "a\ufffdb \ufffd"


@pytest.mark.parametrize(
    "text", ["a" * 10**6, "building " * 10**5, " " * 10**6, "the building-" * 70_000, "*" * 10**6, "1,2" * 300_000]
)
def test_hostile_answers_take_no_longer_than_long_ones(text: str) -> None:
    assert PSEUDONYMS.restore(text) == text
    stream = PSEUDONYMS.stream()
    assert stream.feed(text) + stream.rest() == text


BOTH = PSEUDONYMS.transform(shift_dates=True, scale_values=True)
FIGURES = (
    "On 2024-01-15, 5 Jan 2024, January 15th, 2024, 1.2.2024, 31/12/2023 and March 2024 it drew 1,234.5 kWh, 10-20 kW, "
    "12,5 MWh, 1.234.567,8 kWh, £1,200, GBP 30.5k, 7 tCO2e and 12 kWh/m2 per week."
)
KEPT = "0.28 GBP/kWh, 0.2 kgCO2e per kWh, 500 m2, 21 °C, 12 %, 42, 2024, b4 and 99.99.2024, 1,2,3 kWh, 2024-13-45"


def test_dates_and_values_are_changed_and_come_back_as_they_were() -> None:
    sent = PSEUDONYMS.disguise(FIGURES.replace("kWh", "kWh"), [], BOTH)
    assert not set(re.findall(r"[\d.,]{4,}", FIGURES)) & set(re.findall(r"[\d.,]{4,}", sent))
    assert PSEUDONYMS.restore(sent, BOTH) == FIGURES


def test_what_no_rule_touches_stays() -> None:
    names = Pseudonyms("c", "t", b"key")
    assert names.disguise(KEPT, [], BOTH) == KEPT
    assert names.disguise(FIGURES, []) == FIGURES
    assert names.disguise(FIGURES, [], Transform()) == FIGURES


def test_weekday_season_and_month_stay() -> None:
    for number in range(40):
        drawn = Pseudonyms(str(number), "t", b"key").transform(shift_dates=True, scale_values=True)
        assert drawn.shift_days is not None
        assert drawn.shift_days % 7 == 0
        assert abs(drawn.shift_days) >= 357
        assert drawn.scale is not None
        assert 0.5 < drawn.scale < 1.9
        assert abs(drawn.scale - 1) > 0.09


@pytest.mark.parametrize(("wrong"), [{"scale": 0.0}, {"scale": 50.0}, {"shift_days": 10**6}])
def test_a_transform_out_of_bounds_is_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="must lie"):
        Transform(**wrong)  # type: ignore[arg-type]


def test_what_a_model_worked_out_of_scaled_values_is_divided() -> None:
    names, twice = Pseudonyms("c", "t", b"key"), Transform(scale=2.0)
    assert names.disguise("12 kWh and 30 kWh", [], twice) == "24.0 kWh and 60.0 kWh"
    assert names.restore("24 kWh and 60 kWh make 84.0 kWh, 8,400 Wh, 0 kWh, about 100 kWh; 24.0", twice) == (
        "12 kWh and 30 kWh make 42.0 kWh, 4,200 Wh, 0 kWh, about 50 kWh; 24.0"
    )
    names.disguise("123.4 kWh", [], twice)
    assert names.restore("| 246.80 |", twice) == "| 123.4 |"


def test_a_date_a_model_worked_out_is_shifted_back() -> None:
    names, week = Pseudonyms("c", "t", b"key"), Transform(shift_days=364)
    assert names.disguise("2023-02-01", [], week) == "2024-01-31"
    assert names.restore("2024-02-07, 8 FEBRUARY 2024 and feb 2nd, 2024, Sept 2024", week) == (
        "2023-02-08, 9 FEBRUARY 2023 and feb 3rd, 2023, Sep 2023"
    )


def test_an_amount_that_is_scaled_needs_no_placeholder() -> None:
    names, twice = Pseudonyms("c", "t", b"key"), Transform(scale=2.0)
    marked = [Span(0, 7, "AGGREGATE_USE", Label.INTERNAL)]
    assert names.disguise("412 MWh", marked, twice) == "824.0 MWh"
    assert re.fullmatch(r"Amount \w+", names.disguise("412 MWh", marked))
    assert re.fullmatch(r"Amount \w+", names.disguise("a dozen", marked, twice))


@settings(max_examples=150, deadline=None)
@given(cuts=st.lists(st.integers(1, 12), min_size=1, max_size=60), lead=st.integers(0, 90))
def test_figures_and_dates_come_back_in_a_stream_as_in_the_whole(cuts: list[int], lead: int) -> None:
    sent = "x" * lead + PSEUDONYMS.disguise(FIGURES, [], BOTH) + filled(" for Building <C>, ") + "123.4" * 30
    stream, shown, place = PSEUDONYMS.stream(BOTH), "", 0
    while place < len(sent):
        step = cuts[place % len(cuts)]
        shown += stream.feed(sent[place : place + step])
        place += step
        assert stream.held <= HOLD + 2 * TRANSFORM_HOLD
    assert shown + stream.rest() == PSEUDONYMS.restore(sent, BOTH)
