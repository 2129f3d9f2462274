"""The routing document's file, and the one that is shipped."""

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from config.settings import Settings
from config.yaml_file import DocumentError, read_document
from models.routing.document import RoutingDocument

SHIPPED = Path(__file__).resolve().parents[2] / "config" / "llm_routing.yaml"


@dataclass(frozen=True, slots=True)
class Routing:
    """A routing document, and the hash of the bytes that it was read from."""

    document: RoutingDocument
    hash: str


def load_routing(path: Path | None = None) -> Routing:
    """Return the routing of a file, the shipped one if none is given.

    Raises `DocumentError` with file and line: the file holds as a whole or not at all.
    """
    return _load(path or SHIPPED, _stamp(path or SHIPPED))


def fingerprint(settings: Settings) -> str:
    """Return a short hash of what shapes an answer, for receipts and the cache: the settings, and what is routed."""
    try:
        routed = load_routing(settings.routing).hash
    except DocumentError:
        routed = "none"
    return hashlib.sha256(f"{settings.fingerprint()} {routed}".encode()).hexdigest()[:12]


@lru_cache(maxsize=8)
def _load(path: Path, _stamp: tuple[int, int]) -> Routing:
    found, content, _ = read_document(path, RoutingDocument, restore="restore it or set EAIO_ROUTING")
    return Routing(found, hashlib.sha256(content).hexdigest()[:16])


def _stamp(path: Path) -> tuple[int, int]:
    try:
        status = path.stat()
    except OSError:
        return (0, 0)
    return status.st_mtime_ns, status.st_size
