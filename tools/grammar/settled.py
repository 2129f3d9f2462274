"""What an analysis of cost, waste or a model settles or refuses once its query is otherwise filled."""

import re
from typing import Any, Final

from tools.absence import cannot_answer
from tools.energy_query import Period
from tools.errors import BadQuestion, NoData
from tools.grammar import dates
from tools.grammar import vocabulary as v
from tools.grammar.reading import Reading
from tools.grammar.unused import reject_one_side
from tools.tariffs import has_tariff

A_CHARGE: Final = re.compile(
    r"\b(?:what(?:'s| is| are| was| were)?|how (?:much|high) (?:is|are|was|were)) (?:the |our |its )?(?:\w+ )?"
    r"(?:standing|fixed|availability|capacity|demand|reactive) charges?\b"
)
OTHER_HOURS: Final = re.compile(
    r"\bif (?:\w+ )?(?:it|they|we|that|the \w+)? ?(?:were )?(?:shut|clos\w+|open\w*|start\w*|stop\w*|finish\w*|"
    r"locked up|"
    r"switched (?:on|off)|turned (?:on|off))(?: \w+){0,2}? (?:at|by|until|from|before|after) \d"
)
ABOUT: Final = re.compile(
    r"\b(?:around|about|round|near|circa|close to|somewhere in|in the region of)(?: about)? (?:the )?"
    r"(?:(?P<new_year>new year(?:'?s)?(?: day)?)\b|(?:(?:turn|start|beginning|middle|end|"
    r"time) of )?(?:the )?(?:\d{1,2}\w{0,2} )?"
    r"(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*|spring|summer|autumn|winter|(?:19|20)\d\d)\b)"
)
HEATING: Final = re.compile(r"\b(?:heat(?:ing|ed|s)?|boilers?)\b")


def settle_charge(values: dict[str, Any], s: Reading, _notes: list[str]) -> None:
    """Raise `NoData` for a charge of a supply contract where no tariff says it."""
    named = {s.inventory.buildings[b].site for b in values["buildings"]} or set(values["sites"])
    sites = named or set(s.inventory.sites)
    if values["period"] is None and A_CHARGE.search(s.rest) and not has_tariff(sites, s.inventory):
        raise NoData(cannot_answer("supply contract"))


def settle_waste(_values: dict[str, Any], s: Reading, _notes: list[str]) -> None:
    """Raise `BadQuestion` for other hours than a building keeps, which no what-if knows."""
    reject_one_side(s)
    if match := OTHER_HOURS.search(re.sub(r"\s+", " ", s.said)):
        raise BadQuestion(
            f"{match.group(0)!r}: other opening hours are no what-if here; it can be a set-back, a shift by hours, "
            "closed weekends or a smaller baseload"
        )


def settle_level(values: dict[str, Any], s: Reading, notes: list[str]) -> None:
    """Look for a step about a time in a year on either side of it: a change is seen only between two levels."""
    period: Period | None = values["period"]
    match = ABOUT.search(s.said)
    if period is None or match is None or values["against_period"]:
        return
    end = period.start if match["new_year"] else period.end
    values["period"] = dates.span(dates.add_months(period.start, -12), dates.add_months(end, 12))
    notes.append(f"a step about that time is looked for in {values['period'].words}")


def settle_model(values: dict[str, Any], s: Reading, notes: list[str]) -> None:
    """Ask a model of what heats: of the gas, where a building burns some and no fuel is named."""
    if not (values["terms"] and values["terms"].model and HEATING.search(s.rest)):
        return
    burns = values["buildings"] and all(s.inventory.meters_of(b, "gas") for b in values["buildings"])
    if burns and not v.first(v.MEASURES[2:4], s.rest):
        values["measure"] = "gas"
        notes.append("no fuel was named, so this is of the gas, which heats; ask of electricity for that")
