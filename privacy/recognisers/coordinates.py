"""Where on Earth: decimal and sexagesimal degrees, UTM, MGRS, national grids, plus codes, what3words, map links.

Two decimals in a row are a position only with enough places after the point (four: about ten metres), in range, and
not inside a longer row of numbers; with a cue or a compass letter two places are enough.
"""

# ruff: noqa: RUF001 - quotes, dashes and letters of many scripts are what is looked for

import re

from privacy.recognisers.finding import Recogniser
from privacy.recognisers.forms import VALUE, Form, cued, recogniser

LAT = r"[-+−]?(?:[0-8]?\d|90)"
LON = r"[-+−]?(?:1[0-7]\d|0?\d{1,2}|180)"
BETWEEN = r"\s{0,2}[,;/ |]\s{0,2}"
PAIR = re.compile(
    rf"(?<![\w.,-])(?<![\d.]\s)(?<!\d,\s)(?<!\d;\s)(?P<it>{LAT}\.\d{{4,15}}°?{BETWEEN}{LON}\.\d{{4,15}}"
    rf"°?)(?![\w]|[.,]\d|\s?,\s?-?\d[\d.]{{0,20}}(?!\s?[A-Za-z°%\d.])|\s(?:k?W|kWh|MWh))"
)
PAIR_SHORT = rf"\(?\[?{LAT}\.\d{{2,15}}°?\s?[NS]?{BETWEEN}{LON}\.\d{{2,15}}°?\s?[EWO]?(?!\w|\.\d)"
COMPASS = re.compile(
    rf"(?<![\w.])(?P<it>{LAT}(?:[.,]\d{{1,15}})?\s?°?\s?[NS]{BETWEEN}?{LON}(?:[.,]\d{{1,15}})"
    rf"?\s?°?\s?[EWO]|[NS]\s?{LAT}[.,]\d{{2,15}}°?{BETWEEN}?[EWO]\s?{LON}[.,]\d{{2,15}}°?)(?!\w)"
)
ANGLE = (
    r"\d{1,3}\s?(?:°|º|deg|d)\s?\d{1,2}(?:[.,]\d{1,8})?\s?(?:['′’´]|min|m)?\s?(?:\d{1,2}(?:[.,]\d{1,6})"
    r"?\s?(?:[\"″”]|''|′′|’’|sec|s)?)?\s?"
)
DMS = re.compile(
    rf"(?<![\w.])(?P<it>(?:[NSEWO]\s?{ANGLE}|{ANGLE}[NSEWO])(?:[\s,;/]{{0,3}}(?:and |by )"
    rf"?(?:[NSEWO]\s?{ANGLE}|{ANGLE}[NSEWO]))?)(?![\w])"
)
LABELLED = re.compile(
    r"(?i)(?<![a-z])[\"']?(?P<it>(?:geo\.?)?(?:lat(?:itude)?|breite(?:ngrad)?)[\"']?\s?(?:is|of|=|:|\s)"
    r"\s?[\"']?[-+−]?\d{1,2}[.,]\d{1,15}°?\s?[NS]?"
    r"(?:[\"']?[\s,;&/]{1,3}(?:and\s)?[\"']?(?:geo\.?)?(?:long?(?:itude)?|lng|länge(?:ngrad)?)"
    r"[\"']?\s?(?:is|of|=|:|\s)\s?[\"']?[-+−]?\d{1,3}[.,]\d{1,15}°?\s?[EWO]?)?)(?!\w)"
)
LABELLED_LON = re.compile(
    r"(?i)(?<![a-z])[\"']?(?P<it>(?:geo\.?)?(?:longitude|long|lng|lon|längengrad|länge)[\"']?\s?(?:is|"
    r"of|=|:|\s)\s?[\"']?[-+−]?\d{1,3}[.,]\d{2,15}°?\s?[EWO]?)(?!\w)"
)
UTM = re.compile(
    r"(?i)(?<!\w)(?P<it>(?:UTM[ :]{1,2})?(?:zone )?(?:[1-5]?\d|60)\s?[C-HJ-NP-X][\s,]{1,2}(?:E\s?)"
    r"?\d{6}(?:\.\d{1,4})?\s?m?\s?E?[\s,]{1,3}(?:N\s?)?\d{7}(?:\.\d{1,4})?\s?m?\s?N?)(?!\w)"
)
MGRS = re.compile(
    r"(?<!\w)(?P<it>(?:[1-5]?\d|60)\s?[C-HJ-NP-X]\s?[A-HJ-NP-Z]{2}\s?(?:\d{3}\s?\d{3}|\d{4}\s?\d{4}|"
    r"\d{5}\s?\d{5}))(?!\w)"
)
OS_GRID = re.compile(
    r"(?<!\w)(?P<it>[HNOST][A-HJ-Z]\s?(?:\d{5}\s?\d{5}|\d{4} \d{4}|\d{3} \d{3}|\d{8}|\d{6}))(?!\w|\.\d)"
)
GRID_CUE = re.compile(
    r"(?i)\b(?:grid|OSGB|OS ref\w*|NGR|map ref\w*|ordnance|easting|coordinates?|location|site|located)\b"
)
EASTING = re.compile(
    r"(?i)\b(?P<it>(?:easting|X|E|RW|rechtswert|ostwert)\s?[:=]?\s?\d{5,7}(?:\.\d{1,4})"
    r"?\s?m?[\s,;/]{1,3}(?:and )?(?:northing|Y|N|HW|hochwert|nordwert)\s?[:=]?\s?\d{5,7}(?:\.\d{1,4})?)"
    r"(?!\w)"
)
PLUS_CODE = re.compile(r"(?<![\w+])(?P<it>[23456789CFGHJMPQRVWX]{4,8}\+[23456789CFGHJMPQRVWX]{2,4})(?![\w+])")
WORDS = re.compile(r"(?<![/\w:])(?P<it>/{3}[^\W\d_]{2,20}[.・][^\W\d_]{2,20}[.・][^\W\d_]{2,20})(?!\w)")
WORDS_CUED = re.compile(
    r"(?i)\b(?:what3words|w3w)(?:\.com)?(?: (?:address|location|square))?(?:\s(?:is|of)|[:=/])"
    r"?\s{0,2}[\"'(]?/{0,3}(?P<it>[^\W\d_]{2,20}\.[^\W\d_]{2,20}\.[^\W\d_]{2,20})(?!\w)"
)
GEO_URI = re.compile(r"(?i)(?<!\w)(?P<it>geo:[-+]?\d{1,2}\.\d{2,12},[-+]?\d{1,3}\.\d{2,12}(?:[,;?][\w=.,;-]{1,60})?)")
MAP_LINK = re.compile(
    r"(?i)https?://(?:(?:www|maps)\.)?(?:google\.[a-z.]{2,6}/maps|maps\.google\.[a-z.]{2,6}|"
    r"maps\.app\.goo\.gl|goo\.gl/maps|openstreetmap\.org|osm\.org|maps\.apple\.com|bing\.com/maps|"
    r"what3words\.com|w3w\.co|plus\.codes)[^\s\"'<>)]{3,300}"
)
GEOHASH = r"(?=[0-9a-z]{0,11}\d)[0-9b-hjkmnp-z]{6,12}(?!\w)"
WKT = re.compile(
    r"(?i)\b(?P<it>(?:POINT|LINESTRING|POLYGON)\s?Z?\s?\({1,2}-?\d{1,3}\.\d{2,15} "
    r"-?\d{1,3}\.\d{2,15}(?:, ?-?\d{1,3}\.\d{2,15} -?\d{1,3}\.\d{2,15}){0,200}\){1,2})"
)
GEOJSON = re.compile(r"(?i)[\"']coordinates[\"']\s?:\s?(?P<it>\[{1,3}\s?-?\d{1,3}\.\d{2,15}\s?,\s?-?\d{1,3}\.\d{2,15})")
CUE = (
    r"coordinates?|coords?|GPS(?: position| coordinates| location| fix)?|lat/lon(?:g)?|lat,? ?long?|"
    r"lat-?long?|position|location|located|geo(?:location|-?tag|point|position)?|map(?:s| pin| "
    r"reference)?|pin(?:ned)?|koordinaten|standort|coordonnées|coordenadas|coordinate|coördinaten|"
    r"ubicación|posizione|site"
)


