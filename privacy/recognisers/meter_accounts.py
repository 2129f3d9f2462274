"""Numbers of supply points, meters, customers, contracts and invoices, of the countries whose forms are public.

A supply number with a right check digit or a marked prefix needs no cue. A reading is not a number of a meter: after
"reading" nothing counts. Tags of equipment ("Chiller 6", "CWC04009") are no accounts: only words of supply and
billing are cues.
"""

# ruff: noqa: RUF001 - quotes, dashes and letters of many scripts are what is looked for

import re

from privacy.recognisers import checksums
from privacy.recognisers.finding import Recogniser
from privacy.recognisers.forms import VALUE, Form, ahead, at_start, cued, digits_of, recogniser, shapes, value_of

EDGE = r"(?![\w]|[.,]\d)"
START = r"(?<![\w.,])"
MPAN = re.compile(rf"{START}(?P<it>\d{{2}}[ -]?\d{{4}}[ -]?\d{{4}}[ -]?\d{{3}}|\d{{2}} \d{{8}} \d{{3}}){EDGE}")
MPAN_FULL = re.compile(
    rf"{START}(?P<it>(?:S\s?)?0\d[ /|-]{{0,3}}\d{{3}}[ /|-]{{0,3}}\d{{3}}[ /|\n-]{{0,3}}\d{{2}}[ "
    rf"/-]{{0,3}}\d{{4}}[ /-]{{0,3}}\d{{4}}[ /-]{{0,3}}\d{{3}}){EDGE}"
)
ESI = re.compile(
    rf"{START}(?P<it>10\d{{2}}[ -]?\d{{3}}[ -]?\d{{4}}[ -]?\d{{6}}(?:\d{{5}})?|10\d{{15}}(?:\d{{5}})?){EDGE}"
)
NMI = re.compile(
    rf"{START}(?P<it>(?:[A-HJ-NP-Z]{{4}}\d{{6}}|[A-HJ-NP-Z]{{2}}[A-HJ-NP-Z0-9]{{2}}\d{{6}}|NEM\d{{7}}|"
    rf"VAAA\d{{6}}|QB\d{{8}}){{1}}\d?){EDGE}"
)
MELO = re.compile(
    rf"{START}(?P<it>(?:DE|AT|CH|LU)[ ]?\d{{11}}[A-Z0-9]{{20}}|(?:DE|AT|CH)(?: ?\d{{3,6}}){{1,4}} "
    rf"?[A-Z0-9 ]{{15,28}}){EDGE}"
)
CUPS = re.compile(
    rf"{START}(?P<it>ES[ -]?\d{{4}}(?:[ -]?\d{{4}}){{3}}[ -]?[A-Z]{{2}}(?:[ -]?\d[FPRCXYZ])?){EDGE}", re.IGNORECASE
)
POD = re.compile(
    rf"{START}(?P<it>IT[ ]?\d{{3}}[ ]?E[ ]?\d{{8}}\d?|IT\d{{3}}E(?: ?\d{{3,4}}){{2,3}}){EDGE}", re.IGNORECASE
)
PCE = re.compile(rf"{START}(?P<it>GI\d{{6}}){EDGE}")
EAN18 = re.compile(rf"{START}(?P<it>(?:54|87|57|70|73|64|54)(?:[ -]?\d){{16}}){EDGE}")
EIC = re.compile(rf"{START}(?P<it>\d{{2}}[AVTWXYZ](?=[A-Z0-9-]{{0,12}}\d)[A-Z0-9-]{{12}}[A-Z0-9]){EDGE}")
SERIAL = re.compile(
    r"(?<!\w)(?P<it>(?:SN|S/N|Serial(?: no\.?| number)?|Ser\.? ?[Nn]o\.?)[\s:#]{1,3}(?=[A-Z0-9 "
    r"-]{0,8}\d)[A-Z0-9]{2,20}(?:[ -](?=[A-Z]?\d)[A-Z0-9]{2,12}){0,4})(?!\w)"
)
METER_SERIAL = re.compile(rf"{START}(?P<it>\d\s?[A-Z]{{3}}(?:\s?\d){{10}}|[A-Z]\d{{2}}[A-Z]\d{{5,7}}){EDGE}")

