"""How organisations are written: with a legal form, with their trade, as partners, as an employer or a tenant."""

import re

from privacy.outbound.stretches import NAME

PROPER = rf"(?:{NAME}|\d[\w.]{{0,20}})"
PROPERS = rf"{PROPER}(?:(?: (?:&|and|of|the|for|de|du|et|und) |, (?:and )?|[ /]){PROPER}){{0,5}}"
FIRMS = rf"{PROPER}(?:(?: (?:&|and|et|und) |, (?:and )?|[ /]){PROPER}){{0,5}}"


def words(listed: str) -> str:
    """Return a pattern of the words of a list, one line or many."""
    return "(?:" + "|".join(listed.split()) + ")"


FORM = words(
    r"""
    Inc Incorporated Corp Corporation Co Company Ltd Limited LLC LLP LP PLC plc GmbH AG KG SE SA S\.A SAS SARL S\.r\.l
    Srl SpA S\.p\.A BV B\.V NV N\.V AB A/S ApS AS ASA Oy Oyj Pty s\.r\.o Kft K\.K Holdings? Group Partners Associates
    &\sSons Foundation Trust University College Institute Council Bank Hospital"""
)
LEGAL = re.compile(rf"\b(?P<name>{FIRMS}(?:,? {FORM})\b\.?)")
SMALL_LEGAL = re.compile(r"(?<![\w-])(?P<name>(?:[\w&-]{1,40} ){1,3}(?i:inc|llc|ltd|gmbh|corp|plc)\b\.?)")
"""In a text without capitals."""

ROLES = words(
    """works? worked working employed job intern interned interview interviewed employee consultant ceo cto cfo director
    founder president chairman chairwoman partner"""
)
EMPLOYED = re.compile(
    rf"(?i:\b{ROLES} (?:for|at|by|of|with)|\b(?:joined|acquired|supplied by|manufactured by|tenant is|leased (?:to|by)"
    rf"|let to))(?: the)? (?P<name>{PROPERS})"
)
OFFICE = re.compile(
    rf"\b(?P<name>{PROPERS})(?='s? (?:office|headquarters|staff|employees)\b"
    r"| (?:offices?|headquarters|HQ) (?:is|are|in|at)\b)"
)
FIRM = re.compile(rf"\b(?P<name>{NAME}(?:, {NAME}){{1,3}},? (?:and|&) {NAME})(?![\w.])")
"""A firm of partners, or persons in a row."""

TRADE = words(
    """Advisors Agency Analytics Bakery Brewery Brothers Builders Capital Care Centre Clinic Club Consulting Contractors
    Controls Dental Design Electric Energy Engineering Enterprises Estates Facilities Finance Fund Gas Homes Hotels?
    Housing Industries Insurance Interiors Investments Labs? Laboratories Law Legal Lines Logistics Management Markets?
    Mechanical Media Motors Movers Networks? News Partnership Pharma Pharmacy Power Press Properties Realty Research
    Restaurant School Schools Security Services Society Software Solicitors Solutions Stores? Studios? Systems
    Technologies Technology Theatre Trading Utilities Ventures Water Works"""
)
INSTITUTION = words("Stadtwerke Gemeinde Universität Banco Banca Banque Université Universidad Grupo Groupe Gruppo")
TRADING = re.compile(
    rf"(?<![\w-])(?P<name>(?:{INSTITUTION} {NAME}|{NAME}(?:[ &-]{{1,3}}{NAME}){{0,2}} {TRADE}))(?![\w-])"
)
"""A name with what such a house does."""
LINE = re.compile(rf"^[ \t]{{0,8}}(?P<name>{NAME}(?:[ -]{NAME}){{0,3}})[ \t]{{0,8}}$", re.MULTILINE)
"""A line with a name and nothing else."""
