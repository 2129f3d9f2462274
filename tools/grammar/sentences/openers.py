"""What stands before a question: a label, 'quick one:', a topic, 'as for gas,', or what it is said to be left of.

A label ("two things:", "sanity check -") names the act of asking and not what is asked, but for a slot in it ("weekend
figures:"), which stays; a topic ("cost-wise", "as for gas") is a slot in other clothes, and is read in its plain ones.
"""

import re
from dataclasses import replace
from typing import Final

from tools.grammar.sentences.asides import ASKING, IN_PASSING, says_something, without_asides
from tools.grammar.sentences.lent import Sentence
from tools.grammar.sentences.statements import asks

_LABEL: Final = (
    r"(?:questions?|quer(?:y|ies)|one|ones|things?|favou?rs?|requests?|checks?|puzzles?|puzzlers?|posers?|teasers?|"
    r"numbers?|figures?|starters?|hypotheticals?|thoughts?|reminders?|notes?|points?|items?|jobs?|tasks?|quickies?|"
    r"curiosity|asks?|enquir(?:y|ies)|inquir(?:y|ies)|quiz|update|memo|record|interest|answers?|stats?|"
    r"facts?|first|second|next up|next|last|finally|also|ps|urgent|help|another|more)"
)
LABEL: Final = re.compile(
    rf"^(?:(?!(?:how|what|which|who|why|when|where|the number)\b)[a-z'-]+[ ,]+){{0,5}}?{_LABEL}"
    rf"(?:,? (?:please|perhaps|maybe|then|first|here|now))*"
    rf"(?: (?:for|from|before|about|on|to|with|of) (?!(?:how|what)\b)(?:[a-z'-]+ ?){{1,4}}?)?"
    rf"\s*(?:[:;]\s*|\s-+\s+|, ?(?:but |and )?(?={ASKING}\b))"
)
LABEL_NOUN: Final = re.compile(rf"\b{_LABEL}\b(?=\s*(?:$|[:;,-]))")
LABEL_ALONE: Final = re.compile(
    rf"^(?:(?:an?|one|two|three|four|a couple of|a few|just|only|some|quick|small|short|simple|silly|daft|odd|strange|"
    rf"tiny|little|last|first|another|more|final|my|next) )+{_LABEL}(?: (?:for|before|from|about|on|first|please|"
    rf"today|then|now)\b[a-z' -]*)?$|^first things first$|^here goes$"
)
SIGNED: Final = re.compile(
    r"^(?:(?:(?:best|kind(?:est)?|warm(?:est)?|many) )?(?:regards|wishes|thanks)|thanks and regards|cheers|sincerely|"
    r"yours (?:sincerely|faithfully|truly|ever)|respectfully|"
    r"over to you|your move|go on then|off you go)\b[^\d?]{0,60}$"
)
_TOPIC: Final = (
    r"(?P<x>cost|price|money|spend(?:ing)?|carbon|co2|emissions?|energy|gas|electricity|electric|power|baseload|"
    r"base load|peak|floor area|area|size|floor space)"
)
_MEANT: Final = {
    "price": "cost",
    "money": "cost",
    "spend": "cost",
    "spending": "cost",
    "co2": "carbon",
    "emission": "carbon",
    "emissions": "carbon",
    "electric": "electricity",
    "power": "electricity",
    "size": "floor area",
    "area": "floor area",
    "floor space": "floor area",
}
WISE: Final = re.compile(
    r"\b(?!(?:day|month|quarter|year|hour|week|season|building|block|other|like|clock|contrari|anti-?clock|step|edge|"
    r"cross|length|street|piece|percentage|un)[ -]?wise\b)"
    r"(?P<x>[a-z]+(?: space| area| load)?)[ -]?(?<!\bis )(?<!\bit )(?<!\bbe )wise\b"
)
TOPIC: Final = re.compile(
    rf"^(?:(?:in terms of|as for|as regards|when it comes to|with regards? to|regarding|concerning|speaking of|"
    rf"talking of|turning to|on the subject of|looking at|considering|judging by|judged by|going by) "
    rf"(?:the |its )?{_TOPIC}(?: (?:use|alone|only))?|(?:as|so|"
    rf"in as) far as (?:the )?{_TOPIC.replace('<x>', '<y>')} (?:goes|is concerned)|"
    rf"on the {_TOPIC.replace('<x>', '<z>')} (?:front|side))\s*,\s*"
)
IN_TERMS: Final = re.compile(
    r",? (?:in terms of|as regards|with regards? to|when it comes to|in respect of) (?:the |its )?"
)
REASON: Final = re.compile(
    r"^(?P<how>given(?: that)?|considering(?: that)?|seeing (?:as|that)|bearing in mind(?: that)?|because|now that|as|"
    r"although|though|even though|since|while|whilst|when|once) (?P<clause>[^,?]{6,}?)\s*,\s*"
    rf"(?=(?:and |then |so )?{ASKING}\b)"
)
REMAINS: Final = re.compile(  # "the only hole left is b36's electricity", "all i need is b4's peak"
    r"^.*\b(?:(?:the|my|our) (?:only|last|one|final|missing|remaining)(?: [a-z]+){0,4}?|(?:all|what)(?: that)? "
    r"(?:i|we)(?:'m| am|'re| are)? (?:\w+ )?(?:need|want|lack|require|missing|after|looking for)(?: [a-z]+){0,4}?) "
    r"(?:is|are|would be|remains)\b:? (?=\S+ )"
)
LISTED: Final = re.compile(  # "give me two things for b4 in 2019: the total and the peak"
    r"\b(?:these |the following )?(?:two|three|four|five|a couple of|a few|some|these|the following) (?:things|numbers|"
    r"figures|facts|values|stats|answers|questions)\b(?=[^:]*:)"
)


def opened(sentence: Sentence) -> list[Sentence]:
    """Return a sentence without its label, its topic in a plain word, and the remarks that lie in it beside it."""
    text = _without_label(IN_PASSING.sub("", sentence.text))
    text = LISTED.sub("", REMAINS.sub("", text) if not asks(text) else text)
    text = IN_TERMS.sub(", ", _plain_topic(WISE.sub(lambda m: _meant(m["x"]), text)))
    return without_asides(replace(sentence, text=text))


def is_label(text: str) -> bool:
    """Tell whether a lower-case sentence only says that questions follow, 'two things', or ends a letter."""
    if SIGNED.match(text):
        return True
    return bool(LABEL_ALONE.match(text)) and not says_something(text)


def _without_label(text: str) -> str:
    """Return a text without its label; of 'weekend figures:' the weekend stays."""
    match = LABEL.match(text)
    head = match.group(0) if match else ""
    if match is None or re.search(r"\d", head):
        return text
    kept = LABEL_NOUN.sub("", head).strip(" :;,-") if says_something(head) else ""
    return f"{kept}, {text[match.end() :]}" if kept else text[match.end() :]


def _meant(word: str) -> str:
    return _MEANT.get(word, word)


def _plain_topic(text: str) -> str:
    match = TOPIC.match(text)
    if not match:
        return text
    return f"{_meant(match['x'] or match['y'] or match['z'])}, {text[match.end() :]}"
