"""Names leave as placeholders: one for all spellings of an entity, another in each conversation."""

import copy
import json
import pickle
import re
import time

import pytest

from privacy.labels import Label
from privacy.pseudonyms import Pseudonyms
from privacy.pseudonyms.entity_map import PseudonymMap
from privacy.pseudonyms.placeholder import ABBREVIATIONS, codes
from privacy.pseudonyms.vault import PseudonymVault, SealBroken
from privacy.spans import Span

KEY = b"k" * 32


def named(conversation: str = "c", tenant: str = "t") -> Pseudonyms:
    return Pseudonyms(conversation, tenant, KEY)


def spans(text: str, *marked: tuple[str, str] | tuple[str, str, str]) -> list[Span]:
    """Mark words of a text, each from where the last one ended; (words, type) or (words, type, entity)."""
    found: list[Span] = []
    for words, kind, *entity in marked:
        start = text.index(words, found[-1].end if found else 0)
        found.append(Span(start, start + len(words), kind, Label.INTERNAL, entity="".join(entity)))
    return found


def hidden(pseudonyms: Pseudonyms, text: str, *marked: tuple[str, str] | tuple[str, str, str]) -> str:
    return pseudonyms.disguise(text, spans(text, *marked))


def test_a_name_becomes_a_typed_placeholder_that_reads_like_one() -> None:
    said = hidden(
        named(),
        "Did Marie Curie leave Hollybrook House?",
        ("Marie Curie", "PERSON"),
        ("Hollybrook House", "BUILDING_NAME"),
    )
    assert re.fullmatch(r"Did Person [B-Z]{3} leave Building [B-Z]{3}\?", said)


def test_a_type_outside_the_taxonomy_has_a_placeholder_too() -> None:
    assert re.fullmatch(r"ask Item [B-Z]{3}", hidden(named(), "ask zyx", ("zyx", "NO_SUCH_TYPE")))


@pytest.mark.parametrize(
    "mention",
    ["Marlowe Tower", "marlowe tower", "MARLOWE  TOWER", "the Marlowe Tower", "The Marlowe Tower's", "Marlowe-Tower",
     "\uff2darlowe Tower", "Mar\u200blowe Tower", "Márlowe Tower"],
)  # fmt: skip
def test_every_spelling_of_a_name_has_the_same_placeholder(mention: str) -> None:
    names = named()
    first = hidden(names, "Marlowe Tower", ("Marlowe Tower", "BUILDING_NAME"))
    assert hidden(names, mention, (mention, "BUILDING_NAME")).removesuffix("'s") == first
    assert len(names) == 1


def test_an_id_its_word_and_its_alias_have_the_same_placeholder() -> None:
    names = named()
    text = "building b4, b4, Bldg B4, Library, buildings b4"
    marked = (
        ("building b4", "BUILDING_NAME", "b4"),
        ("b4", "BUILDING_NAME", "b4"),
        ("B4", "BUILDING_NAME"),
        ("Library", "BUILDING_NAME", "b4"),
        ("b4", "BUILDING_NAME"),
    )
    assert len(set(hidden(names, text, *marked).split(", "))) == 1


def test_the_word_before_an_id_is_not_doubled() -> None:
    names, text = named(), "Building b4 and buildings b5, b6"
    said = hidden(names, text, ("b4", "BUILDING_NAME"), ("b5", "BUILDING_NAME"), ("b6", "BUILDING_NAME"))
    assert re.fullmatch(r"Building \w+ and Building \w+, Building \w+", said)
    assert names.restore(said) == "Building b4 and b5, b6"


@pytest.mark.parametrize("mention", ["Curie", "Dr. Curie", "Curie's", "M. Curie", "Curie, Marie", "madame curie"])
def test_a_last_name_after_the_full_name_is_the_same_person(mention: str) -> None:
    names = named()
    full = hidden(names, "Marie Curie", ("Marie Curie", "PERSON"))
    assert hidden(names, mention, (mention, "PERSON")).removesuffix("'s") == full


