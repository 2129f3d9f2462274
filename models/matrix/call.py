"""One call of a model, as it was measured."""

from dataclasses import dataclass
from typing import Literal

Task = Literal["classification", "analysis"]
Reading = Literal["right", "wrong", "declined"]
"""What became of a question that the coordinator read; `declined` where its form did not hold, and was not taken."""

USEFUL_SENTENCES = 2
"""The analyst is asked for two or three sentences; fewer that hold are no analysis."""


@dataclass(frozen=True, slots=True)
class Call:
    """One call: what it took, and what became of it.

    A call that ended in an error has a `failure` and counts in no time but that it missed its target. An answer out of
    form is no failure: it took its time, and was of no use.
    """

    model: str
    """Id of the endpoint."""
    task: Task
    total_ms: float
    """From the request to its end, milliseconds; of an analysis to the sentence after which nobody read on."""
    ttft_ms: float | None = None
    """From the request to the first text, milliseconds."""
    tokens_in: int = 0
    tokens_out: int = 0
    estimated: bool = False
    """Whether a count is ours and not the server's."""
    failure: str = ""
    """Kind of the error that ended it."""
    in_form: bool | None = None
    """Whether what a coordinator wrote is of the JSON schema."""
    reading: Reading | None = None
    """Whether what a coordinator filled reads as the question is meant."""
    checked: int = 0
    """Sentences of an analysis that were judged against the evidence."""
    kept: int = 0
    """Those of them that it carries."""
    stands: bool = False
    """Whether an analysis is shown, as the advisor decides it."""
    first_sentence_ms: float | None = None
    """From the request to the first sentence that may be shown, milliseconds."""

    @property
    def good(self) -> bool:
        """Tell whether it did what the task is for: read the question, or wrote an analysis of enough sentences."""
        if self.task == "classification":
            return self.reading == "right"
        return self.stands and not self.failure and self.kept >= USEFUL_SENTENCES

    @property
    def score(self) -> float:
        """Return how well it did, 0 to 1: `good` for a form, for an analysis the share of its sentences that hold."""
        if self.task == "classification":
            return float(self.good)
        return self.kept / max(self.checked, USEFUL_SENTENCES)


@dataclass(frozen=True, slots=True)
class Probe:
    """One prompt that no cache knows, and what its server says of the time it took over it."""

    model: str
    prompt_tokens: int
    prompt_ms: float
    answer_tokens: int = 0
    answer_ms: float = 0.0
