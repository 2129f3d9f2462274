"""Every attempt is written down once, and the sums say what it took and what it saved."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from memory.errors import StoreDown
from memory.postgres import Pool, open_pool
from memory.usage_ledger import UsageLedger, UsageRow
from models.budget import Account, Spent, nusd_of
from models.prices import BASELINE
from tests.memory.purses import CENT, behind_its_back, let_expire, planned, purse, rows

LOCAL = UsageRow("r1", 0, "acme", "ann", "ollama:qwen2.5:7b", "qwen2.5:7b", tokens_in=1000, tokens_out=200)
AT_GPT_4O = nusd_of(BASELINE.cost_usd(1000, 200))
REPORT = UsageRow("r9", 0, "acme", "ann", "report")


@pytest.fixture
def ledger(empty: Pool) -> UsageLedger:
    return UsageLedger(empty)


async def paid(pool: Pool, home: Path, question: str, spent: Spent, tenant: str = "acme") -> None:
    """Have a cloud answer a question."""
    budgets = purse(pool, home)
    await budgets.settle(await budgets.reserve(Account(tenant, "ann", question), planned(5 * CENT)), spent)


async def test_nothing_sums_to_nothing(ledger: UsageLedger) -> None:
    await ledger.add([])
    totals = await ledger.totals()
    assert (totals.name, totals.questions, totals.cost_nusd, totals.local_share) == ("all", 0, 0, None)
    assert await ledger.summary("day") == []


async def test_local_answer_saves_what_its_tokens_cost_at_gpt_4o(ledger: UsageLedger, empty: Pool) -> None:
    await ledger.add([LOCAL])
    totals = await ledger.totals()
    assert (totals.questions, totals.local_questions, totals.calls, totals.cloud_calls) == (1, 1, 1, 0)
    assert (totals.tokens_in, totals.tokens_out, totals.cost_nusd) == (1000, 200, 0)
    assert totals.saved_nusd == totals.baseline_nusd == AT_GPT_4O == 4_500_000
    assert await rows(empty, "SELECT id, day, place, price_version FROM usage") == [
        ("r1/0", datetime.now(UTC).date(), "local", "")
    ]


async def test_row_that_is_added_again_is_there_once(ledger: UsageLedger) -> None:
    await ledger.add([LOCAL, replace(LOCAL, number=1, outcome="failed")])
    await ledger.add([replace(LOCAL, tokens_in=5), replace(LOCAL, number=1)])
    assert (await ledger.totals()).tokens_in == 2000


async def test_words_that_did_not_stand_save_nothing(ledger: UsageLedger) -> None:
    await ledger.add([replace(LOCAL, outcome="failed"), replace(LOCAL, number=1)])
    totals = await ledger.totals()
    assert (totals.questions, totals.calls, totals.saved_nusd) == (1, 2, AT_GPT_4O)


async def test_answer_without_a_model_is_a_question_and_no_call(ledger: UsageLedger) -> None:
    await ledger.add([REPORT, UsageRow("r8", 0, "acme", "ann", "cache")])
    totals = await ledger.totals()
    assert (totals.questions, totals.calls, totals.local_share, totals.saved_nusd) == (2, 0, 1, 0)


async def test_question_that_a_cloud_has_read_is_not_local(ledger: UsageLedger, empty: Pool, tmp_path: Path) -> None:
    await ledger.add([LOCAL, replace(LOCAL, question_id="r2"), replace(LOCAL, question_id="r3", outcome="failed")])
    await paid(empty, tmp_path, "r2", Spent(0, 0, outcome="failed", reason="ModelBusy"))
    await paid(empty, tmp_path, "r3", Spent(1000, 200, cost_nusd=CENT, saved_nusd=AT_GPT_4O - CENT))
    await ledger.add([UsageRow("r3", 1, "acme", "ann", "cloud:gpt-4o", place="cloud", reason="3 of 3 carried")])
    totals = await ledger.totals()
    assert (totals.questions, totals.local_questions, totals.cloud_calls) == (3, 2, 2)
    assert (totals.cost_nusd, totals.baseline_nusd) == (CENT, 3 * AT_GPT_4O)
    assert totals.saved_nusd == 3 * AT_GPT_4O - CENT
    models = {row.name: row for row in await ledger.summary("model")}
    assert (models["cloud:gpt-4o"].questions, models["cloud:gpt-4o"].cost_nusd) == (2, CENT)
    assert models["ollama:qwen2.5:7b"].questions == 3


async def test_paid_words_that_did_not_stand_are_a_loss(ledger: UsageLedger, empty: Pool, tmp_path: Path) -> None:
    await paid(empty, tmp_path, "r3", Spent(1000, 200, cost_nusd=CENT, saved_nusd=5))
    judged = UsageRow("r3", 1, "acme", "ann", "cloud:gpt-4o", place="cloud", outcome="failed", reason="none carried")
    await ledger.add([judged])
    await ledger.add([replace(judged, outcome="verified")])
    totals = await ledger.totals()
    assert (totals.saved_nusd, totals.baseline_nusd, totals.cost_nusd) == (-CENT, 0, CENT)
    assert await rows(empty, "SELECT outcome, reason FROM usage") == [("failed", "none carried")]


async def test_judgement_is_of_the_newest_call_of_its_own_question(
    ledger: UsageLedger, empty: Pool, tmp_path: Path
) -> None:
    await paid(empty, tmp_path, "r3", Spent(10, 1, cost_nusd=1, outcome="failed", reason="ModelTimeout"))
    await paid(empty, tmp_path, "r3", Spent(20, 2, cost_nusd=2))
    await paid(empty, tmp_path, "r4", Spent(30, 3, cost_nusd=3))
    await paid(empty, tmp_path, "r3", Spent(40, 4, cost_nusd=4), tenant="other")
    await ledger.add([UsageRow("r3", 0, "acme", "ann", "cloud:gpt-4o", place="cloud")])
    found = await rows(empty, "SELECT tokens_in, outcome FROM usage ORDER BY tokens_in")
    assert found == [(10, "failed"), (20, "verified"), (30, "answered"), (40, "answered")]


async def test_call_that_nobody_settled_may_have_been_read(ledger: UsageLedger, empty: Pool, tmp_path: Path) -> None:
    budgets = purse(empty, tmp_path)
    await budgets.reserve(Account("acme", "ann", "r1"), planned())
    await let_expire(empty)
    await paid(empty, tmp_path, "r2", Spent())
    assert (await ledger.totals()).local_questions == 1


async def test_sums_are_of_days_from_first_to_last(empty: Pool) -> None:
    ledger = UsageLedger(empty, "Europe/Berlin")
    moments = ("2026-11-20T22:59Z", "2026-11-20T23:00Z", "2026-11-21T22:59Z", "2026-11-21T23:00Z")
    await ledger.add([replace(LOCAL, question_id=f"q{n}", at=datetime.fromisoformat(m)) for n, m in enumerate(moments)])
    days = await ledger.summary("day")
    assert [(day.name, day.questions) for day in days] == [("2026-11-20", 1), ("2026-11-21", 2), ("2026-11-22", 1)]
    (day,) = await ledger.summary("day", date(2026, 11, 21), date(2026, 11, 21))
    assert (day.name, day.local_share) == ("2026-11-21", 1)
    assert (await ledger.totals(until=date(2026, 11, 20))).questions == 1


async def test_tenants_are_kept_apart(ledger: UsageLedger) -> None:
    await ledger.add([LOCAL, replace(LOCAL, tenant="other", question_id="r2")])
    assert [(row.name, row.questions) for row in await ledger.summary("tenant")] == [("acme", 1), ("other", 1)]


async def test_text_of_any_characters_is_kept(ledger: UsageLedger, empty: Pool) -> None:
    await ledger.add([replace(LOCAL, reason="a\x00\ud800 %s '", model="x\x00")])
    assert await rows(empty, "SELECT reason, model FROM usage") == [("a\ufffd? %s '", "x\ufffd")]


async def test_ledger_that_takes_nothing_says_so(ledger: UsageLedger, empty: Pool, blank_dsn: str) -> None:
    await behind_its_back(empty, "DROP TABLE usage CASCADE")
    with pytest.raises(Exception, match="`eaio up` brings the tables up to date"):
        await ledger.add([LOCAL])
    with pytest.raises(Exception, match="`eaio up` brings the tables up to date"):
        await ledger.totals()
    async with open_pool(blank_dsn) as pool:
        gone = UsageLedger(pool)
    with pytest.raises(StoreDown):
        await gone.summary("day")
