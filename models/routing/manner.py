"""How models are asked, as routed: what each task draws, how long is waited, how often is asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from models.pool.retry import BACKOFF, Backoff
from models.roles import ANALYSIS, CLASSIFICATION, CLOUD_PATIENCE, PATIENCE, PROBE, Patience, Sampling
from models.routing.document import Task
from models.routing.file import DocumentError, load_routing


@dataclass(frozen=True, slots=True)
class Manner:
    """How models are asked."""

    tasks: Mapping[Task, Sampling]
    patience: Patience
    """With local models."""
    cloud_patience: Patience
    backoff: Backoff
    retry_within_s: float
    hedge: bool = False
    probe_s: float = 2.5
    """How long a loaded local model may take over one token."""
    memory_gib: float = 12.0
    """For all models that an Ollama host has loaded."""


UNROUTED = Manner(
    {"classification": CLASSIFICATION, "analysis": ANALYSIS, "probe": PROBE}, PATIENCE, CLOUD_PATIENCE, BACKOFF, 8.0
)


def routed_manner(path: Path | None = None) -> Manner:
    """Return the manner of a routing document; one that does not hold routes no model, so that its manner is idle."""
    try:
        document = load_routing(path).document
    except DocumentError:
        return UNROUTED
    tries = document.tries
    return Manner(
        {task: part.sampling() for task, part in document.tasks.items()},
        document.patience.local.patience(),
        document.patience.cloud.patience(),
        Backoff(tries.most, tries.backoff_s, max(tries.backoff_s, BACKOFF.longest_s)),
        tries.within_s,
        tries.hedge,
        document.ollama.probe_s,
        document.ollama.memory_gib,
    )
