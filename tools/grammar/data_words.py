"""The words that ask for the data themselves: the weather, the grid, the catalogue, figures of hours, days of a kind.

Read before the words of the other analyses, since several of these hold a word of another ('share of zeros', 'the
median of hotels'). Each pattern is narrow: what it does not take is read as before.
"""

import re
from typing import Final

from tools.energy_query import Analysis
from tools.grammar import vocabulary as v
from tools.grammar.analysis_words import ANALYSES
from tools.grammar.crest_words import asks_crest
from tools.grammar.data_levels import BAND_WORDS, bands
from tools.grammar.hour_counts import counts_lacking, counts_zeros
from tools.grammar.hours_figure_words import SHARE, asks_of_hours
from tools.grammar.names import Named
from tools.peers.uses import TABLE

_ENERGY: Final = re.compile(
    r"\b(?:electric\w*|gas|energy|power|k?wh|mwh|kw|consum\w*|us(?:e[ds]?|ing|age)|load\w*|demand|burn\w*|costs?|"
    r"bills?|"
    r"spen[dt]\w*|carbon|co2e?|emi(?:t\w*|ssions?)|base ?loads?|peak\w*|sav\w+|baselines?|heat(?:ing|ed)|cool(?:ing|"
    r"ed)|"
    r"euis?|intensit\w+|normali[sz]\w+|adjusted|corrected|degree[ -]?days?|hdds?|cdds?|dr[ae]w\w*|drew|run\w*|need\w*|"
    r"require\w*|wast\w+)\b"
)
_INDOORS: Final = re.compile(
    r"\b(?:inside|indoors?|rooms?|zones?|internal|supply|return|flow|server|space|set[ -]?points?|thermostats?|base|"
    r"threshold|balance|target|comfort\w*|ahus?|water|radiators?|rain\w*|winds?|snow\w*|sunshine|clouds?|forecast\w*|"
    r"tomorrow|depend\w*|complain\w*|too (?:hot|cold|warm)|feel\w*|ceiling)\b"
)
_OUTDOORS: Final = re.compile(r"\b(?:outdoors?|outside|ambient|external|weather|air temperatures?)\b")
_EXTREME_WEATHER: Final = r"(?:coldest|hottest|warmest|mildest|chilliest|most humid|sunniest)"
_WEATHER: Final = re.compile(
    r"\b(?:was|is|were|has) it (?:\w+ ){0,3}?(?:warmer|colder|hotter|milder|cooler)\b(?! than)|"
    r"\b(?:temperatures?|temps?|humidity|how (?:hot|warm|cold|cool|chilly|mild|humid)|irradiance|solar radiation|"
    r"insolation|degrees outside|(?:what|how) (?:was|is) the weather|weather like)\b"
    rf"|\b{_EXTREME_WEATHER} (?:that )?(?:it|the (?:weather|air|day|outside))(?: \w+)?? (?:got|gets?|was|were|is|"
    rf"became|reached|turned|"
    rf"went|fell|dropped|hit|been)\b"
    rf"|\b{_EXTREME_WEATHER} (?:\d+ |\w+ )?(?:hour|day|week ?day|month|year|time)s?|\b(?:which|what) (?:day|month|year|"
    rf"hour)s? (?:was|"
    rf"were|is) "
    rf"(?:the )?{_EXTREME_WEATHER}\b"
)
_FREEZING: Final = re.compile(
    r"\b(?:how (?:many hours|often|long)|hours|ever)\b.*\b(?:above|over|below|under|colder than|warmer than|"
    r"hotter than) "
    r"(?:freezing|zero|-?\d+(?:\.\d+)? ?(?:°|deg\w*|[cf]\b))"
)
_NATION: Final = (
    r"(?:gb|uk|british|national|english|great britain(?:'s)?|britains?|britain's|england's|the country's|"
    r"the nation's|the united kingdom's)"
)
OF_THE_NATION: Final = re.compile(
    rf"\b{_NATION}(?= (?:\w+ )?(?:grid|electricity|power|generation|mix|network|system|supply)\b)"
)
_GRID_CARBON: Final = re.compile(
    rf"\b{_NATION} (?:\w+ )?(?:grid|electricity|power|generation|mix|network|system|supply)(?:'s)?\b.*"
    r"\b(?:carbon|intensity|clean\w*|green\w*|dirt\w*|co2e?|g(?:co2e?)?\s?(?:/|per)\s?kwh|grams?)\b|"
    r"\b(?:carbon|intensity|clean\w*|green\w*|dirt\w*|emissions?|co2e?|factor|gco2e?|grams?)\b.*"
    rf"\b{_NATION} (?:\w+ )?(?:grid|electricity|power|generation|mix|network|system|supply)\b|"
    r"\bhow (?:clean|green|dirty|low[ -]carbon|carbon[ -]intensive|carbon[ -]heavy) (?:was|is|were|has|"
    r"did) [^?]*\bgrid\b|"
    r"\b(?:national |uk |local )?grid(?:'s)?\b.*\b(?:carbon|intensity|clean\w*|green\w*|dirt\w*|emissions?|co2e?|"
    r"factor|g(?:co2e?)?\s?(?:/|per)\s?kwh)\b|\bg(?:co2e?)?\s?(?:/|per)\s?kwh of the grid\b|"
    r"\b(?:carbon|co2e?|emissions?|clean\w*|green\w*|dirt\w*|intensity|factor)\b.*\b(?:of|on|for|from|in|at) the "
    r"(?:national |local )?grid\b|\bgrid (?:carbon|emissions?|co2)\b|\bcarbon intensity of (?:the )?(?:electricity|"
    r"power)\b"
    r"|\b(?:cleanest|greenest|dirtiest) (?:electricity|power)\b"
)
_OF_A_KWH: Final = re.compile(
    r"\b(?:in )?(?:kg|g|k?gco2e?|grams?|kilos|kilograms?)(?: of)?(?: ?co2e?| carbon)?\s?(?:/|per|a|for each)\s?kwh\b"
)
_GRID_LEVEL: Final = re.compile(  # "cleaner than 100 g"
    r"\b(?:(?:dirti|clean|green|high|low|great)er than|more than|less than|above|below|over|under|exceed\w*|"
    r"beyond) \d+ ?"
    r"(?:g|grams?)\b"
)
_NO_GRID: Final = re.compile(
    r"\b(?:scope|tonn?e?s|tons?|kg|kgco2e?|sav\w+|marginal|market|location|wast\w+|how much (?:carbon|co2)|export\w*|"
    r"footprint|account\w*|stat\w+ factor|peers?|use[ds]?|load|per m2)\b|\d\s?(?:g|kg)\b"
)
_PRICE: Final = re.compile(
    r"\b(?:average|mean|median|highest|lowest|maximum|minimum|max|min|typical|peak|cheapest|dearest|top|"
    r"what(?:'s| is| was|"
    r" were)?(?: the)?)\s+"
    r"(?:hourly |wholesale |spot |day[ -]ahead |electricity |power |energy |unit |agile |half[ -]hourly )*prices?\b"
    r"|\b(?:when|what time|which (?:hour|month|day|year)|what (?:hour|month|day|year))\b.*\b(?:electricity|power|"
    r"price)s? "
    r"(?:\w+ ){0,2}?(?:cheapest|dearest|most expensive|costliest)\b|\bprices? (?:was|were|is|are|at) (?:its |their |"
    r"the )?(?:lowest|highest)\b"
    r"|\b(?:cheapest|dearest|most expensive) (?:hour|time|month|day)s?(?: of the day)? (?:for|of|to (?:buy|use)) "
    r"(?:electricity|power)\b|\bprices? (?:per|of a|a) kwh\b|\bprice of (?:electricity|power)\b"
)
_DEAR: Final = (
    r"(?:cheapest|dearest|most expensive|least expensive|costliest|priciest|highest[ -]priced|lowest[ -]priced)"
)
_TARIFF_END: Final = re.compile(  # "the dearest hour on the Agile tariff, and the rate per kWh"
    rf"\b{_DEAR} (?:single |one )?(?:hour|day|month|slot|time)s?\b[^?]*\b(?:agile|octopus|tariff|rates?|price list)\b"
    rf"|\b(?:agile|octopus)\b[^?]*\b{_DEAR} (?:single |one )?(?:hour|day|month|slot|time)s?\b"
)
_END_OF_PRICE: Final = re.compile(  # "the cheapest month in 2019", with nothing else to be cheap
    rf"^\W*(?:(?:what|which|when|tell me|give me|show me|find)\b)?(?: \w+){{0,3}}?\W*{_DEAR} (?:single |"
    rf"one )?(?:hour|day|month)s?\b"
)
_NO_PRICE: Final = re.compile(
    r"\b(?:costs?|cost|bills?|spen[dt]\w*|tariff\w*|if|at a price|at \d|negative|gas|oil|carbon|payback|invest\w*)\b|"
    r"[£€$]\s?\d|\d\s?(?:p|pence|gbp)\b"
)
_RATE: Final = re.compile(
    r"\b(?:carbon|co2e?|emissions?)[ -](?:intensive|intensity|heavy)\b(?![^?]*\d\.\d)[^?]*\bper (?:kwh|"
    r"kilowatt[ -]hour)\b|"
    r"\b(?:dirtiest|cleanest|greenest|dearest|cheapest) (?:electricity|power)\b.*\b(?:per|a) kwh\b|"
    r"\b(?:load|demand|use|usage|consumption)[ -]?weighted\b|\bweighted (?:by|with|for) (?:the |its )?(?:load|use|"
    r"consumption|demand)\b|\b(?:price|rate|amount)s? (?:that )?(?:\w+ )?(?:paid|pays?) (?:per|a|for (?:a|each|every)) "
    r"kwh\b|\bprice paid\b|\b(?:pay|pays|paid|paying|spen[dt]|charged)\b(?: \w+){0,3}? (?:per|a|for (?:a|each|"
    r"every)) kwh\b|"
    r"\b(?:average|mean|effective|typical|actual)\b.*\b(?:cost|price|carbon|co2e?|pence|"
    r"emissions?|"
    r"grams?|g|kg|gco2e?|kgco2e?|p|£)\s?(?:/|per|a|of (?:a|each|every))\s?kwh\b|\b(?:p|pence|£|gbp|g|grams?|gco2e?|"
    r"kgco2e?|kg)\s?(?:/|per)\s?kwh\b|\b(?:cost|price|carbon|emissions?) per kwh\b|\bcarbon intensity of (?:its|their|"
    r"the|"
    r"our)?\s*(?:'s )?(?:electricity|power|use|consumption|energy)\b|\bwhat (?:did|does) (?:a|each|every) kwh cost\b"
)
_RATE_OF_ALL: Final = re.compile(
    r"\bweighted\b|\b(?:cost|paid|pays?|spen[dt]|carbon|emissions?) (?:per|a|for (?:a|each)) kwh\b"
)
_PRICE_BELOW: Final = re.compile(
    r"\b(?:hours?|how often|how many times)\b.*\b(?:negative (?:\w+ )?prices?|prices? (?:was|were|is|are|go|went|"
    r"fell)? ?(?:negative|below "
    r"(?:zero|0)|under (?:zero|0)))\b"
)
_STATED_RATE: Final = re.compile(
    r"\b(?:zero|no) k?g\b|\b(?:scope|market|location|marginal|contracts?|tariffs?|regos?|what[ -]if|if)\b|\d\s?(?:p|"
    r"pence|£|gbp|g|grams?|gco2e?|kgco2e?|kg)\s?(?:/|per|a)\s?kwh\b|[£€$]\s?\.?\d"
)
_FUEL: Final = r"(?:gas|electric\w*)"
_WHOLE: Final = r"(?:energy|consumption|total|use|usage|demand|fuel|kwh)"
_FUEL_SHARE: Final = re.compile(
    rf"\b{_FUEL}(?:'s)? {SHARE}\b(?! of (?:the )?(?:estates?|site|campus|university|{_FUEL}))(?=.*\b{_WHOLE}\b|\W*$)|"
    rf"(?:\b(?:how much|{SHARE})|%) of\b(?! (?:the |all |its )?{_FUEL}\b).*\b{_WHOLE}\b.*\b(?:is|was|were|are|comes?|"
    rf"came|"
    rf"from|"
    rf"by|as|being)\b.*\b{_FUEL}\b|\b(?:fuel|energy) (?:mix|split)\b|\b{_FUEL} (?:and|/|versus|vs\.?|"
    rf"to) {_FUEL} (?:split|mix)\b|\bsplit\b.*\b{_FUEL} (?:and|vs\.?|versus) {_FUEL}\b|"
    rf"\b{SHARE} of (?:the )?{_FUEL} in (?:the |its |all |total )*(?:\w+ )?{_WHOLE}\b|"
    rf"\b{_FUEL} as an? {SHARE} of (?:\w+ ){{0,3}}?{_WHOLE}"
)
_OTHER_WHOLE: Final = re.compile(
    r"\b(?:bill|cost|carbon|emissions?|spend\w*|wast\w+|base ?load|nights?|week[ -]?ends?)\b"
)
_MOVES: Final = (
    r"(?:going (?:up|down)|creep\w*|climb\w*|edg(?:ed|ing)|inch(?:ed|ing)|drift\w*|crawl\w*|trending|heading|rising|"
    r"falling|growing|shrinking|declining|improving|worsening|increasing|decreasing)"
)
_OVER_YEARS: Final = (
    r"(?:year on year|year after year|year by year|over the years|over time|each year|every year|from year to year|"
    r"with the years|as the years go by|in the long (?:run|term))"
)
_WAY: Final = (  # only what is under way: "did it rise or fall" asks for a difference
    r"(?:creeping|climbing|edging|inching|drifting|rising|falling|growing|shrinking|declining|increasing|decreasing|"
    r"sliding|sinking|dropping|swelling|dwindling|improving|worsening|easing|mounting|(?:going|coming|heading|trending|"
    r"moving|sloping|tending|ticking|nudging) (?:up|down)(?:wards?|hill)?|(?:on the|an|a) (?:upward|downward|rising|"
    r"falling|rise|decline|up|slide)(?: (?:trend|path|slope|track))?)"
)
_OTHER_WAY: Final = rf"(?:{_WAY}|up|down|upwards?|downwards?)"
_STILL: Final = (
    r"(?:flat|level|steady|stable|static|constant|unchanged|still|sideways|the same|holding|plateau\w*|about even)"
)
EITHER_WAY: Final = re.compile(  # "growing or flat", "creeping up, flat or coming down"
    rf"\b{_WAY}\b(?: (?!than\b)[\w,]+){{0,10}},? or\b(?: (?:is|was|has|have|are|it|they|been|just|rather|more|"
    rf"simply|merely|broadly|staying|stayed|remain\w*))*? (?:{_OTHER_WAY}|{_STILL})\b"
    rf"|\b{_STILL}\b(?: [\w,]+){{0,4}},? or\b(?: (?:is|was|has|have|are|it|they|been|just|rather))*? {_WAY}\b"
)
TREND: Final = re.compile(
    rf"{EITHER_WAY.pattern}|"
    r"\bgetting (?:any )?(?:better|worse|(?:more|less) (?:efficient|hungry|wasteful))\b|\b(?:better or worse|"
    r"worse or better)"
    r"\b(?! than)|\b(?:improving|worsening|deteriorating) (?:or|over|since|year|from)\b|\btrending\b|"
    r"\blong[ -]term trend\b|"
    r"\b(?:overall|general|upward|downward|yearly|annual) trend\b|"
    r"\b(?:long[ -]term|long[ -]run|overall|general) (?:direction|tendency|drift|course|slope)\b|"
    rf"\b{_MOVES}\b[^?]*\b{_OVER_YEARS}\b|\b{_OVER_YEARS}\b[^?]*\b{_MOVES}\b"
)
_NO_TREND: Final = re.compile(r"\b(?:than|peers?|compared|against|vs\.?|versus|forecast|grid)\b")
_PAYBACK: Final = next(row for row in ANALYSES if row.analysis == "payback")
_INVESTED: Final = re.compile(r"[£€$₹]\s?\d|\d\s?(?:k|grand|lakhs?|pounds|gbp|quid|euros?|dollars|rupees)\b")
_FREE_DAYS: Final = r"(?:week[ -]?ends?|saturdays? (?:and|&) sundays?)"
HOLIDAYS: Final = r"(?:bank|public|national|statutory|gazetted)[ -](?:hols\b|holidays?)"
WITHOUT_HOLIDAYS: Final = re.compile(
    r"\b(?:without|leav\w+(?: \w+)? out|left out|exclud\w+|excl\.?|except(?:ing)?(?: for)?|ignor\w+|omit\w*|"
    r"not counting|"
    rf"not including|other than|minus|skip\w*|no|less|drop\w*|strip\w* out|apart from|but not) (?:the |any |all |"
    rf"its |{_FREE_DAYS},? (?:and|or|&) )*{HOLIDAYS}(?: (?:and|or|&) (?:the )?{_FREE_DAYS})?"
    rf"|\b{HOLIDAYS} (?:are |were |be )?(?:left out|excluded|omitted|removed|taken out|ignored|excepted|stripped out)\b"
)
ON_HOLIDAYS: Final = re.compile(
    rf"\b(?:on|during|over|at) (?:the |all |only |just )*{HOLIDAYS}\b|\b{HOLIDAYS} (?:only|alone)\b"
)
_DAY_TYPES: Final = re.compile(
    r"\b(?:compar\w*|than|vs\.?|versus|differ\w*|against|profile|typical|average|mean|normal|type|working days?|"
    r"saturdays?|"
    r"sundays?|week[ -]?ends?|week ?days?|wast\w+|left on|behav\w*|closed|open|start\w*|stop\w*|peak\w*|like)\b"
)
EXTREME_DAY: Final = re.compile(r"\b(?:coldest|hottest|warmest) (?:winter |summer )?day\b")
_PLAIN_OF_DAY: Final = re.compile(
    r"\b(?:degree[ -]?days?|hdds?|cdds?|set[ -]?points?|base ?lines?|balance|base temperature|why|cause\w*|normal|"
    r"peers?|forecast|predict\w*|profile|shape|hour by hour|wast\w+)\b"
)
_USE_OF_PEERS: Final = "|".join(
    sorted({re.escape(n) for row in TABLE for n in row.names.split("|")}, key=len, reverse=True)
)
PEER_USE: Final = re.compile(
    rf"\b({_USE_OF_PEERS})(?:s|es)?\b|\b(librar|laborator|dormitor|universit|facilit)(?:y|ies)\b"
)
_SET_AGAINST: Final = re.compile(r"\b(?:vs\.?|versus|against|compar\w*|than|beside|relative to|stacks? up)\b")
_MEDIAN_OF_PEERS: Final = re.compile(
    r"\b(?:median|typical|average|usual|normal|benchmark|national|mean|standard)\b.*\b(?:euis?|energy (?:use |usage )?"
    r"intensit(?:y|ies)|intensit(?:y|ies)|(?:kwh|kbtu|energy|use)\s?(?:per|/|a)\s?(?:square|m2|m²|sq|ft))"
    r"|\b(?:euis?|energy (?:use )?intensity)\b.*\b(?:median|typical|average|usual|benchmark)\b"
)


