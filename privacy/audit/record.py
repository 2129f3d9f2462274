"""What the audit log says of a decision, and the port through which the gate says it.

An entry holds names of the policy, counts and keyed digests, never a value: each text of a record has a form that
words of a person do not fit, and reasons come from a closed list.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from typing import Literal, Protocol, get_args

from privacy.audit.digest import Sensitive
from privacy.labels import Label

Decision = Literal["cleared", "pseudonymised", "denied", "declassified", "erased", "policy_changed", "anchor"]

Because = Literal[
    "rule",
    "no_rule",
    "unknown_destination",
    "label",
    "detector_failed",
    "not_clean",
    "not_local",
    "gate_failed",
    "expired",
    "too_large",
    "bad_request",
    "aggregation_15_15",
    "coarsened_to_month",
    "published_benchmark",
    "owner_consent",
    "person_asked",
    "policy_file",
    "guard_renewed",
]
REASONS: Mapping[Because, str] = {
    "rule": "the rule says so",
    "no_rule": "no rule allows it",
    "unknown_destination": "the policy does not know the destination",
    "label": "too sensitive for the destination",
    "detector_failed": "a detector failed, so the text counts as restricted",
    "not_clean": "the pseudonymised text still held something sensitive",
    "not_local": "an address that was to be local is not",
    "gate_failed": "the gate itself failed",
    "expired": "the clearance was too old",
    "too_large": "the text is too large to be examined",
    "bad_request": "the request cannot be read",
    "aggregation_15_15": "a total over at least 15 buildings, none above 15 % of it",
    "coarsened_to_month": "coarsened to whole months",
    "published_benchmark": "a published benchmark",
    "owner_consent": "the owner of the building consented in writing",
    "person_asked": "the person asked for it",
    "policy_file": "the policy file was changed",
    "guard_renewed": "the files that guard the end of the log were not there and were begun anew",
}
"""Why, in words for a person."""

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:/@+-]{0,79}")
TYPE = re.compile(r"[A-Z][A-Z0-9_]{0,39}")
HEX = re.compile(r"[0-9a-f]{1,64}")
DIGEST = re.compile(r"[0-9a-f]{32}")
MAX_DIGESTS = 20_000


@dataclass(frozen=True, slots=True)
class AuditRecord:
    """One decision, as the gate tells it. Raises `ValueError` where a field could carry what must not be kept.

    The error names the field and not its value, which is what must not be repeated.
    """

    decision: Decision
    because: Because
    label: Label
    destination: str = ""
    """A destination of the policy; empty where nothing was bound outward."""
    rule: str = ""
    """The rule that decided, by its name in the policy."""
    policy_hash: str = ""
    model: str = ""
    tenant: str = ""
    """A name without spaces."""
    asker: str = ""
    """Keyed digest of the person who asked; see `Audit.digests`."""
    conversation: str = ""
    """Keyed digest of the conversation."""
    counts: Mapping[str, int] = field(default_factory=dict)
    """How many spans of each type the text held."""
    digests: tuple[str, ...] = ()
    """Keyed digests of the spans; see `Audit.digests`."""
    bytes_out: int = 0
    prompt_digest: str = ""
    """Keyed digest of what was cleared."""

    def __post_init__(self) -> None:
        for name, is_fit in self._checks().items():
            if not is_fit:
                raise ValueError(f"audit record: {name} is not of the form that an entry may hold")

    def _checks(self) -> dict[str, bool]:
        return {
            "decision": self.decision in get_args(Decision),
            "because": self.because in REASONS,
            **{name: _fits(NAME, getattr(self, name)) for name in ("destination", "rule", "model", "tenant")},
            **{name: _fits(DIGEST, getattr(self, name)) for name in ("asker", "conversation", "prompt_digest")},
            "policy_hash": _fits(HEX, self.policy_hash),
            "counts": all(TYPE.fullmatch(kind) and _is_count(n) for kind, n in self.counts.items()),
            "digests": len(self.digests) <= MAX_DIGESTS and all(map(DIGEST.fullmatch, self.digests)),
            "bytes_out": _is_count(self.bytes_out),
        }


def _fits(form: re.Pattern[str], text: str) -> bool:
    return not text or bool(form.fullmatch(text))


def _is_count(number: int) -> bool:
    return type(number) is int and 0 <= number < 1 << 63


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One link of the chain, as it is kept. `privacy.audit.chain` makes entries and says whether one still holds."""

    version: int
    seq: int
    at: str
    """UTC in ISO 8601 with microseconds and `Z`, kept as the text that was hashed."""
    tenant: str
    asker: str
    conversation: str
    label: str
    destination: str
    decision: str
    rule: str
    because: str
    policy_hash: str
    model: str
    counts: Mapping[str, int]
    digests: tuple[str, ...]
    bytes_out: int
    prompt_digest: str
    key_id: str
    """Which key signed, not the key."""
    previous: str
    hash: str
    mac: str

    def as_json(self) -> dict[str, object]:
        """Return the entry as plain JSON, in the order of its fields."""
        plain = {name: getattr(self, name) for name in FIELDS}
        return {**plain, "counts": dict(self.counts), "digests": list(self.digests)}


FIELDS = tuple(f.name for f in fields(AuditEntry))


class Audit(Protocol):
    """Where decisions are written down. What cannot be written down may not leave."""

    async def append(self, record: AuditRecord) -> AuditEntry:
        """Write one entry and return it; once this returns, the entry cannot be taken away unseen.

        Raises `AuditUnavailable`.
        """
        ...

    async def digests(self, values: Iterable[Sensitive]) -> tuple[str, ...]:
        """Return the keyed digest of each value, in order. Raises `AuditUnavailable`."""
        ...
