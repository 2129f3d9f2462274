"""Rises and falls in lively words, and the weather of two times: 'a surge from 2018 to 2019', 'plummeted'.

A jump with no two times is left alone: it is a step of the load or of its level, and so asked of another analysis.
"""

import re
from typing import Final

_MONTH: Final = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_UP: Final = r"(?:jumps?|leaps?|surges?|hikes?|spurts?|upticks?|upturns?|climbs?|upswings?)"
_DOWN: Final = r"(?:slumps?|plunges?|nose-?dives?|tumbles?|dips?|crash(?:es)?|downturns?|dives?)"
_BIG: Final = (
    r"(?P<m>biggest|largest|greatest|highest|steepest|sharpest|worst|best|most|strongest|smallest|top|percentage|%|"
    r"percent|relative|per ?cent|an?|the|what|any|how big (?:a|was the|is the))"
)
_TWO_TIMES: Final = (
    r"(?=[^?]*(?:\bfrom\b[^?]*\bto\b|\bbetween\b|\bvs?\b|\bversus\b|\bagainst\b|\bcompared\b|\bon "
    r"the year|\b20\d\d (?:to|-) 20\d\d)[^?]*\d|[^?]*\b20\d\d ?(?:to|-|\u2013) ?20\d\d)"
)
_KIND: Final = (
    r"(?P<x>(?:(?:night|weekend|weekday|gas|electricity|carbon|year[ -]on[ -]year|percent(?:age)?|%|"
    r"relative|per ?cent) )*)"
)
_NO_HOUR: Final = r"(?!.*\b(?:hour|hourly|one hour|level|when|date)\b)"
_NOT_PRIOR: Final = r"(?!(?:the )?\w+ (?:before|earlier|prior|previous))"
_TIME: Final = rf"(?:(?:19|20)\d\d|spring|summer|autumn|fall|winter|{_MONTH})\b"

ROWS: Final = tuple(
    (re.compile(pattern), full)
    for pattern, full in (
        # rises and falls between two times
        (
            (
                rf"\b(?:sharpest|steepest) (?={_KIND}(?:{_UP}|{_DOWN}|rise|increase|drop|fall|decrease|cut|reduction)"
                rf"\b){_TWO_TIMES}{_NO_HOUR}"
            ),
            "biggest ",
        ),
        (rf"\b{_BIG} {_KIND}{_UP}\b{_TWO_TIMES}{_NO_HOUR}", r"\g<m> \g<x>increase"),
        (rf"\b{_BIG} {_KIND}{_DOWN}\b{_TWO_TIMES}{_NO_HOUR}", r"\g<m> \g<x>decrease"),
        (rf"\b(?:jumped|leap(?:t|ed)|surged|soared|rocketed|shot up|climbed)\b{_TWO_TIMES}{_NO_HOUR}", "rose"),
        (rf"\b(?:slumped|plunged|tumbled|plummeted|nose-?dived|crashed|dipped|dived)\b{_TWO_TIMES}{_NO_HOUR}", "fell"),
        (
            rf"\b(?P<d>did [^?]*?)\b(?:jump|leap|surge|soar|rocket|shoot up|climb)\b(?= |$){_TWO_TIMES}{_NO_HOUR}",
            r"\g<d>rise",
        ),
        (
            (
                rf"\b(?P<d>did [^?]*?)\b(?:slump|plunge|tumble|plummet|nose-?dive|crash|dip|dive)\b(?= |"
                rf"$){_TWO_TIMES}{_NO_HOUR}"
            ),
            r"\g<d>fall",
        ),
        # the weather of two times
        (
            (
                rf"\bwhich (?:was|is) (?:the )?(?:warmer|hotter|colder|cooler|milder)(?: \w+)?[,:]? "
                rf"(?P<a>{_TIME}(?: 20\d\d)?) or (?={_TIME})"
            ),
            r"mean outdoor temperature in \g<a> against ",
        ),
        (
            (
                rf"\bby how much was (?:it )?(?P<a>[^?]*?{_TIME}[^?]*?) (?:warmer|hotter|colder|cooler|milder) than "
                rf"(?:in |during )?(?=(?:the )?(?:same|{_TIME})){_NOT_PRIOR}"
            ),
            r"mean outdoor temperature in \g<a> against ",
        ),
        (
            (
                rf"\bhow much (?:warmer|hotter|colder|cooler|milder) (?:was|were|is) "
                rf"(?:it (?:in |during )?)?(?P<a>[^?]*?{_TIME}[^?]*?) than "
                rf"(?:it was )?(?:in |during )?(?=(?:the )?(?:same|{_TIME})){_NOT_PRIOR}"
            ),
            r"mean outdoor temperature in \g<a> against ",
        ),
        (
            (
                rf"^(?:was|were) (?:it )?(?P<w>(?:warmer|hotter|colder|cooler|milder) )?(?:in )?"
                rf"(?P<a>{_TIME}(?: (?:20\d\d|"
                rf"in|at|[a-z]{{4,}}))*?) "
                rf"(?:(?:warmer|hotter|colder|cooler|milder) )?than (?:it was )?(?:in |during )?"
                rf"(?=(?:the )?(?:same|{_TIME})){_NOT_PRIOR}"
            ),
            r"mean outdoor temperature in \g<a> against ",
        ),
        (
            (
                r"\b(?P<v>trim|cut|reduce|lower|shave|slash|shrink)(?P<s>s|d|ped|ing|med)? (?P<o>[\w']+?)(?:'s)? "
                r"(?P<m>electricity|gas|"
                r"use|consumption) (?:use )?by (?P<n>\d[\d.]* ?(?:%|per ?cent|percent))"
            ),
            r"cuts \g<n> of \g<m> of \g<o>",
        ),
        (
            (
                r"\b(?:(?:what|where)(?: is|'s|s) )?(?:the |our )?(?:biggest|largest|best|main|top) (?:savings? "
                r"opportunity|opportunity (?:to save|"
                r"for savings?))\b"
            ),
            "which building has the largest savings potential",
        ),
        (
            (
                r"\bsavings? opportunit(?:y|ies)\b|\bopportunit(?:y|ies) (?:to save|for savings?)\b|\broom for "
                r"savings?\b"
            ),
            "savings potential",
        ),
        (
            r"\bwhen did (?P<x>[^?]*?) (?:plunge|plummet|slump|tumble|nose-?dive|crash)\b",
            r"when did \g<x> drop",
        ),
        (r"\bwhen did (?P<x>[^?]*?) (?:surge|soar|leap|rocket|shoot up)\b", r"when did \g<x> jump"),
    )
)
