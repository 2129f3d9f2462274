"""The words of the field, and what each asks for: one table for each slot of the `EnergyQuery`, first match wins."""

import re
from collections.abc import Sequence
from typing import Final, TypeVar

from tools.energy_query import Group, Hours, Measure, Per, Statistic

Meaning = TypeVar("Meaning")
Table = Sequence[tuple[re.Pattern[str], Meaning]]


def _table(rows: list[tuple[str, Meaning]]) -> Table[Meaning]:
    return [(re.compile(rf"(?<![\w-])(?:{pattern})(?!\w)"), meaning) for pattern, meaning in rows]


def first(table: Table[Meaning], text: str) -> Meaning | None:
    """Return the meaning of the first row that a lower-case text matches, or None."""
    return next((meaning for pattern, meaning in table if pattern.search(text)), None)


MEASURES: Final[Table[Measure]] = _table(
    [
        (r"carbon|co2e?|co₂e?|emissions?|emit(?:ted|s)?|ghg|greenhouse(?: gas(?:es)?)?|kgco2e?|footprint", "carbon"),
        (
            r"costs?|bills?|billed|spen[dt]|spending|paid|pay|price[ds]?|pounds|gbp|money|expensive|cheap(?:est)?|£|"
            r"charge[ds]?|expenditure",
            "cost",
        ),
        (r"gas(?!\s*emission)|gas use|heating fuel|natural gas", "gas"),
        (r"electricity|electric(?:al)?|power|kwh|mwh|gwh|wh|kw|mw", "electricity"),
        (
            r"total energy|all energy|energy (?:in )?total|combined energy|electricity and gas|gas and electricity",
            "total",
        ),
        (r"energy|consum\w*|use[ds]?|using|usage|load|demand|draw[ns]?|drew|meter(?:ed|s)?|readings?", "electricity"),
    ]
)

STATISTICS: Final[Table[Statistic]] = _table(
    [
        (
            r"load[ -]factor|(?:mean|average)[ -]to[ -](?:peak|max\w*)|(?:mean|average) (?:load |demand |power )?(?:over|to|divided by) (?:its |the )?(?:peak|max\w*)",
            "load_factor",
        ),
        (
            r"divide\b.*\b(?:average|mean)\b.*\bpeak|ratio\b.*\b(?:average|mean)\b.*\bpeak|ratio\b.*\bpeak\b.*\b(?:average|mean)\b",
            "load_factor",
        ),
        (r"base[ -]?loads?|(?:5th|fifth)[ -]percentile|always[ -]on|background (?:load|demand|use)", "baseload"),
        (
            r"intensit(?:y|ies)|euis?|per (?:square met(?:re|er)|m2|m²|sq\.? ?m|sqm|square foot|unit (?:of )?(?:floor )?area|"
            r"(?:floor )?area)|(?:by|over|against|to) (?:its |the |their )?(?:gross |net )?(?:floor )?area|(?:kwh|kbtu)\s?/\s?(?:m2|m²|sqm|ft2)|kwh_per_m2|area[ -]normali[sz]ed",
            "intensity",
        ),
        (
            r"(?:valid|missing|good|usable) (?:\w+ )?(?:readings?|hours|data|values)|(?:percentage|share|proportion|part|per ?cent) of (?:the |its |all )?hours|coverage|complete(?:ness)?|data quality|quality of the data|missing (?:data|hours|readings|values)|gaps?|"
            r"hours (?:are|were) missing|reliable|trust(?:worthy)?|how good (?:is|are) the (?:data|readings)",
            "quality",
        ),
        (
            r"shares?|proportion|fraction|percentage of|per ?cent of|% of|what part of|what percentage|what per ?cent",
            "share",
        ),
        (
            r"peak(?:s|ed|ing)?|how high|at (?:its|their|the) (?:highest|maximum|greatest)|max(?:imum|ima)?|(?:highest|largest|biggest|greatest|top) (?:\w+ ){0,2}?(?:hour|hourly \w+|demand|load|power|draw|"
            r"reading|value)s?(?! of the day)|busiest hour|spike[sd]?",
            "peak",
        ),
        (
            r"minim(?:um|al|a)|min|how low|at (?:its|their|the) (?:lowest|minimum)|(?:lowest|smallest|least) (?:\w+ ){0,2}?(?:hour|hourly \w+|demand|load|power|draw|reading|value)s?(?! of the day)|"
            r"quietest hour|trough",
            "minimum",
        ),
        (r"average[ds]?|averaging|mean|on average|typical(?:ly)?|avg", "mean"),
    ]
)

