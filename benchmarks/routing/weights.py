"""Write fitted weights as the modules of data that the router reads."""

from collections.abc import Mapping
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "models" / "router"
MADE = "Made by `python -m benchmarks.routing.complexity --write`; do not edit."


def write_text(weights: Mapping[str, float]) -> None:
    """Write what each feature of a text adds to its complexity."""
    what = "What each feature of a text adds to its complexity, fitted on half of RouteLLM's graded questions."
    _write("text_weights.py", what, "TEXT_WEIGHTS", weights)


def write_query(weights: Mapping[str, float]) -> None:
    """Write what each feature of a question's queries adds to its complexity."""
    what = "What each feature of typed queries adds to their complexity, fitted on the embedded model's outcomes."
    _write("query_weights.py", what, "QUERY_WEIGHTS", weights)


def write_chance(weights: Mapping[str, float]) -> None:
    """Write the curve of the chance of a right answer."""
    what = "The curve of the chance of a right answer, fitted on half of RouteLLM's graded questions."
    lines = (f"{name.upper()} = {weight!r}" for name, weight in weights.items())
    (FOLDER / "chance_weights.py").write_text("\n".join([f'"""{what}\n\n{MADE}\n"""\n', *lines, ""]), encoding="utf-8")


def _write(file: str, what: str, name: str, weights: Mapping[str, float]) -> None:
    rows = "".join(f'    "{feature}": {weight!r},\n' for feature, weight in weights.items())
    text = f'"""{what}\n\n{MADE}\n"""\n\n{name} = {{\n{rows}}}\n'
    (FOLDER / file).write_text(text, encoding="utf-8")
