"""Read a question into typed queries: names first, then periods, then the words of the field in what is left."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from tools.energy_query import EnergyQuery
from tools.errors import BadQuestion, UnknownName
from tools.grammar.clean import clean
from tools.grammar.commands import is_command
from tools.grammar.language import language_of
from tools.grammar.names import index_of, nearest
from tools.grammar.part import Part
from tools.readings import Inventory

Intent = Literal["ask", "command", "off_topic", "not_yet"]
MAX_PARTS = 4
SENTENCE = re.compile(r"[?;!]+\s*|\.\s+(?=[A-Z])|\n+")
FURTHER = re.compile(
    r",?\s+(?:and|also|plus|then)\s+(?=(?:also\s+)?(?:what|which|how|when|who|where|did|does|is|was|were|by how)\b)"
)
LEANS = re.compile(
    r"^(?:and|but|also|only|what about|how about|same|now|then|or|in|at|on|for|just|by)\b"
    r"|\b(?:it|its|that|those|them|they|there|this one|the same)\b"
    r"|^\W*(?:\w+\W*){1,4}$"
)
PROPER = re.compile(r"(?<=[\w,;] )[A-Z][\w-]+|\b[A-Z]{2,}\w*\b")
SMALL_TALK = re.compile(
    r"^(?:hi|hello|hey|thanks?|thank you|good (?:morning|afternoon|evening)|please)\b[\s,.!]*", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Parsed:
    """What the rules made of a question.

    `queries` is empty unless the intent is `ask`. `sure` is False where a model should have a look; `because` says
    why. `ignored` are words that no rule used. `assumed` are choices the reader must be told.
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
    parsed = _read(parts, inventory, now, before if before and LEANS.search(text.lower()) else None)
    _reject_unknown_name(text, parts, parsed, inventory, now)
    return parsed


def _read(parts: list[str], inventory: Inventory, now: datetime, before: EnergyQuery | None) -> Parsed:
    queries: list[EnergyQuery] = []
    ignored: list[str] = []
    assumed: list[str] = []
    for text in parts:
        part = Part(text, inventory, now, queries[-1] if queries else before)
        if not part.has_content():
            continue
        if missing := part.not_yet():
            return Parsed("not_yet", because=missing)
        query, notes = part.query()
        if query not in queries:
            queries.append(query)
        ignored += [w for w in part.leftover if w not in ignored]
        assumed += [n for n in notes if n not in assumed]
    if not queries:
        return Parsed("off_topic")
    if len(queries) > MAX_PARTS:
        raise BadQuestion(f"that is {len(queries)} questions in one; ask at most {MAX_PARTS} at a time")
    return Parsed("ask", tuple(queries), ignored=tuple(ignored), assumed=tuple(assumed))


def _reject_unknown_name(text: str, parts: list[str], parsed: Parsed, inventory: Inventory, now: datetime) -> None:
    """Refuse a question about everything that had a proper name in it which nothing explains: 'AHU 1 of Site MAIN'."""
    if not parsed.queries or any(q.buildings or q.sites for q in parsed.queries):
        return
    proper = {word.lower() for word in PROPER.findall(text)}
    left = [w for part in parts for w in Part(part, inventory, now, None).leftover if w in proper]
    if left:
        raise UnknownName(left[0].upper(), nearest(left[0], index_of(inventory)))


def _parts(text: str) -> list[str]:
    sentences = [SMALL_TALK.sub("", s).strip(" ,.") for s in SENTENCE.split(text)]
    return [p.strip() for s in sentences for p in FURTHER.split(s.lower()) if p.strip()]
