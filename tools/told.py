"""What people told of buildings, typed: a field and its value, with who told it, when, and for which days.

Figures of use are never among it: those come from readings alone.
"""

import dataclasses
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Literal

from privacy.labels import Label

ToldField = Literal["opening", "use", "area_m2", "floors", "year_built", "event", "note"]
OF_THE_BUILDING: tuple[ToldField, ...] = ("use", "area_m2", "floors", "year_built")
"""Fields that are kept in the building itself, so that there is one value of each and one trail of its changes."""


@dataclasses.dataclass(frozen=True, slots=True)
class ToldFact:
    """One thing that somebody told of a building, in force now.

    `value` is JSON: of `opening` a rule as `tools.told_hours` reads it; of an `event` its `kind`, `start` and `end`; of
    a `note` nothing; of the other fields the value under the name of the field. `text` is what was said. `confidence`
    is 1 where it was said without doubt. It holds on local days [start, end); None is open.
    """

    id: str
    building: str
    field: ToldField
    value: Mapping[str, Any] = dataclasses.field(hash=False)
    text: str
    who: str
    told_at: datetime
    label: Label
    confidence: float = 1.0
    start: date | None = None
    end: date | None = None

    def as_told(self) -> str:
        """Return its words with who told it and when, for a note beside an answer."""
        said = "" if self.confidence == 1 else ", not quite sure"
        return f'{self.building}: "{self.text}", as told on {self.told_at:%Y-%m-%d} by {self.who}{said} ({self.id})'
