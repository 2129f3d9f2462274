"""The policy's file: read as a whole, with errors at their line; a broken edit never opens or closes a door."""

import hashlib
import threading
from pathlib import Path

from config.yaml_file import DocumentError, read_document
from privacy.errors import PolicyError
from privacy.policy.document import PolicyDocument, missing
from privacy.policy.policy import NOTHING_LEAVES, Policy
from telemetry.log import log

SHIPPED = Path(__file__).resolve().parents[2] / "config" / "privacy.yaml"
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


def load_policy(path: Path = SHIPPED) -> Policy:
    """Return the policy of a file. Raises `PolicyError` with file and line, and changes nothing."""
    try:
        found, content, lines = read_document(path, PolicyDocument, restore="restore it or set EAIO_PRIVACY_POLICY")
    except DocumentError as fault:
        raise PolicyError(fault.file, fault.line, fault.message) from None
    if lacking := missing(found, NEEDED):
        where = lines.get(("destinations",), 0)
        raise PolicyError(path, where, f"destination {', '.join(lacking)} is missing; write its four rows")
    return found.policy(hashlib.sha256(content).hexdigest()[:16])


class PolicyFile:
    """The policy of a file, read again when the file changes. A broken file keeps the policy of before, loudly."""

    def __init__(self, path: Path = SHIPPED) -> None:
        """Read the file. Where it is broken from the start, the policy in force lets nothing leave."""
        self.path = path
        self._reading = threading.RLock()  # what it logs is redacted by the policy in force, which asks it again
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
