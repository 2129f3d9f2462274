"""The policy: who may get what. Frozen; a run keeps the one it began with."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from privacy.declassify import Rules, matches
from privacy.labels import Label
from privacy.taxonomy import TYPES, label_of_type

Action = Literal["allow", "pseudonymise", "deny"]
Kind = Literal["cloud", "private", "trace", "log", "store"]


@dataclass(frozen=True, slots=True)
class Combination:
    """Types that say more together than each alone."""

    types: frozenset[str]
    label: Label


@dataclass(frozen=True, slots=True)
class Rule:
    """What is to be done, and the name of the row that says so: `gpt-4o/internal`."""

    action: Action
    name: str


@dataclass(frozen=True, slots=True)
class Destination:
    """Somewhere that a text may go: a cloud model, a trace, a log, a store."""

    name: str
    kind: Kind
    rows: Mapping[Label, Action]
    hosts: tuple[str, ...] = ()
    """`host` or `host:port`; requests go nowhere else."""
    residency: str = ""
    retention: str = ""
    shift_dates: bool = False
    """Whether dates are moved by a secret number of days in what is pseudonymised."""
    scale_values: bool = False
    """Whether amounts are multiplied by a secret factor in what is pseudonymised."""


@dataclass(frozen=True, slots=True)
class Policy:
    """One policy, known by the hash of its content."""

    hash: str
    types: Mapping[str, Label] = field(default_factory=lambda: TYPES)
    combinations: tuple[Combination, ...] = ()
    sources: Mapping[str, Label] = field(default_factory=dict)
    rules: Rules = field(default_factory=Rules)
    kept_values: frozenset[str] = frozenset()
    destinations: Mapping[str, Destination] = field(default_factory=dict)

    def rule(self, destination: str, label: Label) -> Rule:
        """Return what is to be done with a text of a label for a destination; what nobody has written is denied."""
        known = self.destinations.get(destination)
        if known is None or label not in known.rows:
            return Rule("deny", "default")
        return Rule(known.rows[label], f"{destination}/{label.name.lower()}")

    def label_of_source(self, source: str) -> Label:
        """Return how sensitive data of a source is; the longest pattern wins, and an unknown source is RESTRICTED."""
        meant = [pattern for pattern in self.sources if matches(pattern, source)]
        return self.sources[max(meant, key=len)] if meant else Label.RESTRICTED

    def label_of_type(self, kind: str) -> Label:
        """Return how sensitive a kind of thing is; an unknown kind is RESTRICTED."""
        return label_of_type(kind, self.types)


NOTHING_LEAVES = Policy(hash="none")
"""The policy of a start without a readable file: every source is RESTRICTED, and nobody gets anything."""
