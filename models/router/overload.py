"""Whether an endpoint is too busy for a question."""

from models.router.candidate import Candidate
from models.router.figures import in_seconds


def too_busy(candidate: Candidate, time_s: float, left_s: float) -> str:
    """Return why a call would come to nothing now, in words; nothing where it may end in time.

    A guess of its time is no reason: only one that is made of calls that ended is.
    """
    if candidate.in_flight >= candidate.slots and candidate.waiting >= candidate.queue:
        return f"{candidate.id} has {candidate.waiting} calls waiting, and place for {candidate.queue}"
    if candidate.measured and time_s > left_s:
        return f"{candidate.id} would end in {in_seconds(time_s)}, and {in_seconds(left_s)} are left"
    return ""
