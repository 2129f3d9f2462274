"""What models say of words becomes whole names and addresses, and what a dictionary or the trade explains falls out."""

from types import SimpleNamespace

import numpy as np
import pytest

from privacy.errors import DetectorUnavailable
from privacy.outbound.address_spans import addresses
from privacy.outbound.building_words import has_jargon, is_jargon
from privacy.outbound.evidence import Evidence, Named
from privacy.outbound.lexicon import Lexicon, load_lexicon, with_capitals
from privacy.outbound.numbers import numbers
from privacy.outbound.organisations import organisations
from privacy.outbound.people import people
from privacy.outbound.quantised import unpack, write_plain
from privacy.outbound.stretches import connected
from privacy.outbound.transformer import Word, joined, windows

ENGLISH = Lexicon(
    frozenset(
        "ask bridge call chiller city come fan frank great how killer pedestrian pump road run song talk way".split()
    )
)


def read(
    text: str, words: dict[str, tuple[str, float]] | None = None, named: dict[str, str] | None = None, **more: bool
) -> Evidence:
    """Return evidence in which the first place of each given word is of a kind."""
    seen = [Word(text.index(w), text.index(w) + len(w), kind, score) for w, (kind, score) in (words or {}).items()]
    names = [Named(text.index(n), text.index(n) + len(n), kind) for n, kind in (named or {}).items()]
    return Evidence(text, sorted(seen, key=lambda w: w.start), names, ENGLISH, **more)


def cut(text: str, found: list[tuple[int, int]]) -> list[str]:
    return [text[start:end] for start, end in found]


def test_parts_of_a_name_are_one() -> None:
    text = "ask Ann B. van Dyk-Roe to come"
    words = dict.fromkeys(("Ann", "Dyk", "Roe"), ("SURNAME", 0.9))
    assert cut(text, people(read(text, words))) == ["Ann B. van Dyk-Roe"]


def test_an_ordinary_word_is_trimmed_off_a_name() -> None:
    text = "ask Bryan Maclean's killers to come"
    words = {"Bryan": ("GIVEN_NAME", 0.9), "Maclean": ("SURNAME", 0.9), "killers": ("SURNAME", 0.9)}
    assert cut(text, people(read(text, words))) == ["Bryan Maclean"]


def test_a_name_is_found_again_where_it_stands_alone() -> None:
    text = "ask Bryan Maclean to come. How did Maclean's song run?"
    words = {"Bryan": ("GIVEN_NAME", 0.9), "Maclean": ("SURNAME", 0.9)}
    assert cut(text, people(read(text, words))) == ["Bryan Maclean", "Maclean"]


def test_a_faint_name_needs_spacy_too() -> None:
    text = "how did Frank come to run"
    assert people(read(text, {"Frank": ("GIVEN_NAME", 0.3)})) == []
    assert cut(text, people(read(text, {"Frank": ("GIVEN_NAME", 0.3)}, {"Frank": "SPACY_PERSON"}))) == ["Frank"]


def test_spacy_alone_is_believed_of_words_in_no_dictionary() -> None:
    assert people(read("ask the Great Pump to run", None, {"Great Pump": "SPACY_PERSON"})) == []
    text = "ask Zoltan to run"
    assert cut(text, people(read(text, None, {"Zoltan": "SPACY_PERSON"}))) == ["Zoltan"]


def test_spacy_is_not_believed_of_other_languages() -> None:
    assert people(read("hoe loopt Vloerverwarming eigenlijk", None, {"Vloerverwarming": "SPACY_PERSON"})) == []


@pytest.mark.parametrize("name", ["TSFM", "Chiller", "pump"])
def test_acronyms_trade_and_small_ordinary_words_are_nobody(name: str) -> None:
    assert people(read(f"how did {name} come to run", {name: ("SURNAME", 0.99)}, {name: "SPACY_PERSON"})) == []


def test_shouted_names_are_names() -> None:
    text = "ask JOHN BARNABY to come"
    words = {"JOHN": ("GIVEN_NAME", 0.9), "BARNABY": ("SURNAME", 0.9)}
    assert cut(text, people(read(text, words))) == ["JOHN BARNABY"]


def test_a_title_belongs_to_the_name() -> None:
    text = "ask Herr Wiesinger to come"
    assert cut(text, people(read(text))) == ["Herr Wiesinger"]


