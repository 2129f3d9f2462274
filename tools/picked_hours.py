"""Hours picked by weekday and by clock: 'on Sundays', 'from 17:00 to 19:00', 'on weekdays from 22:00 to 06:00'.

The readings are hourly, so a span of the clock is of whole hours. An hour belongs to its own calendar day: of weekdays
from 22:00 to 06:00, Saturday's hours after midnight are none, and Monday's are some.
"""

from itertools import pairwise
from typing import TYPE_CHECKING, Final, Literal, Self, get_args

from pydantic import BaseModel, ConfigDict, Field, model_validator

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
WEEK: Final[tuple[Weekday, ...]] = get_args(Weekday)
WORKING_DAYS: Final = WEEK[:5]
FREE_DAYS: Final = WEEK[5:]


class PickedHours(BaseModel):
    """Some weekdays, some hours of the clock, or those hours of those days. `to_hour` is excluded; 22 to 6 is a night.

    Raises `ValueError` where nothing is picked, or only one end of the clock is given.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    weekdays: tuple[Weekday, ...] = Field(default=(), description="Empty for every day.")
    from_hour: int | None = Field(default=None, ge=0, le=23, description="First hour of the day; none for all of it.")
    to_hour: int | None = Field(default=None, ge=1, le=24, description="Hour at which it ends, excluded.")
    outside: bool = Field(
        default=False, exclude_if=lambda outside: not outside, description="All hours but those of those days."
    )

    @model_validator(mode="after")
    def _picks_something(self) -> Self:
        if (self.from_hour is None) != (self.to_hour is None):
            raise ValueError("a span of the clock needs both ends, as in 17 to 19")
        if (self.from_hour, self.to_hour) == (0, 24):  # all day
            object.__setattr__(self, "from_hour", None)
            object.__setattr__(self, "to_hour", None)
        if self.from_hour is None and not self.weekdays:
            raise ValueError("nothing is picked; name weekdays, or hours as in 17 to 19")
        if self.from_hour == self.to_hour and self.from_hour is not None:
            raise ValueError(f"the span from {self.from_hour}:00 to {self.to_hour}:00 has no hour")
        if self.outside and not (self.weekdays and self.from_hour is not None):
            raise ValueError("hours outside need both weekdays and a span of the clock")
        ordered = tuple(day for day in WEEK if day in self.weekdays)
        if ordered != self.weekdays:
            object.__setattr__(self, "weekdays", ordered)
        return self

    @property
    def hours_a_day(self) -> float:
        """Return how many hours of a day that is picked count; outside some hours, on average over the week."""
        if self.outside:
            return 24 - self._inside_a_day() * len(self.weekdays) / 7
        return self._inside_a_day()

    def _inside_a_day(self) -> int:
        if self.from_hour is None or self.to_hour is None:
            return 24
        return (self.to_hour - self.from_hour) % 24 or 24

    @property
    def days_a_week(self) -> int:
        """Return how many days of a week are picked."""
        return 7 if self.outside else len(self.weekdays) or 7

    def mask(self, hour: "NDArray[np.int64]", weekday: "NDArray[np.int64]") -> "NDArray[np.bool_]":
        """Tell which of some hours are picked, by their local hour of the day and weekday, Monday 0."""
        import numpy as np  # takes a tenth of a second, which whoever only writes a query does not need

        picked = np.ones(len(hour), dtype=bool)
        if self.weekdays:
            picked &= np.isin(weekday, [WEEK.index(day) for day in self.weekdays])
        if self.from_hour is not None and self.to_hour is not None:
            later, earlier = hour >= self.from_hour, hour < self.to_hour
            picked &= later & earlier if self.from_hour < self.to_hour else later | earlier
        return ~picked if self.outside else picked

    def __str__(self) -> str:
        """Say what is picked: 'Sundays', '17:00 to 19:00', 'Mondays and Fridays, 22:00 to 06:00'."""
        said = ", ".join(filter(None, [days_words(self.weekdays), self._clock()]))
        return f"hours outside {said}" if self.outside else said

    def _clock(self) -> str:
        return "" if self.from_hour is None else f"{self.from_hour:02d}:00 to {self.to_hour:02d}:00"

    def words(self) -> str:
        """Say it as a part of a sentence, with a space before: ' on Sundays from 10:00 to 12:00'."""
        days = f" on {days_words(self.weekdays)}" if self.weekdays else ""
        clock = f" from {self._clock()}" if self.from_hour is not None else ""
        if self.outside:
            return f" outside {days_words(self.weekdays)}{clock}"
        crosses = self.from_hour is not None and self.to_hour is not None and self.from_hour > self.to_hour
        own = " (each hour by its own calendar day)" if days and crosses and self.to_hour != 24 else ""
        return days + clock + own


def days_words(days: tuple[Weekday, ...]) -> str:
    """Say some weekdays: 'Sundays', 'Mondays to Thursdays', 'Mondays and Fridays'."""
    names = [f"{day.capitalize()}s" for day in days]
    if len(days) > 2 and all(WEEK.index(b) == WEEK.index(a) + 1 for a, b in pairwise(days)):
        return f"{names[0]} to {names[-1]}"
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else "".join(names)
