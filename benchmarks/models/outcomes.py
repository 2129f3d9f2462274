"""What came of a fault, in a line for a person and in full for a program."""

from collections import Counter
from dataclasses import asdict, dataclass
from typing import Any

from benchmarks.models.advisor import NAMES
from benchmarks.models.faults import Fault
from benchmarks.models.upstream import Upstream
from benchmarks.models.verdicts import Judged, Run, Told


@dataclass(frozen=True)
class Outcome:
    """What came of one fault."""

    fault: Fault
    run: Run
    judged: Judged
    restricted: tuple[Told, ...]
    bytes_out: int
    """Bytes that upstreams were sent while only restricted questions were asked."""
    names_out: tuple[str, ...]
    """Names of the site among all that was sent."""

    @property
    def missed(self) -> list[str]:
        """Return what is not as it must be of ours."""
        missed = list(self.judged.missed)
        missed += [f"{self.bytes_out} bytes of restricted prompts"] if self.bytes_out else []
        missed += [f"names sent: {', '.join(self.names_out)}"] if self.names_out else []
        missed += ["a restricted question without an answer"] if not all(t.served for t in self.restricted) else []
        missed += ["a question without an answer"] if not all(t.served for t in self.run.told) else []
        past = self.fault.ideal == "reason" and bool(self.run.fallback)
        return [*missed, "another cloud was asked what one had refused"] if past else missed


def names_in(*upstreams: Upstream) -> tuple[str, ...]:
    """Return the names of the site that stand in what was sent."""
    sent = b" ".join(data for u in upstreams for _, data in u.received).decode(errors="replace").lower()
    return tuple(name for name in NAMES if name in sent)


def happened(outcome: Outcome) -> str:
    """Say in words how the requests ended."""
    told = outcome.run.told
    if len(told) > 1:
        whole, back = sum(outcome.run.is_complete(t) for t in told), outcome.run.returned_s
        returned = "primary not used again" if back is None else f"primary used {back:.1f} s after its return"
        return f"{whole} of {len(told)} answered in full, {returned}"
    match told[0].ended:
        case "hang":
            return "hung"
        case "answer":
            words = len(told[0].text.split())
            whole = outcome.run.is_complete(told[0])
            return f"{'answered in full' if whole else f'answered in {words} words'} by {told[0].model}"
    return f"{'report' if told[0].served else 'error'}: {told[0].reason[:90]}"


def line(outcome: Outcome, said: str, missed: list[str]) -> str:
    """Return the line of a fault."""
    run = outcome.run
    tries = f"{len(run.primary)}+{len(run.fallback)}"
    return (
        f"{outcome.fault.id}  {said:<7} {outcome.fault.what:<38} {happened(outcome):<62} {run.took_s:>5.1f} s"
        f"  {tries:>5} tries  {outcome.bytes_out} bytes out{'  MISSED: ' + '; '.join(missed) if missed else ''}"
    )


def as_json(outcome: Outcome) -> dict[str, Any]:
    """Return all that was seen of a fault."""
    run = outcome.run
    return {
        "fault": outcome.fault.id,
        "what": outcome.fault.what,
        "verdict": outcome.judged.verdict,
        "missed": outcome.missed,
        "happened": happened(outcome),
        "took_s": round(run.took_s, 3),
        "told": [asdict(t) for t in run.told],
        "after": asdict(run.after) if run.after else None,
        "primary": [asdict(t) for t in run.primary],
        "fallback": [asdict(t) for t in run.fallback],
        "restricted": [asdict(t) for t in outcome.restricted],
        "restricted_bytes_out": outcome.bytes_out,
        "names_out": list(outcome.names_out),
    }


def counted(outcomes: list[Outcome]) -> str:
    """Return the verdicts on the peer in numbers, and what a proxy without a gate sends out."""
    counts = Counter(o.judged.verdict for o in outcomes)
    verdicts = f"{counts['pass']} passed, {counts['partial']} partial, {counts['safe']} safe, {counts['fail']} failed"
    asked, sent = sum(len(o.restricted) for o in outcomes), sum(o.bytes_out for o in outcomes)
    return f"{verdicts}; it has no gate: {sent} bytes out for {asked} restricted prompts"
