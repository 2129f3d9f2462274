"""Whether budgets hold where two hundred tasks in four processes spend one, and processes are killed in the middle.

    python -m benchmarks.routing.budgets [--decisions 10000] [--no-beside]

The database is watched all the while: what is spent and set aside together may never be more than the budget. A worker
that is killed leaves reservations; after their lease nothing of them may be left. Calls that a killed worker had made
and not yet counted are a provider's to bill, and nobody's to know: they are printed.

Beside it LiteLLM's Router with a provider's budget in one Redis, in the same race over a fifth of the calls, because
one takes long through it. It knows no reservations: it lets a call through while what has been counted is under the
budget, and counts it when it has ended.
"""

import argparse
import asyncio
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import fmean

import psycopg

from benchmarks.lines import Lines
from benchmarks.models.litellm_proxy import HOME as LITELLM
from benchmarks.models.litellm_proxy import VERSION, install
from benchmarks.routing.budget_race import COST_NUSD, Ended, race
from benchmarks.routing.budget_worker import KEYS, part
from config.settings import Settings
from memory.budget_rows import left, reserve
from memory.migrate import migrate
from memory.postgres import Pool, fetch, open_pool
from models.budget import Account, Planned, usd_of
from services import ensure_postgres, stop_all
from services.valkey import ensure_valkey

PROCESSES, TASKS = 4, 50
LEASE_S = 5.0
BESIDE = 0.2
PAID = 0.7
"""Share of the calls that the budget pays for; the rest are refused."""
NOBODY = Account("bench", "key0", "nobody")


class Watch:
    """Looks at the budget while others spend it."""

    def __init__(self, dsn: str, limit_nusd: int) -> None:
        self._connection = psycopg.connect(dsn, autocommit=True)
        self._limit_nusd = limit_nusd
        self.most_nusd, self.looks = 0, 0

    def __call__(self) -> None:
        """Note what is spent and set aside now."""
        row = self._connection.execute(
            "SELECT coalesce((SELECT sum(spent_nusd) FROM budget_days WHERE kind = 'tenant'), 0)"
            " + coalesce((SELECT sum(most_nusd) FROM budget_holds WHERE expires_at > clock_timestamp()), 0)"
        ).fetchone()
        assert row is not None
        self.most_nusd, self.looks = max(self.most_nusd, int(row[0])), self.looks + 1

    @property
    def over_nusd(self) -> int:
        """Return by how much the budget was ever overrun."""
        return max(0, self.most_nusd - self._limit_nusd)


def main(given: list[str]) -> int:
    """Print the figures; return 1 where one misses its line."""
    parser = argparse.ArgumentParser(prog="budgets", description="Race for a budget.")
    parser.add_argument("--decisions", type=int, default=10_000)
    parser.add_argument("--no-beside", action="store_true")
    options = parser.parse_args(given)
    out = Lines(f"LiteLLM {VERSION}")
    with tempfile.TemporaryDirectory(prefix="eaio-budgets-") as folder, services(Path(folder)) as settings:
        limit_nusd = round(PAID * options.decisions * fmean(COST_NUSD))
        theirs = None if options.no_beside else litellm(settings, round(BESIDE * options.decisions), limit_nusd)
        ours(out, settings, options.decisions, limit_nusd, theirs)
    return out.end()


@contextmanager
def services(home: Path) -> Iterator[Settings]:
    """Give settings of a home whose services end with it."""
    settings = Settings(home=home, profile="embedded")
    try:
        yield settings
    finally:
        asyncio.run(stop_all(settings))


