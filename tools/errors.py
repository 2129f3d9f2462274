"""What can go wrong when a question is turned into facts.

ToolError
├── BadQuestion          the question cannot be answered as it stands; carries what would help
│   ├── UnknownName      no such building or site; carries the nearest names
│   ├── BadPeriod        an impossible date, or an end before its start
│   └── UnitMismatch     a unit that does not measure what was asked
├── NoData               the question is fine, the data has nothing for it; carries what there is
│   └── TariffGap        a tariff says no price for an hour that has use; names the hours
└── DataUnavailable      the store does not answer; carries the remedy
"""

from collections.abc import Sequence


class ToolError(Exception):
    """A question did not become facts."""


class BadQuestion(ToolError):
    """The question cannot be answered as it stands."""


class UnknownName(BadQuestion):
    """No building or site has that name."""

    def __init__(self, name: str, nearest: Sequence[str]) -> None:
        self.name, self.nearest = name, tuple(nearest)
        hint = f"; did you mean {', '.join(nearest)}?" if nearest else "; `eaio data list` shows what there is"
        super().__init__(f"there is no building or site called {name!r}{hint}")


class BadPeriod(BadQuestion):
    """An impossible date, or an end before its start."""


class UnitMismatch(BadQuestion):
    """A unit that does not measure what was asked."""


class NoData(ToolError):
    """The data has nothing for the question."""


class TariffGap(NoData):
    """A tariff says no price for an hour that has use."""


class DataUnavailable(ToolError):
    """The store of building data does not answer."""
