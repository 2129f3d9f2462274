"""What a run of a fault came to, seen by the caller and by the upstreams, and how that is judged.

pass: rescued, and every check holds. partial: rescued, and an advisory check does not hold. safe: not rescued, and a
clean end. fail: a hang, an answer that lacks something, or a required check that does not hold.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from benchmarks.models.acts import Try

Verdict = Literal["pass", "partial", "safe", "fail"]
Ideal = Literal["answer", "reason"]


@dataclass(frozen=True)
class Told:
    """How one request ended for the caller."""

    ended: Literal["answer", "error", "hang"]
    """`answer` is one of a model; an answer by the report alone, without a model, counts as an error that is told."""
    text: str = ""
    model: str = ""
    """The model that answered, as the caller is told."""
    tokens: int | None = None
    """Tokens of the answer as its server counted them; None where the caller is told no such count."""
    reason: str = ""
    """Why there is no answer of a model."""
    took_s: float = 0.0
    served: bool = False
    """Whether the caller got anything that helps: an answer of a model, or the report."""


@dataclass(frozen=True)
class Run:
    """One fault, seen from both sides."""

    text: str
    """What a healthy upstream answers."""
    told: tuple[Told, ...]
    primary: tuple[Try, ...]
    fallback: tuple[Try, ...]
    fallback_model: str
    prefills_refused: int = 0
    after: Told | None = None
    """A question asked when the upstream is healthy again."""
    down_s: float = 0.0

    @property
    def last(self) -> Told:
        """Return the end of the last request."""
        return self.told[-1]

    @property
    def took_s(self) -> float:
        """Return how long the slowest request took, seconds."""
        return max(t.took_s for t in self.told)

    @property
    def hung(self) -> bool:
        """Tell whether a request did not end."""
        return any(t.ended == "hang" for t in self.told)

    @property
    def gap_s(self) -> float:
        """Return the seconds between the first two tries of the primary; 0 where there is no second."""
        return self.primary[1].at_s - self.primary[0].at_s if len(self.primary) > 1 else 0.0

    @property
    def returned_s(self) -> float | None:
        """Return how long after its return the primary gave its first whole answer, seconds."""
        return next((t.at_s - self.down_s for t in self.primary if t.whole and t.at_s >= self.down_s), None)

    def is_complete(self, told: Told) -> bool:
        """Tell whether a text is the whole answer: each word once, in order."""
        return told.ended == "answer" and told.text.split() == self.text.split()

    def tries_within(self, seconds: float) -> int:
        """Return how many tries the primary saw in so many seconds from its first."""
        return sum(t.at_s - self.primary[0].at_s < seconds for t in self.primary)

    @property
    def resent(self) -> bool:
        """Tell whether the primary was sent a request again that is not smaller than the one before."""
        return any(after.size >= before.size for before, after in zip(self.primary, self.primary[1:], strict=False))


@dataclass(frozen=True)
class Check:
    """One thing that must hold, or should where it is advisory."""

    name: str
    holds: Callable[[Run], bool]
    advisory: bool = False


@dataclass(frozen=True)
class Judged:
    """The verdict on a run, and what does not hold."""

    verdict: Verdict
    missed: list[str] = field(default_factory=list)


def judge(run: Run, checks: tuple[Check, ...], ideal: Ideal, reason: str = "") -> Judged:
    """Return the verdict; where the ideal is a reason, the caller must be told `reason` in place of an answer."""
    missed = [c for c in checks if not c.holds(run)]
    names = [c.name + ("*" if c.advisory else "") for c in missed]
    if run.hung:
        return Judged("fail", ["it hung", *names])
    if any(t.ended == "answer" and not run.is_complete(t) for t in run.told):
        return Judged("fail", ["an answer that is not the whole one", *names])
    if any(not c.advisory for c in missed):
        return Judged("fail", names)
    return _of(run, names, ideal, reason)


def _of(run: Run, names: list[str], ideal: Ideal, reason: str) -> Judged:
    """Return the verdict on a run that keeps what is required."""
    if ideal == "reason":
        if any(t.ended == "answer" for t in run.told):
            return Judged("partial", ["answered past the refusal", *names])
        told = all(reason in t.reason for t in run.told)
        return Judged(
            "pass" if told and not names else "partial", names if told else ["the reason is not told", *names]
        )
    if not all(run.is_complete(t) for t in run.told):
        return Judged("safe", ["no answer of a model", *names])
    return Judged("partial" if names else "pass", names)
