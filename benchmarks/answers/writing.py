"""Write declared questions with their truths, computed anew, as one JSON object a line."""

import argparse
import json
from collections.abc import Iterable
from pathlib import Path

from benchmarks.answers.facts import Sources
from benchmarks.answers.question import Question
from benchmarks.answers.shipped import Shipped

HERE = Path(__file__).resolve().parent
SOURCE = HERE.parents[2] / "shared" / "data"


def default_sources() -> Sources:
    """Return the source files where they stand beside the repository, else the readings that it ships."""
    return Sources(SOURCE) if SOURCE.is_dir() else Shipped(HERE.parents[1] / "data")


def write_questions(about: str | None, name: str, questions: Iterable[Question]) -> None:
    """Write the questions to the file that the command line names, by default `name` in this folder."""
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--source", type=Path, help="folder of the source files; without it the shipped readings do")
    parser.add_argument("--out", type=Path, default=HERE / name, help="file to write")
    options = parser.parse_args()
    sources = Sources(options.source) if options.source else default_sources()
    objects = [question.as_json(sources) for question in questions]
    options.out.write_text("".join(json.dumps(each, ensure_ascii=False) + "\n" for each in objects), encoding="utf-8")
