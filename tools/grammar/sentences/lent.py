"""What a sentence that asks nothing lends to the question behind it: building, period, fuel, or the figure wanted."""

import re
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from tools.errors import BadQuestion
from tools.grammar import vocabulary as v
from tools.grammar.part import Part
from tools.readings import Inventory

POINTS: Final = re.compile(r"\b(?:it|its|it's|they|them|their|then|there|that (?:year|month|time|period|one))\b")
IS_IT: Final = re.compile(
    r"\b(?:is|was|were|are|would|will) (?:it|that|this|they|those|these)\b|\b(?:it|that|they|those)(?:'s| be| come)\b"
)
RANKS: Final = re.compile(
    r"\b(?:which|what|whose|every|each|all|rank\w*)(?: of (?:the|our|my))?(?: \w+)? (?:buildings?|sites?|hostels?|"
    r"dorms?)\b|\bwho\b|\b(?:estate|portfolio|campus|everything|everywhere|all of (?:them|us))\b"
)
HELD_AGAINST: Final = re.compile(
    r"\b(?:than|against|compared? (?:with|to)|versus|vs\.?|relative to)(?: in| the| that of)*\s*$"
)
ENERGY_UNIT: Final = re.compile(r"\b[mg]?k?wh?\b|\bkilowatt[ -]?hours?\b")
"""A unit that both fuels are told in says nothing of which is meant."""
ABOUT: Final = re.compile(
    r"\b(?:around|about|round|near|circa|close to)(?: about)? (?:the )?(?:new year(?:'?s)?(?: day)? |(?:start|turn|"
    r"end|middle|"
    r"beginning) of )?$"
)
WANTED: Final = re.compile(
    r"\b(?:ask(?:s|ed|ing)? (?:\w+ ){0,3}?(?:for|about)|wants?|wanted|needs?|needed|request(?:s|ed|ing)?|requires?|"
    r"required|"
    r"insist(?:s|ed)? on|(?:is|are|was|were) after|demand(?:s|ed)|expects?|expected|prefers?|preferred|would like|"
    r"talk(?:s|ing)? (?:about|of)|(?:looking|look) (?:for|at)|interested in|keen on) (?!to\b)(?P<what>.+)$"
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A lower-case sentence without its end mark.

    `asked`: it ended with a question mark; `leans`: what stood before it says when is meant.
    """

    text: str
    asked: bool = False
    leans: bool = False


def lends(remark: Part) -> bool:
    """Tell whether a remark names what a question may leave open."""
    return bool(remark.named.buildings or remark.named.sites or remark.line.period or wanted(remark.text))


def wanted(remark: str) -> str:
    """Return the figure that a lower-case remark says that somebody wants, or nothing: 'the funder asked for gas'."""
    match = WANTED.search(remark)
    figure = match and (v.ENERGY_WORD.search(match["what"]) or v.first(v.STATISTICS, match["what"]))
    return match["what"] if match and figure else ""


def with_lent(sentence: Sentence, remark: Part, inventory: Inventory, now: datetime) -> Sentence:
    """Return a question with what it leaves open and the remark before it names: building, period and fuel."""
    try:
        asked = Part(sentence.text, inventory, now, None)
    except BadQuestion:
        return sentence
    if (figure := wanted(remark.text)) and (IS_IT.search(sentence.text) or _names_no_figure(asked)):
        return replace(sentence, text=f"{figure}, {sentence.text}")
    leans = sentence.leans or bool(POINTS.search(sentence.text))
    names_place = bool(asked.named.buildings or asked.named.sites or asked.named.ambiguous)
    lent = []
    if not names_place and not RANKS.search(sentence.text):
        lent += [remark.text[a:b] for a, b, _ in remark.named.spans]
    open_place = bool(lent) or names_place
    leans = leans or bool(lent)
    if (
        leans
        and open_place
        and not v.first(v.MEASURES, ENERGY_UNIT.sub(" ", asked.rest))
        and (fuel := v.first(v.MEASURES, remark.rest))
    ):
        lent.append(str(fuel))
    if leans and open_place and _leaves_period_open(asked):
        lent += [remark.text[_from(remark.text, a, asked.analysis) : b] for a, b in remark.line.spans]
    return replace(sentence, text=f"{' '.join(lent)}, {sentence.text}") if lent else sentence


def _from(text: str, at: int, analysis: str | None) -> int:
    """Return where a time begins, with the 'around' that leads it where a step about that time is asked for."""
    match = ABOUT.search(text[:at]) if analysis == "level_changes" else None
    return match.start() if match else at


def _names_no_figure(asked: Part) -> bool:
    """Tell whether a question names a building and perhaps a time, and not what of it: 'what is b111's for 2019'."""
    return asked.analysis is None and not (v.ENERGY_WORD.search(asked.rest) or v.first(v.STATISTICS, asked.rest))


def _leaves_period_open(asked: Part) -> bool:
    """Tell whether a question names no period of its own: 'than 2018' is only what it is held against."""
    line = asked.line
    return line.period is None or (line.reference is None and bool(HELD_AGAINST.search(asked.text[: line.spans[0][0]])))
