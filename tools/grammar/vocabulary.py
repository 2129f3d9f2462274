"""The words of the field, and what each asks for: one table for each slot of the `EnergyQuery`, first match wins."""

import re
from collections.abc import Sequence
from typing import Final, TypeVar

from tools.energy_query import Group, Hours, Measure, Per, Statistic

Meaning = TypeVar("Meaning")
Table = Sequence[tuple[re.Pattern[str], Meaning]]


def means(meaning: Meaning, *alternatives: str) -> tuple[re.Pattern[str], Meaning]:
    """Return a row of a table: any of some regular expressions, as whole words, and what they mean."""
    return re.compile(rf"(?<![\w-])(?:{'|'.join(alternatives)})(?!\w)"), meaning


def first(table: Table[Meaning], text: str) -> Meaning | None:
    """Return the meaning of the first row that a lower-case text matches, or None."""
    return next((meaning for pattern, meaning in table if pattern.search(text)), None)


MEASURES: Final[Table[Measure]] = (
    means(
        "carbon",
        r"carbon|co2e?|co₂e?|emissions?|emit(?:ted|ting|ters?|s)?|ghg|greenhouse(?: gas(?:es)?)?|kgco2e?|footprint|"
        r"dirtiest|dirtier|greenest",
    ),
    means(
        "cost",
        r"costs?|costing|bills?|billed|spen[dt]|spending|spenders?|paid|pay|price[ds]?|pounds|gbp|money|expensive|"
        r"cheap(?:er|est|ly)?|costl(?:y|ier|iest)|pric(?:ey|ier|iest)|dearer|dearest|outlays?|£",
        r"charge[ds]?|expenditure",
    ),
    means("gas", r"gas(?!\s*emission)|gas use|heating fuel|natural gas"),
    means("electricity", r"electricity|electric(?:al)?|power|kwh|mwh|gwh|wh|kw|mw"),
    means(
        "total",
        r"total energy|all energy|energy (?:in )?total|combined energy|electricity and gas|gas and electricity",
    ),
    means(
        "electricity",
        r"energy|consum\w*|use[ds]?|using|usage|load|demand|draw[ns]?|drew|meter(?:ed|s)?|readings?",
    ),
)

_EXTREME_OF: Final = (
    r"(?:(?!average|mean|typical)\w+ ){0,2}?"
    r"(?:hour|hourly \w+|demand|load|power|draw|reading|value)s?(?! of the day)"
)

