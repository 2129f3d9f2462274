"""The live parts that the advisor's nodes use, each a port that a test can stand in for."""

from dataclasses import dataclass

from nodes.coordinate import Coordinator
from nodes.events import Emit, emit
from nodes.phrasings import NO_PHRASINGS, Phrasings
from nodes.ports import Analysts, Clock, CloudAnalysts, Gatekeeper, Labeller
from nodes.recall_answer import NO_ANSWERS, Answers
from nodes.remember import Keeper
from nodes.retrieve_context import Compute, Recall, computed
from nodes.route import Ladder
from nodes.take_note import NO_TELLER, Teller
from nodes.tell_page import SHIPPED, Pages
from tools.readings import Readings


@dataclass(frozen=True)
class Parts:
    """What the graph is wired to. `budget_s` is for the whole answer; `fingerprint` is that of the settings."""

    readings: Readings
    coordinator: Coordinator
    ladder: Ladder
    analysts: Analysts
    cloud: CloudAnalysts
    gate: Gatekeeper
    labeller: Labeller
    recall: Recall
    keeper: Keeper
    clock: Clock
    fingerprint: str
    budget_s: float = 20.0
    max_chars: int = 4_000
    emit: Emit = emit
    answers: Answers = NO_ANSWERS
    compute_facts: Compute = computed
    pages: Pages = SHIPPED
    teller: Teller = NO_TELLER
    phrasings: Phrasings = NO_PHRASINGS
