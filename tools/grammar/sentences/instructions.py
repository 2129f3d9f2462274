"""Tasks that are not questions of energy: 'write me a cover letter', 'approve the March invoice for b22'.

An order begins with its verb. Verbs of telling and computing order an answer; of the others, some order a text to be
made, some a thing to be done. Such an order is refused as what it is, rather than its verb taken for a building.
"""

import re
from typing import Final

from tools.grammar import vocabulary as v
from tools.grammar.sentences.statements import ASKS_LATER

_PLEASE: Final = (
    r"^(?:(?:please|kindly|can you|could you|would you|will you|i want you to|i need you to|i'd like you to|go ahead "
    r"and|just|now|and|then|also|hey|ok|go|help me(?: to)?|for me) ?,? ?)*"
)
_OBJECT: Final = (
    r"(?:me|us|him|her|them|it|this|that|these|those|an?|the|my|our|your|their|his|all|some|any|every|out|up|off|to|"
    r"into|for|with|about|[a-z]+'s|\w+ing|[a-z]{1,3}\d{1,4}(?:'s)?|two|three|new)"
)
MAKES: Final = re.compile(
    rf"{_PLEASE}(?:write|draft|compose|translate|proofread|rewrite|rephrase|paraphrase|edit|design|invent|sing|recite|"
    rf"pen|author|script|code|programme?|debug|paint|photoshop|cook|bake|teach|coach|play|act|pretend to be|"
    rf"tell (?:me|us) (?:a|another) (?:joke|story|riddle|poem)|recommend|suggest|google|look up|browse|advise|"
    rf"roleplay|fill (?:in|out)|apply for|solve|prove|memori[sz]e|learn|prepare (?:me )?(?:an? )?(?:speech|letter|cv|"
    rf"contract|lesson|menu|essay))\b(?: {_OBJECT}\b| [a-z]+\W*$)"
)
_DETERMINED: Final = (
    r"(?:him|her|them|it|this|that|these|those|an?|the|my|our|your|their|his|some|new|two|three|up|off)"
)
DOES: Final = re.compile(
    rf"{_PLEASE}(?:(?:approve|authori[sz]e|sign(?: off)?|countersign|pay|publish|buy|purchase|procure|sell|hire|"
    rf"fire|sack|dismiss|appoint|cancel|renew|terminate|email|e-?mail|forward|telephone|notify|invite|warn|"
    rf"apologi[sz]e to|subscribe|unsubscribe|reboot|restart|fix|mend|tidy|reimburse|deposit|evict|sue|complain to|"
    rf"negotiate|dispatch|deliver|evacuate|unlock|demolish|deploy|assign|escalate|submit) "
    rf"(?:{_DETERMINED}\b|[a-z]+'s\b|[a-z]{{1,3}}\d{{1,4}}(?:'s)?\b)"
    rf"|(?:post|book|reserve|schedule|order|mail|fax|text|ring|phone|register|repair|service|clean|paint|refund|"
    rf"transfer|invoice|chase|call|ship|lock|promote|file|lodge|raise an? (?:ticket|invoice|order|complaint|purchase)|"
    rf"log (?:in|out)) {_DETERMINED}\b)"
)
SORTS: Final = re.compile(r"^\W*(?:\w+ )?order\b.*\b(?:by|according|from)\b")
TO_THE_ASKER: Final = re.compile(
    r"\b(?:email|mail|forward|text|post|deliver|ring|phone|call|print off) (?:me|us|it to me)\b"
)
OF_DATA: Final = re.compile(
    r"\b(?:summary|overview|report|table|list|note|paragraph|sentence|line|breakdown|chart|graph|comparison|analysis)\b"
)
DATED: Final = re.compile(r"\b(?:19|20)\d\d\b")


def is_other_task(text: str) -> bool:
    """Tell whether a lower-case sentence orders a text or a thing that has nothing to do with figures of energy."""
    if ASKS_LATER.search(text) or _is_of_figures(text):
        return False
    return bool(MAKES.match(text)) or (is_deed(text) and not _is_of_energy(text))


def is_deed(text: str) -> bool:
    """Tell whether a lower-case sentence orders a deed that reading meters is not: 'pay the bill of b4'."""
    asks = TO_THE_ASKER.search(text) or ASKS_LATER.search(text) or SORTS.match(text)
    return bool(DOES.match(text)) and not asks


def _is_of_energy(text: str) -> bool:
    return bool(v.ENERGY_WORD.search(text)) or bool(re.search(r"\b[a-z]{1,3}\d{1,4}\b", text))


def _is_of_figures(text: str) -> bool:
    """Tell whether what is to be written is of figures here: 'write me a summary of b4's electricity in 2019'."""
    return bool(OF_DATA.search(text) or DATED.search(text)) and _is_of_energy(text) and not DOES.match(text)
