"""The key of the audit log, and what is derived from it for each purpose.

One secret of a home signs entries, names the subjects of keys and wraps those keys. Each purpose has a key of its own,
so that what one reveals says nothing of another.
"""

import hmac
import secrets
from dataclasses import dataclass, field

KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class AuditKey:
    """The secret; its printed form does not show it."""

    secret: bytes = field(repr=False)

    @classmethod
    def random(cls) -> "AuditKey":
        """Return a new key."""
        return cls(secrets.token_bytes(KEY_BYTES))

    def purpose(self, name: str) -> bytes:
        """Return the key of one purpose, 32 bytes."""
        return hmac.digest(self.secret, b"eaio-audit-key-1\0" + name.encode(), "sha256")

    def signer(self) -> "Signer":
        """Return what signs and checks entries."""
        return Signer(self.purpose("name").hex()[:16], self.purpose("sign"))


@dataclass(frozen=True, slots=True)
class Signer:
    """Signs short texts: without the secret nobody can, and `key_id` tells which secret it was."""

    key_id: str
    _key: bytes = field(repr=False)

    def mac(self, text: str) -> str:
        """Return the signature of a text, 64 hexadecimal digits."""
        return hmac.digest(self._key, text.encode(), "sha256").hex()

    def signed(self, text: str, mac: object) -> bool:
        """Tell whether `mac` is the signature of a text."""
        return isinstance(mac, str) and mac.isascii() and hmac.compare_digest(self.mac(text), mac)
