"""What one day came to: what stayed local, the bill, the times, and how many answers had the right headline."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import sqrt
from typing import Any

from benchmarks.answers.check import wrong
from benchmarks.routing.day_mix import Asked
from models.prices import BASELINE
from privacy.labels import Label

CONFIDENCE = 1.96


@dataclass(frozen=True)
class Told:
    """One answer of a day."""

    asked: Asked
    answer: dict[str, Any]
    bytes_out: int | None = None
    """What clouds were sent while it was the only question under way; None where it was not alone."""

    @property
    def fault(self) -> str | None:
        """Return what is wrong with the headline's facts; None where they are right."""
        return wrong(self.asked.wording.truth, self.answer)

    @property
    def attempts(self) -> list[dict[str, Any]]:
        """Return the tries of the ladder."""
        return list(self.answer["receipt"].get("attempts", []))

    @property
    def cost_usd(self) -> float:
        """Return what was paid for it."""
        return float(self.answer["receipt"].get("cost", 0.0))

    @property
    def is_local(self) -> bool:
        """Tell whether it was answered and no cloud was paid, and none wrote any of it."""
        chosen = self.answer["receipt"]["chosen"] or ""
        return self.answer["status"] == "answered" and self.cost_usd == 0 and not chosen.startswith("cloud:")

    @property
    def cloud_only_usd(self) -> float:
        """Return what GPT-4o would take for the tokens of the attempt that stood, or of the last that read the prompt.

        An answer from the cache costs nothing there either.
        """
        read = [a for a in self.attempts if a["tokens_in"]]
        stood = [a for a in read if a["outcome"] == "verified"] or read
        return BASELINE.cost_usd(stood[-1]["tokens_in"], stood[-1]["tokens_out"]) if stood else 0.0

    def ms(self, what: str) -> float | None:
        """Return when the headline or the whole answer was there."""
        took: float | None = self.answer["timings_ms"].get(what)
        return took


@dataclass
class Day:
    """All answers of one day."""

    name: str
    told: list[Told] = field(default_factory=list)
    ledger_usd: float = 0.0
    """The bill as the ledger has it."""

    @property
    def local(self) -> list[bool]:
        """Return for each answer whether it stayed local."""
        return [t.is_local for t in self.told]

    @property
    def right(self) -> list[bool]:
        """Return for each question whether it was answered with the right facts in its headline."""
        return [t.fault is None for t in self.told]

    @property
    def cost_usd(self) -> float:
        """Return the bill."""
        return sum(t.cost_usd for t in self.told)

    @property
    def cloud_only_usd(self) -> float:
        """Return the bill of GPT-4o alone."""
        return sum(t.cloud_only_usd for t in self.told)

    @property
    def cheaper(self) -> float:
        """Return by what share it is cheaper than GPT-4o alone."""
        return 1 - self.cost_usd / self.cloud_only_usd if self.cloud_only_usd else 0.0

    @property
    def verified(self) -> list[bool]:
        """Return for each answer whether a model's words stood, and not the report's."""
        return [(t.answer["receipt"]["chosen"] or "report") != "report" for t in self.told]

    def restricted_bytes(self) -> tuple[int, int]:
        """Return on how many restricted questions clouds were watched, and how many bytes came to them."""
        watched = [t.bytes_out for t in self.told if t.asked.label is Label.RESTRICTED and t.bytes_out is not None]
        return len(watched), sum(watched)

    def ms(self, what: str) -> list[float]:
        """Return the times of the headline or of the whole answer, least first."""
        return sorted(ms for t in self.told if (ms := t.ms(what)) is not None)

    def writers(self) -> Counter[str]:
        """Return how often each endpoint wrote the words that stand."""
        return Counter(t.answer["receipt"]["chosen"] or t.answer["status"] for t in self.told)


def percentile(ordered: Sequence[float], share: float) -> float:
    """Return the value that a share of them does not exceed; 0 where there is none."""
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


def interval(seen: Sequence[bool]) -> tuple[float, float]:
    """Return between what the share lies that a sample is of, at 95 %: Wilson's interval."""
    n = len(seen)
    if n == 0:
        return 0.0, 1.0
    share, z2 = sum(seen) / n, CONFIDENCE**2
    middle, half = share + z2 / (2 * n), CONFIDENCE * sqrt(share * (1 - share) / n + z2 / (4 * n * n))
    return max(0.0, (middle - half) / (1 + z2 / n)), min(1.0, (middle + half) / (1 + z2 / n))


def share_of(seen: Sequence[bool]) -> float:
    """Return the share of them that holds, percent."""
    return 100 * sum(seen) / len(seen) if seen else 0.0


def words(seen: Sequence[bool]) -> str:
    """Return a share with its sample and interval: `96 of 100, 95 % interval 90.2 to 98.4 %`."""
    low, high = interval(seen)
    return f"{sum(seen)} of {len(seen)}, 95 % interval {100 * low:.1f} to {100 * high:.2f} %"
