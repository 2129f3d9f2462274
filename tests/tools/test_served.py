"""Figures and analyses are served as LangChain tools whose answers are plain JSON, whatever happens."""

import json
from typing import Any, get_args

import numpy as np
import pytest
from langchain_core.tools import BaseTool
from pydantic import ValidationError

from tests.made_site import MadeSite
from tests.small_site import SmallSite
from tests.tools.analyses.asked import ask, year
from tests.tools.analyses.priced_site import office, priced
from tools.energy_query import Analysis, Change, Terms
from tools.errors import DataUnavailable
from tools.readings import Inventory, Readings
from tools.served import energy_tools

YEAR: dict[str, Any] = {"start": "2019-01-01", "end": "2019-12-31"}


def tools(readings: Readings) -> dict[str, BaseTool]:
    return {tool.name: tool for tool in energy_tools(readings)}


async def call(name: str, readings: Readings | None = None, **given: Any) -> dict[str, Any]:
    answer: dict[str, Any] = await tools(readings or SmallSite())[name].ainvoke(given)
    json.dumps(answer, allow_nan=False)
    return answer


def test_every_analysis_is_a_tool_that_says_what_it_does_and_what_it_takes() -> None:
    served = tools(SmallSite())
    assert set(served) == {"energy_figure", "energy_names", *(f"energy_{name}" for name in get_args(Analysis))}
    for tool in served.values():
        assert len(tool.description) > 30
        assert tool.metadata == {"label": "RESTRICTED"}
        properties = tool.tool_call_schema.model_json_schema()["properties"]  # type: ignore[union-attr]
        assert tool.name == "energy_names" or {"buildings", "sites", "start", "end"} <= set(properties)


async def test_figure_is_the_evidence_of_the_same_question() -> None:
    answer = await call("energy_figure", buildings=["b1"], **YEAR)
    same = await ask(SmallSite(), "total", buildings=("b1",), period=year(2019))
    assert answer["status"] == "answered"
    assert answer["headline"] == "b1 used 17,424 kWh of electricity in 2019."
    assert answer["evidence"] == [e.as_json() for e in same.evidence]
    assert answer["label"] == "RESTRICTED"


async def test_analysis_takes_its_terms() -> None:
    site = priced({"b1/electricity": office()})
    answer = await call(
        "energy_what_if", site, buildings=["b1"], change="cut_baseload", amount=10, price_per_kwh=0.5, **YEAR
    )
    terms = Terms(change=Change(kind="cut_baseload", amount=10), price_per_kwh=0.5)
    same = await ask(site, "what_if", buildings=("b1",), period=year(2019), terms=terms)
    assert [e["id"] for e in answer["evidence"]] == [e.id for e in same.evidence]


async def test_comparison_and_order_are_taken() -> None:
    before: dict[str, Any] = {"against_start": "2018-01-01", "against_end": "2018-12-31"}
    change = await call("energy_figure", buildings=["b3"], **YEAR, **before)
    assert change["evidence"][0]["value"] == -8760
    rank = await call("energy_figure", sites=["london"], order="lowest", limit=1, **YEAR)
    assert rank["evidence"][0]["buildings"] == ["b1"]


@pytest.mark.parametrize(
    ("name", "given", "status", "reason"),
    [
        ("energy_figure", {"buildings": ["b9"]}, "bad_question", "there is no building 'b9'"),
        ("energy_figure", {"sites": ["paris"]}, "bad_question", "there is no site 'paris'"),
        ("energy_figure", {"start": "2019-12-31", "end": "2019-01-01"}, "bad_question", "ends"),
        ("energy_figure", {"buildings": ["b1"], "start": "2030-01-01", "end": "2030-01-31"}, "no_data", "2018"),
        ("energy_payback", {"buildings": ["b1"], "investment": 5}, "bad_question", "saves"),
        ("energy_tariff_cost", {"buildings": ["mill"]}, "no_data", "eaio site set delhi"),
    ],
)
async def test_what_cannot_be_answered_is_a_status_with_its_reason(
    name: str, given: dict[str, Any], status: str, reason: str
) -> None:
    answer = await call(name, **given)
    assert answer["status"] == status
    assert reason in answer["reason"]


async def test_store_that_is_down_is_told() -> None:
    class Down(MadeSite):
        async def inventory(self) -> Inventory:
            raise DataUnavailable("start it with `eaio up`")

    down = Down({"b1/electricity": np.ones(24)})
    assert await call("energy_figure", down) == {"status": "unavailable", "reason": "start it with `eaio up`"}
    assert (await call("energy_names", down))["status"] == "unavailable"


@pytest.mark.parametrize("given", [{"start": "2019-01-01"}, {"building": "b1"}, {"limit": 0}, {"statistic": "savings"}])
async def test_arguments_that_are_none_are_refused_before_anything_is_read(given: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        await tools(SmallSite())["energy_figure"].ainvoke(given)


async def test_names_say_what_there_is() -> None:
    answer = await call("energy_names")
    assert [s["id"] for s in answer["sites"]] == ["london", "delhi"]
    west = next(b for b in answer["buildings"] if b["id"] == "b3")
    assert (west["area_m2"], [m["kind"] for m in west["meters"]]) == (None, ["electricity", "gas"])
