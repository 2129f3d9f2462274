"""What an advisor run carries from node to node."""

from dataclasses import dataclass
from typing import Annotated, Any, Literal, NotRequired

from typing_extensions import TypedDict

from nodes.label_channel import RisingLabel
from privacy.labels import Label
from tools.chart import Chart
from tools.energy_query import EnergyQuery
from tools.evidence import Evidence

Status = Literal["answered", "refused", "clarify", "no_data", "error"]


@dataclass(frozen=True)
class Context:
    """What a caller may set for one run, as JSON values. None of it lowers a label."""

    thread_id: str = ""


class Question(TypedDict):
    """What a caller may ask. The label is not among it: callers cannot lower what data has raised."""

    question: str


class Problem(TypedDict):
    """Why there are no facts, in words for the person, with the remedy."""

    status: Status
    reason: str


class Classification(TypedDict):
    """What the question is: its typed queries, and how they were found."""

    intent: str
    queries: list[EnergyQuery]
    complexity: Literal["low", "medium", "high"]
    language: str
    by: Literal["grammar", "coordinator", "memory"]
    ignored: list[str]
    assumed: list[str]


class Reading(TypedDict):
    """How a turn was read that the grammar was not sure of, for the next turn of its conversation to judge."""

    question: str
    asked_at: float
    label: str
    """Of the question alone, by name."""
    by: str
    ignored: list[str]


class Attempt(TypedDict):
    """One try of one rung of the ladder."""

    endpoint: str
    outcome: Literal["verified", "failed", "denied"]
    reason: str
    ms: float
    ttft_ms: float | None
    tokens_in: int
    tokens_out: int
    estimated: bool
    model: NotRequired[str | None]
    """The name under which the server answered, where it gave one."""
    cost: NotRequired[float]
    """US dollars."""
    error: NotRequired[str | None]
    """The kind of `ModelError` that ended it."""
    kept: NotRequired[int]
    """Its sentences that were shown, and stay, whatever became of the attempt."""
    cached: NotRequired[int]
    """Of `tokens_in`, those that the server had read before."""
    stopped: NotRequired[bool]
    """Whether it was stopped at its longest answer, so that it had more to say."""
    shared: NotRequired[bool]
    """Whether it heard the answer of a call that another question pays for."""


class Gated(TypedDict):
    """One decision of the privacy gate."""

    endpoint: str
    decision: str
    label: str
    rule: str
    reason: str
    policy: str


class Receipt(TypedDict):
    """What was decided and tried in a turn, enough to say afterwards why, and to decide it again."""

    label: str
    """Of the last decision; once the turn is over, of the run."""
    profile: str
    reason: str
    """Why the profile is the one in force."""
    ladder: list[str]
    rung: int
    chosen: str | None
    config: str
    cloud: list[str]
    attempts: NotRequired[list[Attempt]]
    cost: NotRequired[float]
    notes: NotRequired[list[str]]
    gate: NotRequired[list[Gated]]
    strategy: NotRequired[str]
    question_id: NotRequired[str]
    """Under which the run is kept, and its money counted."""
    cached: NotRequired[dict[str, Any]]
    """Of an answer that was given before, as a whole: when it was made (`at`), by whom, at which version of the data,
    and what it saved."""
    routes: NotRequired[list[dict[str, Any]]]
    """The records of the decisions, as `models.router.record_of` makes them: the first, then those made again because
    the label rose."""


class Recollection(TypedDict):
    """A text that memory brought, with its label by name."""

    text: str
    label: str


class CitedPage(TypedDict):
    """A page of the knowledge base that an answer cites."""

    id: str
    title: str
    path: str
    sources: str


class FactsPart(TypedDict):
    """What was computed for one query: its evidence by id, its chart by place among the charts, notes, own words."""

    query: EnergyQuery
    evidence: list[str]
    chart: int | None
    notes: list[str]
    words: str | None


class RestsOn(TypedDict):
    """What the facts of a turn were computed from: series by name, at a version of the data."""

    series: list[str]
    data_version: int


class AskedBack(TypedDict):
    """A question that could not be answered because of some of its words."""

    question: str
    words: list[str]


class Verification(TypedDict):
    """What became of the model's sentences. `dropped` pairs each sentence with the reason."""

    checked: int
    kept: int
    dropped: list[dict[str, str]]


class Usage(TypedDict):
    """Tokens and cost of all attempts of a turn."""

    tokens_in: int
    tokens_out: int
    estimated: bool
    cost: float


def merge_times(left: dict[str, float], right: dict[str, float]) -> dict[str, float]:
    """Add up the milliseconds of each node; an empty right side starts anew."""
    return {k: round(left.get(k, 0.0) + right.get(k, 0.0), 3) for k in {**left, **right}} if right else {}


class AdvisorState(Question, total=False):
    """The channels of one run. A channel without a reducer is replaced, so each turn starts its own evidence anew."""

    label: Annotated[Label, RisingLabel]
    question_id: str
    asked_at: float
    classification: Classification
    previous: EnergyQuery | None
    earlier: EnergyQuery | None
    asked_back: AskedBack | None
    reading: Reading | None
    problem: Problem | None
    receipt: Receipt
    evidence: list[Evidence]
    charts: list[Chart]
    notes: list[str]
    pages: list[CitedPage]
    parts: list[FactsPart]
    rests_on: RestsOn | None
    answer_key: str | None
    headline: str
    recalled: list[Recollection]
    clearance: str | None
    cached: str | None
    draft: list[str]
    attempts: list[Attempt]
    verification: Verification
    analysis: str
    answer: str
    usage: Usage
    timings_ms: Annotated[dict[str, float], merge_times]


class AdvisorUpdate(TypedDict, total=False):
    """What a node may return."""

    label: Label
    question_id: str
    asked_at: float
    classification: Classification
    previous: EnergyQuery | None
    earlier: EnergyQuery | None
    asked_back: AskedBack | None
    reading: Reading | None
    problem: Problem | None
    receipt: Receipt
    evidence: list[Evidence]
    charts: list[Chart]
    notes: list[str]
    pages: list[CitedPage]
    parts: list[FactsPart]
    rests_on: RestsOn | None
    answer_key: str | None
    headline: str
    recalled: list[Recollection]
    clearance: str | None
    cached: str | None
    draft: list[str]
    attempts: list[Attempt]
    verification: Verification
    analysis: str
    answer: str
    usage: Usage
    timings_ms: dict[str, float]


class Answer(TypedDict, total=False):
    """What a run gives back."""

    question: str
    answer: str
    headline: str
    analysis: str
    problem: Problem | None
    classification: Classification
    evidence: list[Evidence]
    charts: list[Chart]
    notes: list[str]
    pages: list[CitedPage]
    receipt: Receipt
    usage: Usage
    verification: Verification
    label: Label
    timings_ms: dict[str, float]
