"""Whether a question is about the buildings themselves: their area, year, use, floors, meters, number or record."""

import re
from typing import Final

from tools.data_asked import CatalogueFact, DataAsked, Fuel
from tools.grammar.names import Named
from tools.same_use import SAME_USE

_USES: Final = "|".join(sorted({re.escape(w) for words in SAME_USE for w in words}, key=len, reverse=True))
USE_WORD: Final = re.compile(rf"\b({_USES})\b")
_AMOUNT: Final = re.compile(
    r"\b(?:k?wh|mwh|gwh|kw|us(?:es|ed|ing|age)|consum\w*|burn(?:ed|t|s)?|dr[ae]w\w*|drew|costs?|spen[dt]\w*|bills?|"
    r"carbon|"
    r"co2e?|emi(?:t\w*|ssions?)|loads?|demand|peaks?|peaked|base ?load|intensit\w+|eui|per|wast\w+|sav\w+|profile|"
    r"forecast|compar\w*|than|share|percent\w*|kwh/m2|by (?:floor )?area|normali[sz]ed|over|above|below|under|rank\w*|"
    r"zero|"
    r"highest|average|mean|total (?:energy|use|electricity|gas)|cheap\w*|efficien\w*|missing|valid|anomal\w*|"
    r"outliers?)\b|"
    r"%|/ ?m2|/ ?ft"
)
_SAVE_RANK: Final = re.compile(r"\b(?:rank\w*|highest|average|mean|total|over|above|below|under|than)\b")
AREA: Final = re.compile(
    r"\b(?:floor|gross|net|internal|total)[ -]?(?:internal |floor )?(?:area|space)s?\b|\bhow (?:big|large) (?:is|are|"
    r"was)(?: the| our| it| they)?(?: buildings?| site| estate| campus)?\W*$|\bgifa?\b|"
    r"\b(?:how many|what) (?:sq\.? ?(?:m|ft|feet|met\w+)|square (?:met\w+|feet|foot)|m2|m²|ft2|sqm|sqft)\b|"
    r"\bwhat size\b|\b(?:size|area) of\b|\b(?:largest|biggest|smallest) building by (?:floor )?area\b|"
    r"\bsquare (?:footage|"
    r"metres|meters|feet)\b|\bwhat(?:'s| is) the area\b"
)
YEAR: Final = re.compile(
    r"\b(?:when|what year|which year|in what year|in which year|how long ago)\b.*\b(?:built|constructed|put up|erected|"
    r"finished being built|completed|opened its doors|construction)\b|\bhow old\b|\b(?:oldest|newest) buildings?\b|"
    r"\b(?:year of (?:construction|building)|construction (?:year|date)|built in|year built|build (?:year|date)|"
    r"age of)\b|"
    r"\bdate of construction\b"
)
FLOORS: Final = re.compile(
    r"\bhow many (?:floors|stor(?:e?y|ies|eys)|levels)\b|\bnumber of (?:floors|stor(?:ies|eys)|levels)\b|\bhow tall\b|"
    r"\b(?:most|fewest) (?:floors|stor(?:ies|eys)|levels)\b|\btallest building\b"
)
USE: Final = re.compile(
    r"\bwhat (?:kind|type|sort) of (?:a )?building\b|\bwhat(?:'s| is| are) .*\bused for\b|\b(?:building|use) type\b|"
    r"\bwhat use\b|\b(?:primary|main) use\b|\btype of building\b|\bwhat (?:is|are) .*\bused as\b"
)
_FUEL: Final = r"(?:gas|electric(?:ity|al)?|power)"
_HAVE: Final = (
    r"(?:ha(?:ve|s|d)|got|with|without|lack\w*|"
    r"(?<!charge )(?<!charges )(?<!price )(?<!rate )(?<!levy )(?<!spend )(?<!money )on|served by|connected to|"
    r"supplied with|take|need)"
)
METERS: Final = re.compile(
    rf"\b(?:how many|which|what|any|do|does|is there|are there|list|name|has|have)\b.*\b{_HAVE} (?:got )?(?:no |an? |"
    rf"any |"
    rf"its own |their own |mains )*{_FUEL}(?: (?:meters?|supply|supplies|connections?|metering|data|readings))?\W*$"
    rf"|\b(?:any|an?|no|many|which|what|the) {_FUEL} meters?\b|\b(?:is|are|was|were) (?:it |they |that |this |"
    rf"there )?(?:\w+ ){{0,2}}?"
    rf"(?:sub-?)?metered\b|\bmetered for {_FUEL}\b|\b(?:which|what|how many) (?:\w+ )?meters (?:do|does|are|has|have|"
    rf"is)\b|"
    rf"\b(?:which|what|how many) buildings? (?:are|is|have been|were) (?:not )?(?:un)?metered\b|\bunmetered\b|"
    rf"\b(?:has|have|had) (?:no|any|an?) (?:\w+ )?meters?\b|\bno meters?\b|\bha(?:s|ve) (?:the |"
    rf"our )?(?:\w+ )?an? meters?\b|\bhow many (?:{_FUEL} )?meters\b"
)
_ON_FUEL: Final = re.compile(
    rf"\b(?:which|what|how many) (?:of )?(?:our |the |my )?buildings? (?:have|has|got|with|are on) {_FUEL}\b"
)
COUNT: Final = re.compile(
    rf"\b(?:how many|number of|count of|count|how large is the number of) (?:of )?(?:the |our |my |your |"
    rf"all )*(?:different |"
    rf"metered )?(?:buildings?|blocks?|{_USES})\b|\b(?:list|name|show(?: me)?|give me|what are|"
    rf"which are) (?:of )?(?:all |the |"
    rf"our |me |my |every |a list of )*(?:buildings?|{_USES})\b(?= ?(?:\?|$|in\b|at\b|on\b|do\b|we\b|you\b|are\b|"
    rf"there\b|"
    rf"that (?:are|we)|here\b))|\b(?:what|which) (?:buildings?|{_USES}) (?:do|are|is|does) (?:we|you|there|it|eaio|i|"
    rf"here)\b|"
    rf"\bbuildings? count\b"
)
OF_USE: Final = re.compile(
    rf"\b(?:which|what) (?:of )?(?:the |our |these )*(?:buildings?|ones?) (?:is|are|do we have as|serve as|is used as|"
    rf"are used as)"
    rf" (?:an? |the |used as |for )*({_USES})\b"
)
_HOW_MANY_NAMED: Final = re.compile(r"^\W*how many (?:are there|do we have|have we(?: got)?)\b[\s\w]{0,12}\W*$")
_OF_NAMED: Final = re.compile(  # "which buildings are hostels?", once the hostels are found
    r"^\W*(?:which|what) (?:of )?(?:the |our |these )*buildings? (?:is|are)(?: an?| the| used as| for)*\W*$"
)
RECORD: Final = re.compile(
    r"\b(?:from when|since when|how far back|how long|when|what dates?|which (?:dates|period|years)|what (?:period|"
    r"years|"
    r"time ?span)|until when|up to when|over which)\b.*\b(?:data|readings?|records?|history|metering)\b|\b(?:first|"
    r"last|latest|"
    r"earliest|most recent|newest) (?:\w+ )?(?:readings?|data(?: point)?|record)\b|\b(?:data|readings?|records?) "
    r"(?:start|begin|end|stop|go back|run|cover)s?\b|\bwhat data (?:do|is|are|have)\b"
)
_NO_RECORD: Final = re.compile(r"\b(?:missing|gaps?|complete\w*|coverage|quality|stuck|wrong|zero\w*|peak\w*|valid)\b")
LACKING: Final = re.compile(r"\b(?:no|without|lack\w*|not|unmetered|un-metered|missing)\b|n't\b")


