"""Names are found however they are spelled, and not where a word only looks like one."""

from pathlib import Path

import pytest

from privacy.labels import Label
from privacy.names.inventory import NameInventory
from privacy.names.name import Name, fold, names_of
from privacy.names.snapshot import BadSnapshot, known, load, save, shipped, snapshot_path


def of(*names: str, kind: str = "BUILDING_NAME") -> NameInventory:
    return NameInventory.build(Name(name, kind, f"e{i}") for i, name in enumerate(names))


def found(inventory: NameInventory, text: str) -> list[str]:
    return [text[s.start : s.end] for s in inventory.spans(text)]


HOUSE = of("Hollybrook House", "b4", "Zürich Straße 5", "b4/gas", "St. John's College")


@pytest.mark.parametrize(
    "spelling",
    [
        "Hollybrook House", "hollybrook house", "HOLLYBROOK HOUSE", "hOlLyBrOoK HoUsE", "Hollybrook-House",
        "hollybrook_house", "HollybrookHouse", "Hollybrook\nHouse", "Hollybrook  House",
        "H.o.l.l.y.b.r.o.o.k H.o.u.s.e",
        "b4", "B4", "b-4", "b_4", "zurich strasse 5", "ZÜRICH STRASSE 5", "Zürich-Straße 5", "b4/gas", "b4_gas",
        "St Johns College", "st. john\u2019s college",
    ],
)  # fmt: skip
def test_every_spelling_of_a_name_is_found(spelling: str) -> None:
    assert spelling in found(HOUSE, f"why is {spelling} so warm")


@pytest.mark.parametrize("after", ["'s gas", "\u2019s gas", "' gas", "s gas", ", gas", ")"])
def test_a_possessive_or_plural_is_not_part_of_the_name(after: str) -> None:
    assert found(HOUSE, f"see Hollybrook House{after}") == ["Hollybrook House"]


@pytest.mark.parametrize(
    "text",
    [
        "xHollybrook House",
        "Hollybrook Housekeeping",
        "xb4",
        "b40",
        "b4x",
        "b4s",
        "plan b 4 times",
        "b. 4",
        "b4 gas".upper(),
    ],
)
def test_a_name_inside_other_words_is_not_found(text: str) -> None:
    assert "b4/gas" not in found(HOUSE, text)
    assert not [name for name in found(HOUSE, text) if name.lower() != "b4" or "gas" not in text.lower()]


COMMON = of("Hall", "May", "Reading", "Grant", "Be At", "Lecture Hall", "building 5", "Bath")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("We moved to Reading in May", ["Reading"]),
        ("Dr May and Mr Grant met in the Hall", ["May", "Grant", "Hall"]),
        ("Grant's office and the building may", ["Grant", "may"]),
        ("Is Reading Campus open?", ["Reading"]),
        ("Reading Campus is open", ["Reading"]),
        ("the Lecture Hall", ["Lecture Hall", "Hall"]),
        ("in the lecture hall", ["lecture hall"]),
        ("why is building 5 warm", ["building 5"]),
        ("Building 5 is warm", ["Building 5"]),
    ],
)
def test_a_name_that_is_also_a_word_counts_where_it_is_meant(text: str, names: list[str]) -> None:
    assert found(COMMON, text) == names


@pytest.mark.parametrize(
    "text",
    [
        "Reading the meter in May is fine", "May I grant it?", "Hall: 20 C", "Grant funding", "since May 2019",
        "meter reading of the hall lights", "lecture halls need air", "It was read on May 5", "beat it", "Take a bath",
        "Building 5 principles of good practice", "READING THE METER",
    ],
)  # fmt: skip
def test_a_word_that_is_only_a_word_is_no_name(text: str) -> None:
    assert found(COMMON, text) == []


def test_a_name_that_cannot_be_searched_is_left_out_and_said_so() -> None:
    inventory = of("", "x", "--", "Hollybrook House", "y" * 500)
    assert [name.text for name in inventory.names] == ["Hollybrook House"]
    assert len(inventory.notes) == 4
    assert "'x' is one letter" in inventory.notes[1]
    assert "longer name" in inventory.notes[0]
    assert len(of(*"abcdefgh").notes) == 6
    assert "3 more" in of(*"abcdefgh").notes[-1]


