"""Check digits of identifiers: what tells a card or a supply number from any other row of digits.

Each function takes the identifier without separators and tells whether its check digits are right. A row of the wrong
length or with foreign characters is simply not valid.
"""

from collections.abc import Sequence

VERHOEFF_PRODUCT = (
    (0, 1, 2, 3, 4, 5, 6, 7, 8, 9),
    (1, 2, 3, 4, 0, 6, 7, 8, 9, 5),
    (2, 3, 4, 0, 1, 7, 8, 9, 5, 6),
    (3, 4, 0, 1, 2, 8, 9, 5, 6, 7),
    (4, 0, 1, 2, 3, 9, 5, 6, 7, 8),
    (5, 9, 8, 7, 6, 0, 4, 3, 2, 1),
    (6, 5, 9, 8, 7, 1, 0, 4, 3, 2),
    (7, 6, 5, 9, 8, 2, 1, 0, 4, 3),
    (8, 7, 6, 5, 9, 3, 2, 1, 0, 4),
    (9, 8, 7, 6, 5, 4, 3, 2, 1, 0),
)
VERHOEFF_TURN = (
    (0, 1, 2, 3, 4, 5, 6, 7, 8, 9),
    (1, 5, 7, 6, 2, 8, 3, 0, 9, 4),
    (5, 8, 0, 3, 7, 9, 6, 1, 4, 2),
    (8, 9, 1, 6, 0, 4, 3, 5, 2, 7),
    (9, 4, 5, 3, 1, 2, 6, 8, 7, 0),
    (4, 2, 8, 6, 5, 7, 3, 9, 0, 1),
    (2, 7, 9, 3, 8, 0, 6, 4, 1, 5),
    (7, 0, 4, 6, 9, 1, 3, 2, 5, 8),
)
MPAN_PRIMES = (3, 5, 7, 13, 17, 19, 23, 29, 31, 37, 41, 43)
DNI_LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE"
CODICE_ODD = (1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23)


def is_digits(text: str, *lengths: int) -> bool:
    """Tell whether a text is ASCII digits only, of one of the lengths."""
    return len(text) in lengths and text.isascii() and text.isdigit()


def weighted(digits: str, weights: Sequence[int]) -> int:
    """Return the sum of digits times weights."""
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=False))


def luhn(digits: str) -> bool:
    """Check by ISO/IEC 7812-1: cards, Canadian SIN, Swedish personnummer."""
    if not is_digits(digits, *range(8, 20)) or len(set(digits)) == 1:
        return False
    return sum(int(d) if i % 2 == 0 else sum(divmod(2 * int(d), 10)) for i, d in enumerate(reversed(digits))) % 10 == 0


def luhn_short(digits: str) -> bool:
    """Check the Luhn digit of nine or ten digits: SIN, personnummer."""
    return is_digits(digits, 9, 10) and luhn(digits)


def mod97(iban: str) -> bool:
    """Check an IBAN by ISO 13616: moved to the end, letters as 10 to 35, it leaves 1 modulo 97."""
    turned = iban[4:] + iban[:4]
    if not (iban.isascii() and iban.isalnum() and len(iban) > 4):
        return False
    return int("".join(str(int(c, 36)) for c in turned)) % 97 == 1


def verhoeff(digits: str) -> bool:
    """Check by Verhoeff's dihedral code: the Aadhaar number."""
    check = 0
    for i, digit in enumerate(reversed(digits)):
        check = VERHOEFF_PRODUCT[check][VERHOEFF_TURN[i % 8][int(digit)]]
    return digits != "" and check == 0


def mod11_10(digits: str) -> bool:
    """Check by ISO 7064 MOD 11,10: the German tax id, the Croatian OIB."""
    product = 10
    for digit in digits[:-1]:
        product = (((product + int(digit)) % 10 or 10) * 2) % 11
    return digits != "" and (11 - product) % 10 == int(digits[-1])


