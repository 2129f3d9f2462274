"""What people ask for and meters of whole buildings do not know; `tools.absence` says what would be needed.

The meanings are the keys of `tools.absence.NEEDED`.
"""

import re
from collections.abc import Mapping
from typing import Final

from tools.energy_query import Analysis
from tools.grammar import vocabulary as v
from tools.grammar.terms_slot import NORMALISED
from tools.grammar.vocabulary import Table, first, means

_AGREED: Final = (
    r"(?:(?:supply|energy|gas|electricity|power|utility|utilities|framework|fixed[ -]price|flexible) )*"
    r"(?:contract|agreement|deal)s?"
)
BEYOND: Final[Table[str]] = (
    means(
        "water",
        r"water|sewage|rainwater|leaky taps?",
    ),
    means(
        "air quality",
        r"air quality|co2 (?:levels?|concentrations?|ppm)|co2\b.*\bin(?:side)? .*\bair|air quality|ppm|"
        r"ventilation rates?|dust|particulates?|pm2\.?5",
    ),
    means(
        "comfort",
        r"comfort\w*|complain\w*|too (?:hot|cold|warm|draughty|drafty|stuffy)|pmv|overheat\w*|how (?:warm|cold|"
        r"hot) (?:is|was|are|were|did|does)",
    ),
    means(
        "indoor temperature",
        r"(?:inside|indoor|room|zone|internal|supply|return|flow|server|space|air) temperatures?",
        r"temperatures? (?:inside|indoors|in|of) (?:the )?(?:rooms?|offices?|building|zones?|lab\w*|lecture\w*)",
        r"thermostat (?:reading|setting)s?|set[ -]?points?",
    ),
    means(
        "on-site generation",
        r"(?:solar|pv) (?:panels?|output|generation|yield|power|production|arrays?)|pv|photovoltaic\w*|wind turbines?|"
        r"self[ -]consum\w*|batter(?:y|ies)|generat(?:e|ed|es|ion|ors?)|chp|feed[ -]in|export(?:ed|s)?",
    ),
    means(
        "power quality",
        r"voltages?|(?:phase|line|neutral) currents?|amperage|power factors?|harmonics?|reactive (?:power|energy)|"
        r"k?va(?:r|rh)?|frequency|phase imbalance|"
        r"brownouts?|flicker",
    ),
    means(
        "weather itself",
        r"temperatures?|humidity|weather|solar|irradiance|rain\w*|winds?(?! (?:up|down)\b)|sunshine|snow\w*|"
        r"degrees outside",
    ),
    means(
        "occupancy",
        r"occupan\w*|people|persons?|visitors|tenants?|students?|footfall|head ?count|attendance|per capita|bookings?|"
        r"employees?|residents?|guests?",
    ),
    means(
        "staff",
        r"staff|caretakers?|who (?:manages|runs|works|installed|built|designed|owns|owned|maintains|operates|"
        r"cleans|lives|"
        r"is responsible for|is in charge)|phone numbers?|email",
    ),
    means(
        "finer than an hour",
        r"half[ -]hour\w*|(?:5|10|15|30|fifteen|five|ten|thirty)[ -]min\w*|quarter[ -]hour\w*|minute[ -]by[ -]minute|"
        r"per minute|sub[ -]hourly|(?:per|each|every) (?:second|minute)|second[ -]by[ -]second|which minute|"
        r"what minute",
    ),
    means(
        "sub-metering",
        r"(?:on|of|for|in) (?:the )?(?:ground|first|second|third|fourth|fifth|top|upper|lower|\d+(?:st|nd|rd|"
        r"th)) floors?",
        r"per floor(?! (?:area|space))|each floor|by floor(?! (?:area|space))|which floor|floor by floor|"
        r"by (?:end|room|circuit|wing|zone|tenant|department)(?: use)?|"
        r"each room|which room|room \d+|circuits?|sockets?|plug loads?|per room|per wing|(?:east|west|north|"
        r"south) wing|"
        r"end[ -]uses?|sub[ -]?met\w+|appliances?|kitchens?|cars?|vehicles?|evs?|chargers?|charging (?:points?|"
        r"stations?)|data cent(?:re|er)s?|(?:server|it|ict) (?:equipment|"
        r"loads?)",
    ),
    means(
        "equipment",
        r"chillers?|ahus?|air handl\w+|boilers?|pumps?|fans?|lifts?|elevators?|escalators?|compressors?|vavs?|hvac|"
        r"lighting|lights?|ventilation|air[ -]con\w*|radiators?|valves?|cooling towers?|computers?|printers?|"
        r"fridges?|freezers?",
    ),
    means(
        "maintenance",
        r"maintenance|work orders?|failure modes?|repairs?|remaining useful life|spare parts?|warrant\w*|inspections?",
    ),
    means(
        "other fuels",
        r"steam|oil|diesel|coal|biomass|district heat\w*|heat (?:meter|network)s?|hydrogen|propane|lpg|chilled water|"
        r"hot water|wood|pellets?|petrol|fuel oil",
    ),
    means(
        "supply contract",
        rf"{_AGREED} (?:\w+ ){{0,3}}?(?:ends?|expir\w*|runs? (?:out|until|till|to)|laps\w*|renew\w*|due|last(?:s|ed)?|"
        r"terms?|length|notice|up for|chang\w*|start(?:s|ed)?|beg[iau]ns?|cost us to (?:leave|exit)|run)",
        r"(?:end|expiry|length|terms?|renewal|start|notice(?: period)?|copy|duration) (?:date )?(?:of|in|for|"
        r"on) (?:the |our "
        rf"|its )?{_AGREED}",
        r"m\.?p\.?a\.?n\.?s?|mprns?|account numbers?|notice periods?|exit fees?|security deposits?|"
        r"supplier (?:name|details)",
        r"(?:who|which (?:company|supplier|firm|utility)) (?:supplies|sells|provides|delivers|bills|invoices)",
        r"(?:who is|name of|who's) (?:the |our |its )?(?:\w+ )?(?:energy |gas |electricity |power )?(?:supplier|"
        r"provider|"
        r"utility|broker)",
    ),
    means("internet and telephone", r"internet|wi-?fi|bandwidth|telephones?|broadband"),
    means("scope 3 emissions", r"scope[ -]?(?:3|three)|embodied carbon|business travel|commut\w*|supply chain"),
)