STATISTICS: Final[Table[Statistic]] = (
    means(
        "load_factor",
        r"load[ -]factor",
        r"(?:mean|average)[ -]to[ -](?:peak|max\w*)",
        r"(?:mean|average) (?:load |demand |power )?(?:over|to|divided by) (?:its |the )?(?:peak|max\w*)",
    ),
    means(
        "load_factor",
        r"divide\b.*\b(?:average|mean)\b.*\bpeak",
        r"ratio\b.*\b(?:average|mean)\b.*\bpeak",
        r"ratio\b.*\bpeak\b.*\b(?:average|mean)\b",
    ),
    means(
        "baseload",
        r"base (?:consumption|demand|use|usage|power)|floor load|(?:standing|round[ -]the[ -]clock|permanent|"
        r"constant) (?:load|demand|use|consumption)|"
        r"base[ -]?loads?|(?:5th|fifth)[ -]percentile|always[ -]on|background (?:load|demand|use)",
        r"base[ -]?line (?:load|demand|power)",
    ),
    means(
        "intensity",
        r"(?:energy|power|electricity|gas)[ -]intensive|intensit(?:y|ies)|intensive(?:ly)?|intense|euis?|"
        r"for (?:its|their) size|b?epis?|e\.p\.i\.?|enpis?|energy performance (?:index|indices|indicators?)|"
        r"specific (?:energy |electricity |power )?(?:consumption|use|usage)",
        r"(?:per|(?:for )?(?:each|every)) (?:square met(?:re|er)|m2|m²|sq\.? ?m|sqm|square foot|"
        r"unit (?:of )?(?:floor )?area|(?:floor )?area)",
        r"(?:(?:normali[sz]|scal|adjust|correct|divid)\w* )?(?:by|over|against|to|for) (?:its |the |"
        r"their )?(?:gross |net )?"
        r"(?:floor )?(?:area|floor ?space)",
        r"(?:kwh|kbtu|mj)\s?/\s?(?:m2|m²|sqm|ft2|sq\.? ?ft|sqft|sf)|kwh_per_m2|area[ -]normali[sz]ed|"
        r"per (?:sq\.? ?ft|sqft|ft2)",
    ),
    means(
        "quality",
        r"(?:valid|missing|good|usable) (?:\w+ )?(?:readings?|hours|data|values)",
        r"(?:percentage|share|proportion|fraction|part|per ?cent) of\s+(?:(?:the|its|all)\s+)?(?:[\w']+\s+){0,3}"
        r"(?:hours|readings)",
        r"coverage|complete(?:ness)?|data quality|quality of (?:the |its )?(?:data|readings)",
        r"missing (?:data|hours|readings|values)|gaps?|hours (?:are|were) missing",
        r"reliable|trust(?:worthy)?|how good (?:is|are) the (?:data|readings)",
    ),
    means(
        "share",
        r"shares?(?= of\b|\s{2})|(?<!^)(?<!pls )(?<!please )(?<!plz )(?<!kindly )(?<!you )(?<!to )shares?(?! (?:me|us|"
        r"with|month|day|year|hour|data|readings|numbers|figures|details|monthly|daily|hourly|"
        r"yearly|"
        r"for each|a|some)\b)|proportion|fraction|percentage of|per ?cent of|% of|slice of|what part of",
        r"(?<!by )what percentage|(?<!by )what per ?cent|as a (?:percentage|share|fraction)",
    ),
    means(
        "peak",
        r"(?:record|all[ -]time) (?:load|demand|power|high|hour|draw|kw|maximum)|maximal|"
        r"peak(?:s|ed|ing)?|how high|at (?:its|their|the) (?:highest|maximum|greatest)|max(?:imum|ima)?",
        rf"(?:highest|largest|biggest|greatest|top) {_EXTREME_OF}",
        r"when (?:was|is|did) [^?]*\b(?:load|demand|power|it) (?:the |at its )?highest",
        r"(?:hit|reach|touch|at)\w* (?:its|their|the|a) (?:\w+ )?(?:high|zenith|ceiling)(?: point)?(?! (?:load|level))",
        r"busiest hour|spike[sd]?|(?:highest|largest|biggest) kw",
        r"(?:most|greatest|highest|largest)\s+(?:\w+\s+){0,7}(?:any|one|a|single) (?:single |one )?hour",
    ),
    means(
        "minimum",
        r"all[ -]time low|minim(?:um|al|a)|min|how low|at (?:its|their|the) (?:lowest|minimum)",
        rf"(?:lowest|smallest|least) {_EXTREME_OF}",
        r"when (?:was|is|did) [^?]*\b(?:load|demand|power|it) (?:the |at its )?lowest",
        r"(?:hit|reach|touch|at)\w* (?:its|their|the|a) (?:\w+ )?(?:low|nadir|bottom)(?: point)?(?! (?:load|level))",
        r"quietest hour|trough|(?:lowest|smallest) kw",
        r"(?:least|lowest|smallest)\s+(?:\w+\s+){0,7}(?:any|one|a|single) (?:single |one )?hour",
    ),
    means("mean", r"average[ds]?|averaging|(?<!\bi )(?<!you )(?<!we )mean|on average|typical(?:ly)?|avg"),
)

