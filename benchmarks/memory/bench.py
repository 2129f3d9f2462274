"""Print every figure of memory, part by part: `make memory-bench [ARGS="store cache"]`.

Each part runs as a process of its own and can be run alone, `python -m benchmarks.memory.store`.
"""

import sys

from benchmarks.parts import run_parts

PARTS = {
    "store": "LangGraph's store on Milvus while writes go on",
    "conformance": "LangGraph's own tests of stores and checkpointers",
    "resume": "conversations gone on with after kill -9 at every node, and what keeping them costs",
    "cache": "answers kept by their typed question, look-alikes, corrections in between",
    "shapes": "halves of a building's years found again, beside raw profiles",
    "shapes_update": "how soon new readings are found",
    "dialogues": "scripted conversations of four professions, beside some held back",
    "helps": "questions asked again in other words, with what people told and without",
}


def main(wanted: list[str]) -> int:
    """Run the parts that are named, all if none is; return 1 where one misses a line."""
    return run_parts("memory", PARTS, wanted)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
