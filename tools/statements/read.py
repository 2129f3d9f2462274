"""Tell a statement from a question, and read what it tells.

A statement names its buildings first and tells of them in words that are understood to the last one, or begins with
"remember that". Whatever asks, orders, or has a word left over is none, and goes the way of questions.
"""

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from tools.energy_query import EnergyQuery
from tools.errors import BadQuestion, UnknownName
from tools.grammar.clean import clean
from tools.grammar.names import Named, find, index_of, nearest
from tools.readings import Inventory
from tools.statements.statement import DOUBTED, Claim, Statement
from tools.statements.validity import Days, days_of

if TYPE_CHECKING:
    from tools.statements.claims import Clause

SENTENCE = re.compile(r"[;!]+\s*|\.\s+(?=\S)|\n+")
ASKS = re.compile(
    r"^(?:and |but |so |ok(?:ay)?,? )*(?:how|what|which|why|when|who|whose|where|did|does|do|is|was|were|are|has|have|"
    r"had|can|could|would|will|should|may|might|if|isn't|aren't|wasn't|suppose|imagine|show|tell|give|list|compare|"
    r"find|plot|rank)\b"
)
LEAD = re.compile(
    r"^(?:(?:no|yes|ok(?:ay)?|well|actually|also|and|but|by the way|btw|fyi|for your information|just so you know|"
    r"you should know|correction|to be clear|in fact|in reality|hi|hello|sorry)\b[\s,:.-]*(?:that\s+)?)+"
)
KEEP = re.compile(
    r"^(?:please[, ]+|kindly )?(?:(?:remember|note|keep in mind|bear in mind|make a note|don't forget|do not forget|"
    r"be aware|take note)(?:,? please)?(?:\s+that\b|\s*[:,-])|note to self\s*[:,-]|for the record\s*[:,-])\s*"
)
HEDGE = re.compile(
    r"^(?:(?:i (?:think|believe|guess|reckon|suppose|assume|am not sure but|suspect)|we (?:think|believe|suspect)|"
    r"maybe|perhaps|probably|possibly|apparently|it seems|i heard|i was told|someone said)(?:\s+that)?[\s,]+)"
)
HEDGED = re.compile(r"\b(?:probably|possibly|perhaps|maybe|apparently|i think|i believe|might be|may be)\s+")
_OWN = r"(?P<what>use|(?:gross |total )?floor area|area|size|opening hours|hours)"
OF_IT = re.compile(rf"^(?:the\s+)?{_OWN}\s+(?:of|for|at)\s+(?:the\s+)?(?:building\s+)?$")
ITS = re.compile(rf"^\s*{_OWN}\b")
BEFORE_NAME = re.compile(r"^(?:the|our|building|in|at|for|as for|both)?(?:\s+(?:the|building))?\s*$")
BETWEEN = re.compile(r"^\s*(?:,|and|&|,\s*and|as well as|plus)\s*(?:the\s+|building\s+)?$")
IT = re.compile(r"^(?:it|that building|this building|the building|this one|that one|they)\b(?P<s>'s)?\s*")
SUBJECT = re.compile(
    r"^(?:the\s+)?(?P<name>[\w][\w' -]{1,40}?)\s+(?P<rest>(?:is|was|has|opens|closes|covers|never|always)\b.*)$"
)
NOBODY = frozenset("it he she they we i you this that there everything nobody nothing everybody all which what".split())


@dataclass(frozen=True, slots=True)
class _Told:
    """A sentence without its frame. `lower`: in lower case; `kept`: whether it was said that it be remembered."""

    text: str
    lower: str
    kept: bool
    doubted: bool


def read_statement(
    question: str, inventory: Inventory, now: datetime, max_chars: int = 4_000, before: EnergyQuery | None = None
) -> Statement | None:
    """Return what a text tells of buildings, None where it asks, orders or tells something else.

    `now` is aware; `before` is the query of the last turn, whose building "it" is. Raises `UnknownName` for a building
    that is not there, and `BadQuestion` for what is to be remembered of no building, for an event without a date, and
    for what belongs to a whole site.
    """
    text = clean(question, max_chars).strip()
    if "?" in text:
        return None
    told = [_unframed(s.strip(" .")) for s in SENTENCE.split(text) if s.strip(" .")]
    if not told or any(ASKS.match(one.lower) and not one.kept for one in told):
        return None
    buildings: tuple[str, ...] = before.buildings if before and len(before.buildings) == 1 else ()
    claims: list[Claim] = []
    for one in told:
        found = _read(one, inventory, now, buildings)
        if found is None:
            return None
        claims += found
        buildings = found[-1].buildings
    return Statement(text, tuple(claims))


def _unframed(sentence: str) -> _Told:
    """Take off what only frames a sentence: 'no,', 'remember that', 'I think'."""
    at, kept, doubted = 0, False, False
    while True:
        rest = sentence[at:].lower()
        if match := KEEP.match(rest):
            kept = True
        elif match := HEDGE.match(rest):
            doubted = True
        elif not (match := LEAD.match(rest)) or not match.end():
            break
        at += match.end()
    text = sentence[at:]
    return _Told(text, text.lower(), kept, doubted or bool(HEDGED.search(text.lower())))


def _read(told: _Told, inventory: Inventory, now: datetime, it: tuple[str, ...]) -> list[Claim] | None:
    """Return the claims of one sentence."""
    if (typed := _typed(told, inventory, now, it)) is not None:
        return [_as_note(c) for c in typed] if told.doubted else typed
    return [_note(told, inventory)] if told.kept else None