def test_a_full_name_after_the_last_name_is_the_same_person() -> None:
    names = named()
    assert hidden(names, "Curie", ("Curie", "PERSON")) == hidden(names, "Marie Curie", ("Marie Curie", "PERSON"))


def test_a_last_name_of_two_people_is_neither_of_them() -> None:
    names = named()
    people = [hidden(names, n, (n, "PERSON")) for n in ("Marie Curie", "Pierre Curie", "Curie", "P. Curie", "Mr")]
    assert len(set(people)) == 4
    assert people[3] == people[1]


def test_with_very_many_namesakes_only_a_full_name_says_who() -> None:
    names = named()
    for number in range(40):
        hidden(names, f"N{number} Curie", (f"N{number} Curie", "PERSON"))
    hidden(names, "Curie", ("Curie", "PERSON"))
    assert len(names) == 41


def test_two_entities_with_one_spelling_stay_two() -> None:
    names = named()
    one = hidden(names, "Annex", ("Annex", "BUILDING_NAME", "b4"))
    assert hidden(names, "Annex", ("Annex", "BUILDING_NAME", "b5")) != one


def test_a_possessive_stays_one() -> None:
    said = hidden(named(), "Li Wei's and Li Wei\u2019s meter", ("Li Wei's", "PERSON"), ("Li Wei", "PERSON"))
    assert re.fullmatch(r"Person (\w+)'s and Person \1\u2019s meter", said)


def test_placeholders_differ_between_conversations_and_tenants_and_keys() -> None:
    many = [(f"N{i} Family{i}", "PERSON") for i in range(20)]
    text = "; ".join(name for name, _ in many)
    made = [
        hidden(p, text, *many)
        for p in (named(), named("d"), named("c", "u"), Pseudonyms("c", "t"), Pseudonyms("c", "t"))
    ]
    assert len(set(made)) == 5
    assert hidden(named(), text, *many) == made[0]


def test_the_user_may_write_of_building_a() -> None:
    names = named()
    said = hidden(names, "Is Building A like b4?", ("b4", "BUILDING_NAME"))
    assert said.startswith("Is Building A like Building ")
    assert names.restore(said) == "Is Building A like b4?"


def test_a_code_that_stands_in_a_text_is_never_given_out() -> None:
    first = next(codes(PseudonymMap(named()._map.key).key))
    names = named()
    said = hidden(names, f"I have a Building {first} and b4", ("b4", "BUILDING_NAME"))
    assert said.count(first) == 1
    assert names.restore(f"Building {first} and {said.split()[-1]}") == f"Building {first} and b4"


def test_a_placeholder_that_the_user_writes_comes_back_as_written() -> None:
    names = named()
    given = hidden(names, "b4", ("b4", "BUILDING_NAME"))
    code = given.split()[1]
    forged = f"{given}, {code}'s, zone {code}, Person {code} and b4"
    said = names.disguise(forged, [])
    assert code not in said.removesuffix(given)
    assert said.endswith(given)
    assert names.restore(said) == forged
    assert names.disguise(forged, []) == said


def test_a_known_name_that_no_span_marks_leaves_as_a_placeholder_too() -> None:
    names = named()
    person = hidden(names, "Marie Curie", ("Marie Curie", "PERSON"))
    building = hidden(names, "b4", ("b4", "BUILDING_NAME"))
    assert names.disguise("MARIE  CURIE, curie and b40 in building b4, b4_kwh", []) == (
        f"{person}, {person} and b40 in {building}, {building}_kwh"
    )


@pytest.mark.parametrize("name", ["Hall", "May", "Reading", "Me", "12"])
def test_a_name_that_is_a_plain_word_is_replaced_only_where_it_is_marked(name: str) -> None:
    names = named()
    assert hidden(names, f"In {name}", (name, "PLACE")) != f"In {name}"
    other = f"the {name.lower()} of it"
    assert names.disguise(other, []) == other
    assert not names.carries_original(other)


