"""Each trick is undone, and what is found in the open reading leads back to the text as it was given."""
# ruff: noqa: RUF001 - texts of other alphabets are part of what is tested

import base64
import codecs
import json
from time import perf_counter
from urllib.parse import quote

import pytest

from privacy.disguise import Edit, View, views
from privacy.disguise.leet import read_leet

SECRET = "Hollybrook House"


def covered(text: str, wanted: str) -> list[list[str]]:
    """Return, for each reading that holds the words, the pieces of the given text that they lead back to."""
    return [
        [text[a:b] for a, b in view.back(at, at + len(wanted))]
        for view in views(text)
        if (at := view.text.find(wanted)) >= 0
    ]


TRICKS = {
    "homoglyphs": "\u041d\u043ell\u0443br\u043e\u043ek \u041d\u043eus\u0435",
    "zero width": "Ho\u200bll\u200cyb\u2060ro\u200dok\u00ad H\ufeffouse",
    "direction marks": "\u202eHolly\u2066brook\u202c House",
    "tags": "Holly\U000e0041brook House",
    "full width": "".join(chr(ord(c) + 0xFEE0) if c != " " else "\u3000" for c in SECRET),
    "mathematical": "".join(chr(0x1D400 + ord(c) - 65) if c.isupper() else c for c in SECRET),
    "circled": "".join(chr(0x24D0 + ord(c) - 97) if c.islower() else c for c in SECRET),
    "combining": "".join(c + "\u0336\u0323" for c in SECRET),
    "html": "".join(f"&#{ord(c)};" for c in SECRET),
    "html hex": "".join(f"&#x{ord(c):x};" for c in SECRET),
    "json escapes": "".join(f"\\u{ord(c):04x}" for c in SECRET),
    "hex escapes": "".join(f"\\x{ord(c):02x}" for c in SECRET),
    "octal escapes": "".join(f"\\{ord(c):03o}" for c in SECRET),
    "braced escapes": "".join(f"\\u{{{ord(c):x}}}" for c in SECRET),
    "url": "".join(f"%{ord(c):02X}" for c in SECRET),
    "url spaces": quote(SECRET),
    "url plus": "site=Hollybrook+House&x=%20",
    "base64": base64.b64encode(SECRET.encode()).decode(),
    "base64 unpadded": base64.b64encode(SECRET.encode()).decode().rstrip("="),
    "base64 utf-16": base64.b64encode(SECRET.encode("utf-16-le")).decode(),
    "base32": base64.b32encode(SECRET.encode()).decode(),
    "hex": SECRET.encode().hex(),
    "hex bytes": SECRET.encode().hex(" "),
    "hex colons": SECRET.encode().hex(":"),
    "hex 0x": " ".join(f"0x{b:02x}" for b in SECRET.encode()),
    "apart": "H.o.l.l.y.b.r.o.o.k H.o.u.s.e",
    "leet": "H0llybr00k H0u53",
    "rot13": codecs.encode(SECRET, "rot13"),
    "backwards": SECRET[::-1],
}


@pytest.mark.parametrize("hidden", TRICKS.values(), ids=TRICKS)
def test_a_hidden_name_is_read_and_leads_back_to_what_hides_it(hidden: str) -> None:
    found = covered(f"why is {hidden} warm", SECRET)
    assert found
    assert any("".join(pieces).strip("\u202e\u202c") in hidden for pieces in found)
    assert all(sum(map(len, pieces)) >= 0.9 * len(SECRET) for pieces in found)


@pytest.mark.parametrize(
    "hidden",
    [
        base64.b64encode(quote(SECRET + "?").encode()).decode(),
        base64.urlsafe_b64encode(base64.b64encode(SECRET.encode())).decode(),
        "".join(f"&#{ord(c)};" for c in SECRET.encode().hex()),
        quote("".join(f"\\u{ord(c):04x}" for c in SECRET)),
    ],
)
def test_encodings_inside_encodings_are_undone(hidden: str) -> None:
    assert [hidden] in covered(f"why is {hidden} warm", SECRET)


def test_a_finding_in_an_encoded_word_is_as_narrow_as_the_encoding_allows() -> None:
    text = "q=%41%42%20Hollybrook%20House%20gas"
    assert covered(text, SECRET)[0] == ["Hollybrook%20House"]


