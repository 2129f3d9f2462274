"""Read a question by the grammar, once for all who ask it in the same minute over the same names."""

from collections import OrderedDict
from datetime import datetime

from tools.energy_query import EnergyQuery
from tools.grammar import Parsed, parse
from tools.readings import Inventory

MOST = 512
Asked = tuple[str, datetime, int, EnergyQuery | None, EnergyQuery | None, str | None]


class Reader:
    """Questions that were read last. They belong to one inventory: with another one all are read anew."""

    def __init__(self) -> None:
        self._inventory: Inventory | None = None
        self._read: OrderedDict[Asked, Parsed] = OrderedDict()

    def read(
        self,
        question: str,
        inventory: Inventory,
        now: datetime,
        max_chars: int,
        previous: EnergyQuery | None,
        earlier: EnergyQuery | None = None,
        leader: str | None = None,
    ) -> Parsed:
        """Return what `tools.grammar.parse` makes of a question at the start of this minute. Raises as it does."""
        if inventory is not self._inventory:
            self._inventory = inventory
            self._read.clear()
        asked = (question, now.replace(second=0, microsecond=0), max_chars, previous, earlier, leader)
        if (known := self._read.get(asked)) is None:
            known = self._read[asked] = parse(question, inventory, asked[1], *asked[2:])
            if len(self._read) > MOST:
                self._read.popitem(last=False)
        return known


read_question = Reader().read
