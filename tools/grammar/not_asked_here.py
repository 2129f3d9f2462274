"""Questions about a building that no figure of its energy answers: whether it is good, its meter's number."""

import re
from typing import Final

from tools.energy_query import EnergyQuery
from tools.errors import BadQuestion

_OF_A_METER: Final = (
    r"(?:numbers?|serials?|ids?|types?|makes?|models?|points?|locations?|brands?|manufacturers?|owners?|suppliers?|"
    r"accuracy|class|address(?:es)?)"
)
THING: Final = re.compile(rf"\bmeter(?:'s|s)? (?:serial )?{_OF_A_METER}\b|\b{_OF_A_METER} of (?:the |its )?meters?\b")
JUDGED: Final = re.compile(
    r"^\W*(?:is|was|are|were|has|did)\b[^?]*\b(?:good|bad|poor|ok|okay|fine|all right|alright|on track|on target|"
    r"healthy|performing|doing(?: well| ok| badly)?|any good|satisfactory|acceptable|compliant|green|sustainable)"
    r"(?:\W+(?:in|during|for|of|at|over|by|this|last|the|year))*\W*$"
    r"|^\W*how(?:'?s| (?:is|has|was|did|does))\b[^?]*\b(?:doing|done|getting on|faring|perform\w*)\b"
    r"|^\W*(?:where|what|who|why) (?:is|are|was)\W*$"
    r"|^\W*(?:rate|judge|grade|score)\b"
)
_FIGURE: Final = r"(?:peak|max(?:imum)?|min(?:imum)?|base ?load|day|night|weekend|weekday|summer|winter|average|mean)"
TWO_FIGURES: Final = re.compile(
    rf"\b{_FIGURE}(?: load| demand| use)? ?(?:minus|less|:|/|divided by|over|to|times) ?{_FIGURE}\b(?! load factor)"
)
OF_TWO: Final = re.compile(r"\b(?:ratio|minus|less|divided|quotient|times|multiple)\b|:")
HOURS_RUN: Final = re.compile(
    r"\bhours\s+(?:of (?:running|operation)|(?:ran|run|running|operated|worked|was on|were on)\b)"
)
UNREAD_TIME: Final = re.compile(
    r"\b(?:since|until|during|whilst|while|before|after)\s(?:the |our |its |a |an |new |last |old )*"
    r"(?!(?:the|end|start|beginning|first|last|months?|years?|calendar|whole|entire|full|days?|nights?|weeks?|"
    r"weekends?|weekdays?|quarter|half|period|time|course|winter|summer|hours?|daytime|working|office|business|opening|school|term|"
    r"core|off|peak|lunch|teaching|trading|and|or)\b)[a-z]{3,}\b"
)
_SPAN_WORD: Final = "".join(
    f"(?<!{word} )(?<!{word} the )" for word in ("from", "to", "until", "since", "by", "till", "through", "and", "-")
)
EDGE: Final = re.compile(
    rf"{_SPAN_WORD}\b(?P<what>(?:end|start|beginning|turn|close|middle|height) of)(?: the)?(?: year)?\s{{4,}}"
)
LOAD_FACTOR: Final = re.compile(r"\b(?:mean|average)\b.*\b(?:peak|max\w*)\b|\b(?:peak|max\w*)\b.*\b(?:mean|average)\b")
OF_OTHERS: Final = re.compile(
    r"\b(?:average|typical|mean|median|normal) (?:\w+ )?building\b(?!s)"
    r"|\b(?:against|above|below|over|under|than|vs\.?|versus|compared (?:to|with)|with) (?:(?:or|and|above|below|"
    r"the|our|its) )*(?:(?:site|campus|estate|portfolio|university|group|local) )?(?:average|mean|norm|median|"
    r"rest(?! of)|others?)\b"
)
AT_ONCE: Final = re.compile(
    r"\b(?:in|on|at) the same (?:hour|day|time)\b(?! (?:of|last|a|the|in (?:the|20)|as|next|previous))"
    r"(?=\s*(?:in\b)?\W*$)"
)
SITES: Final = re.compile(
    r"\b(?:each|every|per|by|which|what|site by) (?:of (?:our|the) )?(?:sites?|campus(?:es)?)\b(?!'s)"
    r"|\b(?:sites|campuses) (?:are |were )?(?:compar\w*|against|side|differ\w*)"
)
RANK_OF_ONE: Final = re.compile(r"\b(?:rank(?:s|ed|ing)?|place[ds]?|league|in the (?:top|bottom))\b")
CONSUMER: Final = re.compile(
    r"\bwhat(?:'s| is| was| has been| keeps)? (?:eating|using|drawing|taking|pulling|burning|consuming|eats|uses|draws|"
    r"takes|burns)\b"
)
SUPPOSED: Final = re.compile(r"\bif (?:the|we|it|they|all|every|everyone|prices?|electricity|gas|only|weather|there)\b")
PICKED: Final = re.compile(
    r"\bbuildings? (?:with|that (?:have|has|use)|having|on|without|over|under|above|below) (?:\w+ )?"
    r"(?:gas|electricity|\d[\d,]*)\b(?=.*\b(?:electricity|carbon|cost|gas|use)\b)"
)
REMINDER: Final = re.compile(
    r"\b(?:remind|alert|notify|warn|email|text|message|ping) (?:me|us|them|him|her)\b(?! (?:of|what|how))"
)
CHEAPER: Final = re.compile(r"\b(?:cheaper|dearer|more expensive|less expensive|pricier)\b")
SIZE: Final = re.compile(
    r"\b(?:biggest|largest|smallest|tallest) (?:of (?:our|the|all) )?(?:\w+ )?buildings?\W*$"
    r"|\bbuildings? (?:is|are|was) (?:the |our )?(?:biggest|largest|smallest|tallest)\W*$"
)
DUE: Final = re.compile(r"\bwhen (?:is|are|was|were|will)\b[^?]*\b(?:due|scheduled|planned|booked)\b(?! to\b)")
OF_ITS_PEAK: Final = re.compile(
    r"\b(?:base ?load|base|minimum|night\w*|trough)\b[^?]*\b(?:as|in) (?:an? )?(?:%|percent\w*|per ?cent|share|"
    r"fraction|"
    r"proportion) of (?:its|the|their) (?:own )?(?:peak|max\w*)"
)
NOT_KEPT: Final = (
    (OF_ITS_PEAK, "{0!r} is not offered as one figure; ask for the one and for the other"),
    (HOURS_RUN, "{0!r} are not counted; ask when it starts and stops, or how long it is near peak"),
    (AT_ONCE, "{0!r}: what falls together is not searched for; ask when each peaks"),
    (SITES, "{0!r}: sites are not set side by side; ask for one, then for the other"),
    (SUPPOSED, "what is supposed ({0!r} ...) was not understood"),
    (PICKED, "{0!r}: buildings are not picked by that; name those that are meant"),
    (THING, "{0!r} is not kept here; ask what the meter reads, or how complete its data is"),
    (CHEAPER, "{0!r} is of the price of a kWh; ask for the mean price of each time, or for the cost per kWh of each"),
    (DUE, "{0!r} is not kept here; ask what the meters read, or when their level changed"),
    (REMINDER, "{0!r}: no reminders are kept here; ask about the data instead"),
)


