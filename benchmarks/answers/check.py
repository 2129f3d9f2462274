"""Ask every question of the answer set with no model at all, and compare with the truths computed from the sources.

Run `make bench ARGS=answers`; it prints each wrong answer, and how many questions and paraphrases are right.
"""

import asyncio
import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

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


def wrong(truth: Mapping[str, Any], answer: Mapping[str, Any]) -> str | None:
    """Return what is wrong with an answer, or None; status, value, unit, buildings, period and coverage count."""
    accepted = truth.get("accept", [truth["status"]])
    if answer["status"] not in accepted:
        return f"status {answer['status']}, not {' or '.join(accepted)}: {answer['reason']}"
    if answer["status"] != "answered":
        return None
    return next(
        filter(None, (_wrong_fact(e, answer["evidence"], truth["tolerance"]) for e in truth.get("expect", []))), None
    )


def _wrong_fact(expected: Mapping[str, Any], evidence: list[dict[str, Any]], tolerance: float) -> str | None:
    if len(evidence) <= expected["index"]:
        return f"only {len(evidence)} facts"
    found, value = evidence[expected["index"]], expected["value"]
    if abs(found["value"] - value) > tolerance * abs(value) + 1e-9:
        return f"fact {expected['index']} is {found['value']} {found['unit']}, not {value}"
    for key in ("unit", "period"):
        if expected.get(key) and found[key] != expected[key]:
            return f"{key} of fact {expected['index']} is {found[key]}, not {expected[key]}"
    if "buildings" in expected and set(found["buildings"]) != set(expected["buildings"]):
        return f"buildings of fact {expected['index']} are {found['buildings']}, not {expected['buildings']}"
    if expected.get("coverage") is not None and abs(found["coverage"] - expected["coverage"]) > 1e-6:
        return f"coverage of fact {expected['index']} is {found['coverage']}, not {expected['coverage']}"
    return None


async def main() -> int:
    """Ask everything; return 0 where all questions are right."""
    from config.settings import Settings
    from graphs.runtime import open_runtime

    questions, paraphrases = cases()
    settings = Settings(log_level="error").model_copy(update=NO_MODEL)
    async with open_runtime(settings) as runtime:
        await runtime.data.inventory()
        right = []
        for name, group in (("questions", questions), ("paraphrases", paraphrases)):
            faults = 0
            for question, truth in group:
                if fault := wrong(truth, await runtime.ask(question)):
                    faults += 1
                    print(f"wrong: {truth['id']}: {question}\n       {fault}")
            right.append(len(group) - faults)
            share = 100 * (1 - faults / len(group))
            print(f"{name}: {len(group) - faults} of {len(group)} right ({share:.1f} %), no model asked")
    return 0 if right[0] == len(questions) else 1


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
