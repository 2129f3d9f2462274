"""Positions and addresses of many countries are found whole; equipment with a street's word in its name is not one."""

import pytest

from privacy.recognisers import addresses, coordinates, postcodes
from privacy.spans import Span

WHERE = [
    ("COORDINATES", "at 51.50735, -0.12776 roughly", "51.50735, -0.12776"),
    ("COORDINATES", "coordinates: 52.37, 4.89", "52.37, 4.89"),
    ("COORDINATES", "52.3702° N, 4.8952° E", "52.3702° N, 4.8952° E"),
    ("COORDINATES", "48°51'29.6\"N 2°17'40.2\"E", "48°51'29.6\"N 2°17'40.2\"E"),
    ("COORDINATES", "N 52° 12.418' E 000° 07.203'", "N 52° 12.418' E 000° 07.203'"),
    ("COORDINATES", '{"lat": 52.2053, "lon": 0.1218}', '"lat": 52.2053, "lon": 0.1218'[1:]),
    ("COORDINATES", "latitude 52.3702, longitude 4.8952", "latitude 52.3702, longitude 4.8952"),
    ("COORDINATES", "33U 391545 5820062", "33U 391545 5820062"),
    ("COORDINATES", "MGRS 33UUU9154520062", "33UUU9154520062"),
    ("COORDINATES", "TQ 30080 80010", "TQ 30080 80010"),
    ("COORDINATES", "grid reference TQ 300 800", "TQ 300 800"),
    ("COORDINATES", "9C3XGV4J+8Q", "9C3XGV4J+8Q"),
    ("COORDINATES", "///filled.count.soap", "///filled.count.soap"),
    ("COORDINATES", "what3words: index.home.raft", "index.home.raft"),
    ("COORDINATES", "geo:37.786971,-122.399677", "geo:37.786971,-122.399677"),
    ("COORDINATES", "https://www.google.com/maps/@52.2,0.12,17z", "https://www.google.com/maps/@52.2,0.12,17z"),
    ("COORDINATES", "POINT(4.8952 52.3702)", "POINT(4.8952 52.3702)"),
    ("ADDRESS", "it is 12 High Street, Leeds LS1 4AB today", "12 High Street, Leeds LS1 4AB"),
    ("ADDRESS", "Flat 3, 14 Elm Road, York", "Flat 3, 14 Elm Road"),
    (
        "ADDRESS",
        "1600 Amphitheatre Parkway, Mountain View, CA 94043",
        "1600 Amphitheatre Parkway, Mountain View, CA 94043",
    ),
    ("ADDRESS", "350 Fifth Avenue Suite 7510", "350 Fifth Avenue Suite 7510"),
    ("ADDRESS", "221b baker street", "221b baker street"),
    ("ADDRESS", "Hauptstraße 7a, 10115 Berlin", "Hauptstraße 7a, 10115 Berlin"),
    ("ADDRESS", "Unter den Eichen Platz 3", "Unter den Eichen Platz 3"[10:]),
    ("ADDRESS", "12 bis, rue de la Paix, 75002 Paris", "12 bis, rue de la Paix, 75002 Paris"),
    ("ADDRESS", "Calle Mayor 15, 28013 Madrid", "Calle Mayor 15, 28013 Madrid"),
    ("ADDRESS", "via Garibaldi 22", "via Garibaldi 22"),
    ("ADDRESS", "Keizersgracht 123, 1015 CJ Amsterdam", "Keizersgracht 123, 1015 CJ Amsterdam"),
    ("ADDRESS", "Storgatan 14, 114 55 Stockholm", "Storgatan 14, 114 55 Stockholm"),
    ("ADDRESS", "ul. Długa 12", "ul. Długa 12"),
    ("ADDRESS", "Rákóczi út 13", "Rákóczi út 13"),
    ("ADDRESS", "8 Jacaranda Parade, Toowong QLD 4066", "8 Jacaranda Parade, Toowong QLD 4066"),
    ("ADDRESS", "人民路123号", "人民路123号"),
    ("ADDRESS", "P.O. Box 1651", "P.O. Box 1651"),
    ("ADDRESS", "PSC 0272, Box 1651\nAPO AA 94530", "PSC 0272, Box 1651\nAPO AA 94530"),
    ("ADDRESS", "meet at the corner of Elm Street and Oak Avenue", "corner of Elm Street and Oak Avenue"),
    ("ADDRESS", "they sit in Walnut Street", "Walnut Street"),
    ("ADDRESS", "postcode sw1a1aa", "sw1a1aa"),
    ("ADDRESS", "Toronto M5V 2T6", "M5V 2T6"),
    ("ADDRESS", "zip code 94043", "94043"),
    ("ADDRESS", "my address is 5366 Allika 46", "5366 Allika 46"),
]
HARMLESS = [
    "2 Way valve or 3 Way valve?",
    "3 Variable Speed Drive units and 2 Fan Drive belts",
    "Building 5 principles, Zone 4A, Floor 3",
    "45 points in place, 12 sites in view",
    "via Modbus 3 values per second",
    "12.5, 13.5, 14.25 and 15.1234, 16.1234, 17.1234",
    "setpoint 21.5, 22.5",
    "The R12 and M5V are models, SA 123456 too",
    "10000 Euro in 2023, 12000 BTU",
    "I saw 3 leaks on the road",
    "cooling at 12 °C and heating at 5 K",
    "AHU 2 in place since 2019 Chiller 6",
    "df.plot.line and os.path.join",
    "What is the UTM zone, what is a plus code?",
]


def found(text: str) -> list[Span]:
    return [
        span
        for recognise in (*coordinates.RECOGNISERS, *addresses.RECOGNISERS, *postcodes.RECOGNISERS)
        for span in recognise(text)
    ]


@pytest.mark.parametrize(("kind", "text", "value"), WHERE)
def test_place_is_found_whole(kind: str, text: str, value: str) -> None:
    start = text.index(value)
    held = {i for s in found(text) if s.type == kind for i in range(s.start, s.end)}
    assert set(range(start, start + len(value))) - held <= {i for i, c in enumerate(text) if c in " ,"}


@pytest.mark.parametrize("text", HARMLESS)
def test_building_talk_is_no_place(text: str) -> None:
    assert [text[s.start : s.end] for s in found(text)] == []
