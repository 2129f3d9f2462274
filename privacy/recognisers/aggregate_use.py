"""Recognise amounts of energy or its cost over a month or longer for one building: internal, not restricted."""

import re
from bisect import bisect_right
from collections.abc import Iterator

from privacy.recognisers.clauses import SENTENCE, Finds, Hit, clauses, near, spans, tells
from privacy.recognisers.finding import Recogniser, found
from privacy.recognisers.words import Words
from privacy.spans import Span
from privacy.taxonomy import label_of_type

AMOUNT = (
    r"(?:(?<![\w.])\d[\d,.' ]{0,14}\s?(?:[kMGT]Wh|k?BTU|MMBTU|GJ|TJ|therms?|klbs?|lbs?|MJ|ton-?hours?|gallons?|"
    r"litres?|"
    r"kgal|m3|m³|cubic met(?:re|er)s|kilowatt[- ]hours?|megawatt[- ]hours?|t ?CO2\w?|tCO2e?|"
    r"tonnes(?: of)? CO2\w?)\b(?!/)(?:\sof\s(?:(?:heating|fuel|gas|natural|district|chilled|mains|drinking|hot|"
    r"tap)\s)?(?:oil|gas|electricity|heat|heating|water|diesel|steam|power|propane|lpg|wood pellets|pellets|biomass|"
    r"coal|cooling))?"
    r"|(?:£|\$|€|EUR\s?|GBP\s?|USD\s?)\d(?:[\d,.]{0,13}\d)?(?:\s?(?:k|m|million)\b)?(?![\d]|\s?(?:/|psf|pcm|per\b))|"
    r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|"
    r"a)\s(?:\w+[ -]){0,6}?(?:hundred|thousand|million)\s"
    r"(?:kilowatt[- ]hours?|megawatt[- ]hours?|kwh|mwh|pounds|euros|dollars|litres|cubic met(?:re|er)s)\b|"
    r"(?<![\w.])\d[\d,.' ]{0,14}\s?(?:EUR|euros?|"
    r"pounds|dollars|€|£|GBP|USD|CHF)(?!\w|/))"
)
AMOUNT_RE = Words(AMOUNT)
USED = Words(
    r"\b(?:used|uses|using|swallow(?:ed|s)|ate|guzzled|tott?(?:ed|s) up to|totted|hit|needed|required|got through|"
    r"gets through|burn(?:ed|t|s)?|came to|comes to|amount(?:ed|s) to|averag(?:ed|es)|reach(?:ed|es)|clocked|"
    r"racked up|ran to|drew|took|went through|demand|footprint|carbon|scope [123]|throughput|delivered|waren es|"
    r"betrug\w*|s['\u2019]élève|élevé|gastó|gasto|fue de|ascendió|power|strom|électricité|électrique|electricidad|"
    r"consum\w+|usage|use|electricity|gas|heat|energy|water|bills?|invoices?|cost|costs|spent|"
    r"spend|spending|paid|annual(?:ly)?|yearly|monthly|total(?:led|s)?|generated|exported|imported|emitted|"
    r"emissions|saved|"
    r"up from|down from|against|versus|compared with|verbrauch\w*|Stromkosten|Rechnung|kostete\w*|Jahres\w*|"
    r"consomm\w+|facture|coût\w*|consumió|consumo|factura|"
    r"costó|gastamos)\b"
)
MONTHLY = Words(
    rf"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)[a-z]*\.?(?:\s20\d\d)?[:,=]?\s{{0,2}}{AMOUNT}|"
    rf"\b(?:(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|"
    rf"Dec)[a-z]*\.?[:,=]?\s{{0,2}}\d[\d.,]{{2,12}}[,;]?\s{{1,3}}){{1,12}}"
    rf"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)[a-z]*\.?[:,=]?\s{{0,2}}{AMOUNT}|"
    rf"\b20\d\d:\s?{AMOUNT}"
)
PERIOD = Words(
    r"\b(?:(?:in|for|during|over|since|im Jahr|en) (?:the year |all of |FY ?)?(?:20\d\d|19\d\d|janvier|février|mars|"
    r"avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre|enero|febrero|marzo|abril|mayo|junio|julio|"
    r"agosto|septiembre|noviembre|diciembre|Januar|März|Juni|Oktober|Dezember|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|"
    r"Sep|Oct|Nov|Dec)[a-z]*\b)|(?:last|this|previous|per|a|each|every) (?:year|month|quarter|annum|week|(?:fiscal|"
    r"financial|heating|calendar) (?:year|season)|winter|"
    r"summer)|"
    r"annual(?:ly)?|yearly|monthly|quarterly|Q[1-4]|year to date|20\d\d|letztes Jahr|pro Jahr|l['\u2019]an dernier|"
    r"par an|al año|el año pasado)\b"
)
INTENSITY = re.compile(
    r"(?<![\w.])\d[\d,.]{0,14}\s?(?:kWh|kBTU|MJ|W)\s?(?:/|per )\s?(?:m2|m²|ft2|sq\.? ?ft|square (?:met(?:re|er)|"
    r"foot))"
    r"(?:\s?(?:/|per |a )\s?(?:a|yr|year))?a?\b",
    re.IGNORECASE,
)
EUI = Words(
    r"\b(?:EUI|averag(?:ed|es)|over|b\d+|20\d\d|came in|scored|intensity|benchmark|rating|we|our|building|"
    r"block \w|site|school|hospital|office|library|Kennwert|intensité|intensidad)\b"
)


