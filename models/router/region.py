"""Where a cloud works on what it is sent."""

from collections.abc import Iterable


def lies_in_one(region: str, allowed: Iterable[str]) -> bool:
    """Tell whether a region is one of those or lies in one: `eu-west-1` lies in `eu`, and `euro` does not."""
    return any(region == wide or region.startswith(f"{wide}-") for wide in allowed)