def mpan(digits: str) -> bool:
    """Check the thirteen digits of a British electricity supply number: weights are primes, modulo 11, modulo 10."""
    return is_digits(digits, 13) and digits[:2] != "00" and weighted(digits, MPAN_PRIMES) % 11 % 10 == int(digits[-1])


def nhs(digits: str) -> bool:
    """Check a British NHS number: weights 10 to 2, modulo 11."""
    return is_digits(digits, 10) and (11 - weighted(digits, range(10, 1, -1)) % 11) % 11 == int(digits[-1])


def malo(digits: str) -> bool:
    """Check a German market location: odd places once, even places twice, to the next ten."""
    return is_digits(digits, 11) and digits[0] != "0" and -weighted(digits, (1, 2) * 5) % 10 == int(digits[-1])


def ean(digits: str) -> bool:
    """Check by GS1's modulo 10: connection points of Benelux and the Nordic countries, the Swiss AHV number."""
    if not is_digits(digits, 13, 18):
        return False
    return sum(int(d) * (3 if i % 2 else 1) for i, d in enumerate(reversed(digits))) % 10 == 0


def aba(digits: str) -> bool:
    """Check an American bank routing number: weights 3, 7, 1."""
    return is_digits(digits, 9) and digits != "0" * 9 and weighted(digits, (3, 7, 1) * 3) % 10 == 0


def dni(text: str) -> bool:
    """Check the letter of a Spanish DNI or NIE."""
    number = text[:-1].upper().translate(str.maketrans("XYZ", "012"))
    return is_digits(number, 8) and text[-1].upper() == DNI_LETTERS[int(number) % 23]


def codice_fiscale(text: str) -> bool:
    """Check the last letter of an Italian codice fiscale."""
    upper = text.upper()
    if len(upper) != 16 or not (upper.isascii() and upper.isalnum() and upper[-1].isalpha()):
        return False
    values = [int(c, 36) - (10 if c.isalpha() else 0) for c in upper[:-1]]
    total = sum(value if i % 2 else CODICE_ODD[value] for i, value in enumerate(values))
    return chr(ord("A") + total % 26) == upper[-1]


def nir(text: str) -> bool:
    """Check a French social security number by its key modulo 97; Corsica's 2A and 2B count as 19 and 18."""
    plain = text.upper().replace("2A", "19").replace("2B", "18")
    return is_digits(plain, 15) and 97 - int(plain[:13]) % 97 == int(plain[13:])


def pesel(digits: str) -> bool:
    """Check a Polish PESEL: weights 1, 3, 7, 9."""
    return is_digits(digits, 11) and -weighted(digits[:-1], (1, 3, 7, 9) * 3) % 10 == int(digits[-1])


def bsn(digits: str) -> bool:
    """Check a Dutch BSN by the eleven test."""
    return is_digits(digits, 9) and digits != "0" * 9 and weighted(digits, (9, 8, 7, 6, 5, 4, 3, 2, -1)) % 11 == 0


def belgian(digits: str) -> bool:
    """Check a Belgian national number: 97 less the rest; those born from 2000 have a 2 before it."""
    if not is_digits(digits, 11):
        return False
    return any(97 - int(century + digits[:9]) % 97 == int(digits[9:]) for century in ("", "2"))


def cpf(digits: str) -> bool:
    """Check a Brazilian CPF: two digits modulo 11."""
    if not is_digits(digits, 11) or len(set(digits)) == 1:
        return False
    return all(weighted(digits, range(n + 1, 1, -1)) * 10 % 11 % 10 == int(digits[n]) for n in (9, 10))


def chinese(text: str) -> bool:
    """Check a Chinese resident id by ISO 7064 MOD 11-2."""
    if not is_digits(text[:-1], 17):
        return False
    return "10X98765432"[sum(int(d) * 2 ** (17 - i) for i, d in enumerate(text[:-1])) % 11] == text[-1].upper()
