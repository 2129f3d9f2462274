"""Read a question into typed queries: names first, then periods, then the words of the field in what is left."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from tools.energy_query import EnergyQuery
from tools.errors import BadQuestion, UnknownName
from tools.grammar.analysis_words import ANALYSES, MEASURE
from tools.grammar.clean import clean
from tools.grammar.commands import ASKS, is_command
from tools.grammar.doubt import asks_back
from tools.grammar.language import language_of
from tools.grammar.names import index_of, nearest
from tools.grammar.part import Part
from tools.grammar.several import apart
from tools.readings import Inventory

Intent = Literal["ask", "command", "off_topic", "not_yet"]
MAX_PARTS = 4
MACHINES = ("equipment", "sub-metering")
SENTENCE = re.compile(r"[?;!]+\s*|\.\s+(?=[A-Z])|\n+")
FURTHER = re.compile(
    r",?\s+(?:and|also|plus|then)\s+(?!when\W*$)(?=(?:also\s+)?(?:what|which|how|when|who|where|did|does|is|was|"
    r"were|by how)\b)"
)
LEANS = re.compile(
    r"^(?:and|but|also|only|what about|how about|same|now|then|or|in|at|on|for|just|by|compared?|versus|vs|against|"
    r"per|as|"
    r"with|without|than|instead|relative to|like|why|top|bottom|(?:what )?if (?:we|it|they|the)|ok(?:ay)?|make)\b"
    r"|\b(?:it|its|that|those|them|they|there|this one|the same|instead)\b"
    r"|^\W*(?:\w+\W*){1,4}$"
)
PROPER = re.compile(r"(?<=[\w,;] )[A-Z][\w-]+|\b[A-Z]{2,}\w*\b")
ONE_THOUGHT = re.compile(  # "We spend 20,000 pounds on LEDs in b4. They save 4,000 a year. What is the payback?"
    r"\bpay[ -]?back\b|\bpa(?:y|ys|id) back\b|\broi\b|\bnpv\b|\breturn on\b|^(?:and )?why\W*$|^(?:suppose|"
    r"supposing|imagine|"
    r"assum(?:e|ing)|say)\b"
)
PAYBACK = next(row for row in ANALYSES if row.analysis == "payback")
TOLD = re.compile(rf"\b{MEASURE}\b")  # "The boilers were replaced on 1 May 2019. What did that save?"
ASKS_EFFECT = re.compile(r"\b(?:sav\w+|avoid\w*|effect\w*|impact|bring|brought|achiev\w*|difference)\b")
SETTING = re.compile(
    r"^(?:take|use|using|rank|sort|order|list|look at|based on|for|over|going by|in)\b(?:\W+\w+){0,5}\W*$"
)
ASKS_ANYWHERE = re.compile(r"\b(?:what|how|which|why|when|who|where)\b")
ASKS_FOR_IT = re.compile(  # "I have no clue what b22 costs. Could you work it out for 2020?"
    r"^(?:please\s+)?(?:(?:can|could|would|will) you\s+)?(?:please\s+)?(?:work|find|figure|look|check|tell|show|"
    r"give|let)\s+"
    r"(?:(?:me|us)\s+)?(?:it|that|this)\b"
)
REMARK = re.compile(  # "I have a feeling that b111 is on all night. How much did that waste in 2019?"
    r"^(?:i (?:have a|had a|think|believe|suspect|heard|feel|fear|bet|guess|reckon)|we (?:think|believe|suspect)|"
    r"my \w+ (?:says?|said|swears?|thinks?|claims?|believes?|insists?|reckons?)|someone|"
    r"people say)\b"
)
REFERS = re.compile(r"\b(?:that|it|its|this|he|she|they|him|right|true)\b")
SMALL_TALK = re.compile(
    r"^(?:hi|hello|hey|thanks?|thank you|good (?:morning|afternoon|evening)|please)\b[\s,.!]*", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Parsed:
    """What the rules made of a question.

    `queries` is empty unless the intent is `ask`. `sure` is False where a model should have a look; `because` says
    why. `ignored` are words that no rule used and that may matter; a plain figure with such a word is asked back.
    `assumed` are choices the reader must be told.
    """

    intent: Intent
    queries: tuple[EnergyQuery, ...] = ()
    sure: bool = True
    because: str = ""
    language: str = "en"
    ignored: tuple[str, ...] = ()
    assumed: tuple[str, ...] = ()


def parse(
    question: str, inventory: Inventory, now: datetime, max_chars: int = 4_000, before: EnergyQuery | None = None
) -> Parsed:
    """Read a question asked at `now` (aware). Raises `BadQuestion` and its kinds; never guesses a name.

    With `before`, the query of the last turn, a question that leans on it ("and in 2018?", "what about gas?") takes
    over what it leaves open.
    """
    text = clean(question, max_chars)
    language = language_of(text)
    parts = _parts(text)
    if any(is_command(p) for p in parts):
        return Parsed("command", language=language)
    if language != "en":
        because = f"the question seems to be in another language ({language})"
        return Parsed("ask", sure=False, because=because, language=language)
    parts = _as_one_thought(parts)
    parsed = _read(parts, inventory, now, before if before and LEANS.search(text.lower()) else None)
    _reject_unknown_name(text, parts, parsed, inventory, now)
    return parsed


def _read(parts: list[str], inventory: Inventory, now: datetime, before: EnergyQuery | None) -> Parsed:
    queries: list[EnergyQuery] = []
    ignored: list[str] = []
    assumed: list[str] = []
    spoken_of = ""
    for text in parts:
        part = Part(text + spoken_of, inventory, now, queries[-1] if queries else before)
        if not part.has_content():
            spoken_of = _of(part) if part.named.buildings else spoken_of
            continue
        spoken_of = ""
        if missing := part.not_yet():
            return Parsed("not_yet", because=missing)
        query, notes = part.query()
        if query not in queries:
            queries.append(query)
        doubt = part.doubt()
        if doubt.asked:
            return Parsed("ask", sure=False, because=asks_back(doubt.asked, query), ignored=doubt.asked)
        ignored += [w for w in doubt.told if w not in ignored]
        assumed += [n for n in notes if n not in assumed]
    if not queries:
        return Parsed("off_topic")
    if len(queries) > MAX_PARTS:
        raise BadQuestion(f"that is {len(queries)} questions in one; ask at most {MAX_PARTS} at a time")
    return Parsed("ask", tuple(queries), ignored=tuple(ignored), assumed=tuple(assumed))


def _of(part: Part) -> str:
    """Return what a remark was about, for the question behind it: 'b4 never sleeps. What is its minimum?'."""
    return f" of {' and '.join(part.named.buildings)}"


def _reject_unknown_name(text: str, parts: list[str], parsed: Parsed, inventory: Inventory, now: datetime) -> None:
    """Refuse a question about everything that had a proper name in it which nothing explains: 'AHU 1 of Site MAIN'."""
    if not parsed.queries and parsed.because not in MACHINES:
        return
    read = [Part(part, inventory, now, None) for part in parts]
    if any(q.buildings or q.sites for q in parsed.queries) or any(p.named.buildings or p.named.sites for p in read):
        return
    proper = {word.lower() for word in PROPER.findall(text)}
    left = [w for part in read for w in part.leftover if w in proper]
    if left:
        raise UnknownName(left[0].upper(), nearest(left[0], index_of(inventory)))


def _parts(text: str) -> list[str]:
    sentences = [SMALL_TALK.sub("", s).strip(" ,.") for s in SENTENCE.split(text)]
    return [q for s in sentences for p in FURTHER.split(s.lower()) if p.strip() for q in apart(p.strip())]


def _as_one_thought(parts: list[str]) -> list[str]:
    """Join sentences of which the first only says what the last asks about."""
    several = 1 < len(parts) <= MAX_PARTS
    told = several and TOLD.search(parts[0]) and not ASKS.match(parts[0]) and ASKS_EFFECT.search(parts[-1])
    if told or (several and any(ONE_THOUGHT.search(p) or PAYBACK.matches(p) for p in parts)):
        return [", ".join(parts)]
    joined = parts[:1]
    for part in parts[1:]:
        told = REMARK.match(joined[-1]) and REFERS.search(part)
        if told or ASKS_FOR_IT.match(part) or (SETTING.match(part) and not ASKS_ANYWHERE.search(part)):
            joined[-1] += f", {part}"
        else:
            joined.append(part)
    return joined
