"""Print every figure of the router's work, part by part: `make routing-bench [ARGS="decision day"]`.

Each part runs as a process of its own and can be run alone, `python -m benchmarks.routing.decision`, so that none warms
or slows another.
"""

import subprocess
import sys
import time

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
    if strange := sorted(set(wanted) - set(PARTS)):
        print(f"there is no part {', '.join(strange)}; they are {', '.join(PARTS)}", file=sys.stderr)
        return 2
    failed = [part for part in wanted or PARTS if not _run(part)]
    print(f"\n{len(failed)} parts miss a line" + "".join(f"\n  {part}" for part in failed))
    return int(bool(failed))


def _run(part: str) -> bool:
    print(f"\n{part}: {PARTS[part]}", flush=True)
    began = time.monotonic()
    ended = subprocess.run([sys.executable, "-m", f"benchmarks.routing.{part}"], check=False)
    print(f"({time.monotonic() - began:.0f} s)", flush=True)
    return ended.returncode == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
