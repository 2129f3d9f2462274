"""What the policy's file may say, and what becomes of one that is broken."""

import logging
import os
from pathlib import Path

import pytest

from privacy.errors import PolicyError
from privacy.labels import Label
from privacy.policy import NOTHING_LEAVES
from privacy.policy.file import SHIPPED, PolicyFile, load_policy
from privacy.taxonomy import TYPES

TEXT = SHIPPED.read_text(encoding="utf-8")
CLOUD = ("gpt-4o", "deepseek-v3", "gemini")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "privacy.yaml"


def line_of(words: str, text: str) -> int:
    return next(i for i, line in enumerate(text.splitlines(), 1) if words in line)


def consent(start: str, until: str) -> str:
    return f"{{building: b4, from: {start}, until: {until}, to: internal, by: a, reference: r}}"


def write(path: Path, text: str, *, at: int) -> None:
    """Write a file and set its time, so that a change is seen however coarse the file system's clock is."""
    path.write_text(text, encoding="utf-8")
    os.utime(path, ns=(at, at))


@pytest.mark.parametrize("destination", [*CLOUD, "langsmith", "logs", "private-endpoint"])
def test_shipped_policy_lets_restricted_data_go_nowhere(destination: str) -> None:
    assert load_policy().rule(destination, Label.RESTRICTED).action == "deny"


@pytest.mark.parametrize("destination", CLOUD)
def test_shipped_policy_sends_nothing_but_public_text_as_it_is_to_a_cloud(destination: str) -> None:
    policy = load_policy()
    assert [label for label in Label if policy.rule(destination, label).action == "allow"] == [Label.PUBLIC]


def test_shipped_policy_labels_every_type_as_the_taxonomy_does() -> None:
    assert load_policy().types == TYPES


def test_destination_that_nobody_named_is_denied() -> None:
    rule = load_policy().rule("claude", Label.PUBLIC)
    assert (rule.action, rule.name) == ("deny", "default")


@pytest.mark.parametrize("label", list(Label))
def test_policy_of_nothing_denies_everything(label: Label) -> None:
    assert NOTHING_LEAVES.rule("gpt-4o", label).action == "deny"
    assert NOTHING_LEAVES.label_of_source("instructions") is Label.RESTRICTED


@pytest.mark.parametrize(
    ("source", "label"),
    [
        ("memory.episode", Label.INTERNAL),
        ("memory.secrets", Label.RESTRICTED),
        ("readings.value", Label.RESTRICTED),
        ("weather.temperature", Label.PUBLIC),
        ("nobody.knows", Label.RESTRICTED),
        ("", Label.RESTRICTED),
        ("instructions2", Label.RESTRICTED),
    ],
)
def test_g2_data_is_labelled_by_its_source_and_unknown_is_restricted(source: str, label: Label) -> None:
    assert load_policy().label_of_source(source) is label


def test_type_that_the_file_leaves_out_is_restricted(path: Path) -> None:
    path.write_text(TEXT.replace("BUILDING_NAME, POINT_NAME,", "POINT_NAME,").replace(", BUILDING_NAME]", ", PERSON]"))
    assert load_policy(path).label_of_type("BUILDING_NAME") is Label.RESTRICTED


@pytest.mark.parametrize(
    ("was", "now", "says"),
    [
        ("internal: deny", "internal: perhaps", "allow"),
        ("label: restricted", "label: secret", "'secret' is no label"),
        ("instructions: public", "instructions: pubic", "'pubic' is no label"),
        ("PLACE, ORGANISATION]", "PLACE, ORGANISATON]", "ORGANISATON: no detector finds that"),
        ("PLACE, ORGANISATION]", "PLACE, PERSON]", "PERSON stands under more than one label"),
        ("    kind: trace", "    kind: trace\n    kind: trace", "kind is given twice"),
        ("  langsmith:", "  langsmiht:", "destination langsmith is missing"),
        ("combinations:", "combinatons:", "combinatons"),
        ("    retention: 30 days at most\n    public: allow\n", "    retention: 30 days at most\n", "public"),
        ("kind: trace", "kind: [trace", "expected"),
        ("[api.openai.com]", "['https://api.openai.com/v1']", "write a host as"),
        ("[api.openai.com]", "[api.openai.com, '']", "write a host as"),
        ("version: 1", "version: 2", "version"),
        ("largest_share_percent: 15", "largest_share_percent: .nan", "largest_share_percent"),
        ("kept_values: [AGGREGATE_USE]", "kept_values: [PERSON]", "PERSON cannot be kept"),
        ("  - types: [PERSON, OCCUPANCY]", "  - types: [ADDRESS, OCCUPANCY]", "has two rules"),
        ("consent: []", f"consent: [{consent('2020-01-01', '2019-01-01')}]", "ends (2019-01-01) before"),
        (
            "consent: []",
            f"consent: [{consent('2019-01-01', '2020-01-01')}, {consent('2019-06-01', '2021-01-01')}]",
            "overlap from 2019-06-01",
        ),
    ],
)
def test_fault_is_told_at_its_line(path: Path, was: str, now: str, says: str) -> None:
    assert was in TEXT
    broken = TEXT.replace(was, now, 1)
    path.write_text(broken, encoding="utf-8")
    with pytest.raises(PolicyError) as told:
        load_policy(path)
    assert says in told.value.message
    assert str(path) in str(told.value)
    assert 0 < told.value.line <= len(broken.splitlines())


