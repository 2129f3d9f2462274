"""Recognise readings of single intervals: a power or an energy with its clock time, rows and lists of them.

An hourly load tells when people sleep; a monthly total does not. A question about 03:00 holds no reading.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from privacy.recognisers.clauses import Hit, clauses, near, spans, tells
from privacy.recognisers.finding import Recogniser
from privacy.recognisers.moments import HOUR_RE
from privacy.recognisers.words import Cased, Words
from privacy.spans import Span
from privacy.taxonomy import label_of_type

UNIT = (
    r"(?:[kMG]?Wh?|kVAh?|MVA|kvarh?|VA|A|amps?|kilowatts?(?:[- ]hours?)?|megawatts?(?:[- ]hours?)?|kw|KW|mw|kwh|KWH|"
    r"Kwh|Kw|watts?|m3/h|m³/h|m3|m³|l/s|"
    r"l/min|l/h|litres?|BTU/h|therms?|tons?|GJ)"
)
AMOUNT = re.compile(
    rf"(?<![\w.:])(?<!\d[.,])\d{{1,6}}(?:[.,]\d{{1,3}})*\s?{UNIT}(?![\w/²2]|-?\s(?:p?/|heat pumps?|chillers?|"
    rf"boilers?|batter|generators?|genset|panels?|"
    r"chargers?|inverters?|motors?|fans?|pumps?|pv|solar|arrays?|transformers?|ups|units?|of (?:cooling|"
    r"heating) capacity|capacity|rated|lamps?|bulbs?))",
)
WORD_PAIR = Words(
    r"\b(?:noon|midnight|midday|minuit|mediodía|medianoche|mitternacht|(?:one|two|three|four|five|six|seven|eight|"
    r"nine|ten|eleven|"
    r"twelve) o['\u2019]?clock)\s?[:=-]\s?\d{1,6}(?:[.,]\d{1,3})?(?:\s?(?:k|m)wh?\b)?"
)
SPAN_PAIR = re.compile(r"(?<![\d:./-])\d{2}[-\u2013]\d{2}[ :=]{1,2}\d{1,6}(?:[.,]\d{1,3})?(?![\d:/-])")
NIGHT = Words(
    r"\b(?:over ?night|at night|night[- ]?(?:time)?(?: minimum| load| base ?load| demand)|nightly|base ?-?load|"
    r"half[- ]?hour(?:ly)?|quarter[- ]?hour(?:ly)?|"
    r"hourly|15[- ]?min(?:ute)?s?|30[- ]?min(?:ute)?s?|small hours|early hours|in the (?:morning|evening|afternoon|"
    r"night)|this morning|last night|nachts|Grundlast|"
    r"la nuit|talon|por la noche|carga base|each hour|every hour|hours? \d{1,2}(?=:| was| used| =)|t=\d{4}|"
    r"cada cuarto de hora|Viertelstundenwert\w*|(?:interval|slot|readings?|sample)s?\s(?:no\.? |number |"
    r"#)?\d{1,2}(?: (?:of|out of) \d+)?|per interval|time stamp|settlement period \d+|"
    r"HH ?\d{1,2})\b"
)
SEP = r"(?:[\s,;|]{1,4}|\s/\s)"
NUM = r"(?<![\w.:-])-?\d{1,6}(?:[.,]\d{1,3})?"
LIST = re.compile(
    rf"{NUM}(?:\s?{UNIT}\b)?(?:{SEP}(?:and\s|then\s|und\s|et\s|"
    rf"y\s)?-?\d{{1,6}}(?:[.,]\d{{1,3}})?(?:\s?{UNIT}\b)?(?![\w:]|-\d)){{2,}}"
)
LOADWORD = Words(
    r"\b(?:k?Wh?|kVA|kilowatts?|readings?|interval\w*|half[- ]?hour\w*|hourly|hh data|quarter[- ]hour\w*|"
    r"\d+[- ]?min\w*|load|loads|profile|demand|"
    r"consumption|meter|usage|power|Lastgang|Viertelstund\w*|Stundenwerte|Messwerte|Last|Verbrauch|courbe de charge|"
    r"relevés?|puissance|"
    r"curva de carga|lecturas?|consumo|potencia)\b"
)
STAMP = (
    r"(?:\d{4}[-/]\d{2}[-/]\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?|(?!:\d))(?:Z|[+-]\d{2}:?\d{2})?|"
    r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}[ T,]\s?\d{1,2}:\d{2}(?::\d{2}|(?!:\d)))"
)
ROW = Cased(
    rf"(?:\{{?\"\w{{1,24}}\"\s?:\s?\")?{STAMP}[\"']?(?:[ \t]*[,;|\t=>:]+[ \t\"'A-Za-z_]{{0,24}}[:=,;]?|[ \t]+(?:->|"
    rf"=>)?)[ \t\"']*-?\d{{1,7}}(?:[.,]\d+)?(?![\d:/-]|\s?[°%])[\"']?(?:\s?{UNIT}\b)?\}}?"
)
PAIR = re.compile(
    rf"(?<![\d:T-])(?:[01]?\d|2[0-4])(?:[:.h][0-5]\d|[0-5]\d(?=:))(?::[0-5]\d)?\s?(?:[ap]m)?[\"']?\s{{0,3}}(?:->|=>|"
    rf"→|[=:,;|\t-])?[ \t\"']{{0,3}}"
    rf"-?\d{{1,6}}(?:[.,]\d{{1,3}})?(?![\d:h]|\s?[°%]|\s?[ap]m|\s(?:people|persons|occupants))(?:\s?{UNIT}\b)?"
)
EPOCH = re.compile(
    r"\{?\"?\w{1,12}\"?\s?:\s?1[0-9]{9}(?:\d{3})?\s?,\s?\"?\w{1,16}\"?\s?:\s?-?\d{1,7}(?:\.\d+)?\}?|"
    r"^1[0-9]{9}[,;\t ]\s?-?\d{1,7}(?:\.\d+)?(?![\d.])",
    re.MULTILINE,
)
UNIX = re.compile(r"1\d{9}")
KEYED = Cased(
    r"\"?\b(?:kwh?|watts?|power|load|demand|readings?|values?|"
    r"consumption)(?:_\w{1,12})?\"?\s{0,2}[:=]\s{0,2}\[[^\[\]]{3,4000}\]?",
    re.IGNORECASE,
)
YEAR = re.compile(r"^(?:19|20)\d\d$")
HEADER = re.compile(
    r"(?im)^[ \t]*(?:timestamp|datetime|date|time|interval|start|ts|zeit\w*|heure|"
    r"fecha)[\w \t]{0,12}[,;\t|][^\n]{0,80}(?=\n)"
)


NEXT = Words(
    r"\b(?:(?:interval|half[- ]?hour|quarter[- ]?hour|reading|slot|period|sample)s?\s(?:\w+\s)?(?:before|after|"
    r"following|earlier|later|ending|to|from|at)|"
    r"(?:next|previous|following|preceding|last|two|three|four)\s(?:\w+\s)?(?:interval|half[- ]?hour|quarter[- ]hour|"
    r"reading|slot|sample)s?)\b"
)
BARE = re.compile(
    r"(?<![\w.:/-])\d{1,6}(?:[.,]\d{1,3})?(?![\w:/]|-\d|\s?[%°])(?:,?\s(?:and|then)\s\d{1,6}(?:[.,]\d+)?)?"
)


BARE_UNIT = re.compile(UNIT)


def moments_of_load(text: str) -> Iterator[Span]:
    """Yield the clauses that give an amount at a clock time, or of a night or an interval of one place."""
    hits = [*near(text, AMOUNT, HOUR_RE), *near(text, AMOUNT, NIGHT, 50), *near(text, NEXT, BARE, 25)]
    return clauses("INTERVAL_LOAD", text, hits, "interval_load", tells)


def rows(text: str) -> Iterator[Span]:
    """Yield time-stamped values, in rows, JSON or pairs, neighbours joined; and bare lists that a word calls a load."""
    hits = [
        *spans(ROW, text),
        *(spans(EPOCH, text) if UNIX.search(text) else ()),
        *spans(KEYED, text),
        *_pairs(text),
        *_followed(spans(WORD_PAIR, text)),
    ]
    hits += _followed(spans(SPAN_PAIR, text)) if LOADWORD.within(text) else []
    hits += [(m.start(), m.end()) for m in LIST.finditer(text) if _is_load(text, m)]
    begun = {a for a, _ in hits}
    hits += [h for h in spans(HEADER, text) if begun & set(range(h[1], h[1] + 3))] if hits else []
    return (
        Span(a, b, "INTERVAL_LOAD", label_of_type("INTERVAL_LOAD"), 0.9, "interval_load")
        for a, b in _joined(text, sorted(hits))
    )


def _pairs(text: str) -> list[Hit]:
    """Return pairs of time and value when two or more follow each other: one alone may be anything."""
    return _followed(spans(PAIR, text))


def _followed(pairs: Iterable[Hit]) -> list[Hit]:
    hits = list(pairs)
    if not hits:
        return []
    joined = [0 <= b[0] - a[1] <= 12 for a, b in pairwise(hits)]
    return [h for h, before, after in zip(hits, [False, *joined], [*joined, False], strict=True) if before or after]


def _is_load(text: str, listed: re.Match[str]) -> bool:
    before, behind = text[max(0, listed.start() - 70) : listed.start()], text[listed.start() : listed.end() + 25]
    numbers = re.findall(r"\d+(?:[.,]\d+)?", listed.group()[:200])
    return (LOADWORD.within(before) or LOADWORD.within(BARE_UNIT.sub("", behind))) and not all(
        YEAR.match(n) for n in numbers
    )


def _joined(text: str, hits: list[Hit]) -> Iterator[Hit]:
    open_: Hit | None = None
    for a, b in hits:
        if open_ and a - open_[1] <= 24 and not re.search(r"[.!?]\s|[A-Za-z]{12,}", text[open_[1] : a]):
            open_ = (open_[0], max(open_[1], b))
        else:
            if open_:
                yield open_
            open_ = (a, b)
    if open_:
        yield open_


RECOGNISERS: tuple[Recogniser, ...] = (moments_of_load, rows)
