"""Print every figure: right answers with no model, uncarried numbers in 200 runs with one, and times.

Run `make bench`, or `python -m benchmarks [answers] [verified] [speed]` for some of it.
"""

import asyncio
import sys

from benchmarks import speed, verified
from benchmarks.answers import bench

RUNS = 200


async def main(chosen: list[str]) -> int:
    """Run the chosen benchmarks, all where none is named; return 1 where an answer was wrong or a number uncarried."""
    failed = 0
    if not chosen or "answers" in chosen:
        failed |= await bench.main()
    if not chosen or "speed" in chosen:
        await speed.main()
    if not chosen or "verified" in chosen:
        failed |= await verified.main(RUNS)
    return failed


if __name__ == "__main__":
    sys.exit(asyncio.run(main(sys.argv[1:])))
