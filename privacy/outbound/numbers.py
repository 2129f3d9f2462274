"""Numbers of persons: telephones, licences, cards. A form, and the transformer or a cue to confirm it.

Energy data is full of numbers, so a form alone marks nothing, and neither does the model alone: it takes the equipment
id "CWC04009" for a licence.
"""

import re
from collections.abc import Iterator

from privacy.outbound.building_words import UNITS
from privacy.outbound.evidence import Evidence

PHONE_FORM = re.compile(
    r"(?<![\w.,/:-])(?:\+|00)?(?:\(\d{1,5}\)|\d{1,5})(?:[ ./-]{0,2}\(\d{1,5}\)|(?:(?<=\))|[ ./-]{1,2})\d{1,8}){1,6}"
    r"(?:\s?(?:x|ext\.?)\s?\d{1,6})?(?![\w/:]|[.,-]\d)"
)
PLAIN_FORM = re.compile(r"(?<![\w.,/:-])\+?\d{7,15}(?![\w/:]|[.,-]\d)")
DATE = re.compile(
    r"(?:19|20)\d\d[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./](?:19|20)?\d\d\b|(?:19|20)\d\d(?:[- \u2013](?:19"
    r"|20)\d\d)?"
)
PHONE_CUE = re.compile(
    r"\b(?:phone|telephone|tel|mobile|cell|fax|call|ring|dial|answering|registered|sms|text(?:ed|ing)?|whatsapp"
    r"|reach(?:ed)?|contact"
    r"|hotline|pager|number|no|messages? (?:to|from))\b[^.\n]{0,30}\s*\Z",
    re.IGNORECASE,
)
ID_FORM = re.compile(r"(?<![\w.,/:-])(?=[\w-]*\d)[A-Z0-9](?:[ -]?[A-Z0-9]){4,24}(?![\w/:]|[.,-]\d)")
NATIONAL_CUE = re.compile(
    r"\b(?:licen[cs]e|passport|social security|ssn|nino|national insurance|national id|identity|id card|tax|vat|nhs"
    r"|medicare|health"
    r" insurance|aadhaar|personal(?: id| number| code)|birth number|dni|nie|cpf|bsn|pesel|fiscal code|codice fiscale"
    r"|steuer-?id)\b"
    r"[^.\n]{0,40}\Z",
    re.IGNORECASE,
)
FINANCIAL_CUE = re.compile(
    r"\b(?:card|account|acct|iban|bank|routing|sort code|bic|swift|credit|debit|payment)\b[^.\n]{0,40}\Z", re.IGNORECASE
)
METER_CUE = re.compile(
    r"\b(?:meter|mpan|mprn|supply point|equipment|asset|chiller|sensor|model|part|order|serial)\b[^.\n]{0,25}\Z",
    re.IGNORECASE,
)
TELEPHONE = frozenset({"PHONE"})
UNIT = re.compile(r"\s?([a-zA-Z%°][\w%°/²³]*)")


def numbers(evidence: Evidence) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, type) of the numbers that lead to a person."""
    yield from telephones(evidence)
    yield from identities(evidence)


def telephones(evidence: Evidence) -> Iterator[tuple[int, int, str]]:
    """Yield what has the form of a telephone number, where the transformer or a cue confirms it."""
    for form, sure in ((PHONE_FORM, 0.25), (PLAIN_FORM, 0.6)):
        for match in form.finditer(evidence.text):
            before = evidence.text[max(0, match.start() - 60) : match.start()]
            if not is_dialled(match) or METER_CUE.search(before):
                continue
            if evidence.score(*match.span(), TELEPHONE) >= sure or PHONE_CUE.search(before):
                yield *match.span(), "CONTACT"


def is_dialled(match: re.Match[str]) -> bool:
    """Tell whether a number has the length of a telephone number, and is no date and no amount."""
    digits = sum(letter.isdigit() for letter in match[0].split("x")[0])
    return 6 < digits < 16 and is_name_of_something(match)


def identities(evidence: Evidence) -> Iterator[tuple[int, int, str]]:
    """Yield ids and account numbers that follow a word for them."""
    for match in ID_FORM.finditer(evidence.text):
        if sum(letter.isdigit() for letter in match[0]) < 4 or not is_name_of_something(match):
            continue
        before = evidence.text[max(0, match.start() - 70) : match.start()]
        if NATIONAL_CUE.search(before):
            yield *match.span(), "NATIONAL_ID"
        elif FINANCIAL_CUE.search(before):
            yield *match.span(), "FINANCIAL_ID"


def is_name_of_something(match: re.Match[str]) -> bool:
    """Tell whether a number is neither a date nor followed by a unit, which makes it an amount."""
    unit = UNIT.match(match.string, match.end())
    return not DATE.fullmatch(match[0]) and (unit is None or unit[1].lower() not in UNITS)