def is_in_grid(match: re.Match[str]) -> bool:
    """Tell whether a British grid reference has ten figures in two groups, or a text that speaks of maps."""
    return (
        re.search(r"\d{4,5}\s\d{4,5}$", match[VALUE]) is not None or GRID_CUE.search(match.string[:20_000]) is not None
    )


def is_military(match: re.Match[str]) -> bool:
    """Tell whether a grid reference is written with spaces or in ten figures, or its text speaks of maps."""
    spaced = " " in match[VALUE] and len(match[VALUE]) >= 13
    return (
        spaced
        or len(re.sub(r"\D", "", match[VALUE])) >= 11
        or re.search(r"(?i)\b(?:MGRS|USNG|grid|coord)", match.string[:20_000]) is not None
    )


XY = "COORDINATES"
DEGREES = ("°", "º", "deg", *(f"{digit}{mark}" for digit in range(10) for mark in ("d", " d")))
FORMS = (
    Form(XY, PAIR, ("D.DDDD",)),
    cued(
        XY,
        CUE,
        PAIR_SHORT,
        tuple(("coord|koord|coörd|gps|lat|position|loca|geo|map|pin|standort|ubica|posiz|site").split("|")),
    ),
    Form(XY, COMPASS, ("D.DD", "D,DD", "°"), lambda match: bool(re.search(r"\d[.,]\d{2}|°", match[0]))),
    Form(XY, DMS, DEGREES),
    Form(XY, LABELLED, ("lat", "breite")),
    Form(XY, LABELLED_LON, ("lon", "lng", "länge")),
    Form(XY, UTM, ("DDDDDDD",)),
    Form(XY, MGRS, ("LDDDDDD", "L DDDDDD", "DDD DDD"), is_military),
    Form(XY, OS_GRID, ("LDDDDDD", "L DDDDDD", "DDD DDD"), is_in_grid),
    Form(XY, EASTING, ("DDDDD",)),
    Form(XY, PLUS_CODE, ("D+D", "L+L", "D+L", "L+D")),
    Form(XY, WORDS, ("///",)),
    Form(XY, WORDS_CUED, ("what3words", "w3w")),
    Form(XY, GEO_URI, ("geo:",)),
    Form(XY, MAP_LINK, ("://",)),
    cued(XY, "geohash(?:es)?", GEOHASH, ("geohash",)),
    Form(XY, WKT, ("point", "linestring", "polygon")),
    Form(XY, GEOJSON, ("coordinates",)),
)

RECOGNISERS: tuple[Recogniser, ...] = (recogniser("coordinates", FORMS),)
