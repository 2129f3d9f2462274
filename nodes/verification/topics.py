"""Check what a sentence speaks of: a measure, a statistic, a span of time that no fact is of may not be told."""

import re
from collections.abc import Callable

from nodes.verification.carried import Carried, Fact
from nodes.verification.reading import Sentence, Tag
from nodes.verification.signals import ORDER_WORDS

Pattern = re.Pattern[str]
MEASURES: dict[str, Pattern] = {
    "electricity": re.compile(r"\belectric(?:al|ity)\b"),
    "gas": re.compile(r"\bgas\b"),
    "carbon": re.compile(r"\b(?:carbon|emissions?|emits?|emitted|footprint)\b"),
    "cost": re.compile(r"\b(?:costs?|spent|spends?|spending|paid|bill)\b"),
}
STATISTICS: dict[str, Pattern] = {
    "peak": re.compile(r"\b(?:peak|peaks|peaked|maximum|highest)\b"),
    "minimum": re.compile(r"\b(?:minimum|lowest)\b"),
    "mean": re.compile(r"\b(?:mean|averages?|averaged)\b"),
    "baseload": re.compile(r"\bbase ?load\b|\b(?:5th|fifth) percentile\b"),
    "load_factor": re.compile(r"\bload factor\b"),
    "intensity": re.compile(r"\bintensity\b|\bper square met(?:re|er)\b|\bper m2\b"),
    "share": re.compile(
        r"\bshares?\b|\bproportion\b|(?:%|\bpercent)\s+of\b(?! (?:the |its |all )?hours)"
        r"|\b(?:account(?:s|ed)? for|responsible for|represent(?:s|ed)?)\b(?=(?:[^.]|\.\d){0,25}(?:%|percent))"
    ),
    "quality": re.compile(
        r"\bcoverage\b|(?<=% )complete\b|\bvalid readings?\b|\bsome (?:hours|readings) are missing\b"
        r"|(?<=hours )(?:are )?covered\b|\bmissing (?:hours|readings|ones|data)\b(?: (?:are|were) left out)?"
    ),
}
SPANS: dict[str, Pattern] = {
    "hour": re.compile(r"\bhours?\b|\bhourly\b"),
    "day": re.compile(r"\bdaily\b"),
    "month": re.compile(r"\bmonths?\b|\bmonthly\b"),
    "year": re.compile(r"\byears?\b|\byearly\b|\bannual(?:ly)?\b"),
}
NOT_USE = ("peak", "minimum", "baseload", "intensity", "load_factor")
DAYS = {"hour": (0, 0), "day": (1, 1), "month": (28, 31), "year": (365, 366)}


def speaks_of(topics: dict[str, Pattern], sentence: Sentence) -> list[Tag[str]]:
    """Return where a sentence speaks of which topic, in its order."""
    found = [Tag(m.start(), m.end(), name) for name, p in topics.items() for m in p.finditer(sentence.text)]
    return sorted(found, key=lambda t: t.at)


def speaks_of_it(sentence: Sentence, match: re.Match[str], fact: Fact) -> bool:
    """Tell whether 'more' or 'most' is said of what the fact is: a peak or an intensity does not tell who used more."""
    if fact.statistic not in NOT_USE or match.group(0) not in ("most", "least", "more", "less"):
        return True
    start, end = sentence.clause(match.start())
    return bool(STATISTICS[fact.statistic].search(sentence.text, start, end))


def topic_fault(sentence: Sentence, known: Carried) -> str | None:
    """Return what a sentence states something of that no fact is of, or None."""
    for topics, carries in ((MEASURES, _has_measure), (STATISTICS, _has_statistic), (SPANS, _has_span)):
        if reason := _first_strange(topics, carries, sentence, known):
            return reason
    return None


def _first_strange(
    topics: dict[str, Pattern], carries: Callable[[str, Carried], bool], sentence: Sentence, known: Carried
) -> str | None:
    for tag in speaks_of(topics, sentence):
        word = sentence.text[tag.at : tag.to]
        free = sentence.guessed(tag.at) or (topics is SPANS and sentence.leads_to_guess(tag.at))
        if not free and word not in ORDER_WORDS and not carries(tag.value, known):
            return f"no evidence is of {word!r}"
    return None


def _has_measure(name: str, known: Carried) -> bool:
    measures = {f.measure for f in known.facts}
    return name in measures or (name == "electricity" and measures != {"gas"})


def _has_statistic(name: str, known: Carried) -> bool:
    if name == "quality" and known.coverages:
        return True
    if name in ("peak", "minimum") and known.grouped("year", "month", "day", "weekday", "hour"):
        return True
    in_a_name = any(f.is_finding and STATISTICS[name].search(f.name.lower()) for f in known.facts)
    return in_a_name or name in {f.statistic for f in known.facts}


def _has_span(name: str, known: Carried) -> bool:
    """Tell whether a figure, or the question, is of such a span of time, or the figures are grouped by it."""
    if name == "hour" and any(f.statistic in ("peak", "minimum", "baseload", "quality") for f in known.facts):
        return True
    least, most = DAYS[name]
    spans = [s for f in known.facts for s in f.spans[:1]]
    return (
        known.grouped(name)
        or any(q.per == name for q in known.queries)
        or bool(name == "hour" and known.coverages)
        or any(least <= (end - start).days <= most for start, end in spans)
    )
