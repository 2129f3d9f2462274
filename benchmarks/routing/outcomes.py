"""What became of the embedded model's explanations, question by question: features and outcomes, no words."""

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.answers.check import cases
from benchmarks.routing.fitting import Floats
from config.settings import Settings
from graphs.runtime import open_runtime
from models.router.decision import REPORT
from nodes.complexity import QUERY_FEATURES, query_features
from tools.energy_query import EnergyQuery

RECORDED = Path(__file__).parent / "outcomes.jsonl"


@dataclass(frozen=True)
class Outcomes:
    """Asked questions by row."""

    questions: NDArray[np.str_]
    """Ids in the answer set; a question and its paraphrases share one."""
    kinds: NDArray[np.str_]
    features: Floats
    """Rows of `QUERY_FEATURES`."""
    failed: Floats
    """1 where the model's explanation did not stand and the report was given."""


def recorded() -> Outcomes:
    """Return what was recorded."""
    rows = [json.loads(line) for line in RECORDED.read_text(encoding="utf-8").splitlines()]
    questions = [row["question"] for row in rows]
    features = [[row["features"].get(name, 0.0) for name in QUERY_FEATURES] for row in rows]
    return Outcomes(
        np.array(questions),
        np.array([question.rpartition("-")[0] for question in questions]),
        np.array(features, dtype=np.float64),
        np.array([float(not row["stood"]) for row in rows]),
    )


async def record(number: int, seed: int = 0) -> None:
    """Ask the answer set's questions that have answers, and then other wordings, and append what became of each."""
    async with open_runtime(Settings(profile="embedded", log_level="error")) as runtime:
        for question, truth in _asked(number, seed):
            answer = await runtime.ask(question)
            if line := outcome_of(truth["id"], answer):
                with RECORDED.open("a", encoding="utf-8") as file:
                    file.write(line + "\n")


def outcome_of(identifier: str, answer: dict[str, Any]) -> str | None:
    """Return the line to keep of an answer, or nothing where no model was asked."""
    if not answer["receipt"].get("attempts"):
        return None
    queries = [EnergyQuery.model_validate(query) for query in answer["classification"]["queries"]]
    features = {name: round(value, 4) for name, value in query_features(queries).items() if value}
    checked, kept = answer["verification"]["checked"], answer["verification"]["kept"]
    stood = answer["receipt"]["chosen"] != REPORT
    return json.dumps({"question": identifier, "stood": stood, "checked": checked, "kept": kept, "features": features})


def _asked(number: int, seed: int) -> Iterator[tuple[str, dict[str, Any]]]:
    questions, paraphrases = cases()
    random.Random(seed).shuffle(paraphrases)
    answered = [case for case in [*questions, *paraphrases] if case[1]["status"] == "answered"]
    yield from answered[:number]
