"""`eaio usage` over a real ledger: what was asked, answered and paid, also where the store only reads or is gone."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import psycopg
import pytest

from config.settings import Settings
from graphs.account import account_of
from memory.budgets import Budgets
from memory.ledger import Ledger
from memory.migrate import migrate
from memory.postgres import Pool, open_pool
from memory.unsettled import Unsettled
from memory.usage_ledger import UsageLedger, UsageRow
from models.budget import Account, Planned, Reservation, Spent
from models.routing.budgets_part import BudgetsPart
from models.routing.file import SHIPPED
from services import ensure_postgres
from tests.dropping import dropping
from tests.gateway.conftest import Run
from tests.gateway.routed import answer_with, record

JUNE = datetime(2026, 6, 1, 12, tzinfo=UTC)
QUESTION = "r0123456789ab"
PLANNED = Planned("cloud:gemini", "gemini-2.5-flash", 4_000_000, "genai-prices 0.2.3", "INTERNAL")
READ = Spent(1000, 200, 0, cost_nusd=800_000, saved_nusd=3_700_000)


@pytest.fixture
def dsn(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Give an empty database of its own, and a home of its own."""
    server = asyncio.run(ensure_postgres(settings))
    name = f"usage{abs(hash(str(tmp_path))) % 10**9}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
        found = server.removesuffix("/eaio") + f"/{name}"
        monkeypatch.setenv("EAIO_DATABASE_URL", found)
        monkeypatch.setenv("EAIO_HOME", str(tmp_path / "home"))
        yield found
        for statement in dropping(name):
            connection.execute(statement)


@pytest.fixture
def used(dsn: str, tmp_path: Path) -> str:
    """Fill it: two questions answered here in June, and today one for which a cloud was paid."""
    asyncio.run(write(dsn, tmp_path / "home"))
    return dsn


def row(question: str, **other: object) -> UsageRow:
    given = {"tokens_in": 400, "tokens_out": 60, "saved_nusd": 1_600_000, "at": JUNE} | other
    return UsageRow(question, 0, "local", "ann", "embedded:smollm2:135m", **given)  # type: ignore[arg-type]


async def write(dsn: str, home: Path) -> None:
    async with open_pool(dsn) as pool:
        await migrate(pool)

        async def given() -> Pool:
            return pool

        budgets = Budgets(given, BudgetsPart(), home, patience_s=30)
        account = account_of(QUESTION)
        await budgets.settle(await budgets.reserve(account, PLANNED), READ)
        judged = UsageRow(QUESTION, 1, "local", account.key, "cloud:gemini", place="cloud")
        await UsageLedger(pool).add([row("r1"), row("r2", tokens_out=40), judged])
        receipt = answer_with(record(), record(label="RESTRICTED"))["receipt"]
        await Ledger(pool).keep_run(
            run_id=QUESTION, question="How much?", status="answered", label="INTERNAL", receipt=receipt
        )


@pytest.mark.usefixtures("used")
def test_usage_by_day_has_local_share_cost_and_saving(run: Run) -> None:
    said = run("usage", "--json").json()
    june, today = said["rows"]
    assert (june["name"], june["questions"], june["local_share"], june["tokens_out"]) == ("2026-06-01", 2, 1.0, 100)
    assert (today["questions"], today["local_questions"], today["cost_usd"]) == (1, 0, 0.0008)
    assert said["totals"]["local_share"] == pytest.approx(2 / 3)
    assert said["totals"]["baseline_usd"] == pytest.approx(0.0077)
    assert [b["scope"].split(",")[1].split()[0] for b in said["budgets"]] == ["day", "month", "day", "month"]
    assert said["budgets"][0]["left_usd"] == pytest.approx(0.9992)
    shown = run("usage")
    assert shown.code == 0
    assert "66.6 % of 3 questions answered here; clouds were paid $0.00080" in shown.out


