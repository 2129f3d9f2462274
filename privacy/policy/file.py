"""The policy's file: read as a whole, with errors at their line; a broken edit never opens or closes a door."""

import hashlib
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml  # type: ignore[import-untyped]
from pydantic import ValidationError

from privacy.errors import PolicyError
from privacy.policy.document import PolicyDocument, missing
from privacy.policy.policy import NOTHING_LEAVES, Policy
from telemetry.log import log

SHIPPED = Path(__file__).resolve().parents[2] / "config" / "privacy.yaml"
MAX_BYTES = 1_000_000
NEEDED = (
    "gpt-4o",
    "deepseek-v3",
    "gemini",
    "langsmith",
    "logs",
    "checkpoints",
    "ledger",
    "agent_memory",
    "response_cache",
)
"""The destinations that this program sends to; a file without one of them is refused, not guessed."""

Place = tuple[str | int, ...]


def load_policy(path: Path = SHIPPED) -> Policy:
    """Return the policy of a file. Raises `PolicyError` with file and line, and changes nothing."""
    try:
        content = path.read_bytes()
    except OSError as fault:
        raise PolicyError(
            path, 0, f"cannot be read ({fault.strerror}); restore it or set EAIO_PRIVACY_POLICY"
        ) from None
    if len(content) > MAX_BYTES:
        raise PolicyError(path, 0, f"{len(content):,} bytes; a policy has at most {MAX_BYTES:,}")
    lines, document = _parsed(path, content)
    try:
        found = PolicyDocument.model_validate(document)
    except ValidationError as fault:
        first = fault.errors()[0]
        raise PolicyError(path, _line(lines, first["loc"]), _words(first)) from None
    if lacking := missing(found, NEEDED):
        where = lines.get(("destinations",), 0)
        raise PolicyError(path, where, f"destination {', '.join(lacking)} is missing; write its four rows")
    return found.policy(hashlib.sha256(content).hexdigest()[:16])


def _parsed(path: Path, content: bytes) -> tuple[dict[Place, int], Any]:
    try:
        root = yaml.compose(content.decode("utf-8"), Loader=yaml.SafeLoader)
        if root is None:
            raise PolicyError(path, 1, "the file is empty")
        lines = dict(_places(path, root, (), set()))
        return lines, yaml.safe_load(content)
    except UnicodeDecodeError as fault:
        line = content[: fault.start].count(b"\n") + 1
        raise PolicyError(path, line, "not UTF-8") from None
    except yaml.MarkedYAMLError as fault:
        mark = fault.problem_mark
        raise PolicyError(path, mark.line + 1 if mark else 0, fault.problem or "not YAML") from None
    except (yaml.YAMLError, RecursionError) as fault:
        raise PolicyError(path, 0, f"not YAML ({type(fault).__name__})") from None


def _places(path: Path, node: yaml.Node, at: Place, seen: set[int]) -> Iterator[tuple[Place, int]]:
    """Yield the line of every key and item; a key given twice is an error, because the later one would win unseen."""
    if id(node) in seen:
        raise PolicyError(path, node.start_mark.line + 1, "anchors and aliases are not taken; write it out")
    seen.add(id(node))
    yield at, node.start_mark.line + 1
    if isinstance(node, yaml.SequenceNode):
        for i, item in enumerate(node.value):
            yield from _places(path, item, (*at, i), seen)
    if isinstance(node, yaml.MappingNode):
        keys: set[str] = set()
        for key, value in node.value:
            line = key.start_mark.line + 1
            if str(key.value) in keys:
                raise PolicyError(path, line, f"{key.value} is given twice; the rules overlap, leave one")
            keys.add(str(key.value))
            yield from _places(path, value, (*at, str(key.value)), seen)
            yield (*at, str(key.value)), line


def _line(lines: dict[Place, int], at: Place) -> int:
    """Return the line of a place, or of the nearest one around it that the file has."""
    return lines.get(at) or (_line(lines, at[:-1]) if at else 0)


def _words(fault: Any) -> str:
    where = ".".join(map(str, fault["loc"])) or "the document"
    return f"{where}: {fault['msg'].removeprefix('Value error, ')}"


class PolicyFile:
    """The policy of a file, read again when the file changes. A broken file keeps the policy of before, loudly."""

    def __init__(self, path: Path = SHIPPED) -> None:
        """Read the file. Where it is broken from the start, the policy in force lets nothing leave."""
        self.path = path
        self._reading = threading.Lock()
        self._policy = NOTHING_LEAVES
        self.fault: PolicyError | None = None
        """Why the file as it stands is not the policy in force; None where it is."""
        self._stamp = _stamp(path)
        self._reload()

    def current(self) -> Policy:
        """Return the policy in force."""
        with self._reading:
            stamp = _stamp(self.path)
            if stamp != self._stamp:
                self._stamp = stamp
                self._reload()
            return self._policy

    def _reload(self) -> None:
        try:
            found = load_policy(self.path)
        except PolicyError as fault:
            self.fault = fault
            before = f"the one of before ({self._policy.hash}) stays"
            kept = "nothing leaves" if self._policy is NOTHING_LEAVES else before
            log.error("the privacy policy is broken, %s: %s", kept, fault)
        else:
            if self._policy is not NOTHING_LEAVES:
                log.warning("the privacy policy was %s and is now %s", self._policy.hash, found.hash)
            self._policy, self.fault = found, None


def _stamp(path: Path) -> tuple[int, int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino
