"""Outdoor temperature, made ready for a model."""

import numpy as np

from tools.figures import Values

LONGEST_BRIDGE_HOURS = 6


def bridged(temperature_degc: Values, longest_hours: int = LONGEST_BRIDGE_HOURS) -> Values:
    """Return hourly temperatures with gaps of up to six hours filled by a straight line.

    Longer gaps stay NaN, and so do gaps at either end. Source: CalTRACK 2.0, section 2.2.4.1.
    """
    known = np.flatnonzero(np.isfinite(temperature_degc))
    if len(known) < 2:
        return temperature_degc
    at = np.arange(len(temperature_degc))
    line = np.interp(at, known, temperature_degc[known], left=np.nan, right=np.nan)
    after = np.searchsorted(known, at).clip(1, len(known) - 1)
    gap_hours = known[after] - known[after - 1] - 1
    return np.where(np.isfinite(temperature_degc) | (gap_hours > longest_hours), temperature_degc, line)
