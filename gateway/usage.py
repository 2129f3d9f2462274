"""`eaio usage`: how much was answered here, what clouds were paid, and what GPT-4o would have cost instead."""

import asyncio
from argparse import Namespace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from gateway.errors import BadUsage
from gateway.exits import ANSWERED
from gateway.json_out import write_json
from gateway.model_matrix.bench import html_file
from gateway.models_known import routing_of
from gateway.opened import open_tables, settings_of
from gateway.screen import notice, open_screen
from gateway.usage_figures import Budget, Period, UsageReport, as_json, period_of

if TYPE_CHECKING:
    from memory.postgres import Pool
    from memory.usage_ledger import By
    from models.routing.budgets_part import BudgetsPart


def usage(options: Namespace) -> int:
    """Show a period of the ledger; return 0 also where nothing was asked in it. Nothing is written."""
    period, page = period_of(options.since, options.until), html_file(options.html)
    report = asyncio.run(_report(options, period, options.by))
    if options.json:
        write_json(options, as_json(report))
    else:
        from gateway.usage_table import show

        show(open_screen(), report)
    if page is not None:
        _write(page, report)
    return ANSWERED


async def _report(options: Namespace, period: Period, by: "By") -> UsageReport:
    from memory.unsettled import Unsettled
    from memory.usage_ledger import UsageLedger

    settings = settings_of(options)
    part = routing_of(settings).document.budgets
    async with open_tables(options, "the ledger of usage") as pool:
        ledger, days = UsageLedger(pool, part.timezone), (period.since, period.until)
        return UsageReport(
            period,
            part.timezone,
            by,
            totals=await ledger.totals(*days),
            days=await ledger.summary("day", *days),
            models=await ledger.summary("model", *days),
            tenants=await ledger.summary("tenant", *days),
            budgets=await _budgets(pool, part),
            unsettled=Unsettled(settings.home / "budgets").any(),
        )


async def _budgets(pool: "Pool", part: "BudgetsPart") -> list[Budget]:
    """Return what the user at this command line may still spend."""
    from graphs.account import account_of
    from memory.budget_rows import left
    from memory.budget_words import scope_of

    low = part.local_only_below
    found = await left(pool, account_of(""), part)
    return [Budget(scope_of(one), one.left_nusd, one.limit_nusd, one.ends_at, low) for one in found]


def _write(page: Path, report: UsageReport) -> None:
    from gateway.usage_page import as_html

    try:
        page.write_text(as_html(report, f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC"), encoding="utf-8")
    except OSError as why:
        raise BadUsage(f"--html {page} cannot be written ({why.strerror}); give another name") from why
    notice(f"the page is in {page}")
