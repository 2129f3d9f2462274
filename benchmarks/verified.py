"""Does a shown sentence ever hold a number that the evidence does not carry? 200 runs of the embedded model.

The check here is deliberately another one than `nodes.verification`: it takes every figure of the shown analysis and
looks for it among the evidence values, in any unit, rounded as written, and among the numbers of periods and names.
Run `make bench ARGS=verified`.
"""

import asyncio
import re
import sys
from typing import Any

from benchmarks.answers.check import cases
from config.settings import Settings
from graphs.runtime import open_runtime

FIGURE = re.compile(r"(?<![\w.])\d+(?:,\d{3})*(?:\.\d+)?")
SCALES = (1.0, 1e-3, 1e-6, 1e3)


def uncarried(answer: dict[str, Any]) -> list[str]:
    """Return the figures of the analysis that no evidence, period, hour or building name has."""
    text = answer["analysis"]
    known = {
        n
        for e in answer["evidence"]
        for n in FIGURE.findall(
            f"{e['period']} {e['query']} {e['group']} {e['name']}".replace("-", " ").replace(":", " ").replace("T", " ")
        )
    }
    known |= {str(len(answer["evidence"])), str(len({b for e in answer["evidence"] for b in e["buildings"]}))}
    values = [e["value"] for e in answer["evidence"]]
    known |= {re.sub(r"\D", "", b) for e in answer["evidence"] for b in e["buildings"]}
    for building in {b for e in answer["evidence"] for b in e["buildings"]}:
        text = text.replace(building, "")
    return [
        figure
        for figure in FIGURE.findall(text.replace("m2", "").replace("CO2", ""))
        if not _carried(figure, values, known)
    ]


def _carried(figure: str, values: list[float], known: set[str]) -> bool:
    plain = figure.replace(",", "").rstrip(".")
    if plain in known or plain.lstrip("0") in {k.lstrip("0") for k in known}:
        return True
    decimals, shown = len(plain.partition(".")[2]), float(plain)
    step = 10.0**-decimals if decimals else 10.0 ** max(0, len(plain) - len(plain.rstrip("0")))
    return any(abs(shown - abs(v) * scale) <= 0.5 * step + 1e-9 for v in values for scale in SCALES)


async def main(runs: int) -> int:
    """Ask; print what was shown and dropped; return 1 where an uncarried number was shown."""
    questions = [q for q, truth in cases()[0] if truth["status"] == "answered"]
    asked = shown = dropped = bad = by_model = 0
    async with open_runtime(Settings(profile="embedded", log_level="error")) as runtime:
        for turn in range(runs):
            answer = await runtime.ask(questions[turn % len(questions)])
            asked, by_model = asked + 1, by_model + (answer["receipt"]["chosen"] not in ("report", None))
            shown += answer["verification"]["kept"]
            dropped += len(answer["verification"]["dropped"])
            if answer["receipt"]["chosen"] != "report" and (found := uncarried(answer)):
                bad += 1
                print(f"uncarried {found} in: {answer['analysis']}\n  question: {answer['question']}")
    print(f"runs {asked}; sentences of the model shown {shown}, dropped {dropped}")
    print(f"answers explained by the model {by_model}; answers with an uncarried number {bad}")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)))
