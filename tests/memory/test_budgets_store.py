"""Where the store of budgets does not answer there is no money; what was spent meanwhile is counted later."""

import asyncio
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from memory.budgets import PATIENCE_S, Budgets
from memory.errors import StoreDown
from memory.migrate import migrate
from memory.postgres import Pool, open_pool, writing
from memory.unsettled import Unsettled, read
from models.budget import Reservation
from models.errors import BudgetDown
from models.routing.budgets_part import BudgetsPart
from tests.memory.purses import ANN, CENT, behind_its_back, let_expire, planned, purse, rows, spent

ROOT = Path(__file__).resolve().parents[2]


class Store:
    """Gives its pool, unless it is down or still opening."""

    def __init__(self, pool: Pool) -> None:
        self.pool, self.down = pool, False
        self.opened = asyncio.Event()
        self.opened.set()

    async def __call__(self) -> Pool:
        await self.opened.wait()
        if self.down:
            raise StoreDown("connection refused")
        return self.pool


@pytest.fixture
def store(empty: Pool) -> Store:
    return Store(empty)


@pytest.fixture
def budgets(store: Store, tmp_path: Path) -> Budgets:
    return Budgets(store, BudgetsPart(question_share=1), tmp_path, patience_s=5)


async def test_store_that_is_down_has_no_money(store: Store, budgets: Budgets) -> None:
    store.down = True
    view = await budgets.view(ANN)
    assert view.state == "down"
    assert "connection refused" in view.reason
    with pytest.raises(BudgetDown, match=r"cloud:gpt-4o is not paid for: nobody can say what is left .*refused"):
        await budgets.reserve(ANN, planned())


async def test_settlement_while_the_store_is_down_is_counted_before_anything_else(
    store: Store, budgets: Budgets, empty: Pool, tmp_path: Path
) -> None:
    reservation = await budgets.reserve(ANN, planned(60 * CENT))
    store.down = True
    await budgets.settle(reservation, spent(50 * CENT))
    await budgets.settle(reservation, spent(50 * CENT))
    await let_expire(empty)
    again = purse(empty, tmp_path)
    assert (await again.view(ANN)).left_usd == pytest.approx(0.5)
    assert await rows(empty, "SELECT id, cost_nusd FROM usage") == [(reservation.id, 50 * CENT)]
    assert list((tmp_path / "budgets").glob("*.jsonl")) == []


