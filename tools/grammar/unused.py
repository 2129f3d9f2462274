"""Words that a table knows and that the query did not take up: an extreme that ranks nothing, a change of nothing.

Each would have changed the figure, so the question is asked back rather than answered as if it were not there.
"""

import re
from typing import Final

from tools.energy_query import EnergyQuery
from tools.errors import BadQuestion
from tools.grammar.crossed import reject_crossed
from tools.grammar.reading import Reading

_MOST: Final = (
    r"(?:highest|lowest|largest|biggest|greatest|smallest|fewest|heaviest|lightest|hungriest|thirstiest|busiest|"
    r"quietest|cheapest|dearest|costliest|cleanest|dirtiest|leanest|greenest|strongest|weakest|steepest|fastest|"
    r"slowest|worst|top|\w{3,}iest|(?<!at )(?<!for the )most(?! of\b| recent)|(?<!at )least)"
)
EXTREME: Final = re.compile(rf"\b{_MOST}\b")
ORDINAL: Final = re.compile(
    rf"\b(?:second|third|fourth|fifth|2nd|3rd|4th|5th|next|runner)[ -](?:up|peak|max(?:imum)?|min(?:imum)?|{_MOST})\b"
)
CHANGED: Final = re.compile(
    r"\b(?:changed?|changing|increas\w*|decreas\w*|rising|risen|rose|falling|fallen|fell|dropp\w*|gr[eo]wn?|grew|"
    r"growing|growth|"
    r"shrink\w*|shrank|declin\w*|improv\w*|trend\w*|evolv\w*|worse|better|compar\w*|differ\w*|versus|vs)\b"
)
HOW_MANY: Final = re.compile(
    r"\bhow many (?!times (?:more|less|as|higher|lower|bigger|larger|greater|the|over)\b)(?!(?:of )?(?:[kmg]?wh?\b|"
    r"\w*watt|\w*joule|[mg]j\b|kbtu|\w*tonn?e?s?\b|\w*tons?\b|kg|kilo|gram|"
    r"t\b|pounds?|gbp|"
    r"euros?|dollars?|rupees?|£|units?\b|per ?cent|%|percent|energy|electric\w*|gas|power|cost|co2|carbon|quid))(\w+)"
)
WORKING_HOURS: Final = re.compile(
    r"\b(?:in|during|within|outside|out of|at|over|through|by) (?:of )?(?:the |its |their |normal |usual )*"
    r"((?:work(?:ing)?|office|business|opening|school|term|core|peak|off[ -]peak|rush|lunch|teaching|occupied|shift|"
    r"closing|trading|lecture) ?(?:hours?|times?|breaks?))\b"
)


NOT_USED: Final = re.compile(r"\b(?:not|never) (?:\w+ )?(?:us(?:e|ed|ing)|consum\w*|draw\w*|burn\w*|spen[dt]\w*)\b")
HOW_OLD: Final = re.compile(r"\bhow (?:old|new|tall)\b")
LATER: Final = re.compile(
    r"\b(?:an?|one|two|three|four|few|\d+) (?:hours?|days?|weeks?|months?|years?) (?:after|later|following)\b"
)
SHARE_OF_THINGS: Final = re.compile(
    r"\b(?:percentage|share|proportion|fraction|per ?cent|%) of (?:the |our |all |its )*"
    r"(buildings|days|months|weeks|nights|meters|sites|years)\b"
)


def reject_unused(query: EnergyQuery, s: Reading) -> None:
    """Raise `BadQuestion` where a plain query leaves out an extreme, a change, a count or hours that were asked for."""
    text = re.sub(r"\s+", " ", s.rest)
    if match := ORDINAL.search(text):
        raise BadQuestion(f"{match.group(0)!r} is not picked by itself; ask for the top five, which tells each of them")
    if query.statistic != "quality" and (match := HOW_MANY.search(text)):
        raise BadQuestion(f"a number of {match.group(1)} is not what the meters tell here; ask how much was used")
    if query.statistic == "share" and (match := SHARE_OF_THINGS.search(text)):
        raise BadQuestion(f"a share of {match.group(1)} is not what the meters tell here; ask which used more")
    if match := NOT_USED.search(text):
        raise BadQuestion(f"what was {match.group(0)!r} is in no meter; ask what was used, saved or wasted")
    if match := HOW_OLD.search(text):
        raise BadQuestion(f"{match.group(0)!r} is not in the readings; ask when a building was built, or its floors")
    if match := LATER.search(text):
        raise BadQuestion(f"{match.group(0)!r} was not understood as a period; name its dates")
    reject_crossed(query, s)
    if match := WORKING_HOURS.search(text):
        raise BadQuestion(
            f"{match.group(1)!r} cannot be picked; ask for day (06:00 to 22:00), night, weekdays or weekends, or what "
            "was wasted out of hours"
        )
    compares = query.against_period or query.against_buildings or query.against_hours
    if query.unit == "ratio" and not compares:
        raise BadQuestion("how many times as much needs two sides; name two periods, or two buildings")
    if compares or query.order or query.statistic in ("peak", "minimum", "share"):
        return
    if match := EXTREME.search(text):
        raise BadQuestion(
            f"it is not clear of what {match.group(0)!r} is asked: of buildings, months, days or hours; say which"
        )
    if query.group == "none" and s.comparing and (match := CHANGED.search(text)) and len(query.buildings) < 2:
        raise BadQuestion(f"{match.group(0)!r} needs something to compare with; name two periods, or another building")
