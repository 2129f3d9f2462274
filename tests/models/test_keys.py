"""Keys come from three places in order, take turns, rest when they are refused, and are never shown."""

import copy
import logging
import os
import pickle
from pathlib import Path

import pytest
from pydantic import SecretStr, ValidationError

from config.settings import Settings
from models.errors import CredentialRejected, ModelBusy, ModelError, NoKeyLeft, QuotaExhausted
from models.key_sources import LARGEST, PROVIDERS, Held, KeySources, Provider, sources_of
from models.keys import EXHAUSTED_S, LOOK_S, REJECTED_S, Key, KeyRing

ONE, TWO, THREE = "sk-one-1111aaaa", "sk-two-2222bbbb", "sk-three-3333cccc"
CLOUD = "cloud:gpt-4o"
VARIABLE = "OPENAI_API_KEY"


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(autouse=True)
def _no_keys_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [n for n in os.environ if n.upper().startswith(("DEEPSEEK_", "GOOGLE_"))]:
        monkeypatch.delenv(name)


def given(*keys: str) -> KeySources:
    return KeySources(VARIABLE, SecretStr(",".join(keys)))


def written(path: Path, text: str | bytes, mode: int = 0o600) -> Path:
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    path.chmod(mode)
    return path


def plain(held: Held) -> list[str]:
    return [secret.get_secret_value() for secret in held.secrets]


def secrets_of(ring: KeyRing) -> list[str]:
    return [key.secret.get_secret_value() for key in ring.keys]


# Where keys come from


@pytest.mark.parametrize(
    "text",
    [
        f"{ONE}\n{TWO}\n",
        f"{ONE}\r\n{TWO}",
        f"\ufeff{ONE}\n{TWO}",
        f"# ours\n\n   {ONE}  # the first\n\t{TWO}\u00a0\n#{THREE}\n",
        f"{ONE}, {TWO},\n",
    ],
    ids=["lines", "Windows lines", "byte order mark", "comments and blanks", "commas"],
)
def test_file_of_keys_is_read_however_it_was_written(tmp_path: Path, text: str) -> None:
    (held,) = KeySources(VARIABLE, file=written(tmp_path / "keys", text)).read()
    assert (plain(held), held.faults, held.warnings) == ([ONE, TWO], (), ())


def test_keys_of_environment_file_and_directory_come_in_this_order_and_each_once(tmp_path: Path) -> None:
    written(tmp_path / VARIABLE, f"{THREE}\n{ONE}")
    file = written(tmp_path / "keys", f"{TWO}\n{ONE}")
    ring = KeyRing(KeySources(VARIABLE, SecretStr(ONE), file, tmp_path))
    assert secrets_of(ring) == [ONE, TWO, THREE]
    assert list(map(str, ring.keys)) == ["key 1 of 3 (environment)", "key 2 of 3 (file)", "key 3 of 3 (directory)"]
    assert ring.warnings == (f"a key of {VARIABLE} is given more than once, and counts once",)


@pytest.mark.parametrize("name", [VARIABLE, VARIABLE.lower()])
def test_file_of_a_secrets_directory_is_named_in_upper_or_lower_case(tmp_path: Path, name: str) -> None:
    written(tmp_path / name, ONE)
    (held,) = KeySources(VARIABLE, folder=tmp_path).read()
    assert plain(held) == [ONE]


def test_secrets_directory_without_a_file_for_a_provider_is_no_fault(tmp_path: Path) -> None:
    assert KeySources(VARIABLE, folder=tmp_path).read() == (Held("directory"),)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "has no key in it"),
        ("# none yet\n\n", "has no key in it"),
        (f'"{ONE}"', "entry 1 of"),
        (f"OPENAI_API_KEY={ONE}", "entry 1 of"),
        (f"{TWO}\n{ONE} {THREE}", "entry 2 of"),
        (f"{ONE}\u200b", "entry 1 of"),
        ("sk-" + "a" * 600, "entry 1 of"),
        (f"{ONE}\0", "entry 1 of"),
        (ONE.encode("utf-16"), "not UTF-8"),
        (ONE.encode() * LARGEST, "no plain file of at most"),
    ],
)
def test_file_that_is_no_file_of_keys_says_what_is_wrong_and_no_key(
    tmp_path: Path, text: str | bytes, fault: str
) -> None:
    path = written(tmp_path / "keys", text)
    (held,) = KeySources(VARIABLE, file=path).read()
    (said,) = held.faults
    assert fault in said
    assert str(path) in said
    assert not any(key in said for key in (ONE, TWO, THREE, "aaaa"))


