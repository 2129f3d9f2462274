"""Print every figure of the models' work, part by part: `make models-bench [ARGS="latency keys"]`.

Each part runs as a process of its own and can be run alone, `python -m benchmarks.models.latency`, so that none warms
or slows another.
"""

import subprocess
import sys
import time

PARTS = {
    "pool_overhead": "what the pool adds to a call",
    "admission": "an overloaded Ollama, with the pool in front and without",
    "latency": "how well a call's time is predicted",
    "keys": "a thousand requests while keys change",
    "restart": "a hundred calls in flight while Ollama dies or hangs",
    "chaos": "sixteen faults of an upstream, LiteLLM's proxy beside",
}
BESIDE = {"chaos": ["--beside"]}


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
    ended = subprocess.run([sys.executable, "-m", f"benchmarks.models.{part}", *BESIDE.get(part, [])], check=False)
    print(f"({time.monotonic() - began:.0f} s)", flush=True)
    return ended.returncode == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
