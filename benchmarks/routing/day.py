"""A mixed day of questions, without and with faults: how much stays local, what it costs, how long it takes.

    python -m benchmarks.routing.day [--questions 60] [--strategies 25] [--seed 1] [--json FILE]

The questions are those of the answer set in the shares of `day_mix`, asked two at a time of the real graph over the
real data and the embedded model, whose answers have the quality of its 135 M parameters. The clouds are fakes that
speak their protocols (`day_clouds`). "Cloud only" is reckoned: the same tokens at GPT-4o's price. Times are of this
machine while it does all of that.

A first pass asks every wording once with no model at all, while the database is restarted and the cache lost again and
again: of it come the labels of the mix, and most of the sample that availability needs.
"""

import argparse
import asyncio
import json
import logging
import signal
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from benchmarks.lines import Lines
from benchmarks.routing.day_counts import Day, Told, percentile, share_of, words
from benchmarks.routing.day_faults import EVERY, Fault, Timetable, let_go, stores_only
from benchmarks.routing.day_mix import Asked, facts_label, mixed, wordings
from benchmarks.routing.day_world import World, world
from config.settings import Strategy
from graphs.answer_json import fault_json
from graphs.runtime import Runtime
from memory.usage_ledger import UsageLedger
from privacy.labels import Label

AT_ONCE = 2
"""The embedded model's slots."""
STRATEGIES: tuple[Strategy, ...] = ("local_first", "balanced", "best_quality")
NO_MODEL = {"profile": "local", "ollama_host": "127.0.0.1:1", "milvus_uri": "http://127.0.0.1:1", "cloud": ()}


async def ask_all(
    runtime: Runtime, here: World, asked: Sequence[Asked], faults: Sequence[Fault], told: Callable[[Told], None]
) -> Timetable:
    """Ask a day's questions in their order, some at a time; one on restricted facts alone, with the clouds watched."""
    turns, table = asyncio.Semaphore(AT_ONCE), Timetable(here, faults)

    async def one(question: Asked, permits: int) -> None:
        before = here.clouds.bytes_in
        answer = await answer_of(runtime, question.wording.text)
        for _ in range(permits):
            turns.release()
        told(Told(question, answer, here.clouds.bytes_in - before if permits == AT_ONCE else None))

    async with asyncio.TaskGroup() as group:
        for number, question in enumerate(asked):
            await table.reach(number / len(asked))
            permits = AT_ONCE if question.label is Label.RESTRICTED else 1
            for _ in range(permits):
                await turns.acquire()
            group.create_task(one(question, permits))
    await table.reach(1.0)
    return table


async def answer_of(runtime: Runtime, question: str) -> dict[str, Any]:
    """Return the answer to a question; where the run raises, which it never should, an error in its place."""
    try:
        return await runtime.ask(question)
    except Exception as fault:  # noqa: BLE001 - the day goes on, and it counts as not answered
        return fault_json(question, f"RAISED {type(fault).__name__}: {fault}", "")


async def day(name: str, asked: Sequence[Asked], strategy: Strategy, faults: Sequence[Fault] = ()) -> Day:
    """Live through one day in a world of its own."""
    async with world() as here:
        return await day_in(here, name, asked, strategy, faults)


async def day_in(
    here: World, name: str, asked: Sequence[Asked], strategy: Strategy, faults: Sequence[Fault] = (), **changes: Any
) -> Day:
    """Live through one day in a world."""
    lived, began = Day(name), time.monotonic()
    async with here.runtime(strategy, **changes) as runtime:
        try:
            table = await ask_all(runtime, here, asked, faults, lived.told.append)
        finally:
            await let_go(here)
        lived.ledger_usd = (await UsageLedger(await runtime.data.pool()).totals()).cost_nusd / 1e9
    wrong = len(table.done) - len([w for w in table.done if w.endswith(": over")])
    print(f"\n{name}: {len(asked)} questions, {wrong} faults, {time.monotonic() - began:.0f} s", flush=True)
    return lived


async def first_pass(here: World) -> tuple[dict[str, Label], Day]:
    """Ask every wording with no model while stores fail; return the label of each truth's facts, and the day.

    A store that fails can only raise a label: the audit log of a rule that lowers it, for one. So the lowest is theirs.
    """
    everything = [Asked(wording, Label.INTERNAL) for wording in wordings()]
    lived = await day_in(here, "no model", everything, "local_first", stores_only(), **NO_MODEL)
    labels: dict[str, Label] = {}
    for told in lived.told:
        if told.answer["evidence"]:
            found = facts_label(told.answer)
            labels[told.asked.wording.id] = min(found, labels.get(told.asked.wording.id, found))
    return labels, lived


