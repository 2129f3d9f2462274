"""Streets, as they are written in English, German, French, Romance, Nordic, Slavic and East Asian countries.

A number and a name with a street word, in the order of the country: "12 High Street", "rue de la Paix 5",
"Hauptstraße 7a", "ul. Długa 12". Street words that also name equipment ("3 Variable Speed Drive", "2 Way valve") are
told apart by the words before them.
"""

import re

from privacy.recognisers.forms import VALUE, Form, at_end, at_start, recogniser, shapes
from privacy.recognisers.street_patterns import (
    AFTER_CUE,
    APART,
    BANCHI,
    BEFORE_CODE,
    BEFORE_UNIT,
    BOX,
    DOUBTFUL,
    EAST,
    ENGLISH,
    ENGLISH_LOWER,
    JOINED,
    JOINED_LOWER,
    MILITARY,
    NUMBER_CUE,
    NUMBER_FIRST,
    NUMBERED,
    PLOT,
    PREFIX_CUE,
    ROMANCE,
    SUFFIX,
    SURE,
)

NOT_NAMES = re.compile(
    r"(?i)\b(?:speed|frequency|variable|three|two|one|four|fan|pump|motor|belt|direct|valve|vsd|vfd|"
    r"abb|danfoss|inverter|gear|flash|usb|hard|disk|data|damper|set|trip|cooling|heating|kwh|mwh|kw|"
    r"per|points?|"
    r"and|or|at|on|in|is|are|was|from|to|with|for|by|as|that|this|an?|my|our|your|if|when|than|then|"
    r"down|up|floors?|buildings?|meters?|degrees?|hours?|days?|percent|main|access|service|ring|leaks?|"
    r"cars?|lamps?|lights?)\b"
)

NOT_STREETS = frozenset(
    (
        "hallway always anyway gateway pathway halfway doorway fairway railway runway subway norway hofgut "
        "beding kuehlring o-ring delegate investigate appropriate mitigate aggregate irrigate navigate "
        "gateway"
    ).split()
)

TECHNICAL = re.compile(
    r"(?i)^(?:modbus|bacnet|ethernet|wi-?fi|mqtt|opc|knx|lon|rs-?\d+|usb|api|email|e-mail|sms|port|"
    r"http|snmp|ip|tcp|dali|m-?bus|profibus|niagara|gateway|figure|table|step|building|chiller|ahu|"
    r"boiler|pump|zone|floor|line|of|the|in|on|at)\b"
)


def is_street(match: re.Match[str]) -> bool:
    """Tell whether the words between a number and a street word can be a street's name."""
    name = match["name"]
    if "sure" in match.re.groupindex and match["sure"] and re.search(r"(?i)^(?:main|ring|access|service)\s?$", name):
        return True
    return NOT_NAMES.search(name) is None and not (
        name.strip().isupper() and "doubtful" in match.re.groupindex and match["doubtful"]
    )


def is_joined(match: re.Match[str]) -> bool:
    """Tell whether a compound ends in a street word by meaning, not by chance ("Gateway 2", "Delegate 5")."""
    return match["street"].lower() not in NOT_STREETS


def is_named(match: re.Match[str]) -> bool:
    """Tell whether a name follows "via" or "place", and not a protocol or a thing."""
    return TECHNICAL.match(match["name"]) is None and any(c.isupper() for c in match["name"])


ADDRESS = "ADDRESS"


def plain(words: str) -> set[str]:
    """Return the words that a list of alternatives matches, in lower case."""
    found: set[str] = set()
    for word in words.lower().replace("\\.", ".").replace("(?:ß|ss)", "ß").split("|"):
        spelled = {word.replace("?", ""), re.sub(r".\?", "", word)}
        found |= spelled | {one.replace("ß", "ss") for one in spelled}
    return found


LOWER_NEEDS = (
    "street",
    "avenue",
    "boulevard",
    "road",
    "lane",
    "crescent",
    "parkway",
    "highway",
    "blvd",
    " ave",
    " rd",
    "terrace",
)

CUE_REACH = 60

"""The street word and the number before a name are always part of an address."""