def _typed(told: _Told, inventory: Inventory, now: datetime, it: tuple[str, ...]) -> list[Claim] | None:
    lower = HEDGED.sub("", told.lower)
    try:
        named = find(lower, inventory)
    except BadQuestion:
        if told.kept or _could_be_told(lower, now):
            raise
        return None
    subject = _subject(lower, named, it)
    if subject is None:
        _reject_unknown(lower, named, inventory, now)
        return None
    buildings, predicate = subject
    return _claims(buildings, predicate, now)


def _claims(buildings: tuple[str, ...], predicate: str, now: datetime) -> list[Claim] | None:
    """Return what a predicate tells of buildings; a year in which one was built is no time for which it is told."""
    from tools.statements.claims import BUILT, clauses  # loaded where something may be told, and for no question

    days = Days(predicate) if BUILT.search(predicate) else days_of(predicate, now)
    if days is None:
        return None
    found = clauses(days.rest, dated=bool(days.start or days.end))
    return None if found is None else [_claim(buildings, clause, days) for clause in found]


def _claim(buildings: tuple[str, ...], clause: "Clause", days: Days) -> Claim:
    claim = Claim(buildings, clause.kind, clause.value, clause.confidence, days.start, days.end)
    if clause.kind == "event":
        return _event(claim)
    if clause.kind == "opening":
        assumed = () if not clause.value.get("nights") else ("open at night is taken of the days that it opens",)
        return replace(claim, assumed=assumed)
    return claim


def _event(claim: Claim) -> Claim:
    """Put the days of an event into it: it happened then, and goes on to hold."""
    if claim.start is None:
        what = claim.value["kind"]
        raise BadQuestion(f"when was the {what} of {', '.join(claim.buildings)}? Say it with a date: 'in June 2019'")
    end = claim.end if claim.end and claim.end - claim.start > timedelta(days=31) else None
    value = {**claim.value, "start": claim.start.isoformat(), "end": end and end.isoformat()}
    return replace(claim, value=value, start=None, end=None)


def _as_note(claim: Claim) -> Claim:
    """Return a claim that is doubted: nothing is reckoned with it."""
    if claim.kind in ("no_meter", "figure"):
        return claim
    return replace(claim, kind="note", value={}, confidence=DOUBTED)


def _note(told: _Told, inventory: Inventory) -> Claim:
    """Return a note. Raises `BadQuestion` where it is of no building, or may be of several."""
    named = find(told.lower, inventory)
    if named.ambiguous:
        word, ids = named.ambiguous[0]
        raise BadQuestion(f"{word!r} may be {' or '.join(ids)}; say which one the note is of")
    if not named.buildings:
        raise BadQuestion(
            "of which building is that? Name it in the note, such as 'remember that the chiller of b4 ...'"
        )
    return Claim(named.buildings, "note", {}, DOUBTED if told.doubted else 1.0)


def _subject(lower: str, named: Named, it: tuple[str, ...]) -> tuple[tuple[str, ...], str] | None:
    """Return the buildings that a sentence begins with, and what it tells of them."""
    if it and (match := IT.match(lower)) and not named.buildings:
        return it, f"{'is ' if match.group('s') else ''}{lower[match.end() :]}"
    spans = [span for span in named.spans if span[2] in named.buildings]
    if not spans or len(spans) != len(named.spans) or named.ambiguous:
        return None
    lead = lower[: spans[0][0]]
    if not (BEFORE_NAME.match(lead) or OF_IT.match(lead)):
        return None
    if any(not BETWEEN.match(lower[a[1] : b[0]]) for a, b in pairwise(spans)):
        return None
    buildings = tuple(dict.fromkeys(span[2] for span in spans))
    owner = lower[spans[-1][0] : spans[-1][1]].endswith(("'s", "s'")) or lower.startswith("'", spans[-1][1])
    return buildings, _predicate(lead, lower[spans[-1][1] :], owner=owner)


def _predicate(lead: str, rest: str, *, owner: bool) -> str:
    """Return what is told, 'the floor area of b4 is 4,500 m2' as 'is 4,500 m2'."""
    what = OF_IT.match(lead)
    if owner and (its := ITS.match(rest.lstrip("'"))):
        what, rest = its, rest.lstrip("'")[its.end() :]
    says = re.match(r"\s*(?:[:=-]|is\b|was\b|are\b|were\b)", rest)
    rest = re.sub(r"^\s*[:=,-]+\s*(?:it is |it's |they are )?", "", rest).strip(" ,")
    if what and "hours" in what.group("what"):
        return f"open {re.sub(r'^(?:is|are|was|were)', '', rest)}".strip()
    if what and what.group("what") == "use":
        if not says:  # "b4's use and cost by month" asks
            return ""
        return f"used as {re.sub(r'^(?:is|was) (?:an? |the )?', '', rest)}".strip()
    return rest


def _could_be_told(lower: str, now: datetime) -> bool:
    match = SUBJECT.match(lower)
    return bool(match and _claims(("",), match.group("rest"), now))


def _reject_unknown(lower: str, named: Named, inventory: Inventory, now: datetime) -> None:
    """Refuse what is told, in words that are understood, of what is no building."""
    match = SUBJECT.match(lower)
    if match is None or named.buildings or set(match.group("name").split()) & NOBODY:
        return
    if not _claims(("",), match.group("rest"), now):
        return
    name = match.group("name")
    if named.ambiguous:
        word, ids = named.ambiguous[0]
        raise BadQuestion(f"{word!r} may be {' or '.join(ids)}; say which one is meant")
    if named.sites:
        site = named.sites[0]
        raise BadQuestion(f"{site} is a site; `eaio site set {site}` sets its hours and holidays, or name a building")
    raise UnknownName(name, nearest(name, index_of(inventory)))