def test_line_is_that_of_the_value_at_fault(path: Path) -> None:
    broken = TEXT.replace("  documents.public: public", "  documents.public: pubic")
    path.write_text(broken, encoding="utf-8")
    with pytest.raises(PolicyError) as told:
        load_policy(path)
    assert told.value.line == line_of("documents.public: pubic", broken)


@pytest.mark.parametrize("destination", ["gpt-4o", "langsmith", "logs", "private-endpoint"])
def test_policy_that_lets_restricted_data_leave_is_refused(path: Path, destination: str) -> None:
    head, tail = TEXT.split(f"  {destination}:", 1)
    path.write_text(head + f"  {destination}:" + tail.replace("restricted: deny", "restricted: allow", 1))
    with pytest.raises(PolicyError, match="restricted data never leaves"):
        load_policy(path)


def test_policy_that_sends_confidential_data_as_it_is_to_a_cloud_is_refused(path: Path) -> None:
    path.write_text(TEXT.replace("confidential: deny", "confidential: allow", 1))
    with pytest.raises(PolicyError, match="confidential data never goes to a cloud"):
        load_policy(path)


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff\xfe", b"a: &x [1]\nb: *x\n", b"[" * 5_000, b"- 1\n", b"x" * 1_000_001, b"!!python/name:os.system {}"],
    ids=["empty", "not UTF-8", "aliases", "deep", "a list", "too long", "python"],
)
def test_file_that_is_no_policy_is_an_error(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(PolicyError):
        load_policy(path)


def test_missing_file_is_an_error_with_the_remedy(path: Path) -> None:
    with pytest.raises(PolicyError, match="EAIO_PRIVACY_POLICY"):
        load_policy(path)


def test_changed_file_is_taken(path: Path) -> None:
    write(path, TEXT, at=1)
    kept = PolicyFile(path)
    before = kept.current()
    write(path, TEXT.replace("internal: pseudonymise", "internal: deny"), at=2)
    assert kept.current().rule("gpt-4o", Label.INTERNAL).action == "deny"
    assert kept.current().hash != before.hash


@pytest.mark.parametrize("broken", ["version: 1\n", "not: [yaml", ""])
def test_broken_file_keeps_the_policy_of_before_and_says_so(
    path: Path, broken: str, caplog: pytest.LogCaptureFixture
) -> None:
    write(path, TEXT, at=1)
    kept = PolicyFile(path)
    before = kept.current()
    write(path, broken, at=2)
    with caplog.at_level(logging.ERROR, "eaio"):
        logging.getLogger("eaio").addHandler(caplog.handler)
        try:
            assert kept.current() is before
        finally:
            logging.getLogger("eaio").removeHandler(caplog.handler)
    assert "the one of before" in caplog.text
    assert kept.fault is not None


def test_deleted_file_keeps_the_policy_of_before(path: Path) -> None:
    write(path, TEXT, at=1)
    kept = PolicyFile(path)
    before = kept.current()
    path.unlink()
    assert kept.current() is before
    write(path, TEXT, at=3)
    assert kept.current() == before
    assert kept.fault is None


def test_same_file_has_the_same_hash(path: Path) -> None:
    path.write_text(TEXT, encoding="utf-8")
    assert load_policy(path).hash == load_policy().hash


def test_start_with_a_broken_file_lets_nothing_leave_until_it_is_mended(path: Path) -> None:
    write(path, "version: [", at=1)
    kept = PolicyFile(path)
    assert kept.current() is NOTHING_LEAVES
    assert kept.fault is not None
    write(path, TEXT, at=2)
    assert kept.current().rule("gpt-4o", Label.PUBLIC).action == "allow"


@pytest.mark.parametrize(
    ("was", "now", "says"),
    [
        ("public: [STANDARD,", "public: [CREDENTIAL, STANDARD,", "CREDENTIAL"),
        ("tool.energy: restricted", "tool.energy: internal", "tool.energy is restricted"),
        ("readings.*: restricted", "readings.value: public", "readings.value is restricted"),
    ],
)
def test_policy_that_places_what_opens_doors_too_low_is_refused(path: Path, was: str, now: str, says: str) -> None:
    broken = TEXT.replace(was, now, 1)
    if "CREDENTIAL" in says:
        broken = broken.replace("[CREDENTIAL, OT_ADDRESS", "[OT_ADDRESS", 1)
    path.write_text(broken, encoding="utf-8")
    with pytest.raises(PolicyError, match=says):
        load_policy(path)
