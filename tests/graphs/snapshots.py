"""What a graph in a test sees of its models: endpoints without lanes, which the router puts in the order given."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from config.settings import Strategy
from models.endpoint import Endpoint
from models.pool import Work
from models.router import BudgetView, Rules
from models.router.snapshot import candidates_of
from nodes.route import Snapshot

PLENTY = BudgetView("ample", 10.0, 10.0, 0.5, "tenant test, day")


def snapshot_of(
    endpoints: Sequence[Endpoint],
    tokens_in: int,
    *,
    profile: str = "embedded",
    reason: str = "scripted",
    most: str | None = "CONFIDENTIAL",
    strategy: Strategy = "best_quality",
) -> Snapshot:
    """Return the endpoints as candidates, the first one best; the policy lets `most` go to a cloud, says the snapshot.

    What really leaves, the gate decides.
    """
    ranked = [replace(e, quality=90.0 - n) for n, e in enumerate(endpoints)]
    away = {e.id: most for e in endpoints if not e.local}
    return Snapshot(
        profile=profile,
        reason=reason,
        environment="production",
        candidates=candidates_of(ranked, {}, Work(tokens_in, 400), max_labels=away, outside={}),
        rules=Rules(strategy),
        policy="test",
        tokens_out=400,
        at=datetime.now(UTC),
    )
