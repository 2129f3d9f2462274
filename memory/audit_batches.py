"""What is to be written at the same time, written together: one transaction instead of one each."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import psycopg

from privacy.audit import AuditEntry, AuditRecord
from privacy.errors import AuditUnavailable
from telemetry.log import log
from tools.errors import DataUnavailable

BATCH = 500
FAULTS = (psycopg.Error, DataUnavailable, TimeoutError, OSError)
"""What a store raises that does not answer, or takes nothing."""


@dataclass(frozen=True, slots=True)
class Pending:
    """A record that waits to be written, and the name of a person's key to be destroyed with it."""

    record: AuditRecord
    forget: str
    written: asyncio.Future[AuditEntry]


Write = Callable[[list[Pending]], Awaitable[list[AuditEntry]]]


class Batches:
    """Gives `write` all that waits, and never two batches at a time.

    A batch gets `patience_s`. Clearing up after one that hangs may take longer; who waits for an entry has a deadline
    of its own, and what nobody waits for any more is not written.
    """

    def __init__(self, write: Write, patience_s: float) -> None:
        self._write, self._patience_s = write, patience_s
        self._pending: list[Pending] = []
        self._writer: asyncio.Task[None] | None = None

    async def add(self, record: AuditRecord, forget: str = "") -> AuditEntry:
        """Return the entry of a record once it is written. Raises `AuditUnavailable`."""
        pending = Pending(record, forget, asyncio.get_running_loop().create_future())
        self._pending.append(pending)
        if self._writer is None or self._writer.done():
            self._writer = asyncio.create_task(self._write_pending())
        return await pending.written

    async def _write_pending(self) -> None:
        while waiting := [pending for pending in self._pending if not pending.written.done()]:
            batch, self._pending = waiting[:BATCH], waiting[BATCH:]
            try:
                async with asyncio.timeout(self._patience_s):
                    entries = await self._write(batch)
            except Exception as fault:  # noqa: BLE001 - whatever broke, an entry that is not written is told at once
                if not isinstance(fault, (*FAULTS, AuditUnavailable)):
                    log.error("the audit log broke in a way that is not known: %s", type(fault).__name__)
                for pending in _still_waiting(batch):
                    pending.written.set_exception(unavailable(fault))
            else:
                for pending, entry in zip(batch, entries, strict=True):
                    if not pending.written.done():
                        pending.written.set_result(entry)
        self._pending = []


def _still_waiting(batch: list[Pending]) -> list[Pending]:
    return [pending for pending in batch if not pending.written.done()]


def unavailable(fault: BaseException) -> AuditUnavailable:
    """Return a fault of the store as what the gate understands."""
    if isinstance(fault, AuditUnavailable):
        return AuditUnavailable(*fault.args)
    if isinstance(fault, TimeoutError):
        words = "it took too long"
    elif isinstance(fault, psycopg.Error) and fault.diag.message_primary:
        words = fault.diag.message_primary
    else:
        words = " ".join(str(fault).split()) or type(fault).__name__
    return AuditUnavailable(f"the audit log does not answer ({words}); `eaio doctor` finds what is wrong")
