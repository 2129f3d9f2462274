"""A scan covers what any detector sees in any reading, and a detector that fails makes the text restricted."""

import re
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from pathlib import Path

import pytest

from privacy import deadline, scanner
from privacy.disguise import View
from privacy.escalation import escalated
from privacy.labels import Label
from privacy.merging import merged
from privacy.names import Name
from privacy.names.inventory import NameInventory
from privacy.policy import Combination
from privacy.recognisers import all as families
from privacy.scanner import Scanner
from privacy.spans import Span
from privacy.taxonomy import TYPES, label_of_type
from privacy.windows import windows

NAMES = NameInventory.build([Name("b4", "BUILDING_NAME", "b4"), Name("Hollybrook House", "BUILDING_NAME", "hh")])


def span(start: int, end: int, kind: str = "PERSON", score: float = 1.0, entity: str = "") -> Span:
    return Span(start, end, kind, label_of_type(kind), score, "test", entity)


def devices(text: str) -> Iterator[Span]:
    for match in re.finditer(r"device \d{6}", text):
        yield span(*match.span(), "OT_ADDRESS")


def people(text: str) -> Iterator[Span]:
    for match in re.finditer(r"Ann(?: |\n)Lee", text):
        yield span(*match.span(), "PERSON")


def nothing(_text: str) -> Iterable[Span]:
    return ()


def broken(text: str) -> Iterable[Span]:
    raise KeyError(text)


def made(*recognisers: object, outbound: object = nothing, **more: object) -> Scanner:
    return Scanner(NAMES, recognisers=[("test", recognisers)], outbound=outbound, **more)  # type: ignore[arg-type, list-item]


def shown(scanner: Scanner, text: str, stage: int = 1) -> list[tuple[str, str]]:
    return [(text[s.start : s.end], s.type) for s in scanner.scan(text, stage).spans]


def test_a_text_without_findings_is_public() -> None:
    scan = made(devices).scan("What is a good setpoint?")
    assert (scan.label, scan.spans, scan.faults) == (Label.PUBLIC, (), ())
    assert scan.ms > 0


def test_the_label_of_a_text_is_the_highest_of_its_spans() -> None:
    assert made(devices).scan("b4").label is Label.INTERNAL
    assert made(devices).scan("b4 has device 260001").label is Label.RESTRICTED


def test_what_a_disguise_hides_is_found_where_it_stands() -> None:
    text = "is b4 on de\u200bvice 2\u200b60001 or device two six zero zero zero two?"
    assert shown(made(devices), text) == [
        ("b4", "BUILDING_NAME"),
        ("de\u200bvice 2\u200b60001", "OT_ADDRESS"),
        ("device two six zero zero zero two", "OT_ADDRESS"),
    ]


def test_a_finding_in_parts_is_covered_in_its_parts() -> None:
    text = "The device part one: 2600\npart two: 01\nis it?"
    assert shown(made(devices), text) == [("device ", "OT_ADDRESS"), ("2600", "OT_ADDRESS"), ("01", "OT_ADDRESS")]


def test_a_guessed_reading_counts_for_long_names_only() -> None:
    assert shown(made(devices), "room 4b") == []
    assert shown(made(devices), "esuoH koorbylloH") == [("esuoH koorbylloH", "BUILDING_NAME")]
    assert shown(made(devices), "Ubyyloebbx Ubhfr") == [("Ubyyloebbx Ubhfr", "BUILDING_NAME")]


def test_stage_2_adds_what_the_models_see_also_under_a_disguise() -> None:
    scanner = made(devices, outbound=people)
    assert shown(scanner, "ask Ann Lee", 1) == []
    assert shown(scanner, "ask Ann Lee", 2) == [("Ann Lee", "PERSON")]
    assert shown(scanner, "ask A\u200bnn Lee", 2) == [("A\u200bnn Lee", "PERSON")]


def test_a_stage_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="no stage 3"):
        made().scan("x", 3)


@pytest.mark.parametrize("stage", [1, 2])
def test_a_detector_that_raises_makes_the_text_restricted_and_the_others_still_find(stage: int) -> None:
    failing = made(broken, devices) if stage == 1 else made(devices, outbound=broken)
    scan = failing.scan("secret b4 and device 260001", stage)
    assert scan.label is Label.RESTRICTED
    assert [s.type for s in scan.spans] == ["BUILDING_NAME", "OT_ADDRESS"]
    assert len(scan.faults) == 1
    assert "KeyError" in scan.faults[0]
    assert "secret" not in scan.faults[0]


