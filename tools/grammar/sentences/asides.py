"""What lies in a sentence beside its question: why and when it is asked, by whom, and what happened at the time.

A remark on the asking ("before i forget,", "if it isn't a bother,", "as the person who pays,") goes; a reason ("given
how mild it was,") and an event with its own date ("when the students left in spring 2020,") are remarks, sentences that
lie inside another one. A state or a time without a date ("when it rained", "when it is closed") is a condition and
stays, and so does whatever names a figure, hours or a part of a building.
"""

import re
from dataclasses import replace
from typing import Final

from tools.grammar import vocabulary as v
from tools.grammar.doubt import CONDITION
from tools.grammar.sentences.lent import Sentence
from tools.grammar.sentences.remarks import CHANGES, EFFECT, HOURS, NARROWS
from tools.grammar.sentences.statements import PAST, WH, asks, states

ASKING: Final = (
    r"(?:what|how|which|who|whose|when|where|why|is|are|was|were|did|does|do|has|have|had|can|could|would|will|should|"
    r"give|show|tell|list|rank|compare|plot|find|[a-z]{1,3}\d{1,4}\b)"
)
ASIDE: Final = re.compile(  # of the one who asks or answers, and not of a building: 'before i forget,'
    r"^(?:(?:so |very |really )?sorry|apologies|pardon|forgive|excuse)\b[^,:\d]{0,50}?(?:,| but| -+|:) (?=[a-z])"
    r"|^(?:and |but |so )?(?:before|while|since|as|if|now(?: that)?|when|once|because) (?:i|we|you)(?:'(?:m|re|ve|"
    r"ll))? "
    r"(?:\w+ ){0,2}?(?:forget|remember|ask(?:ed)?|mention(?:ed)?|sa(?:y|id)|think|thought|know|recall|at it|here|mind|"
    r"have (?:you|a (?:moment|minute|second)|time)|go|leave|get (?:a (?:moment|minute|chance)|round|to it)|log off|"
    r"finish|start|can|may|might|could|like|please|will|would)\b[^,\d]{0,30}, ?(?:but |and )?(?=[a-z])"
)
_EVENT: Final = (
    r"(?:meeting|lunch|call|deadline|visit|board|break|holidays?|interview|lecture|class|train|bus|shift|audit|review|"
    r"committee|council|conference|seminar|presentation|phone rings)"
)
IN_PASSING: Final = re.compile(  # of how and when it is asked, and not of the figure
    r"^(?:and |but |so )?if (?:it|that|this|you|i)\b(?:'s|'re| [\w']+){0,3}? ?(?:\w+ ){0,2}?(?:trouble|bother|nuisance|"
    r"pain|imposition|hassle|inconvenien\w*|problem|ok|okay|"
    r"possible|mind|"
    r"please|convenient|easy|time|may|could|can|would|allowed)\b[^,\d]{0,25}, ?(?=[a-z])"
    r"|^(?:\w+ly |just |one )?(?:before|ahead of|in time for) (?:the |my |our |his |her |a )?(?:\w+ )?"
    rf"{_EVENT}(?: \w+)?(?:,| -+|:) ?(?=[a-z])"
    r"|^with (?:(?:the benefit of )?hindsight|all (?:due )?respect|that (?:said|in mind|out of the way)|apologies|"
    r"thanks|"
    r"(?:your|my) (?:permission|leave)), ?"
    r"|,? ?\b\w+ly speaking\b,?|\bfor a change\b,?"
    r"|^(?:whatever|whichever|regardless of|no matter|irrespective of|leaving) (?:the |its |their )?(?:reasons?|"
    r"causes?|why|"
    r"excuses?|explanations?|truth|case|blame|weather says)\b[^,\d]{0,25}, ?"
    r"|^(?:(?:price|cost|costs|money|carbon|emissions|bills|jok(?:es|ing)|politics|modesty|pleasantries|"
    r"niceties) aside,? |"
    r"(?:forget|forgetting|never mind|leave|leaving) (?:about )?(?:the )?(?:price|cost|costs|money|carbon|emissions|"
    r"bills?)"
    r"(?: aside| out of it)?(?: for (?:a|one) (?:second|moment|minute))?(?:,|:) ?)"
)
TOLD_FIRST: Final = re.compile(  # "we have a tenant asking about bills: what did b4 cost in 2019"
    rf"^(?P<what>[^:]{{8,}}?)(?::| -+) (?:so |and |but |now )?(?P<asked>{ASKING}\b.*)$"
)
ROLE: Final = re.compile(r"^as (?:the|an?|your|our|one of the) [^,\d]{3,60}, ?(?=[a-z])")
HAPPENED: Final = re.compile(
    rf"^(?!(?:in|on|at|during|exactly|precisely|is|are|was|were|do|does|did|has|have|had|will|would|can|could)\b)"
    rf"(?:[\w'-]+ ){{1,5}}?(?:[a-z]{{3,}}ed|{PAST}|is|are|was|were|has|had|arrived?)\b(?! by\b)"
)
REASON: Final = re.compile(
    r"^(?P<how>given(?: that)?|considering(?: that)?|seeing (?:as|that)|bearing in mind(?: that)?|because|now that|as|"
    r"although|though|even though|since|while|whilst|when|once) (?P<clause>[^,?]{6,}?)\s*,\s*"
    rf"(?=(?:and |then |so )?{ASKING}\b)"
)
STATE: Final = re.compile(
    r"\b(?:is|are|was|were|be|being|stood|stayed|ran|runs)\b(?! (?:being )?(?:\w+ed|built|put|sold|\w+wn)\b)"
)
TIME: Final = frozenset(("when", "once", "while", "whilst"))
DATE: Final = re.compile(
    r"\b(?:19|20)\d\d\b|\b(?:last|this) (?:week|month|year|winter|summer|spring|autumn)\b|\byesterday\b"
)
BEHIND: Final = re.compile(
    r"(?:,| -+|;)\s+(?:and |but |as |because |since |so |cos )?"
    r"(?=(?:i|we|he|she|they|it|it's|this|my|our|his|her|their|the|someone|somebody|everyone|everybody|nobody)\b)"
)


