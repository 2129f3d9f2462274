"""In which terms a figure is wanted, what is taken together, and times that only say 'of all there is'.

"In carbon terms" names the measure and "in cash terms" the pounds; "in real terms" would correct prices for inflation,
which is not offered, so it stays and is asked back. "Everything lumped together" is a sum, whichever verb is taken.
"The window from 16:00 to 19:00" is its hours, and "on record" is all the data there is.
"""

import re
from typing import Final

_SUMMED: Final = (
    r"(?:lump|bundl|roll|club|pool|combin|throw|merg|group|pil|stack|clump|tall(?:i|y)|mash|fold|wrap|weld|sweep|"
    r"rak|scoop|aggregat|amalgamat|consolidat|batch|lash|toss|pack|tot(?:t|all?)?|count|reckon|tak)(?:b|p|l|g)?(?:e?d|en|n)|"
    r"thrown|swept|taken|put|summed"
)
_CLOCK: Final = r"(?:from |between |of )*\d{1,2}(?:[:.]\d\d)?\s?(?:am|pm|:|-|to\b|h\b)"
_WINDOW: Final = r"(?:window|slot|stretch|time ?slot|band|bracket|interval|time ?frame|time ?span)"

_ANY: Final = r"(?!compar|contrast|plott|rank|chart|graph|list|held|need|seen)[a-z]{2,}(?:ed|en|un|ung|ept)"
_SUM: Final = r"(?:up )?(?:all )?(?:together|in(?:to)? one(?: (?:figure|number|total|sum|pot|heap|pile))?|as one)\b"
EVERYTHING: Final = re.compile(rf"\b(?:everything|the (?:whole )?lot) {_ANY} {_SUM}")
OF_WHAT: Final = re.compile(
    r"\b(?:electric\w*|gas|power|leccy|juice|carbon|co2e?|emissions?|costs?|bills?|spen[dt]\w*|pounds|energy|buildings|"
    r"they|them|we|our|load|demand|peak|waste\w*)\b"
)
ROWS: Final = (
    (
        re.compile(
            r"\b(?:i am|i'm|im|we are|we're) (?:required|obliged|supposed|expected|instructed|"
            r"meant|compelled|requested) to\b"
        ),
        "i need to",
    ),
    (
        re.compile(
            r"(?<='s )(?:fair |own )?(?:whack|chunk|dollop|helping|wedge|portion|contribution|quota|ration|cut|slice) "
            r"(?:of|to|in|towards?) (?=(?:the|our|all|everything|total|whole|cambridge|delhi|campus|"
            r"site|estate|electric|gas)\b)"
        ),
        "share of ",
    ),
    (re.compile(r"\bin (?:carbon|co2e?|emissions?|greenhouse(?: gas)?|ghg|climate) terms\b"), "in carbon"),
    (re.compile(r"\bin (?:money|cash|monetary|financial|sterling|cost|pounds?|budget) terms\b"), "in pounds"),
    (re.compile(r"\bin terms of (?:money|cash|sterling|pounds|finance)\b"), "in pounds"),
    (re.compile(r"\bin (?:percentage|percent|per cent|relative|proportional) terms\b"), "in percent"),
    (re.compile(r"\bin (?P<m>electricity|electrical|gas) terms\b"), r"of \g<m>"),
    (
        re.compile(
            r"\bin (?:absolute|energy|plain|simple|broad|general|round|rough|everyday|practical|straight|lay|layman'?s|"
            r"basic|human|concrete|numerical|actual|kwh) terms\b"
        ),
        "",
    ),
    (re.compile(rf"\b(?:everything|all|both|the (?:whole )?lot) {_ANY} {_SUM}"), "together"),
    (re.compile(rf"\b(?:(?:all of (?:it|them)|it all) )?(?:{_SUMMED}) {_SUM}"), "together"),
    (
        re.compile(
            r"(?<!last year )(?<!first year )(?<!latest year )(?<!earliest year )(?<!full year )(?<!complete year )"
            r"(?<!last month )(?<!first month )(?<!latest month )\bon (?:the |our |your |any )?(?:record|file)"
            r"(?=\s*(?:$|[,.?!;:]|(?:is|was|has|had|for|at|in|of|did|that|we|to)\b))|"
            r"\bsince (?:our |the )?records began\b"
        ),
        "",
    ),
    (
        re.compile(
            rf"\b(?:in|during|over|within|for|across|through|inside) (?:the|that|this|a) (?:[a-z]+ )?{_WINDOW},?"
            rf"(?= {_CLOCK})(?P<of> of)?"
        ),
        "",
    ),
    (re.compile(rf"(?P<t>\d(?:\s?[ap]m)?) (?:time )?{_WINDOW}\b"), r"\g<t>"),
)


def with_plain_terms(text: str) -> str:
    """Return a lower-case text with the terms, sums and times of these kinds in the words of the tables.

    >>> with_plain_terms("b4 in carbon terms, everything lumped together")
    'b4 in carbon, together'
    """
    if EVERYTHING.search(text) and not OF_WHAT.search(text):
        text = EVERYTHING.sub("all energy together", text)
    for pattern, plain in ROWS:
        text = pattern.sub(plain, text)
    return re.sub(r"  +", " ", text).strip(" ,")
