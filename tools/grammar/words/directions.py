"""Comparatives and superlatives of use that say more or less of it: hungrier, thirstiest, more voracious, puniest.

They rank, so they are read and never dropped: each is rewritten as higher or lower, highest or lowest, which the
tables know. The stem gives the direction, and English the forms: -er, -est, more, most, less, least. Stems that a
table knows in a form of their own (greenest is of carbon, dearest of money) are left to it; so are words of another
thing than size ("older", "warmer", "newer").
"""

import re
from typing import Final

UP: Final = """
    hungry thirsty greedy piggy hefty heavy beefy weighty mighty juicy chunky brawny meaty bulky stout flabby fat
    porky hoggish peckish gutsy lusty
"""
UP_LONG: Final = """
    voracious gluttonous ravenous insatiable rapacious lavish profligate prodigal demanding extravagant gargantuan
    massive enormous colossal gigantic immense substantial sizeable sizable power-hungry energy-hungry gas-hungry
    electricity-hungry power-intensive gas-guzzling energy-guzzling guzzling considerable excessive hoggish famished
"""
DOWN: Final = """
    thrifty stingy lean slim puny skinny tiny teeny measly scanty skimpy weedy wee miserly thin slender slight scant
    meagre meager
"""
DOWN_LONG: Final = """
    frugal sparing parsimonious abstemious economical modest miserly restrained minuscule negligible diminutive
    spartan ascetic ascetical temperate conservative undemanding trifling insignificant
"""
KNOWN: Final = frozenset(  # a table reads these forms itself
    """
    hungriest thirstiest greediest heaviest leanest thriftiest lightest milder mildest thinner fatter
    """.split()
)


def forms(stem: str) -> tuple[str, str]:
    """Return the comparative and the superlative of a short adjective."""
    if stem.endswith("y"):
        return f"{stem[:-1]}ier", f"{stem[:-1]}iest"
    if stem.endswith("e"):
        return f"{stem}r", f"{stem}st"
    doubled = stem + stem[-1] if re.search(r"[^aeiou][aeiou][bdgmnpt]$", stem) else stem
    return f"{doubled}er", f"{doubled}est"


def _table() -> dict[str, str]:
    found: dict[str, str] = {}
    for stems, (comparative, superlative) in ((UP, ("higher", "highest")), (DOWN, ("lower", "lowest"))):
        for stem in stems.split():
            more, most = forms(stem)
            found |= {more: comparative, most: superlative}
    return {word: plain for word, plain in found.items() if word not in KNOWN}


_FORMS: Final = _table()
_ANY: Final = re.compile(rf"(?<![\w-])(?:{'|'.join(sorted(_FORMS, key=len, reverse=True))})(?![\w-])")
_UP_WORDS: Final = "|".join(f"{UP} {UP_LONG}".split())
_DOWN_WORDS: Final = "|".join(f"{DOWN} {DOWN_LONG}".split())
_LONG: Final = re.compile(
    rf"(?<![\w-])(?P<how>more|most|less|least) (?:(?P<up>{_UP_WORDS})|(?P<down>{_DOWN_WORDS}))(?![\w-])"
)
HARDER: Final = re.compile(
    r"\b(?P<verb>guzzl\w+|burn\w*|eat\w*|work\w*|hit\w*|drink\w*|hammer\w*|run\w*|pull\w*|draw\w*) (?:the )?"
    r"(?P<how>harder|hardest)\b"
)
_OPPOSITE: Final = {"more": "less", "most": "least", "less": "more", "least": "most"}
_PLAIN: Final = {"more": "higher", "most": "highest", "less": "lower", "least": "lowest"}


def _long(match: re.Match[str]) -> str:
    """Read 'most frugal' as the lowest, and 'less voracious' as lower."""
    how = match["how"]
    return _PLAIN[how if match["up"] else _OPPOSITE[how]]


SAYS_OF_WHAT: Final = re.compile(
    r"\b(?:electric\w*|energy|gas|power|carbon|co2e?|emission\w*|cost\w*|bill\w*|spen[dt]\w*|load\w*|demand|consum\w*|"
    r"us(?:e|ed|es|er|ers|age|ing)|waste\w*|peak\w*|price\w*|intensity|eui|factor|burn\w*|draw\w*|ones?|months?|days?|hours?)\b"
)
FORTUNE: Final = re.compile(
    r"\b(?P<cost>costs?|costing) (?:us |me )?(?:an? (?:(?:small |absolute )?fortune|bomb|packet|mint|pretty penny)|"
    r"an arm and a leg|the earth|through the nose)\b"
)
JUDGED: Final = re.compile(
    r"\b(?:(?P<good>kinder|nicer|rosier|prettier|gentler)|(?P<bad>uglier|nastier|grimmer|scarier|crueller))\b"
)


def with_plain_directions(text: str) -> str:
    """Return a lower-case text with its ranking words as higher, lower, highest or lowest.

    >>> with_plain_directions("which is hungrier, b4 or b8")
    'which is higher, b4 or b8'
    """
    text = HARDER.sub(lambda m: f"{m['verb']} {'more' if m['how'] == 'harder' else 'most'}", text)
    text = FORTUNE.sub(r"\g<cost> the most", text)
    text = JUDGED.sub(lambda m: "better" if m["good"] else "worse", text)
    plain = _LONG.sub(_long, _ANY.sub(lambda m: _FORMS[m.group(0)], text))
    if plain == text or SAYS_OF_WHAT.search(text):
        return plain
    return re.sub(r"\b(?:high|low)est\b", r"\g<0> use", plain, count=1)  # hungry, of energy if of nothing else
