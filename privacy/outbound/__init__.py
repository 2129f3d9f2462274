"""Stage 2 of detection, for text bound outward: names found by models of language."""

from privacy.outbound.detector import Outbound
from privacy.spans import Span

__all__ = ["Outbound", "shared", "spans_of"]

shared = Outbound()
"""The models of this process, loaded when first used. Set `shared.cache` to a folder before, and they are faster."""


def spans_of(text: str) -> list[Span]:
    """Return the persons, organisations, places, addresses and personal numbers of a text."""
    return shared.spans_of(text)
