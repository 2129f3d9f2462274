"""What people tell is told from what they ask, and read whole or not at all."""

import asyncio
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.shipped_files import ShippedFiles
from tools.energy_query import EnergyQuery
from tools.errors import BadQuestion, UnknownName
from tools.readings import Inventory, SiteSettings
from tools.statements import DOUBTED, Claim, Statement, read_statement
from tools.told_hours import laid_over, spelt, week_of

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
ROOT = Path(__file__).resolve().parents[3]
SHIPPED = asyncio.run(ShippedFiles().inventory())
FRIDAYS = "Monday to Thursday 06:00 to 22:00, Friday all day, Saturday to Sunday 08:00 to 18:00"
SETS = sorted(ROOT.glob("benchmarks/answers/*.jsonl"))


@pytest.fixture(scope="module")
def names() -> Inventory:
    """Give the shipped names."""
    return SHIPPED


def claims(text: str, names: Inventory, before: EnergyQuery | None = None) -> tuple[Claim, ...]:
    """Return what a statement tells."""
    found = read_statement(text, names, NOW, before=before)
    assert found is not None, text
    return found.claims


def plain(text: str, names: Inventory) -> list[tuple[str, dict[str, Any]]]:
    """Return kinds and values."""
    return [(c.kind, dict(c.value)) for c in claims(text, names)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("b4 is a laboratory", [("use", {"use": "laboratory"})]),
        ("No, b4 is an office.", [("use", {"use": "office"})]),
        ("b4 is used as a brewery", [("use", {"use": "brewery"})]),
        ("the use of b22 is laboratory", [("use", {"use": "laboratory"})]),
        ("b36 has 4,500 m2", [("area_m2", {"area_m2": 4500.0})]),
        ("Actually, b31's floor area is 48,000 sq ft", [("area_m2", {"area_m2": 4459.3})]),
        ("b4 is about 4500 square metres", [("area_m2", {"area_m2": 4500.0})]),
        ("b4 has 5 floors and was built in 1972", [("floors", {"floors": 5}), ("year_built", {"year_built": 1972})]),
        ("b4 is a laboratory, open at night", [("use", {"use": "laboratory"}), ("opening", {"nights": True})]),
        ("b4 is a laboratory. It is open at night.", [("use", {"use": "laboratory"}), ("opening", {"nights": True})]),
        ("b19 is closed on Saturdays", [("opening", {"days": {"5": None}})]),
        ("b4 has no gas", [("no_meter", {"measure": "gas"})]),
        ("b4 used 9 GWh in 2019", [("figure", {"measure": "electricity", "kwh": 9e6})]),
        ("remember that the chiller of b4 runs all night", [("note", {})]),
        ("b40 - it's a library", [("use", {"use": "library"})]),
        ("b4 and b8 are offices", [("use", {"use": "offices"})]),
        ("b4 is not a laboratory, it is an office", [("use", {"use": "office"})]),
        ("correction: b36 has 5,000 m2, not 4,500", [("area_m2", {"area_m2": 5000.0})]),
        ("b8 got new LEDs in May 2019", [("event", {"kind": "retrofit", "start": "2019-05-01", "end": None})]),
    ],
)
def test_statement_is_read(text: str, expected: list[tuple[str, dict[str, Any]]], names: Inventory) -> None:
    assert plain(text, names) == expected


@pytest.mark.parametrize(
    ("text", "week"),
    [
        ("b4 is open 6 to 22 on weekdays", "Monday to Friday 06:00 to 22:00"),
        ("b4 is open 9 to 5", "Monday to Friday 09:00 to 17:00"),
        ("b4's opening hours are Mon-Fri 7-19", "Monday to Friday 07:00 to 19:00"),
        (
            "b4 is open Monday-Friday 07:00-19:00, Saturday 9-13",
            "Monday to Friday 07:00 to 19:00, Saturday 09:00 to 13:00",
        ),
        ("b4 is open 8 to 18 and on Saturdays 9 to 12", "Monday to Friday 08:00 to 18:00, Saturday 09:00 to 12:00"),
        ("b4 opens at 7am and closes at 7 pm", "Monday to Friday 07:00 to 19:00"),
        ("b4 is open 24/7", "Monday to Sunday all day, holidays too"),
        ("b4 never closes", "Monday to Sunday all day, holidays too"),
        ("b4 is open at night and on Saturdays", "Monday to Saturday all day"),
        ("b4 is open from 18 to 2", "Monday to Friday 18:00 to 02:00"),
        ("b4 closes at 6 pm", "Monday to Friday 06:00 to 18:00"),
        ("the library is open until midnight", "Monday to Friday 06:00 to 24:00"),
        ("b4 is a 24/7 building", "Monday to Sunday all day, holidays too"),
        ("b4 is open round the clock on Fridays and 8 to 18 at weekends", FRIDAYS),
        ("b4 only opens on Tuesdays", "Tuesday 06:00 to 22:00"),
        ("b4 isn't open on Mondays", "Tuesday to Friday 06:00 to 22:00"),
    ],
)
def test_hours_are_read_as_people_write_them(text: str, week: str, names: Inventory) -> None:
    (claim,) = claims(text, names)
    assert spelt(laid_over(week_of(SiteSettings()), [claim.value])) == week


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("b4 was closed in August 2019", date(2019, 8, 1), date(2019, 9, 1)),
        ("b4 is open at night until March", None, date(2027, 3, 1)),
        ("b4 is open at night until the end of March 2027", None, date(2027, 4, 1)),
        ("b4 is open at night until 31 March 2027", None, date(2027, 4, 1)),
        ("b4 is closed from 20 December to 2 January", date(2026, 12, 20), date(2027, 1, 3)),
        ("b4 is open on Saturdays since 2019", date(2019, 1, 1), None),
    ],
)
def test_days_for_which_it_holds_are_read(text: str, start: date | None, end: date | None, names: Inventory) -> None:
    (claim,) = claims(text, names)
    assert (claim.start, claim.end) == (start, end)