@pytest.mark.usefixtures("used")
def test_usage_by_model_and_by_tenant(run: Run) -> None:
    models = run("usage", "--by", "model", "--json").json()["rows"]
    assert [(m["name"], m["calls"], m["cloud_calls"]) for m in models] == [
        ("cloud:gemini", 1, 1),
        ("embedded:smollm2:135m", 2, 0),
    ]
    assert [t["name"] for t in run("usage", "--by", "tenant", "--json").json()["rows"]] == ["local"]


@pytest.mark.usefixtures("used")
def test_period_counts_both_of_its_days(run: Run) -> None:
    inside = run("usage", "--since", "2026-06-01", "--until", "2026-06-01", "--json").json()
    assert (inside["totals"]["questions"], inside["since"], inside["until"]) == (2, "2026-06-01", "2026-06-01")
    assert run("usage", "--until", "2026-05-31").out.startswith("Nothing was asked from the beginning to 2026-05-31")
    assert run("usage", "--since", "june").code == 2


@pytest.mark.usefixtures("used")
def test_page_is_written_beside_the_table(run: Run, tmp_path: Path) -> None:
    page = tmp_path / "usage.html"
    done = run("usage", "--html", str(page))
    assert (done.code, f"the page is in {page}" in done.err) == (0, True)
    assert "<svg" in page.read_text()
    assert "66.6 % of 3 questions answered here" in page.read_text()


@pytest.mark.parametrize("name", ["usage.pdf", "nowhere/usage.html"])
def test_page_that_cannot_be_written_is_bad_input(run: Run, name: str) -> None:
    assert run("usage", "--html", name).code == 2


@pytest.mark.usefixtures("dsn")
def test_empty_ledger_says_so_and_shows_what_may_be_spent(run: Run) -> None:
    done = run("usage")
    assert done.code == 0
    assert done.out.startswith("Nothing was asked yet")
    assert "$1.00 of $1.00" in done.out
    assert run("usage", "--json").json()["totals"]["questions"] == 0


def test_ledger_that_can_only_be_read_is_shown(run: Run, used: str) -> None:
    with psycopg.connect(used, autocommit=True) as connection:
        name = connection.info.dbname
        connection.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = on".encode())
    assert run("usage", "--json").json()["totals"]["questions"] == 3


def test_ledger_that_is_down_is_told_with_the_remedy(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EAIO_DATABASE_URL", "postgresql://nobody@127.0.0.1:9/none")
    done = run("usage", "--json")
    assert (done.code, done.json()["status"]) == (1, "error")
    assert done.json()["reason"].startswith("the ledger of usage cannot be read")
    assert "eaio doctor" in done.json()["reason"]


@pytest.mark.usefixtures("used")
def test_calls_that_wait_to_be_counted_are_told(run: Run, tmp_path: Path) -> None:
    reservation = Reservation("x", Account("local", "ann", "r9"), PLANNED, JUNE.date())
    Unsettled(tmp_path / "home" / "budgets").keep(reservation, READ)
    assert "could not count yet" in run("usage").out


@pytest.mark.usefixtures("used")
def test_days_are_those_of_the_budgets_time_zone(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "routing.yaml"
    file.write_text(SHIPPED.read_text().replace("timezone: UTC", "timezone: Pacific/Kiritimati"))
    monkeypatch.setenv("EAIO_ROUTING", str(file))
    said = run("usage", "--json").json()
    assert said["timezone"] == "Pacific/Kiritimati"
    now = datetime.now(ZoneInfo("Pacific/Kiritimati"))
    assert said["budgets"][0]["scope"].endswith(f"day {now:%Y-%m-%d}")


@pytest.mark.usefixtures("used")
def test_run_is_replayed_from_the_ledger_by_its_id(run: Run) -> None:
    done = run("route", "replay", QUESTION)
    assert done.code == 0
    assert f"run {QUESTION}, decision 2 of 2, RESTRICTED: the same, byte for byte" in done.out
    lost = run("route", "replay", "rffffffffffff")
    assert lost.code == 3
    assert "no run rffffffffffff is kept here" in lost.err