def test_good_keys_beside_a_bad_one_are_used() -> None:
    ring = KeyRing(given(ONE, "<your key>", TWO))
    assert secrets_of(ring) == [ONE, TWO]
    assert ring.faults == (f"entry 2 of {VARIABLE} has characters that no key has; write the key alone",)


def test_missing_file_is_told_without_its_name_which_may_be_a_key(tmp_path: Path) -> None:
    (held,) = KeySources(VARIABLE, file=tmp_path / ONE).read()
    assert held.faults == (f"{VARIABLE}_FILE names a file that is not in {tmp_path}; give its whole path",)


def test_what_would_be_waited_for_is_not_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe", 0o600)
    for path in (tmp_path / "pipe", tmp_path):
        (held,) = KeySources(VARIABLE, file=path).read()
        assert "no plain file" in held.faults[0] or "cannot be read" in held.faults[0]


def test_file_that_cannot_be_read_says_why_without_its_name(tmp_path: Path) -> None:
    path = written(tmp_path / "keys", ONE)
    (held,) = KeySources(VARIABLE, file=path / TWO).read()
    assert held.faults == (f"{VARIABLE}_FILE names a file in {path} that cannot be read (Not a directory)",)


def test_missing_secrets_directory_is_named(tmp_path: Path) -> None:
    (held,) = KeySources(VARIABLE, folder=tmp_path / "none").read()
    assert held.faults == (f"EAIO_SECRETS_DIR names {tmp_path / 'none'}, which is no folder",)


def test_dangling_link_in_a_secrets_directory_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / VARIABLE).symlink_to(tmp_path / "gone")
    (held,) = KeySources(VARIABLE, folder=tmp_path).read()
    assert held.faults == (f"EAIO_SECRETS_DIR names a file that is not in {tmp_path}; give its whole path",)


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o606])
def test_file_that_others_can_read_is_used_with_a_warning(tmp_path: Path, mode: int) -> None:
    path = written(tmp_path / "keys", ONE, mode)
    (held,) = KeySources(VARIABLE, file=path).read()
    assert (plain(held), held.faults) == ([ONE], ())
    assert held.warnings == (f"{path} can be read by others (mode {mode:03o}); `chmod 600` it",)


# Settings


@pytest.mark.parametrize("provider", PROVIDERS)
def test_settings_name_the_places_of_each_provider(
    provider: Provider, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = f"{provider.upper()}_API_KEY"
    monkeypatch.setenv(name, f"{ONE},{TWO}")
    monkeypatch.setenv(f"{name}_FILE", str(tmp_path / "keys"))
    monkeypatch.setenv("EAIO_SECRETS_DIR", str(tmp_path))
    sources = sources_of(Settings(), provider)
    assert sources == KeySources(name, SecretStr(f"{ONE},{TWO}"), tmp_path / "keys", tmp_path)


def test_empty_variables_name_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (VARIABLE, f"{VARIABLE}_FILE", "EAIO_SECRETS_DIR"):
        monkeypatch.setenv(name, "")
    ring = KeyRing(sources_of(Settings(), "openai"))
    assert (ring.keys, ring.faults) == ((), ())


def test_place_of_keys_may_begin_with_the_home_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"{VARIABLE}_FILE", "~/keys")
    assert Settings().openai_api_key_file == Path.home() / "keys"