GROUPS: Final[Table[Group]] = _table(
    [
        (
            r"hour[ -]by[ -]hour|hour of (?:the )?day|hour-of-day|hours of (?:the )?day|hourly (?:load )?(?:profile|shape|pattern)|"
            r"(?:daily|load|day|24[ -]hour) (?:load )?(?:profile|shape|curve|pattern)s?|profile|load shape|typical day|average day|"
            r"by (?:the )?hour|for each hour|every hour of|each hour of|which hours?|what hours?|(?:what|which) time of (?:the )?day|over the day|through(?:out)? the day",
            "hour",
        ),
        (
            r"month[ -]by[ -]month|monthly|per month|(?:each|every|by) (?:calendar )?month|for each month|by months?|"
            r"each of the months|which months?|what months?|(?:twelve|12) months|month with",
            "month",
        ),
        (
            r"by (?:day of (?:the )?week|weekday)|days? of (?:the )?week|which weekday|each weekday|every weekday|for each day of the week|"
            r"per weekday|(?:on )?which day of the week",
            "weekday",
        ),
        (
            r"day[ -]by[ -]day|which (?:single )?(?:day|date)s?|what (?:day|date)s?|each day|every day|daily totals?|for each day",
            "day",
        ),
        (
            r"year[ -]by[ -]year|yearly|each year|every year|by year|per year|annually|which years?|what years?|for each year",
            "year",
        ),
        (
            r"by building|per building|each building|every building|building by building|for (?:each|every) of the buildings|"
            r"of the buildings|buildings?' ",
            "building",
        ),
    ]
)

PER: Final[Table[Per]] = _table(
    [
        (r"per hour|an hour|hourly|each hour", "hour"),
        (r"per day|a day|daily|each day|every day|in a day|day's", "day"),
        (r"per week|a week|weekly|each week", "week"),
        (r"per month|a month|monthly|each month|every month", "month"),
        (r"per year|a year|yearly|annual(?:ly)?|each year|per annum", "year"),
    ]
)

NIGHT = r"(?:the )?nights? of|(?:at|over|during|by|in|through|every|each|per) (?:the )?night(?:s|time)?|night[ -]?time|overnight|nights?|nocturnal|after hours|out of hours"
DAY = r"(?:during|in|over) the day(?: ?time)?|day[ -]?time|by day|days?(?= (?:use|usage|consumption|load|and night|against night|vs\.? night|versus night|time))|(?<=night and )days?|(?<=than by )day|(?<=night versus )day|(?<=night vs )day|(?<=night against )day|(?<=compared with )day|(?<=compared to )day"
WEEKEND = r"sat(?:urday)?s?\s?(?:-|\+|&|/|to|and)\s?sun(?:day)?s?|(?:at|on|over|during|in) (?:the )?week[ -]?ends?|week[ -]?ends?|saturdays? (?:and|or) sundays?"
WEEKDAY = r"mon(?:day)?s?\s?(?:-|to|through)\s?fri(?:day)?s?|(?:on|during|in) (?:the )?(?:week|working|business) ?days?|week[ -]?days?|working days?|business days?|work ?days?|monday(?:s)? to friday(?:s)?|during the working week"

HOURS: Final[Table[Hours]] = _table([(NIGHT, "night"), (WEEKEND, "weekend"), (WEEKDAY, "weekday"), (DAY, "day")])

