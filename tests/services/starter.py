"""Start one service in a process of its own: `python starter.py HOME NAME`; prints `PID started|attached`."""

import asyncio
import sys
from pathlib import Path

from config.settings import Settings
from services.fleet import fleet
from services.process import ensure


async def main(home: str, name: str) -> None:
    """Start and say what came of it."""
    service = next(service for service in fleet(Settings(home=Path(home))) if service.name == name)
    running = await ensure(service)
    print(running.pid, "started" if running.started else "attached")


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
