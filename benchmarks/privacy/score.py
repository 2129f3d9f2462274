"""Score a privacy scanner on labelled texts: `python -m benchmarks.privacy.score DATASET.json COMMAND...`.

DATASET is a JSON list of {"full_text", "spans": [{"entity_type", "start_position", "end_position"}]}, or of plain
strings, which are harmless texts. COMMAND reads lines {"id", "text"} and writes lines {"id", "label", "spans":
[{"start", "end", "label"}], "ms"}. Types are ignored; spans labelled PUBLIC count as not found. Told are

- characters: precision, recall and F2, which weighs recall four times precision;
- spans: the share of labelled spans with at least 90 % of their characters covered; a found span is right where it
  overlaps a labelled one;
- texts: the share in which every labelled span is covered; of those without any, how many are flagged above INTERNAL
  and how many carry any span above PUBLIC.

Dates, ages, titles and domain names are neutral: finding one is neither right nor wrong.
"""

import json
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

NEUTRAL = frozenset({"DATE_TIME", "AGE", "TITLE", "DOMAIN_NAME", "PREFIX"})
HIGH = frozenset({"CONFIDENTIAL", "RESTRICTED"})
COVERED = 0.9
"""The share of a span's characters from which on it is found."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text and what is sensitive in it: (start, end, type)."""

    id: str
    text: str
    spans: tuple[tuple[int, int, str], ...] = ()


@dataclass(slots=True)
class Tally:
    """Counts over texts."""

    right_characters: int = 0
    wrong_characters: int = 0
    missed_characters: int = 0
    labelled: int = 0
    covered: int = 0
    found: int = 0
    right: int = 0
    sensitive: int = 0
    whole: int = 0
    harmless: int = 0
    flagged: int = 0
    marked: int = 0
    by_type: dict[str, list[int]] = field(default_factory=dict)

    def add(self, item: Labelled, answer: Mapping[str, Any]) -> None:
        """Count one text and the scanner's answer to it."""
        found = [range(s["start"], s["end"]) for s in answer["spans"] if s.get("label", "RESTRICTED") != "PUBLIC"]
        truth = [(range(a, b), kind) for a, b, kind in item.spans if kind not in NEUTRAL]
        wanted = characters(span for span, _ in truth)
        neutral = characters(range(a, b) for a, b, kind in item.spans if kind in NEUTRAL)
        got = characters(found) - (neutral - wanted)
        self.right_characters += len(wanted & got)
        self.wrong_characters += len(got - wanted)
        self.missed_characters += len(wanted - got)
        outside = [span for span in found if not set(span) <= neutral]
        self.found += len(outside)
        self.right += sum(not wanted.isdisjoint(span) for span in outside)
        self._count_truth(truth, got)
        if not item.spans:
            self.harmless += 1
            self.flagged += answer.get("label", "PUBLIC") in HIGH
            self.marked += bool(found)

    def _count_truth(self, truth: Sequence[tuple[range, str]], got: set[int]) -> None:
        hits = [len(got.intersection(span)) >= COVERED * len(span) for span, _ in truth]
        for (_, kind), hit in zip(truth, hits, strict=True):
            counts = self.by_type.setdefault(kind, [0, 0])
            counts[0] += hit
            counts[1] += 1
        self.labelled += len(truth)
        self.covered += sum(hits)
        self.sensitive += bool(truth)
        self.whole += bool(truth) and all(hits)

    def report(self) -> dict[str, Any]:
        """Return the figures; those that no text speaks to are left out."""
        told: dict[str, Any] = {}
        if self.labelled:
            told |= {
                "characters": figures(
                    share(self.right_characters, self.right_characters + self.wrong_characters),
                    share(self.right_characters, self.right_characters + self.missed_characters),
                    "recall",
                ),
                "spans": figures(share(self.right, self.found), share(self.covered, self.labelled), "covered"),
                "texts_fully_covered": round(share(self.whole, self.sensitive), 4),
                "covered_by_type": {kind: f"{a}/{b}" for kind, (a, b) in sorted(self.by_type.items())},
            }
        if self.harmless:
            told["harmless_flagged"] = f"{self.flagged}/{self.harmless}"
            told["harmless_marked"] = f"{self.marked}/{self.harmless}"
        return told


def characters(spans: Iterable[range]) -> set[int]:
    """Return the positions in any of some spans."""
    return {position for span in spans for position in span}


def share(part: int, whole: int) -> float:
    """Return part of whole, 0 where there is none."""
    return part / whole if whole else 0.0


def f2(precision: float, recall: float) -> float:
    """Combine precision and recall, recall weighing four times."""
    return 5 * precision * recall / (4 * precision + recall) if precision + recall else 0.0


def figures(precision: float, recall: float, name: str) -> dict[str, float]:
    """Return precision, recall under its name, and F2, rounded."""
    return {"precision": round(precision, 4), name: round(recall, 4), "f2": round(f2(precision, recall), 4)}


def load(path: Path) -> list[Labelled]:
    """Return the texts of a dataset."""
    return [labelled(str(i), item) for i, item in enumerate(json.loads(path.read_text(encoding="utf-8")))]


def labelled(name: str, item: str | Mapping[str, Any]) -> Labelled:
    """Return an item of a dataset as a text with its spans."""
    if isinstance(item, str):
        return Labelled(name, item)
    spans = tuple((s["start_position"], s["end_position"], s["entity_type"]) for s in item["spans"])
    return Labelled(name, item["full_text"], spans)


def score(items: Sequence[Labelled], answers: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Return the figures of a scanner's answers, by the id of the text; raise `ValueError` where one is missing."""
    if missing := [item.id for item in items if item.id not in answers]:
        raise ValueError(f"no answer for {len(missing)} of {len(items)} texts, the first {missing[0]!r}")
    tally = Tally()
    for item in items:
        tally.add(item, answers[item.id])
    times = sorted(answer["ms"] for answer in answers.values() if "ms" in answer)
    report = {"texts": len(items)} | tally.report()
    if times:
        report["ms"] = {"p50": times[len(times) // 2], "p95": times[int(0.95 * (len(times) - 1))]}
    return report


def run(command: Sequence[str], items: Iterable[Labelled]) -> dict[str, dict[str, Any]]:
    """Return a scanner's answers by id: one process, all texts."""
    lines = "".join(json.dumps({"id": item.id, "text": item.text}) + "\n" for item in items)
    done = subprocess.run(command, input=lines, capture_output=True, text=True, check=False)
    answers = [json.loads(line) for line in done.stdout.splitlines() if line.strip()]
    if done.returncode:
        raise ValueError(f"the scanner ended with {done.returncode} after {len(answers)} texts: {done.stderr[-500:]}")
    return {str(answer["id"]): answer for answer in answers}


def main(arguments: Sequence[str]) -> int:
    """Score a command on a dataset and print the figures."""
    if len(arguments) < 2:
        print("usage: python -m benchmarks.privacy.score DATASET.json COMMAND...", file=sys.stderr)
        return 2
    items = load(Path(arguments[0]))
    try:
        report = score(items, run(arguments[1:], items))
    except ValueError as error:
        print(error, file=sys.stderr)
        return 1
    print(json.dumps(report, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
