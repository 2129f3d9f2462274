"""Read a question into typed queries: names first, then periods, then the words of the field in what is left."""

import re
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from tools.energy_query import EnergyQuery
from tools.errors import BadQuestion, UnknownName
from tools.grammar.clean import clean
from tools.grammar.commands import ASKS, is_command
from tools.grammar.doubt import asks_back
from tools.grammar.elliptic import BARE, is_elliptic
from tools.grammar.language import language_of
from tools.grammar.names import find, index_of, nearest
from tools.grammar.part import Part
from tools.grammar.plain_words import plainly
from tools.grammar.referents import resolved
from tools.grammar.sentences.instructions import is_deed, is_other_task
from tools.grammar.sentences.of_question import narrowing_words, sentences_of
from tools.grammar.sentences.said_again import without_said_again
from tools.grammar.sentences.supposed import supposed
from tools.grammar.sentences.thoughts import DATED, SHARED_END, YEAR, as_one_thought
from tools.grammar.sentences.two_fuels import fuels_said
from tools.grammar.several import apart
from tools.grammar.that_time import THAT, reject_that_time
from tools.grammar.vocabulary import ENERGY_WORD, MEASURES, first
from tools.grammar.words.chat import chat_written_out
from tools.readings import Inventory

Intent = Literal["ask", "command", "off_topic", "not_yet"]
MAX_PARTS = 4
NUMBER = re.compile(r"\d")
MANY_WORDS = 3  # "peak and when it was" is one question
MACHINES = ("equipment", "sub-metering")
FURTHER = re.compile(
    r",?\s+(?:and|also|plus|then)\s+(?!when\W*$)(?!what (?:is|was|were) (?:the|its|that) rate (?:per|a|"
    r"of a) )(?=(?:also\s+)?(?:what|which|how|when|who|where|did|does|is|was|"
    r"were|by how)\b)"
    r"|(?<=\d),? and (?=(?:its|their) (?:share|costs?|carbon|emissions|bill|peak|base ?load|load factor|footprint)\b)"
    r"|,? and (?=(?:its|their) (?:(?!peak)\w+est|worst|best|top|most expensive) (?:hour|day|week|month|quarter|year)\b)"
)
LEANS = re.compile(
    r"^(?:and|but|also|only|what about|how about|same|now|then|or|in|at|on|for|just|by|compared?|versus|vs|against|"
    r"per|as|"
    r"with|without|than|instead|relative to|like|why|top|bottom|(?:what )?if (?:we|it|they|the)|ok(?:ay)?|make)\b"
    r"|\b(?:it|its|that|those|them|they|there|this one|the same|instead)\b"
    r"|^\W*\w+(?:\W+\w+){0,3}\W*$"
)
PROPER = re.compile(r"(?<=[\w,;] )[A-Z][\w-]+|\b[A-Z]{2,}\w*\b")


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
    question: str,
    inventory: Inventory,
    now: datetime,
    max_chars: int = 4_000,
    before: EnergyQuery | None = None,
    earlier: EnergyQuery | None = None,
    leader: str | None = None,
) -> Parsed:
    """Read a question asked at `now` (aware). Raises `BadQuestion` and its kinds; never guesses a name.

    With `before`, the query of the last turn, a question that leans on it ("and in 2018?", "what about gas?") takes
    over what it leaves open. `earlier` is the query of the turn before that one, the other side of "the difference",
    and `leader` the id of the building that came first in the answer to `before`, where that was a ranking.
    """
    text = clean(question, max_chars)
    language = language_of(text)
    text = chat_written_out(text)
    sentences, told = sentences_of(text, inventory, now)
    sentences = without_said_again(sentences)
    parts, said = _plainly([p.strip() for s in sentences for p in _clauses(s) if p.strip()])
    if any(is_other_task(p) for p in parts) and not any(_asks_figure(p) for p in parts):
        return Parsed("off_topic", language=language)
    if any(is_command(p) or is_deed(p) for p in parts):
        return Parsed("command", language=language)
    if language != "en":
        because = f"the question seems to be in another language ({language})"
        return Parsed("ask", sure=False, because=because, language=language)
    parts = as_one_thought(parts)
    if before and not _leans(plainly(text.lower())[0], inventory, now):
        before, earlier = None, None
    parts = [resolved(part, before, earlier, leader) for part in parts]
    parsed = _read(parts, inventory, now, before, earlier)
    _reject_unknown_name(text, parts, parsed, inventory, now)
    if not parsed.queries:
        return parsed
    return replace(parsed, assumed=(*said, *parsed.assumed), ignored=(*parsed.ignored, *told))


