"""Print every figure of the models' work, part by part: `make models-bench [ARGS="latency keys"]`.

Each part runs as a process of its own and can be run alone, `python -m benchmarks.models.latency`, so that none warms
or slows another.
"""

import sys

from benchmarks.parts import run_parts

PARTS = {
    "pool_overhead": "what the pool adds to a call",
    "admission": "an overloaded Ollama, with the pool in front and without",
    "latency": "how well a call's time is predicted",
    "keys": "a thousand requests while keys change",
    "restart": "a hundred calls in flight while Ollama dies or hangs",
    "chaos": "sixteen faults of an upstream, LiteLLM's proxy beside",
}


def main(wanted: list[str]) -> int:
    """Run the parts that are named, all if none is; return 1 where one misses a line."""
    return run_parts("models", PARTS, wanted, chaos=["--beside"])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
