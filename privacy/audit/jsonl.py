"""The chain as lines of JSON, a file that can be verified where there is no database.

One entry a line, then a closing line that says how many there were, signed, so that a file that was cut short at
either end is found.
"""

import json
from collections.abc import Iterable
from typing import Any

from privacy.audit.chain import Anchor
from privacy.audit.key import Signer
from privacy.audit.record import FIELDS, AuditEntry
from privacy.audit.verdict import Fault, Verdict, Verifier

CLOSING = "closing"
_FIELDS = frozenset(FIELDS)
_WHOLE_NUMBERS = ("version", "seq", "bytes_out")
_TEXTS = tuple(name for name in FIELDS if name not in (*_WHOLE_NUMBERS, "counts", "digests"))


def entry_line(entry: AuditEntry) -> str:
    """Return an entry as one line."""
    return json.dumps(entry.as_json(), separators=(",", ":")) + "\n"


def closing_line(first: AuditEntry | None, last: AuditEntry | None, signer: Signer) -> str:
    """Return the line that ends a file of the entries from `first` to `last`."""
    said: dict[str, Any] = {
        "first": first.seq if first else 0,
        "last": last.seq if last else 0,
        "hash": last.hash if last else "",
        "key_id": signer.key_id,
    }
    said["mac"] = signer.mac(_closing_text(said))
    return json.dumps({CLOSING: said}, separators=(",", ":")) + "\n"


def _closing_text(said: dict[str, Any]) -> str:
    return "closing:" + json.dumps({name: said[name] for name in said if name != "mac"}, sort_keys=True)


def verify_lines(lines: Iterable[str], anchors: Iterable[Anchor] = (), signer: Signer | None = None) -> Verdict:
    """Verify a file. Without `signer` hashes and order are checked, and signatures are not."""
    verifier, closing = Verifier(signer, anchors, whole=False), None
    for number, line in enumerate(lines, 1):
        found = _read(line)
        if closing is not None or found is None:
            verifier.say(Fault(None, f"line {number} is no audit entry, or comes after the closing line"))
        elif isinstance(found, AuditEntry):
            verifier.feed(found)
        else:
            closing = found
        if verifier.fault:
            break
    verdict = verifier.verdict()
    if verdict.intact:
        verifier.say(_cut_short(closing, verdict, signer))
    return verifier.verdict()


def _cut_short(closing: dict[str, Any] | None, verdict: Verdict, signer: Signer | None) -> Fault | None:
    if closing is None:
        after = verdict.last.seq + 1 if verdict.last else None
        return Fault(after, "the file has no closing line: its end was cut off")
    if signer and not signer.signed(_closing_text(closing), closing.get("mac")):
        return Fault(None, "the closing line was changed, or signed with another key")
    last = verdict.last
    if (closing.get("first"), closing.get("last"), closing.get("hash")) == (
        verdict.first,
        last.seq if last else 0,
        last.hash if last else "",
    ):
        return None
    said = f"the closing line speaks of entries {closing.get('first')!r} to {closing.get('last')!r}"
    return Fault(None, f"{said}, the file has {verdict.first} to {last.seq if last else 0}")


def _read(line: str) -> AuditEntry | dict[str, Any] | None:
    """Return an entry, the content of a closing line, or None for what is neither."""
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict):
        return None
    closing = found.get(CLOSING)
    if closing is not None:
        return closing if isinstance(closing, dict) and len(found) == 1 else None
    return AuditEntry(**found | {"digests": tuple(found["digests"])}) if _is_entry(found) else None


def _is_entry(found: dict[str, Any]) -> bool:
    return (
        found.keys() == _FIELDS
        and all(type(found[name]) is int for name in _WHOLE_NUMBERS)
        and all(isinstance(found[name], str) for name in _TEXTS)
        and isinstance(found["digests"], list)
    )
