"""Print every figure of the privacy work, with Presidio's default beside ours in the same run: `make privacy-bench`.

Shares are of labelled texts under `benchmarks/privacy`, times are of this machine. The probe and the harmless texts
were written by people who had not seen the detectors; the detectors were then widened on them, so their figures guard
against going back more than they estimate what a new text would get.
"""

import asyncio
import json
import random
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.lines import Lines
from benchmarks.privacy import clearance, presidio_default, round_trips
from benchmarks.privacy.score import Labelled, load, run, score
from config.settings import Settings
from privacy.names import Name
from privacy.names.inventory import NameInventory
from privacy.names.snapshot import models_folder, shipped
from privacy.scanner import Scanner

HERE = Path(__file__).parent
OURS = (str(Path(sys.executable).with_name("eaio")), "privacy", "scan", "--jsonl")
THEIRS = (sys.executable, "-m", "benchmarks.privacy.presidio_default")
CHARS, NAMES, TIMED, REPEATED, QUESTIONS = 400, 100_000, 200, 5, 223


def main() -> int:
    """Print all; return 1 where a figure misses its line."""
    out = Lines("Presidio")
    synthetic(out)
    building_talk(out)
    harmless(out)
    times(out)
    trips(out)
    asyncio.run(own_prompts(out))
    return out.end()


