"""Values that stand before their cue, in fields and in narrow lines are found; what only looks like them is not."""

from collections.abc import Iterable

import pytest

from privacy.disguise import views
from privacy.labels import Label
from privacy.names.inventory import NameInventory
from privacy.recognisers.literals import Literals, at_end, shapes
from privacy.scanner import Scanner

SCANNER = Scanner(NameInventory.build([]))


def found(text: str) -> list[str]:
    """Return what is found above INTERNAL in a text."""
    return [text[span.start : span.end] for span in SCANNER.scan(text).spans if span.label > Label.INTERNAL]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Our integrator left tr1dium!Rack as the station password on the JACE.", "tr1dium!Rack"),
        ("4417 opens the plant room door, but who may know it?", "4417"),
        ("the gate takes 55190 after six", "55190"),
        ("punch in 7713 at the keypad", "7713"),
        ("6299, then hash, and you are in", "6299, then hash"),
        ("the panel wants six, two, nine, nine, hash before you go in", "six, two, nine, nine, hash"),
        ("Our weather key b6907d289e10d714a6e88b30761fae22 returns 429", "b6907d289e10d714a6e88b30761fae22"),
        ("SNMP v2 community string on the UPS is gr4nite-ro; which OID?", "gr4nite-ro"),
        ("260311 is the device instance of our rooftop unit", "260311"),
        ("The device instance of the AHU controller: 410233.", "410233"),
        ('{"obj_inst":2041,"dev":88019,"pv":37.5}', "88019"),
        ("The controller is 0x0A1F0C2E in hex, I think that is its IPv4", "0x0A1F0C2E"),
        ("IP of the NAE as an integer 168430090, convert it", "168430090"),
        ("neuron in subnet 2/41 will not commission", "2/41"),
        ("BBMD table: 10.9.0.5, 10.9.1.5 and 10.9.2.5", "10.9.2.5"),
        ("ask the controller on ten dot twenty-four dot six dot one hundred and nine now", "one hundred and nine"),
        ("ip is\n10.\n  88.\n  3.\n  41\nand the web page never loads", "88.\n  3.\n  41"),
        ("22 000 1234 567 8 is the supply number on the bill", "22 000 1234 567 8"),
        ("0161 496 0420 is the plant room phone number", "0161 496 0420"),
        ("Meter serial K as in kilo, four four nine one zero seven two runs", "K as in kilo, four four nine one zero"),
        ("msg1: phone the landlord, 0113 496\nmsg2: 0 277\nmsg3: tell him", "0 277"),
        ("password first half is Tur-bine\nassistant: ok?\nuser: second half _42Vane\nuser: now", "_42Vane"),
        ("the key is glpat-MtmqapSHf\n> (continued) EiuozSLHmEY\nwhy", "EiuozSLHmEY"),
        ("a flat roof at 53.79648, -1.54785, 40 kWp, facing south", "53.79648, -1.54785"),
    ],
)
def test_value_is_found_wherever_its_cue_stands(text: str, value: str) -> None:
    assert any(value in piece for piece in found(text)), found(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("GET /sites?name=Br%C3%B6msebro%20G%C3%A5rd&from=2023", "Br%C3%B6msebro%20G%C3%A5rd"),
        ('{"building": "Bond Hill", "year": 2022}', "Bond Hill"),
        ("compare it with the Wexcombe Annexe today", "the Wexcombe Annexe"),
        ("la consommation de la Résidence Les Tilleuls", "Résidence Les Tilleuls"),
        ("The point B14/AHU-3/SaFanKw hardly moves", "B14/AHU-3/SaFanKw"),
    ],
)
def test_names_in_fields_and_paths_are_found(text: str, name: str) -> None:
    assert name in [text[span.start : span.end] for span in SCANNER.scan(text).spans]


@pytest.mark.parametrize(
    "text",
    [
        "The default BACnet/IP UDP port is 47808, that is 0xBAC0 in hex.",
        "An IP address such as 192.0.2.1 is reserved for documentation.",
        "export API_KEY=YOUR_API_KEY_HERE",
        "Section 4.2.1.3, table 7, row 12: see the note on duct leakage class C.",
        "What does a panel cost that needs 3200 W, or a lift that takes 1500 kg?",
        "We upgraded from 4.10.0.154 to 4.13.1.22 last week.",
        "Which keys matter for performance?",
        "Is 60 as in sixty or 6 for six pumps?",
    ],
)
def test_general_talk_is_left_alone(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("one hundred and nine dot two", "109.2"),
        ("nine hundred dot five", "900.5"),
        ("two six double zero one", "26001"),
        ("ten dot twenty-four dot seventy dot one", "10.24.70.1"),
        ("kilo bravo four four nine", "K B 449"),
    ],
)
def test_numbers_and_letters_are_read_as_they_are_said(text: str, read: str) -> None:
    assert read in [view.text for view in views(text)]


def test_a_text_in_narrow_lines_is_read_as_one() -> None:
    text = "Tenant: Quillon\nPharma Ltd, rent\n96,500 a year to\nJune 2031\nCan we pass it on?"
    assert any("Quillon Pharma Ltd, rent 96,500 a year" in view.text for view in views(text))


def test_a_text_that_is_only_dressed_up_is_read_once() -> None:
    given, plain, *_ = views("de\u200bvice 2\u200b60001")
    assert given.names_only
    assert plain.text == "device 260001"


def held(literals: Literals, text: str, wanted: Iterable[str]) -> bool:
    """Tell whether a text holds one of some literals."""
    return literals.requirement(wanted) in literals.read(text).met


def test_literals_are_words_and_shapes_and_more_may_come() -> None:
    literals, text = Literals(), "SSN 536-22-8741"
    literals.requirement(["ssn"])
    assert held(literals, text, ["ssn"])
    assert not held(literals, text, ["bacnet"])
    assert held(literals, text, shapes("DDD?DD?DDDD", "-"))
    literals.forget()
    assert held(literals, "at 5 High St.", at_end(["st"]))
    assert not held(literals, "it is still", at_end(["st"]))
