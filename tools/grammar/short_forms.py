"""Words as people shorten them in a hurry: 'avg', 'betw', 'w/', 'weds', 'vs.', '9-17h', and 'jump' for a rise.

They are written out before anything is read, so that the tables know one word each.
"""

import re
from typing import Final

from tools.grammar.rise_words import ROWS as RISES

_NEVER_LAST: Final = r"vs?|cf|approx|aprx|avg|incl|excl|exl|temp|elec|cons|nos|resp|bldgs?|ref"
_MAY_BE_LAST: Final = (
    r"temps|max|min|yrs?|mths?|wks?|hrs?|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|mon|tues?|weds?|thurs?|thu|fri"
)
DOT: Final = re.compile(rf"(?<![\w.])(?P<w>(?i:{_NEVER_LAST})(?=\.[ \t]+\S)|(?i:{_MAY_BE_LAST})(?=\.[ \t]+[^\sA-Z]))\.")
BRACKET: Final = re.compile(r"\?\s*(\([^()?]*\d[^()?]*\))")  # "how much did it use? (2019 vs 2018)"
_MONTH: Final = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_DAYS: Final = r"(?:mon|tues?|weds?|thurs?|thu|fri|sat|sun)(?:s|days?|nesdays?|rsdays?|urdays?)?"
_RUN: Final = rf"{_DAYS}\s?(?:-|to|/|&|\+|and)\s?{_DAYS}|week ?days?|week[ -]?ends?|working days?"
_H: Final = r"(?P<a>[01]?\d|2[0-3])\s?(?:-|\u2013|to)\s?(?P<b>[01]?\d|2[0-4])"
_NO_DATE: Final = rf"(?!\s*(?:of\s+)?{_MONTH}\b)(?![\d/.:%-])"
OFFICE_HOURS: Final = re.compile(
    r"(?P<lead>(?<![\w/.,£$:-]))(?P<a>[6-9]|1[0-2])\s?(?:-|to)\s?(?P<b>[1-7])"
    rf"(?=,?\s?(?:on )?(?:{_RUN}))"
)
DAYS_THEN_HOURS: Final = re.compile(
    rf"(?P<lead>(?<![\w-])(?:{_RUN}),?\s(?:from )?)(?P<a>[6-9]|1[0-2])\s?(?:-|to)\s?(?P<b>[1-7])"
    rf"(?![\w/.:%-])(?!\s*(?:of\s+)?{_MONTH}\b)"
)

