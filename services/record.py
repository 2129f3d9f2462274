"""What is remembered of a running service, and how it is known again.

A process id alone proves nothing: ids are used again. A record therefore keeps when the process was born, and a
process without a record (its starter was killed before it could write one) is known by its whole command line.
"""

import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from services.errors import ServiceMissing
from services.pid import born_s, process_table
from services.service import Service


@dataclass(frozen=True)
class Record:
    """One process. `ready` turns true once it has answered, and only then may others attach without asking it."""

    pid: int
    born_s: float
    port: int
    ready: bool = False

    def is_alive(self) -> bool:
        """Tell whether this very process still runs."""
        return born_s(self.pid) == self.born_s


def read(path: Path) -> Record | None:
    """Return the record kept at `path`; None where there is none, or none that can be read."""
    try:
        kept = json.loads(path.read_bytes())
        return Record(int(kept["pid"]), float(kept["born_s"]), int(kept["port"]), bool(kept["ready"]))
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return None


def write(path: Path, record: Record) -> None:
    """Keep `record` at `path` in one step, so that a reader sees the old one or the new one."""
    staged = path.with_suffix(".new")
    staged.write_text(json.dumps(asdict(record)))
    staged.replace(path)


def mark_ready(path: Path, record: Record) -> Record:
    """Keep that `record` has answered."""
    ready = replace(record, ready=True)
    write(path, ready)
    return ready


def find(service: Service) -> Record | None:
    """Return the living process of `service`: the recorded one, else one that has no record."""
    return find_recorded(service) or _find_unrecorded(service)


def find_recorded(service: Service) -> Record | None:
    """Return the recorded process of `service` if it lives."""
    record = read(service.record_file)
    return record if record is not None and record.is_alive() else None


def _find_unrecorded(service: Service) -> Record | None:
    try:
        pattern = service.command_pattern()
    except ServiceMissing:
        return None
    candidates = []
    for process in process_table():
        match = pattern.fullmatch("\0".join(process.words[1:])) if process.uid == service.account.uid else None
        if match and (born := born_s(process.pid)) is not None:
            candidates.append(Record(process.pid, born, int(match[1])))
    # A child of PostgreSQL carries its parent's words until it has renamed itself; the parent is the oldest.
    return min(candidates, key=lambda record: record.born_s, default=None)