def test_initials_need_a_name_in_no_dictionary() -> None:
    assert people(read("ask K. Abernathy")) == [(4, 16)]
    assert people(read("ask A. Pump")) == []


@pytest.mark.parametrize("text", ["My name is Zoltan", "Kind regards,\nZoltan", "Name: Zoltan"])
def test_a_phrase_introduces_a_name(text: str) -> None:
    assert cut(text, people(read(text))) == ["Zoltan"]


def test_a_faint_neighbour_belongs_to_a_name() -> None:
    text = "Satuverian Elomo\nHow did it run"
    assert cut(text, people(read(text, {"Elomo": ("SURNAME", 0.9)}))) == ["Satuverian Elomo"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("how did Aunt Bertha Inc. run", "Aunt Bertha Inc."),
        ("how did the Kestrel Energy pump run", "Kestrel Energy"),
        ("I work for Rapid Cycle", "Rapid Cycle"),
        ("ask the Avalara office is at the way", "Avalara"),
        ("how did Hubbard, Fox and Gillespie run", "Hubbard, Fox and Gillespie"),
        ("how did Metallica come to run", "Metallica"),
        ("Frank\nZorbatronics\nPump road", "Zorbatronics"),
    ],
)
def test_an_organisation_is_found_by_how_it_is_written(text: str, name: str) -> None:
    assert name in cut(text, organisations(read(text)))


def test_an_organisation_in_small_letters_is_found_by_its_form() -> None:
    text = "ask stillwater supercomputing inc. to come"
    assert "stillwater supercomputing inc." in cut(text, organisations(read(text, has_capitals=False)))[0]


@pytest.mark.parametrize("name", ["KNX", "Pump", "Chiller 6", "a=B", "run"])
def test_what_spacy_takes_for_an_organisation_may_be_none(name: str) -> None:
    assert organisations(read(f"how did {name} come to run", None, {name: "SPACY_ORGANISATION"})) == []


def test_spacy_names_an_organisation() -> None:
    text = "how did the Great Way come to run"
    assert cut(text, organisations(read(text, None, {"the Great Way": "SPACY_ORGANISATION"}))) == ["Great Way"]


ADDRESS = {
    "Kuuse": ("STREET_NAME", 0.9),
    "53": ("BUILDING_NUMBER", 0.4),
    "Gent": ("CITY", 0.8),
    "9000": ("ZIP_CODE", 0.9),
}


def test_parts_of_an_address_are_one_over_a_gap() -> None:
    text = "come to 692 Kuuse 53, Apt. 641, Gent, BE 9000 now"
    assert [(text[a:b], kind) for a, b, kind in addresses(read(text, ADDRESS))] == [
        ("692 Kuuse 53, Apt. 641, Gent, BE 9000", "ADDRESS")
    ]


def test_far_parts_are_two() -> None:
    text = "come to Kuuse 53 and then run the pump way to Gent"
    words = {k: v for k, v in ADDRESS.items() if k != "9000"}
    assert [kind for _, _, kind in addresses(read(text, words))] == ["ADDRESS", "PLACE"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("how did Chiller 9 run", {"Chiller": ("STREET_NAME", 0.9), "9": ("BUILDING_NUMBER", 0.9)}),
        ("how long is 96 here", {"96": ("BUILDING_NUMBER", 0.9)}),
        ("how did gent Run", {"gent": ("CITY", 0.9)}),
        ("how did Gent run", {"Gent": ("CITY", 0.3)}),
    ],
)
def test_plant_and_lone_numbers_are_no_address(text: str, words: dict[str, tuple[str, float]]) -> None:
    assert addresses(read(text, words)) == []


def test_a_code_needs_its_word() -> None:
    assert [kind for _, _, kind in addresses(read("ZIP: 3520"))] == ["ADDRESS"]
    assert addresses(read("how: 3520")) == []