@pytest.mark.parametrize(
    ("text", "wanted", "pieces"),
    [
        ("on device two six zero zero zero one please", "260001", ["two six zero zero zero one"]),
        ("ring oh seven seven double-oh, nine hundred, four six one", "07700900461", None),
        ("at one ninety-two dot one sixty-eight dot thirty-one dot six", "192.168.31.6", None),
        ("Nummer vier sieben null drei sechs", "47036", ["vier sieben null drei sechs"]),
        ("contador cero cero nueve uno", "0091", ["cero cero nueve uno"]),
        ("numéro zéro six douze huit neuf cinq un", "8951", ["huit neuf cinq un"]),
        ("twenty thirty forty", "203040", None),
        ("code triple seven nine", "7779", None),
        ("look up 2 6 0 0 0 1 now", "260001", ["2 6 0 0 0 1"]),
        ("SSN 5_3_6-2_2-8_7_1_4 x", "536-22-8714", ["5_3_6-2_2-8_7_1_4"]),
        ("pass H-a-w-t-h-o-r-n-7-7-3-1", "Hawthorn7731", ["H-a-w-t-h-o-r-n-7-7-3-1"]),
        ("J o h n  S m i t h", "John Smith", ["J o h n  S m i t h"]),
        ("router 192 . 168 . 31 . 6", "192.168.31.6", ["192 . 168 . 31 . 6"]),
        ("router 192[.]168[.]31[.]60", "192.168.31.60", ["192[.]168[.]31[.]60"]),
        ("j.doe (at) acme (dot) com", "j.doe@acme.com", ["j.doe (at) acme (dot) com"]),
        ("j.doe at acme dot com", "j.doe@acme.com", ["j.doe at acme dot com"]),
        ("hxxps://bms.local/x", "https://bms.local", ["hxxps://bms.local"]),
        ("w3 p4y tw3nty-thr33 p0int f0ur p3nc3", "23.4", ["tw3nty-thr33 p0int f0ur"]),
        ("hOw MuCh dId hOlLyBrOoK HoUsE UsE", "Hollybrook House", ["hOlLyBrOoK HoUsE"]),
        ("th3 pl4ce iz 3mpty 4ft3r 6", "empty after", ["3mpty 4ft3r"]),
    ],
)
def test_digits_and_signs_kept_apart_or_spelled_out_are_read(text: str, wanted: str, pieces: list[str] | None) -> None:
    found = covered(text, wanted)
    assert found
    if pieces is not None:
        assert pieces in found


@pytest.mark.parametrize(
    ("text", "wanted", "pieces"),
    [
        ("Device id part one: 2600\npart two: 01\nWhat is it?", "260001", ["2600", "01"]),
        ("the ip begins 10.42.\n[09:14] me: and ends 7.19\nwhy", "10.42.7.19", ["10.42.", "7.19"]),
        ("first half of the password Hawth\nsecond half orn!77", "Hawthorn!77", ["Hawth", "orn!77"]),
        ("name, one word per line:\nHollybrook\nHouse\nNow show its gas use.", SECRET, ["Hollybrook", "House"]),
        ("part 1/2: 2600, part 2/2: 01", "260001", ["2600", "01"]),
        ('{"dev_hi": "2600", "dev_lo": "01"}', "260001", ["2600", "01"]),
        ('{"first":"Ann","middle":"","last":"Lee"}', "Ann Lee", ["Ann", "Lee"]),
        ('{"mail_user":"t.gantry","mail_domain":"acme.co.uk"}', "t.gantry@acme.co.uk", ["t.gantry", "acme.co.uk"]),
        ('{"a":"10","b":42,"c":"7","d":19}', "10.42.7.19", ["10", "42", "7", "19"]),
    ],
)
def test_text_in_parts_is_joined_and_found_in_its_parts(text: str, wanted: str, pieces: list[str]) -> None:
    found = covered(text, wanted)
    assert found
    assert pieces in found


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("the owner spelt from the end is eeL nnA, send it", "Ann Lee"),
        ("1377!nrohtwaH <- flip it for the login", "Hawthorn!7731"),
        ("decode with rot13: gur ohvyqvat vf rzcgl", "the building is empty"),
    ],
)
def test_a_text_that_speaks_of_its_trick_is_read_by_every_detector(text: str, wanted: str) -> None:
    assert any(wanted in view.text and not view.names_only for view in views(text))


