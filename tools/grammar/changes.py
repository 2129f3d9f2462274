"""Changes that were not made: a set-back, a shift, closed weekends, a smaller baseload."""

import re
from typing import Final

from tools.energy_query import Change
from tools.grammar.quantities import DEGREES, FROM_TO_DEGREES, HOURS, degrees_k, number, percent_of

ASKS_WHAT_IF: Final = re.compile(
    r"\b(?:what[ -]if|what (?:would )?happens?(?! at\b| in\b| on\b)(?:(?: to)?\b.*\bif\b| when)|"
    r"what would happen|say (?:we|you|they|i|that)\b(?!.*\bplease\b)|what changes\b.*\bif\b|suppos(?:e|ing|ed)|"
    r"imagine|hypothetical\w*|scenario|simulat\w*)\b"
)
MIGHT: Final = re.compile(
    r"\b(?:how (?:much|many)\b.*\b(?:less|more|fewer)|avoid\w*|spare[ds]?|reductions?|with an?|if|would|could|might|"
    r"assum(?:e|ing)|were to|potential|effect|impact|benefit|"
    r"sav(?:e[sd]?|ing|ings)|worth|by \w+ing|when (?:clos|shut|lower|cut)\w+|set[ -]?back|pay\w*|invest\w*)\b"
)
_TEMPERATURE: Final = (
    r"(?:set[ -]?points?|thermostats?|temperatures?|heating|heated|cooling|cooled|set[ -]?backs?|rooms?|indoors?|"
    r"target|ac\b|air[ -]?con\w*)"
)
_COLDER: Final = (
    r"(?:lower\w*|cooler|colder|down|less|reduc\w*|decreas\w*|drop\w*|set[ -]?back|below|warmer|hotter|rais\w*|up|"
    r"higher|increas\w*|mov\w*|chang\w*|cut|turn\w*|night|knock\w*|shav\w*|trim\w*|nudg\w*|ease[ds]?|tak(?:e|ing)|took|"
    r"dial\w*|bump\w*|wind|wound|bring|brought|put|off)"
)
SET_BACK: Final = re.compile(
    rf"\b{_TEMPERATURE}\b.*\b{_COLDER}\b|\b{_COLDER}\b.*\b{_TEMPERATURE}\b|\bset[ -]?backs?\b|\b(?:cooler|colder|"
    rf"warmer)\b"
)
ROOMS: Final = re.compile(rf"\b{_TEMPERATURE}\b")
COOLING: Final = re.compile(
    r"\b(?:cooling|cooled|warmer|hotter|air[ -]?con\w*|ac|summer)\b|\b(?:rais|higher|increas)\w*\b.*\bset[ -]?point"
)
SHIFT: Final = re.compile(
    r"\b(?:shift\w*|mov(?:e|ed|ing)|delay\w*|postpon\w*|advanc\w*|later|earlier|brought forward|push\w*)\b"
)
EARLIER: Final = re.compile(r"\b(?:earlier|advanc\w*|forward|sooner)\b")
_SATURDAY: Final = r"(?:week[ -]?ends?|saturdays? (?:and|&|or) sundays?)"
_CLOSED: Final = (
    r"(?:clos(?:e[ds]?|ing|ures?|edown)|shut(?:s|ting)?(?:[ -]?downs?| up)?|(?:switch|turn|"
    r"power)\w*(?: \w+){0,4} (?:off|down)|"
    r"off|unheated|unused)"
)
_END: Final = (
    r"(?:(?:puts?|putting) an end to|(?:put|puts|putting) a stop to|do(?:es|ing)? away with|get(?:s|ting)? rid of|"
    r"stop(?:s|ped|"
    r"ping)?|end(?:s|ed|ing)?|eliminat(?:e[sd]?|ing)|abolish\w*|ceas(?:e[sd]?|ing)|rul(?:e[sd]?|ing) out|prevent\w*|"
    r"cut(?:s|ting)? out|kill(?:s|ed|ing)?(?: off)?)"
)
_RUNNING: Final = (
    r"(?:running|operation|operating|working|opening|use|usage|consumption|load|waste|wastage|heating|activity)"
)
ENDED: Final = rf"\b{_END}(?: \w+){{0,3}}? (?:week[ -]?end|saturday and sunday) (?:\w+ )?{_RUNNING}\b"
CLOSE_WEEKENDS: Final = re.compile(rf"{ENDED}|\b{_CLOSED}\b.*\b{_SATURDAY}\b|\b{_SATURDAY}\b.*\b{_CLOSED}\b")
CUT_BASELOAD: Final = re.compile(
    r"\b(?:base[ -]?load|always[ -]on(?: load)?|background load)\b.*\b(?:cut\w*|reduc\w*|lower\w*|less|smaller|halv\w*|"
    r"drop\w*|f[ae]ll\w*|down|decreas\w*|trim\w*|shrink\w*|smaller)\b"
    r"|(?:%|\bper ?cent) (?:off|less|lower|smaller)\b.*\b(?:base[ -]?load|background load)\b"
    r"|\b(?:cut\w*|reduc\w*|lower\w*|halv\w*|drop\w*|decreas\w*|trim\w*|shav\w*|shed\w*|curb\w*|take|taking)\b.*"
    r"\b(?:base[ -]?load|always[ -]on(?: load)?|background load)\b"
)