def test_spacy_names_a_place_and_a_nation_but_no_crowd() -> None:
    assert [k for _, _, k in addresses(read("ask Gent to run", None, {"Gent": "SPACY_PLACE"}))] == ["PLACE"]
    assert [k for _, _, k in addresses(read("ask a Belgian to run", None, {"Belgian": "SPACY_NATION"}))] == ["PLACE"]
    assert addresses(read("Pedestrians come to run", None, {"Pedestrians": "SPACY_NATION"})) == []
    assert addresses(read("hoe loopt Vloer eigenlijk", None, {"Vloer": "SPACY_PLACE"})) == []


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("call 699 956 915", ["CONTACT"]),
        ("phone (602)272-9781x145 now", ["CONTACT"]),
        ("it was 699 956 915 kWh", []),
        ("it was 699 956 915", []),
        ("call on 2020-04-20", []),
        ("call 12 34", []),
        ("meter number 699 956 915", []),
        ("passport C01X00T47", ["NATIONAL_ID"]),
        ("card 501864667909", ["FINANCIAL_ID"]),
        ("equipment CWC04009", []),
        ("passport ABCDEFG", []),
    ],
)
def test_a_number_needs_form_and_cue(text: str, kinds: list[str]) -> None:
    assert [kind for _, _, kind in numbers(read(text))] == kinds


def test_the_transformer_confirms_a_telephone() -> None:
    text = "try 699 956 915"
    assert [k for _, _, k in numbers(read(text, {"956": ("PHONE", 0.9)}))] == ["CONTACT"]


def test_a_text_without_capitals_is_read_with_some() -> None:
    text = "ask ŉoma zoltan@x.de about élan, straße/x and pump"
    assert with_capitals(text, ENGLISH) == "ask ŉoma zoltan@x.de about Élan, straße/x and pump"
    assert with_capitals("Ask zoltan", ENGLISH) == "Ask zoltan"


@pytest.mark.parametrize(
    "word", ["pumps", "Running", "calling", "calls", "bridges", "city", "cities", "called", "road-way", "the"]
)
def test_the_lexicon_knows_inflections(word: str) -> None:
    assert ENGLISH.knows(word) == (word != "Running")


def test_a_model_without_word_lists_is_told(tmp_path: object) -> None:
    with pytest.raises(DetectorUnavailable, match="english lexicon"):
        load_lexicon(SimpleNamespace(path=tmp_path))


def test_jargon_in_plural_and_possessive() -> None:
    assert is_jargon("Chillers")
    assert is_jargon("AHU's")
    assert has_jargon("the Condenser")
    assert not has_jargon("Baker and Sons")


def test_stretches_that_touch_are_one() -> None:
    assert connected("abcdefgh ij", [(6, 8), (0, 3), (2, 4), (5, 5), (9, 11)]) == [(0, 4), (6, 11)]


@pytest.mark.parametrize("count", [1, 10, 11, 25, 100])
def test_windows_keep_each_token_once(count: int) -> None:
    made = list(windows(count, 10, 4))
    kept = [token for begin, end, first, last in made for token in range(first, last) if begin <= token < end]
    assert kept == list(range(count))


def test_tokens_are_joined_to_words() -> None:
    chances = np.array([[0.2, 0.8, 0.0], [0.4, 0.0, 0.6], [1.0, 0.0, 0.0]], dtype=np.float32)
    (word,) = joined([0, 0, 1], [(0, 2), (2, 4), (5, 7)], chances, ["", "SURNAME", "SURNAME"])
    assert (word.start, word.end, word.kind) == (0, 4, "SURNAME")
    assert word.score == pytest.approx(0.7)


def test_four_bits_are_unpacked_low_half_first() -> None:
    bits, scales = np.array([[[0x98, 0x0F]]], dtype=np.uint8), np.array([2.0], dtype=np.float32)
    weights = unpack(bits, scales, {"bits": 4, "N": 1, "K": 4, "block_size": 4})
    assert weights.tolist() == [[0.0], [2.0], [14.0], [-16.0]]
    with pytest.raises(ValueError, match="weights of 8 bits"):
        unpack(bits, scales, {"bits": 8, "N": 1, "K": 4, "block_size": 4})


def test_a_packed_matrix_with_zero_points_is_not_guessed_at(tmp_path: object) -> None:
    import onnx
    from onnx import helper

    node = helper.make_node("MatMulNBits", ["x", "w", "s", "zero"], ["y"], domain="com.microsoft", bits=4)
    graph = helper.make_graph([node], "g", [], [])
    onnx.save(helper.make_model(graph), f"{tmp_path}/packed.onnx")
    from pathlib import Path

    with pytest.raises(ValueError, match="zero points"):
        write_plain(Path(f"{tmp_path}/packed.onnx"), Path(f"{tmp_path}/plain.onnx"))
