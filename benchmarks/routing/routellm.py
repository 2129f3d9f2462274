"""Cost at equal graded quality on RouteLLM's results: `python -m benchmarks.routing.routellm [--data FOLDER]`.

Our complexity orders the questions, the hardest go to GPT-4 Turbo and the others to Mixtral 8x7B; their answers were
graded long ago, so no model is asked. Reported are the half of the questions that the weights were not fitted on; every
question with its subject left out, by weights fitted anew without it (the features themselves were chosen on these
subjects); and, where FOLDER holds subjects that are not among the shipped ones, those with the shipped weights. Beside
ours stand a random order, the number of words alone, the best order that there is, and the figures that RouteLLM
publishes; `published` at a line is the best of those that were not trained on the benchmark's own kind of question.
--plot FILE draws the curves.
"""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.lines import Lines
from benchmarks.routing.complexity import TEXT_PENALTY
from benchmarks.routing.curves import Measures, cost_percent, intervals, measured
from benchmarks.routing.curves_plot import plot
from benchmarks.routing.fitting import Floats, totals, without_each
from benchmarks.routing.graded import Graded, NoGraded, read
from benchmarks.routing.published import GSM8K, MMLU, Row
from models.router.text_features import TEXT_FEATURES
from models.router.text_weights import TEXT_WEIGHTS

WORDS = TEXT_FEATURES.index("words")
ORDERS = 200


@dataclass(frozen=True)
class Part:
    """Questions, our scores of them, and what was published of the same benchmark."""

    name: str
    graded: Graded
    scores: Floats
    published: tuple[Row, ...]
    must: bool = True
    """Whether a miss of the random order fails the run."""


def parts(graded: Graded, shipped: Graded) -> list[Part]:
    """Return what is reported; subjects that the shipped questions lack are new to the weights."""
    scores = totals(graded.features, np.array([TEXT_WEIGHTS[name] for name in ("base", *TEXT_FEATURES)]))
    new = ~np.isin(graded.subjects, shipped.subjects)
    kept, out = (graded.half == 1) & ~new, _left_out(shipped)
    found = [
        Part("GSM8K, kept half", graded.where(kept & graded.of_gsm8k), scores[kept & graded.of_gsm8k], GSM8K),
        Part("MMLU, kept half", graded.where(kept & ~graded.of_gsm8k), scores[kept & ~graded.of_gsm8k], MMLU),
        Part("MMLU, each subject left out", shipped.where(~shipped.of_gsm8k), out[~shipped.of_gsm8k], MMLU),
        Part("GSM8K, weights of MMLU alone", shipped.where(shipped.of_gsm8k), out[shipped.of_gsm8k], GSM8K, must=False),
        Part(f"MMLU, {len(set(graded.subjects[new]))} new subjects", graded.where(new), scores[new], MMLU),
    ]
    return [part for part in found if len(part.scores)]


def main(arguments: Sequence[str]) -> int:
    """Print the measures; return 1 where one of ours is no better than a random order, 2 without questions."""
    parser = argparse.ArgumentParser(prog="benchmarks.routing.routellm", description="Cost at equal graded quality.")
    parser.add_argument(
        "--data", type=Path, metavar="FOLDER", help="RouteLLM's CSV files; else what is shipped of them"
    )
    parser.add_argument("--plot", type=Path, metavar="FILE", help="draw the curves, as docs/routing-curves.png")
    asked = parser.parse_args(arguments)
    try:
        shipped = read(None)
        graded = read(asked.data) if asked.data else shipped
    except NoGraded as why:
        print(why, file=sys.stderr)
        return 2
    print(f"{len(graded.weak)} questions from {asked.data or 'the features shipped here (--data FOLDER counts anew)'}")
    lines, reported = Lines("published"), parts(graded, shipped)
    for part in reported:
        _report(lines, part)
    if asked.plot:
        plot([(p.name, p.scores, p.graded.weak, p.graded.strong, p.published) for p in reported], asked.plot)
        print(f"\ncurves: {asked.plot}")
    print()
    return lines.end()


def _report(lines: Lines, part: Part) -> None:
    weak, strong = part.graded.weak, part.graded.strong
    print(
        f"\n{part.name}: {len(weak)} questions, {len(set(part.graded.subjects))} subjects; "
        f"Mixtral 8x7B right in {weak.mean():.1%}, GPT-4 Turbo in {strong.mean():.1%}"
    )
    low, high = intervals(part.scores, weak, strong)
    ours = measured(part.scores, weak, strong)
    _row("EAIO complexity", ours)
    print(
        f"    95 % interval  APGR {low.apgr:.3f} to {high.apgr:.3f}, CPT(50%) {low.cpt_50:.1f} to {high.cpt_50:.1f}, "
        f"CPT(80%) {low.cpt_80:.1f} to {high.cpt_80:.1f}"
    )
    if small := _without_largest(part):
        _row(f"  without {small[0]}", small[1])
    _row("number of words alone", measured(part.graded.features[:, WORDS], weak, strong))
    _row(f"random, mean of {ORDERS}", _random(weak, strong))
    _row("best order possible", measured(_spread(strong - weak), weak, strong))
    for name, row in part.published:
        _row(f"RouteLLM {name} (published)", row)
    lines.line(
        f"{part.name}: APGR, low end of the interval", low.apgr, _best_unseen(part), least=0.5 if part.must else None
    )


def _without_largest(part: Part) -> tuple[str, Measures] | None:
    """Return the largest subject and what is measured without it: one subject alone might carry a figure."""
    names, sizes = np.unique(part.graded.subjects, return_counts=True)
    if len(names) == 1:
        return None
    largest = str(names[sizes.argmax()])
    rest = part.graded.subjects != largest
    return largest, measured(part.scores[rest], part.graded.weak[rest], part.graded.strong[rest])


def _row(name: str, found: Measures) -> None:
    costs = f"cost {cost_percent(found.cpt_50):5.1f} / {cost_percent(found.cpt_80):5.1f} %"
    print(f"  {name:<62} APGR {found.apgr:.3f}  CPT(50%) {found.cpt_50:5.1f}  CPT(80%) {found.cpt_80:5.1f}  {costs}")


def _best_unseen(part: Part) -> float:
    """Return the best published APGR of a router that was not trained on the benchmark's own kind of question."""
    return max(row.apgr for name, row in part.published if name.endswith(", arena"))


def _left_out(graded: Graded) -> Floats:
    return without_each(graded.subjects, graded.features, 1 - graded.weak, TEXT_PENALTY)


def _random(weak: Floats, strong: Floats) -> Measures:
    orders = np.random.default_rng(6)
    found = [measured(orders.random(len(weak)), weak, strong) for _ in range(ORDERS)]
    return Measures(*(float(np.mean([getattr(one, name) for one in found])) for name in Measures.__annotations__))


def _spread(gain: Floats) -> Floats:
    """Return scores with their ties broken, so that thresholds part the questions evenly."""
    return gain + np.linspace(0, 1e-6, len(gain))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
