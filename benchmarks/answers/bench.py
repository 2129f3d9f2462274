"""How many answers are right with no model: `make answers-bench [ARGS="--share 0.1 --seed 7"]`.

Asks every question of the sets, their paraphrases and what cannot be answered, and prints each wrong one with what is
wrong, the share right by type of question, by kind and by profession, and the figures beside their lines. An interval
is Wilson's, of 95 %.
"""

import argparse
import asyncio
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from math import sqrt
from multiprocessing import get_context

from benchmarks.answers.asked import Case, Told, all_cases, ask_all, drawn
from benchmarks.answers.check import NO_MODEL
from benchmarks.answers.kinds import TYPE_OF

PROCESSES = 2
Z = 1.959964
RIGHT, PARAPHRASES_RIGHT, REFUSED = 99.0, 97.0, 98.0


def interval(right: int, count: int) -> tuple[float, float]:
    """Return Wilson's interval of a share, in percent; 0 to 100 where nothing was counted."""
    if not count:
        return 0.0, 100.0
    share, z2 = right / count, Z * Z
    middle = (share + z2 / (2 * count)) / (1 + z2 / count)
    half = Z * sqrt(share * (1 - share) / count + z2 / (4 * count * count)) / (1 + z2 / count)
    return 100 * max(middle - half, 0.0), 100 * min(middle + half, 1.0)


def figure(name: str, right: int, count: int, least: float | None = None) -> bool:
    """Print a share with its interval beside its line; tell whether it is where it should be."""
    share, (low, high) = 100 * right / count if count else 0.0, interval(right, count)
    good = least is None or not count or share >= least
    line = "" if least is None else f"  line >= {least:g} %{'' if good else '  MISSED'}"
    print(f"{name:<52} {right:>4} of {count:<4} {share:6.1f} %  ({low:.1f} to {high:.1f}){line}")
    return good


def tally(title: str, told: Iterable[Told], key: Callable[[Case], str]) -> None:
    """Print the share right by some key."""
    groups: dict[str, list[Told]] = {}
    for each in told:
        groups.setdefault(key(each.case), []).append(each)
    print(f"\n{title}")
    for name, group in groups.items():
        figure(f"  {name}", sum(not each.fault for each in group), len(group))


def list_faults(told: Iterable[Told]) -> None:
    """Print every question with something wrong about its answer."""
    for each in told:
        faults = {"wrong": each.fault, "headline": each.headline_fault, "caveat": each.caveat_fault}
        for what, fault in faults.items():
            if fault:
                words = " / ".join([*each.case.before, each.case.words])
                print(f"{what}: {each.case.truth['id']}: {words}\n       {fault}")


def report(told: Sequence[Told]) -> int:
    """Print all figures; return 1 where one misses its line."""
    questions = [t for t in told if t.case.is_answerable and not t.case.is_paraphrase]
    paraphrases = [t for t in told if t.case.is_answerable and t.case.is_paraphrase]
    without = [t for t in told if not t.case.is_answerable]
    own = [t for t in told if not t.case.is_paraphrase]
    list_faults(told)
    tally("by type", own, lambda case: TYPE_OF[case.truth["kind"]])
    tally("by kind", own, lambda case: str(case.truth["kind"]))
    tally("by profession", [t for t in questions if "who" in t.case.truth], lambda case: str(case.truth["who"]))
    print("\nno model asked; a number is right within 0.5 %, or within what its truth states where that is a model's")
    good = [
        figure("questions right", sum(not t.fault for t in questions), len(questions), RIGHT),
        figure(
            "their headlines show it", sum(not (t.fault or t.headline_fault) for t in questions), len(questions), RIGHT
        ),
        figure("paraphrases right", sum(not t.fault for t in paraphrases), len(paraphrases), PARAPHRASES_RIGHT),
        figure("without an answer, and said so", sum(not t.fault for t in without), len(without), REFUSED),
    ]
    for name, count in (
        ("wrong numbers shown without a caveat", sum(t.is_wrong_without_caveat for t in told)),
        ("caveats owed and missing", sum(bool(t.caveat_fault) for t in told)),
    ):
        print(f"{name:<52} {count:>4} of {len(told):<4}  line <= 0{'  MISSED' if count else ''}")
        good.append(not count)
    return int(not all(good))


def parted(cases: Iterable[Case]) -> list[list[Case]]:
    """Share the cases out; all wordings of a question go to one process, which computes it once."""
    parts: list[list[Case]] = [[] for _ in range(PROCESSES)]
    for case in cases:
        parts[sum(case.truth["id"].encode()) % PROCESSES].append(case)
    return parts


def asked_apart(cases: list[Case]) -> list[Told]:
    """Ask some cases in a process of their own."""
    return asyncio.run(ask(cases))


async def ask(cases: list[Case]) -> list[Told]:
    """Ask some cases of a runtime without models."""
    from config.settings import Settings
    from graphs.runtime import open_runtime

    async with open_runtime(Settings(log_level="error").model_copy(update=NO_MODEL)) as runtime:
        await runtime.data.inventory()
        return await ask_all(runtime, cases)


async def main(share: float = 1.0, seed: int = 1, kinds: Sequence[str] = ()) -> int:
    """Ask and print; return 1 where a figure misses its line."""
    cases = drawn([case for case in all_cases() if not kinds or case.truth["kind"] in kinds], share, seed)
    await ask([])  # starts the store and loads the data, once for both
    began = time.monotonic()
    with ProcessPoolExecutor(PROCESSES, get_context("spawn")) as pool:
        loop = asyncio.get_running_loop()
        parts = await asyncio.gather(*(loop.run_in_executor(pool, asked_apart, part) for part in parted(cases)))
    told = [each for part in parts for each in part]
    took_s = time.monotonic() - began
    missed = report(told)
    slowest = max(told, key=lambda t: t.took_s)
    print(f"{len(told)} answers in {took_s:.0f} s; the slowest took {slowest.took_s:.1f} s: {slowest.case.words}")
    return missed


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--share", type=float, default=1.0, help="part of the questions, drawn by the seed")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kinds", nargs="*", default=[], help="only these kinds of questions, such as waste")
    options = parser.parse_args()
    sys.exit(asyncio.run(main(options.share, options.seed, options.kinds)))
