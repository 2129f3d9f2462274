"""Recognise what one customer pays for energy: unit prices, charges, offers, terms of a contract."""

import re
from collections.abc import Iterator

from privacy.recognisers.clauses import ADVICE, ASKS, clauses, near, spans, tells
from privacy.recognisers.finding import Recogniser
from privacy.recognisers.people import NUMBER_WORD
from privacy.recognisers.words import Cased, Words
from privacy.spans import Span

CURRENCY = (
    r"(?:£|\$|€|EUR|GBP|USD|CHF|euros?|pounds|dollars|pence|p|c|ct|cts|cents?|Rp|céntimos|centimes|"
    r"quid|öre|øre|Rappen|fils)"
)
PER = r"(?:\s?/\s?|\s(?:per|a|an|je|pro|par|por|the|die|le|la|el|each)\s)"
OF = (
    r"(?:k\s?Wh?|Kilowattstunden?|Megawattstunden?|kilowatt-?heures?|kilovatios?(?:[- ]hora)?|M\s?Wh?|GWh|kVA|"
    r"kvarh?|day|days|month|therms?|m3|m³|GJ|meter|year|annum|kilowatt(?:[- ]hours?)?|"
    r"megawatt(?:[- ]hours?)?|unit|Tag|Monat|Jahr|jour|mois|an|día|mes|año)"
)
PRICE = Words(
    rf"(?<![\w.])\d{{1,4}}[.,]\d{{1,4}}\s?(?:/|per |je |par |por )\s?(?:(?:k|m)wh|kilowatt[- ]?hour|"
    rf"kilovatio[- ]hora|kilowattstunde)\b|(?<![\w.])(?:(?:£|\$|€|EUR\s|"
    rf"GBP\s|USD\s|CHF\s)\s?\d[\d.,]{{0,14}}|"
    rf"\d[\d.,]{{0,14}}\s?{CURRENCY})(?:{PER}{OF}\b(?:(?:\s?/\s?|\sper\s|\sa\s){OF}\b)?)"
)
CUE = Words(
    r"\b(?:sell|surplus|export(?:ed)?|wants|asks for|(?:peak|off-?peak|night|day) hours|bieten|bietet|verlangt|"
    r"verlangen|availability|TNUoS|DUoS|DNUoS|BSUoS|(?:red|amber|green) band|rates?|(?:is|are|been|stays?) fixed|"
    r"fixed (?:at|till|until)|charges? us|bills? us|costs? (?:us|the site)|stand(?:ing)? fee|(?:exit|break|"
    r"termination) (?:penalty|fee)|we['\u2019]?re on|we hedged|hedged|uplift|by (?:day|night)|wir zahlen|zahlen wir|"
    r"nos cobran|nous revient|on paie|nous facture|kostet uns|nos sale|la comercializadora|HP/HC|heures (?:pleines|"
    r"creuses)|P[1-6]|punta|valle|llano|HT/NT|Hochtarif|Niedertarif|"
    r"per unit|district (?:heat(?:ing)?|network|cooling)|Fernwärme|kWh|import price|balancing|settlement price|"
    r"reverse auction|tendered|capacity market|FiT|REGOs?|RECs?|guarantees? of origin|signed|the deal|locked in|"
    r"triads?|unit (?:rate|price)s?|standing charges?|demand charges?|"
    r"capacity charges?|availability charge|(?:day|"
    r"night|peak|off-?peak|weekend|evening|shoulder) (?:rate|price|tariff|unit)s?|feed-?in|PPAs?|power purchase|"
    r"suppl(?:y|ier|iers)|contracts?|contract price|tariffs?|"
    r"strike price|price cap|hedg\w+|flex(?:ible)? purchas\w*|fixed (?:price|rate)|pass-?through|"
    r"climate change levy|CCL|broker(?:age)?|commission|margin|quotes?|quoted|offers?|offered|bids?|renewal|"
    r"termination fee|exit fee|early termination|connection fee|committed|curtailment|DR programme|deemed rates?|"
    r"ratchet|indexation|pay-as-produced|take[- ]or[- ]pay|export (?:rate|price|tariff)|we pay|paying|"
    r"Arbeitspreis|Grundpreis|Leistungspreis|Stromvertrag|Liefervertrag|Tarif\w*|Strompreis|Versorger|Angebot|"
    r"prix (?:du kWh|unitaire|fixe)|abonnement|contrat|fournisseur|offre|tarif\w*|prime fixe|"
    r"tarifa|contrato|término (?:de potencia|fijo)|precio|comercializadora|oferta|suministro)\b"
)
MONEY = Words(
    r"(?:(?:£|\$|€|EUR|GBP|USD|CHF)\s?\d[\d,.]{0,14}(?:\s?(?:k|m|million)\b)?|(?<![\w.])\d[\d,.]{0,14}\s?(?:£|€|"
    r"\$|EUR\b|"
    r"GBP\b|USD\b|CHF\b|p\b|ct\b|cents?\b|pence\b|c\b|euros?\b|pounds\b|dollars\b|quid\b|Rappen\b|céntimos\b|"
    r"centimes\b))"
    rf"|\b{NUMBER_WORD}(?: (?:point|comma|coma|virgule) \w+| thousand| hundred| grand| and a half)? (?:pounds|"
    rf"euros?|dollars|pence|cents?|p|quid|centimes|céntimos|grand)\b"
)
CONTRACT = Cased(
    r"\b(?i:(?:supply |energy |electricity |gas |power |heat |our |flex |framework )(?:contracts?|agreements?|deal|"
    r"tariff|PPA)|contract (?:with|price|ends?|runs?|expires?)|PPA|supplier|fixed (?:until|till|to)|renewal|"
    r"Stromvertrag|Liefervertrag|Gasvertrag|contrat (?:de fourniture|d['\u2019]\w+|avec)|contrato (?:de suministro|"
    r"con|eléctrico))\b"
)
TERM = re.compile(
    r"\b(?i:end(?:s|ed|ing)?|expir\w+|runs? (?:out|until|to)|until|till|up for renewal|signed|fixed|renew\w*|"
    r"terminat\w+|switch\w*|läuft|endet|bis|jusqu\w+|expire|termina|vence|hasta)\b[^.\n]{0,20}?\b(?:20\d\d|"
    r"\d{1,2} [A-Z][a-z]+)\b"
    r"|\bwith (?!the\b)[A-Z]\w+|\bis [A-Z][a-z]+\b|\b(?i:mit|avec|con) [A-Z]\w+"
)
MARKET = Words(
    r"\b(?:pv|solar|heat pumps?|batter(?:y|ies)|costs? (?:about|around|roughly)|capex|grants?|average|wholesale|"
    r"typical\w*|market|spot|day-?ahead|assum\w+|suppose|Ofgem|national|households?|domestic|"
    r"country|Germany|Europe|UK|say|example|if (?:the )?(?:electricity|power|gas|price)|Börse\w*|durchschnitt\w*|"
    r"moyen\w*|marché|promedio|medio|mercado)\b"
)
OURS = Words(
    r"\b(?:our|my|we|us|we['\u2019]re|contract\w*|supplier|supply agreement|PPA|offered|offers?|quote[sd]?|unser\w*|"
    r"wir|Vertrag|Versorger|notre|nous|contrat|fournisseur|nuestr\w+|pagamos|contrato|comercializadora|tenant|site)\b"
)


