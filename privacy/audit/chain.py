"""The chain: each entry holds the hash of the one before, and a signature that takes the key of the home.

The hash of an entry is SHA-256 over `eaio-audit-1`, a newline, and a JSON array of its fields in their order, without
spaces, non-ASCII characters escaped and keys sorted; the fields include the hash before. No two entries share an
encoding. The hash finds a change even without the key; the signature finds who rewrote the whole log without it.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from operator import attrgetter
from typing import Any, Final

from privacy.audit.key import Signer
from privacy.audit.record import FIELDS, AuditEntry, AuditRecord

VERSION: Final = 1
GENESIS: Final = "0" * 64
"""What the first entry has in place of a hash before it."""

_CHAINED = tuple(name for name in FIELDS if name not in ("hash", "mac"))
_values: Callable[[AuditEntry], tuple[Any, ...]] = attrgetter(*_CHAINED)
_encode = json.JSONEncoder(separators=(",", ":"), sort_keys=True, allow_nan=False).encode


def hash_of(entry: AuditEntry) -> str:
    """Return the hash that belongs to the content of an entry, whatever `hash` it carries.

    Raises `TypeError` or `ValueError` for what JSON does not have; no entry of ours holds such.
    """
    return _hash(_values(entry))


def _hash(values: Iterable[Any]) -> str:
    return hashlib.sha256(f"eaio-audit-{VERSION}\n{_encode(list(values))}".encode()).hexdigest()


def mac_text(hash_: str) -> str:
    """Return what the signature of the entry of this hash is made over."""
    return f"entry:{hash_}"


def chained(records: Iterable[AuditRecord], last: AuditEntry | None, at: datetime, signer: Signer) -> list[AuditEntry]:
    """Return records as the entries that follow `last`, or as the first ones of a chain."""
    entries: list[AuditEntry] = []
    for record in records:
        last = _after(last, record, at, signer)
        entries.append(last)
    return entries


def _after(last: AuditEntry | None, record: AuditRecord, at: datetime, signer: Signer) -> AuditEntry:
    content: dict[str, Any] = {
        "version": VERSION,
        "seq": last.seq + 1 if last else 1,
        "at": stamp(at),
        "label": record.label.name,
        "counts": dict(sorted(record.counts.items())),
        "digests": tuple(sorted(set(record.digests))),
        "key_id": signer.key_id,
        "previous": last.hash if last else GENESIS,
    }
    values = {name: content[name] if name in content else getattr(record, name) for name in _CHAINED}
    found = _hash(values.values())
    return AuditEntry(**values, hash=found, mac=signer.mac(mac_text(found)))


def stamp(at: datetime) -> str:
    """Return a time as entries hold it; texts of this form sort as the times do."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


@dataclass(frozen=True, slots=True)
class Anchor:
    """That an entry of this number and hash was there, signed and kept outside the database."""

    seq: int
    at: str
    hash: str
    key_id: str
    mac: str

    def is_signed_by(self, signer: Signer) -> bool:
        """Tell whether the signature holds."""
        return signer.signed(_anchor_text(self.seq, self.at, self.hash, self.key_id), self.mac)


def anchor_of(entry: AuditEntry, signer: Signer) -> Anchor:
    """Return the anchor of an entry."""
    return _anchor(entry.seq, entry.at, entry.hash, signer)


def anchor_of_none(at: datetime, signer: Signer) -> Anchor:
    """Return the anchor of a chain that has no entry yet."""
    return _anchor(0, stamp(at), GENESIS, signer)


def _anchor(seq: int, at: str, hash_: str, signer: Signer) -> Anchor:
    return Anchor(seq, at, hash_, signer.key_id, signer.mac(_anchor_text(seq, at, hash_, signer.key_id)))


def _anchor_text(seq: int, at: str, hash_: str, key_id: str) -> str:
    return f"anchor:{seq}:{at}:{hash_}:{key_id}"


def read_anchors(lines: Iterable[str], signer: Signer | None) -> Iterator[Anchor]:
    """Yield the anchors of a file, one JSON object a line. Raises `ValueError` naming a line that does not hold."""
    for number, line in enumerate(lines, 1):
        anchor = _read_anchor(line)
        if anchor is None or not (signer is None or anchor.is_signed_by(signer)):
            raise ValueError(f"line {number} was changed, or signed with another key")
        yield anchor


def _read_anchor(line: str) -> Anchor | None:
    try:
        found = Anchor(**json.loads(line))
    except (ValueError, TypeError, RecursionError):
        return None
    return found if type(found.seq) is int and all(map(_is_text, (found.at, found.hash, found.key_id))) else None


def _is_text(value: object) -> bool:
    return isinstance(value, str)