HIGH = (
    r"most|highest|largest|biggest|greatest|top|worst|maximum|max|heaviest|more|higher|hungriest|leading|dirtiest|"
    r"best|peaks?|peaked|rank(?:ed|ing)?|order(?:ed)?|league table|fastest|busiest|sort(?:ed)?|least efficient"
)
LOW = r"least|lowest|smallest|fewest|minimum|min|bottom|less|lower|lightest|cleanest|most efficient|quietest|leanest|cheapest|ascending"
LOWEST: Final = re.compile(rf"(?<![\w-])(?:{LOW})(?!\w)")
EXTREME_HIGH: Final = re.compile(
    r"(?<![\w-])(?:most|highest|largest|biggest|greatest|top|worst|heaviest|hungriest|least efficient|descending|desc|maximum|max)(?!\w)"
)
EXTREME_LOW: Final = re.compile(
    r"(?<![\w-])(?:least|lowest|smallest|fewest|bottom|lightest|cleanest|most efficient|leanest|ascending|asc|cheapest|minimum|min)(?!\w)"
)
HIGHEST: Final = re.compile(rf"(?<![\w-])(?:{HIGH})(?!\w)")
RANKING: Final = re.compile(
    r"\b(?:which|what|who|whose|list|name|show|rank|order|sort|give|identify|find|top|bottom|the)\b[^.?]*?\b(?:buildings?|sites?|of them|one|ones|(?:consum|us|emitt|spend|perform|offend)ers?)\b"
    r"|\brank(?:ed|ing)?\b|\bleague table\b|\btop \w+\b|\bbottom \w+\b|\bwho\b|\bwhose\b"
)
TOP_N: Final = re.compile(
    r"\b(?:top|bottom|first|worst|best|highest|lowest|biggest|largest|smallest|heaviest|leading|hungriest)\s+(\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|twelve)\b"
    r"|\b(\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|twelve)\s+(?:\w+\s+)?(?:top|most|least|highest|lowest|biggest|largest|smallest|worst|best|heaviest|hungriest|months?|days?|buildings?|hours?)\b"
)
CHANGE: Final = re.compile(
    r"\b(?:chang\w*|compar\w*|versus|vs\.?|against|than|differ\w*|increas\w*|decreas\w*|rise|rose|risen|rising|fall|fell|fallen|falling|drop\w*|"
    r"gr[eo]w\w*|growth|shrink|shrank|reduc\w*|relative to|up or down|went (?:up|down)|gone (?:up|down)|go (?:up|down)|improve\w*|"
    r"trend|evolv\w*|year[ -]on[ -]year|yoy|save[ds]?|savings?|cut|minus|above|below|exceed\w*|beside|delta|next to)\b"
)
PERCENT: Final = re.compile(r"\b(?:percent|per cent|percentage|relative|proportional\w*)\b|%")

UNITS: Final[dict[str, tuple[str, str]]] = {
    # word: (dimension, the unit shown)
    **dict.fromkeys(["kwh", "kilowatt hours", "kilowatt-hours", "kilowatt hour"], ("energy", "kWh")),
    **dict.fromkeys(["mwh", "megawatt hours", "megawatt-hours", "megawatt hour"], ("energy", "MWh")),
    **dict.fromkeys(["gwh", "gigawatt hours", "gigawatt-hours"], ("energy", "GWh")),
    **dict.fromkeys(["wh", "watt hours", "watt-hours"], ("energy", "Wh")),
    **dict.fromkeys(["mj", "megajoules"], ("energy", "MJ")),
    **dict.fromkeys(["gj", "gigajoules"], ("energy", "GJ")),
    **dict.fromkeys(["kw", "kilowatts", "kilowatt"], ("power", "kW")),
    **dict.fromkeys(["mw", "megawatts", "megawatt"], ("power", "MW")),
    **dict.fromkeys(["w", "watts"], ("power", "W")),
    **dict.fromkeys(["kg", "kgco2e", "kgco2", "kilograms", "kilos"], ("carbon", "kgCO2e")),
    **dict.fromkeys(["tonnes", "tons", "t", "tco2e", "tco2"], ("carbon", "tCO2e")),
    **dict.fromkeys(["gbp", "pounds", "£", "sterling"], ("money", "GBP")),
    **dict.fromkeys(["euros", "euro", "eur", "dollars", "usd", "rupees", "inr", "yen"], ("other money", "")),
    **dict.fromkeys(["percent", "per cent", "%"], ("share", "percent")),
    **dict.fromkeys(
        ["kwh/m2", "kwh/m²", "kwh per m2", "kwh_per_m2", "kwh per square metre", "kwh per square meter"],
        ("intensity", "kWh_per_m2"),
    ),
    **dict.fromkeys(["lux", "lumens", "lumen", "candela"], ("light", "")),
    **dict.fromkeys(
        ["litres", "liters", "gallons", "m3", "cubic metres", "cubic meters", "cubic feet"], ("volume", "")
    ),
    **dict.fromkeys(["celsius", "fahrenheit", "kelvin", "degrees"], ("temperature", "")),
    **dict.fromkeys(["metres", "meters", "miles", "kilometres", "feet"], ("length", "")),
    **dict.fromkeys(["hours", "minutes", "seconds"], ("time", "")),
    **dict.fromkeys(
        ["volts", "amps", "amperes", "ohms", "hertz", "decibels", "pascals", "bar", "psi", "ppm", "newtons"],
        ("another quantity", ""),
    ),
}
_UNIT_WORDS = "|".join(re.escape(u) for u in sorted(UNITS, key=len, reverse=True))
IN_UNIT: Final = re.compile(rf"\b(?:in|as|measured in|expressed in|expressed as|how many)\s+({_UNIT_WORDS})(?![\w/])")

