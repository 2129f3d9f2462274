"""Check what a sentence says of direction: rose or fell, more or less."""

import re

from nodes.verification.carried import Carried, Fact
from nodes.verification.reading import Sentence
from tools.energy_query import Period

UP = (
    r"rose|risen|rises|rising|increased|increases|increasing|grew|grown|grows|growing|climbed|"
    r"went up|gone up|goes up|jumped|surged|soared|"
    r"higher|more|greater|larger|bigger|above|exceed(?:s|ed|ing)?|outpac\w+|doubled"
)
DOWN = (
    r"fell|fallen|falls|falling|decreased|decreases|decreasing|dropped|drops|dropping|declined|declines|declining|"
    r"went down|gone down|goes down|reduced|shrank|shrunk|"
    r"lower|less|fewer|smaller|below|saved|halved|plunged|plummeted|improved"
)
_A = r"(?:an?|the|this|that|significant|slight|sharp|large|small|notable|marked)\s+(?:\w+\s+)?"
_MEASURED = r"(?:%|percent|per cent|kwh|mwh|gwh|kw|kgco2e|pounds|gbp|points)\s+(?:\w+\s+)?"
_RISE = r"(?:increase|rise|growth|jump|surge|uptick)\b"
_FALL = r"(?:decrease|fall|drop|decline|reduction|saving)s?\b"
NOUN_UP = rf"{_A}{_RISE}|{_MEASURED}{_RISE}|\b(?:increase|rise|growth|jump|surge) of\b"
NOUN_DOWN = rf"{_A}{_FALL}|{_MEASURED}{_FALL}|\b(?:decrease|fall|drop|decline|reduction|saving) of\b"
CLAIM_UP = re.compile(rf"\b(?:{UP})\b|(?<!\w)(?:{NOUN_UP})")
CLAIM_DOWN = re.compile(rf"\b(?:{DOWN})\b|(?<!\w)(?:{NOUN_DOWN})")
SAME = re.compile(r"\b(?:unchanged|stayed the same|no change|remained (?:the same|stable|constant|steady)|constant)\b")
ADVICE = re.compile(
    r"\b(?:to|can|could|may|might|should|would|will|consider|please|try|help|helps|if|whether|"
    r"more (?:efficient|detail|details|information|insight|data|likely|about|than one|closely|insights|sustainable|"
    r"than enough|often|accurate|effective|readings)|"
    r"less (?:likely|efficient|energy-intensive)|further|check|look|lower(?:ing)? (?:the )?(?:set|temp)|"
    r"reduced (?:by|through|with)|any|rather|or)\b"
)
THAN = re.compile(r"\b(?:than|compared (?:to|with)|versus|vs|against|relative to)\b")


def direction_fault(sentence: Sentence, known: Carried) -> str | None:
    """Return why a direction in the sentence is not carried, or None."""
    for pattern, sign in ((CLAIM_UP, 1), (CLAIM_DOWN, -1)):
        for match in pattern.finditer(sentence.text):
            if _is_advice(sentence, match):
                continue
            if reason := _wrong_way(sentence, known, match, sign):
                return reason
    if SAME.search(sentence.text) and any(f.derived and abs(f.value) > 1e-9 for f in known.facts):
        return "it says nothing changed, and the evidence says it did"
    return None


def _is_advice(sentence: Sentence, match: re.Match[str]) -> bool:
    """Tell a suggestion ("could be reduced", "for more information") from a claim."""
    before = sentence.text[max(0, match.start() - 40) : match.start()]
    around = sentence.text[match.start() : match.end() + 14]
    return bool(re.search(rf"{ADVICE.pattern}[^.;,]*$", before) or ADVICE.match(around))


def _wrong_way(sentence: Sentence, known: Carried, match: re.Match[str], sign: int) -> str | None:
    word, places = match.group(0), sentence.places
    if changes := [f for f in known.facts if f.derived and f.unit != "points"]:
        about = _about(changes, sentence)
        wanted = sign * _turn(sentence, known, match)
        if about and all((f.value > 0) - (f.value < 0) == wanted for f in about):
            return None
        return f"it says {word!r}, and the evidence goes the other way" if about else f"no evidence carries {word!r}"
    if len({p.building for p in places}) == 2:
        return _compare_buildings(places[0].building, places[-1].building, known, sign, word)
    return f"no evidence carries {word!r}"


def _about(changes: list[Fact], sentence: Sentence) -> list[Fact]:
    """Return the changes of the buildings that the sentence names; all where it names none, or a site."""
    subject = frozenset(p.building for p in sentence.places)
    return [f for f in changes if sentence.sites or not subject or f.buildings & subject]


def _turn(sentence: Sentence, known: Carried, match: re.Match[str]) -> int:
    """Return -1 where the sentence tells the comparison from the other side: '2018 was higher than 2019'."""
    query = known.facts[0].evidence.query
    if query.against_period and _leads_with_reference(sentence, query.period, query.against_period, match):
        return -1
    if query.against_buildings and sentence.places and sentence.places[0].building in query.against_buildings:
        return -1
    if query.against_hours:
        told = [(sentence.text.find(h), h) for h in ("day", "night", "weekend", "weekday") if h in sentence.text]
        return -1 if told and min(told)[1] == query.against_hours else 1
    return 1


def _leads_with_reference(sentence: Sentence, asked: Period | None, reference: Period, match: re.Match[str]) -> bool:
    """Tell whether the reference stands before the claim, or what was asked behind its 'than'."""
    than = THAN.search(sentence.text, match.start())
    if not than:
        return False
    left = [w.period for w in sentence.whens if w.at < than.start() and w.to <= match.start() + 1]
    right = [w.period for w in sentence.whens if w.at >= than.start()]
    return any(_same(p, reference) for p in left) or any(asked and _same(p, asked) for p in right)


def _same(one: Period, other: Period) -> bool:
    return (one.start, one.end) == (other.start, other.end)


def _compare_buildings(one: str, other: str, known: Carried, sign: int, word: str) -> str | None:
    for fact in (f for f in known.facts if f.buildings == {one}):
        alike = (f for f in known.facts if f.buildings == {other} and f.unit == fact.unit and f.group == fact.group)
        if pair := next(alike, None):
            right = (fact.value - pair.value) * sign > 0
            return None if right else f"it says {word!r} of {one} and {other}, and it is the other way round"
    return f"no evidence carries {word!r} of {one} and {other}"
