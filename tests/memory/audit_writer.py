"""Append to the audit log from a process of its own: `python audit_writer.py DSN HOME COUNT`; all at once."""

import asyncio
import sys
from pathlib import Path

from config.settings import Settings
from memory.audit_store import audit_of
from memory.postgres import Pool, open_pool
from privacy.audit import AuditRecord
from privacy.labels import Label

DENIED = AuditRecord("denied", "label", Label.RESTRICTED, destination="gpt-4o", rule="gpt-4o/restricted")


async def main(dsn: str, home: str, count: str) -> None:
    """Append, and print how many entries were written."""
    async with open_pool(dsn) as pool:

        async def given() -> Pool:
            return pool

        audit = audit_of(Settings(home=Path(home), database_url=dsn), given)
        entries = await asyncio.gather(*(audit.append(DENIED) for _ in range(int(count))))
    print(len({entry.seq for entry in entries}))


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
