"""How load shapes lie in Milvus: three collections, their rows, and the requests that are made of them.

`building_characteristics` has one row a building, `energy_patterns` one for each nearly complete day, and
`anomaly_patterns` those days that are strange to their own building. Distances are Euclidean (Milvus gives squares).
What takes a client blocks: `memory.milvus.Milvus.call` runs it in a thread and translates what it raises.
"""

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

from memory.milvus import CALL_TIMEOUT_S, OPEN_TIMEOUT_S
from privacy.labels import Label
from tools.shapes import DIMENSIONS

if TYPE_CHECKING:
    from pymilvus import MilvusClient  # type: ignore[import-untyped]

Kind = Literal["building_characteristics", "energy_patterns", "anomaly_patterns"]
DAY_DIMENSIONS = 26
COLLECTIONS: Mapping[Kind, int] = {
    "building_characteristics": DIMENSIONS["whole"],
    "energy_patterns": DAY_DIMENSIONS,
    "anomaly_patterns": DAY_DIMENSIONS,
}
LABEL = Label.RESTRICTED  # hourly load, as readings are
OUTPUT = ["id", "building", "measure", "day", "mean_kw", "distance"]
NO_MEASURE = "-"
MOST_ROWS = 1_000  # of one request
Row = dict[str, Any]


def name_of(kind: Kind) -> str:
    """Return the name of a collection, which says how long its vectors are: other ones lie in another."""
    return f"{kind}_{COLLECTIONS[kind]}"


def prepare(client: "MilvusClient") -> None:
    """Make the collections where they are not there, and load them."""
    from pymilvus.exceptions import MilvusException  # type: ignore[import-untyped]

    for kind in COLLECTIONS:
        if not client.has_collection(name_of(kind), timeout=CALL_TIMEOUT_S):
            try:
                _create(client, kind)
            except MilvusException:  # another process may have been first
                if not client.has_collection(name_of(kind), timeout=CALL_TIMEOUT_S):
                    raise
        client.load_collection(name_of(kind), timeout=OPEN_TIMEOUT_S)


def _create(client: "MilvusClient", kind: Kind) -> None:
    from pymilvus import DataType

    schema = client.create_schema(auto_id=False, enable_dynamic_field=False)
    schema.add_field("id", DataType.VARCHAR, is_primary=True, max_length=2_048)
    schema.add_field("vector", DataType.FLOAT_VECTOR, dim=COLLECTIONS[kind])
    for text in ("tenant", "building", "measure"):
        schema.add_field(text, DataType.VARCHAR, max_length=1_024)
    for whole in ("label", "day"):
        schema.add_field(whole, DataType.INT64)
    for number in ("mean_kw", "distance"):
        schema.add_field(number, DataType.DOUBLE)
    index = client.prepare_index_params()
    index.add_index("vector", index_type="FLAT", metric_type="L2")  # exact: filtered HNSW loses half on Milvus Lite
    client.create_collection(
        name_of(kind), schema=schema, index_params=index, consistency_level="Strong", timeout=OPEN_TIMEOUT_S
    )


def replace(client: "MilvusClient", *, kind: Kind, tenant: str, building: str, measure: str, rows: list[Row]) -> None:
    """Put the rows of a building in the place of those it had. Who reads meanwhile finds old or new ones."""
    for first in range(0, len(rows), MOST_ROWS):
        client.upsert(name_of(kind), data=rows[first : first + MOST_ROWS], timeout=OPEN_TIMEOUT_S)
    where = f"{_of(tenant, building)} and measure == {quoted(measure)}"
    days = [row["day"] for row in rows]
    gone = f" and day not in {days}" if days else ""
    client.delete(name_of(kind), filter=where + gone, timeout=OPEN_TIMEOUT_S)


def forget(client: "MilvusClient", *, tenant: str, building: str) -> None:
    """Delete all rows of a building."""
    for kind in COLLECTIONS:
        client.delete(name_of(kind), filter=_of(tenant, building), timeout=CALL_TIMEOUT_S)