_OF_FUEL: Final = re.compile(r"\b(?:electric\w*|energy|gas|power|divid\w*|normali[sz]\w*)\b")
_THING: Final = re.compile(
    r"\b(?:meters?|readings?|data|boilers?|plant|equipment|chillers?|pumps?|roof|windows?|walls?|car ?parks?|gardens?|"
    r"grounds|"
    r"lifts?|rooms?|doors?|panels?)\b"
)
_BESIDE_COUNT: Final = frozenset(
    """
    how many number count of the our my your all different buildings building do does we have has had got are is there
    in at on you eaio here total altogether exist stand list name show me give what which every a blocks block and
    please that i know can see estate campus site portfolio use
    """.split()
)


def _is_count(text: str) -> bool:
    """Tell whether a text asks how many or which buildings there are, and nothing more of them."""
    match = COUNT.search(text)
    if not match:
        return False
    rest = re.findall(r"[a-z]+", text[: match.start()] + " " + text[match.end() :])
    return all(word in _BESIDE_COUNT or USE_WORD.fullmatch(word) for word in rest)


def asks_catalogue(text: str, named: Named, *, leans: bool) -> bool:
    """Tell whether a lower-case text without its names asks for a fact of the catalogue."""
    fact = fact_of(text, named)
    if fact is None:
        return False
    return fact != "area" or bool(named.buildings or named.sites or not leans)


