"""What the entries of a period come to: who got how much of what, and what was refused."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from privacy.audit import AuditEntry

LEFT = frozenset({"cleared", "pseudonymised"})


@dataclass
class Sent:
    """What left in one way: to one destination and model, of one label, by one rule."""

    requests: int = 0
    bytes_out: int = 0
    types: Counter[str] = field(default_factory=Counter)


@dataclass
class Use:
    """When a policy was in force, as far as entries show."""

    first: str
    last: str
    entries: int = 1


@dataclass
class Figures:
    """Sums over entries."""

    entries: int = 0
    decisions: Counter[str] = field(default_factory=Counter)
    sent: dict[tuple[str, ...], Sent] = field(default_factory=lambda: defaultdict(Sent))
    """By destination, model, label, decision and rule."""
    denied: Counter[tuple[str, ...]] = field(default_factory=Counter)
    """By destination, label, rule and reason."""
    declassified: Counter[tuple[str, ...]] = field(default_factory=Counter)
    """By rule, reason and the label it led to."""
    tenants: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    policies: dict[str, Use] = field(default_factory=dict)
    events: list[AuditEntry] = field(default_factory=list)
    """Erasures, changes of the policy, renewals of what guards the log."""

    def add(self, entry: AuditEntry) -> None:
        """Count one entry."""
        self.entries += 1
        self.decisions[entry.decision] += 1
        self._add_policy(entry)
        if entry.decision in LEFT:
            self._add_sent(entry)
        elif entry.decision == "denied":
            self.denied[entry.destination, entry.label, entry.rule, entry.because] += 1
        elif entry.decision == "declassified":
            self.declassified[entry.rule, entry.because, entry.label] += 1
        else:
            self.events.append(entry)
        if entry.tenant:
            self.tenants[entry.tenant][entry.decision] += 1

    def _add_sent(self, entry: AuditEntry) -> None:
        way = self.sent[entry.destination, entry.model, entry.label, entry.decision, entry.rule]
        way.requests += 1
        way.bytes_out += entry.bytes_out
        way.types.update(entry.counts)

    def _add_policy(self, entry: AuditEntry) -> None:
        use = self.policies.get(entry.policy_hash)
        if use is not None:
            use.last, use.entries = entry.at, use.entries + 1
        elif entry.policy_hash:
            self.policies[entry.policy_hash] = Use(entry.at, entry.at)

    @property
    def requests_out(self) -> int:
        """Return how many requests left."""
        return sum(way.requests for way in self.sent.values())

    @property
    def bytes_out(self) -> int:
        """Return how many bytes of text left."""
        return sum(way.bytes_out for way in self.sent.values())


def figures_of(entries: Iterable[AuditEntry]) -> Figures:
    """Return the figures of entries that are all at hand."""
    figures = Figures()
    for entry in entries:
        figures.add(entry)
    return figures


def types_text(types: Mapping[str, int]) -> str:
    """Return counts by type as words, the most frequent first."""
    return ", ".join(f"{kind} {count:,}" for kind, count in sorted(types.items(), key=lambda pair: (-pair[1], pair[0])))