FOLLOWS = 60
"""So near behind a hit, in characters, another amount is one more of its kind."""
JSON_KEY = re.compile(
    r"\"(?:k|m|g)?wh(?:_\w{1,12})?\"\s?:\s?(?P<value>\d[\d.]{2,})|\"(?:annual|monthly|yearly|total|\w{2,12}_total|"
    r"cost|bill|usage|"
    r"use|consumption|gas|electricity|energy|water|heat)_?\w{0,16}\"\s?:\s?(?P<other>\d[\d.]{2,})",
    re.IGNORECASE,
)
HEADER = re.compile(r"(?im)^[^\n;,\t|]{1,40}[;,\t|][^\n]{0,200}$")
COLUMN = Words(
    r"[kmg]wh|cost|bill|usage|consum\w+|verbrauch|kosten|coût|gas|elec\w*|energy|heat|water|spend|emissions|co2"
)


def amounts(text: str) -> Iterator[Span]:
    """Yield amounts of energy, water, carbon or its cost with the use or the period that they are tied to."""
    amount = Finds(AMOUNT_RE, text)
    hits = [
        *near(text, USED, amount, 40),
        *near(text, PERIOD, amount, 30),
        *spans(MONTHLY, text),
        *near(text, EUI, INTENSITY, 40),
    ]
    hits += _chained(text, sorted(hits), amount) if hits else []
    return clauses("AGGREGATE_USE", text, hits, "aggregate_use", tells, wide=False)


def _chained(text: str, hits: list[Hit], amounts: Finds) -> list[Hit]:
    """Return the amounts that follow a hit closely in its sentence: `b4 used 9 MWh and the mill 12 MWh`."""
    starts = [start for start, _ in hits]
    before = [(hits[i], a) for a in amounts.spans if (i := bisect_right(starts, a[0]) - 1) >= 0]
    return [a for h, a in before if 0 < a[0] - h[1] < FOLLOWS and not SENTENCE.search(text, h[1], a[0])]


def records(text: str) -> Iterator[Span]:
    """Yield totals in JSON and in the columns of a table whose header names energy or cost."""
    for match in JSON_KEY.finditer(text):
        yield found("AGGREGATE_USE", match, "value" if match["value"] else "other", by="aggregate_use")
    columns: dict[int, bool] = {}
    sign = ""
    for line in HEADER.finditer(text):
        cells = _cells(line, sign) if sign else []
        if len(cells) == len(columns) and any(
            columns.get(i) and re.fullmatch(r"[\d., ]+", c[2].strip()) for i, c in enumerate(cells)
        ):
            for i, (start, end, cell) in enumerate(cells):
                if columns[i] and re.search(r"\d{3}", cell):
                    yield Span(start, end, "AGGREGATE_USE", label_of_type("AGGREGATE_USE"), 0.8, "aggregate_use")
        elif COLUMN.within(line.group()) and (mark := re.search(r"[;,\t|]", line.group())):
            sign = mark.group()
            columns = {i: bool(COLUMN.within(c[2])) for i, c in enumerate(_cells(line, sign))}


def _cells(line: re.Match[str], sign: str) -> list[tuple[int, int, str]]:
    """Return start, end and text of each cell of a line."""
    cells, at = [], line.start()
    for cell in line.group().split(sign):
        cells.append((at, at + len(cell), cell))
        at += len(cell) + 1
    return cells


RECOGNISERS: tuple[Recogniser, ...] = (amounts, records)