SUPPLY = (
    r"MPANs?|supply (?:point )?(?:number|no\.?|id)|(?:electricity |gas )?supply (?:number|no\.?)|S "
    r"number|MPRNs?|MPR|M number|meter ?point(?: reference| administration)?(?: number)?|ESI(?:[ -]?ID)"
    r"?s?|"
    r"ESIID|NMIs?|national meter(?:ing)? identifier|MIRN|ICP(?: number)?|PDL|PRM|PCE|point de "
    r"(?:livraison|comptage|référence mesure)|MaLo(?:-?ID)?|markt-?lokation(?:s-?id)?|MeLo(?:-?ID)?|"
    r"mess-?lokation(?:s-?id)?|zählpunkt(?:nummer|bezeichnung|-?nr)?|CUPS|POD|PDR|EAN(?:-?code)?|"
    r"EAN-?nummer|GSRN|aansluiting|anläggnings-?id|målepunkt(?:s-?id|-id)?|målernummer|målepunkts-id|"
    r"EIC(?: code)?|service (?:point|delivery point|agreement)(?: id)?|SDP(?: id)?|SAID|premises?(?: "
    r"(?:id|number|no\.?))|SPID|delivery point|PPE|kod PPE|käyttöpaikka(?:tunnus)?|SPN|CPE|"
    r"water (?:supply|account) (?:number|no\.?)|heat network (?:account|id)"
)
METER = (
    r"(?:electric(?:ity)?|gas|water|heat|smart|sub-?|main|check|fiscal|revenue|import|export|pulse)?[ "
    r"-]?meters?(?:[ -]?(?:serial(?:[ -]?(?:number|no\.?))?|number|no\.?|id|ref(?:erence)?|#))|MSN|"
    r"(?:electric(?:ity)?|gas|water|heat|smart|sub-?|main|check|fiscal|revenue)?[ "
    r"-]?meters?(?=[\s\":=]{1,4}[A-Z]{0,4}-?\d[A-Z0-9-]{4,})|"
    r"(?:strom|gas|wasser|wärme)?zähler(?:-?(?:nummer|nr|stand-?nr))?\.?|compteur|numéro (?:de|du) "
    r"compteur|matricule|contador|contatore|meternummer|elmätare|licznik(?:a)?|serial(?:[ -]?(?:number|"
    r"no\.?|nr\.?))?|s/n|SN|"
    r"serien-?(?:nummer|nr)|n° de série|número de serie|serienummer|asset tag|logger id|modem id|IMEI|"
    r"ICCID|IMSI|SIM(?: card)?(?: number)?|MSISDN|EUI|gateway id|sensor id"
)
ACCOUNT = (
    r"(?:customer|client|utility|energy|supplier|supply|billing|gas|electric(?:ity)?|water|heating|"
    r"user|my|our|the|account|business|tenant)?[ -]?(?:account|acct|a/c|acc)\b(?:[ -]?(?:number|no\.?|"
    r"ref(?:erence)?|id|#))?|"
    r"(?:customer|client|consumer|subscriber|member|policy|contract|agreement|tariff|lease|purchase "
    r"order|PO|order|work order|ticket|case|claim|bill|invoice|receipt|payment|credit note|delivery "
    r"note|"
    r"booking|reservation|tenancy|licence|permit|certificate|certification|project|quote|quotation|"
    r"offer|job|direct debit|DD|installation|registration|RMA|incident|call)[ -]?(?:number|no\.?|nr\.?|"
    r"ref(?:erence)?\.?|id|code|#)|"
    r"(?:customer|invoice|bill|contract|policy|subscriber|consumer|purchase order|PO|mandate)"
    r"(?=[\s:#]{1,3}[A-Z]{0,5}[-/]?\d[A-Z0-9/-]{4,})|"
    r"CAN|BAN|kunden-?(?:nummer|nr)\.?|vertrags-?(?:konto|nummer|kontonummer|nr)(?:-?(?:nummer|nr))"
    r"?\.?|rechnungs-?(?:nummer|nr)\.?|auftrags-?(?:nummer|nr)\.?|kassenzeichen|aktenzeichen|"
    r"(?:numéro|n°|no|réf\.?|référence)(?: (?:de|du|d'|d’))? ?(?:client|compte|contrat|facture|"
    r"commande)|référence client|numéro client|"
    r"(?:número|n[º°]|núm\.?)(?: de)? (?:cliente|cuenta|contrato|factura|póliza)|(?:numero|codice|n\.)"
    r"(?: (?:di|del))? ?(?:cliente|contratto|fattura|conto|utenza)|"
    r"klant(?:nummer|nr)|contractnummer|factuur(?:nummer|nr)|kundnummer|avtalsnummer|fakturanummer|"
    r"kundenummer|numer (?:klienta|umowy|faktury|konta)|EAN-klantnummer"
)
ID = (
    r"(?=[A-Z0-9/ .#-]{0,10}\d)(?!\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}(?!\w))[A-Za-z0-9]{1,24}(?:[ "
    r"./-](?=[A-Z0-9]{0,8}\d|[A-Z]{1,3}(?!\w))[A-Z0-9]{1,24}){0,8}(?!\w|,\d|\.\d)"
)
READING = re.compile(r"(?i)\b(?:reading|reads|read|shows?|showed|value|index|stand|relevé|counter)\b")
UNIT = re.compile(
    r"(?i)\s?(?:[kmgt]?wh|m³|m3|m²|kw|therms?|gj|mj|litres?|€|eur|£|usd|\$|%|units|pulses|hours|points|"
    r"sites|buildings|meters)\b"
)
YEAR = re.compile(r"(?:19|20)\d{2}(?:[/-]\d{2,4})?")


