"""Numbers of people, money and meters: by checksum and shape, or by cue; amounts, years and tags are none."""

from collections.abc import Callable

import pytest

from privacy.recognisers import checksums, contact, financial, meter_accounts, national
from privacy.spans import Span

Check = Callable[[str], bool]
RECOGNISERS = (*contact.RECOGNISERS, *financial.RECOGNISERS, *national.RECOGNISERS, *meter_accounts.RECOGNISERS)
HELD = [
    ("CONTACT", "write to marta.oleander@plantfm.co.uk today", "marta.oleander@plantfm.co.uk"),
    ("CONTACT", "marta (at) plantfm (dot) com", "marta (at) plantfm (dot) com"),
    ("CONTACT", "+44 20 7946 0958 rings", "+44 20 7946 0958"),
    ("CONTACT", "0049 (0)30 901820", "0049 (0)30 901820"),
    ("CONTACT", "(312) 555-0187 ext. 22", "(312) 555-0187 ext. 22"),
    ("CONTACT", "312-555-0187 is hers", "312-555-0187"),
    ("CONTACT", "06 12 34 56 78 le matin", "06 12 34 56 78"),
    ("CONTACT", "030/9018207 abends", "030/9018207"),
    ("CONTACT", "07700 900461 is on call", "07700 900461"),
    ("CONTACT", "phone 555 0187", "555 0187"),
    ("CONTACT", "Tel.: 901 82 07", "901 82 07"),
    ("CONTACT", "extension 4512", "extension 4512"),
    ("CONTACT", "ask @marta_ol about it", "@marta_ol"),
    ("CONTACT", "linkedin.com/in/marta-oleander", "linkedin.com/in/marta-oleander"),
    ("CONTACT", "telegram: marta_ol", "marta_ol"),
    ("FINANCIAL_ID", "pay to DE89 3704 0044 0532 0130 00 now", "DE89 3704 0044 0532 0130 00"),
    ("FINANCIAL_ID", "ES9121000418450200051332 la factura", "ES9121000418450200051332"),
    ("FINANCIAL_ID", "card 4111 1111 1111 1111", "4111 1111 1111 1111"),
    ("FINANCIAL_ID", "5555555555554444 was charged", "5555555555554444"),
    ("FINANCIAL_ID", "sort code 20-00-00", "20-00-00"),
    ("FINANCIAL_ID", "bank account number 12345678", "12345678"),
    ("FINANCIAL_ID", "routing number 021000021", "021000021"),
    ("FINANCIAL_ID", "VAT no. GB 123 4567 89", "GB 123 4567 89"),
    ("FINANCIAL_ID", "EIN: 12-3456789", "12-3456789"),
    ("FINANCIAL_ID", "SWIFT code DEUTDEFF500", "DEUTDEFF500"),
    ("FINANCIAL_ID", "exp 09/27 cvc 318", "exp 09/27 cvc 318"),
    ("FINANCIAL_ID", "0x52908400098527886E0F7030069857D2E4169EE7", "0x52908400098527886E0F7030069857D2E4169EE7"),
    ("NATIONAL_ID", "SSN 536-22-8714", "536-22-8714"),
    ("NATIONAL_ID", "QQ 12 34 56 C is no prefix but AB 12 34 56 C is", "AB 12 34 56 C"),
    ("NATIONAL_ID", "NHS number 943 476 5919", "943 476 5919"),
    ("NATIONAL_ID", "Steuer-ID 86 095 742 719", "86 095 742 719"),
    ("NATIONAL_ID", "2 55 08 14 168 025 38 est son numéro", "2 55 08 14 168 025 38"),
    ("NATIONAL_ID", "12345678Z en la puerta", "12345678Z"),
    ("NATIONAL_ID", "RSSMRA85T10A562S", "RSSMRA85T10A562S"),
    ("NATIONAL_ID", "Aadhaar 2341 2341 2346", "2341 2341 2346"),
    ("NATIONAL_ID", "personnummer 811228-9874", "811228-9874"),
    ("NATIONAL_ID", "PESEL 44051401359", "44051401359"),
    ("NATIONAL_ID", "BSN 111222333", "111222333"),
    ("NATIONAL_ID", "passport no. 925076473", "925076473"),
    ("NATIONAL_ID", "driver's license D123-4567-8901", "D123-4567-8901"),
    ("NATIONAL_ID", "Kennzeichen B-MW 1234", "B-MW 1234"),
    ("METER_ACCOUNT", "MPAN 10 1234 5678 907", "10 1234 5678 907"),
    ("METER_ACCOUNT", "S 01 801 101 22 0001 2345 678", "01 801 101 22 0001 2345 678"),
    ("METER_ACCOUNT", "MPRN: 4589210307", "4589210307"),
    ("METER_ACCOUNT", "ESI ID 10443720001234567", "10443720001234567"),
    ("METER_ACCOUNT", "NMI 6305123456", "6305123456"),
    ("METER_ACCOUNT", "PDL 14 294 102 837 465", "14 294 102 837 465"),
    ("METER_ACCOUNT", "MaLo-ID 51238696781", "51238696781"),
    ("METER_ACCOUNT", "Zählernummer 1EMH0008123456", "1EMH0008123456"),
    ("METER_ACCOUNT", "DE00056266802AO6G56M11SN51G21M24S", "DE00056266802AO6G56M11SN51G21M24S"),
    ("METER_ACCOUNT", "CUPS ES0021000000000001JN0F", "ES0021000000000001JN0F"),
    ("METER_ACCOUNT", "IT001E12345678 non legge", "IT001E12345678"),
    ("METER_ACCOUNT", "serial number K21W004512", "K21W004512"),
    ("METER_ACCOUNT", "customer number 7730-2291", "7730-2291"),
    ("METER_ACCOUNT", "our account no. is 850012349", "850012349"),
    ("METER_ACCOUNT", "Rechnungs-Nr. RE-2024-00817", "RE-2024-00817"),
    ("METER_ACCOUNT", "numéro de client 300481192", "300481192"),
]
HARMLESS = [
    "The site used 7,432,846 kWh, 12 345 678 kWh the year before.",
    "Meter reading 482134 kWh at the end of 2023.",
    "Chiller 6 and CWC04009 are fine, as is 30XA-502.",
    "ASHRAE 90.1, ISO 50001, EN 15232 and IEC 61850-7-420",
    "From 2019-01-01 to 2023-12-31, 08:00-18:00",
    "01.02.2023 and 03/04/2023 and 2023-05-06",
    "What is an MPAN and how many digits does it have?",
    "What's the checksum in an IBAN for?",
    "Send a test mail to user@example.com.",
    "I account for 30% of losses and 2023 contracts.",
    "invoice 2023 was high",
    "Fan at 45 Hz @75% load, @dataclass",
    "@dataclass\nclass Meter: ...",
    "@pytest.mark.parametrize('x', [1])",
    "1,234.56 m³ and 0.00012345 and 1e6",
    "SELECT 1234567 FROM t",
    "Version 4.10 to 4.13, build 20230415",
    "github.com/features",
    "What is the SIN of an angle of 30 degrees in a CF of 0.25?",
]
VALID = [
    (checksums.luhn, "4111111111111111", "4111111111111112"),
    (checksums.luhn_short, "8112289874", "8112289875"),
    (checksums.mod97, "GB82WEST12345698765432", "GB83WEST12345698765432"),
    (checksums.verhoeff, "234123412346", "234123412347"),
    (checksums.mod11_10, "86095742719", "86095742718"),
    (checksums.mpan, "1012345678903", "1012345678904"),
    (checksums.nhs, "9434765919", "9434765918"),
    (checksums.malo, "51238696781", "51238696782"),
    (checksums.ean, "7569217076985", "7569217076984"),
    (checksums.aba, "021000021", "021000022"),
    (checksums.dni, "12345678Z", "12345678A"),
    (checksums.dni, "X1234567L", "X1234567M"),
    (checksums.codice_fiscale, "RSSMRA85T10A562S", "RSSMRA85T10A562T"),
    (checksums.nir, "255081416802538", "255081416802539"),
    (checksums.pesel, "44051401359", "44051401358"),
    (checksums.bsn, "111222333", "111222334"),
    (checksums.belgian, "93051822361", "93051822362"),
    (checksums.cpf, "11144477735", "11144477736"),
    (checksums.chinese, "11010519491231002X", "110105194912310021"),
]


def found(text: str) -> list[Span]:
    return [span for recognise in RECOGNISERS for span in recognise(text)]


@pytest.mark.parametrize(("kind", "text", "value"), HELD)
def test_identifier_is_found_with_its_type(kind: str, text: str, value: str) -> None:
    start = text.index(value)
    held = {i for s in found(text) if s.type == kind for i in range(s.start, s.end)}
    assert set(range(start, start + len(value))) <= held


@pytest.mark.parametrize("text", HARMLESS)
def test_numbers_of_building_talk_are_harmless(text: str) -> None:
    assert [text[s.start : s.end] for s in found(text)] == []


@pytest.mark.parametrize(("check", "right", "wrong"), VALID)
def test_checksum_tells_a_right_number_from_a_wrong_one(check: Check, right: str, wrong: str) -> None:
    assert check(right)
    assert not check(wrong)


@pytest.mark.parametrize("check", sorted({check for check, _, _ in VALID}, key=str))
def test_checksum_of_nothing_or_of_letters_is_wrong(check: Check) -> None:
    assert not check("")


def test_repeated_digits_are_no_number() -> None:
    assert not checksums.luhn("0" * 16)
    assert not checksums.cpf("1" * 11)