def without_asides(sentence: Sentence) -> list[Sentence]:
    """Return a sentence without what is said of the asking, and the remarks that lie in it beside it."""
    text = sentence.text
    if (told := TOLD_FIRST.match(text)) and _is_told(told["what"]):
        return [Sentence(told["what"]), *without_asides(replace(sentence, text=told["asked"]))]
    for aside in (ASIDE, ROLE):
        text = aside.sub(lambda m: m.group(0) if says_something(m.group(0)) else "", text)
    before, text, leans = _reason(text)
    text, behind = _behind(text)
    asked = Sentence(text, sentence.asked, leans=leans)
    return [*(Sentence(f"it is so that {b}") for b in before), asked, *(Sentence(b) for b in behind)]


def _is_told(head: str) -> bool:
    """Tell whether what stands before a colon is a statement of its own, and no date or hours for the question."""
    own = states(head) and not (WH.search(head) or HOURS.search(head))
    return own and not re.search(r"\d", re.sub(r"\b[a-z]+\d+\b", "", head))


def says_something(text: str) -> bool:
    """Tell whether a lower-case phrase names a figure, a measure, hours, a part of a building, or a condition."""
    named = v.ENERGY_WORD.search(text) or v.first(v.STATISTICS, text) or v.PERCENT.search(text)
    return bool(named or HOURS.search(text) or NARROWS.search(text) or CONDITION.search(text))


def _reason(text: str) -> tuple[list[str], str, bool]:
    """Return the reason or the dated circumstance before a question, the question, and whether it says when."""
    match = REASON.match(text)
    if not match:
        return [], text, False
    clause, in_time = match["clause"], match["how"] in TIME
    plain = re.sub(r"^how \w+ ", "", clause)
    asked = text[match.end() :]
    is_remark = _is_event(clause) if in_time else states(plain)
    if not is_remark or (CHANGES.search(clause) and EFFECT.search(asked)):
        return [], text, False
    return [plain], asked, in_time


def _is_event(clause: str) -> bool:
    """Tell whether a time clause tells of one event with its date, and not of a state in which to count."""
    dated = HAPPENED.match(clause) and DATE.search(clause)
    restricts = STATE.search(clause) or HOURS.search(clause) or NARROWS.search(clause)
    return bool(dated) and not (restricts or CONDITION.search(f"when {clause}"))


def _behind(text: str) -> tuple[str, list[str]]:
    """Return a question and the statements that hang on it: ', i need it for a poster'."""
    found = [m for m in BEHIND.finditer(text) if states(text[m.end() :]) and not WH.search(text[m.end() :])]
    found = [m for m in found if asks(text[: m.start()]) or _names_figure(text[: m.start()])]
    return (text[: found[0].start()], [text[found[0].end() :]]) if found else (text, [])


def _names_figure(text: str) -> bool:
    """Tell whether a phrase without a verb asks all the same: 'gas at b111, month by month, for 2019'."""
    return bool(v.ENERGY_WORD.search(text)) and not states(text)
