"""The benchmark of memory tells what it says it tells, and its truths are of these hours and areas."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from benchmarks.answers.shipped import Shipped
from benchmarks.memory.helps_asked import AGAIN, AREA_M2, CLOSED, HOURS, TOLD, waste
from tests.shipped_files import ShippedFiles
from tools.readings import SiteSettings
from tools.statements import Claim, read_statement
from tools.told_hours import laid_over, week_of

DATA = Path(__file__).resolve().parents[2] / "data"
NOW = datetime(2026, 11, 22, tzinfo=UTC)


async def claims() -> list[Claim]:
    """Return all that is told."""
    names = await ShippedFiles().inventory()
    found = [read_statement(words, names, NOW) for words in TOLD]
    assert all(found)
    return [claim for one in found if one for claim in one.claims]


async def test_hours_and_areas_of_the_truths_are_those_that_are_told() -> None:
    told = await claims()
    for building, hours in HOURS.items():
        rules = [c.value for c in told if c.kind == "opening" and c.buildings == (building,) and not c.start]
        spans = laid_over(week_of(SiteSettings()), rules).spans
        assert {day: span for day, span in enumerate(spans) if span} == hours
    areas = {c.buildings[0]: c.value["area_m2"] for c in told if c.kind == "area_m2"}
    assert areas == AREA_M2
    (closed,) = [c for c in told if c.start and c.kind == "opening"]
    assert closed.buildings == ("b25",)
    assert str(closed.start) == CLOSED["b25"][0]


def test_there_are_50_questions_and_none_is_asked_twice() -> None:
    assert len({again.text for again in AGAIN}) == 50


@pytest.mark.slow
def test_truth_of_waste_is_less_when_a_building_is_open_for_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    sources = Shipped(DATA)
    longer = waste("b4", "2019")(sources)["value"]
    monkeypatch.setitem(HOURS, "b4", dict.fromkeys(range(5), (6, 22)))
    assert 0 < longer < waste("b4", "2019")(sources)["value"]
