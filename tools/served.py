"""Every figure and analysis as a LangChain tool, for agents and notebooks, bound to where readings come from.

    tools = energy_tools(readings)
    answer = await tools[0].ainvoke({"buildings": ["b4"], "start": "2019-01-01", "end": "2019-12-31"})

What a tool returns is RESTRICTED, as readings are, and no gate stands behind it: bind the tools to a model on this
machine only. To have the gate, ask through `eaio ask` or the advisor graph.
"""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

from langchain_core.tools import StructuredTool
from pydantic import ValidationError

from privacy.labels import Label
from tools.compute import compute
from tools.computed import Facts
from tools.energy_query import EnergyQuery, Period
from tools.errors import BadQuestion, DataUnavailable, NoData, ToolError
from tools.headline import headline
from tools.readings import Inventory, Readings
from tools.served_analyses import SERVED
from tools.served_arguments import Asked, Figure

NAMES = "List the sites, buildings and meters that there are, with areas, uses and the time that readings span."
STATUS: tuple[tuple[type[ToolError], str], ...] = (
    (NoData, "no_data"),
    (BadQuestion, "bad_question"),
    (DataUnavailable, "unavailable"),
)


def energy_tools(readings: Readings) -> list[StructuredTool]:
    """Return the tools over some readings: `energy_figure`, one for each analysis, and `energy_names`.

    Each takes pydantic arguments and is to be called with `ainvoke`. It returns plain JSON values: `status` (answered,
    no_data, bad_question, unavailable), and with it either `headline`, `evidence` (what was asked for first), `notes`
    and `label`, or the `reason`, which names the remedy.
    """
    served = [_served(f"energy_{asked.statistic_of}", asked, readings) for asked in SERVED]
    names = StructuredTool.from_function(
        coroutine=_naming(readings), name="energy_names", description=NAMES, metadata={"label": Label.RESTRICTED.name}
    )
    return [_served("energy_figure", Figure, readings), *served, names]


def _served(name: str, arguments: type[Asked], readings: Readings) -> StructuredTool:
    async def answer(**given: Any) -> dict[str, Any]:
        return await answered(arguments.model_validate(given), readings)

    return StructuredTool.from_function(
        coroutine=answer,
        name=name,
        description=arguments.__doc__ or name,
        args_schema=arguments,
        metadata={"label": Label.RESTRICTED.name},
    )


async def answered(asked: Asked, readings: Readings) -> dict[str, Any]:
    """Return the answer to some arguments as plain JSON values; what cannot be answered is a status, not an error."""
    try:
        inventory = await readings.inventory()
        facts = await compute(query_of(asked, inventory), readings, inventory)
    except ToolError as why:
        return {"status": next(s for kind, s in STATUS if isinstance(why, kind)), "reason": str(why)}
    return _answer(facts, inventory)


def query_of(asked: Asked, inventory: Inventory) -> EnergyQuery:
    """Return the typed query of some arguments. Raises `BadQuestion` for names or periods that cannot be."""
    for name, known in (("building", inventory.buildings), ("site", inventory.sites)):
        unknown = [one for one in getattr(asked, f"{name}s", ()) if one not in known]
        if unknown:
            raise BadQuestion(f"there is no {name} {unknown[0]!r}; there are {', '.join(known)}")
    given = asked.query_fields()
    try:
        for field in ("period", "against_period"):
            if field in given:
                given[field] = _period(*given[field])
        return EnergyQuery(**given)
    except ValidationError as wrong:
        raise BadQuestion(wrong.errors()[0]["msg"]) from wrong


def _period(first: Any, last: Any) -> Period:
    """Return the period of two days, the last included, in words."""
    start = datetime.combine(first, time())
    end = datetime.combine(last, time()) + timedelta(days=1)
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        words = str(first.year) if first.year == last.year else f"{first.year} to {last.year}"
    else:
        words = f"{first.day} {first:%B %Y}" + ("" if first == last else f" to {last.day} {last:%B %Y}")
    return Period(start=start, end=end, words=words)


def _answer(facts: Facts, inventory: Inventory) -> dict[str, Any]:
    return {
        "status": "answered",
        "headline": headline(facts, inventory),
        "evidence": [e.as_json() for e in facts.evidence],
        "notes": list(facts.notes),
        "label": max(e.label for e in facts.evidence).name,
    }


def _naming(readings: Readings) -> Any:
    async def names() -> dict[str, Any]:
        """List what there is."""
        try:
            inventory = await readings.inventory()
        except DataUnavailable as why:
            return {"status": "unavailable", "reason": str(why)}
        return {"status": "answered", "sites": _sites(inventory), "buildings": _buildings(inventory)}

    return names


def _sites(inventory: Inventory) -> list[Mapping[str, Any]]:
    return [
        {"id": s.id, "name": s.name, "timezone": s.timezone, "currency": s.currency} for s in inventory.sites.values()
    ]


def _buildings(inventory: Inventory) -> list[Mapping[str, Any]]:
    return [
        {
            "id": b.id,
            "name": b.name,
            "site": b.site,
            "use": b.use,
            "area_m2": b.area_m2,
            "meters": [
                {"kind": m.kind, "unit": m.unit, "first": m.first.isoformat(), "end": m.last_end.isoformat()}
                for m in inventory.meters.values()
                if m.building == b.id
            ],
        }
        for b in inventory.buildings.values()
    ]