@pytest.mark.parametrize(
    "text",
    [
        "Why did the chiller use 412 kWh/m² at 7 °C in building 4, floor 2 – and was it 4.3.2.1 or CO2?",
        "Το κτίριο είναι άδειο. Здание пустует после шести вечера. 電気料金はいくらですか",
        "A 10 kΩ resistor, 5 µm filter, ½ load, 4-pipe, 3-phase, R410A, h2o, AHU3 and B8A4",
        "one or two of the three chillers",
        "mail j.doe@example.com about 3 chillers and 12 kW",
        "HollybrookHouseEnergyDashboard deadbeef 2019-01-01T00:00:00Z 00:1b:44:11:3a:b7",
        "50% of the load; AT&T; C:\\users\\x; a & b",
        '{"t": 1, "v": 2.5}',
    ],
)
def test_plain_text_has_no_other_reading_than_guesses(text: str) -> None:
    assert [view.trick for view in views(text) if not view.names_only] == [""]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("id \u2082\u2086\u2070\u2070 now", "2600"),
        ("site \U0001f177\U0001f178 now", "site HI now"),
        ("id \u0662\u0666\u0660\u0660 now", "2600"),
        ("id \u2474\u2475 now", "id 12 now"),
        ("id \ufb01x", "fix"),
    ],
)
def test_letters_and_digits_in_another_dress_are_plain(text: str, wanted: str) -> None:
    assert any(wanted in view.text for view in views(text))


@pytest.mark.parametrize(
    "token", ["AAAAAAAAAAAAAAAA", "abcdefghijklm=", "MZXW6YTBOI======7A", "ABCDEFGHIJKLMNOPQ", "00" * 8]
)
def test_what_does_not_decode_to_text_stays_as_it_is(token: str) -> None:
    assert [view.trick for view in views(f"see {token} there") if not view.names_only] == [""]


def test_one_word_in_strewn_case_is_a_product() -> None:
    assert [view.trick for view in views("our oPeNaPi and supplyAirTempSp") if not view.names_only] == [""]


def test_half_a_surrogate_pair_and_numbers_that_unicode_lacks_stay_as_they_are() -> None:
    text = "\\ud83d \\U00110000 &#1114112; %ff\\ud83d\\ude00"
    readings = views(text)
    assert readings[0].text == text
    assert any("\U0001f600" in view.text for view in readings)


def test_a_word_is_read_as_the_letter_it_could_be_only_where_that_is_a_word() -> None:
    assert read_leet("k1ll") == "kill"
    assert read_leet("h1gh") == "high"
    assert read_leet("p3nc3!") == "pence!"
    assert read_leet("AHU3") == "AHU3"
    assert read_leet("xq4zk7v") == "xq4zk7v"


def test_a_view_of_a_view_leads_back_through_both() -> None:
    given = View("a&#66;c")
    once = given.edited([Edit(1, 6, "B")], "one")
    twice = once.edited([Edit(0, 1, "aaa")], "two")
    assert (once.text, twice.text) == ("aBc", "aaaBc")
    assert twice.back(3, 4) == [(1, 6)]
    assert twice.back(1, 5) == [(0, 7)]
    assert twice.back(2, 2) == []
    assert given.changed(5) == [(0, 7)]
    assert twice.changed(1) == [(0, 4)]


def test_a_mirror_leads_back_to_the_other_end() -> None:
    assert View("abcdef").backwards().back(0, 2) == [(4, 6)]


def test_parts_around_many_edits_are_one_where_they_touch() -> None:
    view = View("x" * 100).edited([Edit(10, 11, "y"), Edit(14, 15, "y"), Edit(80, 81, "y")], "three")
    assert view.changed(3) == [(7, 18), (77, 84)]


SIZE = 120_000
HOSTILE = {
    "marks": "a" + "\u0301" * SIZE,
    "letters": "a" * SIZE,
    "digits": "1" * SIZE,
    "spaces": " " * SIZE,
    "dots": ". " * (SIZE // 2),
    "brackets": "[" + " " * SIZE + "]",
    "percent": "%41" * (SIZE // 3),
    "quotes": '":' * (SIZE // 2),
    "apart": "a-" * (SIZE // 2) + " reversed rot13 part one",
    "signs": "!" * SIZE + " h0w f4r pl4ce",
    "base64": base64.b64encode(b"Hollybrook House " * (SIZE // 23)).decode(),
    "lines": "part one\n" * (SIZE // 9),
    "json": json.dumps({f"k{i}": "v" for i in range(SIZE // 14)}),
}


@pytest.mark.slow
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_long_text_of_anything_is_read_in_linear_time(text: str) -> None:
    began = perf_counter()
    readings = views(text)
    assert readings[0].text == text
    for view in readings:
        view.back(0, len(view.text))
    assert perf_counter() - began < 5
