"""Which analysis is asked for, where one is."""

import re
from typing import Final

from tools.energy_query import Analysis, EnergyQuery
from tools.grammar.alike_slot import asks_alike
from tools.grammar.analysis_words import ANALYSES
from tools.grammar.changes import ASKS_WHAT_IF, change_of, is_hypothetical
from tools.grammar.quantities import FACTOR, FACTOR_OF_EACH, PRICE, PRICE_OF_EACH, quantities
from tools.grammar.vocabulary import CHANGE, PERCENT

WHAT_CHANGED: Final = re.compile(r"\bwhat (?:has |have |had )?(?:changed|happened|went on)\b")
PAYS_OFF: Final = re.compile(r"\b(?:pays?|paid|paying) off\b")
THAT: Final = re.compile(r"\b(?:that|it|this)\b")
CARBON: Final = re.compile(r"\b(?:carbon|emit\w*|kgco2e?|co2e?|co₂e?|emissions?|footprint|ghg)\b")
MONEY: Final = re.compile(r"\b(?:costs?|bills?|spen[dt]|pay|paid|expensive|charged?|price[ds]?)\b")


def analysis_of(text: str, before: EnergyQuery | None, *, names_building: bool) -> Analysis | None:
    """Return the analysis that a lower-case text without its names asks for, None for a plain figure.

    `names_building`: what has changed in a building is explained, what has changed everywhere is ranked.
    """
    text = re.sub(r"\s+", " ", text).strip()
    if asks_alike(text):
        return "alike"
    found = next((row.analysis for row in ANALYSES if row.matches(text)), None)
    if found in ("payback", "degree_days", "forecast"):
        return found
    if found == "causes" and before and before.statistic in ("peak", "peak_driver") and not CHANGE.search(text):
        return "peak_driver"
    if found == "baseline" and before and before.statistic == "savings" and PERCENT.search(text):
        return "savings"
    if found == "waste" and before and before.statistic in ("what_if", "savings") and THAT.search(text):
        return "what_if" if before.statistic == "what_if" else "savings"
    if PAYS_OFF.search(text) and found != "savings" and quantities(text).investment is not None:
        return "payback"
    if ASKS_WHAT_IF.search(text) or (change_of(text) and is_hypothetical(text) and found != "causes"):
        return "what_if"
    if found:
        return found
    if (FACTOR.search(text) or FACTOR_OF_EACH.search(text)) and CARBON.search(text):
        return "emissions"
    if (PRICE.search(text) or PRICE_OF_EACH.search(text)) and MONEY.search(text):
        return "tariff_cost"
    if WHAT_CHANGED.search(text) and (names_building or _knows_building(before)):
        return "causes"
    return None


def _knows_building(before: EnergyQuery | None) -> bool:
    return bool(before and before.buildings)
