"""The time that a sentence tells and the next asks about: 'we had a leak on 3 March 2019. What did b4 use that day?'.

"That day", "that hour" and "in that window" point at a date or at hours of the clock, and at nothing else of the
sentence: its machines, its people and its opinion are no concern of the figure. So the time takes the pointer's place,
a building goes with it where the question names none, and the sentence is dropped; told where it may narrow what is
meant. A question of what was done since that day is left to be read with the measure taken.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from tools.errors import BadQuestion
from tools.grammar import vocabulary as v
from tools.grammar.beyond import beyond
from tools.grammar.clock_span import clock_spans
from tools.grammar.doubt import CONDITION, EXCEPTION
from tools.grammar.part import Part
from tools.grammar.sentences.lent import ENERGY_UNIT, POINTS, RANKS, Sentence
from tools.grammar.sentences.remarks import NARROWS
from tools.grammar.sentences.statements import asks
from tools.grammar.that_time import LONGEST
from tools.readings import Inventory

_THAT: Final = r"(?:that|those|this|these|the same|said)(?: very| same| particular| exact)?"
AT_THAT: Final = re.compile(
    rf"\b(?:on |in |at |for |of |during |over )?{_THAT} (?P<unit>hour|day|date|night|week|weekend|month|quarter)\b"
    r"(?! (?:of|before|last|in|a year|as)\b)"
)
IN_THOSE_HOURS: Final = re.compile(
    rf"\b(?:in|during|over|within|for|inside|at|across) {_THAT} (?:(?:three|four|two|few|peak|busy|\d) )?"
    r"(?:windows?|stretch|span|slot|hours|times?|band|interval|spell|bracket|timeslot)\b(?! of\b)"
)
ON_FROM: Final = re.compile(
    r"\b(?:since|after|before|until|till|from|by|than|against|(?<!come )(?<!came )(?<!up )(?<!amount )to|"
    r"with|vs|versus)\s*$"
)
NUMBER: Final = re.compile(r"\d")


def with_time_told(
    sentences: Sequence[Sentence], inventory: Inventory, now: datetime
) -> tuple[list[Sentence], list[str]]:
    """Return the sentences, each that points at a time with the time that the one before tells, and what to tell."""
    kept: list[Sentence] = []
    told: list[str] = []
    for sentence in sentences:
        said = kept[-1] if kept and not kept[-1].asked and not asks(kept[-1].text) else None
        text = _pointed(said.text, sentence.text, inventory, now) if said else ""
        if said and text:
            kept.pop()
            told += [f'"{said.text}"'] if _narrows(Part(said.text, inventory, now, None).said) else []
        kept.append(replace(sentence, text=text) if text else sentence)
    return kept, told


def _narrows(said: str) -> bool:
    """Tell whether a sentence, names blanked, tells of a part of a building, an exception or a condition."""
    plain = re.sub(r"\b(?:morning|afternoon|evening)s?\b|\b\w+day\b", " ", said)
    found = NARROWS.search(plain) or CONDITION.search(plain) or EXCEPTION.search(plain)
    return bool(found) or beyond(plain) == "sub-metering"


def _pointed(said: str, asked: str, inventory: Inventory, now: datetime) -> str:
    """Return a question with the time that a sentence tells in the place of its pointer, or nothing."""
    match = IN_THOSE_HOURS.search(asked) or AT_THAT.search(asked)
    if not match or ON_FROM.search(asked[: match.start()]):
        return ""
    try:
        told, own = Part(said, inventory, now, None), Part(asked, inventory, now, None)
        times = _hours(said, asked) if match.re is IN_THOSE_HOURS else _dates(told, own, match["unit"])
    except BadQuestion:
        return ""
    if not times or told.stated.spans or told.named.ambiguous:
        return ""
    open_place = not (own.named.buildings or own.named.sites or own.named.ambiguous or RANKS.search(asked))
    place = [told.text[a:b] for a, b, _ in told.named.spans] if open_place else []
    fuel = v.first(v.MEASURES, told.rest)
    if fuel and (place or POINTS.search(asked)) and not v.first(v.MEASURES, ENERGY_UNIT.sub(" ", own.rest)):
        place.append(str(fuel))  # "gas at b8 shot up on 4 January 2019. How much was it that day?"
    rest = f"{asked[: match.start()].rstrip()} {times} {asked[match.end() :].lstrip()}".strip()
    return f"{', '.join(place)}, {rest}" if place else rest


def _hours(said: str, asked: str) -> str:
    """Return the one span of the clock that a sentence tells, as the tables know it, or nothing."""
    spans = {span for _, _, span in clock_spans(said)}
    if len(spans) != 1 or clock_spans(asked):
        return ""
    one, other = spans.pop()
    return f"between {one:02d}:00 and {other:02d}:00"


def _dates(told: Part, own: Part, unit: str) -> str:
    """Return the words of the one date that a sentence tells and a question leaves open, or nothing."""
    period = told.line.period
    fits = period and period.end - period.start <= LONGEST[unit]
    if not fits or told.line.reference or own.line.period or NUMBER.search(told.rest):
        return ""
    said = " ".join(told.text[a:b].strip() for a, b in told.line.spans)
    return said if re.match(r"(?:on|in|at|during|from|between)\b", said) else f"on {said}"
