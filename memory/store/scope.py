"""Whose rows a store sees: the tenant, the highest label, what has not expired. Part of every request."""

from collections.abc import Sequence
from dataclasses import dataclass

from memory.store.names import tenant_text, within
from privacy.labels import Label

NEVER_US = 2**62
"""Microseconds since 1970 that no clock reaches: what has no time to live."""


@dataclass(frozen=True)
class Scope:
    """A store's place: `base` begins the names of its collections, `consistency` is Milvus's level for reads."""

    base: str
    tenant: str
    max_label: Label
    consistency: str

    @property
    def items(self) -> str:
        """Name of the collection of items."""
        return f"{self.base}_items"

    def vectors(self, fingerprint: str) -> str:
        """Name of the collection of vectors that one index made."""
        return f"{self.base}_vectors_{fingerprint}"

    @property
    def ours(self) -> str:
        """Return the filter for all that belongs to the tenant."""
        return f'tenant == "{tenant_text(self.tenant)}"'

    def visible(self, prefix: Sequence[str]) -> str:
        """Return the filter for what may be seen within a namespace, expired or not."""
        return " and ".join(filter(None, (self.ours, within(prefix), f"label <= {int(self.max_label)}")))

    def live(self, prefix: Sequence[str], now_us: int) -> str:
        """Return the filter for heads that may be seen and have not expired."""
        return f"{self.visible(prefix)} and part == 0 and expires_at > {now_us}"
