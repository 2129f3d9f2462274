"""An answer in a notebook shows what a terminal does: headline, facts with their caveats, charts, who explained it."""

from collections.abc import AsyncIterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from gateway.errors import BadUsage
from gateway.notebook import ShownAnswer, ask
from graphs.answer_json import answer_json
from nodes.state import Answer
from tests.gateway.charts.made import HOSTILE
from tests.graphs.small_graph import RANK, Scripted, run
from tests.small_site import SmallSite


async def shown(question: str, said: str = "b2 used the most. ", **options: Any) -> ShownAnswer:
    """Return an answer over the small site, by the real graph."""
    state, events = await run(question, Scripted({"m1": [said]}))

    async def stream(_question: str, **_: Any) -> AsyncIterator[dict[str, Any]]:
        for event in [*events, {"event": "answer", "answer": answer_json(cast(Answer, state), "t1", {"total": 9.0})}]:
            yield event

    runtime: Any = SimpleNamespace(stream=stream, parts=SimpleNamespace(readings=SmallSite()))
    return await ask(runtime, question, **options)


@pytest.mark.slow
async def test_cell_shows_headline_facts_chart_and_explanation() -> None:
    answer = await shown(RANK)
    html = answer._repr_html_()
    assert html.startswith("<p><b>South Hall (b2) had the highest electricity use in 2018: 109,500 kWh")
    assert "<td>South Hall (b2)</td>" in html
    assert html.count('src="data:image/png;base64,') == 1
    assert 'alt="electricity use by building, london, 2018"' in html
    assert "<p>b2 used the most.</p>" in html
    assert "<script" not in html


async def test_answer_is_the_object_that_programs_get() -> None:
    answer = await shown("Show the electricity of b2 by month in 2018")
    assert answer["status"] == "answered"
    facts = answer.facts()
    assert (len(facts), facts["unit"].unique().tolist(), facts["buildings"][0]) == (12, ["kWh"], "b2")
    assert facts["value"].sum() == pytest.approx(109_500)


@pytest.mark.slow
async def test_facts_alone_need_no_model_and_look_the_same() -> None:
    explained, alone = await shown(RANK), await shown(RANK, explain=False)
    assert (alone["headline"], alone["analysis"]) == (explained["headline"], "")
    assert "b2 used the most" not in alone._repr_html_()
    assert alone.facts().equals(explained.facts())
    assert alone.charts == explained.charts


async def test_question_without_an_answer_shows_why_and_has_an_empty_table() -> None:
    answer = await shown("How much electricity did b2 use in 2031?")
    assert "2031" in answer._repr_html_()
    assert not answer.charts
    assert len(answer.facts()) == 0
    with pytest.raises(BadUsage, match="has no chart"):
        answer.save("a.png")


@pytest.mark.slow
async def test_charts_can_be_kept_as_a_picture_or_a_page(tmp_path: Path) -> None:
    answer = await shown("Show the electricity of b2 by hour of the day in 2018")
    assert answer.save(tmp_path / "day.png").read_bytes().startswith(b"\x89PNG")
    assert "kW" in answer.save(tmp_path / "day.html").read_text()
    with pytest.raises(BadUsage, match=r"\.png or \.html"):
        answer.save(tmp_path / "day.svg")


async def test_hostile_words_show_as_they_are() -> None:
    answer = await shown("How much electricity did b2 use in 2018?")
    answer |= {"headline": HOSTILE, "analysis": HOSTILE, "notes": [HOSTILE]}
    answer.charts = ()
    html = answer._repr_html_()
    assert "<script" not in html
    assert "<img" not in html
    assert html.count("&lt;/script&gt;") == 6  # twice in each
