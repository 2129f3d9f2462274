"""What has been read of one part of a question, before its slots are filled."""

from dataclasses import dataclass

from tools.energy_query import EnergyQuery
from tools.grammar.names import Named
from tools.grammar.timeline import Timeline
from tools.readings import Inventory


@dataclass(frozen=True, slots=True)
class Reading:
    """What has been read of one part: its text, what names and periods left of it, and the part before.

    `said` is the text without its names, periods and amounts still in it; `rest` is without these too. `earlier` is the
    part before `before`.
    """

    text: str
    said: str
    rest: str
    named: Named
    line: Timeline
    comparing: bool
    before: EnergyQuery | None
    inventory: Inventory
    earlier: EnergyQuery | None = None
