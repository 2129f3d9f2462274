"""Reading the audit log at the command line: its newest entries, whether it holds, and forgetting a person."""

import asyncio
from argparse import Namespace
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gateway.errors import BadUsage, NotKnown
from gateway.exits import ANSWERED, FAULT
from gateway.grid import Grid, without_empty
from gateway.json_out import write_json
from gateway.opened import settings_of
from gateway.progress import waiting
from gateway.screen import notice, open_screen

if TYPE_CHECKING:
    from config.settings import Settings
    from memory.audit_store import StoredAudit
    from memory.postgres import Pool
    from privacy.audit import AuditEntry
    from privacy.audit.verdict import Verdict


@asynccontextmanager
async def open_audit(options: Namespace) -> AsyncIterator["StoredAudit"]:
    """Open the audit log: its server started, its tables up to date. No building data is loaded for it.

    Raises `AuditUnavailable` or `ServiceError` with the remedy.
    """
    from memory.audit_store import audit_of

    settings = settings_of(options)
    async with AsyncExitStack() as stack:
        pool = await _opened(settings, stack)

        async def given() -> "Pool":
            return pool

        yield audit_of(settings, given)


async def _opened(settings: "Settings", stack: AsyncExitStack) -> "Pool":
    from memory.migrate import migrate
    from memory.postgres import open_pool
    from privacy.errors import AuditUnavailable
    from services import ensure_postgres
    from tools.errors import DataUnavailable

    with waiting("opening the audit log"):
        dsn = await ensure_postgres(settings)
        try:
            pool = await stack.enter_async_context(open_pool(dsn))
            await migrate(pool)
        except DataUnavailable as why:
            raise AuditUnavailable(f"the audit log cannot be opened: {why}") from why
    return pool


def tail(options: Namespace) -> int:
    """Print the newest entries."""
    if options.number < 1:
        raise BadUsage(f"-n {options.number}: give how many entries to show, 1 or more")
    entries = asyncio.run(_tail(options))
    if options.json:
        write_json(options, {"status": "answered", "entries": [entry.as_json() for entry in entries]})
    else:
        screen = open_screen()
        if entries:
            screen.grid(without_empty(_grid(entries), ("model", "found")))
        else:
            screen.say("No decision was written down yet.")
    return ANSWERED


async def _tail(options: Namespace) -> list["AuditEntry"]:
    async with open_audit(options) as audit:
        return await audit.tail(options.number)


def _grid(entries: list["AuditEntry"]) -> Grid:
    from gateway.audit_figures import types_text
    from gateway.audit_report import because_text

    columns = ("seq", "at", "decision", "label", "destination", "model", "rule", "because", "found", "bytes")
    rows = [
        (
            *(str(e.seq), e.at, e.decision, e.label, e.destination, e.model, e.rule),
            *(because_text(e.because), types_text(e.counts), f"{e.bytes_out:,}"),
        )
        for e in entries
    ]
    return Grid(columns, rows, right=frozenset({"seq", "bytes"}), wide=frozenset({"at", "because", "found"}))


def verify(options: Namespace) -> int:
    """Say whether the log is as it was written; return 1 where it is not, naming the first entry that does not hold."""
    from gateway.audit_report import verdict_text

    renewals: list[AuditEntry] = []
    verdict = _of_file(options) if options.file else asyncio.run(_verified(options, renewals))
    if options.json:
        write_json(options, verdict_json(verdict))
    else:
        open_screen().say(verdict_text(verdict), "green" if verdict.intact else "bold red")
    for entry in renewals:
        notice(f"entry {entry.seq}, {entry.at}: what guards the end of the log was not there and was begun anew")
    return ANSWERED if verdict.intact else FAULT


async def _verified(options: Namespace, renewals: list["AuditEntry"]) -> "Verdict":
    def seen(entry: "AuditEntry") -> None:
        if entry.decision == "anchor":
            renewals.append(entry)

    async with open_audit(options) as audit:
        return await audit.verify(seen)


def _of_file(options: Namespace) -> "Verdict":
    from memory.audit_guard import Guard, guard_folder
    from memory.audit_key_file import key_path, read_key
    from privacy.audit.jsonl import verify_lines

    settings = settings_of(options)
    signer = read_key(settings.home).signer() if key_path(settings.home).exists() else None
    anchors = Guard(guard_folder(settings), signer).anchors() if signer else []
    try:
        with Path(options.file).open(encoding="utf-8", errors="replace") as lines:
            return verify_lines(lines, anchors, signer)
    except OSError as why:
        raise BadUsage(f"{options.file} cannot be read ({why.strerror})") from why


def verdict_json(verdict: "Verdict") -> dict[str, Any]:
    """Return a verdict as plain JSON."""
    fault, last = verdict.fault, verdict.last
    return {
        "status": "answered" if verdict.intact else "error",
        "intact": verdict.intact,
        "entries": verdict.entries,
        "first": verdict.first,
        "head": {"seq": last.seq, "hash": last.hash, "at": last.at} if last else None,
        "signatures_checked": verdict.signatures,
        "policies": list(verdict.policies),
        "fault": {"seq": fault.seq, "why": fault.why} if fault else None,
    }


def erase(options: Namespace) -> int:
    """Destroy the key of a person, so that no digest in the log can be tied to the person any more."""
    entry = asyncio.run(_erase(options))
    if entry is None:
        raise NotKnown("the audit log keeps no key for this person: there is nothing to erase under this name")
    open_screen().say(f"The key is destroyed; entry {entry.seq} says so, and not whose it was.")
    return ANSWERED


async def _erase(options: Namespace) -> "AuditEntry | None":
    async with open_audit(options) as audit:
        return await audit.erase(options.person)
