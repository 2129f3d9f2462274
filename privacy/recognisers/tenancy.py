"""Recognise who rents what and on which terms: tenants by name, rents, breaks, service charges, arrears."""

import re
from collections.abc import Iterator

from privacy.recognisers.clauses import Finds, Hit, clauses, near, spans, tells
from privacy.recognisers.finding import Recogniser
from privacy.recognisers.words import Cased, Words
from privacy.spans import Span

LET = Words(
    r"\b(?:(?:sub-?)?(?:leas(?:e|es|ed|ing|ehold)|let(?:s|ting)?|tenan(?:t|ts|cy|cies)|rent(?:s|ed|al|ing|als)?|"
    r"landlord|lessees?|lessors?|licen[cs]ee|occupiers?|break (?:clause|option|date|notice)|arrears|"
    r"service charges?|rent review|rent[- ]free|"
    r"dilapidations|heads of terms|deposit|pcm|p\.?c\.?m\.?|assured shorthold|triple net|expansion option|"
    r"option to (?:renew|extend|purchase)|given notice|notice to quit|vacat\w+|anchor tenant|premises|commencement|"
    r"expiration|renewals?|evict\w*|"
    r"assignment|guarantor|owes?|owing|went bust|insolven\w*|bankrupt\w*|pays? us|wants? out|break falls|"
    r"gave notice|handed in notice|ERV|passing rent|"
    r"rent roll|peppercorn|turnover (?:lease|rent)|tenant improvement|TI allowance|walk away|haven['\u2019]t paid|"
    r"hasn['\u2019]t paid|behind (?:on|with)|keys? back|surrender(?:s|ed)?|holding over|month-to-month|evergreen|"
    r"subtenan\w*|co-?working|licen[cs]e to occupy|ground rent|headlease|head lease|gemietet|vermietet\w*|mietet\w*|"
    r"gekündigt|Staffelmiete|Indexmiete|bail commercial|preavis|préavis|dépôt de garantie|"
    r"miet(?:e|er|et|vertrag|zins|rückstand|erin|ern)?|kaltmiete|warmmiete|nebenkosten|pacht\w*|vermietet|kaution|"
    r"rückstand|"
    r"untermiet\w*|"
    r"loyers?|bail|baux|locataires?|loue|louée?s?|bailleur|charges locatives|impayés|alquil\w+|inquilin[oa]s?|"
    r"arrendat\w+|arrendamiento|arrendad[oa]|renta mensual|fianza|atrasos))\b|\b(?:umsatz|index|staffel|laden|büro|"
    r"gewerbe|brutto|netto|netto-kalt|jahres|monats)miet(?:e|er|vertrag)\b"
)
ABBREVIATED = Cased(r"\b(?:AST|FRI|NNN)\b")
MONEY = (
    r"(?:(?:£|\$|€|EUR|GBP|USD|CHF|AUD|CAD)\s?\d[\d,. ]{0,14}(?:\s?(?:k|m|million|bn)\b)?|"
    r"(?<![\w.])\d[\d,.' ]{0,14}\s?(?:k\s)?(?:£|€|\$|EUR\b|GBP\b|USD\b|CHF\b|(?i:euros?|pounds|dollars|francs)\b|"
    r"(?<![\w.])\d[\d,.]{2,12}\s(?:a|per|im|par|al|each|every)\s(?:month|week|year|quarter|annum|monat|mois|mes|"
    r"año)\b))"
)
ORG = (
    r"(?:(?<=\s)|(?<=^)|(?<=[\"'(:]))(?!(?<![^\n])[A-Z][\w'\u2019]*\s(?![A-Z&]|(?i:plc|ltd|inc|llc|llp|gmbh|ag|sa|"
    r"sarl|limited)\b))(?!(?<=[.!?]\s)[A-Z][\w'\u2019]*\s(?![A-Z&]))(?![\w-]*[\d_=])(?!(?i:the|our|my|your|their|"
    r"tenants?|landlords?|who|what|which|when|how|why|"
    r"where|does|do|did|is|are|can|should|could|would|will|we|i|it|if|in|on|at|for|and|but|a|an|no|yes|please|"
    r"explain|rents?|lease[sd]?|leasing|subleas\w+|let|letting|service|break|unit|suite|floor|level|all|"
    r"monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|march|april|may|june|july|august|"
    r"september|october|november|december|part|section|act|green|epc|mees|m|der|die|das|le|la|el|les|los|mieter\w*|"
    r"miete|wie|was|comment|quel\w*|loyer|bail|locataires?|inquilin\w+|"
    r"lease|deposit|arrears|hvac|bms|ahu|vav|co2|some|many|most|this|that|there|they|he|she|triple|gross|net|full)\b)"
    r"[A-Z][\w&'\u2019.-]*[\w](?:\s(?:(?:&|and|of|de|und|et|y)\s)?[A-Z][\w&'\u2019.-]*)*"
)
DUE = (
    r"(?:\b(?:end(?:s|ed|ing)?|ends? on|leaves? on|leaves|out on|falls on|expir\w+|through|after|before|next|till|"
    r"until|from|due|since|in|by|läuft|endet|bis|expire|jusqu['\u2019]\w+|vence|"
    r"hasta)\s(?:\w+\s){0,2}?(?:20\d\d|year \w+|\d{1,2}\s[A-Z][a-z]+|(?i:mars|märz|janvier|juin|enero|marzo|januar|"
    r"juni)\b|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|"
    r"Dec)[a-z]*)\b|\b(?:zwei|drei|vier|fünf|deux|trois|dos|tres|cinco)\s(?:Monate?n?|Jahren?|mois|ans|meses|"
    r"años)\b|\b(?:\d+|a|one|two|three|four|five|six|ten|twelve|fifteen)[- ](?:months?|years?)\b)"
)
TERMS = re.compile(rf"{MONEY}|{ORG}|{DUE}|\b\d{{1,2}}/\d{{1,2}}/\d{{2,4}}\b|(?<![\w.])\d{{1,3}}(?:[.,]\d)?k\b")
FIRM = re.compile(rf"{MONEY}|{DUE}|\b\d{{1,2}}/\d{{1,2}}/\d{{2,4}}\b")
HOUSEHOLD = Words(
    r"\blet(?:s|['\u2019]s)?\s(?:me|us|it|the (?:air|heat|water|system|building|fan)|'s|run)\b|\bparent|"
    r"\bdeposits? (?:on|of (?:scale|lime|dirt))|\bgreen leases?\b"
)