def test_settings_show_no_key_and_their_fingerprint_does_not_depend_on_keys(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    without = Settings().fingerprint()
    monkeypatch.setenv(VARIABLE, ONE)
    monkeypatch.setenv(f"{VARIABLE}_FILE", str(tmp_path))
    monkeypatch.setenv("EAIO_SECRETS_DIR", str(tmp_path))
    settings = Settings()
    assert ONE not in f"{settings!r} {settings} {settings.model_dump()} {settings.model_dump_json()}"
    assert settings.fingerprint() == without


def test_error_of_settings_as_a_whole_shows_no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    class Refusing(Settings):
        def model_post_init(self, _context: object) -> None:
            raise ValueError("never")

    monkeypatch.setenv("openai_api_key", ONE)
    monkeypatch.setenv("EAIO_NUM_THREADS", "many")
    with pytest.raises(ValidationError) as raised:
        Settings()
    assert ONE not in f"{raised.value} {raised.value!r} {raised.value.errors()}"
    monkeypatch.delenv("EAIO_NUM_THREADS")
    with pytest.raises(ValidationError) as raised:
        Refusing()
    assert ONE not in f"{raised.value} {raised.value!r} {raised.value.errors()}"


def test_cloud_in_a_local_environment_is_refused_without_a_key(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {VARIABLE: ONE, "EAIO_CLOUD": "gpt-4o", "EAIO_ENVIRONMENT": "test"}.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(ValidationError, match="local only") as raised:
        Settings()
    assert ONE not in f"{raised.value} {raised.value.errors()}"


# Turns


def test_keys_take_turns() -> None:
    ring = KeyRing(given(ONE, TWO, THREE))
    assert [ring.use(CLOUD).number for _ in range(7)] == [1, 2, 3, 1, 2, 3, 1]


def test_call_is_not_given_a_key_that_it_has_tried() -> None:
    ring = KeyRing(given(ONE, TWO))
    first = ring.use(CLOUD)
    assert {ring.use(CLOUD, [first]).number for _ in range(3)} == {2}


def test_rejected_key_is_left_alone_for_a_while_and_then_tried_again(clock: Clock) -> None:
    ring = KeyRing(given(ONE, TWO), clock=clock)
    ring.refused(ring.use(CLOUD), CredentialRejected(CLOUD, 401))
    assert {ring.use(CLOUD).number for _ in range(4)} == {2}
    clock.now += REJECTED_S
    assert {ring.use(CLOUD).number for _ in range(2)} == {1, 2}


def test_limited_key_rests_until_the_provider_takes_it_again(clock: Clock) -> None:
    ring = KeyRing(given(ONE, TWO), clock=clock)
    ring.refused(ring.use(CLOUD), ModelBusy(CLOUD, 7.0))
    clock.now += 6.9
    assert {ring.use(CLOUD).number for _ in range(3)} == {2}
    clock.now += 0.1
    assert ring.use(CLOUD).number == 1


def test_key_without_credit_rests_longer_than_one_over_its_rate(clock: Clock) -> None:
    ring = KeyRing(given(ONE), clock=clock)
    ring.refused(ring.use(CLOUD), QuotaExhausted(CLOUD))
    clock.now += EXHAUSTED_S - 1
    with pytest.raises(QuotaExhausted):
        ring.use(CLOUD)
    clock.now += 1
    assert ring.use(CLOUD).number == 1


def test_answer_to_an_older_call_does_not_end_a_rest(clock: Clock) -> None:
    ring = KeyRing(given(ONE), clock=clock)
    key = ring.use(CLOUD)
    ring.refused(key, ModelBusy(CLOUD, 7.0))
    ring.worked(key)
    with pytest.raises(ModelBusy):
        ring.use(CLOUD)


@pytest.mark.parametrize(
    ("faults", "error", "said"),
    [
        ([CredentialRejected(CLOUD, 401)], NoKeyLeft, "rejects its key;"),
        ([CredentialRejected(CLOUD, 401)] * 3, NoKeyLeft, "rejects all 3 keys;"),
        ([CredentialRejected(CLOUD, 403), ModelBusy(CLOUD, 9), ModelBusy(CLOUD, 4)], ModelBusy, "again in 4 s"),
        ([CredentialRejected(CLOUD, 401), QuotaExhausted(CLOUD)], QuotaExhausted, "no credit"),
    ],
)
def test_error_of_a_call_without_a_key_says_why(
    clock: Clock, faults: list[ModelError], error: type[ModelError], said: str
) -> None:
    ring = KeyRing(given(*(ONE, TWO, THREE)[: len(faults)]), clock=clock)
    for fault in faults:
        ring.refused(ring.use(CLOUD), fault)
    with pytest.raises(error, match=said) as raised:
        ring.use(CLOUD)
    assert raised.value.endpoint == CLOUD
    assert not any(part in str(raised.value) for part in ("sk-", "1111", "aaaa"))


def test_provider_without_a_key_says_where_one_was_looked_for(tmp_path: Path) -> None:
    ring = KeyRing(KeySources(VARIABLE, file=tmp_path / "keys"))
    with pytest.raises(CredentialRejected) as raised:
        ring.use(CLOUD)
    said = str(raised.value)
    assert said.startswith(f"{CLOUD} has no key in {VARIABLE}; {VARIABLE}_FILE names a file that is not in")
    assert "`eaio keys check`" in said


# Rotation without calls


def test_file_is_looked_at_only_every_few_seconds(tmp_path: Path, clock: Clock) -> None:
    path = written(tmp_path / "keys", ONE)
    ring = KeyRing(KeySources(VARIABLE, file=path), clock=clock)
    written(path, f"{TWO}\n{THREE}")
    assert ring.use(CLOUD).secret == SecretStr(ONE)
    clock.now += LOOK_S
    assert secrets_of(ring) == [TWO, THREE]


def test_unchanged_file_is_not_read_again(tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    ring = KeyRing(KeySources(VARIABLE, file=written(tmp_path / "keys", ONE)), clock=clock)
    reads: list[int] = []
    monkeypatch.setattr(KeyRing, "read", lambda _: reads.append(1))
    for _ in range(5):
        clock.now += LOOK_S
        ring.use(CLOUD)
    assert reads == []


def test_clock_that_goes_backwards_does_not_keep_a_file_from_being_read(tmp_path: Path, clock: Clock) -> None:
    path = written(tmp_path / "keys", ONE)
    ring = KeyRing(KeySources(VARIABLE, file=path), clock=clock)
    written(path, f"{ONE}\n{TWO}")
    clock.now -= 90
    assert secrets_of(ring) == [ONE, TWO]


def test_rejection_reads_the_file_at_once(tmp_path: Path, clock: Clock) -> None:
    path = written(tmp_path / "keys", ONE)
    ring = KeyRing(KeySources(VARIABLE, file=path), clock=clock)
    key = ring.use(CLOUD)
    written(path, TWO)
    ring.refused(key, CredentialRejected(CLOUD, 401))
    assert secrets_of(ring) == [TWO]
    assert ring.use(CLOUD, [key]).secret == SecretStr(TWO)


def test_call_without_a_key_finds_one_that_was_just_written(tmp_path: Path, clock: Clock) -> None:
    path = written(tmp_path / "keys", ONE)
    ring = KeyRing(KeySources(VARIABLE, file=path), clock=clock)
    ring.refused(ring.use(CLOUD), CredentialRejected(CLOUD, 401))
    written(path, TWO)
    assert ring.use(CLOUD).secret == SecretStr(TWO)


@pytest.mark.parametrize("left", [None, "", "# being written\n"], ids=["taken away", "empty", "begun"])
def test_file_that_is_being_written_keeps_its_keys_in_use(tmp_path: Path, clock: Clock, left: str | None) -> None:
    path = written(tmp_path / "keys", ONE)
    ring = KeyRing(KeySources(VARIABLE, file=path), clock=clock)
    path.unlink() if left is None else written(path, left)
    clock.now += LOOK_S
    assert secrets_of(ring) == [ONE]
    assert ring.faults


def test_state_of_a_key_outlives_a_reading_and_that_of_a_removed_one_does_not(tmp_path: Path, clock: Clock) -> None:
    path = written(tmp_path / "keys", f"{ONE}\n{TWO}")
    ring = KeyRing(KeySources(VARIABLE, file=path), clock=clock)
    first = ring.use(CLOUD)
    ring.refused(first, ModelBusy(CLOUD, 60.0))
    written(path, f"{THREE}\n{ONE}")
    ring.read()
    assert {ring.use(CLOUD).secret for _ in range(3)} == {SecretStr(THREE)}
    written(path, THREE)
    ring.read()
    ring.refused(first, CredentialRejected(CLOUD, 401))
    ring.worked(first)
    assert secrets_of(ring) == [THREE]


def test_directory_that_is_swapped_as_kubernetes_does_is_taken_up(tmp_path: Path, clock: Clock) -> None:
    for version, key in (("v1", ONE), ("v2", TWO)):
        (tmp_path / version).mkdir()
        written(tmp_path / version / VARIABLE, key)
    (tmp_path / "data").symlink_to("v1")
    (tmp_path / VARIABLE).symlink_to(f"data/{VARIABLE}")
    ring = KeyRing(KeySources(VARIABLE, folder=tmp_path), clock=clock)
    (tmp_path / "new").symlink_to("v2")
    (tmp_path / "new").rename(tmp_path / "data")
    clock.now += LOOK_S
    assert secrets_of(ring) == [TWO]


# Nothing shows a key


def test_nothing_that_holds_keys_shows_one() -> None:
    ring = KeyRing.of(SecretStr(ONE))
    key = ring.use(CLOUD)
    held = KeySources(VARIABLE, SecretStr(ONE)).read()
    assert ONE not in f"{ring!r} {ring} {key!r} {key} {held!r} {given(ONE)!r} {key.fingerprint}"
    assert repr(ring) == "<KeyRing api_key, 1 keys>"


def test_nothing_that_holds_keys_is_pickled_or_copied() -> None:
    ring = KeyRing(given(ONE))
    for held in (ring, ring.use(CLOUD), given(ONE), Held("file", (SecretStr(ONE),))):
        for make in (pickle.dumps, copy.copy, copy.deepcopy):
            with pytest.raises(TypeError, match="it holds keys"):
                make(held)


def test_error_that_is_pickled_holds_no_key(clock: Clock) -> None:
    ring = KeyRing(given(ONE), clock=clock)
    ring.refused(ring.use(CLOUD), CredentialRejected(CLOUD, 401))
    assert ONE.encode() not in pickle.dumps(ring.refusal(CLOUD))


def test_log_tells_keys_by_their_places(caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch) -> None:
    log = logging.getLogger("of this test alone")
    monkeypatch.setattr("models.keys.log", log)
    ring = KeyRing(given(ONE, "<none>", TWO))
    for _ in range(2):
        ring.refused(ring.use(CLOUD), CredentialRejected(CLOUD, 401))
        ring.read()
    said = [record.getMessage() for record in caplog.records]
    assert said == [
        f"entry 2 of {VARIABLE} has characters that no key has; write the key alone",
        f"key 1 of 2 (environment) of {VARIABLE} is rejected",
        f"key 2 of 2 (environment) of {VARIABLE} is rejected",
    ]


def test_fingerprint_is_the_same_for_the_same_key_and_of_no_part_of_it() -> None:
    one, same, two = (Key(SecretStr(k), "file", n, 3) for n, k in enumerate((ONE, ONE, TWO), 1))
    assert one.fingerprint == same.fingerprint != two.fingerprint
    assert len(one.fingerprint) == 6
    assert one.fingerprint not in ONE


def test_credential_outside_of_a_call_is_the_next_key() -> None:
    ring = KeyRing(given(ONE, TWO))
    assert [ring.credential().get_secret_value() for _ in range(3)] == [ONE, TWO, ONE]