def data_analysis(said: str, named: Named, *, leans: bool) -> Analysis | None:
    """Return which of the data's own questions a lower-case text without its names asks, or None.

    `leans`: a turn before is known, so that a few words may be a follow-up of it and are left to that.
    """
    from tools.grammar.catalogue_slot import asks_catalogue

    text = re.sub(r"\s+", " ", said).strip()
    if _INVESTED.search(text) and _PAYBACK.matches(text):
        return None
    if counts_zeros(text) or counts_lacking(text):
        return "hours_figure"
    if asks_catalogue(text, named, leans=leans):
        return "catalogue"
    if _END_OF_PRICE.search(text) and not (leans or _ENERGY.search(text) or named.buildings or "building" in text):
        return "site_series"
    if found := _of_site(text, named):
        return found
    if asks_crest(text) or asks_of_hours(text):
        return "hours_figure"
    if _FUEL_SHARE.search(text) and not _OTHER_WHOLE.search(text):
        return "fuel_share"
    if TREND.search(text) and not _NO_TREND.search(text):
        return "trend"
    return "picked_days" if picks_days(text) else None


def _of_site(text: str, named: Named) -> Analysis | None:
    energy = bool(_ENERGY.search(text))
    peers = bool(re.search(r"\b(?:seattle|cbecs|national|energy ?star)", text))
    if peers and re.search(r"\bmedian\b", text) and PEER_USE.search(text) and not named.buildings:
        return "peer_median"
    set_against = named.buildings and _SET_AGAINST.search(text)
    of_peers = _MEDIAN_OF_PEERS.search(text) and (PEER_USE.search(text) or peers) and not set_against
    if of_peers and (peers or not named.buildings):
        return "peer_median" if PEER_USE.search(text) or named.buildings else None
    outdoors = _OUTDOORS.search(text) or not named.buildings
    if _TARIFF_END.search(text) and not named.buildings and not re.search(r"\bbuildings?\b", text):
        return "site_series"
    if _PRICE_BELOW.search(text) and not named.buildings:
        return "site_series"
    of_buildings = re.search(
        r"\b(?:which|each|every|per|by|rank\w*|what) (?:\w+ )?buildings?\b|\bbuildings?\b.*\brank", text
    )
    if of_buildings:  # which have neither a weather nor a grid of their own
        return "unit_rate" if _RATE.search(text) and not _STATED_RATE.search(text) else None
    if (_WEATHER.search(text) or _FREEZING.search(text)) and outdoors and not energy and not _INDOORS.search(text):
        return "site_series"
    if (
        _GRID_CARBON.search(text)
        and not named.buildings
        and not _NO_GRID.search(_GRID_LEVEL.sub(" ", _OF_A_KWH.sub(" ", text)))
    ):
        return "site_series"
    if _RATE.search(text) and not _STATED_RATE.search(text) and (named.buildings or _RATE_OF_ALL.search(text)):
        return "unit_rate"
    if _PRICE.search(text) and not _NO_PRICE.search(text):
        return "unit_rate" if named.buildings else "site_series"
    return None


def picks_days(text: str) -> bool:
    """Tell whether the use on days of a kind is asked for: by their temperature, or with or without holidays."""
    rest = WITHOUT_HOLIDAYS.sub(" ", text)
    if any(row.matches(rest) for row in ANALYSES if row.analysis not in ("day_types", "degree_days")):
        return False  # an analysis of its own, which does not pick days
    if rest != text and not _PLAIN_OF_DAY.search(text):
        return True
    if not (v.ENERGY_WORD.search(text) or _ENERGY.search(text)) or _PLAIN_OF_DAY.search(text):
        return False
    if ON_HOLIDAYS.search(text) and not _DAY_TYPES.search(text):
        return True
    return bool(EXTREME_DAY.search(text) or (BAND_WORDS.search(text) and bands(text)))