def test_a_missing_family_makes_every_text_restricted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(families, "FAMILIES", ("finding", "no_such_family"))
    families.load.cache_clear()
    try:
        scan = Scanner(NAMES, outbound=nothing).scan("hello")
    finally:
        families.load.cache_clear()
    assert scan.label is Label.RESTRICTED
    assert scan.faults == ("the detector finding is missing", "the detector no_such_family is missing")


def test_a_missing_model_makes_a_text_bound_outward_restricted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "privacy.outbound", None)
    scanner = Scanner(NAMES, recognisers=[])
    assert scanner.scan("hello", 1).label is Label.PUBLIC
    assert scanner.scan("hello", 2).label is Label.RESTRICTED
    assert scanner.warm() == ("the detector outbound failed (ModuleNotFoundError)",)


def test_an_inventory_or_a_reading_that_fails_makes_the_text_restricted(monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken(NameInventory):
        def spans(self, text: str) -> Iterator[Span]:
            raise RuntimeError(text)

    def fails(text: str) -> list[View]:
        raise RecursionError(text)

    assert Scanner(Broken([], []), recognisers=[]).scan("b4").faults == (
        "the detector inventory failed (RuntimeError)",
    )
    monkeypatch.setattr(scanner, "views", fails)
    scan = made(devices).scan("b4 device 260001")
    assert scan.faults == ("the detector disguise failed (RecursionError)",)
    assert len(scan.spans) == 2


def test_a_model_that_hangs_makes_the_text_restricted_in_time() -> None:
    release = threading.Event()

    def hangs(_text: str) -> Iterable[Span]:
        release.wait(30)
        return ()

    scan = made(devices, outbound=hangs, deadline_s=0.02).scan("device 260001", 2)
    release.set()
    assert scan.label is Label.RESTRICTED
    assert scan.faults == ("the detector outbound was not done in time",)
    assert len(scan.spans) == 1


def test_models_that_all_hang_do_not_take_more_threads() -> None:
    free = threading.BoundedSemaphore(1)
    release = threading.Event()
    with pytest.raises(TimeoutError, match="within"):
        deadline.within(0.01, lambda: release.wait(30), free=free)
    with pytest.raises(TimeoutError, match="too many"):
        deadline.within(0.01, lambda: True, free=free)
    release.set()
    assert deadline.within(5, lambda: 7, free=free) == 7
    with pytest.raises(ZeroDivisionError):
        deadline.within(5, lambda: 1 // 0)


def test_stage_1_that_is_late_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scanner, "STAGE_1_S", -1.0)
    scan = made(devices).scan("b4 device 260001")
    assert scan.label is Label.RESTRICTED
    assert scan.faults == ("stage 1 was not done in time",)
    assert [s.type for s in scan.spans] == ["BUILDING_NAME"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\x00",
        "\ud800 device 260001 \udfff",
        b"\xff\xfe device 260001",
        "\U0010ffff",
        "[" * 100_000,
        '{"a":' * 5_000,
    ],
)
def test_no_text_makes_a_scan_raise(text: str | bytes) -> None:
    for stage in (1, 2):
        scan = made(devices, people, outbound=lambda text: nothing(text.encode().decode())).scan(text, stage)
        assert not scan.faults
        assert bool(scan.spans) == (len(text) in {15, 16, 17})


def test_offsets_hold_behind_half_a_character() -> None:
    text = "\ud83d\udc00\ud800 device 260001"
    assert shown(made(devices), text) == [("device 260001", "OT_ADDRESS")]


@pytest.mark.slow
def test_a_megabyte_is_scanned_in_windows_and_nothing_between_them_is_missed() -> None:
    text = ("x" * 60 + " device 260001 and Ann Lee ") * 11_600
    scan = made(devices, outbound=people).scan(text, 2)
    assert len(text) > 1_000_000
    assert scan.faults == ()
    assert len(scan.spans) == 2 * 11_600


