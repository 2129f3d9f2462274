"""Declassifying facts: by rule, written to the audit log first, and remembered here.

The gate asks here for the label of a fact by the fact's fingerprint. A label that merely stands in the state, because
somebody wrote it there or because it comes from an earlier process, lowers nothing.
"""

import asyncio
from collections import Counter, OrderedDict
from collections.abc import Callable, Mapping

from privacy.audit import Audit, AuditRecord, Because
from privacy.declassify import Grounds, Lowered, declassify
from privacy.errors import AuditUnavailable
from privacy.labels import Label
from privacy.policy import Policy

KEPT = 100_000
BUDGET_S = 0.5
BECAUSE: Mapping[str, Because] = {
    "coarsening": "coarsened_to_month",
    "aggregation": "aggregation_15_15",
    "published": "published_benchmark",
    "consent": "owner_consent",
}


class Declassifier:
    """Lowers labels of facts by the policy's rules."""

    def __init__(self, policy: Callable[[], Policy], audit: Audit, *, budget_s: float = BUDGET_S) -> None:
        self._policy, self._audit, self._budget_s = policy, audit, budget_s
        self._lowered: OrderedDict[str, tuple[Label, str]] = OrderedDict()

    async def lower(self, facts: Mapping[str, Grounds]) -> tuple[dict[str, Label], str | None]:
        """Return the label of each fact, by its fingerprint, and a note where none could be lowered.

        Each use of a rule is in the audit log before this returns. Where that fails or takes too long, every fact
        keeps the label of its source.
        """
        policy = self._policy()
        before = {f: policy.label_of_source(g.source) for f, g in facts.items()}
        ways = {f: declassify(before[f], g, policy.rules) for f, g in facts.items()}
        try:
            async with asyncio.timeout(self._budget_s):
                await self._write_down(ways, policy)
        except TimeoutError:
            return before, f"nothing was declassified: the audit log took longer than {self._budget_s:g} s"
        except AuditUnavailable as why:
            return before, f"nothing was declassified: {why}"
        self._remember(ways, policy)
        return {f: way.label for f, way in ways.items()}, None

    def label_of(self, fingerprint: str) -> Label | None:
        """Return the label that a fact was lowered to under the policy in force; None where it was not."""
        label, under = self._lowered.get(fingerprint, (None, ""))
        return label if under == self._policy().hash else None

    async def _write_down(self, ways: Mapping[str, Lowered], policy: Policy) -> None:
        used = Counter((way.rule, way.label) for way in ways.values() if way.rule)
        for (rule, label), count in used.items():
            assert rule is not None, "only used rules are counted"
            record = AuditRecord(
                decision="declassified",
                because=BECAUSE[rule],
                label=label,
                rule=f"declassify/{rule}",
                policy_hash=policy.hash,
                counts={"FACTS": count},
            )
            await self._audit.append(record)

    def _remember(self, ways: Mapping[str, Lowered], policy: Policy) -> None:
        for fingerprint, way in ways.items():
            self._lowered.pop(fingerprint, None)
            if way.rule:
                self._lowered[fingerprint] = (way.label, policy.hash)
        while len(self._lowered) > KEPT:
            self._lowered.popitem(last=False)
