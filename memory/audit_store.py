"""The audit log in PostgreSQL: one chain, whoever writes to it.

What is asked for at the same time is written together, in one transaction under a lock over all processes. An append
returns when its entry is committed and named by the head outside the database; so what was acknowledged cannot be cut
off unseen. An entry whose append failed may be there nevertheless: the log may say more than left, never less.
"""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable
from contextlib import aclosing
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from config.settings import Settings
from memory.audit_batches import FAULTS, Batches, Pending, unavailable
from memory.audit_guard import Guard, guard_folder
from memory.audit_key_file import ensure_key
from memory.audit_keys import PersonKeys, destroy, purge
from memory.audit_rows import hold_chain, insert, last_rows, newest, numbers_between, stream_rows
from memory.postgres import Connection, Pool, writing
from privacy.audit import AuditEntry, AuditRecord
from privacy.audit.chain import Anchor, chained, stamp
from privacy.audit.digest import Sensitive
from privacy.audit.jsonl import closing_line, entry_line
from privacy.audit.key import AuditKey
from privacy.audit.verdict import Fault, Verdict, Verifier
from privacy.errors import AuditUnavailable
from privacy.labels import Label

PATIENCE_S = 0.8
"""How long an append may take before what it is for is denied."""
EVER = 1 << 62
RENEWED = AuditRecord("anchor", "guard_renewed", Label.PUBLIC)

T = TypeVar("T")
OpenPool = Callable[[], Awaitable[Pool]]


