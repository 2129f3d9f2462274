"""The words by which people ask for an analysis: which one, and what looks like it and is another.

The first row that matches wins, so the narrower ones stand first. A row's second pattern names its look-alikes.
"""

import re
from dataclasses import dataclass
from typing import Final

from tools.energy_query import Analysis
from tools.grammar.model_words import NOT_OF_A_MODEL, OF_A_MODEL, asks_of_model
from tools.grammar.model_words import WORDS as WORDS_OF_MODEL
from tools.grammar.waste_words import CLAUSE, EMPTY, NO_REASON, OF_AN_EVENT, SQUANDERED


@dataclass(frozen=True, slots=True)
class Row:
    """Words that ask for an analysis, unless others stand beside them."""

    analysis: Analysis
    asks: re.Pattern[str]
    unless: re.Pattern[str] | None = None

    def matches(self, text: str) -> bool:
        """Tell whether a lower-case text asks for it."""
        return bool(self.asks.search(text)) and not (self.unless and self.unless.search(text))


def _row(analysis: Analysis, *asks: str, unless: str | None = None) -> Row:
    pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(asks)})(?!\w)")
    return Row(analysis, pattern, re.compile(unless) if unless else None)


MEASURE: Final = (
    r"(?:retro-?fit\w*|refurbish\w*|renovat\w*|upgrad\w*|insulat\w*|leds?|relamp\w*|double[- ]glazing|heat pumps?|"
    r"(?:\w+ )?replacements?|replaced|replac(?:ing|ement of) (?:the |its |our )?\w+|overhaul\w*|"
    r"new (?:\w+ ){0,3}?(?:boilers?|windows?|chillers?|lights?|lighting|bms|controls?|controllers?|plant|pumps?|roof|"
    r"glazing|doors?|valves?|sensors?|thermostats?|radiators?|insulation|kit|equipment|system)|"
    r"(?:\w+ )?(?:swap|swapped|changeover|moderni[sz]\w+)|"
    r"(?:energy )?(?:efficiency|saving|conservation)?\s?(?:measures?|projects?|programmes?|interventions?|works)|ecms?|"
    r"(?:re)?commission\w*|optimi[sz]ation|tune-?up)"
)
_SAVED: Final = r"(?:sav(?:e[ds]?|ings?|ing)|avoid(?:ed)? (?:energy|use|usage|consumption|electricity|gas|kwh))"
_DID: Final = (
    r"(?:achiev\w*|deliver\w*|effect\w*|impact|work(?:ed)?|help(?:ed)?|bring|brought|reduc\w*|pa(?:y|id) off|"
    r"result|avoid\w*|"
    r"cut(?:ting)?|lower\w*|drop\w*|fall|fell|fallen|less)"
)
_HAS_OCCURRED: Final = (
    r"(?:chang\w*|jump\w*|stepp?(?:ed)? (?:up|down)|drop(?:ped|s)?|rose|rise[ns]?|fell|fall(?:en|s)?|increase[ds]?|"
    r"decrease[ds]?|(?:go|gone|goes|went) (?:up|down)|shift(?:ed|s)?|move up|move down)"
)
_WHEN: Final = (
    r"(?:when|since when|(?:find|give|tell|name|identify|pinpoint|spot|date|find out)(?: me|"
    r" us)? the (?:exact )?(?:date|day|"
    r"moment|point)|what date|which date|on (?:which|what) (?:date|day)|from (?:which|what) (?:date|day))"
)
_WHY: Final = (
    r"(?:why|how come|what(?:'s| has| have| had| is| was| could have| might have)? (?:\w+ )?"
    r"(?:caus(?:e[ds]?|ing)|explain\w*|drove|drives?|driv(?:en|ing)|led to|made|pushed|lifted|raised|behind|"
    r"responsible)|"
    r"drove|drives|lay behind|behind|"
    r"reasons?|causes?|root cause|explain|explanation|due to|because of|driven by|driver|drivers|trigger\w*)"
)
_PEAK: Final = r"(?:peak(?:s|ed|ing)?|(?:highest|maximum|max) (?:load|demand|hour|power)|maximum demand)"
_TURN: Final = (
    r"(?:starts?|stops?|opens?|closes?|begins?|finish(?:es)?|ends?|shuts?(?: down| up)?|ramps?(?: up| down)?|wakes?|"
    r"(?:power|fire|start|wake|warm|shut|close|lock|pack|wind|run|gear|slow|quieten|calm|settle)(?:s|d|ed|"
    r"ing)? (?:up|down)|"
    r"(?:switch|turn|come|go|clock|knock|kick)(?:e?s|ed|ing)? (?:on|off)|get(?:s|ting)? (?:going|started|busy)|"
    r"(?:come|spring)s? (?:alive|to life)|go(?:es)? (?:quiet|to sleep|dark|home)|"
    r"starting|stopping|opening|closing|finishing|ending|beginning)"
)
_OPENING: Final = r"(?:operating|operation|operational|opening|running|working|business|office|occupied|occupancy|core)"
_SIMILAR: Final = r"(?:similar|comparable|equivalent|like-for-like|other such|the same (?:kind|type|sort|use)(?: of)?)"

