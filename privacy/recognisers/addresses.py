"""Addresses: a street with what belongs to it, so that a pseudonym takes the place of the whole.

The flat before it, the suite, town, state, postcode and country behind it are part of the span.
"""

# ruff: noqa: RUF001 - quotes, dashes and letters of many scripts are what is looked for

import re
from collections.abc import Iterator

from privacy.recognisers.finding import Recogniser
from privacy.recognisers.forms import VALUE, Form, recogniser
from privacy.recognisers.postcodes import CANADIAN_CODE, COUNTRY, STATES, TOWN, UK_CODE
from privacy.recognisers.street_patterns import UPPER
from privacy.recognisers.streets import ADDRESS, LOWER_NEEDS, NOT_NAMES, streets
from privacy.spans import Span

WITHOUT_NUMBER = re.compile(
    rf"(?<!\w)(?P<it>(?:[{UPPER}][\w'’-]{{1,24}}\s){{1,3}}(?:Street|Avenue|Boulevard|Road|Lane|"
    rf"Crescent|Blvd|Rd|Ave))(?!\w)"
)

CORNER = re.compile(
    rf"(?i:(?:the )?corner of |intersection of |junction of |\becke )"
    rf"(?:[{UPPER}\d][\w'’.-]{{0,24}}\s(?:(?:de|du|la|le|of)\s)?){{1,6}}?(?:and|&|und|et|y|/)"
    rf"\s(?:[{UPPER}\d][\w'’-]{{0,24}}(?:\s(?=[{UPPER}\d]))?){{1,4}}"
)

STREET_ONLY = re.compile(
    rf"(?<!\w)(?P<it>(?i:rue|calle|avenida|avda\.?|piazza|viale|ulica|ul\.|rua|carrer|улица|ул\.)"
    rf"\s(?P<name>(?:(?:de|du|des|la|le|les|del|della|dei|di|da|do|dos|l['’]|d['’])\s?)"
    rf"{{0,3}}[{UPPER}][\w'’.-]{{1,24}}(?:\s[{UPPER}][\w'’.-]{{1,24}}){{0,3}}))"
)

UNIT = (
    r"(?:Suite|Ste\.?|Apt\.?|Apartment|Flat|Unit|Rm\.?|Room|Floor|Fl\.?|Level|Bldg\.?|Building|Block|"
    r"Dept\.?|Office|Lot|Piso|Puerta|Appt\.?|Étage|Wohnung|Whg\.?|Top|Stiege|Etage|OG|sala|interno|"
    r"int\.|lgh|leil(?:ighet)?|byt|m\.|lok\.|кв\.|оф\.|#)"
    r"\s?(?:no\.? ?)?#?(?:\d{1,5}[A-Za-z]?|[A-Z]\d{0,4})(?!\w)"
)

CODE = rf"(?:{UK_CODE}|{CANADIAN_CODE}|\d{{5}}(?:-\d{{3,4}})?|\d{{3}} \d{{2}}|\d{{2}}-\d{{3}}|\d{{4}}(?: [A-Z]{{2}})?)"

PLACE = (
    rf"(?:[{UPPER}][\w'’().-]{{1,24}}(?:[ -](?:[{UPPER}][\w'’().-]{{0,24}}|de|la|le|of|upon|on|am|an|"
    rf"der|sur|les|na|in|do|da|dos|del|di|nad|u|v|y|i|os|auf|bei|aan|den)){{0,4}})"
)

LAST = (
    rf"(?:{STATES}(?:[ ,]{{1,2}}{CODE})?|{PLACE}[ ,]{{1,2}}(?:(?:{STATES}|[A-Z]{{1,3}}),?\s)?{CODE}|"
    rf"{CODE}(?: {TOWN})?|{COUNTRY}(?: \(\w{{1,12}}\))?(?: {CODE})?|[A-Z]{{2,3}}|nan)(?!\w)"
)

BREAK = r"\s{0,2}[,\n]\s{0,3}"

DOOR = r"(?:\d{1,2}\s?[.º°ª]{1,2}\s?(?:[A-Z]|\d{1,2}[ªº]?|izq|dcha|der)?\.?|esc\.? ?\w{1,3}|bajo|[A-H]\d{0,2})(?!\w)"

FLOOR = rf"(?:(?i:{UNIT})|{DOOR})"

TAIL = re.compile(
    rf"\.?(?:[ ,\n]{{1,3}}(?i:{UNIT}){{1}}){{1,3}}(?:\s{PLACE})?(?:\s(?:{STATES}|nan|[A-Z]{{2}})(?!\w))"
    rf"?(?:{BREAK}{PLACE}){{0,3}}(?:(?:{BREAK}|\s){LAST}){{0,3}}"
    rf"|(?:[ ,\n]{{1,3}}{FLOOR}){{0,3}}(?:(?:{BREAK}(?:{PLACE})){{0,3}}(?:{BREAK}|\s){LAST})"
    rf"{{0,2}}(?:{BREAK}{COUNTRY})?"
)

FRONT = re.compile(rf"(?i:{UNIT})[,\n]?\s{{1,2}}(?:(?:{PLACE}),\s)?$")

LONE_UNIT = re.compile(
    r"(?<!\w)(?P<it>(?i:suite|ste\.|apt\.?|apartment|flat)\s?#?(?:\d{1,5}[A-Za-z]?|[A-D]\d{0,3}))(?![\w-]|[.,]\d)"
)


def has_letters(match: re.Match[str]) -> bool:
    """Tell whether a lone unit is one: a suite or a flat with its number."""
    return any(c.isdigit() for c in match[VALUE]) or match[VALUE][-1].isupper()


PARTS = (
    Form(ADDRESS, WITHOUT_NUMBER, LOWER_NEEDS, lambda match: NOT_NAMES.search(match[VALUE]) is None),
    Form(
        ADDRESS,
        STREET_ONLY,
        ("rue", "calle", "avenida", "avda", "piazza", "viale", "ul", "rua", "carrer", "ул"),
        lambda match: any(c.isupper() for c in match["name"]),
    ),
    Form(ADDRESS, CORNER, ("corner of", "intersection of", "junction of", "ecke ")),
    Form(ADDRESS, LONE_UNIT, ("suite", "ste.", "apt", "apartment", "flat"), has_letters),
)


def whole_addresses(text: str) -> Iterator[Span]:
    """Yield streets, each with the unit, the town and the postcode that are written around it."""
    for street in streets(text):
        yield with_surroundings(text, street)


def with_surroundings(text: str, street: Span) -> Span:
    """Return the span of a street stretched over the flat before it and the town behind it."""
    front = FRONT.search(text[max(0, street.start - 60) : street.start])
    start = street.start - len(front[0]) if front else street.start
    tail = TAIL.match(text, street.end)
    return Span(start, tail.end() if tail else street.end, street.type, street.label, street.score, street.by)


RECOGNISERS: tuple[Recogniser, ...] = (whole_addresses, recogniser("addresses", PARTS))
