"""The words that questions about series, the catalogue, figures of hours and days of a kind are made of."""

import re
from typing import Final

from tools.data_asked import SeriesFigure, SiteSeries
from tools.energy_query import Group

SERIES: Final[tuple[tuple[SiteSeries, re.Pattern[str]], ...]] = (
    ("humidity", re.compile(r"\bhumid\w*")),
    ("irradiance", re.compile(r"\birradiance\b|\bsolar radiation\b|\binsolation\b|\bsunniest\b")),
    (
        "temperature",
        re.compile(
            r"\btemp\w*|\bhow (?:hot|warm|cold|cool|chilly|mild)\b|\b(?:cold|hott|warm|mild|chilli)est\b|\b(?:warmer|"
            r"colder|hotter|milder|cooler)\b|\bweather\b"
        ),
    ),
    ("price", re.compile(r"\bprices?\b|\b(?:cheapest|dearest|most expensive|costliest|priciest)\b")),
    (
        "carbon",
        re.compile(r"\bcarbon\b|\b(?:k?g)?co2|\bgrams?\b|\bemissions?\b|\bgrid\b|\bgreen\w*|\bclean\w*|\bdirt\w*"),
    ),
)
HIGH: Final = re.compile(
    r"\b(?:how (?:hot|warm|humid)|max(?:imum)?|highest|peak|hottest|warmest|dirtiest|dearest|most expensive|top|"
    r"most humid|"
    r"sunniest|costliest|(?:most|highest)[ -]carbon)\b"
)
LOW: Final = re.compile(
    r"\b(?:how (?:cold|cool|chilly)|min(?:imum)?|lowest|coldest|chilliest|cleanest|greenest|cheapest|"
    r"least(?:[ -]carbon)?|"
    r"low(?:est)?[ -]carbon|mildest)\b"
)
COUNTED: Final = re.compile(  # "the hottest 5 days"
    r"\b(?:coldest|hottest|warmest|mildest|chilliest|cleanest|greenest|dirtiest|cheapest|dearest) (?P<n>\d{1,2}|two|"
    r"three|four|five|six|"
    r"seven|eight|nine|ten|twelve) (?=hour|day|month|year|week)"
)
AVERAGE: Final = re.compile(r"\b(?:average|mean|avg|typical\w*|on average)\b")
PARTS: Final[tuple[tuple[Group, re.Pattern[str]], ...]] = (
    (
        "hour",
        re.compile(
            r"\bhours? of (?:the )?day\b|\b(?:what|which|at what|at which) (?:hour|time)s?\b|\bby (?:the )?hour\b|"
            r"\bhourly (?:profile|shape|pattern)\b|\b(?:cleanest|greenest|dirtiest|cheapest|dearest|"
            r"most expensive) (?:hour|time)s?\b|"
            r"\btime of day\b|\bwhen is\b|\b(?:daily|day) (?:profile|shape|curve)\b"
        ),
    ),
    ("weekday", re.compile(r"\b(?:day|days) of the week\b|\bby week ?day\b|\bwhich week ?day\b")),
    ("month", re.compile(r"\bmonths?\b|\bmonthly\b")),
    ("quarter", re.compile(r"\bquarters?\b|\bquarterly\b")),
    ("day", re.compile(r"\bday\b|\bdays\b|\bdaily\b|\bdates?\b")),
    (
        "year",
        re.compile(
            r"\b(?:each|every|by|per|which|what) years?\b|\byearly\b|\bfalling\b|\brising\b|\bgetting (?:cleaner|"
            r"greener|dirtier|warmer|hotter|colder|dearer|cheaper)\b|\btrend\w*|\bover the years\b|\bimprov\w+"
        ),
    ),
)
ORDINALS: Final = {
    "tenth": 10.0,
    "ninetieth": 90.0,
    "ninety-fifth": 95.0,
    "ninety-ninth": 99.0,
    "twenty-fifth": 25.0,
    "seventy-fifth": 75.0,
}
LEVEL: Final = re.compile(
    r"\b(?P<a>\d{1,2}(?:\.\d+)?)(?:st|nd|rd|th)?[ -](?:percentile|centile)s?\b|\bp(?P<b>\d{2})\b|"
    r"\bpercentile (?:of )?(?P<c>\d{1,2})\b|"
    rf"\b(?P<d>{'|'.join(ORDINALS)})[ -](?:percentile|centile)s?\b"
)
SERIES_LEVEL: Final = re.compile(
    r"(?<!\w)(?P<how>above|over|exceed\w*|warmer than|hotter than|higher than|more than|greater than|"
    r"dirtier than|dearer than|worse than|in excess of|beyond|below|under|colder than|cooler than|lower than|"
    r"cleaner than|"
    r"greener than|cheaper than|better than|beneath|less than)\s*(?P<n>-?\d+(?:\.\d+)?|zero|"
    r"freezing)\s?(?P<unit>°\s?[cf]?|deg(?:rees?)?\.?\s?(?:[cf]\b|"
    r"celsius|fahrenheit)?|"
    r"[cf]\b|%|g(?:rams?)?(?: of)?\s?(?:co2e?|carbon)?(?:\s?(?:/|per|a)\s?kwh)?\b|p\b|pence)?"
)
FAHRENHEIT: Final = re.compile(r"\b(?:deg(?:rees?)?\.? ?f|fahrenheit|in f|°f)\b|°\s?f\b")
KILOS: Final = re.compile(r"\bkg(?:co2e?)?\s?(?:/|per|a)\s?kwh\b")
POUNDS: Final = re.compile(r"(?:£|\bgbp|\bpounds?)\s?(?:/|per|a)\s?kwh\b")
FIELD: Final = re.compile(
    r"\b(?:outdoors?|outside|ambient|external|air|weather|relative|grid'?s?|intensity|factor|degrees?|deg|celsius|c|f|"
    r"g|kwh|gco2e?|"
    r"percentiles?|centiles?|medians?|standard|std|deviations?|dev|stdev|sd|negative|hourly|hours?|loads?|zero(?:e?s)?|share|"
    r"fraction|"
    r"proportion|percent\w*|part|rise|jump|ramp|base ?load|always[ -]on|consumption|energy|mix|split|fuels?|weighted|"
    r"paid|price|"
    r"floors?|area|gross|net|internal|size|big|large|built|constructed|erected|construction|old|year|storeys?|"
    r"stor(?:ies|eys)|"
    r"meter(?:s|ed|ing)?|unmetered|supply|buildings?|used|kind|type|sort|list|count|number|better|worse|getting|"
    r"trending|trend|"
    r"improving|long-term|days?|mild|hot|cold|warm|cool|ones?|mean|temperatures?|holidays?|bank|public|left|leave|"
    r"leaving|out|total|"
    r"eui|euis|typical|median|worship|facility|facilities|kbtu|kwh|m2|square|metre|meter|foot|feet|ft2|survey|"
    r"energy star|cbecs|"
    r"seattle's?|burn(?:ed|t)?|that|rate|load-weighted|put|up|national|paid|falling|rising|spread|ever|often|demand|"
    r"draw|"
    r"record|oldest|newest|largest|biggest|smallest|offices?|librar(?:y|ies)|schools?|hotels?|hospitals?|universit(?:y|"
    r"ies)|dorm\w*|hostels?|"
    r"warehouses?|shops?|retail|laborator(?:y|ies)|labs?|benchmark|readings?|data|start|begin|back|peak|single|top|we|"
    r"have|does|ha[sd]|got|gas|electric\w*|no|any|without)\b"
)


def spread_of(text: str) -> SeriesFigure | None:
    """Return the median or the standard deviation where one is named."""
    if re.search(r"\bmedian\b", text):
        return "median"
    return "standard_deviation" if re.search(r"\bst(?:andar)?d\.? ?dev|\bstdev\b|\bsd of\b|\bstd\b", text) else None


def percentile_of(match: re.Match[str]) -> float:
    """Return which percentile a match of `LEVEL` names."""
    word = next(g for g in match.groups() if g)
    return ORDINALS.get(word) or float(word)