SUPPLIER = Words(
    r"\b(?:EDF|E\.ON|EON|Drax|Octopus|British Gas|SSE|Npower|Engie|Vattenfall|RWE|EnBW|Iberdrola|Endesa|Naturgy|"
    r"TotalEnergies|Shell Energy|Ecotricity|OVO|Scottish Power|ScottishPower|Centrica|Haven Power|Gazprom|Opus|"
    r"Pozitive|"
    r"Ørsted|Orsted|Statkraft|Axpo|Alpiq|Verbund|ConEd|Con Edison|PG&E|Dominion|Exelon|Constellation|NRG|Reliant|"
    r"TXU|National Grid|Eversource|Enel|Fortum|Eneco|Essent|Stadtwerke|Corona)\b"
)
SHARE = Words(
    r"\b(?:esco|supplier|broker|aggregator|contractor)\b[^.;\n]{0,25}\d{1,2}(?:[.,]\d)?\s?(?:%|"
    r"per ?cent) of (?:the )?(?:savings?|revenue|income|bill)"
)
NAMED = Cased(r"\b[A-Z][\w&-]{2,20}?(?: |(?=[A-Z]))(?:Energy|Energie|Energía|Utilities|Power|Strom|Gas)\b")
"""A supplier that is told by the form of its name."""
HELD = Words(
    r"\b(?:has us|have us|we(?:['\u2019]re| are)? (?:with|tied to|locked in)|tied (?:in|to)|locked in|supplies us|"
    r"supplies (?:the|our)|contract\w*|renew\w*|fixed|agreement|deal|expires?|ends|until|till)\b"
    r"[^.;\n]{0,40}?\b(?:20\d\d|\d{1,2}/\d{1,2}/\d{2,4}|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*)\b"
)


def prices(text: str) -> Iterator[Span]:
    """Yield the clauses that give a price per unit or a charge; prices of a market are no secret."""
    hits = [
        *near(text, SUPPLIER, MONEY, 45),
        *near(text, NAMED, MONEY, 45),
        *spans(SHARE, text),
        *spans(PRICE, text),
        *near(text, CUE, MONEY, 45),
    ]
    return clauses("TARIFF_CONTRACT", text, hits, "tariffs", _is_ours)


def contracts(text: str) -> Iterator[Span]:
    """Yield the clauses that name a supply contract's partner or end."""
    return clauses(
        "TARIFF_CONTRACT",
        text,
        [*near(text, CONTRACT, TERM, 60), *near(text, SUPPLIER, HELD, 30), *near(text, NAMED, HELD, 30)],
        "tariffs",
        tells,
    )


def _is_ours(sentence: str) -> bool:
    """Tell whether a price is one customer's: it says so, or nothing in the sentence makes it general."""
    if OURS.within(sentence):
        return True
    return not (MARKET.within(sentence) or ADVICE.within(sentence) or ASKS.within(sentence))


RECOGNISERS: tuple[Recogniser, ...] = (prices, contracts)