def test_windows_overlap_end_between_words_and_cover_everything() -> None:
    text = "word " * 500
    pieces = list(windows(text, 1000, 100))
    assert len(pieces) == 3
    assert all(text[at : at + len(piece)] == piece for at, piece in pieces)
    assert all(piece.startswith("word") for _, piece in pieces)
    assert [at for at, _ in windows("x" * 2000, 1000, 100)] == [0, 900, 1800]
    with pytest.raises(ValueError, match="no way forward"):
        list(windows(text, 500, 100))


def test_threads_may_share_a_scanner() -> None:
    shared = made(devices, outbound=people)
    with ThreadPoolExecutor(4) as pool:
        scans = list(pool.map(lambda i: shared.scan(f"b4 device {260000 + i} Ann Lee", 2), range(40)))
    assert {len(scan.spans) for scan in scans} == {3}


def test_the_policy_may_place_a_type_and_a_detector_may_raise_its_span() -> None:
    def raises(_text: str) -> Iterable[Span]:
        return [Span(0, 2, "PLACE", Label.CONFIDENTIAL), Span(3, 5, "PLACE", Label.INTERNAL)]

    types = {**TYPES, "PLACE": Label.PUBLIC}
    labels = [s.label for s in made(raises, types=types).scan("aa bb").spans]
    assert labels == [Label.CONFIDENTIAL, Label.PUBLIC]
    unknown = made(lambda _: [Span(0, 2, "NEW", Label.PUBLIC)]).scan("aa")
    assert unknown.label is Label.RESTRICTED


def test_types_that_say_more_together_take_a_higher_label() -> None:
    def both(_text: str) -> Iterable[Span]:
        return [span(0, 3, "ADDRESS"), span(4, 7, "OCCUPANCY"), span(8, 11, "CONTACT")]

    assert [s.label.name for s in made(both).scan("aaa bbb ccc").spans] == ["RESTRICTED", "RESTRICTED", "CONFIDENTIAL"]


def test_a_combination_never_lowers_a_label() -> None:
    combination = Combination(frozenset({"CREDENTIAL", "PLACE"}), Label.CONFIDENTIAL)
    spans = escalated([span(0, 1, "CREDENTIAL"), span(2, 3, "PLACE")], [combination])
    assert [s.label for s in spans] == [Label.RESTRICTED, Label.CONFIDENTIAL]
    assert escalated([span(0, 1, "PLACE")], [combination])[0].label is Label.INTERNAL


def test_overlapping_spans_become_their_union_under_the_highest_label() -> None:
    spans = merged(
        [span(5, 20, "ADDRESS"), span(0, 8, "PLACE"), span(18, 22, "CREDENTIAL", 0.5), span(22, 25, "PLACE")]
    )
    assert [(s.start, s.end, s.type) for s in spans] == [(0, 22, "CREDENTIAL"), (22, 25, "PLACE")]


def test_a_span_inside_a_long_one_does_not_end_its_group() -> None:
    spans = merged([span(0, 20), span(2, 4), span(10, 25)])
    assert [(s.start, s.end) for s in spans] == [(0, 25)]


def test_what_is_public_gives_way() -> None:
    spans = merged([span(0, 10, "STANDARD"), span(8, 12, "PLACE"), span(20, 30, "STANDARD"), span(25, 28, "STANDARD")])
    assert [(s.start, s.end, s.type) for s in spans] == [(8, 12, "PLACE"), (20, 30, "STANDARD")]


def test_the_entity_of_a_union_is_the_one_that_it_names() -> None:
    names = [span(0, 11, "BUILDING_NAME"), span(9, 11, "BUILDING_NAME", entity="b4")]
    assert merged(names)[0].entity == "b4"
    assert merged([*names, span(10, 15, "BUILDING_NAME", entity="b5")])[0].entity == ""


def test_every_family_of_recognisers_is_loaded_and_every_module_is_in_one() -> None:
    found, missing = families.load()
    assert missing == ()
    assert [name for name, _ in found] == list(families.FAMILIES)
    used = {recognise for _, recognisers in found for recognise in recognisers}
    for path in Path(families.__file__).parent.glob("*.py"):
        module = import_module(f"privacy.recognisers.{path.stem}")
        assert set(getattr(module, "RECOGNISERS", ())) <= used, path.stem
