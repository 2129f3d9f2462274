"""`eaio evidence`: what a figure was computed from, and whether it still comes out the same."""

import asyncio
import json
import sys
from argparse import Namespace
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from gateway.errors import NotKnown
from gateway.exits import ANSWERED
from gateway.grid import Grid
from gateway.json_out import write_json
from gateway.opened import open_data
from gateway.screen import Screen, open_screen

if TYPE_CHECKING:
    from gateway.evidence_rows import BuildingRows
    from gateway.recompute import Again
    from tools.evidence import Evidence
    from tools.readings import Inventory

NO_ZONE = "UTC"


def show(options: Namespace) -> int:
    """Print a fact with its rows; return 0, or end with 3 where no answer showed a fact of that id."""
    return asyncio.run(_show(options))


async def _show(options: Namespace) -> int:
    from gateway.evidence_records import write_csv
    from gateway.evidence_rows import rows_of
    from gateway.recompute import compute_again

    async with open_data(options) as data:
        body = await (await data.ledger()).evidence(options.id.strip().strip("`"))
        if body is None:
            raise NotKnown(f"no answer here showed a fact {options.id!r}; `eaio ask` prints the ids of its facts")
        fact, inventory = read_fact(body), await data.inventory()
        again = await compute_again(fact, data, inventory)
        rows = await rows_of(fact, data, inventory) if again.fact else []
    if options.csv:
        write_csv(rows, sys.stdout)
    elif options.json:
        write_json(options, as_json(body, again, rows, inventory))
    else:
        _print(open_screen(), fact, again, rows, inventory)
    return ANSWERED


def read_fact(body: Mapping[str, Any]) -> "Evidence":
    """Return a fact from its plain JSON, in which the label is a name."""
    from privacy.labels import Label
    from tools.evidence import Evidence

    return Evidence.model_validate({**body, "label": Label[body["label"]]})


def as_json(
    body: Mapping[str, Any], again: "Again", rows: Sequence["BuildingRows"], inventory: "Inventory"
) -> dict[str, Any]:
    """Return all of it as one object."""
    from gateway.evidence_records import counts, sample

    now = again.fact.as_json() if again.fact else None
    return {
        "status": "answered",
        "evidence": dict(body),
        "recomputed": {
            "same": again.same,
            "changes": again.changes,
            "evidence": now,
            "data_version": inventory.data_version,
        },
        "rows": counts(rows),
        "first_rows": sample(rows),
    }


def _print(
    screen: Screen, fact: "Evidence", again: "Again", rows: Sequence["BuildingRows"], inventory: "Inventory"
) -> None:
    screen.grid(_about(fact, inventory))
    screen.say()
    if rows:
        screen.grid(_reasons(rows))
        screen.say()
        screen.grid(_first(rows))
        screen.say()
    _verdict(screen, fact, again)
    if rows:
        screen.say(f"`eaio evidence {fact.id} --csv` writes every row.", "dim")


def _verdict(screen: Screen, fact: "Evidence", again: "Again") -> None:
    """Say whether the fact comes out the same now; where other data has changed since, it has another id."""
    now = "Computed again from the data as it is now:"
    if again.fact is not None and again.same:
        moved = f", under the id {again.fact.id} since other data has changed" if again.fact.id != fact.id else ""
        screen.say(f"{now} the same{moved}.", "green")
        return
    screen.say(f"{now} not the same.", "bold yellow")
    for change in again.changes:
        screen.say(f"  {change}")


def _about(fact: "Evidence", inventory: "Inventory") -> Grid:
    from gateway.answer_table import local_zone, span_words
    from tools.evidence import iso_z
    from tools.wording import amount, place

    zone = local_zone(fact.buildings, inventory)
    query = fact.query.model_dump(mode="json", exclude_defaults=True)
    rows = [
        ("value", f"{amount(fact.value, fact.unit, fact.query.unit)}, unrounded {fact.value!r} {fact.unit}"),
        ("where", place(tuple(dict.fromkeys(fact.buildings)), inventory)),
        ("when", f"{span_words(fact.period.start, fact.period.end, zone)} in {zone}"),
        ("in UTC", f"{iso_z(fact.period.start)} to {iso_z(fact.period.end)}, the end excluded"),
        ("method", fact.method),
        ("coverage", f"{100 * fact.coverage:.2f} % of the hours"),
        ("label", fact.label.name),
        *(("caveat", caveat) for caveat in fact.caveats),
        ("query", json.dumps(query, ensure_ascii=False)),
    ]
    return Grid((fact.id, fact.name), rows, wide=frozenset({fact.name}))


def _reasons(parts: Sequence["BuildingRows"]) -> Grid:
    """Count the rows of each part by what became of them."""
    from gateway.evidence_records import counts

    rows = [
        (part["side"], part["building"], f"{n:,}", reason)
        for part in counts(parts)
        for reason, n in {"used": part["used"], **part["left_out"]}.items()
    ]
    return _without_sides(
        Grid(
            ("side", "building", "rows", "what became of them"),
            rows,
            right=frozenset({"rows"}),
            wide=frozenset({"what became of them"}),
        )
    )


def _first(parts: Sequence["BuildingRows"]) -> Grid:
    from gateway.evidence_records import sample

    columns = ("side", "at", "local", "building", "meter", "value", "flag", "used", "factor")
    rows = [[_cell(record[name]) for name in columns] for record in sample(parts[:2])]
    return _without_sides(
        Grid(
            columns,
            rows,
            title="the first rows, used and left out",
            right=frozenset({"value", "factor"}),
            wide=frozenset({"at", "local"}),
        )
    )


def _without_sides(grid: Grid) -> Grid:
    from gateway.grid import without_empty

    return without_empty(grid, ("side", "factor"))


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else f"{value:.6g}" if isinstance(value, float) else str(value)
