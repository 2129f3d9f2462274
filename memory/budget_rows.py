"""The functions of the database that keep the budgets, called from Python: the one place that knows them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal, LiteralString

import psycopg
from psycopg import AsyncClientCursor

from memory.ledger import storable
from memory.postgres import Pool, fetch, translated
from models.budget import Account, Planned, Reservation, Spent, nusd_of
from models.routing.budgets_part import BudgetsPart

MOST_NUSD = 2**62
"""The sums of the database end above it, so a limit above it is this one."""
State = Literal["ample", "low", "spent"]
OPENED: LiteralString = (
    "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE; SELECT set_config('statement_timeout', %s, true);"
)


@dataclass(frozen=True, slots=True)
class Left:
    """What is left of one budget."""

    kind: Literal["tenant", "key"]
    name: str
    span: Literal["day", "month"]
    today: date
    """By the clock of the database."""
    ends_at: datetime
    """When it begins anew, UTC."""
    limit_nusd: int
    left_nusd: int
    """Without what is set aside for calls under way; below 0 where a call cost more than was set aside."""


@dataclass(frozen=True, slots=True)
class Standing(Left):
    """The tightest budget of an account, and what its question may still cost."""

    state: State
    question_nusd: int


async def left(pool: Pool, account: Account, part: BudgetsPart) -> list[Left]:
    """Return what is left of the four budgets of an account."""
    query: LiteralString = (
        "SELECT kind, name, span, today, ends_at, limit_nusd, left_nusd"
        " FROM budget_scopes(%s::text, %s::text, %s::text, %s::bigint[], %s::text)"
    )
    return [Left(*row) for row in await fetch(pool, query, _account(account, part))]


async def standing(pool: Pool, account: Account, part: BudgetsPart) -> Standing:
    """Return the tightest budget of an account."""
    query: LiteralString = (
        "SELECT kind, name, span, today, ends_at, limit_nusd, left_nusd, state, question_nusd"
        " FROM budget_standing(%s::text, %s::text, %s::text, %s::bigint[], %s::text, %s::float8, %s::float8)"
    )
    rows = await fetch(pool, query, (*_account(account, part), part.question_share, part.local_only_below))
    return Standing(*rows[0])


async def reserve(
    pool: Pool, id_: str, account: Account, planned: Planned, part: BudgetsPart, timeout_s: float
) -> tuple[Standing, bool]:
    """Return where the budgets stood, and whether the money was set aside."""
    query: LiteralString = (
        " SELECT kind, name, span, today, ends_at, limit_nusd, left_nusd, state, question_nusd, reserved"
        " FROM budget_reserve(%s::text, %s::text, %s::text, %s::text, %s::bigint[], %s::text, %s::float8, %s::float8,"
        " %s::bigint, %s::interval, %s::text, %s::text, %s::text, %s::text, %s::text); COMMIT"
    )
    shares = part.question_share, part.local_only_below
    most, lease = min(planned.most_nusd, MOST_NUSD), timedelta(seconds=part.lease_s)
    values = (id_, *_account(account, part), *shares, most, lease, *_planned(planned))
    *row, reserved = await _called(pool, query, values, timeout_s)
    return Standing(*row), reserved


async def settle(pool: Pool, reservation: Reservation, spent: Spent, timeout_s: float) -> bool:
    """Count what a call did cost; tell whether nobody had before."""
    query: LiteralString = (
        " SELECT budget_settle(%s::text, %s::text, %s::text, %s::text, %s::date, %s::text, %s::text, %s::text,"
        " %s::text, %s::text, %s::bigint, %s::bigint, %s::bigint, %s::boolean, %s::bigint, %s::bigint, %s::text,"
        " %s::text, %s::float8, %s::float8); COMMIT"
    )
    account, planned = reservation.account, reservation.planned
    endpoint, model, *others = _planned(planned)
    whose = (reservation.id, *_names(account), reservation.day)
    tokens = (spent.tokens_in, spent.tokens_out, spent.cached, spent.estimated)
    money, end = (spent.cost_nusd, spent.saved_nusd), (spent.outcome, storable(spent.reason), spent.ms, spent.ttft_ms)
    values = (*whose, endpoint, storable(spent.model or model), *others, *tokens, *money, *end)
    (new,) = await _called(pool, query, values, timeout_s)
    return bool(new)


async def _called(pool: Pool, query: LiteralString, values: Sequence[object], timeout_s: float) -> tuple[Any, ...]:
    """Return the one row of a function that writes, in a transaction that is sent as a whole.

    The isolation is said, because a database may have another by default, in which what others took goes unseen.
    """
    await fetch(pool, "SELECT 1")  # replaces the connections of a server that was restarted; a write is not tried twice
    with translated():
        async with pool.connection() as connection:
            cursor = AsyncClientCursor(connection)
            try:
                await cursor.execute(OPENED + query, [str(round(timeout_s * 1000)), *values])
            except psycopg.Error:
                await connection.rollback()
                raise
            cursor.nextset()  # past BEGIN
            cursor.nextset()  # and the timeout
            row = await cursor.fetchone()
    assert row is not None
    return row


def _account(account: Account, part: BudgetsPart) -> tuple[str, str, str, list[int], str]:
    of_tenant, of_key = part.tenants.get(account.tenant, part), part.keys.get(account.key, part)
    limits = [of_tenant.daily_usd, of_tenant.monthly_usd, of_key.daily_usd, of_key.monthly_usd]
    whole = [min(nusd_of(limit), MOST_NUSD) for limit in limits]
    return *_names(account), whole, part.timezone


def _names(account: Account) -> tuple[str, str, str]:
    return storable(account.tenant), storable(account.key), storable(account.question)


def _planned(planned: Planned) -> tuple[str, str, str, str, str]:
    return (
        storable(planned.endpoint),
        storable(planned.model),
        storable(planned.price_version),
        storable(planned.label),
        storable(planned.task),
    )