def test_an_inventory_without_names_finds_nothing() -> None:
    assert found(of(), "b4") == []
    assert found(HOUSE, "?!") == []


def test_of_two_entities_with_one_name_the_more_sensitive_is_found() -> None:
    inventory = NameInventory.build(
        [
            Name("Marie Curie", "BUILDING_NAME", "b1"),
            Name("marie curie", "PERSON", "p1"),
            Name("Marie-Curie", "PLACE", "s1"),
        ]
    )
    (span,) = inventory.spans("ask Marie Curie")
    assert (span.type, span.entity, span.label) == ("PERSON", "p1", Label.CONFIDENTIAL)


def test_spellings_of_one_entity_share_it() -> None:
    spans = list(shipped().spans("Building b4, bldg 4 and b4's gas"))
    assert {span.entity for span in spans} == {"b4"}
    assert {span.label for span in spans} == {Label.INTERNAL}


def test_shipped_names_hold_sites_buildings_and_meters() -> None:
    types = {span.type: span.entity for span in shipped().spans("University of Cambridge: lcb, meter b4/electricity")}
    assert types == {"PLACE": "cambridge", "BUILDING_NAME": "b4", "POINT_NAME": "b4/electricity"}


@pytest.mark.parametrize(
    "text",
    ["the mess in the library", "5 lb at 3 dB", "a dining hall or lecture halls", "Building 4 principles for owners"],
)
def test_shipped_names_leave_plain_talk_alone(text: str) -> None:
    assert list(shipped().spans(text)) == []


def test_names_are_folded_alike_whatever_their_script() -> None:
    assert fold("Zürich  Straße") == fold("ZURICH-strasse") == "zurichstrasse"
    assert fold("b4") == "b4"
    assert fold("Ωμέγα") == fold("ωμεγα")


def test_names_of_takes_whatever_has_an_id_a_name_and_aliases() -> None:
    from tools.readings import Building, Site

    names = names_of(
        sites=[Site("hq", "Head office", "Europe/Berlin")],
        buildings=[Building("n1", "North", "hq", ("old north",))],
        meters=["n1/gas"],
    )
    assert Name("old north", "BUILDING_NAME", "n1") in names
    assert Name("Head office", "PLACE", "hq") in names
    assert Name("n1/gas", "POINT_NAME", "n1/gas") in names


def test_a_snapshot_is_read_as_it_was_written_and_only_its_owner_may(tmp_path: Path) -> None:
    names = [Name("Zürich\n5", "PLACE", "z"), Name("b9", "BUILDING_NAME", "b9")]
    path = snapshot_path(tmp_path / "home")
    save(names, path)
    save(names, path)
    assert load(path).names == tuple(names)
    assert known(tmp_path / "home").names == tuple(names)
    assert path.stat().st_mode & 0o777 == 0o600
    assert [p.name for p in path.parent.iterdir()] == [path.name]


def test_without_a_snapshot_the_shipped_names_are_known(tmp_path: Path) -> None:
    assert found(known(tmp_path), "b4") == ["b4"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", ":1 does not begin"),
        (b'"eaio names 9"\n', ":1 does not begin"),
        (b'"eaio names 1"\n["a", "b", "c"]\n{"a": 1}\n', ":3 is not"),
        (b'"eaio names 1"\n["a", "b"\n', ":2 is not"),
        (b"\xff\xfe", "not UTF-8"),
    ],
)
def test_a_broken_snapshot_names_the_line_and_the_remedy(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "names.json"
    path.write_bytes(content)
    with pytest.raises(BadSnapshot, match=r"delete") as fault:
        load(path)
    assert said in str(fault.value)


def test_a_snapshot_that_cannot_be_written_leaves_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "names.json"
    save([Name("b9", "BUILDING_NAME", "b9")], path)

    def broken() -> object:
        yield Name("b1", "BUILDING_NAME", "b1")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        save(broken(), path)  # type: ignore[arg-type]
    assert found(load(path), "b9") == ["b9"]
