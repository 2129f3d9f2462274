"""The audit log taken elsewhere: entries as a file, and the page for the security officer."""

import asyncio
import os
import sys
from argparse import Namespace
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from gateway.audit_log import open_audit
from gateway.errors import BadUsage
from gateway.exits import ANSWERED, FAULT
from gateway.screen import notice

if TYPE_CHECKING:
    from gateway.audit_report import Page
    from privacy.audit import AuditEntry

STDOUT = "-"


def export(options: Namespace) -> int:
    """Write entries as lines of JSON, with a closing line that shows whether the file is whole."""
    start, end = _period(options)
    lines = asyncio.run(_export(options, start, end))
    if options.out != STDOUT:
        notice(f"{lines - 1:,} entries written; `eaio audit verify --file {options.out}` verifies them")
    return ANSWERED


async def _export(options: Namespace, start: datetime | None, end: datetime | None) -> int:
    count = 0
    async with open_audit(options) as audit:
        with _output(options.out) as out:
            async for line in audit.export(start, end):
                out.write(line)
                count += 1
    return count


def report(options: Namespace) -> int:
    """Write the page for the security officer; return 1 where the log does not hold, which the page says first."""
    from gateway.audit_report import as_html, as_markdown

    if options.out != STDOUT and Path(options.out).suffix not in (".html", ".md"):
        raise BadUsage(f"--out {options.out}: name a file that ends in .html or .md, or `-`")
    page = asyncio.run(_report(options, *_period(options)))
    with _output(options.out) as out:
        out.write(as_html(page) if options.out.endswith(".html") else as_markdown(page))
    if not page.intact:
        notice(page.verdict)
    return ANSWERED if page.intact else FAULT


async def _report(options: Namespace, start: datetime | None, end: datetime | None) -> "Page":
    from gateway.audit_figures import Figures
    from gateway.audit_report import page_of
    from privacy.audit.chain import stamp

    figures, first, last = Figures(), stamp(start) if start else "", stamp(end) if end else "~"

    def seen(entry: "AuditEntry") -> None:
        if first <= entry.at < last:
            figures.add(entry)

    async with open_audit(options) as audit:
        verdict = await audit.verify(seen)
    said = f"{_day(start) or 'the beginning'} to {_day(end) or 'now'}{', the end excluded' if end else ''}, UTC"
    return page_of(figures, verdict, period=said, made=f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC")


def _period(options: Namespace) -> tuple[datetime | None, datetime | None]:
    start, end = _time("--from", options.start), _time("--to", options.end)
    if start and end and start >= end:
        raise BadUsage(f"--from {options.start} is not before --to {options.end}")
    return start, end


def _time(name: str, text: str | None) -> datetime | None:
    """Read a day or a time; without a zone it is UTC."""
    if text is None:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise BadUsage(f"{name} {text}: give a day such as 2026-01-31, or a time such as 2026-01-31T18:00") from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _day(at: datetime | None) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M}".removesuffix(" 00:00") if at else ""


def _output(name: str) -> "nullcontext[TextIO] | TextIO":
    """Open a file for its owner only, or stdout."""
    if name == STDOUT:
        return nullcontext(sys.stdout)
    try:
        return open(name, "w", encoding="utf-8", opener=lambda path, flags: os.open(path, flags, 0o600))
    except OSError as why:
        raise BadUsage(f"--out {name} cannot be written ({why.strerror})") from why
