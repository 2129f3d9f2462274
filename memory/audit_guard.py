"""What guards the chain from outside the database: the head after each append, and an anchor now and then.

`head` is overwritten in place under its own lock and names the newest entry, so that nothing can be cut off the end.
`anchors.jsonl` only grows; its lines may be copied elsewhere and show for all time what the chain was. Both are signed.
"""

import fcntl
import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path

from psycopg.conninfo import conninfo_to_dict

from config.settings import Settings
from privacy.audit import AuditEntry
from privacy.audit.chain import Anchor, anchor_of, anchor_of_none, read_anchors
from privacy.audit.key import Signer
from privacy.errors import AuditUnavailable

ANCHOR_EVERY = 100
"""Entries between two anchors, at most."""
ANCHOR_AFTER = timedelta(hours=1)
"""Time after which the next entry is anchored."""
HEAD_BYTES = 512
"""The head is padded to one sector, which a disk writes whole."""


def guard_folder(settings: Settings) -> Path:
    """Return the folder that guards the chain of the configured database: each database has a chain of its own."""
    folder = settings.home / "audit"
    if settings.database_url is None:
        return folder
    place = conninfo_to_dict(settings.database_url)
    named = {key: str(place[key]) for key in ("host", "hostaddr", "port", "dbname", "options") if place.get(key)}
    return folder / hashlib.sha256(json.dumps(named, sort_keys=True).encode()).hexdigest()[:12]


class Guard:
    """The files of one chain. Methods block for fractions of a millisecond; they raise `AuditUnavailable`."""

    def __init__(self, folder: Path, signer: Signer) -> None:
        self._signer = signer
        self.head_file, self.anchors_file = folder / "head", folder / "anchors.jsonl"

    def head(self) -> Anchor | None:
        """Return the newest entry that was acknowledged; None where there is no head."""
        with _readable(self.head_file):
            try:
                with self.head_file.open("rb") as file:
                    fcntl.flock(file, fcntl.LOCK_SH)
                    return self._parsed(file.read())
            except FileNotFoundError:
                return None

    def newest(self) -> Anchor | None:
        """Return the newest entry that is known of: the head, or else the last anchor."""
        with _readable(self.anchors_file):
            return self.head() or self._newest_anchor()

    def anchors(self) -> list[Anchor]:
        """Return the anchors that were kept, without the head."""
        with _readable(self.anchors_file):
            try:
                with self.anchors_file.open(encoding="utf-8") as file:
                    return list(read_anchors(file, self._signer))
            except FileNotFoundError:
                return []

    def begin(self, at: datetime) -> None:
        """Have a head before the first entry, so that a missing one always means that it was taken away."""
        self._keep(anchor_of_none(at, self._signer))

    def note(self, entry: AuditEntry) -> None:
        """Keep an entry as the head unless a newer one is there already, and anchor it where one is due."""
        self._keep(anchor_of(entry, self._signer))

    def _keep(self, anchor: Anchor) -> None:
        with _readable(self.head_file):
            self.head_file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            descriptor = os.open(self.head_file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX)
                self._keep_locked(descriptor, anchor)
            finally:
                os.close(descriptor)

    def _keep_locked(self, descriptor: int, anchor: Anchor) -> None:
        kept = os.read(descriptor, HEAD_BYTES)
        if kept and self._parsed(kept).seq >= anchor.seq:
            return
        if anchor.seq and _is_due(anchor, self._newest_anchor()):
            _append(self.anchors_file, _line(anchor))
        os.pwrite(descriptor, _line(anchor).rstrip().ljust(HEAD_BYTES - 1).encode() + b"\n", 0)

    def _parsed(self, kept: bytes) -> Anchor:
        return next(read_anchors([kept.decode()], self._signer))

    def _newest_anchor(self) -> Anchor | None:
        try:
            with self.anchors_file.open("rb") as file:
                file.seek(max(0, os.fstat(file.fileno()).st_size - HEAD_BYTES))
                lines = file.read().decode().splitlines()
        except FileNotFoundError:
            return None
        return next(read_anchors(lines[-1:], self._signer), None)


@contextmanager
def _readable(file: Path) -> Iterator[None]:
    try:
        yield
    except OSError as fault:
        raise AuditUnavailable(f"{file} cannot be used ({fault.strerror or fault}); mend its access or space") from None
    except ValueError as fault:
        raise AuditUnavailable(f"{file} does not hold: {fault}") from None


def _line(anchor: Anchor) -> str:
    return json.dumps(asdict(anchor), separators=(",", ":")) + "\n"


def _is_due(anchor: Anchor, newest: Anchor | None) -> bool:
    if newest is None or anchor.seq >= newest.seq + ANCHOR_EVERY:
        return True
    return datetime.fromisoformat(anchor.at) - datetime.fromisoformat(newest.at) >= ANCHOR_AFTER


def _append(path: Path, line: str) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        os.write(descriptor, line.encode())
    finally:
        os.close(descriptor)