PREFIX_NEEDS = (
    *tuple(
        (
            "rue |avenue |boul|place |allée|allee|chemin|impasse|quai |route |cours |square |passage |voie|"
            "sentier|faubourg|rond-point"
        ).split("|")
    ),
    *tuple(
        (
            "esplanade|promenade|villa |cité|lotissement|zone ind|calle|c/|avda|avenida|avd|paseo|plaza|plaça|"
            "carrer|carretera|ctra|camino"
        ).split("|")
    ),
    *tuple(
        (
            "ronda|glorieta|traves|urbaniz|polígono|rambla|passeig|gran vía|callejón|jirón|rua |rúa |praça|praca|"
            "largo|alameda|estrada"
        ).split("|")
    ),
    *tuple(
        (
            "rodovia|beco|viale|piazza|corso|vicolo|lungo|strada|contrada|località|ulic|aleja|aleje|osiedle|"
            "náměstí|nábřeží|třída"
        ).split("|")
    ),
    *tuple(
        (
            "námestie|cesta|bulevar|b-dul|calea|șoseaua|șos.|intrarea|улица|ул.|проспект|пр|пер|пл|вул|бул|οδός|"
            "λεωφ|πλατεία"
        ).split("|")
    ),
    *("jalan", "lorong"),
    *at_start(
        "bd bd. av. fbg za zi p. pº pª pl. plc plz pla jr. cra cl. c. ul. al. plac os. trg nám. tř. put jl. jln via"
    ),
)

THE = "strand mall quay avenue green square crescent broadway parade".split()
ENGLISH_NEEDS = at_end({word.lower() for word in (*SURE.replace("(?:eet)?", "").split("|"), *plain(DOUBTFUL))})
JOINED_NEEDS = tuple(end + mark for end in plain(SUFFIX) for mark in " ,")
APART_NEEDS = tuple(
    end + mark
    for end in (
        *"straße strasse str. gasse weg platz allee ufer damm ring gatan gata vägen väg vej gade allé vei gate".split(),
        *"straat laan plein terrasse utca u. út útja tér tere krt krt. körút köz sor sétány rakpart tie katu".split(),
        *"bulvár cad caddesi cad. sok sokak sok. mah mahallesi mah.".split(),
    )
    for mark in " ,"
)
CODE_NEEDS = (
    *shapes("LD?DLL"),
    *shapes("DD?DLL"),
    *shapes("DL?DLL"),
    *shapes("DL?DLD", " -"),
    "gir",
    *(f"{state} {digit}" for state in "nsw vic qld tas act nt sa wa".split() for digit in range(10)),
)

STREETS = (
    Form(ADDRESS, ENGLISH, ENGLISH_NEEDS, is_street),
    Form(ADDRESS, ENGLISH_LOWER, LOWER_NEEDS, is_street),
    Form(
        ADDRESS,
        NUMBERED,
        (
            "route",
            "rte",
            "highway",
            "hwy",
            "interstate",
            "cr ",
            "sr ",
            "fm ",
            "rr ",
            "broadway",
            *at_end(f"the {w}" for w in THE),
        ),
    ),
    Form(ADDRESS, JOINED, JOINED_NEEDS, is_joined),
    Form(
        ADDRESS,
        JOINED_LOWER,
        tuple(
            (
                "straße|strasse|str.|gasse|gatan|vägen|straat|gracht|laan|plein|weg|allee|platz|utca|út|tér|tee|katu|"
                "tie"
            ).split("|")
        ),
        is_joined,
    ),
    Form(ADDRESS, APART, APART_NEEDS),
    Form(ADDRESS, ROMANCE, PREFIX_NEEDS, is_named, PREFIX_CUE, CUE_REACH),
    Form(ADDRESS, NUMBER_FIRST, (*PREFIX_NEEDS, " ave "), is_named, NUMBER_CUE, CUE_REACH),
    Form(ADDRESS, EAST, ("路", "街", "道", "巷", "弄", "都", "府", "県", "市", "区", "町", "村", "로", "길")),
    Form(ADDRESS, BEFORE_UNIT, ("suite", "ste", "apt", "apartment")),
    Form(
        ADDRESS,
        AFTER_CUE,
        tuple(("address|adresse|dirección|live|office is|located|deliver|ship|taxi to|meet|return to").split("|")),
        lambda match: NOT_NAMES.search(match[VALUE]) is None,
    ),
    Form(ADDRESS, BEFORE_CODE, CODE_NEEDS, lambda match: any(c.isdigit() for c in match[VALUE][:40])),
    Form(ADDRESS, PLOT, ("plot", "shop", "door", "house", "villa", "flat", "unit", "lot", "stand", "block")),
    Form(ADDRESS, BANCHI, ("-",)),
    Form(
        ADDRESS,
        BOX,
        tuple(("box|postfach|postbus|postale|bp |b.p|apartado|casella|boks|caixa|skrytka|lokero|bag").split("|")),
    ),
    Form(ADDRESS, MILITARY, ("box", "apo", "fpo", "dpo")),
)

streets = recogniser("addresses", STREETS)
