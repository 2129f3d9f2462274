"""Print every figure of the data and of the analyses, part by part: `make data-bench [ARGS="mv scale"]`.

Each part runs as a process of its own and can be run alone, `python -m benchmarks.data.mv`.
"""

import sys

from benchmarks.parts import run_parts

PARTS = {
    "mv": "balance points and savings against known truth",
    "forecast": "forecasts beside last week's same hour and gradient boosting",
    "anomalies": "faults put into real readings, and those that are known to be there",
    "ingest": "rows a second from files and into the store, and the memory it takes",
    "methods": "our methods beside public libraries, row by row",
    "scale": "a portfolio of thousands: load, disk, and how long questions take",
}


def main(wanted: list[str]) -> int:
    """Run the parts that are named, all if none is; return 1 where one misses a line."""
    return run_parts("data", PARTS, wanted)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
