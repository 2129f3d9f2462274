"""Sixty scripted conversations of four professions, asked with no model, beside fifteen that nobody mended by.

    python -m benchmarks.memory.dialogues [mended] [held] [--faults] [--only ID]

A turn is right where its status, its figures and its headline are; wrong where another figure is shown than the truth,
or one where there is none; asked back where it is answered with a question or a refusal though there is an answer.
Each dialogue is one conversation of the real runtime, so a turn that went wrong takes those after it with it. Truths
are `dialogues.jsonl`, written by `benchmarks.answers.dialogues_written`.
"""

import argparse
import asyncio
import json
import sys
import uuid
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from benchmarks.answers.asked import each_query_once
from benchmarks.answers.check import NO_MODEL
from benchmarks.answers.judge import missing_in_headline, wrong
from benchmarks.lines import Lines
from graphs.runtime import Runtime

Verdict = Literal["right", "wrong", "asked back"]
Turn = Mapping[str, Any]
Answer = Mapping[str, Any]

HERE = Path(__file__).parent
FILES = {"mended": "dialogues.jsonl", "held": "dialogues_held.jsonl"}
LEAST_RIGHT = 97.0
AT_ONCE = 4


@dataclass(frozen=True, slots=True)
class Heard:
    """One turn and what came of it."""

    dialogue: Mapping[str, Any]
    turn: Turn
    answer: Answer

    @property
    def fault(self) -> str | None:
        """Return what is wrong, by the truth that is nearest; None where any truth holds."""
        return fault_of(self.turn, self.answer)

    @property
    def verdict(self) -> Verdict:
        """Return how it counts."""
        if self.fault is None:
            return "right"
        return "wrong" if self.answer["status"] == "answered" else "asked back"


def fault_of(turn: Turn, answer: Answer) -> str | None:
    """Return what is wrong about the answer to a turn, None where it meets one of its truths."""
    faults = [_fault({**turn, "expect": expect}, answer) for expect in (turn["expect"], *turn.get("or", ()))]
    return None if None in faults else faults[0]


def _fault(turn: Turn, answer: Answer) -> str | None:
    return wrong(turn, answer) or missing_in_headline(turn, answer) or _unshown(turn, answer)


def _unshown(turn: Turn, answer: Answer) -> str | None:
    wanted = turn.get("shows", ())
    if answer["status"] != "answered" or not wanted or any(word in answer["headline"] for word in wanted):
        return None
    return f"the headline has no {' or '.join(wanted)}: {answer['headline']}"


def dialogues_of(name: str) -> Iterator[dict[str, Any]]:
    """Yield the dialogues of a set."""
    for line in (HERE / FILES[name]).read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


async def hold_all(runtime: Runtime, dialogues: Iterable[Mapping[str, Any]]) -> list[Heard]:
    """Hold every dialogue, a few at once, each in a thread of its own; return the turns in order."""
    places = asyncio.Semaphore(AT_ONCE)

    async def held(dialogue: Mapping[str, Any]) -> list[Heard]:
        async with places:
            thread = f"dialogue-{dialogue['id']}-{uuid.uuid4().hex}"
            return [Heard(dialogue, turn, await _ask(runtime, turn["words"], thread)) for turn in dialogue["turns"]]

    with each_query_once():
        return [heard for turns in await asyncio.gather(*map(held, dialogues)) for heard in turns]


async def _ask(runtime: Runtime, words: str, thread: str) -> Answer:
    try:
        return await runtime.ask(words, thread_id=thread)
    except Exception as fault:  # noqa: BLE001  whatever is raised is one turn without its answer
        return {"status": "error", "reason": f"{type(fault).__name__}: {fault}", "headline": "", "evidence": []}


async def hold(names: Sequence[str], only: str | None) -> dict[str, list[Heard]]:
    """Hold the dialogues of some sets with a runtime that has no model."""
    from config.settings import Settings
    from graphs.runtime import open_runtime

    async with open_runtime(Settings(log_level="error").model_copy(update=NO_MODEL)) as runtime:
        await runtime.data.inventory()
        sets = {name: [d for d in dialogues_of(name) if only in (None, d["id"])] for name in names}
        return {name: await hold_all(runtime, dialogues) for name, dialogues in sets.items()}


def share(heard: Sequence[Heard]) -> float:
    """Return the percent of turns that are right; 100 where there is none."""
    return 100 * sum(it.verdict == "right" for it in heard) / len(heard) if heard else 100.0


def list_faults(heard: Iterable[Heard]) -> None:
    """Print each turn that is not right, behind the turn before it."""
    for it in heard:
        if it.fault:
            words = [turn["words"] for turn in it.dialogue["turns"]]
            said = " / ".join(words[: words.index(it.turn["words"]) + 1])
            print(f"{it.verdict}: {it.dialogue['id']}: {said}\n       {it.fault}")


def tally(name: str, heard: Sequence[Heard]) -> None:
    """Print the turns of a set by verdict, its whole dialogues and the share right by profession."""
    verdicts = Counter(it.verdict for it in heard)
    broken = {it.dialogue["id"] for it in heard if it.fault}
    count = len({it.dialogue["id"] for it in heard})
    print(
        f"\n{name}: {count} dialogues, {len(heard)} turns: {verdicts['right']} right, {verdicts['wrong']} wrong, "
        f"{verdicts['asked back']} asked back; {count - len(broken)} dialogues right in every turn"
    )
    for who in dict.fromkeys(it.dialogue["who"] for it in heard):
        print(f"  {who:<24} {share([it for it in heard if it.dialogue['who'] == who]):6.1f} % of its turns right")


def report(sets: Mapping[str, Sequence[Heard]], *, faults: bool) -> int:
    """Print the figures; return 1 where one misses its line."""
    for name, heard in sets.items():
        if faults or name == "mended":
            list_faults(heard)
        tally(name, heard)
    print()
    lines = Lines("held back")
    beside = share(sets["held"]) if sets.get("held") else None
    if mended := sets.get("mended"):
        lines.line("headline numbers of follow-ups right, %", share(mended), beside, least=LEAST_RIGHT)
    elif beside is not None:
        print(f"held back: {beside:.1f} % right")
    return lines.end()


def main(wanted: Sequence[str] = ()) -> int:
    """Hold the dialogues of the sets named, all if none is, and print; return 1 where a figure misses its line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="*", metavar="set", help=f"of {', '.join(FILES)}; all if none is named")
    parser.add_argument("--faults", action="store_true", help="list the turns of the held-back ones too")
    parser.add_argument("--only", help="the id of one dialogue")
    options = parser.parse_args(list(wanted))
    if unknown := set(options.sets) - set(FILES):
        parser.error(f"no set is called {', '.join(sorted(unknown))}; there are {', '.join(FILES)}")
    return report(asyncio.run(hold(options.sets or list(FILES), options.only)), faults=options.faults)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
