"""Whether a chain is still what was written: verification, entry by entry, up to the first that does not hold."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from privacy.audit.chain import GENESIS, Anchor, hash_of, mac_text
from privacy.audit.key import Signer
from privacy.audit.record import AuditEntry


@dataclass(frozen=True, slots=True)
class Fault:
    """The first thing that does not hold."""

    seq: int | None
    """The number of the entry; None where it is not an entry that is wrong but what guards the chain."""
    why: str

    def __str__(self) -> str:
        return self.why if self.seq is None else f"entry {self.seq}: {self.why}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a verification."""

    entries: int
    """How many entries hold."""
    first: int = 0
    last: AuditEntry | None = None
    """The last one that holds; its hash is the head of the chain where all of it does."""
    fault: Fault | None = None
    signatures: bool = True
    """Whether signatures were checked; without the key only the hashes can be."""
    policies: tuple[str, ...] = field(default_factory=tuple)
    """The hashes of the policies that the entries name, in the order of their first use."""

    @property
    def intact(self) -> bool:
        """Tell whether everything holds."""
        return self.fault is None


class Verifier:
    """Takes entries one by one, in their order; `verdict` says what they came to.

    `anchors` are what is known of the chain from outside it. A `whole` chain begins with entry 1, a part anywhere.
    """

    def __init__(self, signer: Signer | None, anchors: Iterable[Anchor] = (), *, whole: bool = True) -> None:
        self._signer, self._whole = signer, whole
        self._anchors: dict[int, Anchor] = {}
        self._last: AuditEntry | None = None
        self._first = self._count = 0
        self._policies: dict[str, None] = {}
        self.fault: Fault | None = None
        for anchor in anchors:
            self._know(anchor)

    def _know(self, anchor: Anchor) -> None:
        known = self._anchors.setdefault(anchor.seq, anchor)
        if known.hash != anchor.hash and self.fault is None:
            self.fault = Fault(anchor.seq, "two anchors name different entries of this number: the chain was rewritten")

    def feed(self, entry: AuditEntry) -> None:
        """Take the next entry; after the first fault the rest is not looked at."""
        if self.fault is None:
            self.fault = self._fault_of(entry)
        if self.fault is None:
            self._last, self._count = entry, self._count + 1
            self._first = self._first or entry.seq
            self._policies[entry.policy_hash] = None

    def say(self, fault: Fault | None) -> None:
        """Note a fault that another reader found, such as a line that is no entry."""
        self.fault = self.fault or fault

    def verdict(self) -> Verdict:
        """Return what was found. Anchors beyond the last entry show that entries after it are gone."""
        beyond = self._anchors and max(self._anchors)
        reached = self._last.seq if self._last else 0
        if self.fault is None and self._whole and beyond and beyond > reached:
            self.fault = Fault(reached + 1, f"gone; the chain once reached entry {beyond}, so its end was cut off")
        policies = tuple(filter(None, self._policies))
        return Verdict(self._count, self._first, self._last, self.fault, self._signer is not None, policies)

    def _fault_of(self, entry: AuditEntry) -> Fault | None:
        misplaced = self._misplaced(entry)
        if misplaced is not None:
            return misplaced
        why = self._broken(entry)
        return Fault(entry.seq, why) if why else None

    def _misplaced(self, entry: AuditEntry) -> Fault | None:
        if self._last is None and not self._whole:
            return None
        before = self._last.seq if self._last else 0
        if entry.seq == before + 1:
            return None
        if entry.seq == before:
            return Fault(entry.seq, "there twice")
        if entry.seq < before:
            return Fault(entry.seq, f"out of order, it comes after entry {before}")
        place = f"after entry {before}" if before else "at the beginning"
        return Fault(before + 1, f"deleted or moved; entry {entry.seq} comes {place}")

    def _broken(self, entry: AuditEntry) -> str:
        """Return what is wrong with an entry that is in its place; empty where nothing is."""
        if not _has_own_hash(entry):
            return "edited; its content is not what its hash was made from"
        if not self._follows(entry):
            return "replaced; it does not follow from the entry before it"
        if self._signer and not self._signer.signed(mac_text(entry.hash), entry.mac):
            return _unsigned(entry, self._signer)
        anchor = self._anchors.get(entry.seq)
        if anchor and anchor.hash != entry.hash:
            return f"another entry than on {anchor.at}, when an anchor was kept; the chain was rewritten"
        return ""

    def _follows(self, entry: AuditEntry) -> bool:
        if self._last is None:
            return entry.previous == GENESIS or not self._whole
        return entry.previous == self._last.hash


def _has_own_hash(entry: AuditEntry) -> bool:
    try:
        return hash_of(entry) == entry.hash
    except (TypeError, ValueError):
        return False


def _unsigned(entry: AuditEntry, signer: Signer) -> str:
    if entry.key_id == signer.key_id:
        return "not signed with the key of this home; someone without the key wrote or changed it"
    return (
        f"signed with key {entry.key_id}, this home has {signer.key_id}; written by someone without this key, or by"
        " another home: homes that share a database share the file keys/audit.key"
    )


def verify(
    entries: Iterable[AuditEntry], anchors: Iterable[Anchor] = (), signer: Signer | None = None, *, whole: bool = True
) -> Verdict:
    """Verify entries that are all at hand; see `Verifier`."""
    verifier = Verifier(signer, anchors, whole=whole)
    for entry in entries:
        verifier.feed(entry)
    return verifier.verdict()
