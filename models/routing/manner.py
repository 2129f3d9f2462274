"""How models are asked, as routed: what each task draws, how long is waited, how often is asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from config.yaml_file import DocumentError
from models.pool.retry import BACKOFF, Backoff
from models.roles import ANALYSIS, CLASSIFICATION, PROBE, Patience, Sampling
from models.routing.document import OllamaPart, PatiencesPart, Task, TriesPart
from models.routing.file import load_routing


@dataclass(frozen=True, slots=True)
class Manner:
    """How models are asked."""

    tasks: Mapping[Task, Sampling]
    patience: Patience
    """With local models."""
    cloud_patience: Patience
    backoff: Backoff
    retry_within_s: float
    hedge: bool
    probe_s: float
    """How long a loaded local model may take over one token."""
    memory_gib: float
    """For all models that an Ollama host has loaded."""


def routed_manner(path: Path | None = None) -> Manner:
    """Return the manner of a routing document; one that does not hold routes no model, so that its manner is idle."""
    try:
        document = load_routing(path).document
    except DocumentError:
        return UNROUTED
    tasks = {task: part.sampling() for task, part in document.tasks.items()}
    return _manner(tasks, document.patience, document.tries, document.ollama)


def _manner(tasks: Mapping[Task, Sampling], patience: PatiencesPart, tries: TriesPart, ollama: OllamaPart) -> Manner:
    return Manner(
        tasks,
        patience.local.patience(),
        patience.cloud.patience(),
        Backoff(tries.most, tries.backoff_s, max(tries.backoff_s, BACKOFF.longest_s)),
        tries.within_s,
        tries.hedge,
        ollama.probe_s,
        ollama.memory_gib,
    )


UNROUTED = _manner(
    {"classification": CLASSIFICATION, "analysis": ANALYSIS, "probe": PROBE}, PatiencesPart(), TriesPart(), OllamaPart()
)
"""Where nothing is routed: the defaults of the document."""