def test_what_is_replaced_is_no_longer_carried() -> None:
    names = named()
    said = hidden(
        names,
        "Marie Curie, acct 7438120906, b4",
        ("Marie Curie", "PERSON"),
        ("7438120906", "METER_ACCOUNT"),
        ("b4", "BUILDING_NAME"),
    )
    assert not names.carries_original(said)
    for leak in ("so MARIE\ncurie said", "Curie", "no. 7438120906.", "x B4-x", "mar\u00adie curié"):
        assert names.carries_original(leak)
    assert not names.carries_original("b40, Curiere, 74381209060")
    assert not named().carries_original("anything")


def test_placeholders_are_found_for_a_second_scan() -> None:
    names = named()
    said = hidden(names, "Has Li Wei left?", ("Li Wei", "PERSON"))
    assert [said[a:b] for a, b in names.placeholders(said)] == [said.split(" ", 1)[1].removesuffix(" left?")]


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (2, 1), (3, 9)])
def test_a_span_outside_the_text_is_named(start: int, end: int) -> None:
    with pytest.raises(ValueError, match=rf"span {start}-{end} is not in a text of 5 characters"):
        named().disguise("abcde", [Span(start, end, "PERSON", Label.CONFIDENTIAL)])


def test_overlapping_spans_are_named() -> None:
    with pytest.raises(ValueError, match=r"spans 0-3 and 2-5 overlap"):
        named().disguise("abcde", [Span(a, b, "PERSON", Label.CONFIDENTIAL) for a, b in ((2, 5), (0, 3))])


def test_empty_and_blank_spans_hide_nothing() -> None:
    names = named()
    assert (
        names.disguise("ab  cd", [Span(a, b, "PLACE", Label.INTERNAL) for a, b in ((1, 1), (2, 4), (6, 6))]) == "ab  cd"
    )
    assert len(names) == 0


def test_spaces_in_a_span_stay_and_a_span_of_signs_is_hidden() -> None:
    names = named()
    said = names.disguise(
        "at  b4 , ***!", [Span(3, 7, "BUILDING_NAME", Label.INTERNAL), Span(9, 13, "CREDENTIAL", Label.RESTRICTED)]
    )
    assert re.fullmatch(r"at  Building \w+ , Credential \w+", said)
    assert names.restore(said) == "at  b4 , ***!"


@pytest.mark.slow
def test_ten_thousand_pseudonyms_in_one_text() -> None:
    names, text, marked = named(), "", []
    for number in range(10_000):
        name = f"Given{number} Family{number}"
        marked.append(Span(len(text), len(text) + len(name), "PERSON", Label.CONFIDENTIAL))
        text += f"{name} and "
    began = time.thread_time()
    said = names.disguise(text, marked)
    back = names.restore(said)
    assert time.thread_time() - began < 4  # 0.6 s on an idle machine
    assert back == text
    assert len(set(re.findall(r"Person \w+", said))) == 10_000


def test_codes_hold_no_vowel_and_no_abbreviation_and_do_not_repeat() -> None:
    given = [code for code, _ in zip(codes(KEY), range(20_000), strict=False)]
    assert len(set(given)) == 20_000
    assert not set(given) & ABBREVIATIONS
    assert all(re.fullmatch(r"[B-DF-HJ-NP-RTV-XZ]{3,4}", code) for code in given)
    later = codes(KEY, 7_000)
    assert next(later) == given[7_000]


def test_codes_that_run_out_say_so() -> None:
    with pytest.raises(ValueError, match="begin another"):
        list(codes(KEY, 10**6))


def test_a_map_shows_counts_only_and_cannot_be_pickled_or_copied() -> None:
    names, vault = named(), PseudonymVault()
    hidden(names, "Marie Curie", ("Marie Curie", "PERSON"))
    assert repr(names) == "<Pseudonyms of 1 entities>"
    assert "Curie" not in f"{names._map!r}{[*names._map]!r}{names!s}"
    for refuse in (pickle.dumps, copy.copy, copy.deepcopy):
        for secret in (names, vault):
            with pytest.raises(TypeError, match=r"PseudonymVault\.sealed"):
                refuse(secret)


