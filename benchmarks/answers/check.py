"""The first answer set: its questions and paraphrases with their truths; and settings under which there is no model.

`make answers-bench` asks these and those of the analyses (`bench.py`); other benchmarks take their questions from here.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.answers.judge import wrong

__all__ = ["NO_MODEL", "cases", "lines", "wrong"]

FOLDER = Path(__file__).parent
TRUTHS = ("questions.jsonl", "more_questions.jsonl")
NO_MODEL = {
    "profile": "local",
    "ollama_host": "127.0.0.1:1",
    "redis_url": "redis://127.0.0.1:1/0",
    "milvus_uri": "http://127.0.0.1:1",
}


def lines(name: str) -> Iterator[dict[str, Any]]:
    """Yield the objects of a file."""
    for line in (FOLDER / name).read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def cases() -> tuple[list[tuple[str, dict[str, Any]]], list[tuple[str, dict[str, Any]]]]:
    """Return (question, truth) pairs: the questions, and their paraphrases."""
    truths = {t["id"]: t for name in TRUTHS for t in lines(name)}
    return [(t["question"], t) for t in truths.values()], [
        (p["question"], truths[p["id"]]) for p in lines("paraphrases.jsonl")
    ]
