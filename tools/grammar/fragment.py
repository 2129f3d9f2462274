"""Tell a fragment, "and in 2018?" or "top 3 only", from a question of its own: it is slots and small words alone."""

import re
from typing import Final

from tools.energy_query import ANALYSES
from tools.grammar import vocabulary as v
from tools.grammar.analysis_words import HEAT, MEASURE
from tools.grammar.clean import words
from tools.grammar.elliptic import (
    A_CHANGE,
    ASKS_AGAIN,
    ASKS_BUILDING,
    ASKS_WHEN,
    HIGHER,
    HOW_MUCH_MORE,
    IN_WHAT,
    N_OF,
    PICKS,
    SORTED,
    THE_SITE,
    TURNED,
    WHAT_SHARE,
)
from tools.grammar.follow_up_period import FROM_BEFORE
from tools.grammar.follow_up_terms import TERM_WORDS
from tools.grammar.hours_slot import hours_blanked
from tools.grammar.measure_slot import BOTH_FUELS
from tools.grammar.quantities import BASE, DEGREES, HOURS, PERCENT
from tools.grammar.reading import Reading
from tools.grammar.units import IN_UNIT, UNITS

CHART: Final = re.compile(
    r"\b(?:as|in|with|draw|show|plot|make|give|see)\b(?: me| it| that| this| us)*(?: as| in)?(?: an?| the)?"
    r"(?: \w+)? ?(?:charts?|graphs?|plots?|pictures?|diagrams?|table|image|figure)\b|\b(?:plot|draw|graph|"
    r"chart) (?:it|that|this)\b"
    r"|^(?:charts?|graphs?|plots?)\b"
)
ALL_HOURS: Final = re.compile(
    r"\b(?:all (?:the )?(?:hours|days|week)|(?:the )?whole (?:day|week)|every hour|around the clock)\b"
)
EVERY_BUILDING: Final = re.compile(
    r"\b(?:all|every|each|the other|other|by|per|for each) buildings?\b|\bthe others\b|\beach one\b"
)
EVERY_ONE: Final = re.compile(
    r"\b(?:list )?(?:all of (?:them|these|those)|them all|(?:the|a) (?:full|whole|complete) list)\b"
)
VERSUS: Final = re.compile(
    r"\b(?:vs\.?|versus|against|than|compar\w*|relative to|beside|next to|difference (?:to|from|with))\b"
)
PER_AREA: Final = re.compile(
    r"\b(?:per|by|for each|for every) (?:square (?:met(?:re|er)|foot)|m2|sq\.? ?m|sqm|sq\.? ?ft|ft2|"
    r"(?:unit )?(?:of )?(?:floor )?area)\b"
    r"|\bnormali[sz]ed by area\b|\bfor (?:its|their) size\b"
)
IN_ALL: Final = re.compile(r"\b(?:in total|the total|total|overall|altogether|the sum)\b")
FILLER: Final = frozenset(
    """
    a about add added again ah alone also an and are as at back based be bigger break brilliant broken building but by
    can chart compare compared comparison cool could diagram did do does down draw either fewer figure figures for
    give good graph great had happens has have higher hm hmm how i if image in instead into is it its itself just less
    let like list look looks lower make maybe me mean more much need nice no not now numbers of oh ok okay on one ones
    only oops or other our perfect picture please plot plus point question result right same say see show shown
    smaller so split sure table tell than thank thanks that the their them then there these they thing things this
    those to together too try turn us value values versus view vs want was we well were what whats when where which
    who will with would wrong yes you your
    """.split()
)
TO_UNIT: Final = re.compile(r"\b(?:convert|change|switch|turn)(?:e?d)? (?:it |that |them )?(?:in)?to\b")
OF_THE_DAY: Final = re.compile(r"\bof (?:the|a) day\b")
MEASURES_TAKEN: Final = re.compile(rf"\b{MEASURE}\b")
NO_FRAGMENT: Final = re.compile(
    r"\bhow (?:much|many|high|low|long|often)\b|\bwhen\b|\bwho\b|\bwhere\b|\b(?:what|which) (?!about|if)\w+ "
    r"(?:did|does|was|is|were|are|has|had|used|uses)\b|\bwhich\b|\bused\b|\buse[sd]? by\b"
)


def is_fragment(s: Reading) -> bool:
    """Tell whether a text has nothing but slots and small words."""
    said = re.sub(r"\s+", " ", s.said)
    for asked in (ASKS_WHEN, ASKS_AGAIN, IN_WHAT, HIGHER, PICKS, HOW_MUCH_MORE, WHAT_SHARE):
        said = asked.sub(" ", said)
    if NO_FRAGMENT.search(said):
        return False
    rest = re.sub(r"\s+", " ", hours_blanked(s.rest))
    for asked in (ASKS_WHEN, PICKS, HOW_MUCH_MORE, ASKS_BUILDING):
        rest = asked.sub(" ", rest)
    known = [
        *FROM_BEFORE,
        CHART,
        HEAT,
        ALL_HOURS,
        EVERY_BUILDING,
        EVERY_ONE,
        VERSUS,
        PER_AREA,
        IN_ALL,
        IN_UNIT,
        v.TOP_N,
        v.EXTREME_HIGH,
        v.EXTREME_LOW,
        TURNED,
        A_CHANGE,
        BOTH_FUELS,
        HIGHER,
        THE_SITE,
        N_OF,
        TO_UNIT,
    ]
    if s.before and s.before.statistic in ANALYSES:
        known += [PERCENT, DEGREES, HOURS, BASE, TERM_WORDS]
    if s.before and s.before.group not in ("none", "building"):
        known.append(re.compile(rf"\b{s.before.group}s?\b"))
    if s.before and s.before.statistic == "savings":
        known.append(MEASURES_TAKEN)
    known += [p for table in (v.MEASURES, v.STATISTICS, v.HOURS, v.GROUPS, v.PER) for p, _ in table]
    for pattern in [SORTED, *known, v.CHANGE, v.PERCENT, OF_THE_DAY]:
        rest = pattern.sub(" ", rest)
    units = {w for unit in UNITS for w in words(unit)}
    return all(w in FILLER or w in units or len(w) == 1 or w.isdigit() for w in words(rest))
