"""What the cache of answers finds, what it never finds, how fast, and whether it stays right while data change.

Run `python -m benchmarks.memory.cache [--share 0.2] [--pairs 2000] [--turns 1000]`. Services run under a home of their
own, which is removed at the end. Questions and other wordings are those of `benchmarks/answers`; answers are kept under
a policy that lets the cache hold every label, and beside it under the shipped one, which keeps restricted ones out.
"""

import argparse
import asyncio
import random
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.answers.asked import Case, all_cases
from benchmarks.answers.check import NO_MODEL
from benchmarks.lines import Lines
from benchmarks.memory.look_alikes import Asked, pairs
from config.settings import Settings
from graphs.runtime import Runtime, open_runtime
from memory.answer_cache import AnswerCache
from memory.answer_cache_entry import packed
from memory.answer_cache_key import canonical
from memory.building_data import BuildingData
from models.asked import asked_now
from nodes.retrieve_context import notes_of
from nodes.state import AdvisorState
from privacy.labels import Label
from services import stop_all
from tests.graphs.test_recall_answer import QUESTIONS, change
from tests.graphs.towns import Town, open_town, policy_that_allows
from tests.memory.test_answer_cache import answer as kept_answer
from tools.compute import compute
from tools.energy_query import EnergyQuery
from tools.errors import ToolError
from tools.grammar import parse

RANK = "Which building used the most electricity in 2019, and how much?"
HALL_YEAR = "How much electricity did b4 use in 2019?"
ROUNDS, TIMED = 8, 100
OFF = {name: value for name, value in NO_MODEL.items() if name != "redis_url"}


