"""Money for clouds is set aside before a call and counted after it; nobody spends what another has taken."""

import asyncio
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from memory.budgets import Budgets
from memory.postgres import Pool
from models.budget import NANO, Account, Reservation, Spent
from models.errors import BudgetLow, BudgetRefused, BudgetSpent
from models.routing.budgets_part import LimitsPart
from tests.memory.purses import ANN, CENT, let_expire, planned, purse, rows, spent


@pytest.fixture
def budgets(empty: Pool, tmp_path: Path) -> Budgets:
    return purse(empty, tmp_path)


async def spend(budgets: Budgets, nusd: int, account: Account = ANN) -> Reservation:
    """Spend exactly so much."""
    reservation = await budgets.reserve(account, planned(nusd))
    await budgets.settle(reservation, spent(nusd))
    return reservation


async def test_what_is_set_aside_is_gone_for_others_until_it_is_settled(budgets: Budgets) -> None:
    assert (await budgets.view(ANN)).left_usd == 1
    reservation = await budgets.reserve(ANN, planned(40 * CENT))
    assert (await budgets.view(ANN)).left_usd == pytest.approx(0.6)
    await budgets.settle(reservation, spent(10 * CENT))
    view = await budgets.view(ANN)
    assert (view.state, view.limit_usd) == ("ample", 1)
    assert view.left_usd == pytest.approx(0.9)
    assert view.scope == f"tenant acme, day {datetime.now(UTC):%Y-%m-%d}"


async def test_call_that_costs_nothing_frees_all_of_it(budgets: Budgets) -> None:
    await budgets.settle(await budgets.reserve(ANN, planned()), Spent(outcome="failed", reason="ModelBusy"))
    assert (await budgets.view(ANN)).left_usd == 1


async def test_settlement_twice_counts_once(budgets: Budgets, empty: Pool) -> None:
    reservation = await spend(budgets, CENT)
    await asyncio.gather(*(budgets.settle(reservation, spent(50 * CENT)) for _ in range(5)))
    assert (await budgets.view(ANN)).left_usd == pytest.approx(0.99)
    assert await rows(empty, "SELECT count(*), sum(cost_nusd) FROM usage") == [(1, CENT)]


async def test_settlement_is_written_down_with_what_it_was_for(budgets: Budgets, empty: Pool) -> None:
    reservation = await budgets.reserve(ANN, planned())
    await budgets.settle(reservation, Spent(1000, 100, 900, False, CENT, 7, "answered", "", 12.5, 3.5, "gpt-4o-2024"))
    columns = (
        "id, tenant, key, question_id, endpoint, model, place, task, tokens_in, tokens_out, cached, estimated,"
        " price_version, cost_nusd, saved_nusd, outcome, label, ms, ttft_ms"
    )
    assert await rows(empty, f"SELECT {columns} FROM usage") == [
        (
            *(reservation.id, "acme", "ann", ANN.question, "cloud:gpt-4o", "gpt-4o-2024", "cloud", "analysis"),
            *(1000, 100, 900, False, "genai-prices 0.2.3", CENT, 7, "answered", "PUBLIC", 12.5, 3.5),
        )
    ]


async def test_budget_of_nothing_pays_for_nothing(empty: Pool, tmp_path: Path) -> None:
    budgets = purse(empty, tmp_path, daily_usd=0)
    with pytest.raises(BudgetSpent, match=r"cloud:gpt-4o is not paid for: tenant acme, day .* is 0 USD.*`budgets`"):
        await budgets.reserve(ANN, planned(1))
    assert (await budgets.view(ANN)).state == "spent"


async def test_spent_budget_says_whose_it_is_and_when_it_begins_anew(budgets: Budgets) -> None:
    await spend(budgets, NANO)
    tomorrow = f"{datetime.now(UTC) + timedelta(days=1):%Y-%m-%d} 00:00 UTC"
    with pytest.raises(BudgetSpent, match=f"tenant acme, day .*0.0000 USD is left of 1; it begins anew {tomorrow}"):
        await budgets.reserve(ANN, planned(1))
    view = await budgets.view(ANN)
    assert (view.state, view.question_usd) == ("spent", 0)
    assert tomorrow in view.reason


async def test_under_a_tenth_all_stays_local(budgets: Budgets) -> None:
    await spend(budgets, 90 * CENT)
    assert (await budgets.view(ANN)).state == "ample"
    await spend(budgets, 1)
    with pytest.raises(BudgetLow, match=r"0.1000 USD is left of 1, under 10%, so all stays local; it begins anew"):
        await budgets.reserve(ANN, planned(1))
    assert (await budgets.view(ANN)).state == "low"


