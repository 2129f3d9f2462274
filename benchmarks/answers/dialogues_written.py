"""Write the scripted conversations with their truths, one a line, to `benchmarks/memory`.

    python -m benchmarks.answers.dialogues_written [--source DIR]

`dialogues.jsonl` has the sixty that the product was mended by, `dialogues_held.jsonl` fifteen that were held back.
"""

import argparse
import json
from pathlib import Path

from benchmarks.answers import (
    dialogues_building_manager,
    dialogues_energy_engineer,
    dialogues_facility_operator,
    dialogues_held_back,
    dialogues_sustainability_lead,
)
from benchmarks.answers.dialogues_script import Dialogue
from benchmarks.answers.facts import Sources
from benchmarks.answers.writing import default_sources

FOLDER = Path(__file__).resolve().parents[1] / "memory"
SETS: dict[str, list[Dialogue]] = {
    "dialogues.jsonl": [
        *dialogues_building_manager.DIALOGUES,
        *dialogues_energy_engineer.DIALOGUES,
        *dialogues_facility_operator.DIALOGUES,
        *dialogues_sustainability_lead.DIALOGUES,
    ],
    "dialogues_held.jsonl": dialogues_held_back.DIALOGUES,
}


def main() -> None:
    """Compute every truth anew and write both files."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--source", type=Path, help="folder of the source files; without it the shipped readings do")
    options = parser.parse_args()
    sources = Sources(options.source) if options.source else default_sources()
    for name, dialogues in SETS.items():
        lines = [json.dumps(dialogue.as_json(sources), ensure_ascii=False) + "\n" for dialogue in dialogues]
        (FOLDER / name).write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
