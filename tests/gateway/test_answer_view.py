"""An answer on a screen: facts first, then each sentence, at last who explained it and how to check it."""

import io
from dataclasses import replace
from typing import Any, cast

import pytest

from gateway.answer_table import caveats, facts_grid, moment, more_rows, span_words
from gateway.answer_view import AnswerView
from gateway.receipt_line import receipt_line
from gateway.screen import PlainScreen
from gateway.terminal import TerminalScreen
from graphs.answer_json import answer_json
from models.errors import ModelTimeout
from nodes.state import Answer
from tests.gateway.test_showing import Terminal
from tests.graphs.small_graph import RANK, Scripted, run
from tests.small_site import SmallSite, inventory
from tools.readings import Inventory


async def _shown(question: str, scripted: Scripted | None = None, *, terminal: bool = False) -> str:
    """Return what a run leaves on a screen."""
    state, events = await run(question, scripted)
    stream = Terminal() if terminal else io.StringIO()
    view = AnswerView(TerminalScreen(stream) if terminal else PlainScreen(stream), inventory())
    answer = answer_json(cast(Answer, state), "t1", {"total": 1234.5})
    for event in [*events, {"event": "answer", "answer": answer}]:
        view.show(event)
    return stream.getvalue()


async def _answer(question: str, scripted: Scripted | None = None) -> dict[str, Any]:
    state, _ = await run(question, scripted)
    return answer_json(cast(Answer, state), "t1", {"total": 1234.5})


async def test_plain_answer_is_headline_table_analysis_receipt() -> None:
    lines = (await _shown(RANK)).splitlines()
    assert lines[0].startswith("South Hall (b2) had the highest electricity use in 2018: 109,500 kWh")
    assert lines[2] == "electricity use · 2018"
    assert lines[3].split() == ["where", "value", "coverage", "id"]
    assert lines[4].split()[:5] == ["South", "Hall", "(b2)", "109,500", "kWh"]
    assert lines[-3] == "b2 used the most."
    assert lines[-1].startswith(
        "INTERNAL · explained by m1 · 10 + 5 tokens · 1.2 s · coverage 100.0 % · `eaio evidence e"
    )


async def test_plain_answer_has_no_escapes_and_no_drawing() -> None:
    text = await _shown("Show the electricity of b2 by hour of the day in 2018")
    assert all(char.isprintable() or char == "\n" for char in text)
    assert not set("▁▂▃▄▅▆▇█") & set(text)


async def test_terminal_draws_bars_beside_a_rank_and_a_curve_for_a_day() -> None:
    assert "████████████████" in await _shown(RANK, terminal=True)
    day = await _shown("Show the electricity of b2 by hour of the day in 2018", terminal=True)
    assert "1.41 kW to 23.4 kW" in day
    assert "▁" in day
    assert "06:00" in day


async def test_terminal_draws_a_heat_map_where_one_was_asked_for() -> None:
    text = await _shown("Show the electricity of b2 hour by day in March 2019", terminal=True)
    assert "b2, hour by day, March 2019, 1.00 kW to 24 kW" in text
    assert "21:00 ██" in text
    assert "blank for the lowest, █ for the highest, · not known" in text


async def test_bars_that_no_row_of_the_table_has_are_drawn_below_it() -> None:
    _, events = await run(RANK)
    facts = next(e for e in events if e["event"] == "facts")
    cause = {**facts["charts"][0], "title": "what it goes with", "labels": ("weather", "level"), "values": (-1.0, 4.0)}
    stream = Terminal()
    view = AnswerView(TerminalScreen(stream), inventory())
    view.show({**facts, "charts": [cause]})
    lines = stream.getvalue().splitlines()
    assert any("what it goes with, -1.00 kWh to 4.00 kWh" in line for line in lines)
    assert any("weather -█████▉" in line or "weather -██████" in line for line in lines)


async def test_answer_without_a_model_says_why() -> None:
    text = await _shown(RANK, Scripted({"m1": [ModelTimeout("m1", "first token", 5.0)]}))
    assert "report by rule, no model: m1: ModelTimeout: m1" in text


