"""What every attempt took: tokens, money, time, and what GPT-4o would have cost in its place.

Calls of clouds are written where their money is counted, by `memory.budgets`. All else is added here when a run is
kept: what local models wrote, and answers that no model wrote.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, LiteralString

from memory.ledger import storable
from memory.postgres import Connection, Pool, fetch, writing
from models.prices import saved_nusd

By = Literal["day", "model", "tenant"]
Where = Literal["local", "cloud"]


@dataclass(frozen=True, slots=True)
class UsageRow:
    """One attempt, or an answer that needed none."""

    question_id: str
    number: int
    """Of the attempt in its question, from 0. Added again, a row is there once."""
    tenant: str
    key: str
    endpoint: str
    """Id of the endpoint; `cache` or `report` where no model was asked."""
    model: str = ""
    """The name under which it answered."""
    place: Where = "local"
    task: str = "analysis"
    tokens_in: int = 0
    tokens_out: int = 0
    cached: int = 0
    estimated: bool = False
    price_version: str = ""
    cost_nusd: int = 0
    saved_nusd: int | None = None
    """What the same tokens cost at GPT-4o's price, less the cost; counts where the outcome is `verified`. Reckoned from
    the tokens where None is given."""
    outcome: str = "verified"
    """`verified` where its words stood, else `failed`, `denied`, and for a call nobody has judged `answered`."""
    reason: str = ""
    label: str = ""
    ms: float = 0.0
    ttft_ms: float | None = None
    at: datetime | None = None
    """When it was written, by the clock of the store, where None is given."""


@dataclass(frozen=True, slots=True)
class UsageSum:
    """What a day, a model, a tenant, or all of them took."""

    name: str
    """`2026-11-22`, the endpoint's id, or the tenant; `all` for everything."""
    questions: int
    local_questions: int
    """Of `questions`, those of which no cloud has read anything."""
    calls: int
    """Attempts at a model."""
    cloud_calls: int
    tokens_in: int
    tokens_out: int
    cached: int
    cost_nusd: int
    saved_nusd: int
    """What the words that stood would have cost at GPT-4o's price, less all that was paid, in vain too."""
    baseline_nusd: int
    """What the words that stood would have cost at GPT-4o's price."""

    @property
    def local_share(self) -> float | None:
        """Return the share of questions that stayed local; None where there was none."""
        return self.local_questions / self.questions if self.questions else None


class UsageLedger:
    """The rows in PostgreSQL. Every method raises `DataUnavailable` where the store does not answer."""

    def __init__(self, pool: Pool, timezone: str = "UTC") -> None:
        """`timezone` is the budgets': whose midnights end a day."""
        self._pool, self._timezone = pool, timezone

    async def add(self, rows: Sequence[UsageRow]) -> None:
        """Write rows; those that are there already stay as they are.

        Rows of a cloud are not added, they are there since they were paid: the newest one of that question and endpoint
        which nobody has judged takes the outcome and the reason of the row given here.
        """
        if not rows:
            return
        async with writing(self._pool) as connection:
            for row in rows:
                if row.place == "cloud":
                    await _judge(connection, row)
            local = [_values(row, self._timezone) for row in rows if row.place != "cloud"]
            await connection.cursor().executemany(_INSERT, local)

    async def summary(self, by: By, since: date | None = None, until: date | None = None) -> list[UsageSum]:
        """Return the sums of the days from `since` to `until`, both within, by name."""
        return await self._sums(by, since, until)

    async def totals(self, since: date | None = None, until: date | None = None) -> UsageSum:
        """Return the sums of all of it; of nothing they are 0."""
        sums = await self._sums("all", since, until)
        return sums[0] if sums else UsageSum("all", *[0] * 10)

    async def _sums(self, by: str, since: date | None, until: date | None) -> list[UsageSum]:
        query: LiteralString = (
            "WITH rows AS (SELECT * FROM usage WHERE day >= coalesce(%s::date, '-infinity')"
            " AND day <= coalesce(%s::date, 'infinity')),"
            # A call that nobody settled may have been read.
            " left_home AS (SELECT DISTINCT tenant, question_id FROM usage"
            "  WHERE place = 'cloud' AND (tokens_in + tokens_out > 0 OR outcome = 'lapsed')),"
            " asked AS (SELECT rows.*, left_home.tenant IS NULL AS stayed,"
            "  outcome <> 'denied' AND endpoint NOT IN ('cache', 'report') AS called"
            "  FROM rows LEFT JOIN left_home USING (tenant, question_id))"
            " SELECT CASE %s WHEN 'day' THEN day::text WHEN 'model' THEN endpoint WHEN 'tenant' THEN tenant"
            "  ELSE 'all' END,"
            " count(DISTINCT (tenant, question_id)),"
            " count(DISTINCT (tenant, question_id)) FILTER (WHERE stayed),"
            " count(*) FILTER (WHERE called), count(*) FILTER (WHERE called AND place = 'cloud'),"
            " sum(tokens_in), sum(tokens_out), sum(cached), sum(cost_nusd),"
            " sum(CASE outcome WHEN 'verified' THEN saved_nusd ELSE -cost_nusd END),"
            " sum(CASE outcome WHEN 'verified' THEN saved_nusd + cost_nusd ELSE 0 END)"
            " FROM asked GROUP BY 1 ORDER BY 1"
        )
        rows = await fetch(self._pool, query, (since, until, by))
        return [UsageSum(name, *map(int, sums)) for name, *sums in rows]


async def _judge(connection: Connection, row: UsageRow) -> None:
    await connection.execute(
        "UPDATE usage SET outcome = %s, reason = %s WHERE id = (SELECT id FROM usage WHERE place = 'cloud'"
        " AND tenant = %s AND question_id = %s AND endpoint = %s AND outcome IN ('answered', 'left')"
        " ORDER BY at DESC LIMIT 1)",
        [storable(v) for v in (row.outcome, row.reason, row.tenant, row.question_id, row.endpoint)],
    )


_INSERT: LiteralString = (
    "INSERT INTO usage SELECT %s, at, (at AT TIME ZONE %s)::date, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s,"
    " %s, %s, %s, %s, %s, %s, %s FROM (SELECT coalesce(%s::timestamptz, clock_timestamp()) AS at) AS clock"
    " ON CONFLICT (id) DO NOTHING"
)


def _values(row: UsageRow, timezone: str) -> list[object]:
    saved = saved_nusd(row.tokens_in, row.tokens_out, row.cost_nusd) if row.saved_nusd is None else row.saved_nusd
    values = (
        *(f"{row.question_id}/{row.number}", timezone, row.tenant, row.key, row.question_id),
        *(row.endpoint, row.model, row.place, row.task),
        *(row.tokens_in, row.tokens_out, row.cached, row.estimated, row.price_version, row.cost_nusd, saved),
        *(row.outcome, row.reason, row.label, row.ms, row.ttft_ms),
    )
    return [*map(storable, values), row.at]