async def test_question_may_cost_its_share_of_what_is_left_without_itself(empty: Pool, tmp_path: Path) -> None:
    budgets = purse(empty, tmp_path, question_share=0.05)
    other = Account("acme", "ann", "r000000000002")
    assert (await budgets.view(ANN)).question_usd == pytest.approx(0.05)
    await spend(budgets, 3 * CENT)
    assert (await budgets.view(ANN)).question_usd == pytest.approx(0.02), "its own is not taken off twice"
    with pytest.raises(BudgetSpent, match=r"costs up to 0.0201 USD and this question may still cost 0.0200, 5% of"):
        await budgets.reserve(ANN, planned(2 * CENT + CENT // 100))
    await budgets.reserve(ANN, planned(2 * CENT))
    assert (await budgets.view(ANN)).question_usd == 0
    assert (await budgets.view(other)).question_usd == pytest.approx(0.05 * 0.95)


async def test_tenants_and_keys_have_budgets_of_their_own(empty: Pool, tmp_path: Path) -> None:
    limits = LimitsPart(daily_usd=2, monthly_usd=3)
    budgets = purse(empty, tmp_path, tenants={"acme": limits}, keys={"bob": LimitsPart(daily_usd=0.5, monthly_usd=3)})
    bob = Account("acme", "bob", "r2")
    view = await budgets.view(bob)
    assert (view.scope[:12], view.left_usd) == ("key bob, day", 0.5)
    await spend(budgets, NANO, ANN)
    assert (await budgets.view(ANN)).scope.startswith("key ann, day")
    assert (await budgets.view(bob)).left_usd == 0.5
    assert [(left.kind, left.span, left.left_nusd) for left in await budgets.left(bob)] == [
        ("tenant", "day", NANO),
        ("tenant", "month", 2 * NANO),
        ("key", "day", NANO // 2),
        ("key", "month", 3 * NANO),
    ]


async def test_key_counts_over_all_its_tenants(budgets: Budgets) -> None:
    await spend(budgets, 95 * CENT)
    with pytest.raises(BudgetLow, match="key ann, day"):
        await budgets.reserve(Account("other", "ann", "r2"), planned(1))


async def test_expired_reservation_frees_its_money_and_is_written_down(budgets: Budgets, empty: Pool) -> None:
    reservation = await budgets.reserve(ANN, planned(60 * CENT))
    await let_expire(empty)
    assert (await budgets.view(ANN)).left_usd == 1
    await budgets.reserve(ANN, planned(60 * CENT))
    told = await rows(empty, "SELECT id, outcome, cost_nusd, reason FROM usage")
    assert [row[:3] for row in told] == [(reservation.id, "lapsed", 0)]
    assert "up to 600000000 nano-dollars" in told[0][3]


@pytest.mark.parametrize("noticed", [False, True])
async def test_late_settlement_still_counts(budgets: Budgets, empty: Pool, noticed: bool) -> None:
    reservation = await budgets.reserve(ANN, planned(60 * CENT))
    await let_expire(empty)
    if noticed:
        await spend(budgets, 0, Account("acme", "ann", "r2"))
    await budgets.settle(reservation, spent(50 * CENT))
    await budgets.settle(reservation, spent(50 * CENT))
    assert (await budgets.view(ANN)).left_usd == pytest.approx(0.5)
    assert await rows(empty, f"SELECT outcome, cost_nusd FROM usage WHERE id = '{reservation.id}'") == [
        ("answered", 50 * CENT)
    ]


async def test_call_that_cost_more_than_was_set_aside_is_counted_whole(budgets: Budgets) -> None:
    await budgets.settle(await budgets.reserve(ANN, planned(1)), spent(3 * NANO))
    view = await budgets.view(ANN)
    assert (view.state, view.left_usd) == ("spent", 0)
    with pytest.raises(BudgetSpent, match=r"-2\.0000 USD is left of 1;"):
        await budgets.reserve(ANN, planned(0))


async def test_many_at_once_never_take_more_than_there_is(empty: Pool, tmp_path: Path) -> None:
    budgets = purse(empty, tmp_path, local_only_below=0, patience_s=60)
    accounts = [Account("acme", f"key{number % 3}", f"r{number}") for number in range(60)]

    async def one(account: Account) -> int:
        try:
            reservation = await budgets.reserve(account, planned(3 * CENT))
        except BudgetRefused:
            return 0
        await budgets.settle(reservation, spent(3 * CENT))
        return 3 * CENT

    taken = await asyncio.gather(*map(one, accounts))
    assert sum(taken) == 99 * CENT
    assert (await budgets.view(accounts[0])).left_usd == pytest.approx(0.01)


async def test_keys_of_several_tenants_at_once_do_not_wait_in_a_circle(empty: Pool, tmp_path: Path) -> None:
    budgets = purse(empty, tmp_path, patience_s=60, daily_usd=100, monthly_usd=100)
    accounts = [Account(f"t{n % 3}", f"k{n % 4}", f"r{n}") for n in range(60)]
    done = await asyncio.gather(*(spend(budgets, CENT, account) for account in accounts))
    assert len(done) == 60
    assert await rows(empty, "SELECT sum(spent_nusd) FROM budget_days") == [(120 * CENT,)]


@pytest.mark.parametrize("skew_s", [-86_400, 86_400])
async def test_clock_of_the_process_decides_nothing(
    budgets: Budgets, monkeypatch: pytest.MonkeyPatch, skew_s: float
) -> None:
    before = (await budgets.view(ANN)).scope
    real = time.time
    monkeypatch.setattr(time, "time", lambda: real() + skew_s)
    reservation = await spend(budgets, CENT)
    assert (await budgets.view(ANN)).scope == before
    assert reservation.day is not None
    assert before.endswith(reservation.day.isoformat())


async def test_names_of_any_characters_have_their_budget(budgets: Budgets) -> None:
    odd = Account("a'; DROP TABLE usage; --\x00", "k\ud800\u202e😀", "r%s")
    await spend(budgets, CENT, odd)
    assert (await budgets.view(odd)).left_usd == pytest.approx(0.99)
