"""What every figure of a decision must be, so that the decision can be made again from its record.

A NaN compares with nothing and infinity has no JSON, so neither is ever in a request; and what is larger than `MOST` is
no figure of this world. Products of two such figures are still far from overflowing.
"""

from models.router.errors import BadRequest

MOST = 1e12


def require_figure(whose: str, name: str, value: float, most: float = MOST) -> None:
    """Raise `BadRequest` for a figure that is no number from 0 to `most`."""
    if not 0 <= value <= most:
        raise BadRequest(f"{name} of {whose} is {value!r}; give a number from 0 to {most:g}")


def as_figure(value: float) -> float:
    """Return what was measured as a figure: below 0 it is 0, above `MOST` or not a number it is `MOST`."""
    return max(0.0, float(value)) if value <= MOST else MOST


def in_millionths(value: float) -> float:
    """Return a figure rounded to six digits after the point; four times as quick as `round`, and as repeatable."""
    return int(value * 1e6 + 0.5) / 1e6


def in_seconds(value: float) -> str:
    """Write a time; a zero has no sign here, as it has none in a record."""
    return f"{value + 0.0:.3g} s"
