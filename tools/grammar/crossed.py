"""Names that stand in a question otherwise than in a list: each with a period or a measure of its own, or ruled out."""

import re
from itertools import pairwise
from typing import Final

from tools.energy_query import EnergyQuery
from tools.errors import BadQuestion
from tools.grammar import vocabulary as v
from tools.grammar.reading import Reading

RANGE: Final = re.compile(r"\s*(?:-|to|thru|through|\.\.+)\s*(?:building )?")
NOT_THAT: Final = re.compile(
    r"\b(?:not|rather than|instead of|never|less|minus|without|excluding|net of|apart from)\s+(?:the\s+|building\s+)?$"
)
RELATES: Final = re.compile(
    r"\b(?:compar\w*|ratio|relative|next|from|against|shift\w*|mov\w*|similar|like|respect|close)\b"
)
POSSESSIVE: Final = re.compile(r"\s*'s\s*$|'s$")


def reject_crossed(query: EnergyQuery, s: Reading) -> None:
    """Raise `BadQuestion` where one query cannot hold what is said of each building.

    So are 'b4 in 2019 and b8 in 2020', 'the use of b4 and the cost of b8', 'b4-b19', 'b4, not b8' and "the hall's
    library".
    """
    _reject_periods(s)
    named = sorted((at, to, name) for at, to, name in s.named.spans if name in s.named.buildings)
    for (_, to, one), (at, end, other) in pairwise(named):
        if one == other or to > at:
            continue
        between = s.text[to:at]
        if RANGE.fullmatch(between) and not (query.against_buildings or RELATES.search(s.rest)):
            raise BadQuestion(f"{one} to {other} may mean these two or all between; name each building that is meant")
        if (s.text[:to].endswith("'s") or between.strip() == "'s") and between.strip(" 's") == "":
            raise BadQuestion(f"{one} and {other} are two buildings; say whether both are meant, or which")
        _reject_measures(between, s.text[end:], one, other)
        if re.search(r"\bof\s*(?:the\s+)?$", between) and re.match(r"\s*(?:,|and|&|plus)\s", between):
            _reject_measures(f"{s.text[:to]} and ", between, one, other)
    for at, _, name in named:
        if NOT_THAT.search(s.text[:at]) and name in query.buildings:
            raise BadQuestion(f"{name} is said not to be meant; leave it out, or compare the two")


def _reject_periods(s: Reading) -> None:
    said = [(at, "b", name) for at, _, name in s.named.spans if name in s.named.buildings]
    said += [(at, "p", s.text[at:to].strip()) for at, to in s.line.spans]
    said.sort()
    kinds = "".join(kind for _, kind, _ in said)
    if kinds in ("bpbp", "pbpb") and said[0][2] != said[2][2] and said[1][2] != said[3][2]:
        raise BadQuestion("each building has a period of its own here; ask about one after the other")


def _reject_measures(between: str, behind: str, one: str, other: str) -> None:
    """Refuse 'b4's use and b8's cost'; 'b4 and b8's cost' has one measure."""
    mine, theirs = v.first(v.MEASURES, between), v.first(v.MEASURES, behind)
    if mine and theirs and mine != theirs and re.search(r"\b(?:and|&|plus)\s*(?:the\s+)?$", between):
        raise BadQuestion(f"{one} and {other} are each asked for another measure; ask about one after the other")
