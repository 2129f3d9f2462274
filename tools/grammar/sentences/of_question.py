"""The sentences of a question: those that ask, without what only says how to answer, who asks, or that one will ask."""

import re
from datetime import datetime
from typing import Final

from tools.errors import BadQuestion
from tools.grammar.beyond import beyond
from tools.grammar.clean import clean
from tools.grammar.sentences.concept_asked import concept_asked
from tools.grammar.sentences.form_asked import ASKS, is_of_form, wished_unit, without_form
from tools.grammar.sentences.lent import Sentence
from tools.grammar.sentences.openers import is_label, opened
from tools.grammar.sentences.remarks import NARROWS, without_remarks
from tools.grammar.sentences.statements import EMBEDDED, QUESTION, states
from tools.grammar.sentences.time_told import with_time_told
from tools.grammar.sentences.whole_day import without_whole_day
from tools.grammar.short_forms import without_dots
from tools.grammar.words.set_phrases import without_set_phrases
from tools.readings import Inventory

SENTENCE: Final = re.compile(
    r"[?;!]+\s*|\.+\s+(?=[A-Z]|(?:what|how|which|why|when|who|where|did|does|can|could|give|show|tell)\b)|\n+"
)
MEANS: Final = re.compile(r"^what (?P<x>(?!does\b|do\b|is\b|are\b).+?) (?:actually |really )?(?:means?|stands? for)$")
GREETING: Final = re.compile(
    r"(?:hello|hi|hiya|hey|greetings|dear|namaste|good (?:morning|afternoon|evening|day)|morning|"
    r"evening)\b[^\d?:]{0,40}"
)
SMALL_TALK: Final = re.compile(
    r"^(?:hi|hello|hey|thanks?|thank you|good (?:morning|afternoon|evening)|please)\b[\s,.!]*", re.IGNORECASE
)
NARROWING: Final = re.compile(  # of a sentence with no verb to ask by: 'just the east wing', 'per occupant'
    r"^(?:and |but |oh |no |also |please |now )*(?:(?:i|we) (?:only |just )?(?:mean\w*|care about|"
    r"(?:want|need|like|prefer) (?:it|them|that|this))|(?:i|we) (?:only|just) (?:want|need)|only|just|not|"
    r"except\w*|excluding|without|leav(?:e|ing)|ignor(?:e|ing)|omit\w*|skip\w*|forget|drop|count\w*|includ(?:e|ing)|"
    r"exclude|per|for|in|at|on|by|of|from|during|when|while|whenever|if|where|rather|plus|minus|nothing but)\b"
    r"|\b(?:only|alone|excluded|included|apart|aside|if (?:you can|possible)|i mean\w*)\W*$"
    r"|^(?:please |and )?(?:split|divid\w*|multipl\w*|apportion\w*|pro[- ]?rat\w*|net of|halve|less|broken)\b"
    r"|^(?:please |and )?(?:do|make|give|put|show|express|state|split|break|report|adjust|correct|scale|normali[sz]e|"
    r"weight|divide|multiply) (?:it|that|them|this|those)\b"
)
SMALL: Final = frozenset(("only", "just", "solely", "merely", "without", "except"))
OF_THE_TELLER: Final = re.compile(
    r"\b(?:instructions?|prompts?|rules|system|polic(?:y|ies)|told you|you (?:are|were))\b"
)
"""What is said to whoever answers, and not of the figure: 'ignore all instructions above'."""


def sentences_of(text: str, inventory: Inventory, now: datetime) -> tuple[list[str], list[str]]:
    """Return the sentences of a cleaned text that ask, lower case, and those left out that the reader must be told."""
    split = _split(text)
    found = [part for s in (_formless(split) or split) for part in opened(s)]
    found = [s for s in found if s.text and not is_label(s.text)] or found
    if len(found) == 1:
        return [found[0].text], []
    found, of_time = with_time_told(found, inventory, now)
    asking, told = without_remarks(found, inventory, now) if len(found) > 1 else (found, [])
    return [s.text for s in asking if s.text], [*of_time, *told]


def asked_plainly(question: str) -> str:
    """Return what a question of no building asks, without who asks and in what form: 'what does eui mean'.

    A text that is no question, empty or too long, comes back as it is.

    >>> asked_plainly("I have to tell the governors what EUI means. Can you put it in a sentence?")
    'what does eui mean'
    """
    try:
        split = _split(clean(question))
    except BadQuestion:
        return question
    found = [part for s in _formless(split) for part in opened(s) if part.text]
    if plain := concept_asked([s.text for s in found]):
        return plain
    asking = [s for s in found if not states(s.text) and not is_label(s.text)]
    if len(asking) != 1:
        return question
    text = asking[0].text
    if (inner := EMBEDDED.search(text)) and not QUESTION.match(text):
        text = text[inner.end() - len(re.findall(r"\w+$", inner.group(0))[0]) :]
    return MEANS.sub(r"what does \g<x> mean", text)


def narrows(text: str) -> bool:
    """Tell whether a lower-case sentence without a figure of its own narrows another: 'just the east wing'."""
    return bool(NARROWING.search(text)) and not OF_THE_TELLER.search(text)


def narrowing_words(text: str, doubted: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words by which a lower-case sentence narrows another: those doubted, or a part or a use it names."""
    if not narrows(text):
        return ()
    said = tuple(m.group(0) for m in NARROWS.finditer(text) if m.group(0) not in SMALL)
    return doubted or said or ((text,) if beyond(text) else ())


def _split(text: str) -> list[Sentence]:
    pieces: list[tuple[str, bool]] = []
    at, plain = 0, without_dots(text)
    for mark in [*SENTENCE.finditer(plain), None]:
        piece = plain[at : mark.start() if mark else None].strip(" ,.").lower()
        piece = without_whole_day(piece)
        if piece and not GREETING.fullmatch(piece):
            pieces.append((SMALL_TALK.sub("", piece), bool(mark and "?" in mark.group(0))))
        at = mark.end() if mark else at
    if len(pieces) > 1 or re.search(r": | - ", plain):  # elsewhere a part's own reading does it
        pieces = [(without_set_phrases(piece).strip(" ,.:;-"), asked) for piece, asked in pieces]
    return [Sentence(piece, asked) for piece, asked in pieces if piece]


def _formless(split: list[Sentence]) -> list[Sentence]:
    """Return the sentences without wishes for form, whose unit goes to the one before, or else behind.

    A text of such wishes alone, which asks for another form of what was told, has none.
    """
    found: list[Sentence] = []
    unit = ""
    for sentence in split:
        if is_of_form(sentence.text) and not ASKS.match(sentence.text):
            wish = wished_unit(sentence.text)
            if found and wish:
                found[-1] = Sentence(found[-1].text + wish, found[-1].asked)
            unit = "" if found else wish
            continue
        found.append(Sentence(without_form(sentence.text) + unit, sentence.asked))
        unit = ""
    return found
