"""What must be said wherever a fact is shown: low coverage, and open faults of the meters behind it."""

from collections.abc import Iterable
from datetime import datetime

from tools.readings import Inventory

SAY_COVERAGE_BELOW = 0.95
LOW_COVERAGE = 0.50


def coverage_caveat(coverage: float) -> list[str]:
    """Return a sentence where the coverage is under 95 %, a stronger one under 50 %."""
    if coverage >= SAY_COVERAGE_BELOW:
        return []
    share = f"{100 * coverage:.1f} %"
    if coverage < LOW_COVERAGE:
        return [f"only {share} of the hours have a valid reading, so this understates what was used"]
    return [f"{share} of the hours have a valid reading; the missing ones are left out"]


def fault_caveats(inventory: Inventory, meters: Iterable[str], start: datetime, end: datetime) -> list[str]:
    """Return the notes of the open faults that touch these meters in [start, end), each once."""
    notes = [f.note for f in inventory.faults_of(meters) if f.open and f.start < end and f.end > start]
    return list(dict.fromkeys(notes))