def buildings(client: "MilvusClient", *, tenant: str) -> list[str]:
    """Return the buildings that have rows."""
    where = f"tenant == {quoted(tenant)} and measure != {quoted(NO_MEASURE)}"
    options = {"limit": 16_384, "timeout": OPEN_TIMEOUT_S}
    found = client.query(name_of("building_characteristics"), filter=where, output_fields=["building"], **options)
    return sorted({str(row["building"]) for row in found})


def reached(client: "MilvusClient", *, tenant: str, data: str) -> int | None:
    """Return the version of the data up to which the rows are made; None where they never were."""
    where = f"{_of(tenant, data)} and measure == {quoted(NO_MEASURE)}"
    place = name_of("building_characteristics")
    found = client.query(place, filter=where, output_fields=["mean_kw"], limit=1, timeout=CALL_TIMEOUT_S)
    return int(found[0]["mean_kw"]) if found else None


def set_reached(client: "MilvusClient", *, tenant: str, data: str, version: int) -> None:
    """Say up to which version the rows are made, in a row without a measure, which no search asks for."""
    row = {
        "id": json.dumps([tenant, data, NO_MEASURE]),
        "vector": [0.0] * COLLECTIONS["building_characteristics"],
        "tenant": tenant,
        "building": data,
        "measure": NO_MEASURE,
        "label": int(LABEL),
        "day": 0,
        "mean_kw": float(version),
        "distance": 0.0,
    }
    client.upsert(name_of("building_characteristics"), data=[row], timeout=OPEN_TIMEOUT_S)


def flush(client: "MilvusClient") -> None:
    """Write what was put: Milvus Lite searches the rest by brute force, 30 times as slow at 10,000 rows."""
    for kind in COLLECTIONS:
        client.flush(name_of(kind), timeout=OPEN_TIMEOUT_S)


def get(client: "MilvusClient", *, kind: Kind, tenant: str, building: str, measure: str, day: int) -> Row | None:
    """Return a row with its vector, None where it is not there."""
    where = f"{_of(tenant, building)} and measure == {quoted(measure)} and day == {day}"
    found = client.query(
        name_of(kind), filter=where, output_fields=[*OUTPUT, "vector"], limit=1, timeout=CALL_TIMEOUT_S
    )
    return dict(found[0]) if found else None


def listed(client: "MilvusClient", *, kind: Kind, tenant: str, building: str) -> list[Row]:
    """Return the rows of a building, without their vectors."""
    found = client.query(
        name_of(kind), filter=_of(tenant, building), output_fields=OUTPUT, limit=16_384, timeout=CALL_TIMEOUT_S
    )
    return [dict(row) for row in found]


def nearest(
    client: "MilvusClient",
    *,
    kind: Kind,
    tenant: str,
    measure: str,
    vector: Sequence[float],
    limit: int,
    max_label: Label,
    within: str | None = None,
) -> list[tuple[Row, float]]:
    """Return the tenant's rows nearest to a vector with their distance, of one building where `within` names it."""
    where = f"tenant == {quoted(tenant)} and measure == {quoted(measure)} and label <= {int(max_label)}"
    where += f" and building == {quoted(within)}" if within else ""
    [hits] = client.search(
        name_of(kind), data=[list(vector)], filter=where, limit=limit, output_fields=OUTPUT, timeout=CALL_TIMEOUT_S
    )
    return [(dict(hit["entity"]), max(float(hit["distance"]), 0.0) ** 0.5) for hit in hits]


def quoted(text: str) -> str:
    """Return a text as a string of Milvus's filter language. Lite has no filter parameters; both know these escapes."""
    escapes = {"\\": r"\\", '"': r"\"", "\n": r"\n", "\r": r"\r"}
    return '"' + "".join(escapes.get(character, character) for character in text) + '"'


def _of(tenant: str, building: str) -> str:
    return f"tenant == {quoted(tenant)} and building == {quoted(building)}"
