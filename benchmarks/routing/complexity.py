"""Fit the router's weights on outcomes, and print how good they are: `python -m benchmarks.routing.complexity`.

--write writes the weights to models/router; --record N first asks the embedded model N questions of the answer
set, about four seconds each, and adds features and outcomes, no words, to outcomes.jsonl; --derive FOLDER counts the
features of RouteLLM's CSV files anew.
"""

import argparse
import asyncio
import sys
from pathlib import Path

import numpy as np

from benchmarks.lines import Lines
from benchmarks.routing.fitting import (
    Floats,
    calibration_error,
    fitted,
    logistic,
    named,
    ranks_right,
    totals,
    without_each,
)
from benchmarks.routing.graded import Graded, NoGraded, read, write
from benchmarks.routing.outcomes import Outcomes, record, recorded
from benchmarks.routing.weights import write_chance, write_query, write_text
from models.router.chance import logit
from models.router.text_features import TEXT_FEATURES
from nodes.complexity import QUERY_FEATURES

TEXT_PENALTY, QUERY_PENALTY = 200.0, 10.0
QUALITIES = (69.0, 81.0)
"""Percent of MMLU that RouteLLM found for Mixtral 8x7B and GPT-4 Turbo (table 2: 81, and 75 half-way)."""
EMBEDDED_QUALITY = 31.5
"""Percent of MMLU of the model that wrote the outcomes, as in config/llm_routing.yaml."""


def text_totals(graded: Graded, weights: Floats) -> Floats:
    """Return the complexity of each question, before it is squeezed."""
    return totals(graded.features, weights)


def chance_weights(complexity: Floats, graded: Graded) -> Floats:
    """Return base, weight of the quality and weight of the complexity of the chance of a right answer."""
    return fitted(*_answers(complexity, graded), 1e-6)


def _answers(complexity: Floats, graded: Graded) -> tuple[Floats, Floats]:
    """Return a row for each question and model: quality and complexity as logits; and whether it was right."""
    qualities = np.repeat([logit(quality / 100) for quality in QUALITIES], len(complexity))
    return np.column_stack([qualities, np.tile(-complexity, 2)]), np.concatenate([graded.weak, graded.strong])


def query_weights(outcomes: Outcomes, scale: Floats) -> Floats:
    """Return weights of queries' features on the scale of the texts.

    The failures of the embedded model are fitted, and moved so that `chance` gives for its quality what was fitted.
    """
    failing = fitted(outcomes.features, outcomes.failed, QUERY_PENALTY)
    failing[0] += scale[0] + scale[1] * logit(EMBEDDED_QUALITY / 100)
    return np.asarray(failing / scale[2])


def main(arguments: list[str]) -> int:
    """Fit, print and, where asked, write; return 1 where a line is missed, 2 without outcomes."""
    parser = argparse.ArgumentParser(prog="benchmarks.routing.complexity", description="Fit the router's weights.")
    parser.add_argument("--derive", type=Path, metavar="FOLDER", help="count the features of RouteLLM's files anew")
    parser.add_argument("--record", type=int, metavar="N", help="ask the embedded model N questions first")
    parser.add_argument("--write", action="store_true", help="write the weights to models/router")
    asked = parser.parse_args(arguments)
    try:
        if asked.derive:
            write(read(asked.derive))
        graded = read(None)
    except NoGraded as why:
        print(why, file=sys.stderr)
        return 2
    if asked.record:
        asyncio.run(record(asked.record))
    return _calibrate(graded, recorded(), writes=asked.write)


def _calibrate(graded: Graded, outcomes: Outcomes, *, writes: bool) -> int:
    lines, fit_on, kept = Lines(), graded.where(graded.half == 0), graded.where(graded.half == 1)
    text = fitted(fit_on.features, 1 - fit_on.weak, TEXT_PENALTY)
    scale = chance_weights(text_totals(fit_on, text), fit_on)
    query = query_weights(outcomes, scale)
    if writes:
        write_text(named(TEXT_FEATURES, text))
        write_chance(named(("quality", "complexity"), scale))
        write_query(named(QUERY_FEATURES, query))
    print(f"{len(fit_on.weak)} graded questions to fit on, {len(kept.weak)} kept; {len(outcomes.failed)} outcomes here")
    _print_text(lines, graded, kept, text)
    _print_chance(lines, kept, text_totals(kept, text), scale)
    _print_query(lines, outcomes, query, scale)
    return lines.end()


def _print_text(lines: Lines, graded: Graded, kept: Graded, weights: Floats) -> None:
    _print_weights("Text: weight a unit, and what one deviation adds", TEXT_FEATURES, weights, graded.features)
    print("how often, of two questions of which Mixtral got one wrong, that one is told to be harder:")
    lines.line("  kept half", ranks_right(text_totals(kept, weights), 1 - kept.weak), least=0.5)
    out = without_each(graded.subjects, graded.features, 1 - graded.weak, TEXT_PENALTY)
    of_mmlu = ~graded.of_gsm8k
    lines.line("  MMLU, its subject left out", ranks_right(out[of_mmlu], 1 - graded.weak[of_mmlu]), least=0.5)


def _print_chance(lines: Lines, kept: Graded, complexity: Floats, scale: Floats) -> None:
    print(f"\nChance: {named(('quality', 'complexity'), scale)}")
    rows, right = _answers(complexity, kept)
    said = logistic(totals(rows, scale))
    lines.line("  calibration error on the kept half, ten bins", calibration_error(said, right), most=0.05)
    half = len(kept.weak)
    for model, part in (("Mixtral 8x7B", slice(None, half)), ("GPT-4 Turbo", slice(half, None))):
        print(f"  {model}: said {said[part].mean():.3f}, right {right[part].mean():.3f}")


def _print_query(lines: Lines, outcomes: Outcomes, weights: Floats, scale: Floats) -> None:
    _print_weights("Queries: weight a unit, and what one deviation adds", QUERY_FEATURES, weights, outcomes.features)
    complexity = totals(outcomes.features, weights)
    qualities = np.full(len(complexity), logit(EMBEDDED_QUALITY / 100))
    said = logistic(totals(np.column_stack([qualities, -complexity]), scale))
    print(f"  the embedded model: said {said.mean():.3f}, an explanation stood in {1 - outcomes.failed.mean():.3f}")
    out = without_each(outcomes.questions, outcomes.features, outcomes.failed, QUERY_PENALTY)
    lines.line("  ranks failures right, the question left out", ranks_right(out, outcomes.failed), least=0.5)
    out = without_each(outcomes.kinds, outcomes.features, outcomes.failed, QUERY_PENALTY)
    lines.line("  ranks failures right, the kind of question left out", ranks_right(out, outcomes.failed), least=0.5)


def _print_weights(what: str, names: tuple[str, ...], weights: Floats, features: Floats) -> None:
    print(f"\n{what}\n  {'base':<28} {weights[0]:>8.3f}")
    for name, weight, spread in zip(names, weights[1:], features.std(axis=0), strict=True):
        print(f"  {name:<28} {weight:>8.3f} {weight * spread:>8.3f}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
