"""Judge a sentence: every number, unit, building, time and direction in it must be carried by the evidence.

The judgement is deterministic and takes one sentence at a time, so a stream can be released as it is checked. It errs
on the side of dropping: a true sentence lost costs little, an invented number shown costs the reader's trust.
"""

import re

from nodes.verification.amounts import number_fault
from nodes.verification.building_kinds import kind_fault
from nodes.verification.carried import Carried
from nodes.verification.comparisons import comparison_fault
from nodes.verification.lexicon import empty_fault, word_fault
from nodes.verification.likeness import likeness_fault
from nodes.verification.orders import order_fault
from nodes.verification.places import place_fault
from nodes.verification.proper_names import name_fault
from nodes.verification.reading import Unreadable, read
from nodes.verification.times import time_fault
from nodes.verification.topics import topic_fault
from nodes.verification.trends import trend_fault
from tools.errors import BadQuestion

INSTRUCTIONS = re.compile(
    r"\b(?:as an ai|language model|system prompt|instructions?|i cannot|i'm sorry|the user|"
    r"the facts (?:above|below|given)|evidence id)\b",
    re.IGNORECASE,
)
NOT_PROSE = re.compile(r"[<>{}|\[\]]|[^.!?\s]\s*$")
MIN_WORDS = 3
NO_SENTENCE = "it is not a sentence"
"""Why a heading, a list or a fragment is dropped: it may be no falsehood, but nobody can read it."""
CHECKS = (
    place_fault,
    time_fault,
    number_fault,
    trend_fault,
    comparison_fault,
    likeness_fault,
    order_fault,
    topic_fault,
    word_fault,
    lambda sentence, _: empty_fault(sentence),
)


def fault_of(sentence: str, known: Carried) -> str | None:
    """Return why a sentence may not be shown, or None where everything in it is carried."""
    try:
        parts = read(sentence, known)
    except Unreadable as why:
        return str(why)
    except BadQuestion:
        return "there is nothing to read in it"
    if NOT_PROSE.search(sentence) or len(sentence.split()) < MIN_WORDS:
        return NO_SENTENCE
    if INSTRUCTIONS.search(sentence):
        return "it speaks of its instructions"
    if reason := name_fault(sentence, known) or kind_fault(sentence, known):
        return reason
    return next((reason for check in CHECKS if (reason := check(parts, known))), None)