_EXTREME_NAMED: Final = (  # "lowest carbon quarter", "highest-emitting month"
    r"(?:highest|lowest|biggest|smallest|largest|best|worst|peak|top|busiest|quietest|greenest|cleanest|dirtiest)"
    r"(?:[ -](?:carbon|co2e?|emitting|emissions?|gas|electric(?:ity)?|energy|power|cost(?:ing)?|spend(?:ing)?|use|"
    r"using|usage|consum(?:ption|ing)|demand|load|bill))*"
)
GROUPS: Final[Table[Group]] = (
    means(
        "hour",
        r"hour[ -]by[ -]hour|hour of (?:the )?day|hour-of-day|hours of (?:the )?day",
        r"hourly (?:load )?(?:profile|shape|pattern)",
        r"(?:daily|load|day|24[ -]hour) (?:load )?(?:profile|shape|curve|pattern)s?",
        r"profile|load shape|typical day|average day",
        r"(?<!est )(?<!average )(?<!mean )(?<!peak )(?<!maximum )(?<!minimum )(?<!max )(?<!min )(?<!top )"
        r"hourly (?:electricity|gas|energy|use|usage|consumption|"
        r"values?|figures?|data|"
        r"breakdown|totals?|series|readings|numbers|kwh|amounts|entries)(?! (?:load|demand|power|draw|peak|"
        r"maximum|minimum))",
        r"by (?:the )?hour|for each hour|every hour of|each hour of|which hours?|what hours?",
        r"(?:when|what time) (?:is|was) (?:\w+ )*?\s*(?:the )?(?:quietest|busiest)",
        r"(?:what|which) time of (?:the )?day|over the day|through(?:out)? the day",
    ),
    means(
        "quarter",
        r"quarter[ -]by[ -]quarter|quarterly|(?:each|every|by|per|which|what|for each) (?:calendar )?quarters?",
        rf"{_EXTREME_NAMED} quarters?|(?!lat|near)\w{{3,}}est quarters?",
        r"(?:most|least) \w+ quarters?|quarters? (?:with|that had)",
    ),
    means(
        "month",
        rf"{_EXTREME_NAMED} months?",
        r"month[ -]by[ -]month|monthly|per month|(?:each|every|by) (?:calendar )?month|for each month|by months?",
        r"(?:highest|lowest|biggest|smallest|largest|best|worst|peak|top|busiest|quietest) months?",
        r"(?!lat|near)\w{3,}est months?|(?:most|least) (?!recent)\w+ months?",
        r"(?:highest|lowest|largest|biggest|smallest|greatest|top|maximum|minimum|max|min) monthly",
        r"months?(?: of)?\s+(?:in which|with|when|that had)|each of the months|(?:which|what) (?:single |one )?months?|"
        r"(?:twelve|12) months|month with",
    ),
    means(
        "weekday",
        r"by (?:day of (?:the )?week|weekday)|days? of (?:the )?week|which weekday|each weekday|every weekday",
        r"for each day of the week|per weekday|(?:on )?which day of the week",
    ),
    means(
        "day",
        r"(?:highest|lowest|biggest|smallest|largest|best|worst|busiest|quietest) days?(?! of the week)",
        r"(?!near|lat|rec)\w{3,}est days?(?! of the week)|(?:most|least) \w+ days?",
        r"(?:highest|lowest|largest|biggest|smallest|greatest|top|maximum|minimum|max|min) daily",
        r"days?(?: of| in)?\s+(?:in which|on which|with the|when)|day[ -]by[ -]day|which (?:single )?(?:day|"
        r"date)s?|what (?:day|date)s?",
        r"daily (?:peaks|maxima|maximums|minima|minimums|highs|lows)",
        r"each day|every day|daily totals?|for each day|(?:plot|chart|graph|draw|show|list|"
        r"table)\b[^?]*\b(?:per day|by day|a day)",
    ),
    means(
        "year",
        r"year[ -]by[ -]year|yearly|each year|every year|by year|per year|annually",
        r"annual (?:peaks|maxima|maximums|minima|minimums|highs|lows)",
        r"(?:which|what) (?:single |one )?years?|for each year",
    ),
    means(
        "building",
        r"(?:by|per|each|every)\s+building(?!s)|building by building",
        r"for (?:each|every) of the buildings|of the buildings|buildings?' ",
    ),
)

_A_DAY_NAMED: Final = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day)(?! (?:mornings?|afternoons?|evenings?|nights?))"