SETPOINT_ORDER: Final = re.compile(
    r"\b(?:set[ -]?points?|sp)\b[^?]*?(?:->|=|:|\bto\b|[-+]\s?\d)|\b(?:write|send|command|force)\b[^?]*?\b(?:set[ -]?points?|bacnet|modbus|controller|bms|valve|damper)\b"
    r"|\b(?:make|keep|hold|run|get|have|want|bring)\b[^?]*?\b\d+(?:\.\d+)?\s*(?:°\s?c?|deg(?:rees?)?(?:\s?c)?|degc|celsius|kelvin|k|c)(?!\w)"
)
_DEVICE = (
    r"(?:set[ -]?points?|thermostats?|temperatures?|heating|heat|cooling|boilers?|chillers?|ahus?|air handl\w+|air[ -]?con\w*|hvac|fans?|pumps?|valves?|dampers?|lights?|lighting|"
    r"bms|controls?|controllers?|schedules?|ventilation|plant|equipment|alarms?|breakers?|relays?|actuators?|vav\w*|radiators?|compressors?|degrees?|°c?)"
)
_ACT = (
    r"(?:set|turn|switch|change|adjust|raise|lower|increase|decrease|reduce|override|disable|enable|start|stop|shut|reset|open|close|reprogram\w*|schedule|put|move|bump|drop|"
    r"activate|deactivate|program|crank|knock|take|bring|push|nudge|dial|kill|cut)"
)
_ACTED = r"(?:set|turned|switched|changed|adjusted|raised|lowered|increased|decreased|reduced|overridden|disabled|enabled|started|stopped|shut|reset|opened|closed|put|moved|dropped|brought|taken|cut)"
ORDERS_ACTION: Final = re.compile(
    r"(?:^|[.!,:;-]\s*|\b(?:please|kindly|can you|could you|would you|will you|i want you to|i need you to|i'd like (?:you )?to|you should|you must|must|go ahead and|and|then|now|let'?s|should we|shall we|"
    r"want to|need to|time to|like to|have to|remember to)\s+)"
    r"(?:now\s+|just\s+|then\s+|also\s+|please\s+|kindly\s+|automatically\s+)*"
    rf"{_ACT}\b(?:[^?]*?\b{_DEVICE}\b|\s+(?:\S+\s+){{0,4}}?(?:on|off|down|up)\b)"
    rf"|\b(?:want|need|like|have|get|make sure|ensure|see)\b[^?]*?\b{_DEVICE}\b[^?]*?\b{_ACTED}\b"
    rf"|\b{_DEVICE}\b[^?]*?\b(?:should|must|needs? to|has to|ought to)\s+(?:now\s+)?(?:be|go|come)\s+(?:{_ACTED}|up|down|on|off)\b"
)
ENERGY_WORD: Final = re.compile(
    r"\b(?:electric\w*|energy|gas|power|kwh|mwh|kw|consum\w*|us(?:e|es|ed|age|ing)|load\w*|demand|peak\w*|base ?load|carbon|co2e?|emission\w*|cost\w*|bill\w*|spen[dt]\w*|"
    r"intensity|eui|meter\w*|reading\w*|waste[sd]?|wasting|efficien\w*|footprint|profile|coverage|building\w*|overnight|kgco2e?|emit\w*|draw\w*|drew|burn\w*|hungriest|quality)\b"
)
NOT_YET: Final[Table[str]] = _table(
    [
        (
            r"forecast\w*|predict\w*|projection|tomorrow'?s|next (?:day|week|month|year)'?s|will (?:\w+ ){0,4}(?:be|use|consume|cost|peak|need)",
            "a forecast",
        ),
        (r"anomal\w*|outliers?|unusual\w*|abnormal\w*|faulty|leak\w*", "anomaly detection"),
        (
            r"weather[ -](?:normali[sz]ed|adjusted|corrected)|degree[ -]days?|hdd|cdd|change[ -]?points?",
            "weather normalisation",
        ),
        (r"retrofit|payback|roi|return on investment|what if|what-if|simulat\w*", "savings verification and what-if"),
        (r"temperature|humidity|weather|solar|irradiance|rain\w*|wind", "weather itself"),
        (r"occupan\w*|people|persons?|visitors|tenants?", "occupancy"),
        (r"water|steam|chilled water|hot water|internet|wifi", "other services than electricity and gas"),
    ]
)
SUBPARTS: Final = re.compile(
    r"\b(?:lighting|lights?|hvac|air[ -]?con\w*|chillers?|boilers?|server rooms?|servers?|data cent(?:re|er)s?|lifts?|elevators?|kitchens?|plug loads?|sockets?|pumps?|fans?|"
    r"(?:ground|first|second|third|fourth|fifth|top|\d+(?:st|nd|rd|th)) floors?|floor \d+|rooms? \w*\d+|labs?|laborator(?:y|ies)|ev chargers?|solar panels?|pv)\b"
)