def shown(out: Lines, lived: Day) -> None:
    """Print the figures of a day that have a line, and those that do not."""
    name = lived.name
    out.line(f"{name}: answered without a paid cloud, %", share_of(lived.local), least=95)
    print(f"    {words(lived.local)}; by {writers(lived)}")
    out.line(f"{name}: cheaper than GPT-4o alone (reckoned), %", 100 * lived.cheaper, least=60)
    bills = (1000 * usd for usd in (lived.cost_usd, lived.cloud_only_usd, lived.ledger_usd))
    print("    paid {:.3f} of {:.3f} thousandths of a US dollar by the receipts; by the ledger {:.3f}".format(*bills))
    watched, out_bytes = lived.restricted_bytes()
    out.line(f"{name}: bytes out of {watched} questions on restricted facts", out_bytes, most=0)
    for what, called in (("headline", "headline"), ("total", "whole answer")):
        times = lived.ms(what)
        for share in (0.50, 0.95):
            out.line(f"{name}: {called}, p{100 * share:.0f}, ms (n {len(times)})", percentile(times, share))
    print(f"    words of a model stood: {words(lived.verified)}")
    told_of_wrong(lived)


def told_of_wrong(lived: Day) -> None:
    """Print each question of a day that was not answered with the right facts."""
    for t in lived.told:
        if t.fault is not None:
            print(f"    NOT RIGHT: {t.asked.wording.text}\n      {t.fault}")


def writers(lived: Day) -> str:
    """Return who wrote the words of a day."""
    return ", ".join(f"{who} {n}" for who, n in lived.writers().most_common())


def compared(days: Sequence[Day]) -> None:
    """Print the strategies beside each other."""
    heads = f"{'local %':>8} {'cheaper %':>9} {'words %':>8} {'p50 ms':>7} {'p95 ms':>7}"
    print(f"\n{'strategy':<14} {'n':>4} {heads}  written by")
    for lived in days:
        total = lived.ms("total")
        figures = f"{share_of(lived.local):>8.1f} {100 * lived.cheaper:>9.1f} {share_of(lived.verified):>8.1f}"
        times = f"{percentile(total, 0.50):>7.0f} {percentile(total, 0.95):>7.0f}"
        print(f"{lived.name:<14} {len(lived.told):>4} {figures} {times}  {writers(lived)}")


def availability(out: Lines, days: Sequence[Day]) -> None:
    """Print how many questions of all days were answered with the right facts in their headline."""
    right = [r for lived in days for r in lived.right]
    out.line("all days: answered with the right headline, %", share_of(right), least=99.9)
    print(f"    {words(right)}")
    for lived in days:
        print(f"    {lived.name}: {words(lived.right)}")


async def main(given: list[str]) -> int:
    """Live through the days and print them; return 1 where a figure misses its line."""
    parser = argparse.ArgumentParser(prog="day", description="A mixed day, without and with faults.")
    parser.add_argument("--questions", type=int, default=60, help="of each of the two long days")
    parser.add_argument("--strategies", type=int, default=25, help="questions of each other strategy's day")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", type=Path, help="write every answer's receipt there")
    options = parser.parse_args(given)
    task = asyncio.current_task()
    assert task is not None
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)  # what was started is stopped
    for noisy in ("eaio", "psycopg.pool"):
        logging.getLogger(noisy).setLevel(logging.CRITICAL)
    out = Lines()
    async with world() as here:
        labels, none = await first_pass(here)
        told_of_wrong(none)
        asked = mixed(labels, options.questions, options.seed)
        off = await day_in(here, "faults off", asked, "local_first")
    shown(out, off)
    on = await day("faults on", asked, "local_first", EVERY)
    shown(out, on)
    few = mixed(labels, options.strategies, options.seed)
    others = [await day(strategy, few, strategy) for strategy in STRATEGIES[1:]]
    compared([Day("local_first", off.told), *others])
    availability(out, [none, off, on, *others])
    if options.json:
        options.json.write_text(json.dumps([_kept(lived) for lived in (none, off, on, *others)]))
    return out.end()


def _kept(lived: Day) -> dict[str, Any]:
    keys = ("status", "reason", "question", "receipt", "usage", "verification", "timings_ms")
    told = [{k: t.answer[k] for k in keys} | {"label": t.asked.label.name} for t in lived.told]
    return {"day": lived.name, "answers": told}


if __name__ == "__main__":
    sys.exit(asyncio.run(main(sys.argv[1:])))