_LESS: Final = (
    r"(?:sav(?:e[ds]?|ings?|ing)|cut(?:s|ting)?|reduc\w*|lower\w*|trim\w*|shav\w*|shed\w*|knock\w*|drop\w*|less|off|"
    r"fewer|takes?)"
)
_PERCENT: Final = r"(?:\d[\d.]*|five|ten|fifteen|twenty|thirty)\s?(?:%|per ?cent\b|percent\b)"
CUT_USE: Final = re.compile(
    rf"\b{_LESS}\b(?: \w+){{0,4}}? (?:by )?{_PERCENT}|{_PERCENT} (?:of )?(?:energy |electricity |gas |use |load |"
    rf"demand |"
    rf"consumption |lower |smaller )*{_LESS}\b"
)
NOT_MADE: Final = re.compile(
    r"\b(?:would|(?:i|we|you|it|they)'d|could|if|suppos\w+|imagine|assum\w+|were to|might|pay[ -]?back|pays?|"
    r"invest\w*|roi|npv|what[ -]if)\b"
)


def change_of(text: str) -> Change | None:
    """Return the change that a lower-case text speaks of, or None; its amount may be left open."""
    if CLOSE_WEEKENDS.search(text):
        return Change(kind="close_weekends")
    if CUT_BASELOAD.search(text):
        return Change(kind="cut_baseload", amount=percent_of(text))
    if (cut := CUT_USE.search(text)) and NOT_MADE.search(text) and not ROOMS.search(text):
        return Change(kind="cut_use", amount=percent_of(cut.group(0)))
    if ROOMS.search(text) and FROM_TO_DEGREES.search(text):
        return Change(kind="set_back", amount=degrees_k(text))
    if SET_BACK.search(text) and (DEGREES.search(text) or FROM_TO_DEGREES.search(text) or "set-back" in _joined(text)):
        return Change(kind="set_back", amount=degrees_k(text))
    if SHIFT.search(text) and (match := HOURS.search(text)):
        hours = number(match.group("n"))
        return Change(kind="shift", amount=-hours if EARLIER.search(text) else hours)
    return None


def is_hypothetical(text: str) -> bool:
    """Tell whether a change is only thought of, or a saving asked for, rather than one that happened."""
    return bool(ASKS_WHAT_IF.search(text) or MIGHT.search(text))


def _joined(text: str) -> str:
    return re.sub(r"\bset[ -]?back", "set-back", text)