def reject_not_asked_here(rest: str, unread: str, *, names_figure: bool, names_two: bool) -> None:
    """Raise `BadQuestion` for what a plain figure would not answer.

    `rest` is the text without names and periods, `unread` what no table read of it; `names_figure`: a measure or a
    statistic is named; `names_two`: two buildings or more are.
    """
    text = re.sub(r"\s+", " ", rest)
    for pattern, remedy in NOT_KEPT:
        if match := pattern.search(text):
            raise BadQuestion(remedy.format(match.group(0)))
    if match := CONSUMER.search(rest):  # "what was b8 drawing at noon" has a name in between
        raise BadQuestion(
            f"{match.group(0)!r}: single uses are not metered; ask what changed, what is wasted, or when it runs"
        )
    if not names_two and (match := OF_OTHERS.search(text)):
        raise BadQuestion(f"{match.group(0)!r} is not offered; ask for the rank of the buildings, or for its peers")
    if match := EDGE.search(rest):
        raise BadQuestion(f"{match.group('what')!r} is no period; name a month or dates")
    if match := UNREAD_TIME.search(unread):
        raise BadQuestion(f"{re.sub(' +', ' ', match.group(0))!r} was not understood as a period; name its dates")
    if not names_figure and (match := SIZE.search(text)):
        raise BadQuestion(f"{match.group(0).strip(' ?.')!r} by what? Ask for the floor area, or for the use, of each")
    if not names_figure and JUDGED.search(text):
        raise BadQuestion(
            "the question does not say by what to judge; ask for use per m2 against peers, what is wasted, anomalies, "
            "or this year against last year"
        )


def reject_rank_of_one(query: EnergyQuery, rest: str) -> None:
    """Raise `BadQuestion` where the rank of one building is asked for, which a total of it would not tell."""
    if len(query.buildings) == 1 and query.group == "none" and (match := RANK_OF_ONE.search(rest)):
        raise BadQuestion(f"{match.group(0)!r} of {query.buildings[0]} alone is not told; ask for the rank of all")


def reject_two_figures(query: EnergyQuery, rest: str) -> None:
    """Raise `BadQuestion` for one figure made of two, such as 'peak to baseload ratio' or 'peak minus baseload'."""
    text = re.sub(r"\s+", " ", rest)
    compares = query.against_hours or query.against_period or query.against_buildings
    one_figure = query.statistic in ("total", "mean", "peak", "minimum", "baseload")
    if not compares and one_figure and re.search(r"\bratio\b", text):
        raise BadQuestion(
            "a ratio needs two sides; name two buildings, two periods, or night and day; of mean over peak ask the "
            "load factor"
        )
    match = None if compares else TWO_FIGURES.search(text)
    if match and OF_TWO.search(text) and not LOAD_FACTOR.search(text):
        raise BadQuestion(f"{match.group(0)!r} is not offered as one figure; ask for the one and for the other")
