"""Graded questions: which of two models got each of them right, and what can be counted in it.

From RouteLLM (Apache-2.0): GSM8K and 29 of MMLU's 57 subjects, answered by Mixtral 8x7B and GPT-4 Turbo. Their prompts
are not in this repository; `routellm_features.csv.gz` holds the features and outcomes that
`python -m benchmarks.routing.complexity --derive FOLDER` made of them. With a folder of RouteLLM's own CSV files the
features are counted anew.
"""

import csv
import gzip
import hashlib
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from models.router.text_features import TEXT_FEATURES, text_features

DERIVED = Path(__file__).parent / "routellm_features.csv.gz"
WEAK, STRONG = "mistralai/Mixtral-8x7B-Instruct-v0.1", "gpt-4-1106-preview"
GSM8K = "gsm8k"
HEAD = ("subject", "half", "weak", "strong")
DIGITS = 4

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


class NoGraded(Exception):
    """There are no graded questions where they were looked for."""


@dataclass(frozen=True)
class Graded:
    """Questions by row: subject, features, and whether each model was right."""

    subjects: NDArray[np.str_]
    half: NDArray[np.int_]
    """0 or 1 by a hash of the prompt: weights are fitted on 0 and reported on 1."""
    weak: Floats
    strong: Floats
    features: Floats
    """Rows of `TEXT_FEATURES`."""

    def where(self, rows: Flags) -> Self:
        """Return some of the questions."""
        return type(self)(self.subjects[rows], self.half[rows], self.weak[rows], self.strong[rows], self.features[rows])

    @property
    def of_gsm8k(self) -> Flags:
        """Which questions are GSM8K's; the others are MMLU's."""
        return np.asarray(self.subjects == GSM8K)


def read(folder: Path | None) -> Graded:
    """Return the questions of RouteLLM's CSV files in a folder, or those derived from them; else raise `NoGraded`."""
    return _graded(_shipped() if folder is None else _counted(folder))


def write(graded: Graded, path: Path = DERIVED) -> None:
    """Write features and outcomes; the same questions give the same bytes."""
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow([*HEAD, *TEXT_FEATURES])
    outcomes = zip(graded.subjects, graded.half, graded.weak, graded.strong, graded.features, strict=True)
    for subject, half, weak, strong, features in outcomes:
        table.writerow([subject, half, int(weak), int(strong), *(f"{value:.{DIGITS}g}" for value in features)])
    path.write_bytes(gzip.compress(text.getvalue().encode(), mtime=0))


def _shipped() -> list[Sequence[str]]:
    if not DERIVED.is_file():
        raise NoGraded(f"{DERIVED} is missing; give RouteLLM's results with --data FOLDER")
    rows = csv.reader(io.StringIO(gzip.decompress(DERIVED.read_bytes()).decode()))
    if next(rows) != [*HEAD, *TEXT_FEATURES]:
        raise NoGraded(
            f"{DERIVED.name} holds other features; make it anew: benchmarks.routing.complexity --derive FOLDER"
        )
    return list(rows)


def _counted(folder: Path) -> list[Sequence[str]]:
    found = [row for path in sorted(folder.rglob("*.csv")) for row in _of_file(path)] if folder.is_dir() else []
    if not found:
        raise NoGraded(f"{folder} has no CSV file with the columns prompt, {WEAK} and {STRONG}")
    return found


def _of_file(path: Path) -> Iterator[Sequence[str]]:
    subject = path.stem.removeprefix("mmlu_").removesuffix("_responses")
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if {"prompt", WEAK, STRONG} <= row.keys():
                yield _row(subject, row)


def _row(subject: str, row: Mapping[str, str]) -> Sequence[str]:
    features = text_features(row["prompt"])
    values = (f"{features.get(name, 0.0):.{DIGITS}g}" for name in TEXT_FEATURES)
    half = hashlib.sha256(row["prompt"].encode()).digest()[0] % 2
    return [subject, str(half), *(str(int(row[model] == "True")) for model in (WEAK, STRONG)), *values]


def _graded(rows: Sequence[Sequence[str]]) -> Graded:
    numbers = np.array([row[1:] for row in rows], dtype=np.float64)
    subjects = np.array([row[0] for row in rows])
    return Graded(subjects, numbers[:, 0].astype(int), numbers[:, 1], numbers[:, 2], numbers[:, 3:])
