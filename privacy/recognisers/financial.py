"""Numbers that move money: IBANs, cards, bank accounts, tax and VAT numbers, wallets.

A number with a right check digit and the shape of its kind needs no cue. After a cue the shape is enough: who writes
"my IBAN is" and mistypes a digit has told nearly all of it.
"""

import re

from privacy.recognisers import checksums
from privacy.recognisers.finding import Recogniser
from privacy.recognisers.forms import Form, ahead, at_start, cued, digits_of, recogniser, value_of

IBAN_LENGTHS = dict(
    pair.split(":")
    for pair in (
        "AD:24 AE:23 AL:28 AT:20 AZ:28 BA:20 BE:16 BG:22 BH:22 BR:29 BY:28 CH:21 CR:22 CY:28 CZ:24 DE:22 "
        "DK:18 DO:28 EE:20 EG:29 ES:24 FI:18 FO:18 FR:27 "
        "GB:22 GE:22 GI:23 GL:18 GR:27 GT:28 HR:21 HU:28 IE:22 IL:23 IS:26 IT:27 JO:30 KW:30 KZ:20 LB:28 "
        "LI:21 LT:20 LU:20 LV:21 MC:27 MD:24 ME:22 MK:19 "
        "MR:27 MT:31 MU:30 NL:18 NO:15 PK:24 PL:28 PS:29 PT:25 QA:29 RO:24 RS:22 SA:24 SE:24 SI:19 SK:24 "
        "SM:27 TN:24 TR:26 UA:29 XK:20"
    ).split()
)
IBAN = re.compile(
    "(?i:(?<![a-z0-9])(?=[a-z]{2}\\d{2})(?:"
    + "|".join(rf"{country}\d{{2}}(?:[ -]?[a-z0-9]){{{int(length) - 4}}}" for country, length in IBAN_LENGTHS.items())
    + ")(?![a-z0-9]))"
)
CARD = re.compile(r"(?<![\w.,-])(?P<it>(?:\d{4}[ -]){3}\d{1,7}|\d{4}[ -]\d{6}[ -]\d{4,5}|\d{13,19})(?![\w-]|[.,]\d)")
CARD_BRANDS = re.compile(r"4|5[0-8]|2[2-7]|3[0-9]|6|1800|2131|9")
CARD_CUE = (
    r"(?:credit|debit|payment|bank|fuel|visa|amex|master|american express)?[ -]?card(?: (?:no|number|"
    r"ending))?|cc|visa|mastercard|amex|american express|maestro|discover|diners|PAN|"
    r"kreditkarte(?:nnummer)?|karte|carte(?: bancaire| de crédit| bleue)?|tarjeta|carta di credito|"
    r"creditcard|kortnummer"
)
CVV = r"CVV2?|CVC2?|CID|security code|card code|Prüfziffer|cryptogramme"
EXPIRY = re.compile(
    r"(?i)\b(?:exp(?:iry|ires|iration)?(?: date)?|valid (?:thru|until|to)|gültig bis)"
    r"\.?[\s:]{1,3}(?:0[1-9]|1[0-2])\s?[/-]\s?(?:20)?\d{2}(?:[\s,;]{1,2}(?:CVV2?|CVC2?|CID)"
    r"[\s:]{1,2}\d{3,4})?(?![\d/-])"
)

SORT_CODE = r"\d{2}[- ]?\d{2}[- ]?\d{2}(?!\w)"
ACCOUNT = r"\d[\d -]{5,18}\d(?![\w]|[.,]\d)"
BANK_ACCOUNT = (
    r"(?:bank|current|savings|checking|giro|deposit|payee|beneficiary)[ -]?(?:account|acct|a/c)|"
    r"kontonummer|konto(?:-?nr)?|kto\.?|BLZ|bankleitzahl|"
    r"compte(?: bancaire)?|RIB|cuenta(?: bancaria)?|CLABE|conto(?: corrente)?|rekening(?:nummer)?|"
    r"bankgiro|plusgiro|transit number|institution number|BSB|IFSC|routing"
)
PRETAX = (
    r"VAT|USt-?Id(?:Nr|-Nr)?\.?|UID(?:-Nummer)?|MwSt(?:-?Nr)?|Umsatzsteuer-?(?:ID|"
    r"Identifikationsnummer)|TVA|IVA|BTW|NIP|NIF|CIF|partita iva|P\.? ?IVA|momsnr|moms|ABN|GST(?:IN)?|"
    r"CNPJ|VAT reg(?:istration)?|GSTIN"
)
TAX = (
    r"EIN|employer identification|tax ?(?:payer)?[- ]?(?:id(?:entification)?|reference|ref|file)?(?: "
    r"number| no\.?)?|TIN|FEIN|UTR|steuernummer|St\.?-?Nr|SIRET|SIREN|company (?:reg(?:istration)?(?: "
    r"number| no\.?)?|number)|"
    r"HRB|HRA|handelsregister(?:nummer)?|KVK|creditor id(?:entifier)?|gläubiger-?id|"
    r"mandate(?:sreferenz| reference)?|mandatsreferenz|LEI|DUNS|D-U-N-S|CRN|payroll|ACN|org\.?(?:nr|"
    r"anisationsnummer)"
)
TAX_VALUE = r"(?=[A-Z0-9 ./-]{0,25}\d)[A-Z0-9](?:[A-Z0-9]|[ ./-](?=[A-Z0-9]*\d)){5,32}(?![\w])"
BIC = r"[A-Z]{4}[A-Z]{2}[A-Z0-9]{2}(?:[A-Z0-9]{3})?(?!\w)"
BTC = re.compile(
    r"(?<!\w)(?P<it>bc1[ac-hj-np-z02-9]{25,70}|0x[a-fA-F0-9]{40}|ltc1[a-z0-9]{25,60}|"
    r"addr1[a-z0-9]{40,110}|4[0-9AB][1-9A-HJ-NP-Za-km-z]{93})(?!\w)"
)
WALLET = r"(?=[A-Za-z]{0,20}\d)[1-9A-HJ-NP-Za-km-z]{25,64}(?!\w)"
AMOUNT_AFTER = re.compile(r"\s?(?:[kKMGT]?Wh|m²|m2|EUR|€|£|\$|%)")