def both(items: Sequence[Labelled]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the figures of ours and of the default, each run as a process over all texts."""
    return score(items, run(OURS, items)), score(items, run(THEIRS, items))


def synthetic(out: Lines) -> None:
    """Print how much of ordinary personal data is found."""
    ours, theirs = both(load(HERE / "texts" / "pii_synth_dev.json"))
    for unit in ("characters", "spans"):
        out.line(f"synthetic texts: F2 by {unit}", ours[unit]["f2"], theirs[unit]["f2"], least=0.96)
    out.line("synthetic texts: fully covered", ours["texts_fully_covered"], theirs["texts_fully_covered"], least=0.93)
    flagged = (int(report["harmless_flagged"].partition("/")[0]) for report in (ours, theirs))
    out.line(
        f"synthetic texts: harmless ones flagged, of {ours['harmless_flagged'].partition('/')[2]}", *flagged, most=0
    )


def building_talk(out: Lines) -> None:
    """Print how much of what buildings give away is found."""
    items = load(HERE / "probe.json")
    ours, theirs = both(items)
    out.line(
        f"building probe, {len(items)} texts: spans covered",
        *(r["spans"]["covered"] for r in (ours, theirs)),
        least=0.97,
    )
    out.line("building probe: F2 by characters", ours["characters"]["f2"], theirs["characters"]["f2"])
    out.line("building probe: texts fully covered", ours["texts_fully_covered"], theirs["texts_fully_covered"])
    for kind, counts in ours["covered_by_type"].items():
        print(f"    {kind:<20} {counts:>8}   Presidio {theirs['covered_by_type'][kind]}")


def harmless(out: Lines) -> None:
    """Print how much harmless talk is taken for more than it is."""
    texts = [*load(HERE / "harmless.json"), *load(HERE / "texts" / "harmless_assetops.json")]
    items = [Labelled(str(n), item.text) for n, item in enumerate(texts)]
    ours, theirs = both(items)
    for what, most in (("flagged", 0.03), ("marked", 0.15)):
        shares = [share(report[f"harmless_{what}"]) for report in (ours, theirs)]
        said = "flagged above INTERNAL" if what == "flagged" else "marked at all"
        out.line(f"harmless building talk, {len(items)} texts: {said}", *shares, most=most)


def share(counts: str) -> float:
    """Return `3/37` as a share."""
    part, _, whole = counts.partition("/")
    return int(part) / int(whole)


def times(out: Lines) -> None:
    """Print how long scans take, one after another in this process, ours and the default's in turn."""
    texts = samples()
    began = time.perf_counter()
    inventory = NameInventory.build(many_names())
    out.line(f"inventory of {NAMES:,} names: built, s", time.perf_counter() - began, most=1.0)
    models = models_folder(Settings().home)
    scanner, ours = Scanner(inventory), Scanner(shipped(), cache=models)
    engine = presidio_default.default_engine()
    ours.warm()
    from privacy.outbound import spans_of

    def theirs(text: str) -> object:
        return engine.analyze(text, language="en")

    one, tricks = (repeated(some, scanner.scan) for some in (texts, disguised()))
    out.line(f"stage 1, {CHARS} characters, {NAMES:,} names: p95, ms", p95(one), most=5.0)
    two, both_stages, default = in_turn(texts, (spans_of, lambda text: ours.scan(text, 2), theirs))
    out.line(f"stage 1, {CHARS} characters full of tricks: p95, ms", p95(tricks), None)
    out.line(f"stage 2, {CHARS} characters: p95, ms", p95(two), p95(default), most=25.0)
    out.line(f"both stages, {CHARS} characters: p95, ms", p95(both_stages), p95(default))


def in_turn(texts: Iterable[str], calls: Sequence[Callable[[str], object]]) -> list[list[float]]:
    """Return the milliseconds of each call on each text, taken in turn, so that a busy machine is so for all."""
    spent: list[list[float]] = [[] for _ in calls]
    for text in texts:
        for call, taken in zip(calls, spent, strict=True):
            began = time.perf_counter()
            call(text)
            taken.append(1000 * (time.perf_counter() - began))
    return [taken[5:] for taken in spent]  # the first ones load what is loaded once


def repeated(texts: Sequence[str], call: Callable[[str], object]) -> list[float]:
    """Return the milliseconds of a call on each text: the middle one of `REPEATED` rounds over all of them.

    A call of few milliseconds is doubled by whatever else the machine does then; what a text costs is wanted.
    """
    rounds = [in_turn(texts, (call,))[0] for _ in range(REPEATED)]
    return [median(taken) for taken in zip(*rounds, strict=True)]


def p95(taken: Sequence[float]) -> float:
    """Return the time that 95 % do not exceed."""
    return sorted(taken)[int(0.95 * (len(taken) - 1))]


def samples() -> list[str]:
    """Return texts of exactly `CHARS` characters: the probe's without tricks, harmless talk and synthetic texts."""
    probe = json.loads((HERE / "probe.json").read_text(encoding="utf-8"))
    plain = [item["full_text"] for item in probe if item["trick"] == "none"]
    sources = ("harmless.json", "texts/harmless_assetops.json", "texts/pii_synth_dev.json")
    return joined([*plain, *(item.text for name in sources for item in load(HERE / name))])


def disguised() -> list[str]:
    """Return texts of exactly `CHARS` characters, each full of tricks."""
    probe = json.loads((HERE / "probe.json").read_text(encoding="utf-8"))
    return joined([item["full_text"] for item in probe if item["trick"] != "none"])


def joined(said: Sequence[str]) -> list[str]:
    """Return so many texts, each of some that were drawn and cut to the length."""
    rng = random.Random(CHARS)
    return ["\n".join(rng.sample(said, 40))[:CHARS] for _ in range(TIMED)]


def many_names() -> list[Name]:
    """Return names like those of a very large estate, no two alike."""
    rng = random.Random(NAMES)
    first = (
        "Ash Birch Cedar Elm Fern Hazel Holly Juniper Larch Linden Maple Oak Rowan Thorn Willow Kendal Merton".split()
    )
    kinds = "House Tower Hall Court Centre Library Annexe Works".split()
    return [
        Name(f"{rng.choice(first)} {rng.choice(first)} {rng.choice(kinds)} {n}", "BUILDING_NAME", f"x{n}")
        for n in range(NAMES)
    ]


async def own_prompts(out: Lines) -> None:
    """Print what becomes of the product's own prompts at the gate."""
    found = await clearance.measure(QUESTIONS)
    out.line(
        f"own prompts on internal facts, {found.internal}: cleared", found.cleared / found.internal, None, least=0.9
    )
    out.line(f"own prompts on restricted facts, {found.restricted}: sent", found.escaped, most=0)
    out.line("own prompts sent with a building's name in them", found.named, most=0)


def trips(out: Lines) -> None:
    """Print how many pseudonyms come back as the names that they stand for."""
    found = round_trips.measure()
    out.line("pseudonyms: answers restored right, % of 200", 100 * found.share, least=99.0)
    out.line("pseudonyms: answers with a name restored wrongly", found.wrong, most=0)


if __name__ == "__main__":
    sys.exit(main())
