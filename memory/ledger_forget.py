"""Take runs out of the ledger: the one way in which a question that was asked is no longer written down."""

import re

from memory.postgres import Pool, fetch, writing


async def count_runs(pool: Pool, building: str | None = None) -> int:
    """Return how many runs there are, or how many name a building or showed a fact of it."""
    rows = await fetch(
        pool,
        "SELECT count(*) FROM runs WHERE %(all)s OR question ~* %(named)s"
        " OR id IN (SELECT run_id FROM evidence WHERE body -> 'buildings' ? %(building)s)",
        _terms(building),
    )
    return int(rows[0][0])


async def forget_runs(pool: Pool, building: str | None = None) -> int:
    """Delete these runs with their receipts and the facts that they showed; return how many runs.

    What was spent stays in the usage ledger and what left in the audit log: neither holds a question.
    """
    async with writing(pool) as connection:
        cursor = await connection.execute(
            "DELETE FROM runs WHERE %(all)s OR question ~* %(named)s"
            " OR id IN (SELECT run_id FROM evidence WHERE body -> 'buildings' ? %(building)s)",
            _terms(building),
        )
        return cursor.rowcount


def _terms(building: str | None) -> dict[str, object]:
    return {"all": building is None, "building": building or "", "named": rf"\m{re.escape(building or '')}\M"}
