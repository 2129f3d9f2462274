"""Everyday and trade words in the words of the tables: 'juice' is electricity, 'chew through' is use.

Each of the tables of the grammar then knows one word where people have ten. A word that stands for one thing is
rewritten silently; one that is a little wider than what is computed (a load that is 'ticking over') is told.
"""

import re
from typing import Final

from tools.grammar.dearer_words import cost_of_two
from tools.grammar.short_forms import written_out
from tools.grammar.told_again import once
from tools.grammar.worded_times import times_in_figures
from tools.grammar.words.ranks import with_whole_ranks

Rewrite = tuple[re.Pattern[str], str, str]


def _as(plain: str, *said: str, told: str = "") -> Rewrite:
    """Return a row: regular expressions as whole words, what they are rewritten to, and what is told of it."""
    return re.compile(rf"(?<![\w-])(?:{'|'.join(said)})(?![\w-])"), plain, told


_ENERGY: Final = r"(?:energy|power|electricity|electric|gas|carbon|juice|watt)"
_MOST: Final = r"(?:biggest|worst|top|greatest|largest|heaviest|hungriest|smallest|least|main|real|most|number one)"
_EATERS: Final = (
    r"(?:hogs?|guzzlers?|drinkers?|gobblers?|munchers?|eaters?|gluttons?|pigs?|burners?|devourers?|drainers?)"
)
_THROUGH: Final = (
    r"(?:chew|churn|plough|plow|rattle|tear|race|munch|blow|rip|crunch|motor|romp|canter|steam)(?:s|e?d|ing|n)?|tore|"
    r"blew|blown|torn"
)
_UP: Final = r"(?:hoover|suck|soak|slurp|gobble|guzzle|mop|eat|lap)(?:s|e?d|ing)?"
_DEGREES: Final = r"(?P<{0}>[12]\d(?:\.\d)?)(?: ?(?:degrees?|deg|°c|°|c)(?: c)?)?"
_ASKED_OFF: Final = r"(?:(?:from )?when|how long|for how long)?\s?(?:was|were|is|has|had)"
_OFF: Final = r"(?:(?:turned|switched|shut) )?off"
_CUT: Final = r"(?:knock|shave|lop|strip|trim|chop)(?:s|ed|ped|ping|med|ming|ing|d)?"
_SINCE: Final = r"(?:when|(?:in )?(?:what|which) year)"
_AT_ONCE: Final = r"(?:coincident(?:al)?|simultaneous|after[ -]diversity|diversified)"
_PEAK_BASE: Final = r"peak[ -]?(?:to|/|:|over)[ -]?base(?:[ -]?load)?"
_ONE_TIME: Final = r"(?!.*\b(?:compar\w*|versus|vs|than|between|differ\w*|from|why|if|over|times)\b)"

