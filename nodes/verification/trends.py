"""Check what a sentence says of a change in time: it rose, it fell."""

import re

from nodes.verification.carried import Carried
from nodes.verification.finding_names import names_a_gain
from nodes.verification.operands import SPANNING, Pointer, pointed_at, pointer, series, steps
from nodes.verification.quantities import quantities
from nodes.verification.reading import Sentence
from nodes.verification.signals import FINITE, IDIOM, TREND

SINCE = re.compile(r"\b(?:from|compared (?:to|with)|against|versus|vs|than|on|over|relative to)\s*(?:the )?$")
GRANTED = re.compile(r"\b(?:the|this|that)(?: \w+)? $")
OF_SOMETHING_ELSE = re.compile(
    r"\w+ (?:in|of) (?!use|usage|consumption|electricity|energy|demand|gas|load|about|some|[\d ])"
    r"|(?:up|down)\b|\w+ \w+ing\b"
)
NEGATED = re.compile(r"\b(?:did|does|do|has|have|had)(?:n't| not)(?: \w+)?\s*$")


def trend_fault(sentence: Sentence, known: Carried) -> str | None:
    """Return which rise or fall the evidence does not carry, or None."""
    idioms = [m.span() for m in IDIOM.finditer(sentence.text)]
    for match in TREND.finditer(sentence.text):
        if NEGATED.search(sentence.text[: match.start()]):
            return f"no evidence carries that it did not {match.group(0)}"
        if any(a <= match.start() < b for a, b in idioms) or not _is_stated(sentence, match.start()):
            continue
        if names_a_gain(match.group(0), known) and quantities(sentence.text):
            continue  # the name of what its number is
        if not _holds(sentence, known, match.start(), 1 if match.group("up") else -1):
            return f"no evidence carries {match.group(0)!r}"
    return None


def _is_stated(sentence: Sentence, at: int) -> bool:
    """Tell whether a word tells what happened.

    In a guess or advice a verb in the past does ("why it rose"), or a noun that takes it for granted ("the rise"); in
    a question any.
    """
    if not sentence.guessed(at) or sentence.text.rstrip().endswith("?"):
        return True
    granted = GRANTED.search(sentence.text[:at]) and not OF_SOMETHING_ELSE.match(sentence.text, at)
    return bool(granted) or any(m.start() <= at < m.end() for m in FINITE.finditer(sentence.text))


def _holds(sentence: Sentence, known: Carried, at: int, sign: int) -> bool:
    start, end = sentence.statement(at)
    here = pointer(sentence, start, end).filled(Pointer(places=pointer(sentence, 0, len(sentence.text)).places))
    if known.compares("time"):
        return _changed(sentence, known, here, (start, end), sign)
    if known.grouped("year", "month", "day", "hour"):
        return _moved(sentence, known, (start, end), sign)
    return False


def _changed(sentence: Sentence, known: Carried, here: Pointer, clause: tuple[int, int], sign: int) -> bool:
    """Tell whether every change that is meant goes this way. The reference alone has no change of its own."""
    references = {(p.start, p.end) for q in known.queries if (p := q.against_period)}
    asked = {(p.start, p.end) for q in known.queries if (p := q.period)}
    whens = [w for w in sentence.whens if clause[0] <= w.at < clause[1]]
    since = [w for w in whens if SINCE.search(sentence.text[: w.at])]
    if whens and all(w.value in references for w in whens if w not in since) and not since:
        return False
    if len(whens) == 1 and since and since[0].value in asked:
        return False
    backwards = (
        len(whens) == 2
        and whens[0].value in asked
        and whens[1].value in references
        and SPANNING.search(sentence.text[: whens[0].at])
    )
    about = pointed_at(here, known.changes, known)
    wanted = -sign if backwards else sign
    return bool(about) and all(f.value * wanted > 0 for f in about)


def _moved(sentence: Sentence, known: Carried, clause: tuple[int, int], sign: int) -> bool:
    """Tell whether the parts of a whole, such as its months, go this way between or up to those that are named."""
    parts, named = series(known), steps(sentence, *clause, known)
    if len(named) == 2 and SPANNING.search(sentence.text[: named[0][0]]):
        first, last = named[0][1], named[1][1]
        pairs = list(zip(parts[first:last], parts[first + 1 : last + 1], strict=True))
    else:
        pairs = [(parts[i - 1], parts[i]) for _, i in named if i > 0]
        if len(pairs) < len(named):
            return False
    return bool(pairs) and all((b.value - a.value) * sign > 0 for a, b in pairs)
