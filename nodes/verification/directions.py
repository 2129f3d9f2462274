"""Check what a sentence says of direction and order: rose or fell, more or less, highest or lowest."""

import re

from nodes.verification.carried import Carried, Fact
from nodes.verification.reading import Sentence

UP = r"rose|risen|rises|rising|increased|increases|increasing|grew|grown|grows|growing|climbed|went up|gone up|goes up|jumped|surged|soared|higher|more|greater|larger|bigger|above|exceed(?:s|ed|ing)?|outpac\w+|doubled"
DOWN = r"fell|fallen|falls|falling|decreased|decreases|decreasing|dropped|drops|dropping|declined|declines|declining|went down|gone down|goes down|reduced|shrank|shrunk|lower|less|fewer|smaller|below|saved|halved|plunged|plummeted|improved"
NOUN_UP = r"(?:an?|the|this|that|significant|slight|sharp|large|small|notable|marked)\s+(?:\w+\s+)?(?:increase|rise|growth|jump|surge|uptick)\b"
NOUN_DOWN = r"(?:an?|the|this|that|significant|slight|sharp|large|small|notable|marked)\s+(?:\w+\s+)?(?:decrease|fall|drop|decline|reduction|saving)s?\b"
_MEASURED = r"(?:%|percent|per cent|kwh|mwh|gwh|kw|kgco2e|pounds|gbp|points)\s+(?:\w+\s+)?"
NOUN_UP += rf"|{_MEASURED}(?:increase|rise|growth|jump|surge|uptick)\b|\b(?:increase|rise|growth|jump|surge) of\b"
NOUN_DOWN += rf"|{_MEASURED}(?:decrease|fall|drop|decline|reduction|saving)s?\b|\b(?:decrease|fall|drop|decline|reduction|saving) of\b"
CLAIM_UP = re.compile(rf"\b(?:{UP})\b|(?<!\w)(?:{NOUN_UP})")
CLAIM_DOWN = re.compile(rf"\b(?:{DOWN})\b|(?<!\w)(?:{NOUN_DOWN})")
SAME = re.compile(r"\b(?:unchanged|stayed the same|no change|remained (?:the same|stable|constant|steady)|constant)\b")
ADVICE = re.compile(
    r"\b(?:to|can|could|may|might|should|would|will|consider|please|try|help|helps|if|whether|more (?:efficient|detail|details|information|insight|data|likely|about|than one|closely|insights|sustainable|than enough|often|accurate|effective|readings)|"
    r"less (?:likely|efficient|energy-intensive)|further|check|look|lower(?:ing)? (?:the )?(?:set|temp)|reduced (?:by|through|with)|any|rather|or)\b"
)
HIGHEST = re.compile(r"\b(?:highest|most|largest|biggest|greatest|maximum|top|peak(?:ed|s)?|leading|heaviest)\b")
LOWEST = re.compile(r"\b(?:lowest|least|smallest|fewest|minimum|bottom)\b")
ORDINAL = re.compile(
    r"\b(second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|2nd|3rd|[4-9]th|1\dth|first|1st)(?:[\s-](highest|largest|biggest|most|lowest|smallest|least))?\b"
)
PLACES = {
    w: i
    for i, w in enumerate(
        ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"], 1
    )
}
IDIOM = re.compile(
    r"\b(?:at least|at most|most (?:likely|of|important|common|efficient|probably|effective|significant|recent)|first(?:ly)?,|at first|in the first place|more or less|peak (?:hours?|times?|demand|load|use|shav\w+))\b"
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
    word = match.group(0)
    changes = [f for f in known.facts if f.derived and f.unit != "points"]
    places = [p for p in sentence.places]
    if changes:
        subject = frozenset(p.building for p in places)
        about = [f for f in changes if not subject or f.buildings & subject] if not sentence.sites else changes
        wanted = sign * _turn(sentence, known, match)
        if about and all((f.value > 0) - (f.value < 0) == wanted for f in about):
            return None
        return f"it says {word!r}, and the evidence goes the other way" if about else f"no evidence carries {word!r}"
    if len({p.building for p in places}) == 2:
        return _compare_buildings(places[0].building, places[-1].building, known, sign, word)
    return f"no evidence carries {word!r}"


def _turn(sentence: Sentence, known: Carried, match: re.Match[str]) -> int:
    """Return -1 where the sentence tells the comparison from the other side: '2018 was higher than 2019'."""
    query = known.facts[0].evidence.query
    than = THAN.search(sentence.text, match.start())
    edge = than.start() if than else len(sentence.text)
    left = [w for w in sentence.whens if w.at < edge and w.to <= match.start() + 1]
    right = [w for w in sentence.whens if w.at >= edge]
    if query.against_period and than and (left or right):
        reference = (query.against_period.start, query.against_period.end)
        asked = (query.period.start, query.period.end) if query.period else None
        if any((w.period.start, w.period.end) == reference for w in left) or any(
            (w.period.start, w.period.end) == asked for w in right
        ):
            return -1
    if query.against_buildings and sentence.places and sentence.places[0].building in query.against_buildings:
        return -1
    if query.against_hours:
        first = min(
            ((sentence.text.find(h), h) for h in ("day", "night", "weekend", "weekday") if h in sentence.text),
            default=(0, ""),
        )[1]
        return -1 if first == query.against_hours else 1
    return 1


def _compare_buildings(one: str, other: str, known: Carried, sign: int, word: str) -> str | None:
    for fact in known.facts:
        if fact.buildings == {one}:
            pair = next(
                (f for f in known.facts if f.buildings == {other} and f.unit == fact.unit and f.group == fact.group),
                None,
            )
            if pair:
                right = (fact.value - pair.value) * sign > 0
                return None if right else f"it says {word!r} of {one} and {other}, and it is the other way round"
    return f"no evidence carries {word!r} of {one} and {other}"


def order_fault(sentence: Sentence, known: Carried) -> str | None:
    """Return why a 'highest', 'lowest' or 'third' in the sentence is not carried, or None."""
    text = IDIOM.sub(lambda m: " " * len(m.group(0)), sentence.text)
    for match in ORDINAL.finditer(text):
        if reason := _ordinal_fault(sentence, known, match):
            return reason
    text = ORDINAL.sub(lambda m: " " * len(m.group(0)), text)
    for pattern, high in ((HIGHEST, True), (LOWEST, False)):
        found = pattern.search(text)
        if found and (reason := _extreme_fault(sentence, known, high, found.group(0))):
            return reason
    return None


def _peers(known: Carried) -> list[Fact]:
    lead = known.facts[0] if known.facts else None
    return [
        f
        for f in known.facts
        if lead
        and f.unit == lead.unit
        and f.name.split(",")[0] == lead.name.split(",")[0]
        and f.derived == lead.derived
    ]


def _ordinal_fault(sentence: Sentence, known: Carried, match: re.Match[str]) -> str | None:
    word = match.group(1)
    position = PLACES.get(word) or int(re.sub(r"\D", "", word) or 0)
    after = sentence.text[match.end() : match.end() + 12]
    if re.match(r"\s*(?:quarter|half|week|hour|day|step)", after) and not match.group(2):
        return (
            None
            if (known.facts and word in " ".join(f.name for f in known.facts)) or "step" in after
            else f"no evidence is of the {word}{after.rstrip()}"
        )
    peers = sorted(
        _peers(known),
        key=lambda f: f.value,
        reverse=(match.group(2) or "highest") not in ("lowest", "smallest", "least"),
    )
    if known.facts and known.facts[0].evidence.query.order == "lowest" and not match.group(2):
        peers.reverse()
    subject = {p.building for p in sentence.places}
    if position <= len(peers) and len(peers) > 1 and (not subject or set(peers[position - 1].buildings) & subject):
        return None
    return f"no evidence puts it {word}"


def _extreme_fault(sentence: Sentence, known: Carried, high: bool, word: str) -> str | None:
    """A superlative must be true of the building or part that the sentence names, among its like."""
    peers = _peers(known)
    subject = {p.building for p in sentence.places}
    spans = {(w.period.start, w.period.end) for w in sentence.whens}
    about = [
        f
        for f in peers
        if (not subject or f.buildings & subject) and (f.group is None or not spans or spans & set(f.spans))
    ]
    if known.facts and known.facts[0].evidence.query.statistic in ("peak", "minimum"):
        return None if (known.facts[0].evidence.query.statistic == "peak") == high else f"no evidence carries {word!r}"
    if len(peers) < 2:
        return f"no evidence carries {word!r}: there is nothing to compare with" if subject or spans else None
    extreme = max(peers, key=lambda f: f.value) if high else min(peers, key=lambda f: f.value)
    if (subject or (any(f.group for f in peers) and spans)) and not any(f.value == extreme.value for f in about):
        return f"it says {word!r}, and that is {', '.join(sorted(extreme.buildings))} {extreme.group or ''}".rstrip()
    return None