def is_iban(match: re.Match[str]) -> bool:
    """Tell whether what has the length of its country's IBAN is one: a right check, or mostly digits."""
    plain = re.sub(r"[ -]", "", match[0]).upper()
    return checksums.mod97(plain) or sum(c.isdigit() for c in plain) * 3 >= len(plain) * 2


def is_card(match: re.Match[str]) -> bool:
    """Tell whether digits are a card's: Luhn's check and the prefix of a brand."""
    digits = digits_of(match)
    return (
        13 <= len(digits) <= 19
        and CARD_BRANDS.match(digits) is not None
        and checksums.luhn(digits)
        and not AMOUNT_AFTER.match(match.string, match.end())
    )


def is_written_card(match: re.Match[str]) -> bool:
    """Tell whether what follows "card" has the length of a card number."""
    return 12 <= len(digits_of(match)) <= 19


def is_routing(match: re.Match[str]) -> bool:
    """Tell whether nine digits pass the American check."""
    return checksums.aba(digits_of(match))


def is_tax_number(match: re.Match[str]) -> bool:
    """Tell whether enough digits follow a tax cue."""
    return sum(c.isdigit() for c in value_of(match)) >= 5


FIN = "FINANCIAL_ID"
FORMS = (
    Form(FIN, IBAN, ("LLDD",), is_iban),
    cued(FIN, "IBAN", r"[A-Za-z]{2}\d{2}[A-Za-z0-9 -]{8,36}[A-Za-z0-9]", ("iban",)),
    Form(FIN, CARD, ("DDDD DDDD", "DDDD-DDDD", "DDDDDDDDDDDDD"), is_card),
    cued(
        FIN,
        CARD_CUE,
        r"\d(?:[ -]?\d){11,18}(?!\w)",
        tuple(("card|cc|visa|amex|maestro|american|discover|diners|pan|karte|carte|tarjeta|carta|kort").split("|")),
        is_written_card,
    ),
    cued(
        FIN,
        rf"(?:{CARD_CUE})(?: (?:no|number))?\.? (?:ending|that ends)(?: (?:in|with))?",
        r"\d{4}(?!\w)",
        ("card", "visa", "amex"),
        None,
    ),
    cued(FIN, CVV, r"\d{3,4}(?!\w)", ("cvv", "cvc", "cid", "code", "prüf", "crypto")),
    ahead(
        FIN,
        r"[A-Z]{0,4} ?\d[A-Z0-9]{0,20}(?:[ ./-][A-Z0-9]{1,9}){0,8}",
        f"{BANK_ACCOUNT}|{PRETAX}|{TAX}|sort ?code|{CARD_CUE}",
        ("DDD", "DD-DD", "DD DD", "D DDD"),
        is_tax_number,
    ),
    Form(FIN, EXPIRY, ("exp", "valid", "gültig")),
    cued(FIN, r"sort ?code|bank code|s/c", SORT_CODE, ("sort", "bank code", "s/c")),
    cued(
        FIN,
        rf"{BANK_ACCOUNT}",
        ACCOUNT,
        tuple(
            (
                "account|acct|a/c|konto|kto|blz|bankleit|compte|rib|cuenta|clabe|conto|reken|giro|number|bsb|ifsc|"
                "routing"
            ).split("|")
        ),
    ),
    cued(FIN, r"IFSC(?: code)?", r"[A-Z]{4}0[A-Z0-9]{6}(?!\w)", ("ifsc",)),
    cued(
        FIN,
        r"account|acct|a/c|acc",
        r"\d{8}(?!\w)",
        ("sort", "bank", "payee"),
        lambda match: re.search(r"(?i)\b(?:sort code|bank|payee)\b", match.string[:20_000]) is not None,
    ),
    cued(FIN, r"(?:bank )?routing|ABA|RTN", r"\d{9}(?!\w)", ("routing", "aba", "rtn"), None),
    cued(
        FIN,
        rf"(?:{PRETAX})",
        TAX_VALUE,
        ("vat", "ust", "uid", "mwst", "umsatz", "tva", "iva", "btw", "nip", "nif", "cif", "moms", "abn", "gst", "cnpj"),
        is_tax_number,
    ),
    cued(
        FIN,
        TAX,
        TAX_VALUE,
        (
            "tax",
            "steuer",
            "siret",
            "siren",
            "company",
            "handels",
            "creditor",
            "gläub",
            "mandat",
            "duns",
            "d-u-n-s",
            "payroll",
            "organisation",
            *at_start("ein fein employer tin utr st hrb hra kvk lei crn acn org"),
        ),
        is_tax_number,
    ),
    cued(FIN, r"BIC(?:/SWIFT)?|SWIFT(?:[ /-]?BIC)?(?: code)?", BIC, ("bic", "swift")),
    Form(FIN, BTC, ("bc1", "0x", "ltc1", "addr1", "4")),
    cued(
        FIN,
        r"(?:btc|bitcoin|wallet|crypto|eth|ethereum|monero|solana|tron|usdt|ltc)(?: (?:wallet|address))?",
        WALLET,
        ("btc", "bitcoin", "wallet", "crypto", "eth", "monero", "solana", "tron", "usdt", "ltc"),
    ),
)

RECOGNISERS: tuple[Recogniser, ...] = (recogniser("financial", FORMS),)