HOLDS = Words(
    r"\b(?:holds?|occup(?:y|ies)|takes?|took|taken|leases?|leased|is in|are in|sits? in|signed (?:for|up for)|"
    r"moved into|have|has|bezieht|belegt|occupe(?:nt)?|ocupan?)\b[^.;,\n]{0,20}"
    r"\b(?:(?:ground|first|second|third|fourth|fifth|sixth|top|lower|upper|\d+(?:st|nd|rd|th)) floors?|floors? \d+|"
    r"\d+e étage|\d+\.? (?:OG|Stock|planta)|planta \w+|levels? \d+|units? \w{1,3}|suites? \w{1,5}|shop \w{1,3}|"
    r"kiosk|[\d,]{3,7} (?:sq\.? ?(?:ft|m)|m2|m²)|storeys)\b"
)
UNTIL = re.compile(DUE)
PARTY = Cased(
    rf"\b(?i:tenants?|landlord|lessee|lessor|mieter(?:in)?|vermieter|locataire|bailleur|inquilin[oa]):?\s(?:is\s|"
    rf"called\s|named\s|ist\s|est\s|es\s)?{ORG}"
)
"""Who rents or lets, without more: the name alone is told, not the clause about it."""
WEAK = re.compile(r"(?i:tenants?|landlord|lessee|lessor|mieter(?:in)?|vermieter|locataires?|bailleur|inquilin[oa]s?)")


AREA_RENT = Cased(
    rf"{MONEY}\s?(?:/|(?i:per|a|je|par|por)\s)\s?(?i:rentable\s|usable\s|net\s)?(?i:sq\.?\s?(?:ft|m)|square (?:foot|"
    rf"met(?:re|er))|RSF|psf|ft2|ft²|m2|m²|qm|desk|bed|week|pw\b)|{MONEY}\s?(?i:psf|pcm|p\.?a\b|pw\b|HT|NNN)"
)
OCCUPANT = Cased(
    r"\b(?i:suite|unit|flat|apartment|shop|penthouse|floor|level|lagerhalle|büro|local|"
    r"lot)\s?\w{0,5}\s?\(?[^.;\n]{0,50}?\b(?i:pays?|zahlt|paie|paga|is in|took|takes)\b[^.;\n]{0,20}\d"
)


def tenancies(text: str) -> Iterator[Span]:
    """Yield the clauses that tie a letting to a name, an amount or a term."""
    terms = Finds(TERMS, text)
    firm = Finds(FIRM, text)
    near_terms = (
        *(h for h in near(text, LET, terms, 60) if not _is_weak(text, h, firm.spans)),
        *near(text, ABBREVIATED, terms, 60),
    )
    hits = [h for h in near_terms if not HOUSEHOLD.within(text, h[0], min(len(text), h[1] + 20))]
    hits += near(text, HOLDS, UNTIL, 40)
    yield from clauses("TENANT_LEASE", text, spans(PARTY, text), "tenancy", tells, wide=False)
    yield from clauses("TENANT_LEASE", text, [*hits, *spans(AREA_RENT, text), *spans(OCCUPANT, text)], "tenancy", tells)


def _is_weak(text: str, hit: Hit, firm: list[Hit]) -> bool:
    """Tell whether a hit is only a word for who rents or lets and some name near it: no amount, no term, no letting."""
    if any(hit[0] <= a < hit[1] for a, _ in firm):
        return False
    stretch = text[hit[0] : hit[1]]
    return bool(WEAK.search(stretch)) and not LET.within(WEAK.sub(" ", stretch))


RECOGNISERS: tuple[Recogniser, ...] = (tenancies,)
