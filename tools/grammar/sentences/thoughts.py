"""Sentences that are one question: a measure taken and what it saved, a building and a year behind it."""

import re
from typing import Final

from tools.grammar.analysis_words import ANALYSES, MEASURE
from tools.grammar.commands import ASKS
from tools.grammar.data_words import EXTREME_DAY

MOST: Final = 4
"""Sentences that one question may have."""

ONE_THOUGHT: Final = re.compile(  # "We spend 20,000 pounds on LEDs in b4. They save 4,000 a year. What is the payback?"
    r"\bpay[ -]?back\b|\bpa(?:y|ys|id) back\b|\broi\b|\bnpv\b|\breturn on\b|^(?:and )?why\W*$|^(?:suppose|"
    r"supposing|imagine|"
    r"assum(?:e|ing)|say)\b"
)
PAYBACK: Final = next(row for row in ANALYSES if row.analysis == "payback")
TOLD: Final = re.compile(rf"\b{MEASURE}\b")  # "The boilers were replaced on 1 May 2019. What did that save?"
ASKS_EFFECT: Final = re.compile(r"\b(?:sav\w+|avoid\w*|effect\w*|impact|bring|brought|achiev\w*|difference)\b")
SETTING: Final = re.compile(
    r"^(?:take|use|using|rank|sort|order|list|look at|based on|for|over|going by|in)\b(?:\W+\w+){0,5}\W*$"
)
WHEN_ONLY: Final = re.compile(  # "Are the lights left on at b19? 2019 please"
    r"^(?:(?:in|for|of|during|over|say|make it|take) )?(?:the year )?(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|"
    r"dec)\w* )?(?:19|20)\d\d(?: (?:please|only|pls|data|figures?))?$"
)
DATED: Final = re.compile(
    r"\b(?:(?:19|20)\d\d|jan\w*|feb\w*|march|april?|may|june?|july?|aug\w*|sept?\w*|oct\w*|nov\w*|dec\w*|spring|"
    r"summer|autumn|fall|winter|q[1-4]|quarter|last|week|month)\b"
)
SHARED_END: Final = re.compile(  # a time behind the last of several questions is the time of all of them
    r"(?:,\s*(?P<when>(?:(?!\b(?:what|which|how|when|who|did|does|was|is|than|against|from|since)\b)[^?])*?\b(?:19|"
    r"20)\d\d)"
    r"|\b(?P<in>(?:in|during|for|over|across) (?:the year |\w+ )?(?:19|20)\d\d))\W*$"
)
YEAR: Final = re.compile(r"\b(?:19|20)\d\d\b")
YEAR_ONLY: Final = re.compile(r"^\W*(?:(?:in|for|of|during|say) )?(?:the year )?(?:19|20)\d\d\b")
ONLY_THEN: Final = re.compile(  # "How much did b4 use in 2019? Daytime only."
    r"^(?:(?:only|just|but only)\W(?:\w+\W+){0,3}?)?(?:the |at |on |over |during )*(?:night\w*|overnight|"
    r"week[ -]?(?:end|day)s?|"
    r"day[ -]?time|working days?)(?: only| alone| please| hours)*$"
)
ADJUSTS: Final = re.compile(  # a fragment that adjusts the question before it: 'excluding weekends', 'not the gas'
    r"^(?:and |but |also |please |do |kindly |preferably )*(?:excluding|exclude|except\w*|without|not|leav(?:e|"
    r"ing) out|omit\w*|"
    r"ignor(?:e|ing)|disregard\w*|minus|net of|apart from|other than|bar|correct(?:ed|ing) for|adjust(?:ed|ing) for|"
    r"normali[sz](?:ed|ing) (?:for|by|to)|allowing for|scope [12]|location[ -]based|market[ -]based)\b"
    r"(?!.*\b(?:what|which|how|when|who|why|where|did|does|is|was|were|instructions?|prompts?|rules)\b)"
    r"|^(?:(?:\w+[ ,]+){1,3})(?:only|i mean|that is|i meant)$"
)
FUEL_ONLY: Final = re.compile(  # "What if b4 were a degree cooler? Gas please."
    r"^(?:the |for )?(?:gas|electricity|power|energy|carbon|cost)(?: use| figure| side)? (?:please|only|i mean)$"
)
ASKS_ANYWHERE: Final = re.compile(r"\b(?:what|how|which|why|when|who|where)\b")
ASKS_FOR_IT: Final = re.compile(  # "I have no clue what b22 costs. Could you work it out for 2020?"
    r"^(?:please\s+)?(?:(?:can|could|would|will) you\s+)?(?:please\s+)?(?:work|find|figure|look|check|tell|show|"
    r"give|let)\s+"
    r"(?:(?:me|us)\s+)?(?:it|that|this)\b"
)
REMARK: Final = re.compile(  # "I have a feeling that b111 is on all night. How much did that waste in 2019?"
    r"^(?:i (?:have a|had a|think|believe|suspect|heard|feel|fear|bet|guess|reckon)|we (?:think|believe|suspect)|"
    r"my \w+ (?:says?|said|swears?|thinks?|claims?|believes?|insists?|reckons?)|someone|"
    r"people say)\b"
)
ON_THAT_DAY: Final = re.compile(r"\b(?:that|this|the same|the said) day\b|\bthen\W*$|\bon it\b|\bthat date\b")
REFERS: Final = re.compile(r"\b(?:that|it|its|this|he|she|they|him|right|true)\b")


def as_one_thought(parts: list[str]) -> list[str]:
    """Join sentences of which the first only says what the last asks about."""
    several = 1 < len(parts) <= MOST
    told = several and TOLD.search(parts[0]) and not ASKS.match(parts[0]) and ASKS_EFFECT.search(parts[-1])
    if told or (several and any(ONE_THOUGHT.search(p) or PAYBACK.matches(p) for p in parts)):
        return [", ".join(parts)]
    if len(parts) > 1 and EXTREME_DAY.search(parts[0]) and all(ON_THAT_DAY.search(p) for p in parts[1:]):
        parts = [f"{parts[0]}, {part}" for part in parts[1:]]
    joined = parts[:1]
    for part in parts[1:]:
        told = REMARK.match(joined[-1]) and REFERS.search(part)
        dates = WHEN_ONLY.match(part) and not (YEAR if YEAR_ONLY.match(part) else DATED).search(joined[-1])
        dates = dates or bool(ONLY_THEN.match(part) and re.search(r"\b(?:only|just|alone)\b", part))
        dates = dates or bool(FUEL_ONLY.match(part) or ADJUSTS.match(part))
        if told or dates or ASKS_FOR_IT.match(part) or (SETTING.match(part) and not ASKS_ANYWHERE.search(part)):
            joined[-1] += f", {part}"
        else:
            joined.append(part)
    return joined
