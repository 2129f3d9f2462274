"""A question with the truth that its answer must meet, or with the ways it may end without one."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Literal

from benchmarks.answers.facts import Fact, Sources

TOLERANCE = 0.005
Who = Literal["building manager", "energy engineer", "facility operator", "sustainability lead"]


@dataclass(frozen=True)
class Question:
    """A question, in whose words it is, and the turns of the conversation before it."""

    id: str
    text: str
    truth: Callable[[Sources], list[Fact]] = lambda _sources: []
    accept: tuple[str, ...] = ("answered",)
    who: Who | None = None
    before: tuple[str, ...] = ()

    def by(self, truth: Callable[..., list[Fact]], *words: Any, **more: Any) -> "Question":
        """Return it with its truth, `truth(sources, *words, **more)`."""
        return replace(self, truth=lambda sources: truth(sources, *words, **more))

    def ends(self, *accept: str) -> "Question":
        """Return it as one without an answer, with the statuses that are right, the best first."""
        return replace(self, accept=accept)

    def asked_by(self, who: Who) -> "Question":
        """Return it as a question of this profession."""
        return replace(self, who=who)

    def as_json(self, sources: Sources) -> dict[str, Any]:
        """Return its line. A fact stands for the evidence of its place, unless it says which or that any may be it."""
        return {
            "id": self.id,
            **({"before": list(self.before)} if self.before else {}),
            "question": self.text,
            "kind": self.id.rpartition("-")[0],
            **({"who": self.who} if self.who else {}),
            "status": self.accept[0],
            "accept": list(self.accept),
            "expect": [{"index": index} | fact for index, fact in enumerate(self.truth(sources))],
            "tolerance": TOLERANCE,
        }
