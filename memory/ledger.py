"""What was asked and what was shown: runs with their receipts, and each fact by its id."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, LiteralString

from psycopg.types.json import Jsonb

from memory.postgres import Pool, fetch, writing

_KEEP_RUN: LiteralString = (
    "INSERT INTO runs (id, thread_id, question, status, label, receipt) VALUES (%s, %s, %s, %s, %s, %s)"
    " ON CONFLICT (id) DO UPDATE SET status = excluded.status, label = excluded.label, receipt = excluded.receipt"
)


class Ledger:
    """Runs and evidence in PostgreSQL."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def keep_run(
        self,
        *,
        run_id: str,
        question: str,
        status: str,
        label: str,
        receipt: Mapping[str, Any],
        evidence: Sequence[Mapping[str, Any]] = (),
        thread_id: str | None = None,
    ) -> None:
        """Keep a run and the facts that it showed, each as its plain JSON with an `id`.

        Kept again, a run or a fact is replaced. Raises `DataUnavailable` where the store does not answer.
        """
        async with writing(self._pool) as connection:
            await connection.execute(
                _KEEP_RUN, (run_id, thread_id, storable(question), status, label, Jsonb(storable(dict(receipt))))
            )
            await connection.cursor().executemany(
                "INSERT INTO evidence (id, run_id, body) VALUES (%s, %s, %s)"
                " ON CONFLICT (id) DO UPDATE SET run_id = excluded.run_id, body = excluded.body, at = now()",
                [(fact["id"], run_id, Jsonb(storable(dict(fact)))) for fact in evidence],
            )

    async def keep_runs(self, runs: Sequence[Mapping[str, Any]]) -> None:
        """Keep runs that showed no new fact, all or none; each with the names that `keep_run` takes."""
        rows = [
            (
                *(run["run_id"], run["thread_id"], storable(run["question"]), run["status"], run["label"]),
                Jsonb(run["receipt"], dumps=storable_text),
            )
            for run in runs
        ]
        async with writing(self._pool) as connection:
            await connection.cursor().executemany(_KEEP_RUN, rows)

    async def evidence(self, evidence_id: str) -> dict[str, Any] | None:
        """Return a fact as it was shown last, or None where no run showed it."""
        rows = await fetch(self._pool, "SELECT body FROM evidence WHERE id = %s", (evidence_id,))
        return rows[0][0] if rows else None

    async def run(self, run_id: str) -> dict[str, Any] | None:
        """Return a run: id, thread_id, at, question, status, label, receipt; None where it is not known."""
        names = ("id", "thread_id", "at", "question", "status", "label", "receipt")
        rows = await fetch(
            self._pool,
            "SELECT id, thread_id, at, question, status, label, receipt FROM runs WHERE id = %s",
            (run_id,),
        )
        return dict(zip(names, rows[0], strict=True)) if rows else None


def storable_text(value: Any) -> str:
    """Return a value as JSON that PostgreSQL takes; only what holds something to replace is walked through."""
    try:
        text = json.dumps(value, allow_nan=False)
    except ValueError:
        return json.dumps(storable(value))
    return json.dumps(storable(value)) if "\\u0000" in text or "\\ud" in text else text


def storable(value: Any) -> Any:
    """Return a JSON value that PostgreSQL takes: NUL and lone surrogates replaced, numbers that are none as null."""
    if isinstance(value, str):
        return value.replace("\x00", "\N{REPLACEMENT CHARACTER}").encode("utf-8", "replace").decode()
    if isinstance(value, float):
        return value if value - value == 0 else None
    if isinstance(value, Mapping):
        return {storable(str(key)): storable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [storable(item) for item in value]
    return value