ROWS: Final = tuple(
    (re.compile(pattern), full)
    for pattern, full in (
        (r"(?<![\w-])weds(?![\w-])(?!\s?[/+&])", "wednesday"),
        (r"(?<![\w-])tues(?![\w-])(?!\s?[/+&])", "tuesday"),
        (r"(?<![\w-])thurs?(?![\w-])(?!\s?[/+&])", "thursday"),
        (r"(?<![\w-])(?:betw|btwn|btween|bet\.|b/w)(?![\w-])", "between"),
        (r"(?<![\w/-])w/o(?:ut)?(?![\w-])", "without"),
        (r"(?<![\w/-])w/(?=\s?(?!c\b|e\b|end)[a-z])\s?", "with "),
        (
            (
                r"(?<=[\w)]) '?n'? (?=(?:b\d|gas|electric|elec|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tue|"
                r"wed|"
                r"thu|fri|sat|sun|winter|summer|spring|autumn|cost|carbon|when|what|how|20\d\d|lb\b|gh\b|bh\b|acb\b|lcb\b|"
                r"night|week|day|peak|min|max|base|average))"
            ),
            " and ",
        ),
        (r"(?<![\w-])av(?:ge?|e)(?![\w-])", "average"),
        (r"(?<![\w-])(?:exl|excl|exc|ex\.|exlud(?:e|ing)|exlcuding|excludng|excudling)(?![\w-])", "excluding"),
        (r"(?<![\w-])incl(?![\w-])", "including"),
        (r"(?<![\w-])(?:pctiles?|pctl|%ile|percntile)(?![\w-])", "percentile"),
        (r"(?<![\w-])elec(?:t|tric|\.)?(?![\w-])", "electricity"),
        (r"(?<![\w-])cons(?:umpt)?(?![\w-])(?= |$)", "consumption"),
        (r"(?<![\w-])tot(?![\w-])", "total"),
        (r"(?<![\w-])mths(?![\w-])", "months"),
        (r"(?<![\w-])mth(?![\w-])", "month"),
        (r"(?<![\w-])cf(?![\w-])", "compared with"),
        (r"(?<![\w-])aprx(?![\w-])", "about"),
        (r"(?<![\w-])b(?:/|ank )hols?(?![\w-])", "bank holidays"),
        # hours of the clock
        (
            (
                r"\boutside (?:of )?(?:the |its |our |their )?(?:office|working|business|opening|core|school|"
                r"occupied|normal|operating) hours,? ?\(?(?:of |from )?(?=\d{1,2}\s?(?:-|to|[ap]m|:))"
            ),
            "outside ",
        ),
        (
            rf"\boutside (?:of )?(?:the )?(?:hours )?(?:of |from )?{_H}{_NO_DATE},?\s?(?P<d>{_RUN})(?![\w-])",
            r"outside \g<a>:00 to \g<b>:00 \g<d>",
        ),
        (
            rf"\boutside (?:of )?(?:the )?(?P<d>{_RUN}),?\s(?:from )?{_H}(?![\w/.:%-])",
            r"outside \g<d> \g<a>:00 to \g<b>:00",
        ),
        (
            rf"(?<![\w/.,£$:-])(?:from )?{_H}\s?(?:h|hrs?|hours)(?![\w/])(?! (?:a|per|each|of) )",
            (
                r"from \g<a>:00 to "
                r"\g<b>:00"
            ),
        ),
        (
            rf"(?<![\w/.,£$:-])(?:from )?{_H}{_NO_DATE},?\s?(?:on )?(?P<d>{_RUN})(?![\w-])",
            (
                r"from \g<a>:00 to "
                r"\g<b>:00 on \g<d>"
            ),
        ),
        (
            (
                rf"(?<![\w-])(?P<d>{_RUN}),?\s(?:from )?{_H}(?![\w/.:%-])(?!\s*(?:of\s+)?{_MONTH}\b)"
                rf"(?! (?:k?wh?|mwh|kg|"
                rf"degrees|°))"
            ),
            r"\g<d> from \g<a>:00 to \g<b>:00",
        ),
        # everyday ways of asking for what has a name here
        (r"\bhow many hours of negative (?:\w+ )?prices?\b", "how many hours were prices negative"),
        (r"\bnegative[ -]price hours?\b", "how many hours were prices negative"),
        (r"\bdata gaps?\b", "gaps in the readings"),
        (
            (
                r"\bhow many hours (?:has|have|had|was|were|did|does|is) (?P<b>it|"
                r"the \w+|they|[a-z]{1,4}\d{0,3}'s (?:gas|electricity|meter)|[a-z]{1,4}\d{0,3})"
                r"(?: been| read| show\w*| stood? at| sit at)? (?:at )?(?:zero|0)\b(?! k)"
            ),
            (
                r"what share of the readings "
                r"of \g<b> are zeros"
            ),
        ),
        (
            (
                r"\bhow much of (?P<x>(?!.*\b(?:use|usage|consumption|cost|bill|carbon|load)\b.*\bha)[^?]*?)"
                r"\b(?:has|have|"
                r"had|comes with) "
                r"(?:got )?(?:valid |good |actual |any |real )?(?:readings?|data|values)\b"
            ),
            (
                r"how complete are the "
                r"readings of \g<x>"
            ),
        ),
        (
            (
                r"\b(?:what|at what|at which|which) time of (?:the )?day is (?P<x>[^?]*?)(?:the |its |at its "
                r")*(?P<e>lowest|highest|"
                r"smallest|greatest|least|most)\b"
            ),
            r"at which hour of the day is \g<x>\g<e> on average",
        ),
        (r"(?<=[a-z0-9] )sat ?\+ ?sun(?![\w-])", "weekends"),
        (
            (
                r"\b(?P<c>[tkg]?co2e?|tonnes of (?:carbon|co2e?)|carbon)\b(?P<x>[^?]{0,60}?\bgas\b[^?]{0,60}?)"
                r"(?:counted |taken |reckoned |using )?"
                r"\b(?:at|with|using|by) (?P<n>0?\.\d+) ?kg(?: ?co2e?)? ?(?:/|per) ?kwh\b"
            ),
            r"emissions \g<x> in \g<c> at \g<n> kg per kwh",
        ),
    )
)
GAS_FACTOR_UNIT: Final = re.compile(r"\bin (?:tco2e?|tonnes of (?:carbon|co2e?))(?= at \.?\d)")
KILO_UNIT: Final = re.compile(r"\bin (?:kgco2e?|co2e?|carbon)(?= at \.?\d)")


def _past_noon(match: re.Match[str]) -> str:
    """Read '9-5 mon-fri' as 9 to 17."""
    first, last = int(match["a"]), int(match["b"])
    return match.group(0) if last > first else f"{match['lead']}{first}-{last + 12}"


def without_dots(text: str) -> str:
    """Return a text, of any case, without the full stops that only mark a short form: 'Jan 2015 vs. Jan 2014'."""
    return BRACKET.sub(r" \1?", DOT.sub(r"\g<w>", text))


def written_out(text: str) -> str:
    """Return a lower-case text with its short forms written out."""
    for pattern in (OFFICE_HOURS, DAYS_THEN_HOURS):
        text = pattern.sub(_past_noon, text)
    for pattern, full in (*ROWS, *RISES):
        text = pattern.sub(full, text)
    return KILO_UNIT.sub("", GAS_FACTOR_UNIT.sub("in tonnes", text))
