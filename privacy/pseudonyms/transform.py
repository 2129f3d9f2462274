"""Shifted dates and scaled values: what a rule may ask for besides names, and how it is undone.

Both are drawn once for a conversation. Dates move by years and up to a week, so that weekdays, seasons and the month
stay what they were. Energy, power, emissions and money grow by one factor, per square metre or hour too; areas,
temperatures, percentages and prices per kWh stay, so that every relation a model may reason from still holds.

What comes back as it was sent becomes the very figure that stood there; what a model worked out of such figures is
divided by the factor and shown with the digits that it had. A figure that the model took from elsewhere (a benchmark it
remembers) is divided as well and then is wrong: the verification that follows drops it, since no evidence carries it.
"""

import hashlib
import hmac
import re
from collections.abc import Callable
from dataclasses import dataclass

from privacy.pseudonyms.scaled_values import FIGURE, rescaled, unscaled
from privacy.pseudonyms.shifted_dates import DATE, shifted

HOLD = 128
"""Characters that a stream keeps back while figures and dates are undone; none with its unit is longer."""

Sent = dict[str, str]
"""What was sent, by what it stands for: a scaled figure to the original one, a shifted date to the original one."""


@dataclass(frozen=True, slots=True)
class Transform:
    """By how much dates are shifted and values scaled; None leaves them as they are."""

    shift_days: int | None = None
    scale: float | None = None

    def __post_init__(self) -> None:
        if self.scale is not None and not 0.1 <= self.scale <= 10:
            raise ValueError(f"scale is {self.scale}; it must lie between 0.1 and 10")
        if self.shift_days is not None and abs(self.shift_days) > 36_500:
            raise ValueError(f"shift_days is {self.shift_days}; it must lie within a hundred years")

    @classmethod
    def of(cls, key: bytes, *, shift_dates: bool, scale_values: bool) -> "Transform":
        """Draw from a conversation's key: 1 to 4 years and up to a week either way; 0.55 to 0.9, or 1.1 to 1.8."""
        drawn = hmac.digest(key, b"transform", hashlib.sha256)
        days = (1 + drawn[0] % 4) * 364 * (1 if drawn[1] & 1 else -1) + (drawn[2] % 3 - 1) * 7
        part = int.from_bytes(drawn[4:8]) / 2**32
        scale = round(1.1 + 0.7 * part if drawn[3] & 1 else 0.55 + 0.35 * part, 4)
        return cls(days if shift_dates else None, scale if scale_values else None)

    @property
    def pattern(self) -> re.Pattern[str] | None:
        """What it touches; None where it touches nothing."""
        wanted = [p.pattern for p, on in ((DATE, self.shift_days), (FIGURE, self.scale)) if on is not None]
        return re.compile("|".join(wanted), re.IGNORECASE) if wanted else None

    def scales(self, text: str) -> bool:
        """Tell whether a text is a figure that is scaled, so that it needs no placeholder."""
        found = FIGURE.search(text) if self.scale is not None else None
        return bool(found and found["lone"] is None)

    def hide(self, text: str, sent: Sent) -> str:
        """Shift and scale; write down in `sent` what stood there."""
        return self._each(text, lambda match: self._hidden(match, sent))

    def show(self, text: str, sent: Sent) -> str:
        """Undo `hide` in an answer."""
        return self._each(text, lambda match: self.shown(match, sent))

    def shown(self, match: re.Match[str], sent: Sent) -> str:
        """Return what one match of the pattern stands for."""
        if match.groupdict().get("figure") and self.scale is not None:
            return unscaled(match, self.scale, sent)
        return sent.get(match[0].casefold()) or shifted(match[0], -(self.shift_days or 0))

    def _hidden(self, match: re.Match[str], sent: Sent) -> str:
        if match.groupdict().get("figure") and self.scale is not None:
            return rescaled(match, self.scale, sent)
        moved = shifted(match[0], self.shift_days or 0)
        sent[moved.casefold()] = match[0]
        return moved

    def _each(self, text: str, change: Callable[[re.Match[str]], str]) -> str:
        pattern = self.pattern
        return pattern.sub(change, text) if pattern else text