def ours(out: Lines, settings: Settings, decisions: int, limit_nusd: int, theirs: float | None) -> None:
    """Race for a budget of ours."""
    dsn = asyncio.run(prepared(settings))
    watch = Watch(dsn, limit_nusd)
    journals = settings.home / "ours"
    journals.mkdir()

    def command(journal: Path, seed: int) -> list[str]:
        worker = [sys.executable, "-m", "benchmarks.routing.budget_worker", dsn, str(settings.home), str(journal)]
        return [*worker, str(TASKS), str(seed), str(limit_nusd), str(LEASE_S)]

    ended = race(command, journals, processes=PROCESSES, decisions=decisions, look=watch)
    watch()
    told = ended.told
    print(
        f"    {PROCESSES} processes of {TASKS} tasks, {ended.kills} killed; {told.decided:,} decisions in"
        f" {ended.took_s:.0f} s, {len(told.took_ms):,} of them reservations, {_refusals(ended)};"
        f" {watch.looks:,} looks at a budget of {usd_of(limit_nusd):.2f} USD"
    )
    over = 100 * watch.over_nusd / limit_nusd
    out.line("overspend: spent and set aside over the budget, ever, %", over, theirs, most=0)
    asyncio.run(after(out, dsn, limit_nusd, ended))
    out.line("reservations decided in a second, all processes", told.decided / ended.took_s)
    took = sorted(told.took_ms)
    out.line("time to reserve among so many: p50, ms", took[len(took) // 2])


async def prepared(settings: Settings) -> str:
    """Return the DSN of a store with its tables."""
    dsn = await ensure_postgres(settings)
    async with open_pool(dsn) as pool:
        await migrate(pool)
    return dsn


async def after(out: Lines, dsn: str, limit_nusd: int, ended: Ended) -> None:
    """Print what is left once the leases of the killed have ended."""
    told = ended.told
    async with open_pool(dsn) as pool:
        await expired(pool)
        await reserve(pool, "nobody", NOBODY, Planned("cloud:bench", "bench", 0, "bench"), part(0, 1), 5)
        rows = await fetch(pool, "SELECT id, cost_nusd FROM usage WHERE outcome = 'answered'")
        held = (await fetch(pool, "SELECT count(*) FROM budget_holds"))[0][0]
        counted: dict[str, int] = dict(rows)
        keys = [await left(pool, Account("bench", f"key{n}", ""), part(limit_nusd, 1)) for n in range(KEYS)]
        tenant, spent = keys[0][0], sum(counted.values())
    of_keys = sum(of_key[2].left_nusd for of_key in keys)
    leaked = abs(limit_nusd - spent - tenant.left_nusd) + abs(KEYS * limit_nusd - spent - of_keys)
    lost = [id_ for id_ in told.counted if counted.get(id_) != told.made[id_]]
    unknown = {id_: cost for id_, cost in told.made.items() if id_ not in counted}
    out.line(f"reservations that are left {LEASE_S:g} s after the last kill", held, most=0)
    out.line("money that is neither left nor spent then, USD", usd_of(leaked), most=0)
    out.line("settlements that are not counted, or not as they were made", len(lost), most=0)
    print(
        f"    {len(told.set_aside) - len(counted)} reservations ended with their process; {len(unknown)} of the calls"
        f" had been made by then, and cost {usd_of(sum(unknown.values())):.4f} USD that only the provider knows of"
    )


async def expired(pool: Pool) -> None:
    """Wait until no lease is under way."""
    async with asyncio.timeout(LEASE_S + 10):
        while (await fetch(pool, "SELECT count(*) FROM budget_holds WHERE expires_at > clock_timestamp()"))[0][0]:
            await asyncio.sleep(0.1)


def litellm(settings: Settings, decisions: int, limit_nusd: int) -> float:
    """Return by how much the same race overruns a budget of LiteLLM's, percent of it."""
    install()
    url = asyncio.run(ensure_valkey(settings))
    journals = settings.home / "litellm"
    journals.mkdir()
    limit_usd = BESIDE * usd_of(limit_nusd)

    def command(journal: Path, seed: int) -> list[str]:
        words = [str(LITELLM / "bin" / "python"), str(Path(__file__).with_name("litellm_budgets.py"))]
        return [*words, url, str(journal), str(TASKS), str(seed), str(limit_usd)]

    environment = {"HOME": str(journals), "PATH": "/usr/bin:/bin"}
    ended = race(command, journals, processes=PROCESSES, decisions=decisions, environment=environment)
    owed = usd_of(ended.told.owed_nusd)
    print(
        f"    LiteLLM {VERSION}: {ended.kills} killed; {ended.told.decided:,} decisions in {ended.took_s:.0f} s,"
        f" {len(ended.told.made):,} calls made, {_refusals(ended)}; {owed:.3f} USD spent of {limit_usd:.3f}"
    )
    return max(0.0, 100 * (owed / limit_usd - 1))


def _refusals(ended: Ended) -> str:
    return ", ".join(f"{count:,} {why}" for why, count in ended.told.refused.items()) or "none refused"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