async def test_sentences_held_back_are_counted() -> None:
    receipt = receipt_line(await _answer(RANK, Scripted({"m1": ["b2 used 109,500 kWh. b1 used 5 kWh. "]})))
    assert "explained by m1, 1 of 2 sentences held back" in receipt


async def test_explanation_from_the_cache_says_so() -> None:
    receipt = receipt_line(await _answer(RANK, Scripted(cache="South Hall leads.")))
    assert "explained before, from the cache" in receipt
    assert "tokens" not in receipt


@pytest.mark.parametrize(
    "question", ["Turn off the heating in b2", "How much did b99 use in 2018?", "b1 electricity in 2035"]
)
async def test_question_without_an_answer_shows_its_reason_only(question: str) -> None:
    answer = await _answer(question)
    assert await _shown(question) == f"{answer['reason']}\n"


async def test_fault_is_told_on_stderr(capsys: pytest.CaptureFixture[str]) -> None:
    stream = io.StringIO()
    answer = {"status": "error", "reason": "the store is down; `eaio up` starts it"}
    AnswerView(PlainScreen(stream), inventory()).show({"event": "answer", "answer": answer})
    assert (stream.getvalue(), capsys.readouterr().err) == ("", f"eaio: {answer['reason']}\n")


async def test_table_is_capped_and_says_how_many_more() -> None:
    answer = await _answer("b2 electricity day by day in March 2018")
    assert len(facts_grid(answer["evidence"], inventory()).rows) == 15
    assert more_rows(answer["evidence"]) == "… 16 more; `eaio ask --json` has all"
    assert more_rows(answer["evidence"][:15]) == ""


async def test_poor_coverage_marks_the_value_and_is_said_once() -> None:
    answer = await _answer("Show the electricity of b1 by month in 2019")
    grid = facts_grid(answer["evidence"], inventory())
    marked = [row for row in grid.rows if any(cell.endswith("*") for cell in row)]
    assert [row[grid.columns.index("when")] for row in marked] == ["2019-05"]
    assert [c for c in caveats(answer["evidence"], answer["headline"]) if "coverage" in c] == [
        "1 of these rest on part of their hours (see coverage); the missing ones are left out"
    ]


async def test_ids_stand_for_names_that_are_gone() -> None:
    answer = await _answer(RANK)
    grid = facts_grid(answer["evidence"], Inventory(data_version=0))
    assert [row[0] for row in grid.rows] == ["b2", "b3", "b1"]


async def test_building_called_like_markup_is_shown_as_it_is_called() -> None:
    known = await SmallSite().inventory()
    answer = await _answer(RANK)
    names = {b: replace(it, name="[red]\x1b[31mEvil[/]") for b, it in known.buildings.items()}
    hostile = Inventory(1, known.sites, names, known.meters)
    stream = Terminal()
    TerminalScreen(stream).grid(facts_grid(answer["evidence"], hostile))
    assert "[red] [31mEvil[/] (b2)" in stream.getvalue()


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("2019-01-01T00:00Z", "2020-01-01T00:00Z", "2019"),
        ("2019-03-01T00:00Z", "2019-03-31T23:00Z", "2019-03"),
        ("2018-12-01T00:00Z", "2019-01-01T00:00Z", "2018-12"),
        ("2019-07-04T23:00Z", "2019-07-05T23:00Z", "2019-07-05"),
        ("2019-07-05T13:00Z", "2019-07-05T14:00Z", "2019-07-05 14:00"),
        ("2019-01-01T00:00Z", "2019-01-15T00:00Z", "2019-01-01 to 2019-01-14"),
        ("2019-01-01T06:00Z", "2019-01-01T18:00Z", "2019-01-01 06:00 to 2019-01-01 18:00"),
        ("2018-01-01T00:00Z", "2020-01-01T00:00Z", "2018-01-01 to 2019-12-31"),
    ],
)
def test_span_is_written_in_local_time_as_shortly_as_it_can_be(start: str, end: str, words: str) -> None:
    assert span_words(moment(start), moment(end), "Europe/London") == words