ROWS: Final[tuple[Rewrite, ...]] = (
    _as("the", r"teh", r"hte"),
    _as("state",
        r"(?:put|set|lay|jot|mark|get) down (?=what|how (?:much|many)|which|the (?:figure|number|total|amount))"
    ),
    _as(r"\g<of>used the most",
        r"(?P<of>(?:which|what) (?:\w+ )?(?:month|day|week|quarter|year|building|block|hostel|hall|site)\b.*?)"
        r"(?:consum(?:e[sd]?|ing)|us(?:e[sd]?|ing)|draw(?:s|n|ing)?|drew|burn(?:s|t|ed|ing)?|tak(?:es?|ing)|took|"
        r"spen(?:ds?|t|ding)) (?:the )?max(?:imum)?(?= (?:units?|energy|electricity|gas|kwh|juice)\b)",
    ),
    _as("which", r"whch", r"wich", r"whcih", r"wihch", r"whihc"),
    _as("weekend", r"w(?:k|/)[ -]?ends?", r"wknds?"),
    _as("night", r"nite"),
    _as("kwh", r"kwhs", r"kw[ /-]?hrs?", r"kw/h", r"kw\.h", r"k\.w\.h\.?"),
    _as("kilowatt hours", r"kilowatthours?"),
    _as(r"\g<p> kwh", r"(?P<p>per|a|each) kilowatt[ -]hours?"),
    _as(
        "weather-corrected",
        r"(?:once|after|when|if|as soon as) (?:you|we|one|i)(?:'ve| have)? (?:correct|adjust|allow|account|control|"
        r"normali[sz]e)(?:ed)? (?:\w+ )?for (?:the )?weather",
    ),
    _as("what is", r"whats"),
    _as("who is", r"whos"),
    _as("where is", r"wheres"),
    _as("how is", r"hows"),
    _as("i want", r"(?:i am|i'm|im|we are|we're) after"),
    _as("until", r"'?till?", r"'til"),
    _as("building", r"bldg\.?", r"bld\.", r"bldng\.?", r"bdg\.?"),
    _as("buildings", r"bldgs\.?", r"blds\.?", r"bldngs\.?"),
    _as(r"\g<w> building", r"(?P<w>which|what|whose|each|every|per) (?:block|property|facility|asset|premises)"),
    _as("buildings", r"(?:properties|premises|assets)"),
    _as(
        r"\g<x>peak and baseload",
        rf"^(?P<x>{_ONE_TIME}.*?)(?:{_PEAK_BASE} ratio|(?:the )?ratio (?:of )?{_PEAK_BASE})",
        told="a ratio of the peak to the baseload is told as its two figures",
    ),
    _as("electricity", r"juice(?! bar)", r"leccy", r"lec+[ky]y", r"lekk?y", r"'?lectric(?:ity)?", r"elektricity"),
    _as("electricity", r"(?:the |our )?(?:electrics|sparks)"),
    _as(r"\g<m> \g<e> user", rf"(?P<m>{_MOST}) (?P<e>{_ENERGY})[ -]?{_EATERS}"),
    _as(r"\g<m> user", rf"(?P<m>{_MOST}) (?:\w+ )?{_EATERS}"),
    _as(r"\g<n> biggest \g<e> users", rf"(?P<n>top \w+|\d+|two|three|four|five) (?P<e>{_ENERGY})[ -]?{_EATERS}"),
    _as(r"biggest \g<e> user", rf"(?P<e>{_ENERGY})[ -]?{_EATERS}"),
    _as(r"\g<e> intensive", rf"(?P<e>{_ENERGY})[ -](?:hungry|thirsty|greedy)(?= (?:per|for its size|for their size))"),
    _as(r"energy using", rf"(?:{_ENERGY}[ -])?(?:hungry|thirsty|greedy|gluttonous)"),
    _as("use", rf"(?:{_THROUGH}) (?:its way )?through", rf"{_UP} up", r"knock(?:s|ed|ing)? back"),
    _as("cost", r"dosh", r"dough", r"brass", r"wonga", r"moolah", r"damage(?=\?| for| at| of| in\b)"),
    _as("how many pounds", r"how many (?:quid|squid|smackers)"),
    _as("in pounds", r"in quid"),
    _as(r"\g<w> per kwh", r"(?P<w>price|cost|rate|pence|p) (?:per|a|each|for a) unit"),
    _as(
        r"set-point from \g<a> to \g<b> degrees",
        rf"{_DEGREES.format('b')} (?:instead of|rather than) {_DEGREES.format('a')}",
    ),
    _as(r"\g<u> per \g<t>", r"(?P<u>[kmg]?wh|kg|tonnes|pounds|£|gbp|co2e?) ?/ ?(?P<t>hour|day|week|month|year)"),
    _as(r"\g<u> per year", r"(?P<u>[kmg]?wh|kg|tonnes|pounds|£|gbp|co2e?) ?/ ?(?:yr|y|a|annum)"),
    _as(r"per \g<t>", r"per-(?P<t>hour|day|week|month|year)"),
    _as("per year", r"p\.a\.?"),
    _as(
        r"\g<n> \g<m> \g<u>",
        r"(?P<m>worst|best|highest|lowest|biggest|largest|smallest|busiest|quietest) "
        r"(?P<n>\d{1,2}|two|three|four|five|six|ten) (?:\w+ )?(?P<u>days|months|hours)",
    ),
    _as(r"\g<a> against \g<b>", r"(?P<a>days?|weekdays?|nights?) ?[/:] ?(?P<b>nights?|weekends?|days?)"),
    _as("electricity and gas", r"(?:gas|electricity|power) (?:&|\+|plus|as well as) (?:gas|electricity|power)"),
    _as("how much",
        r"how (?:large|big|great|steep|sharp|deep|sizeable|substantial|marked|strong|hefty|considerable)(?= (?:was|"
        r"is|were|are) "
        r"(?:the|its|that|this) (?:drop|fall|rise|increase|decrease|reduction|change|cut|growth|saving|"
        r"difference)s?\b)"),
    _as("check", r"double[ -]?check"),
    _as(  # a verb, and no season: "did b4 rise or fall in 2019"
        r"\g<d> drop",
        r"(?P<d>(?:did|does|has|have|will) (?:\S+ ){0,5}?\S+(?<! in)(?<! the)(?<! last)(?<! this)) "
        r"fall(?= (?:in|from|during|over|by|between|compared|against|after|since)\b)",
    ),
    _as(r"\g<d>", r"(?P<d>drop|dropped|fall|fell|tail|tailed) off"),
    _as("peak", r"peek"),
    _as("totals by year", r"(?:annual|yearly) totals"),
    _as("totals by month", r"monthly totals"),
    _as("highest hour", r"(?:worst|top|record|biggest|greatest|largest) hour(?! of (?:the|a) (?:day|clock))"),
    _as("bad", r"duff", r"dud", r"ropey", r"wonky"),
    _as("what is the load factor of", r"how (?:peaky|spiky|flat) (?:is|was)", told="{0!r} is taken as the load factor"),
    _as("cost us", r"(?:set|sets|setting) (?:us|me|them|the (?:university|uni|college|estate)) back"),
    _as("spend", r"fork(?:ed|ing|s)? (?:out|over)", r"shell(?:ed|ing|s)? out", r"(?:cough|stump)(?:ed|ing|s)? up"),
    _as(r"\g<e> bill", rf"(?P<e>{_ENERGY}) tab"),
    _as("emit",
        r"(?!\A)(?:chuck|belch|spew|pump|churn|throw|spit|vent)(?:s|e?d|ing)? (?:out|into the (?:air|atmosphere))"),
    _as("emit", r"(?:give|gave|giving|gives|put|puts|putting) (?:out|off)(?= (?:in )?(?:carbon|co2)| how)"),
    _as(r"cut \g<n> off", rf"{_CUT} (?P<n>\d[\d.]*\s?(?:%|per ?cent|k\b|degrees?|kw)) (?:off|from)"),
    _as("save", rf"{_CUT} (?:\w+ )?(?:off|out)(?: of)?"
        r"(?! (?:the |any )?(?:\w+ of )?(?:the )?weather| (?:at (?!least)|work|early|late|for the (?:day|night)|on ))",
        r"ma(?:ke|de) a dent in"),
    _as("users", r"(?<=worst )(?:offenders|culprits|sinners)"),
    _as("user", r"(?<=worst )(?:offender|culprit|sinner)"),
    _as(r"\g<w> built", rf"(?P<w>{_SINCE} (?:was|were|did) .*?)(?:erected|constructed|(?:put|go|went) up)"),
    _as(
        r"share of zeros in gas \g<x>",
        rf"{_ASKED_OFF}\b(?: the)?(?P<x>.*?)(?:'s)?(?: the)? (?:gas|heating|boilers?)(?: been)? {_OFF}",
        told="{0!r} is taken as readings of zero",
    ),
    _as(
        r"against the baseline",
        r"(?:relative to|against|compared (?:to|with)|over|versus|vs) (?:the |its |our )?(?:baseline|period|time) "
        r"(?:from )?(?:before(?:hand)?|previously|prior)(?= ?\W*$)",
    ),
    _as(r"\g<k> give", r"(?P<k>kindly|please|pls|plz|(?:can|could|would) you) share(?: (?:with )?(?:me|us))?(?! of)"),
    _as(r"\g<w> of them", r"(?P<w>which|who) of (?:the|these|those) (?:two|three|four|five|lot|pair)(?! \w+s\b)"),
    _as("maximum demand", r"m\.?d\.?", r"max\.? dem\.?"),
    _as("peak", rf"{_AT_ONCE} (?:peak|maximum|max)(?: demand| load)?"),
    _as("overnight baseload", r"(?:overnight|night(?:[ -]?time)?) base(?: level)?(?! load)"),
    _as("baseload", r"(?:tick(?:ing|s)?[ -]?over|parasitic|trickle|idling) (?:load|power|draw|use|demand|consumption)",
        told="{0!r} is taken as the baseload"),
    _as("girls", r"wom[ae]n'?s'?|ladies'?|female(?= (?:hostel|dorm))"),
    _as("boys", r"(?:men'?s'?|gents'?|lads'?|male)(?= (?:hostel|dorm|halls?|residence))"),
)  # fmt: skip