def main() -> int:
    """Measure and print; return 1 where a figure misses its line."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--share", type=float, default=1.0, help="of the questions with their wordings")
    options.add_argument("--pairs", type=int, default=2_000)
    options.add_argument("--turns", type=int, default=1_000)
    given = options.parse_args()
    lines = Lines("computed")
    with tempfile.TemporaryDirectory() as folder:
        home = Settings(home=Path(folder) / "home", profile="embedded", log_level="error")
        try:
            asyncio.run(measure(home, Path(folder), given, lines))
        finally:
            asyncio.run(stop_all(home))
    return lines.end()


async def measure(home: Settings, folder: Path, given: argparse.Namespace, lines: Lines) -> None:
    """Measure one part after the other."""
    policy = await asyncio.to_thread(policy_that_allows, folder)
    async with opened(home, policy) as runtime:
        await look_alikes(runtime, given.pairs, lines)
        await cleared(runtime)
        await wordings(runtime, drawn_by_question(given.share), lines)
        await speed(runtime, lines)
    async with opened(home, None) as runtime:
        await cleared(runtime)
        await under_shipped_policy(runtime, drawn_by_question(min(given.share, 0.3)))
    async with open_town(home, folder) as town:
        await interleavings(town, folder, given.turns, lines)


@asynccontextmanager
async def opened(home: Settings, policy: Path | None) -> AsyncIterator[Runtime]:
    """Open the shipped data without a model."""
    async with open_runtime(home.model_copy(update={**OFF, "privacy_policy": policy})) as runtime:
        yield runtime


async def cleared(runtime: Runtime) -> None:
    """Empty the cache."""
    await cache_of(runtime).clear()


def cache_of(runtime: Runtime) -> AnswerCache:
    """Return the cache of an open runtime."""
    found: AnswerCache = runtime.parts.answers._cache  # type: ignore[attr-defined]  # noqa: SLF001
    return found


def drawn_by_question(share: float) -> list[Case]:
    """Return a share of the questions that have an answer and no conversation before them, with all wordings."""
    every = [c for c in all_cases() if c.is_answerable and not c.truth.get("before")]
    ids = list(dict.fromkeys(c.truth["id"] for c in every))
    chosen = set(ids if share >= 1 else random.Random(5).sample(ids, round(share * len(ids))))
    return [c for c in every if c.truth["id"] in chosen]


async def wordings(runtime: Runtime, cases: Sequence[Case], lines: Lines) -> None:
    """Ask each question, then its other wordings; print how many of those were there already, and right."""
    from benchmarks.answers.judge import wrong

    firsts = {c.truth["id"]: await runtime.ask(c.words) for c in cases if not c.is_paraphrase}
    others = [c for c in cases if c.is_paraphrase and firsts[c.truth["id"]]["status"] == "answered"]
    hits, faults, missed, by_kind = 0, 0, [], Counter[str]()
    for case in others:
        answer = await runtime.ask(case.words)
        hits += answer["cached"]
        if not answer["cached"]:
            missed.append(case)
            by_kind[case.truth["kind"]] += 1
        elif wrong(case.truth, answer) and not wrong(case.truth, firsts[case.truth["id"]]):
            faults += 1
    kinds = ", ".join(f"{kind} {count}" for kind, count in by_kind.most_common())
    print(f"{len(firsts)} questions, {len(others)} other wordings; wordings that were computed, by kind: {kinds}")
    for case in missed[:12]:
        print(f"  computed: {case.words}")
    lines.line("other wordings answered from the cache, percent", 100 * hits / len(others), least=95.0)
    lines.line("of those, wrong where the first wording was right", faults, most=0)


async def under_shipped_policy(runtime: Runtime, cases: Sequence[Case]) -> None:
    """Print what is left of that where the policy keeps restricted answers out."""
    asked = [c.words for c in cases]
    cached = [(await runtime.ask(words))["cached"] for words in asked]
    print(
        f"under the shipped policy {100 * statistics.mean(cached):.0f} % of {len(asked)} questions and wordings are"
        " answered whole from the cache: it keeps restricted answers out, and a chart of a building's mean day is"
        " one; of the others the facts are computed, and a model's words on them come from the cache"
    )


async def look_alikes(runtime: Runtime, wanted: int, lines: Lines) -> None:
    """Keep an answer to one of each pair, ask for both; print how often the other was given what is not its own."""
    names, now = await runtime.data.inventory(), datetime.now(UTC)
    false_hits, own, redrawn, done = 0, 0, 0, 0
    for one, other in islice(pairs(7), 20 * wanted):
        read = [_read(asked, names, now) for asked in (one, other)]
        if read[0] is None or read[1] is None:
            redrawn += 1
            continue
        states = [_state(queries) for queries in read if queries]
        key = await _keep(runtime, states[0])
        found = [await runtime.parts.answers.peek(state) for state in states]
        own += bool(found[0][0].get("evidence"))
        if found[1][0].get("evidence") or found[1][0].get("answer_key") == key:
            false_hits += 1
            print(f"  FALSE HIT: {other.words!r} got what answers {one.words!r}")
        await cache_of(runtime).remove(key)
        if (done := done + 1) == wanted:
            break
    print(f"{redrawn} pairs were drawn again, as one of them cannot be asked of these data in these words")
    lines.line(f"false hits among {done} pairs that look alike", false_hits, most=0)
    lines.line("answers found by the question itself, percent", 100 * own / max(done, 1), least=100.0)


def _read(asked: Asked, names: Any, now: datetime) -> list[EnergyQuery] | None:
    with suppress(ToolError):
        parsed = parse(asked.words, names, now)
        if parsed.intent == "ask" and parsed.sure:
            return list(parsed.queries)
    return None


def _state(queries: list[EnergyQuery]) -> AdvisorState:
    """Return the state of a question as the cache sees it."""
    kind: Any = {"queries": queries, "language": "en", "assumed": [], "ignored": []}
    receipt: Any = {"ladder": ["report"], "notes": []}
    return {"question": "", "classification": kind, "label": Label.INTERNAL, "receipt": receipt, "attempts": []}


async def _keep(runtime: Runtime, state: AdvisorState) -> str:
    """Keep something for the queries of a state, as if it had been computed; return its key."""
    found, _ = await runtime.parts.answers.peek(state)
    key = found["answer_key"]
    assert key is not None, notes_of(state["classification"])
    queries = state["classification"]["queries"]
    version = (await runtime.data.inventory()).data_version
    made = kept_answer()
    facts = tuple(made.facts[0].model_copy(update={"query": query, "words": "kept"}) for query in queries)
    entry = made.model_copy(
        update={"asked": tuple(map(canonical, queries)), "facts": facts, "series": ("*",), "data_version": version}
    )
    await cache_of(runtime).put(key, packed(entry), ttl_s=60, series=["*"], policy="bench")
    return key


async def speed(runtime: Runtime, lines: Lines) -> None:
    """Time answers from the cache in a running process, beside the same computed.

    In rounds, since others work on this machine too: the line is for the quietest, and all are printed.
    """
    for name, question in (("a rank of all buildings", RANK), ("a year of one building", HALL_YEAR)):
        computed = []
        for _ in range(5):
            await cleared(runtime)
            computed.append(await _took_ms(runtime, question, cached=False))
        rounds = []
        for _ in range(ROUNDS):
            rounds.append(sorted([await _took_ms(runtime, question, cached=True) for _ in range(TIMED)]))
            await asyncio.sleep(1)  # what is written down behind the answers is written
        p50, p95 = [statistics.median(took) for took in rounds], [took[int(0.95 * TIMED)] for took in rounds]
        print(f"{name}: p50 of each round {_figures(p50)} ms, p95 {_figures(p95)} ms")
        lines.line(f"{name}, from the cache, p50 ms, quietest round", min(p50), statistics.median(computed), most=3.0)


def _figures(values: Sequence[float]) -> str:
    return ", ".join(f"{value:.2f}" for value in values)


async def _took_ms(runtime: Runtime, question: str, *, cached: bool) -> float:
    began = time.perf_counter()
    answer = await runtime.ask(question)
    took = 1000 * (time.perf_counter() - began)
    assert answer["cached"] is cached, answer["receipt"]["notes"]
    return took


async def interleavings(town: Town, folder: Path, turns: int, lines: Lines) -> None:
    """Change data and ask, in random turns; print how many answers differ from a fresh computation."""
    dice, undone, counts = random.Random(3), list[int](), Counter[str]()
    data = BuildingData(town.pool)
    async with town.open() as runtime:
        for _ in range(turns):
            if dice.random() < 0.25:
                await change(town, folder, dice, undone)
                counts["changes"] += 1
            answer = await runtime.ask(dice.choice(QUESTIONS))
            counts["hits"] += answer["cached"]
            names = await data.inventory()
            (query,) = parse(answer["question"], names, datetime.now(UTC)).queries
            with asked_now():
                fresh = await compute(query, data, names)
            told = [(e["name"], e["value"], e["caveats"]) for e in answer["evidence"]]
            counts["wrong"] += told != [(e.name, e.value, list(e.caveats)) for e in fresh.evidence]
    print(f"{turns} questions between {counts['changes']} changes; {counts['hits']} were answered from the cache")
    lines.line(f"wrong answers in {turns} turns", counts["wrong"], most=0)


if __name__ == "__main__":
    sys.exit(main())
