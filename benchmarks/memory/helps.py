"""Whether memory helps: 50 questions asked again in other words, before and after people told what they know.

Run `python -m benchmarks.memory.helps`. Services run under a home of their own, which is removed at the end; no model
is asked. The same 50 are asked with nothing told (memory off), after all is told (on), and after all is forgotten.
Truths know what was told and are computed by pandas from the shipped files.
"""

import asyncio
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.answers.check import NO_MODEL
from benchmarks.answers.judge import missing_in_headline, wrong
from benchmarks.answers.question import TOLERANCE
from benchmarks.answers.shipped import Shipped
from benchmarks.lines import Lines
from benchmarks.memory.helps_asked import AGAIN, TOLD, Again
from config.settings import Settings
from graphs.runtime import Runtime, open_runtime
from memory.told import forget_told, list_told
from services import stop_all

DATA = Path(__file__).resolve().parents[2] / "data"


def main() -> int:
    """Measure and print; return 1 where a figure misses its line."""
    lines = Lines("off")
    with tempfile.TemporaryDirectory() as folder:
        home = Settings(home=Path(folder), log_level="error").model_copy(update=NO_MODEL)
        try:
            asyncio.run(measure(home, lines))
        finally:
            asyncio.run(stop_all(home))
    return lines.end()


async def measure(home: Settings, lines: Lines) -> None:
    """Ask, tell, ask again, forget, and ask a last time."""
    truths = [_truth(again) for again in AGAIN]
    async with open_runtime(home) as runtime:
        before = await _asked(runtime)
        replies = [await runtime.ask(words) for words in TOLD]
        after = await _asked(runtime)
        rows = await list_told(await runtime.data.pool())
        gone = await forget_told(await runtime.data.pool(), [row.fact.id for row in rows], who="benchmark")
        at_last = await _asked(runtime)
    off, on = (_right(truths, answers) for answers in (before, after))
    told = [i for i, again in enumerate(AGAIN) if again.rests]
    _list(truths, after, told)
    lines.line("statements understood, percent", _share([r["status"] == "answered" for r in replies]), least=100)
    lines.line("answers right, percent", _share(on), _share(off), least=97)
    lines.line("of them with a correction applied, percent", _part(on, told), _part(off, told), least=97)
    lines.line("answers that say what they rest on, percent", _part([_says(a) for a in after], told), least=97)
    same = [_told(a) == _told(b) for a, b in zip(before, at_last, strict=True)]
    lines.line(f"as before once {len(gone)} facts are forgotten, percent", _share(same), least=100)


async def _asked(runtime: Runtime) -> list[dict[str, Any]]:
    return [await runtime.ask(again.text) for again in AGAIN]


def _truth(again: Again) -> dict[str, Any]:
    expect = [{"index": None if again.anywhere else 0, **again.truth(Shipped(DATA))}]
    return {"status": "answered", "accept": ["answered"], "expect": expect, "tolerance": TOLERANCE}


def _right(truths: Sequence[dict[str, Any]], answers: Sequence[dict[str, Any]]) -> list[bool]:
    return [_fault(truth, answer) is None for truth, answer in zip(truths, answers, strict=True)]


def _fault(truth: dict[str, Any], answer: dict[str, Any]) -> str | None:
    return wrong(truth, answer) or missing_in_headline(truth, answer)


def _list(truths: Sequence[dict[str, Any]], answers: Sequence[dict[str, Any]], told: Sequence[int]) -> None:
    """Print every question that is still answered wrongly, or without a word of what was told."""
    for i, (again, truth, answer) in enumerate(zip(AGAIN, truths, answers, strict=True)):
        if fault := _fault(truth, answer):
            print(f"wrong: {again.text}\n       {fault}")
        elif i in told and not _says(answer):
            print(f"does not say what it rests on: {again.text}\n       {answer['notes']}")


def _says(answer: dict[str, Any]) -> bool:
    return any("Rests on" in note for note in answer["notes"])


def _told(answer: dict[str, Any]) -> tuple[Any, ...]:
    """Return what an answer says, without the ids of its evidence, which name the version of the data."""
    facts = [(e["name"], round(e["value"], 6), e["unit"], e["label"]) for e in answer["evidence"]]
    return answer["status"], answer["reason"], answer["headline"], facts, answer["notes"]


def _share(right: Sequence[bool]) -> float:
    return 100 * sum(right) / len(right)


def _part(right: Sequence[bool], wanted: Sequence[int]) -> float:
    return _share([right[i] for i in wanted])


if __name__ == "__main__":
    sys.exit(main())