PER: Final[Table[Per]] = (
    means("hour", r"per hour|an hour|hourly|each hour"),
    means(
        "day",
        rf"(?:average|typical|mean|usual|normal|per|an?) {_A_DAY_NAMED}|(?:per|a) night",
        r"(?:per|average|typical|mean|usual|normal) (?:working|business|weekend|week) ?day",
        r"(?:average|typical|mean) day|per day|a day|daily|each day|every day|in a day|day's",
    ),
    means("week", r"per weekend|(?:average|typical|mean) week|per week|a week|weekly|each week"),
    means("month", r"(?:average|typical|mean) month|per month|a month|monthly|each month|every month"),
    means("year", r"(?:average|typical|mean) year|per year|a year|yearly|annual(?:ly)?|each year|per annum"),
)

HOURS: Final[Table[Hours]] = (
    means(
        "night",
        r"(?:the )?nights? of|(?:at|over|during|by|in|through|every|each|per) (?:the )?night(?:s|time)?",
        r"night[ -]?time|overnight|nights?|nocturnal",
    ),
    means(
        "weekend",
        r"sat(?:urday)?s?\s?(?:-|\+|&|/|to|and)\s?sun(?:day)?s?",
        r"(?:at|on|over|during|in) (?:the )?week[ -]?ends?|week[ -]?ends?|saturdays? (?:and|or) sundays?",
    ),
    means(
        "weekday",
        r"mon(?:day)?s?\s?(?:-|to|through)\s?fri(?:day)?s?",
        r"(?:on|during|in) (?:the )?(?:week|working|business) ?days?",
        r"week[ -]?days?|working days?|business days?|work ?days?|monday(?:s)? to friday(?:s)?|during the working week",
    ),
    means(
        "day",
        r"(?:during|in|over) the day(?: ?time)?|day[ -]?time|by day",
        r"days?(?= (?:use|usage|consumption|load|and night|against night|vs\.? night|versus night|time))",
        r"(?<=night and )days?|(?<=than by )day|(?<=night versus )day|(?<=night vs )day|(?<=night against )day",
        r"(?<=compared with )day|(?<=compared to )day",
    ),
)

ALL_TABLES: Final[tuple[Table[object], ...]] = (MEASURES, STATISTICS, HOURS, GROUPS, PER)