def fact_of(text: str, named: Named) -> CatalogueFact | None:
    """Return the fact of the catalogue that is asked for, or None."""
    if (
        YEAR.search(text)
        and not _AMOUNT.search(text)
        and not _THING.search(text)
        and (named.spans or _of_buildings(text) or re.search(r"\b(?:it|they)\b", text))
    ):
        return "year_built"
    if FLOORS.search(text):
        return "floors"
    if RECORD.search(text) and not _NO_RECORD.search(text) and not re.search(r"\bkwh|\bhow much\b", text):
        return "record"
    plain = not _AMOUNT.search(text)
    if (
        AREA.search(text)
        and not _THING.search(text)
        and not _OF_FUEL.search(text)
        and (plain or not _of_energy(text))
        and (named.buildings or named.sites or _of_buildings(text))
    ):
        return "area"
    if USE.search(text) and named.buildings and not _AMOUNT.search(USE.sub(" ", text)):
        return "use"
    if (METERS.search(text) or _ON_FUEL.search(text)) and plain:
        return "meters"
    of_kind = OF_USE.search(text) or (named.buildings and _OF_NAMED.search(text))
    return (
        "buildings"
        if plain and (of_kind or _is_count(text) or (named.buildings and _HOW_MANY_NAMED.search(text)))
        else None
    )


def _of_energy(text: str) -> bool:
    if re.search(r"\b(?:electricity|gas|energy|power)\b.*\bby (?:floor )?area\b", text):
        return True
    return bool(_AMOUNT.search(re.sub(r"\b(?:total|average|mean|highest|over|by (?:floor )?area)\b", " ", text)))


def _of_buildings(text: str) -> bool:
    return bool(re.search(r"\b(?:floor|gross|net) (?:internal |floor )?area\b|\bbuildings?\b", text))


def catalogue_terms(text: str, named: Named) -> DataAsked:
    """Return what of the catalogue is asked for, of which use, and with or without which meter."""
    fact = fact_of(text, named) or "buildings"
    fuel: Fuel | None = None
    if fact in ("meters", "record"):
        fuel = (
            "gas"
            if re.search(r"\bgas\b", text)
            else "electricity"
            if re.search(r"\belectric|\bpower\b", text)
            else None
        )
    use = USE_WORD.search(text) if fact == "buildings" and not named.buildings else None
    of_all = not named.buildings or len(named.buildings) > 1
    lacking = fact == "meters" and of_all and bool(LACKING.search(text))
    return DataAsked(fact=fact, fuel=fuel, use=use.group(1) if use else None, lacking=lacking)