class StoredAudit:
    """The chain of a database. Implements `privacy.audit.Audit`; every method raises `AuditUnavailable`.

    It belongs to one event loop. `open_pool` gives the pool whose tables are up to date, opening it where needed.
    """

    def __init__(
        self,
        open_pool: OpenPool,
        home: Path,
        folder: Path,
        *,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        patience_s: float = PATIENCE_S,
    ) -> None:
        """`folder` holds the head and the anchors of this chain, `home` the key."""
        self._open, self._home, self._folder = open_pool, home, folder
        self._clock, self._patience_s = clock, patience_s
        self._batches = Batches(self._write, patience_s)

    @cached_property
    def _key(self) -> AuditKey:
        return ensure_key(self._home)

    @cached_property
    def _guard(self) -> Guard:
        return Guard(self._folder, self._key.signer())

    async def append(self, record: AuditRecord) -> AuditEntry:
        """Write one entry within `patience_s` and return it."""
        return await self._soon(self._batches.add(record))

    async def digests(self, values: Iterable[Sensitive]) -> tuple[str, ...]:
        """Return the keyed digest of each value, in order."""
        wanted = list(values)
        return await self._soon(self._digests(wanted))

    async def erase(self, person: str) -> AuditEntry | None:
        """Destroy the key of a person and return the entry that says so; None where there is no key.

        The entry holds the digest that the person had, which nobody can tie to the person from now on.
        """
        keys = PersonKeys(await self._pool(), self._key)
        digest = await self._soon(keys.digest_of_known(person))
        if digest is None:
            return None
        record = AuditRecord("erased", "person_asked", Label.INTERNAL, digests=(digest,))
        entry = await self._soon(self._batches.add(record, forget=keys.name_of(person)))
        await _translated(purge(await self._pool()))
        return entry

    async def tail(self, count: int) -> list[AuditEntry]:
        """Return the newest entries, oldest first."""
        return await _translated(last_rows(await self._pool(), count))

    async def entries(self, start: datetime | None = None, end: datetime | None = None) -> AsyncGenerator[AuditEntry]:
        """Yield the entries from the first to the last of [start, end), without a gap; all where neither is given."""
        pool = await self._pool()
        first, last = 1 - EVER, EVER
        if start or end:
            period = stamp(start) if start else "", stamp(end) if end else "~"
            first, last = await _translated(numbers_between(pool, *period))
        try:
            async with aclosing(stream_rows(pool, first, last)) as rows:
                async for entry in rows:
                    yield entry
        except FAULTS as fault:
            raise unavailable(fault) from fault

    async def export(self, start: datetime | None = None, end: datetime | None = None) -> AsyncGenerator[str]:
        """Yield the lines of a file that can be verified on its own."""
        first = last = None
        async for entry in self.entries(start, end):
            first, last = first or entry, entry
            yield entry_line(entry)
        yield closing_line(first, last, self._key.signer())

    async def verify(self, seen: Callable[[AuditEntry], None] = lambda _: None) -> Verdict:
        """Read the whole chain and say whether it holds; `seen` is called with each entry up to the first fault."""
        known, fault = await asyncio.to_thread(self._known)  # before the chain, which only grows
        verifier = Verifier(self._key.signer(), known)
        async with aclosing(self.entries()) as entries:
            async for entry in entries:
                verifier.feed(entry)
                if verifier.fault:
                    break
                seen(entry)
        verifier.say(fault)
        if verifier.verdict().entries and not self._guard.head_file.exists():
            verifier.say(Fault(None, f"{self._guard.head_file} is missing, so the end may have been cut off unseen"))
        return verifier.verdict()

    def _known(self) -> tuple[list[Anchor], Fault | None]:
        """Return what is known of the chain from outside it, or what is wrong with that."""
        try:
            head = self._guard.head()
            return [*self._guard.anchors(), *([head] if head else [])], None
        except AuditUnavailable as why:
            return [], Fault(None, str(why))

    async def _write(self, batch: list[Pending]) -> list[AuditEntry]:
        pool = await self._open()
        known = await asyncio.to_thread(self._newest_known)  # before the chain, which only grows
        async with writing(pool) as connection:
            await hold_chain(connection, self._patience_s)
            last, anchored = await newest(connection, known.seq if known else 0)
            _check_end(known, anchored, self._guard)
            at = self._clock()
            renewal = await asyncio.to_thread(self._renewal, last, at)
            records = [*renewal, *(pending.record for pending in batch)]
            entries = chained(records, last, at, self._key.signer())
            await self._fill(connection, entries, batch)
        await asyncio.to_thread(self._guard.note, entries[-1])
        return entries[len(renewal) :]

    def _newest_known(self) -> Anchor | None:
        return self._guard.newest()

    def _renewal(self, last: AuditEntry | None, at: datetime) -> list[AuditRecord]:
        """Begin the head of a new chain; say in the chain that the head of an older one is not there."""
        if self._guard.head() is not None:
            return []
        if last is None:
            self._guard.begin(at)
            return []
        return [RENEWED]

    async def _fill(self, connection: Connection, entries: list[AuditEntry], batch: list[Pending]) -> None:
        await insert(connection, entries)
        if names := [pending.forget for pending in batch if pending.forget]:
            await destroy(connection, names)

    async def _pool(self) -> Pool:
        return await _translated(self._open())

    async def _digests(self, values: list[Sensitive]) -> tuple[str, ...]:
        return await PersonKeys(await self._open(), self._key).digests(values)

    async def _soon(self, work: Awaitable[T]) -> T:
        """Wait for a result no longer than `patience_s`."""
        try:
            async with asyncio.timeout(self._patience_s):
                return await work
        except FAULTS as fault:
            raise unavailable(fault) from None


def audit_of(settings: Settings, open_pool: OpenPool) -> StoredAudit:
    """Return the audit log of the configured database."""
    return StoredAudit(open_pool, settings.home, guard_folder(settings))


def _check_end(known: Anchor | None, anchored: AuditEntry | None, guard: Guard) -> None:
    """Refuse to go on with a chain whose end was cut off or rewritten: its traces would be written over."""
    if known and known.seq and (anchored is None or anchored.hash != known.hash):
        raise AuditUnavailable(
            f"the audit log in the database does not hold entry {known.seq} as {guard.head_file.parent} names it: its"
            " end was cut off or rewritten, or an older backup restored; `eaio audit verify` shows where. To go on with"
            f" what is there, move {guard.head_file.parent} away"
        )


async def _translated(work: Awaitable[T]) -> T:
    try:
        return await work
    except FAULTS as fault:
        raise unavailable(fault) from fault