def is_mpan(match: re.Match[str]) -> bool:
    """Tell whether thirteen digits are a British supply number: check digit and a distributor that exists."""
    digits = digits_of(match)
    return checksums.mpan(digits) and (10 <= int(digits[:2]) <= 38)


def is_named_mpan(match: re.Match[str]) -> bool:
    """Tell whether a bottom line stands under a top line that a supply has: a profile class from 00 to 08."""
    digits = digits_of(match)
    return checksums.mpan(digits[8:]) or not match[VALUE].isdigit()


def is_checked_ean(match: re.Match[str]) -> bool:
    """Tell whether eighteen digits have GS1's check digit."""
    return checksums.ean(digits_of(match))


def is_account(match: re.Match[str]) -> bool:
    """Tell whether an id follows its cue: five characters, three digits of them; no reading, year or amount."""
    value = value_of(match)
    digits = sum(c.isdigit() for c in value)
    cue = match.string[match.start() : match.start(VALUE)]
    if UNIT.match(match.string, match.end()) or READING.search(cue) or YEAR.fullmatch(value):
        return False
    return digits >= 5 or (digits >= 3 and len(value) >= 5)


def is_melo(match: re.Match[str]) -> bool:
    """Tell whether a metering point of the German kind has its 33 characters."""
    return len(value_of(match).replace(" ", "")) == 33


METERS = "METER_ACCOUNT"
SUPPLY_NEEDS = tuple(
    "mpan supply mprn mpr meter esi nmi mirn icp pdl prm pce point malo markt melo mess zählpunkt cups "
    "pod pdr ean gsrn aansl anlägg måle eic service sdp said premise spid ppe "
    "käyttöpaikka network".split()
) + at_start("spn cpe s m icp sdp")
METER_NEEDS = tuple(
    (
        "meter msn zähler compteur matricule contador contatore elmät licznik serial s/n sn serie série "
        "asset logger modem imei iccid imsi msisdn gateway sensor"
    ).split()
) + at_start("sim eui sn")
ACCOUNT_NEEDS = tuple(
    (
        "account acct customer client consumer subscriber member policy contract agreement tariff lease "
        "order ticket case claim bill invoice receipt payment note booking "
        "reservation tenancy licence permit certificat project quot offer debit installation registration "
        "incident kunde vertrag rechnung auftrag kassen akten "
        "compte contrat facture commande cliente cuenta contrato factura póliza codice contratto fattura "
        "conto utenza klant faktu kund avtal klient umow konta"
    ).split()
) + at_start("a/c acc po job dd rma call can ban")
FORMS = (
    Form(METERS, MPAN_FULL, ("s0", "s 0", *at_start("0")), is_named_mpan),
    Form(METERS, MPAN, ("DDDD DDDD", "DDDD-DDDD", "DDDDDDDD"), is_mpan),
    Form(METERS, ESI, shapes("DDDD?DDDDDD", " -")),
    Form(METERS, NMI, ("nmi", "meter", "nem")),
    Form(METERS, MELO, ("LLDDD", "LL DDD"), is_melo),
    Form(METERS, CUPS, shapes("LL?DDDD", " -")),
    Form(METERS, POD, shapes("LL?DDD?L")),
    Form(METERS, PCE, ("LLDDDDDD",)),
    Form(METERS, EAN18, ("DDD", "DD D", "DD-D"), is_checked_ean),
    Form(METERS, EIC, ("DDL",)),
    Form(METERS, METER_SERIAL, ("meter", "zähler", "serial", "compteur")),
    Form(METERS, SERIAL, ("sn", "s/n", "ser"), lambda match: len(digits_of(match)) >= 4),
    cued(METERS, SUPPLY, ID, SUPPLY_NEEDS, is_account, several=True),
    cued(METERS, METER, ID, METER_NEEDS, is_account, several=True),
    cued(METERS, ACCOUNT, ID, ACCOUNT_NEEDS, is_account),
    ahead(
        METERS,
        r"[A-Z]{0,4}[ -]?\d[A-Z0-9]{0,20}(?:[ /-][A-Z0-9]{1,16}){0,5}",
        f"{SUPPLY}|{METER}|{ACCOUNT}",
        ("DDD", "DD-D", "D-DD"),
        is_account,
    ),
)

RECOGNISERS: tuple[Recogniser, ...] = (recogniser("meter_accounts", FORMS),)
