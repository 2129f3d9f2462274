"""Sums of money as people read them: two decimals, and of a small sum its first two digits."""

from math import floor, isfinite, log10

NANO = 1_000_000_000
"""Nano-dollars in a dollar; the stores count in them."""


def dollars(usd: float) -> str:
    """Return `$1,234.50`, `$0.042`, `$0.00031`, `$0`; a sum below 0 with its sign before."""
    if usd == 0 or not isfinite(usd):
        return "$0" if usd == 0 else "no known sum"
    size = abs(usd)
    decimals = max(2, 1 - floor(log10(size)))
    return f"{'-' if usd < 0 else ''}${size:,.{decimals}f}"


def nano_dollars(nusd: int) -> str:
    """Return a sum that a store counted."""
    return dollars(nusd / NANO)
