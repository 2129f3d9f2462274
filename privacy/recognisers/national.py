"""Numbers that states give to people: social security, tax, health, licences, passports.

Without a cue only forms with a shape of their own or a right check digit count; after a cue the shape is enough.
"""

# ruff: noqa: RUF001 - quotes, dashes and letters of many scripts are what is looked for

import re
from collections.abc import Callable

from privacy.recognisers import checksums
from privacy.recognisers.finding import Recogniser
from privacy.recognisers.forms import VALUE, Form, ahead, at_start, cued, digits_of, recogniser, shapes, value_of

EDGE = r"(?![\w]|[.,-]\d)"
START = r"(?<![\w.,/-])"
SSN = re.compile(rf"{START}(?P<it>\d{{3}}-\d{{2}}-\d{{4}}){EDGE}")
NINO = re.compile(
    rf"{START}(?P<it>[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{{2}} ?\d{{2}} ?\d{{2}} ?[A-D]){EDGE}", re.IGNORECASE
)
NHS = re.compile(rf"{START}(?P<it>\d{{3}}[ -]\d{{3}}[ -]\d{{4}}){EDGE}")
NIR = re.compile(
    rf"{START}(?P<it>[12378] ?\d{{2}} ?(?:0[1-9]|1[0-2]|[2-9]\d) ?(?:\d{{2}}|2[AB]) ?\d{{3}} ?\d{{3}} ?\d{{2}}){EDGE}",
    re.IGNORECASE,
)
DNI = re.compile(
    rf"{START}(?P<it>(?:\d{{8}}|[XYZ]-?\d{{7}}|\d{{2}}\.\d{{3}}\.\d{{3}})[ -]?[A-HJ-NP-TV-Z]){EDGE}", re.IGNORECASE
)
CODICE = re.compile(
    rf"{START}(?P<it>[A-Z]{{6}} ?\d{{2}} ?[A-EHLMPR-T]\d{{2}} ?[A-Z]\d{{3}} ?[A-Z]){EDGE}", re.IGNORECASE
)
AADHAAR = re.compile(rf"{START}(?P<it>[2-9]\d{{3}}[ -]\d{{4}}[ -]\d{{4}})(?![\w]|[ .,-]\d)")
PAN = re.compile(rf"{START}(?P<it>[A-Z]{{3}}[ABCFGHLJPT][A-Z]\d{{4}}[A-Z]){EDGE}")
PERSONNUMMER = re.compile(
    rf"{START}(?P<it>(?:19|20)?\d{{2}}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01]|[6-9]\d)[-+]\d{{4}}){EDGE}"
)
HETU = re.compile(rf"{START}(?P<it>(?:[0-2]\d|3[01])(?:0[1-9]|1[0-2])\d{{2}}[-+A-FU-Y]\d{{3}}[0-9A-FHJ-NPR-Y]){EDGE}")
AHV = re.compile(rf"{START}(?P<it>756[. ]?\d{{4}}[. ]?\d{{4}}[. ]?\d{{2}}){EDGE}")
RIJKSREGISTER = re.compile(rf"{START}(?P<it>\d{{2}}\.\d{{2}}\.\d{{2}}[- ]\d{{3}}[.-]\d{{2}}){EDGE}")
CPF = re.compile(rf"{START}(?P<it>\d{{3}}\.\d{{3}}\.\d{{3}}-\d{{2}}){EDGE}")
CHINESE = re.compile(
    rf"{START}(?P<it>[1-9]\d{{5}}(?:19|20)\d{{2}}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])\d{{3}}[\dX]){EDGE}", re.IGNORECASE
)
KOREAN = re.compile(rf"{START}(?P<it>\d{{2}}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])-[1-8]\d{{6}}){EDGE}")
DVLA = re.compile(
    rf"{START}(?P<it>[A-Z9]{{5}} ?\d[0156]\d(?:[0-2]\d|3[01])\d ?[A-Z9]{{2}} ?\d[A-Z]{{2}}(?: ?\d{{2}})?){EDGE}"
)
RUT = re.compile(rf"{START}(?P<it>\d{{1,2}}\.\d{{3}}\.\d{{3}}-[\dkK]){EDGE}")
CURP = re.compile(rf"{START}(?P<it>[A-Z]{{4}}\d{{6}}[HMX][A-Z]{{5}}[A-Z0-9]\d){EDGE}")