def test_the_vault_keeps_a_conversation_and_forgets_the_one_unused_for_longest() -> None:
    vault = PseudonymVault(capacity=2)
    first = vault.of("1", "t")
    vault.of("2", "t")
    assert vault.of("1", "t") is first
    assert vault.of("1", "u") is not first
    assert repr(vault) == "<PseudonymVault of 2 conversations>"
    assert vault.of("1", "t") is first
    assert vault.forget("1", "t")
    assert not vault.forget("1", "t")
    assert len(vault) == 1


def test_a_vault_holds_at_least_one_conversation() -> None:
    with pytest.raises(ValueError, match="capacity is 0"):
        PseudonymVault(capacity=0)


def test_erasure_reaches_every_conversation_and_leaves_the_placeholder_inert() -> None:
    vault = PseudonymVault()
    said = {}
    for conversation, tenant in (("1", "t"), ("2", "t"), ("3", "u")):
        names = vault.of(conversation, tenant)
        said[names] = hidden(names, "Marie Curie, Li Wei", ("Marie Curie", "PERSON"), ("Li Wei", "PERSON"))
    assert vault.erase("marie curie", tenant="u") == 1
    assert vault.erase("marie curie") == 2
    assert vault.erase("marie curie") == 0
    for names, text in said.items():
        gone = text.split(",")[0]
        assert names.restore(text) == f"{gone}, Li Wei"
        assert not names.carries_original("Marie Curie")
        assert "Curie" not in json.dumps(names.dump())
        assert hidden(names, "Marie Curie", ("Marie Curie", "PERSON")) != gone


def test_erasure_finds_an_entity_by_its_id() -> None:
    names = named()
    hidden(names, "Old Dairy", ("Old Dairy", "BUILDING_NAME", "b77"))
    assert names.erase("b77")


def test_a_sealed_map_shows_nothing_and_opens_as_it_was() -> None:
    vault, other = PseudonymVault(), PseudonymVault()
    names = vault.of("1", "t")
    text = "Marie Curie in b4; Building XQZ"
    marked = spans(text, ("Marie Curie", "PERSON"), ("b4", "BUILDING_NAME", "b4"))
    scaled = names.transform(shift_dates=False, scale_values=True)
    said = names.disguise(text, marked)
    figure = names.disguise("77 kWh", [], scaled)
    sealed = vault.sealed("1", "t", KEY)
    assert b"Curie" not in sealed
    opened = other.open(sealed, KEY)
    assert other.of("1", "t") is opened
    assert opened.restore(said) == text
    assert opened.restore(figure, scaled) == "77 kWh"
    assert opened.disguise("Mrs Curie", []) == names.disguise("Mrs Curie", [])
    assert hidden(opened, "Li Wei", ("Li Wei", "PERSON")) == hidden(names, "Li Wei", ("Li Wei", "PERSON"))


def test_a_sealed_map_that_was_changed_or_is_under_another_key_does_not_open() -> None:
    vault = PseudonymVault()
    vault.of("1", "t")
    sealed = vault.sealed("1", "t", KEY)
    for broken, key in ((sealed, b"x" * 32), (sealed[:-1] + b"?", KEY), (b"?" + sealed[1:], KEY), (b"", KEY)):
        with pytest.raises(SealBroken):
            vault.open(broken, key)


def test_sealing_names_a_wrong_key_and_an_unknown_conversation() -> None:
    vault = PseudonymVault()
    with pytest.raises(KeyError, match="no pseudonyms of conversation 'x'"):
        vault.sealed("x", "t", KEY)
    with pytest.raises(ValueError, match="the key has 3 bytes"):
        vault.sealed("x", "t", b"abc")
    with pytest.raises(ValueError, match="the key has 3 bytes"):
        vault.open(b"", b"abc")
