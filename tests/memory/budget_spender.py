"""Set money aside in a process of its own, say so, and wait to be killed: `python budget_spender.py DSN HOME`."""

import asyncio
import sys
from pathlib import Path

from memory.postgres import open_pool
from tests.memory.purses import ANN, CENT, planned, purse


async def main(dsn: str, home: str) -> None:
    """Reserve, and print under which id."""
    async with open_pool(dsn) as pool:
        reservation = await purse(pool, Path(home)).reserve(ANN, planned(60 * CENT))
        print(reservation.id, flush=True)
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