CUES = (
    r"SSN|social(?: security)?|social insurance|SIN|ITIN|national insurance|NI(?:NO| no\.?| number)|"
    r"NHS|NINO|medicare|medicaid|health (?:card|insurance|number)|"
    r"steuer-?id(?:entifikationsnummer|nr|-nr)?|steuerliche identifikationsnummer|idnr|"
    r"sozialversicherungs(?:nummer|-nr|nr)|svnr|SV-?Nummer|rentenversicherungsnummer|"
    r"krankenversicherten-?(?:nummer|nr)|personalausweis(?:nummer|-nr)?|ausweis(?:nummer|-nr)?|"
    r"personnummer|fødselsnummer|fodselsnummer|cpr(?:-?n(?:umme)?r)?|henkilötunnus|hetu|"
    r"sécurité sociale|numéro de sécu(?:rité sociale)?|sécu|NIR|INSEE|CNI|carte d'identité|DNI|NIE|NIF|"
    r"seguridad social|codice fiscale|CF|carta d'identità|aadhaar|aadhar|PAN(?: card)?|"
    r"PESEL|BSN|burgerservicenummer|rijksregisternummer|NISS|AHV(?:-?n(?:umme)?r)?|AVS|CPF|RG|CURP|RFC|"
    r"RUT|RUN|HKID|NRIC|FIN|emirates id|TCKN|T\.?C\.? kimlik(?: no)?|OIB|CNP|EGN|"
    r"rodné číslo|rodne cislo|personal id(?:entification|entity)?(?: code| number)?|personal (?:code|"
    r"number)|national id(?:entity)?(?: card)?|id card|identity card|identity number|citizen (?:id|"
    r"card)|"
    r"resident (?:id|registration)|"
    r"身份证(?:号|号码)?|マイナンバー|my number|주민등록번호|СНИЛС|ИНН|паспорт|TFN|tax file|"
    r"IRD|employee (?:id|no\.?|number|code)|staff (?:id|no\.?|number)|personnel (?:no\.?|number)|"
    r"personalnummer|matricule|badge (?:id|no\.?|number)|payroll (?:id|no\.?|number)|student (?:id|"
    r"no\.?|number)|patient (?:id|no\.?|number)|MRN|medical record"
)
LICENCE = (
    r"driver'?s?[’']?s? ?licen[cs]e|driving licen[cs]e|licen[cs]e(?: (?:no\.?|number))|DL(?: no\.?| "
    r"number|#)?|DLN|führerschein(?:nummer|nr)?|permis(?: de conduire)?|carnet de conducir|"
    r"patente|rijbewijs(?:nummer)?|körkort|driver licen[cs]e"
)
PASSPORT = (
    r"passports?|reisepass(?:nummer|nr)?|pass(?:nummer|-nr|nr)|passeport|pasaporte|passaporto|"
    r"paspoort(?:nummer)?|visa (?:no\.?|number)|residence permit|green card|ESTA"
)
PLATE = (
    r"(?:number|licen[cs]e|registration|reg|vehicle)[ -]?plates?|registration (?:no\.?|number)|vehicle "
    r"reg(?:istration)?|reg(?:istration)? no\.?|VRN|VRM|kennzeichen|immatriculation|matrícula|targa|"
    r"kenteken|VIN|chassis (?:no\.?|number)"
)
ID_VALUE = (
    r"(?=[A-Za-z0-9 ./-]{0,12}\d)[A-Za-z0-9]{1,16}(?:[ ./-](?=[A-Z0-9]{0,8}\d|[A-Z]{1,3}(?![\w]))"
    r"[A-Z0-9]{1,9}){0,6}(?![\w])"
)
FOUR_DIGITS = ("DDD", *shapes("DD?D", " -./L"), *shapes("D?DD", " -./L"), *shapes("D?D?D?D", " -./L"))
MONTH = frozenset({"2020", "2021", "2022", "2023", "2024", "2025", "2026"})


def checked(check: Callable[[str], bool]) -> Callable[[re.Match[str]], bool]:
    """Return a test of a match by a checksum over its letters and digits."""
    return lambda match: check(re.sub(r"[^A-Za-z0-9]", "", value_of(match)))


def is_ssn(match: re.Match[str]) -> bool:
    """Tell whether an American number was ever given out, or is at least not all of one digit; 9xx is a tax number."""
    area, group, serial = match[VALUE].split("-")
    return area not in {"000", "666"} and group != "00" and serial != "0000"