GAS: Final = re.compile(r"\bgas\b|\bboiler fuel\b")
BURNERS: Final = re.compile(
    r"\b(?:(?:the|its|of|for|to|at|in|by) (?:the |its )?)?(?:(?:gas|heating)[ -])?(?:boilers?(?:'s?)?(?: (?:plant|room|"
    r"house|fuel|use))?|heaters?|heating)(?! (?:degree|season|slope|curve|hours?|oil|load|pump|period|schedule|set))\b"
)
NO_FUEL: Final = re.compile(  # where a boiler is what is changed, or what another thing than its fuel is asked of
    r"\b(?:sav\w*|repla\w*|new|upgrad\w*|install\w*|if|would|could|why|turn\w*|lower\w*|drop\w*|set\w*|degrees?|"
    r"electric\w*|pumps?|temperatures?|weather|schedules?|when|start\w*|stop\w*|runs?|running|off|"
    r"(?:left|left running|kept|switched|turned|stay\w*) on|efficien\w*|"
    r"fault\w*|broke\w*|pay\w*|invest\w*|retrofit\w*|swap\w*|model|signature|baseline|share|waste\w*|explain\w*)\b"
)


def _fuel_of_burners(text: str) -> tuple[str, tuple[str, ...]]:
    """Take 'the gas of the boiler' for the gas of the building, and say so."""
    bare = GAS.sub(" ", BURNERS.sub(" ", text))
    if not (GAS.search(text) and BURNERS.search(text)) or NO_FUEL.search(bare):
        return text, ()
    told = "gas is metered for a whole building: this is all of it, whatever burns it"
    return BURNERS.sub(" gas ", text), (told,)


def plainly(text: str) -> tuple[str, tuple[str, ...]]:
    """Return a lower-case text in the words of the tables, and what must be told of the choices made."""
    text, of_ranks = with_whole_ranks(text)
    text, of_times = once(times_in_figures(cost_of_two(written_out(text))))
    told: list[str] = [*of_ranks, *of_times]
    for pattern, plain, note in ROWS:
        if note and (match := pattern.search(text)):
            told.append(note.format(match.group(0)))
        text = pattern.sub(plain, text)
    text, of_gas = _fuel_of_burners(text)
    return re.sub(r"\s+", " ", text).strip(), (*told, *of_gas)
