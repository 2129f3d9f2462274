"""Badges, doors, cameras, guards and keys of a site are recognised."""

import pytest

from privacy.recognisers import access
from privacy.spans import Span


def covers(marked: str, spans: list[Span], kind: str) -> bool:
    """Tell whether spans of a kind cover nine tenths of what stands between « and »."""
    text = marked.replace("«", "").replace("»", "")
    want = set(range(marked.index("«"), marked.index("»") - 1))
    got = {c for s in spans if s.type == kind and text[s.start : s.end] for c in range(s.start, s.end)}
    return len(want & got) >= 0.9 * len(want)


ACCESS_LOG = [
    "«Badge 44812 opened door D-17 at 07:58».",
    "«card no. 0091-2231» was lost",
    "«Fob 7713 swiped in at 06:42»",
    "«Turnstile 3 counted 412 entries by 09:00».",
    "«The visitor log shows J. Smith of Acme at 14:05».",
    "«Camera 12 covers the loading dock».",
    "«CCTV-07 looks at the north gate»",
    "«Guard rounds are at 22:00, 01:00 and 04:00».",
    "«The guard passes the plant room every two hours».",
    "«ANPR read AB12 CDE at 06:55» at the car park",
    "number plate «LK19 XYZ»",
    "«Door DR-204 was forced at 02:13».",
    "«Keys to the plant room are held by Tom Briggs».",
    "«access card 55310 denied at door 3B»",
    "«RFID tag 04:A2:19:8B:C1:22:80 entered at gate 2»",
    "«Visitor badge V-118 was issued to Ms Lund».",
    "«Zutrittskarte 4711 um 07:58 an Tür 12»",
    "«Le badge 4471 a ouvert la porte B2 à 7h58».",
    "«La tarjeta 4471 abrió la puerta 3 a las 07:58».",
    "«The patrol comes by at 23:30».",
    "«door 2.14 held open 00:45-01:10»",
    "«employee 10233 badged out at 19:12»",
    "«two cameras at the rear entrance are out of order»",
    "«The concierge holds the master key».",
    "«Der Wachdienst geht um 22 Uhr seine Runde».",
    "«Kamera 4 zeigt die Laderampe»",
    "«La caméra 3 filme l'entrée de service».",
    "«Tom's pass was last used at the north gate at 22:11»",
    "«the guard sleeps between 2 and 4»",
    "«cam 3 doesn't record at night»",
    "«the caretaker keeps the only key to the roof»",
    "«white van WX70 KLM parked at dock 2 at 03:10»",
    "«Ausweis 30291 wurde um 06:12 an der Schranke gelesen»",
]
NO_ACCESS_LOG = [
    "How do access control systems help with occupancy estimates?",
    "Should badge data be used for HVAC?",
    "Do thermal cameras find insulation faults?",
    "The door was left open, so heat was lost.",
    "Is a card reader a load worth metering?",
]


@pytest.mark.parametrize("marked", ACCESS_LOG)
def test_access_of_one_place_is_found(marked: str) -> None:
    text = marked.replace("«", "").replace("»", "")
    assert covers(marked, [s for recognise in access.RECOGNISERS for s in recognise(text)], "ACCESS_LOG")


@pytest.mark.parametrize("text", NO_ACCESS_LOG)
def test_talk_without_access_is_left_alone(text: str) -> None:
    assert not [s for recognise in access.RECOGNISERS for s in recognise(text)]


def test_fields_of_an_event_in_json_are_found_with_its_time() -> None:
    text = '{"evt":"held","door":"L3-COMMS","card":"0x9A41C7","ts":"2024-08-19T21:07:55"}'
    found = {text[s.start : s.end] for s in access.fields(text)}
    assert found == {"L3-COMMS", "0x9A41C7", "2024-08-19T21:07:55"}
    assert not list(access.fields('{"ts":"2024-08-19T21:07:55"}'))