ANALYSES: Final[tuple[Row, ...]] = (
    _row("baseline", *OF_A_MODEL, unless=NOT_OF_A_MODEL),
    _row(
        "degree_days",
        r"degree[ -]?(?:days?|hours?)|hdds?|cdds?",
        r"(?:was|is|were) (?:it )?[^?]*\b(?:warmer|colder|milder) than",
        unless=r"normali[sz]|adjusted|corrected|per (?:heating |cooling )?degree|set[ -]?point|thermostat|rooms?\b",
    ),
    _row(
        "payback",
        r"pay[ -]?backs?|pa(?:y|ys|ying|id)(?: \w+){0,3} (?:itself|themselves)?\s?back|pa(?:y|ys|id|"
        r"ying) for (?:itself|themselves)|pa(?:y|ys|id|ying) (?:itself|"
        r"themselves) off|until (?:we'?re|we are|it'?s) (?:square|even|in the black)|"
        r"roi|returns? on (?:(?:the |an |our )?(?:investments?|capital|outlay)|\W*\d[\w,.]*)|"
        r"(?:see|get|have|earn|make)\w* (?:it|that|this|(?:my|our|the|that) (?:money|cash|outlay|cost)) back|"
        r"money back|"
        r"(?:the|our|my|that|its|their|this) (?:\w+ )?(?:money|cash|outlay|costs?|investment|spend|capital|sum|expense)"
        r"(?: (?:is|be|was|gets?|comes?|been|would|will|have))*(?: fully)? (?:back|recovered|recouped|returned|repaid|"
        r"earned back|paid off)|"
        r"npv|net present value|irr|(?:internal )?rate of return|"
        r"break[ -]?even|worth (?:it|the money|spending|paying|buying|investing|the investment)|recoup\w*|"
        r"recovers? (?:the|its|our|my) (?:cost|"
        r"money)|"
        r"invest(?:ed|ing|ments?)?|capex",
    ),
    _row(
        "emissions",
        r"scope[ -]?(?:1|2|one|two)|(?:direct|indirect) (?:\w+ )?emissions?|(?:location|market)[ -]based|"
        r"marginal|residual mix|ghg protocol|"
        r"green (?:tariff|electricity|power|supply|contract)s?|(?:renewable|supply|ppa) (?:\w+ )?(?:contracts?|"
        r"certificates?)|"
        r"regos?|(?:emission|carbon|supplier'?s?) factors?",
        r"(?:carbon|co2e?|emissions?|footprint)\b(?:\s+\w+){0,3}?\s+(?:of|from|by|for|in|due to) (?:the |its |our |"
        r"all |"
        r"burn\w* )*(?:natural |heating )?gas(?! emissions)",
        r"(?<!greenhouse )gas(?:'s)? (?:carbon|co2e?|footprint)",
        unless=r"marginal (?:cost|price|change|increase|difference)",
    ),
    _row(
        "tariff_cost",
        r"tariffs?|(?:demand|capacity|standing|availability|reactive) charges?|time[ -]of[ -]use|tou|"
        r"(?:peak|off[- ]peak|day|night|unit|flat) (?:rates?|prices?)|economy 7|negative prices?",
        unless=r"what[ -]if|suppos",
    ),
    _row(
        "savings",
        rf"{MEASURE}\b.*\b(?:{_SAVED}|{_DID})",
        rf"(?:{_SAVED}|{_DID})\b.*\b{MEASURE}",
        r"(?:saved|savings?)",
        rf"{_SAVED}\b.*\b(?:baseline|since|against|compared)",
        r"did (?:\w+ ){0,6}?save|(?:has|have|had) (?:\w+ ){0,6}?saved|avoided (?:energy|use|usage|consumption|kwh)|"
        r"(?:energy|use|usage|consumption|kwh|gas|electricity) (?:was |were |has been )?avoided",
        r"measurement and verification|m ?(?:&|and) ?v|ipmvp|(?:ashrae )?guideline 14|option c",
        rf"(?:before and after|since) (?:the |our )?{MEASURE}",
        unless=r"daylight[ -]saving|\b(?:could|can|would|might|potential|possible|will)\b(?!.*\bbeen\b)|\bto save\b",
    ),
    _row(
        "forecast",
        r"forecast\w*|predict\w*|projection|projected|outlook|prognosis|tomorrow(?:'?s)?|(?:day|week)[ -]ahead",
        r"(?:next|coming) (?:mon|tues|wednes|thurs|fri|satur|sun)day",
        r"(?:next|coming|upcoming) (?:\w+ ){0,2}?(?:hours?|days?|weeks?|months?|quarters?|years?|winter|"
        r"summer)(?:'?s)?",
        r"(?<!which )(?<!that )(?<!i )will (?!you\b|i\b)(?:\w+ ){0,7}?"
        r"(?:be|use|need|consume|cost|peak|draw|reach|require|emit|burn|take|hit|rise|fall|go)",
        r"(?:expect|anticipat)\w* (?:to (?:use|need|peak|draw|consume)|from (?:now|tomorrow))",
        unless=r"\bbaseline|\bpredicted by the (?:model|weather)",
    ),
    _row(
        "peer_rank",
        r"peers?|peer[ -]group|percentile|bench-?mark\w*|energy ?star|cbecs|national (?:median|average|stock)|"
        r"(?:industry|sector) (?:average|median|standard|norm)s?",
        r"seattle(?:'s)? (?:\w+ )?(?:buildings?|peers?|benchmark\w*|offices?|sample|stock|data|dorm\w*|librar\w*)",
        r"(?:against|with|than|to|among|in|vs\.?|versus) (?:those (?:in|of) |the buildings (?:in|of) )?seattle",
        r"(?:others?|buildings?|ones) of (?:its|that|this|the same) (?:kind|type|sort|class)",
        rf"{_SIMILAR} (?:\w+ )?(?:buildings?|ones?|offices?|dorm\w*|hostels?|librar\w*|schools?|universit\w*|sites?)",
        r"(?:others?|buildings?|anything|ones) (?:of|like) (?:it|its|this|the same|that|them)(?: own)?"
        r"(?: (?:kind|type|sort|use|size|class))?",
        r"(?:for|of) (?:its|a building of its|that|this) (?:kind|type|sort|use|class)",
        r"(?:other|for|of|among|than) (?:librar(?:y|ies)|dormitor(?:y|ies)|dorms|hostels|offices|schools|"
        r"universities|hotels|"
        r"shops|warehouses|hospitals|laborator(?:y|ies))",
        r"how (?:energy[ -])?(?:in)?efficient|^\W*(?:is|was|are) [^?]*\b(?:in)?efficient(?! (?:than|as))|"
        r"^\W*(?:energy )?efficiency\b",
        r"(?:good|bad|poor|normal|typical|efficient|inefficient|high|low|usual|ok|reasonable) for an? (?!year)\w+",
        unless=r"\b(?:\d+(?:st|nd|rd|th)|fifth|tenth) percentile|\b(?:most|least|more|less) (?:energy )?efficient|"
        r"\bthan\b.*\befficient",
    ),
    _row(
        "load_duration",
        r"sorted load|load[ -]duration|duration[ -](?:curves?|plots?|charts?)|ldc",
        r"(?:hours|of the time|how often|how long) (?:\w+ ){0,6}?(?:above|over|exceed\w*|near|within|close to|"
        r"at) (?:\w+ )?"
        r"(?:\d+(?:\.\d+)? ?(?:%|per ?cent|percent) )?(?:of )?(?:its |the |their )?(?:own )?(?:peak|maximum)",
    ),
    _row(
        "peak_driver",
        rf"{_WHY}\b.*\b{_PEAK}",
        rf"{_PEAK}\b.*\b{_WHY}",
        r"peak[ -]drivers?|what (?:\w+ )?(?:drove|drives|caused|causes|is behind|was behind|lies behind) .*peak",
    ),
    _row(
        "causes",
        r"(?:^|, |and |but |so )?why(?! (?:not|don't)\b)",
        r"how come|(?:the|what|main|any|possible|likely|root) causes?(?! the most)|causes? (?:of|for|behind)|"
        r"(?:rise|increase|change|drop|fall|decrease|difference|growth|jump)\b.*\b(?:caused|driven|explained) by|"
        r"^\W*causes|into (?:its |the )?causes|decompos\w*|attribut\w* (?:of |to )?(?:the )?(?:change|difference)|"
        r"break ?down (?:of )?the (?:change|difference|increase|rise|drop)|reasons?|(?:(?<=what )|"
        r"(?<=that ))accounts? for|"
        r"attribut(?:e[ds]?|ing|ion)\b.*\b(?:to|causes|factors)\b|(?:to|by|into|for) (?:its |the )?causes|"
        r"contribut\w+ to (?:the |its )?(?:change|difference|increase|rise|drop|fall|decrease|growth)",
        r"what(?:'s| has| have| had| is| was| could have| might have)? (?:\w+ )?"
        r"(?:caus(?:e[ds]?|ing)|explains?|explained|drove|drives|driving|led to|made|behind|responsible)",
        r"explain (?:why|the (?:\w+ )?(?:rise|increase|change|difference|drop|fall|decrease|growth|jump|reduction|"
        r"step))",
        r"(?:because of|due to|down to|how much of .*) (?:the )?(?:\w+ )?(?:weather|cold|heat|warm|mild|"
        r"temperature)\w*",
        r"(?:weather|cold|mild|warm) .*(?:affect|explain|influence|to blame|cause)\w*",
        unless=rf"\bwhy (?:would|should|can|could) (?:i|we|you)\b|^(?!.*\b(?:why|how come|explain)\b).*\b{NO_REASON}\b",
    ),
    _row(
        "anomalies",
        r"anomal\w*|outliers?|unusual\w*|abnormal\w*|out of the ordinary|unexpected (?:\w+ )?(?:events?|readings?|"
        r"use|days?)",
        r"(?:im)?plausib\w*|(?:un|in)?credib(?:le|ility)|believable|unbelievable|(?:un)?realistic|sanity[ -]check\w*|"
        r"ma(?:ke|kes|de) (?:any )?sense|add(?:s)? up\W*$|look(?:s|ed)? (?:right|ok|okay|fine|dodgy|funny|iffy|rum)|"
        r"data (?:problems?|issues?|faults?|errors?)|worr(?:y|ied|ying|isome)|suspicio\w*|looks? (?:wrong|off|odd)|"
        r"(?:odd|strange|weird|suspicious|irregular|peculiar|funny)(?: \w+){0,2}",
        r"(?:behav|act|run|r[au]n)\w* (?:odd|strange|weird|funn|unusual|peculiar|errati|suspicious|abnormal|queer)\w*",
        r"(?:fr[eo]ez\w*|froze|outages?|drop-?outs?|fishy|hiccups?|blips?|irregularit\w*|oddit\w*|quirks?|misread\w*|"
        r"(?:bad|corrupt\w*|implausible|impossible|nonsens\w*|erroneous|dubious|bogus) (?:data|readings?|"
        r"values?|hours))",
        r"faults?|faulty|glitch\w*|malfunction\w*|misbehav\w*|stuck|flat-?lin\w*|frozen|(?:gas )?leaks?|leaking|"
        r"drifts?|"
        r"drift(?:ed|ing)",
        r"(?:any|there|list|show|find|see|detect|many|were|all|biggest|largest) (?:\w+ ){0,4}?spikes|"
        r"runs? of zeros?|zero runs?",
        r"something (?:\w+ )?(?:wrong|broken|off)|(?:anything|what(?:'s| is| was| went)|go(?:ne|ing)?) (?:\w+ )?wrong|"
        r"problems? (?:with|in) (?:the )?(?:\w+ )?(?:meters?|data|readings?)|broken (?:meters?|sensors?)",
        rf"{_WHEN} .*\b(?:missing|gaps?|absent)|(?:any|were|was|list|show|find|how many|all) .*\b(?:gaps|missing)",
        r"^\W*missing (?:readings|hours|data|values)",
        r"zeros|zero readings?|(?:reads?|at|was|were|is) zero|spikes|(?:did|does|has|have) .*\bspiked?",
        unless=r"\b(?:percent\w*|per cent|share|proportion|complete\w*|coverage|(?:biggest|largest|highest) spike)\b|%|"
        r"\bit(?:'s| is| was) freezing|\bfreezing (?:weather|cold|outside|days?|temperatures?|point)|"
        r"\b(?:below|above|under) "
        r"freezing|\bfreezers?\b|"
        r"\bdefault|\bwater\b",
    ),
    _row(
        "level_changes",
        r"level[ -](?:changes?|shifts?|steps?)|(?:changes?|shifts?|steps?|jumps?) (?:of|in) (?:\w+ ){0,4}?level",
        rf"level (?:of \w+ )?(?:\w+ ){{0,3}}?{_HAS_OCCURRED}|step[ -]?changes?|change[ -]?points?",
        rf"{_WHEN} .*\b{_HAS_OCCURRED}",
        rf"since when|{_WHEN} .*\b(?:step|level|jump)|(?:a|the|any) steps? (?:up|down|in)|(?:new|higher|lower|"
        rf"other) level",
        rf"{_HAS_OCCURRED}\b[^?]*\b(?:permanent\w*|for good|and when|abruptly|suddenly|at what (?:date|point))",
        r"chang(?:e[ds]?|ing) (?:its |the |their )(?:\w+ )?level",
        r"steps? (?:upwards?|downwards?|up|down|in (?:its|the|their|our))|(?:a|the|any|one|an?) (?:genuine|real|"
        r"true|clear|"
        r"definite|visible|obvious|lasting|sudden|distinct|marked|noticeable|sharp|proper|actual) (?:steps?|shifts?|"
        r"jumps?)|"
        r"(?:a|the|any) steps?(?= (?:at|around|about|near|somewhere|there|anywhere|is|was|occur\w*|happen\w*|come|"
        r"came)\b|\W*$)|"
        r"plateaus?|(?:level|load|use|usage|consumption|demand|baseload) (?:steps?|shift(?:s|ed)?|jump(?:s|ed)?)",
        r"structural (?:breaks?|changes?|shifts?)|break ?points?|regime (?:changes?|shifts?)",
        rf"{_HAS_OCCURRED}\b.*\b(?:from|on|since) (?:which|what) (?:date|day)|stepp(?:ed|ing) (?:up|down)",
        r"(?:permanent|lasting|sudden|abrupt) (?:changes?|steps?|shifts?|jumps?|drops?|rises?|increases?|decreases?)",
        unless=r"change[ -]?point (?:models?|regressions?|fits?|curves?|baselines?)|\bmost\b.*\b(?:month|year)|"
        r"\bpeak|\bbalance|\b(?:oil|shift|staff|tenan\w+|clock|supplier|climate) "
        r"changes?\b|\b(?:filters?|bulbs?|lamps?|belts?|batter(?:y|ies)|passwords?)\b|\bchanges? (?:is |are )?due\b",
    ),
    _row(
        "schedule",
        r"(?:from when|until (?:when|what hour|what time|which hour)|between which hours|from what time|from which "
        r"hour)\b",
        r"(?:opening|start\w*|switch\w* on) and (?:closing|stop\w*|finish\w*|switch\w* off)(?: hours| times)?",
        r"(?:which|what|at which|at what) hours (?:do|does|did|is|was) .*\b(?:runs?|operates?|opens?|works?|keeps?|on|"
        r"active)",
        rf"(?:when|what times?|at (?:what|which) (?:times?|hours?|clock)|what clock|which hours?|how early|how late) "
        rf"(?:do|does|did|is|are|was|were|will)?\b.*\b{_TURN}",
        rf"(?:which|what) buildings? .*{_TURN} .*\b(?:earliest|latest|first|last|earlier|later)",
        rf"{_OPENING} time|\W*when (?:is|are|was|were) (?!it\b)(?:\w+ )*?\s*(?:empty|closed|open|occupied|in use)\W*$",
        r"(?:running|open) (?:on|at) (?:saturdays?|sundays?|week[ -]?ends?|(?:mon|tues|wednes|thurs|fri)days?)",
        rf"{_OPENING} (?:hours|times|schedules?)|hours of operation|(?:start|stop|start-?up|shut-?down|closing|"
        rf"switch-?o\w+) "
        r"times?|schedules?|time ?tables?|start(?:s|ing)? and (?:stop|end|finish)\w*",
        unless=r"\bwhen (?:do|does|did) (?:the |its |their )?(?:data|readings?|records?|recording|history)\b|"
        rf"\bdrifts?\b|(?<!is )(?<!are ){EMPTY}|"
        rf"\b(?:during|within|outside|out of|in|after|beyond|by|at) (?:of )?(?:the |its |their |normal |"
        rf"usual )*{_OPENING} "
        r"(?:hours|times)|\bwast|\b(?:carbon|co2e?|emissions?|costs?|bill|spend|kwh|mwh) (?:of|for|from|when|while) "
        r"running\b",
    ),
    _row("day_types", r"day[ -]?types?|types? of (?:\w+ )?days?|by type"),
    _row(
        "day_kinds",
        r"clusters?|clustered|clustering|archetyp\w*|(?:kinds?|sorts?|groups?|families|classes) of (?:\w+ )?days?|"
        r"(?:typical|distinct|different|recurring|common) (?:daily |day |load )*(?:patterns|shapes|profiles|days)|"
        r"days? (?:that |which )?(?:are |look )?alike|similar days|daily patterns",
    ),
    _row(
        "day_types",
        r"(?:work(?:ing)?|week|business)[ -]?days?\b.*\b(?:saturdays?|sundays?|(?:bank |public )?holidays?)|"
        r"(?:saturdays?|sundays?|(?:bank |public )?holidays?) .*(?:work(?:ing)?|week|business)[ -]?days?|"
        r"(?:bank|public) holidays?",
        r"(?:typical|average|mean|normal|usual) (?:working[ -]days?|saturdays?|sundays?|holidays?)",
        r"(?:working|week) ?days?(?: \w+){0,4} (?:differ|profile|shape|curve)\w* .*week[ -]?ends?|"
        r"(?:profile|shape|curve)s? .*(?:working|week) ?days? (?:\w+ ){0,3}week[ -]?ends?|"
        r"working days? .*differ.* week[ -]?ends?",
        unless=r"\bmon(?:day)?s?\s?(?:-|to|and|&|/)\s?fri|"
        r"^(?!.*\b(?:differ\w*|typical\w*|profiles?|curves?|shapes?|behav\w*|types?|holidays?)\b)"
        r".*\bsat(?:urday)?s?\s?(?:-|to|and|or|&|\+|/)\s?sun",
    ),
    _row(
        "waste",
        r"wast(?:e[ds]?|ing|age|eful\w*|ers?)|out[ -]of[ -]hours|after[ -]hours|avoidable|unoccupied|idle|idling|"
        r"(?:left|leav(?:e|es|ing)|stay(?:s|ed|ing)?|keep(?:s|ing)?|kept|remain(?:s|ed)?) (?:\w+ ){0,4}?(?:on|"
        r"running|burning|lit)(?! average| the whole| \d)|"
        r"stand-?by (?:loss\w*|waste\w*|power|use|usage|consumption|energy)|(?:phantom|vampire) (?:load|power|use)\w*|"
        r"needless\w*|"
        r"unnecessar\w*|"
        r"for nothing",
        r"(?:while|when|whilst|with|although|though) (?:\w+ ){0,5}?(?:empty|closed|shut|vacant|nobody|no one|no-one|"
        r"not in use|not occupied)",
        rf"(?:outside|out of|beyond|after) (?:of )?(?:the |its |their |normal |usual )*{_OPENING} (?:hours|times)",
        r"(?:could|can|would|might|potential\w*) (?:\w+ ){0,6}?(?:save[ds]?|savings?)|savings? potential|how to save",
        EMPTY,
        rf"{NO_REASON}|{SQUANDERED}",
        unless=rf"wast(?:e|ed) (?:water|heat)|sewage|{OF_AN_EVENT}",
    ),
    _row(
        "baseline",
        r"change[ -]?point (?:regressions?|fits?|curves?|baselines?)|(?:base|threshold) temperatures?|"
        r"should (?:\w+ )?(?:have )?(?:used?|consumed?|needed?|drawn|burn(?:ed|t)?)|"
        r"than (?:you|we|one|i)(?:'?d| would| should| might)? (?:normally )?expect|"
        r"(?:deviat\w*|depart\w*|differ\w*|residuals?|off) (?:of |from )?(?:.* )?(?:the |its )?model(?:led)?|"
        r"(?:against|above|below|versus|vs|over|under) (?:the |its )?(?:weather |regression )?model(?:led)?|"
        r"normal\b.*\b(?:for|given|considering|looking at|allowing for) (?:the )?weather",
        r"base[ -]?lines?|change[ -]?point models?|balance (?:points?|temperatures?)|energy signatures?|"
        r"performance lines?|"
        r"what(?:'s| is| was) (?:normal|usual) for|than (?:\w+ ){0,4}?expect(?:ed)?|"
        r"(?:than|as|what|was|were|above|below|over|under) (?:\w+ ){0,3}?expected|expected (?:use|usage|"
        r"gas|electricity|energy|consumption|level)|"
        r"(?:weather|temperature)[ -](?:dependen\w+|sensitiv\w+|driven)|sensitiv\w+ to (?:the )?(?:weather|"
        r"temperature)|"
        r"depend\w* on (?:the )?(?:outdoor |outside )?(?:weather|temperature)|heating slope|"
        r"per (?:heating |cooling )?degree[ -]?day",
        unless=r"base[ -]?line (?:load|demand|power)",
    ),
)

HEAT: Final = re.compile(
    r"\bheat[ -]?maps?\b|\bcarpet plots?\b|\bhours? by (?:the )?days?\b|\bhour[ -]by[ -]day\b|"
    r"\bby hour and (?:by )?day\b"
)

SHORT: Final = 3  # words


def asking_spans(analysis: Analysis | None, text: str) -> list[tuple[int, int]]:
    """Return where a text says what it asks for; a match of many words says more than that, and is left to be read."""
    found = [m for row in ANALYSES if row.analysis == analysis for m in row.asks.finditer(text)]
    said = [m.span() for m in CLAUSE.finditer(text)] if analysis == "waste" else []
    if analysis == "baseline" and asks_of_model(text):
        said += [m.span() for m in WORDS_OF_MODEL.finditer(text)]
    return said + [m.span() for m in found if len(m.group(0).split()) <= SHORT]
