"""Money as it is counted: whole nano-dollars, so that sums are exact and nothing is lost to rounding.

A token of the cheapest cloud costs some twenty nano-dollars.
"""

from math import ceil

NANO = 1_000_000_000
"""Nano-dollars in a US dollar."""


def nusd_of(usd: float) -> int:
    """Return US dollars in nano-dollars, rounded up: what was paid is never counted as less."""
    return ceil(round(usd * NANO, 3))


def usd_of(nusd: int) -> float:
    """Return nano-dollars in US dollars."""
    return nusd / NANO