CLOCK_WINDOW: Final = re.compile(
    r"\b(?:between|from)\s+(\d{1,2})(?::(\d\d))?\s*(am|pm)?(?:\s*(?:h|hours))?\s*(?:and|to|until|till|-)\s*(\d{1,2})(?::(\d\d))?\s*(am|pm)?\b(?!\s*(?:st|nd|rd|th|\w{3,}\s+\d{4}))"
)

WRONG_QUANTITY: Final = re.compile(
    r"\b(lux|lumens?|candela|volts?|amps?|amperes?|ohms?|hertz|decibels?|pascals?|psi|ppm|newtons?)\b"
)
ABBREVIATED: Final = [
    (re.compile(r"\belecs?\b\.?|\belectric\b(?=\s*(?:,|$))|\blec\b"), "electricity"),
    (re.compile(r"\b(top|bottom|first|last)-(?=\d)"), r"\1 "),
    (re.compile(r"\b(\w+)-percentile\b"), r"\1 percentile"),
    (re.compile(r"\bcons\b\.?|\bconso\b"), "consumption"),
    (re.compile(r"\bavg\b\.?|\bav\b\."), "average"),
    (re.compile(r"\byr\b\.?"), "year"),
    (re.compile(r"\bmth\b\.?"), "month"),
]
NUMBERED_LIST: Final = re.compile(
    r"\b(buildings?|bldgs?)\s+((?:no\.?\s*)?b?\d{1,4}(?:(?:\s*,\s*(?:and\s+)?|\s+and\s+|\s*&\s*|\s*\+\s*|\s+or\s+)(?:building\s+)?b?\d{1,3}\b(?!\s*(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|to\b|-)))+)"
)

ALL_TABLES: Final[tuple[Table[object], ...]] = (MEASURES, STATISTICS, HOURS, GROUPS, PER, NOT_YET)