END_USE: Final = re.compile(  # "the lighting electricity wasted at night" is of the lights alone
    r"\b(?:light(?:ing|s)?|heating|cooling|ventilation|fans?|pumps?|hvac|lifts?|computers?|servers?|kitchens?|chillers?|"
    r"boilers?|air[ -]con\w*|equipment|plug)(?:'s)? (?:electricity|energy|usage|use|used|consumption|loads?|power|kwh|"
    r"demand|costs?)\b"
)
WORKS: Final = frozenset({"equipment", "indoor temperature", "weather itself", "comfort", "other fuels"})
TOLERATED: Final[Mapping[str, frozenset[str]]] = {  # what an analysis speaks of without asking for it
    "savings": WORKS | {"on-site generation"},
    "payback": frozenset(key for _, key in BEYOND),
    "what_if": WORKS,
    "causes": frozenset({"weather itself"}),
    "baseline": frozenset({"weather itself"}),
    "peak_driver": frozenset({"weather itself"}),
    "degree_days": WORKS,
    "forecast": frozenset({"weather itself"}),
    "schedule": frozenset({"occupancy"}),
    "waste": frozenset({"occupancy", "equipment"}),
    "emissions": frozenset({"on-site generation"}),
    "site_series": frozenset({"weather itself", "comfort", "indoor temperature"}),
    "picked_days": frozenset({"weather itself", "comfort"}),
    "catalogue": frozenset({"sub-metering", "staff"}),
    "peer_median": frozenset(key for _, key in BEYOND),
}


def tolerated(analysis: Analysis | None, text: str) -> frozenset[str]:
    """Return what beyond the readings a question may speak of: a forecast of use may name the weather."""
    if analysis is None:
        return frozenset({"weather itself"}) if NORMALISED.search(text) else frozenset()
    if analysis == "waste" and END_USE.search(text):
        return frozenset({"occupancy"})
    if analysis == "forecast" and not v.ENERGY_WORD.search(text):
        return frozenset()
    return TOLERATED.get(analysis, frozenset())


def beyond(text: str) -> str | None:
    """Return what a lower-case text asks for that no reading here tells, or None."""
    return first(BEYOND, text)
