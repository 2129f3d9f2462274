"""The words that ask for a figure of a building's hours: percentiles, spread, thresholds, zeros, steps, top hours."""

import re
from typing import Final

from tools.grammar.data_levels import THRESHOLD_OF_HOURS

SHARE: Final = r"(?:share|proportion|fraction|percentage|percent|per ?cent|%|part)"
_PERCENTILE: Final = re.compile(
    r"\b(?!(?:5th|fifth)\b)(?:\d{1,2}(?:\.\d+)?(?:st|nd|rd|th)?|tenth|ninetieth|ninety-(?:fifth|ninth)|twenty-fifth|"
    r"seventy-fifth)[ -](?:percentile|centile)s?\b|\bp\d{2}\b(?! ?/)|\bpercentile (?:of )?\d{1,2}\b"
)
_SPREAD: Final = re.compile(
    r"\bmedians?\b|\b(?:standard|std\.?) ?dev(?:iation|s)?\b|\bstd ?dev\w*\b|\bstdev\b|\bsd of\b|\bstd\b"
)
_OF_HOURS: Final = re.compile(
    r"\b(?:load|kw|kwh|hourly|hours?|demand|power|electric\w*|gas|use|usage|consumption|draw)\b"
)
_OF_PEERS: Final = re.compile(
    r"\b(?:peers?|eui|intensit\w+|energy ?star|benchmark\w*|seattle|cbecs|national|sector|buildings?|per m2|per square|"
    r"daily|weekly|monthly|yearly|annual|a day|per day|days|months|years)\b"
)
_ZEROS: Final = re.compile(rf"\b{SHARE}\b.*\bzero(?:e?s)?\b|%\s.*\bzero|\bzero(?:e?s)?\b.*\b{SHARE}\b|\bzero share\b")
_BIGGEST: Final = r"(?:largest|biggest|steepest|highest|maximum|greatest|max|sharpest|most abrupt)"
STEP: Final = re.compile(
    rf"\b{_BIGGEST} (?:\w+ ){{0,2}}?(?:hour[ -](?:to|on|by|over)[ -]hour|hourly|one[ -]hour|single[ -]hour|"
    rf"1[ -]?h(?:our)?)"
    r" (?:\w+ )?(?:rises?|increases?|jumps?|ramps?(?: up)?|steps?|change|drops?|falls?|decreases?|ramp[ -]?down)\b"
    rf"|\b{_BIGGEST} (?:rise|increase|jump|ramp(?:[ -]up)?|drop|fall|decrease) (?:\w+ ){{0,3}}?(?:from|between|within|"
    rf"in) "
    r"(?:one|an?|two|consecutive|any) (?:single )?hours?\b|\b(?:steepest|maximum|max|largest|"
    r"biggest) ramp(?:[ -]?(?:up|"
    r"down|rate))?\b"
)
_N: Final = r"(?:\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty)"
TOP_HOURS: Final = re.compile(
    rf"\b(?:top|highest|largest|biggest|busiest|lowest|worst) {_N} (?:single )?(?:peak |demand |load |hourly |highest |"
    rf"individual )*(?:hours?|peaks?|demands?|loads?|hourly values)\b(?! of (?:the )?day| days?\b| weeks?\b|"
    rf" months?\b)|\b{_N} (?:single )?(?:top|"
    rf"highest|"
    r"largest|biggest|busiest|lowest|worst|peak) (?:single )?(?:peak |demand |load |hourly |electricity |"
    r"gas )*(?:hours?|"
    r"peaks?|demands?|loads?|values)\b(?! of (?:the )?day| days?\b| weeks?\b| months?\b)"
)
_BASE_SHARE: Final = re.compile(
    rf"\b(?:how much|(?:what|which) {SHARE}|{SHARE}) of\b.*\b(?:base[ -]?load|always[ -]on|background load)\b|"
    rf"\b(?:base[ -]?load|always[ -]on)(?: \w+)? (?:as a |in |as )?{SHARE}\b|\bbase[ -]?load(?:'s)?.*\b(?:as|"
    rf"in) (?:a )?"
    rf"{SHARE} of\b|\bbase[ -]?load ratio\b"
)
_OF_PEAK: Final = re.compile(r"\bof (?:its|the|their) (?:own )?(?:peak|max\w*)\b")
_CUT: Final = re.compile(
    r"\b(?:cut\w*|reduc\w*|lower\w*|sav\w+|if|trim\w*|halv\w*|estate|site|campus|peers?|carbon|cost)\b"
)


def asks_of_hours(text: str) -> bool:
    """Tell whether a lower-case text asks for such a figure, of hours and not of peers, days or a change."""
    cut = _CUT.search(text)
    peers = _OF_PEERS.search(text)
    asks = (
        (_PERCENTILE.search(text) and not peers)
        or (_SPREAD.search(text) and _OF_HOURS.search(text) and not peers)
        or THRESHOLD_OF_HOURS.search(text)
        or _ZEROS.search(text)
        or STEP.search(text)
        or (TOP_HOURS.search(text) and not re.search(r"\bbuildings?\b|\bcarbon|\bcosts?\b|\bprice", text))
        or (_BASE_SHARE.search(text) and not (cut or _OF_PEAK.search(text)))
    )
    return bool(asks)
