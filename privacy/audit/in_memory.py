"""An audit log in this process: for tests, and for a dry run that writes nothing down."""

import secrets
from collections.abc import Callable, Iterable
from datetime import UTC, datetime

from privacy.audit.chain import chained
from privacy.audit.digest import Sensitive, digest_under, normalised
from privacy.audit.key import KEY_BYTES, AuditKey
from privacy.audit.record import AuditEntry, AuditRecord
from privacy.audit.verdict import Verdict, verify
from privacy.labels import Label


class MemoryAudit:
    """A chain that ends with the process. Implements `privacy.audit.Audit`."""

    def __init__(
        self, key: AuditKey | None = None, *, clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self._key, self._clock = key or AuditKey.random(), clock
        self._signer = self._key.signer()
        self._subjects: dict[str, bytes] = {}
        self.entries: list[AuditEntry] = []

    async def append(self, record: AuditRecord) -> AuditEntry:
        """Add one entry and return it."""
        last = self.entries[-1] if self.entries else None
        self.entries += chained([record], last, self._clock(), self._signer)
        return self.entries[-1]

    async def digests(self, values: Iterable[Sensitive]) -> tuple[str, ...]:
        """Return the keyed digest of each value, in order."""
        return tuple(digest_under(self._key_of(value.key_subject), value) for value in values)

    async def erase(self, person: str) -> AuditEntry | None:
        """Destroy the key of a person and say so in the chain; None where there is none."""
        key = self._subjects.pop(normalised(person), None)
        if key is None:
            return None
        digest = digest_under(key, Sensitive("PERSON", person))
        return await self.append(AuditRecord("erased", "person_asked", Label.INTERNAL, digests=(digest,)))

    def verify(self) -> Verdict:
        """Return whether the chain still holds."""
        return verify(self.entries, signer=self._signer)

    def _key_of(self, subject: str) -> bytes:
        if not subject:
            return self._key.purpose("values")
        return self._subjects.setdefault(normalised(subject), secrets.token_bytes(KEY_BYTES))
