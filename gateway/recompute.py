"""Compute a fact again from the data as it is now, and say whether it is the same."""

from dataclasses import dataclass

from tools.compute import compute
from tools.errors import BadQuestion, NoData
from tools.evidence import Evidence, iso_z
from tools.readings import Inventory, Readings

ROUNDING = 1e-12


@dataclass(frozen=True, slots=True)
class Again:
    """A fact computed again: the same, or in `changes` what is not. `fact` is None where there is none any more."""

    fact: Evidence | None
    changes: tuple[str, ...] = ()

    @property
    def same(self) -> bool:
        """Tell whether nothing has changed."""
        return self.fact is not None and not self.changes


async def compute_again(shown: Evidence, readings: Readings, inventory: Inventory) -> Again:
    """Return a fact that was shown, as it comes out now. Raises `DataUnavailable` where the store does not answer."""
    try:
        facts = (await compute(shown.query, readings, inventory)).evidence
    except (NoData, BadQuestion) as why:
        return Again(None, (f"it cannot be computed any more: {why}",))
    now = _counterpart(shown, facts)
    if now is None:
        return Again(None, ("the same question gives other facts now; ask it again",))
    return Again(now, tuple(_changes(shown, now)))


def _counterpart(shown: Evidence, facts: tuple[Evidence, ...]) -> Evidence | None:
    """Return the fact that stands where the shown one stood; a peak's own hour may have moved."""
    alike = [f for f in facts if (f.name, f.buildings, f.group) == (shown.name, shown.buildings, shown.group)]
    return next((f for f in alike if f.period == shown.period), alike[0] if alike else None)


def _changes(old: Evidence, new: Evidence) -> list[str]:
    """Say what differs, old first."""
    changes = []
    if abs(new.value - old.value) > ROUNDING * max(abs(old.value), abs(new.value)):
        changes.append(f"value: {old.value!r} {old.unit} is now {new.value!r} {new.unit}")
    if old.coverage != new.coverage:
        changes.append(f"coverage: {100 * old.coverage:.2f} % is now {100 * new.coverage:.2f} %")
    if old.period != new.period:
        spans = (f"{iso_z(p.start)} to {iso_z(p.end)}" for p in (old.period, new.period))
        changes.append(f"period: {' is now '.join(spans)}")
    if old.method != new.method:
        changes.append(f"method: {old.method!r} is now {new.method!r}")
    changes += [f"caveat gone: {c}" for c in old.caveats if c not in new.caveats]
    return changes + [f"new caveat: {c}" for c in new.caveats if c not in old.caveats]