HIGHEST: Final = re.compile(
    r"(?<![\w-])(?:most|highest|largest|biggest|greatest|top|worst|maximum|max|heaviest|more|higher|hungriest|leading|"
    r"thirstiest|greediest|hungriest|dirtiest|dearest|costliest|priciest|steepest|strongest|most (?:wasteful|"
    r"intensive|energy[ -]intensive|expensive|extravagant|inefficient)|least efficient|heaviest|hogs?|furthest|"
    r"farthest|"
    r"dirtiest|best|peaks?|peaked|rank(?:ed|ing)?|order(?:ed)?|league table|fastest|busiest|sort(?:ed)?|"
    r"least efficient)(?!\w)"
)
LOWEST: Final = re.compile(
    r"(?<![\w-])(?:least|lowest|smallest|fewest|minimum|min|bottom|less|lower|lightest|cleanest|most efficient|"
    r"ascending|thriftiest|leanest|greenest|lightest|cleanest|most (?:efficient|economical|frugal|modest)|"
    r"best[ -]behaved|quietest|calmest|least (?:hungry|wasteful|expensive|intensive|costly)|cheapest)(?!\w)"
)
EXTREME_HIGH: Final = re.compile(
    r"(?<![\w-])(?:thirstiest|greediest|hungriest|dirtiest|dearest|costliest|priciest|steepest|strongest|"
    r"most (?:wasteful|intensive|energy[ -]intensive|expensive|extravagant|inefficient)|least efficient|"
    r"heaviest|hogs?|most|highest|largest|biggest|greatest|top|worst|"
    r"descending|desc|maximum|max)(?!\w)"
)
EXTREME_LOW: Final = re.compile(
    r"(?<![\w-])(?:thriftiest|leanest|greenest|lightest|cleanest|most (?:efficient|economical|frugal|modest)|"
    r"best[ -]behaved|quietest|calmest|least (?:hungry|wasteful|expensive|intensive|costly)|cheapest|least|"
    r"lowest|smallest|fewest|bottom|"
    r"ascending|asc|cheapest|minimum|min)(?!\w)"
)
RANKING: Final = re.compile(
    r"\b(?:which|what|who|whose|list|name|show|rank|order|sort|give|identify|find|top|bottom|the)\b[^.?]*?"
    r"\b(?:buildings?|sites?|of them|one|ones|(?:consum|us|emitt|spend|perform|offend)ers?)\b"
    r"|\brank(?:ed|ing)?\b|\bleague table\b|\btop \w+\b|\bbottom \w+\b|\bwho\b|\bwhose\b"
)
_COUNT: Final = r"(\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|twelve)"
TOP_N: Final = re.compile(
    r"\b(?:top|bottom|first|worst|best|highest|lowest|biggest|largest|smallest|heaviest|leading|hungriest)"
    rf"\s+{_COUNT}\b"
    rf"|\b{_COUNT}\s+(?:\w+\s+)?"
    r"(?:top|most|least|highest|lowest|biggest|largest|smallest|worst|best|heaviest|hungriest|"
    r"months?|days?|buildings?|hours?)\b"
)
CHANGE: Final = re.compile(
    r"\b(?:chang\w*|compar\w*|versus|vs\.?|against|than|differ\w*|increas\w*|decreas\w*|"
    r"rises?|rose|risen|rising|falls?|fell(?! on)|fallen|falling|drop\w*|cuts|"
    r"gr[eo]w\w*|growth|shrink|shrank|doubl\w*|halv\w*|tripl\w*|reduc\w*|relative to|up or down|"
    r"went (?:up|down)|gone (?:up|down)|go (?:up|down)|improve\w*|"
    r"trend\w*|upwards?|downwards?|evolv\w*|year[ -]on[ -]year|yoy|save[ds]?|savings?|cut|minus|above|below|"
    r"exceed\w*|mov(?:e|ed)(?! to)|"
    r"beside|delta|(?:next to|beside|against) (?:each other|one another)|next to|alongside|side by side|"
    r"(?:stack|line|weigh|measure|square|size)(?:s|d|ed|ing)? up|beat(?:s|en)?|outstrip\w*|outdo(?:es|ne)?|outdid|"
    r"surpass\w*|overtak\w*|overtook|undercut\w*|dwarf\w*|eclips\w*|"
    r"(?:hold|held|lay|laid|pit|pitted|set|put)(?=\b[^?]*\b(?:against|beside|alongside|next to|side by side)\b))\b"
)
PERCENT: Final = re.compile(r"\b(?:percent|per cent|percentage|relative|proportional\w*)\b|%")
ENERGY_WORD: Final = re.compile(
    r"\b(?:electric(?!ian)\w*|energy|gas|power|kwh|mwh|kw|consum\w*|us(?:e|es|ed|er|ers|age|ing)|load\w*|demand|peak\w*|"
    r"base ?loads?|"
    r"carbon|co2e?|emission\w*|cost\w*|bill\w*|spen[dt]\w*|"
    r"intensity|eui|meter\w*|reading\w*|waste[sd]?|wasting|efficien\w*|footprint|profile|coverage|building\w*|"
    r"overnight|kgco2e?|emit\w*|draw\w*|drew|burn\w*|hungriest|quality)\b"
)

ALL_BUT: Final = re.compile(
    r"\b(?:leaving out|leave out|except(?:ing)?(?: for)?|excluding|exclude|without|other than|apart from|but not|"
    r"(?<=\bbuilding )but|(?<=\bbuildings )but|"
    r"(?<=\ball )but|(?<=\bthem )but|(?<=everything )but|(?<=everywhere )but|(?<=everyone )but|(?<=anything )but|"
    r"aside from|bar|"
    r"not counting)\s+(?:the\s+)?$"
)
THAT_ONE: Final = re.compile(r"\b(?:that|this|the|my|our) building\b(?!s|'s\s+that)")
