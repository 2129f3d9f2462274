"""Names of buildings and of control points are recognised by their form."""

import pytest

from privacy.recognisers import building_names, point_names
from privacy.spans import Span


def covers(marked: str, spans: list[Span], kind: str) -> bool:
    """Tell whether spans of a kind cover nine tenths of what stands between « and »."""
    text = marked.replace("«", "").replace("»", "")
    want = set(range(marked.index("«"), marked.index("»") - 1))
    got = {c for s in spans if s.type == kind and text[s.start : s.end] for c in range(s.start, s.end)}
    return len(want & got) >= 0.9 * len(want)


BUILDING_NAME = [
    "How much did «Hollybrook House» use?",
    "«Marlowe Tower»'s chiller",
    "heating in «Block C»",
    "«Building b4»",
    "the «Kelvin Library»",
    "«St John's College Chapel»",
    "«Alan Turing Building»",
    "«North Campus»",
    "«Haus 12» braucht zu viel",
    "«Bâtiment C»",
    "«Edificio Norte»",
    "the «William Gates Centre» and Riverside Mill",
    "the William Gates Centre and «Riverside Mill»",
    "Why is «Gebäude 7» so warm?",
    "«Sainsbury Laboratory»",
    "how is «Kestrel Court» doing",
    "«Ashgrove Primary School» uses too much",
    "in «Block 7B»",
    "the «Old Granary»",
    "«Dunmore Leisure Centre»",
    "«Schloss Rabenstein»",
    "«Tour Horizon»",
    "«Lycée Victor Hugo»",
    "«Torre Mirador»",
]
NO_BUILDING_NAME = [
    "Building 5 principles of efficiency",
    "Building Regulations Part L",
    "Tower cooling",
    "What does the library use?",
    "The Building Management System",
    "Energy House",
    "Passive House",
    "Green Building Council",
    "Cooling Tower",
    "Data Center Infrastructure",
    "White House? no",
    "Compare a school and a hospital",
]


@pytest.mark.parametrize("marked", BUILDING_NAME)
def test_building_of_one_place_is_found(marked: str) -> None:
    text = marked.replace("«", "").replace("»", "")
    assert covers(marked, [s for recognise in building_names.RECOGNISERS for s in recognise(text)], "BUILDING_NAME")


@pytest.mark.parametrize("text", NO_BUILDING_NAME)
def test_talk_without_building_is_left_alone(text: str) -> None:
    assert not [s for recognise in building_names.RECOGNISERS for s in recognise(text)]


POINT_NAME = [
    "«AHU3.SAT» reads 18",
    "«VAV-2-14_ZN-T»",
    "«/Drivers/BacnetNetwork/AHU3/points/SAT»",
    "«NAE-12/FCB.AHU3.DA-T»",
    "«CWC04009_PowerInput»",
    "«@p:demo:r:1f3-ahu3»",
    "«ex:AHU_3_Supply_Air_Temp»",
    "«B12_L03_FCU07_SpaceTemp»",
    "«AHU-01-SF-VFD-SPD»",
    "«CH1_CHWST»",
    "«station:|slot:/Drivers/NiagaraNetwork/JACE_4»",
    "«UKCAM.B04.ELEC.MAIN.KWH»",
    "«bldg1:VAV_101»",
    "«FCU_3_12.RoomTemp_SP»",
    "«FCU-2-07.ZoneTemp» stuck",
    "«BLR1_FLOW_T»",
    "«Site1/AHU_4/SA_Fan_Spd»",
    "«L4.VAV12.DMPR_POS»",
    "«MSB-1_KWH_TOTAL»",
    "«chw_plant.ch2.leaving_temp»",
]
NO_POINT_NAME = [
    "AHU 2 is broken",
    "Chiller 6",
    "CWC04009",
    "ISO-50001 and EN-15232",
    "file data/tsfm_test_data/chiller9_tsad-small.csv",
    "predict_next_work_order_probability",
    "http://example.com/a/b",
    "VAV boxes",
    "COVID-19",
    "2020-05-01T12:30:00",
]


@pytest.mark.parametrize("marked", POINT_NAME)
def test_point_of_one_place_is_found(marked: str) -> None:
    text = marked.replace("«", "").replace("»", "")
    assert covers(marked, [s for recognise in point_names.RECOGNISERS for s in recognise(text)], "POINT_NAME")


@pytest.mark.parametrize("text", NO_POINT_NAME)
def test_talk_without_point_is_left_alone(text: str) -> None:
    assert not [s for recognise in point_names.RECOGNISERS for s in recognise(text)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("how is marlowe tower doing", "marlowe tower"),
        ("did marlowe tower use more", "marlowe tower"),
        ("in the cooling tower", None),
        ("we run The Marlowe Tower", "The Marlowe Tower"),
    ],
)
def test_name_of_a_building_is_found_without_capitals_after_a_preposition(text: str, name: str | None) -> None:
    found = [text[s.start : s.end] for recognise in building_names.RECOGNISERS for s in recognise(text)]
    assert found == ([name] if name else [])
