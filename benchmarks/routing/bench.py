"""Print every figure of the router's work, part by part: `make routing-bench [ARGS="decision day"]`.

Each part runs as a process of its own and can be run alone, `python -m benchmarks.routing.decision`, so that none warms
or slows another.
"""

import sys

from benchmarks.parts import run_parts

PARTS = {
    "decision": "how long a decision takes, LiteLLM's Router beside, and whether it can be made again",
    "budgets": "budgets under four processes that are killed",
    "routellm": "cost and quality on RouteLLM's public results",
    "flight": "two hundred identical questions at once",
    "prefix": "what a prompt's order saves",
    "rising": "a label that rises at a random await",
    "day": "a mixed day, without and with faults",
}


def main(wanted: list[str]) -> int:
    """Run the parts that are named, all if none is; return 1 where one misses a line."""
    return run_parts("routing", PARTS, wanted)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