def is_nhs_spaced(match: re.Match[str]) -> bool:
    """Tell whether ten digits are an NHS number: the check, and health in the text."""
    return checksums.nhs(digits_of(match))


def is_id(match: re.Match[str]) -> bool:
    """Tell whether an id follows its cue: at least four digits, and no year."""
    value = value_of(match)
    return sum(c.isdigit() for c in value) >= 4 and value not in MONTH and len(value) >= 5


def is_personal(match: re.Match[str]) -> bool:
    """Tell whether digits with a birthday are a personnummer: the Luhn digit of the last ten."""
    return checksums.luhn_short(digits_of(match)[-10:])


NAT = "NATIONAL_ID"
ID_NEEDS = tuple(
    "ssn social insurance nino medic health steuer idnr renten kranken ausweis personnummer fødsel "
    "fodsel henkil hetu sécu insee identi national seguridad codice "
    "aadh pesel burger rijks hkid emirates kimlik rodn personal personnel citizen resident card 身份证 "
    "マイナンバー number 주민등록번호 снилс инн паспорт tax employee staff matricule badge "
    "payroll student patient".split()
) + at_start(
    "itin ni sin nhs sv cpr nir cni dni nie nif cf pan bsn niss ahv avs cpf rg curp rfc rut run nric "
    "fin tc t.c tck oib cnp egn tfn ird mrn"
)
FORMS = (
    Form(NAT, SSN, ("DDD-DD-DDDD",), is_ssn),
    Form(NAT, NINO, shapes("LL?DD?DD?DD?L")),
    Form(NAT, NHS, ("nhs", "patient", "health"), is_nhs_spaced),
    Form(NAT, NIR, shapes("DDD?DDD?DD"), checked(checksums.nir)),
    Form(NAT, DNI, ("DD.DDD.DDD", *shapes("DDDDDDD?L", " -")), checked(checksums.dni)),
    Form(NAT, CODICE, shapes("LDD?LDDD")),
    Form(NAT, AADHAAR, ("DDDD DDDD", "DDDD-DDDD"), checked(checksums.verhoeff)),
    Form(NAT, PAN, ("LLLLLDDDDL",)),
    Form(NAT, PERSONNUMMER, ("DDDDDD-DDDD", "DDDDDD+DDDD"), is_personal),
    Form(NAT, HETU, shapes("DDDDDD?DDD", "-+L")),
    Form(NAT, AHV, ("756",), checked(checksums.ean)),
    Form(NAT, RIJKSREGISTER, ("DD.DD.DD",)),
    Form(NAT, CPF, (".DDD.DDD-DD",)),
    Form(NAT, CHINESE, ("DDDDDDDDDDDDDDDDD",), checked(checksums.chinese)),
    Form(NAT, KOREAN, ("DDDDDD-DDDDDDD",)),
    Form(NAT, DVLA, ("DDDDDD",)),
    Form(NAT, RUT, (".DDD.DDD-",)),
    Form(NAT, CURP, ("DDDDDDLLLLLL",)),
    cued(NAT, CUES, ID_VALUE, ID_NEEDS, is_id, shapes=FOUR_DIGITS),
    ahead(
        NAT,
        r"[A-Z]{0,9}\d[A-Z0-9]{0,16}(?:[ ./-][A-Z0-9]{1,9}){0,5}",
        f"{CUES}|{LICENCE}|{PASSPORT}",
        FOUR_DIGITS,
        is_id,
    ),
    cued(
        NAT, LICENCE, ID_VALUE, ("licen", "dl", "führer", "permis", "carnet", "patente", "rijbewijs", "körkort"), is_id
    ),
    cued(NAT, PASSPORT, ID_VALUE, ("pass", "pasaporte", "paspoort", "visa", "permit", "green card", "esta"), is_id),
    cued(
        NAT,
        PLATE,
        r"(?=[A-Z0-9 -]{0,8}\d)[A-Z0-9](?:[ -]?[A-Z0-9]){3,16}(?!\w)",
        ("plate", "reg", "vrn", "vrm", "kenn", "immat", "matr", "targa", "kenteken", "vin", "chassis"),
    ),
)

RECOGNISERS: tuple[Recogniser, ...] = (recogniser("national", FORMS),)
