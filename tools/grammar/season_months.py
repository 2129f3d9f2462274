"""The months or days that are named behind a season: 'fall 2017, September through December'.

Where they are others than a season has here, the dates that were said count, and not its name.
"""

import re
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from tools.grammar import dates
from tools.grammar.period_patterns import MONTHS, M, month_of

if TYPE_CHECKING:
    from tools.grammar.periods import Mention

SEASONS: Final = ("spring", "summer", "autumn", "fall", "winter")
APPOSED: Final = (
    r"\s*(?:[:(;-]|,)\s*(?:i\.?e\.?,?\s+|that\s+is,?\s+|meaning\s+|so\s+|running\s+)?(?:from\s+)?(?:the\s+)?"
)
ITS_MONTHS: Final = re.compile(  # "fall 2017, September through December"
    rf"{APPOSED}(?:{M})\s*(?:-|to|until|till|through|thru|up\s+to)\s*(?:and\s+including\s+)?"
    rf"(?:the\s+end\s+of\s+)?(?:{M.replace('?P<m>', '?P<m2>')})(?!\s+\d)"
)
OF_A_KIND: Final = re.compile(
    r"\b(?:an?|any|such an?)\s+(?:\w+\s+)?(?:mild|cold|hot|warm|cool|hard|harsh|wet|dry|bad|long|short|severe|"
    r"bitter)\w*\s+$"
)
TO_ANOTHER: Final = re.compile(r"\s*(?:-|to|until|till|through|thru|up\s+to)\s*(?:the\s+)?(?=\w)")


def is_of_a_kind(text: str, mention: "Mention") -> bool:
    """Tell whether a season without a year is one of a kind and no time: 'down to a mild winter'."""
    return mention.yearless and mention.period.words.startswith(SEASONS) and bool(OF_A_KIND.search(text[: mention.at]))


def of_its_months(text: str, mention: "Mention", taken: list[bool]) -> "Mention":
    """Read a season as the months that are named behind it, where they are others, and mark these as `taken`."""
    match = ITS_MONTHS.match(text, mention.to) if mention.period.words.startswith(SEASONS) else None
    if match is None or any(taken[mention.to : match.end()]):
        return mention
    first, last = month_of(match), MONTHS[match["m2"].rstrip(".")]
    near = [dates.at(mention.period.start.year + more, first) for more in (-1, 0, 1)]
    start = min(near, key=lambda at: abs(at - mention.period.start))
    end = dates.add_months(dates.at(start.year + (last < first), last), 1)
    if (start, end) == (mention.period.start, mention.period.end):
        return mention
    taken[mention.to : match.end()] = [True] * (match.end() - mention.to)
    one, other = dates.month(start.year, first), dates.add_months(end, -1)
    words = f"{one.words} to {dates.month(other.year, last).words}"
    return replace(mention, to=match.end(), period=dates.span(start, end, words))


def says_its_days(text: str, season: "Mention", first: "Mention") -> bool:
    """Tell whether a span of days behind a season says which days are meant."""
    near = abs(first.period.start - season.period.start) < timedelta(days=100)
    apposed = re.fullmatch(APPOSED, text[season.to : first.at])
    return bool(
        near and apposed and season.period.words.startswith(SEASONS) and TO_ANOTHER.match(text, first.to)
    ) and not first.period.words.startswith(SEASONS)
