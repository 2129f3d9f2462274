"""What is said around a question and asks nothing, as in "The bursar is cross. What did b25 burn in 2019?".

A sentence that states something beside one that asks is no question of its own, so its words are no doubt. What it
names is lent to the question that leaves it open: the building, and where the question says 'it' or 'then', the period
and the fuel too ("Gas at b22 shot up in 2019. How much was it?"). It is told as left out where it may narrow what is
meant: hours, a part of a building, 'only', an exception, a condition. A sentence with a number that is no date is no
remark: it may be a price, a cost or a set-point, and is read as before.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from tools.errors import BadQuestion
from tools.grammar import vocabulary as v
from tools.grammar.beyond import beyond
from tools.grammar.doubt import CONDITION, EXCEPTION
from tools.grammar.part import Part
from tools.grammar.sentences.lent import POINTS, Sentence, lends, wanted, with_lent
from tools.grammar.sentences.statements import asks, states
from tools.grammar.sentences.thoughts import TOLD
from tools.readings import Inventory

NUMBER: Final = re.compile(r"\d")
NARROWS: Final = re.compile(
    r"\b(?:only|except|apart from|just|solely|merely|without|floors?|wings?|rooms?|basement|half|third|quarter|part|"
    r"parts|portion|sublet\w*|let to|leased?|tenan\w*|shut|closed|empty|vacant|block|labs?|laborator\w*|offices?|"
    r"kitchens?|shops?|suites?|units?|occup\w*|extension|shar(?:e|ed|ing)|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?|mornings?|afternoons?|evenings?|terms?|holidays?)\b"
)
HOURS: Final = re.compile(r"\b(?:night\w*|overnight|week[ -]?(?:end|day)s?|day[ -]?time|hours)\b")
POINTS_TO_IT: Final = re.compile(
    r"\b(?:that|this|those|these|so(?! (?:much|many|far|high|low|big|bad|\w+ \w+ (?:than|in|on))\b)|such|right|true|"
    r"(?:he|she|they|him) (?:right|wrong))\b"
)
ON_FROM_IT: Final = re.compile(
    r"\b(?:since|after|before|afterwards|until|from then|thereafter|beforehand|"
    r"that (?:day|date|morning|night|evening))\b"
)
CHANGES: Final = re.compile(  # of a measure taken, of whose effect is asked
    r"\b(?:install\w*|fitted|replaced?|refurb\w*|retrofit\w*|commission\w*|swapped|upgraded|insulat\w*|"
    r"(?:put|went|came) (?:in|live)|introduc\w*|switched to|changed)\b"
)
EFFECT: Final = re.compile(r"\b(?:sav\w+|avoid\w*|effect\w*|impact|achiev\w*|difference|benefit\w*|pay\w*)\b")


def without_remarks(
    sentences: Sequence[Sentence], inventory: Inventory, now: datetime
) -> tuple[list[Sentence], list[str]]:
    """Return the sentences that ask, each with what a remark lends it, and the remarks that must be told."""
    asking = [i for i, s in enumerate(sentences) if s.asked or not states(s.text)]
    real = [i for i in asking if sentences[i].asked or asks(sentences[i].text) or _names_figure(sentences[i].text)]
    if not real or len(asking) == len(sentences) or _is_one_thought(sentences):
        return list(sentences), []
    kept: list[Sentence] = []
    told: list[str] = []
    lender: Part | None = None
    condition = ""
    for i, sentence in enumerate(sentences):
        if i in asking:
            asked = with_lent(sentence, lender, inventory, now) if lender and i in real else sentence
            kept.append(replace(asked, text=f"{condition}, {asked.text}") if condition else asked)
            condition = ""
            lender = None if i in real else lender
            continue
        remark = _remark(sentence.text, inventory, now)
        answer = next((sentences[j].text for j in real if j > i), "")
        if (price := _price(sentence.text, inventory, now)) and answer:
            condition = price
            continue
        if remark is None or (answer and not wanted(sentence.text) and _is_pointed_at(answer, remark)):
            condition = sentence.text if remark and CONDITION.search(remark.rest) else ""
            kept += [] if condition else [sentence]
            continue
        told += [f'"{sentence.text}"'] if _narrows(remark) else []
        lender = remark if lends(remark) else lender
    return kept, told


def _names_figure(text: str) -> bool:
    """Tell whether a sentence without a verb asks all the same: 'gas at b4 in 2018'."""
    return bool(v.ENERGY_WORD.search(text))


def _is_one_thought(sentences: Sequence[Sentence]) -> bool:
    """Tell whether what was done is stated and its effect asked: 'They fitted LEDs on 1 May. What did that save?'."""
    asked = " ".join(s.text for s in sentences if s.asked or not states(s.text))
    stated = " ".join(s.text for s in sentences if not s.asked and states(s.text))
    done = CHANGES.search(stated) or TOLD.search(stated)
    return bool(done and (EFFECT.search(asked) or ON_FROM_IT.search(asked)))


def _remark(text: str, inventory: Inventory, now: datetime) -> Part | None:
    """Return what a statement names, None where it holds a number that is no date, or cannot be read."""
    try:
        part = Part(text, inventory, now, None)
    except BadQuestion:
        return None
    return None if NUMBER.search(part.rest) or part.stated.spans or part.named.ambiguous else part


def _price(text: str, inventory: Inventory, now: datetime) -> str:
    """Return a statement of a price of a kWh and no building, which belongs to the question behind it, or nothing."""
    if not NUMBER.search(text):
        return ""
    try:
        part = Part(text, inventory, now, None)
    except BadQuestion:
        return ""
    alone = part.stated.price_per_kwh is not None and part.stated.investment is None
    return text if alone and not part.named.buildings else ""


def _is_pointed_at(answer: str, remark: Part) -> bool:
    """Tell whether a question is of what a remark says, and not only of what it names: 'how much did that waste?'."""
    plain = POINTS.sub(" ", answer)
    says = remark.named.buildings or remark.analysis or HOURS.search(remark.rest) or CONDITION.search(remark.rest)
    of_it = POINTS_TO_IT.search(plain) and says
    return bool(of_it or (ON_FROM_IT.search(plain) and remark.line.period))


def _narrows(remark: Part) -> bool:
    said = remark.rest
    found = NARROWS.search(said) or CONDITION.search(said) or EXCEPTION.search(said) or HOURS.search(said)
    return bool(found or beyond(said) == "sub-metering")