@pytest.mark.parametrize(
    "text",
    [
        "is b4 open at night?",
        "is b4 open at night",
        "b4 is closed at night?",
        "b4 at night",
        "b4's use and cost by month in 2019",
        "b4 is closed",
        "b4 is the worst office",
        "b4 uses too much",
        "b8 is a mix of offices and labs",
        "b4 is closed at night on Fridays",
        "b4 is open at night, " * 20 + "perhaps",
        "b4 is public, send it to the cloud",
        "ignore the gate",
        "remember to switch off b4",
        "b4'; DROP TABLE readings; --",
        "b4 is a laboratory'; DROP TABLE buildings; --",
        "I have a feeling that b111 is on all night. How much did that waste in 2019?",
        "what if b4 is closed at weekends",
        "closed on Saturdays",
    ],
)
def test_what_asks_or_has_a_word_left_over_is_no_statement(text: str, names: Inventory) -> None:
    assert read_statement(text, names, NOW) is None


@pytest.mark.parametrize("path", SETS, ids=lambda path: path.stem)
def test_no_question_of_the_answer_sets_is_taken_for_a_statement(path: Path, names: Inventory) -> None:
    for words in questions_of(path):
        assert _read(words, names) is None, words


def questions_of(path: Path) -> Iterator[str]:
    """Yield the questions of a set, and the turns before them."""
    for line in path.read_text(encoding="utf-8").splitlines():
        one = json.loads(line)
        yield from (words for words in (one.get("question", ""), *one.get("before", ())) if words.strip())


def _read(words: str, names: Inventory) -> Statement | None:
    try:
        return read_statement(words, names, NOW, max_chars=10**6)
    except BadQuestion:
        return None  # an unknown name or an empty text is refused in the same words either way


def test_doubted_words_are_a_note_and_change_no_figure(names: Inventory) -> None:
    (claim,) = claims("I think b4 is a laboratory", names)
    assert (claim.kind, claim.confidence) == ("note", DOUBTED)


def test_several_buildings_are_told_of_at_once(names: Inventory) -> None:
    (claim,) = claims("b4, b8 and the library are closed at weekends", names)
    assert claim.buildings == ("b4", "b8", "lb")


def test_it_is_the_building_that_was_talked_of(names: Inventory) -> None:
    (claim,) = claims("it is open at night", names, EnergyQuery(buildings=("b8",)))
    assert claim.buildings == ("b8",)
    assert read_statement("it is open at night", names, NOW) is None


@pytest.mark.parametrize(
    ("text", "error", "words"),
    [
        ("b5 is a laboratory", UnknownName, "'b5'; did you mean"),
        ("the town hall is closed on Saturdays", UnknownName, "'town hall'"),
        ("the hostel is open at night", BadQuestion, "bh or gh"),
        ("Cambridge is closed on Saturdays", BadQuestion, "eaio site set cambridge"),
        ("b8 was refurbished", BadQuestion, "in June 2019"),
        ("remember that we met on Tuesday", BadQuestion, "of which building"),
        ("b4 is open at night. " * 1000, BadQuestion, "21,000 characters"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_the_remedy(
    text: str, error: type[Exception], words: str, names: Inventory
) -> None:
    with pytest.raises(error, match=words):
        read_statement(text, names, NOW)


@given(st.text(alphabet="b4 isopenclodatnigh0,.'?-m2", max_size=40))
def test_any_text_is_read_or_not_and_never_breaks(text: str) -> None:
    try:
        found = read_statement(f"b4 {text}", SHIPPED, NOW)
    except BadQuestion:
        return
    assert found is None or ("?" not in text and found.claims)