def _asks_figure(part: str) -> bool:
    return bool(ENERGY_WORD.search(part)) and not is_other_task(part)


def _plainly(parts: list[str]) -> tuple[list[str], list[str]]:
    """Return the parts in the words of the tables, and what must be told of the words chosen."""
    read = [plainly(supposed(fuels_said(part))) for part in parts]
    return [one for text, _ in read for one in apart(text)], list(
        dict.fromkeys(note for _, notes in read for note in notes)
    )


def _leans(text: str, inventory: Inventory, now: datetime) -> bool:
    """Tell whether a lower-case question leaves to the turn before what it is about."""
    if LEANS.search(text):
        return True
    named = find(text, inventory)
    names_place = bool(named.buildings or named.sites or named.ambiguous)
    if not (BARE.search(text) or is_elliptic(text, names_place=names_place)):
        return False
    alone = Part(text.rstrip("?!. "), inventory, now, None)
    says_all = names_place and alone.line.period is not None
    return not says_all and not alone.doubt_words()


def _read(
    parts: list[str], inventory: Inventory, now: datetime, before: EnergyQuery | None, earlier: EnergyQuery | None
) -> Parsed:
    queries: list[EnergyQuery] = []
    ignored: list[str] = []
    unread: list[str] = []
    assumed: list[str] = []
    narrowed: list[str] = []
    spoken_of = ""
    for text in parts:
        last = queries[-2] if len(queries) > 1 else before if queries else earlier
        part = Part(text + spoken_of, inventory, now, queries[-1] if queries else before, last)
        if not part.has_content():
            spoken_of = _of(part) if part.named.buildings else spoken_of
            doubted = part.doubt_words()
            narrowed += narrowing_words(text, doubted)
            unread += (
                [f'"{text}"']
                if doubted or NUMBER.search(part.rest) or (ASKS.match(text) and _asks_more(part, queries))
                else []
            )
            continue
        spoken_of = ""
        if missing := part.not_yet():
            return Parsed("not_yet", because=missing)
        query, notes = part.query()
        reject_that_time(part.text, query, part.before)
        if query not in queries:
            queries.append(query)
        doubt = part.doubt(query)
        if doubt.asked:
            return Parsed("ask", sure=False, because=asks_back(doubt.asked, query), ignored=doubt.asked)
        ignored += [w for w in doubt.told if w not in ignored]
        assumed += [n for n in (*part.read_as, *notes) if n not in assumed]
    if not queries:
        return Parsed("off_topic")
    if narrowed:
        return Parsed("ask", sure=False, because=asks_back(tuple(narrowed), queries[-1]), ignored=tuple(narrowed))
    if len(queries) > MAX_PARTS:
        raise BadQuestion(f"that is {len(queries)} questions in one; ask at most {MAX_PARTS} at a time")
    return Parsed("ask", tuple(queries), ignored=(*ignored, *unread), assumed=tuple(assumed))


def _asks_more(part: Part, queries: list[EnergyQuery]) -> bool:
    """Tell whether a clause that was not read asks for more than the answer has: 'and how much was it?' does not."""
    measure = first(MEASURES, part.rest)
    return bool(part.doubt_words() or THAT.search(part.text)) or bool(
        measure and queries and measure != queries[-1].measure
    )


def _of(part: Part) -> str:
    """Return what a remark was about, for the question behind it: 'b4 never sleeps. What is its minimum?'."""
    return f" of {' and '.join(part.named.buildings)}"


def _reject_unknown_name(text: str, parts: list[str], parsed: Parsed, inventory: Inventory, now: datetime) -> None:
    """Refuse a question about everything that had a proper name in it which nothing explains: 'AHU 1 of Site MAIN'."""
    if not parsed.queries and parsed.because not in MACHINES:
        return
    if any(q.buildings or q.sites for q in parsed.queries):
        return
    read = [Part(part, inventory, now, None) for part in parts]
    if any(p.named.buildings or p.named.sites for p in read):
        return
    proper = {word.lower() for word in PROPER.findall(text)}
    left = [w for part in read for w in part.leftover if w in proper]
    if left:
        raise UnknownName(left[0].upper(), nearest(left[0], index_of(inventory)))


def _clauses(sentence: str) -> list[str]:
    """Return the questions that one sentence strings together; 'peak and when it was' is one."""
    first, *others = FURTHER.split(sentence)
    if others and not DATED.search(first) and (end := SHARED_END.search(others[-1])):
        first = f"{first}, {end['when'] or end['in']}"  # "when does it start and when does it stop, working days, 2019"
    if others and len(first.split()) < MANY_WORDS and not YEAR.search(first):
        first, others = f"{first} and {others[0]}", others[1:]
    return [first, *others]
