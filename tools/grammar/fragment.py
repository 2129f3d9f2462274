"""Tell a fragment, "and in 2018?" or "top 3 only", from a question of its own: it is slots and small words alone."""

import re
from typing import Final

from tools.energy_query import ANALYSES
from tools.grammar import vocabulary as v
from tools.grammar.analysis_words import HEAT
from tools.grammar.clean import words
from tools.grammar.follow_up_terms import TERM_WORDS
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
    a about again ah also an and are as at based be break broken but by can compare compared comparison could did do
    does down draw either figure figures for give good great had happens has have hm hmm how i if in instead into is it
    its just let like look looks make maybe me mean more much need no not now numbers of oh ok okay on one ones only or
    other our please question result right same say see show shown so split sure tell than thanks that the their them
    then there these they thing things this those to together too try turn us value values vs versus view want was we
    well were what whats when where which who will with would yes you your graph chart plot picture table diagram image
    broken
    """.split()
)
NO_FRAGMENT: Final = re.compile(
    r"\bhow (?:much|many|high|low|long|often)\b|\bwhen\b|\bwho\b|\bwhere\b|\b(?:what|which) (?!about|if)\w+ "
    r"(?:did|does|was|is|were|are|has|had|used|uses)\b|\bwhich\b|\bused\b|\buse[sd]? by\b"
)


def is_fragment(s: Reading) -> bool:
    """Tell whether a text has nothing but slots and small words."""
    if NO_FRAGMENT.search(s.said):
        return False
    rest = s.rest
    known = [
        CHART,
        HEAT,
        ALL_HOURS,
        EVERY_BUILDING,
        VERSUS,
        PER_AREA,
        IN_ALL,
        IN_UNIT,
        v.TOP_N,
        v.EXTREME_HIGH,
        v.EXTREME_LOW,
    ]
    if s.before and s.before.statistic in ANALYSES:
        known += [PERCENT, DEGREES, HOURS, BASE, TERM_WORDS]
    known += [p for table in (v.MEASURES, v.STATISTICS, v.HOURS, v.GROUPS, v.PER) for p, _ in table]
    for pattern in [*known, v.CHANGE, v.PERCENT]:
        rest = pattern.sub(" ", rest)
    units = {w for unit in UNITS for w in words(unit)}
    return all(w in FILLER or w in units or len(w) == 1 or w.isdigit() for w in words(rest))