async def test_settlement_that_is_cut_or_strange_holds_nothing_up(
    empty: Pool, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    budgets, unsettled = purse(empty, tmp_path), Unsettled(tmp_path / "budgets")
    reservation = await budgets.reserve(ANN, planned(60 * CENT))
    unsettled.keep(Reservation("huge", ANN, planned(), reservation.day), spent(1, reason="x", ms=float("nan")))
    with (tmp_path / "budgets" / "unsettled.jsonl").open("a") as file:
        file.write('{"reservation": {"id": "cut"\n[]\nnull\n\x00\n{"reservation": {}, "spent": {}}\n')
    unsettled.keep(reservation, spent(50 * CENT))
    assert (await budgets.view(ANN)).left_usd == pytest.approx(0.5)
    assert "5 settlements in" in caplog.text


async def test_settlement_that_the_store_never_takes_is_logged_and_left_out(
    empty: Pool, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    budgets, unsettled = purse(empty, tmp_path), Unsettled(tmp_path / "budgets")
    unsettled.keep(Reservation("huge", ANN, planned(), None), spent(CENT))
    assert (await budgets.view(ANN)).state == "ample"
    assert "is not counted" in caplog.text  # how much is left out of logs


async def test_settlements_are_not_lost_between_two_who_take_them(tmp_path: Path) -> None:
    unsettled = Unsettled(tmp_path)
    kept = [Reservation(f"r{n}", ANN, planned()) for n in range(20)]
    found = set[str]()

    def take() -> None:
        for file in Unsettled(tmp_path).taken():
            found.update(reservation.id for reservation, _ in read(file))
            file.unlink(missing_ok=True)

    adding = [asyncio.to_thread(unsettled.keep, one, spent()) for one in kept]
    await asyncio.gather(*adding, *(asyncio.to_thread(take) for _ in range(10)))
    take()
    assert found == {one.id for one in kept}


async def test_settlement_that_can_be_kept_nowhere_is_logged_and_not_raised(
    store: Store, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").touch()
    budgets = Budgets(store, BudgetsPart(question_share=1), tmp_path / "file", patience_s=5)
    reservation = await budgets.reserve(ANN, planned())
    store.down = True
    await budgets.settle(reservation, spent())
    assert "is not counted" in caplog.text


def raising(code: str, table: str) -> list[str]:
    """Return what makes a table refuse rows with an error of PostgreSQL."""
    return [
        (
            "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS"
            f" $$ BEGIN RAISE EXCEPTION 'no more' USING ERRCODE = '{code}'; END $$"
        ),
        f"CREATE TRIGGER refuse BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION refuse()",
    ]


@pytest.mark.parametrize(
    ("statements", "why"),
    [
        (raising("disk_full", "budget_holds"), "no more"),
        (raising("read_only_sql_transaction", "budget_holds"), "no more"),
        (["DROP TABLE budget_days"], 'relation "budget_days" does not exist'),
        (["DROP FUNCTION budget_standing"], "function budget_standing.* does not exist"),
        (["ALTER TABLE usage DROP COLUMN cost_nusd"], "more expressions than target columns"),
    ],
    ids="full read-only gone older other".split(),
)
async def test_store_that_takes_nothing_has_no_money(
    budgets: Budgets, empty: Pool, statements: list[str], why: str
) -> None:
    await budgets.reserve(ANN, planned())
    await behind_its_back(empty, *statements)
    with pytest.raises(BudgetDown, match=why):
        await budgets.reserve(ANN, planned())


async def test_store_that_may_only_be_read_keeps_settlements_waiting(
    budgets: Budgets, empty: Pool, tmp_path: Path
) -> None:
    reservation = await budgets.reserve(ANN, planned())
    await behind_its_back(empty, *raising("read_only_sql_transaction", "usage"))
    await budgets.settle(reservation, spent())
    with pytest.raises(BudgetDown, match="no more"):
        await budgets.reserve(ANN, planned())
    await behind_its_back(empty, "DROP TRIGGER refuse ON usage")
    await budgets.reserve(ANN, planned())
    assert await rows(empty, "SELECT id FROM usage") == [(reservation.id,)]


async def test_store_without_its_tables_is_down(blank_dsn: str, tmp_path: Path) -> None:
    async with open_pool(blank_dsn) as pool:
        budgets = purse(pool, tmp_path)
        assert (await budgets.view(ANN)).state == "down"
        with pytest.raises(BudgetDown):
            await budgets.reserve(ANN, planned())


@pytest.mark.parametrize("table", ["budget_accounts", "budget_holds"])
async def test_store_that_is_slow_is_not_waited_for(empty: Pool, tmp_path: Path, table: str) -> None:
    budgets = purse(empty, tmp_path, patience_s=PATIENCE_S)
    async with writing(empty) as connection:
        await connection.execute(f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE".encode())
        with pytest.raises(BudgetDown, match=r"no answer within 0.25 s|took too long"):
            await budgets.reserve(ANN, planned())
        if table == "budget_holds":
            assert (await budgets.view(ANN)).state == "down"
    await settled(budgets)
    assert await rows(empty, "SELECT count(*) FROM budget_holds") == [(0,)], "what nobody waited for was not set aside"


async def settled(budgets: Budgets) -> None:
    """Wait for what goes on unseen."""
    if budgets._work:
        await asyncio.wait(budgets._work)


async def test_money_that_came_too_late_is_given_back(store: Store, empty: Pool, tmp_path: Path) -> None:
    budgets = Budgets(store, BudgetsPart(), tmp_path, patience_s=1)
    store.opened.clear()
    with pytest.raises(BudgetDown, match="no answer within 1 s"):
        await budgets.reserve(ANN, planned())
    store.opened.set()
    await settled(budgets)
    assert await rows(empty, "SELECT count(*) FROM budget_holds") == [(0,)]
    assert await rows(empty, "SELECT outcome, cost_nusd FROM usage") == [("denied", 0)]


async def test_money_for_a_call_that_is_cancelled_meanwhile_is_given_back(
    store: Store, budgets: Budgets, empty: Pool
) -> None:
    store.opened.clear()
    waiting = asyncio.create_task(budgets.reserve(ANN, planned()))
    await asyncio.sleep(0)
    waiting.cancel()
    await asyncio.wait([waiting])
    store.opened.set()
    await settled(budgets)
    assert await rows(empty, "SELECT count(*) FROM budget_holds") == [(0,)]


async def test_isolation_that_a_database_has_by_default_changes_nothing(blank_dsn: str, tmp_path: Path) -> None:
    strict = f"{blank_dsn}%20-cdefault_transaction_isolation%3Dserializable"
    async with open_pool(strict, max_size=8) as pool:
        await migrate(pool)
        budgets = purse(pool, tmp_path, local_only_below=0, patience_s=60)
        asked = [budgets.reserve(ANN, planned(15 * CENT)) for _ in range(12)]
        outcomes = await asyncio.gather(*asked, return_exceptions=True)
    assert sum(isinstance(outcome, Reservation) for outcome in outcomes) == 6


async def test_money_of_a_process_that_was_killed_is_free_after_its_lease(
    blank_dsn: str, empty: Pool, tmp_path: Path
) -> None:
    command = [sys.executable, str(Path(__file__).with_name("budget_spender.py")), blank_dsn, str(tmp_path)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), *filter(None, sys.path)])}
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, text=True) as spender:
        assert spender.stdout is not None
        id_ = (await asyncio.to_thread(spender.stdout.readline)).strip()
        spender.kill()
    budgets = purse(empty, tmp_path)
    assert (await budgets.view(ANN)).left_usd == pytest.approx(0.4)
    await let_expire(empty)
    assert (await budgets.view(ANN)).left_usd == 1
    await budgets.reserve(ANN, planned())
    assert await rows(empty, "SELECT id, outcome FROM usage") == [(id_, "lapsed")]


def test_settlement_is_read_as_it_was_kept(tmp_path: Path) -> None:
    unsettled = Unsettled(tmp_path)
    assert not unsettled.any()
    reservation: Any = Reservation("r1", ANN, planned())
    told = spent(3, reason="a\nb\u2028", model=None, ttft_ms=1.5)
    unsettled.keep(reservation, told)
    assert unsettled.any()
    (file,) = unsettled.taken()
    assert read(file) == [(reservation, told)]
    assert json.loads(file.read_text())["spent"]["cost_nusd"] == 3
    assert read(tmp_path / "gone") == []
