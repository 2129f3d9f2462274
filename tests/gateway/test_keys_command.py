"""`eaio keys check`: a person sees how many keys there are, from where, and what is wrong; nobody sees a key."""

import os
from argparse import ArgumentParser, Namespace
from pathlib import Path

import pytest

from gateway import keys_command
from gateway.boundary import guarded
from gateway.keys_check import check
from tests.gateway.conftest import Ran

ONE, TWO = "sk-one-1111aaaa2222", "sk-two-3333bbbb4444"


@pytest.fixture(autouse=True)
def _no_keys_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [n for n in os.environ if n.upper().startswith(("DEEPSEEK_", "GOOGLE_", "OPENAI_"))]:
        monkeypatch.delenv(name)


@pytest.fixture
def keys(capsys: pytest.CaptureFixture[str]) -> "Keys":
    return Keys(capsys)


class Keys:
    """Runs `eaio keys` with given words."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self, *words: str) -> Ran:
        parser = ArgumentParser()
        keys_command.add(parser.add_subparsers())
        options = Namespace(written=False, command="keys", json="--json" in words)
        parser.parse_args(["keys", *words], namespace=options)
        assert options.run == "gateway.keys_check:check"
        code = guarded(lambda: check(options), options)
        said = self._capsys.readouterr()
        assert not any(key in said.out + said.err for key in (ONE, TWO, "1111", "3333"))
        return Ran(code, said.out, said.err)


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "keys"
    path.write_text(f"{TWO}\n{ONE}\n")
    path.chmod(0o600)
    monkeypatch.setenv("DEEPSEEK_API_KEY_FILE", str(path))
    return path


def test_keys_are_counted_and_told_by_place_and_fingerprint(
    keys: Keys, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", ONE)
    done = keys("check")
    assert (done.code, done.err) == (0, "")
    header, *rows = [line.split() for line in done.out.splitlines()]
    assert header == ["provider", "key", "from", "fingerprint"]
    assert [row[:-1] for row in rows] == [
        ["openai", "1", "of", "1", "environment"],
        ["deepseek", "1", "of", "2", "file"],
        ["deepseek", "2", "of", "2", "file"],
    ]
    assert rows[0][-1] == rows[2][-1] != rows[1][-1]


def test_keys_as_json_name_each_provider(keys: Keys, file: Path) -> None:
    done = keys("check", "--json")
    said = done.json()
    assert (done.code, said["status"]) == (0, "answered")
    assert [p["provider"] for p in said["providers"]] == ["openai", "deepseek", "google"]
    deepseek = said["providers"][1]
    assert [(key["number"], key["source"]) for key in deepseek["keys"]] == [(1, "file"), (2, "file")]
    assert (deepseek["faults"], deepseek["warnings"]) == ([], [])


def test_no_key_at_all_says_how_to_give_one(keys: Keys) -> None:
    done = keys("check")
    assert done.code == 3
    assert "OPENAI_API_KEY" in done.out
    assert "EAIO_SECRETS_DIR" in done.out
    assert keys("check", "--json").json()["status"] == "no_data"


def test_place_that_is_wrong_is_told_with_its_remedy(keys: Keys, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file.write_text(f"DEEPSEEK_API_KEY={ONE}\n{TWO}\n")
    monkeypatch.setenv("OPENAI_API_KEY", f'"{ONE}"')
    done = keys("check")
    assert done.code == 2
    assert f"entry 1 of {file} has characters that no key has; write the key alone" in done.out
    assert "entry 1 of OPENAI_API_KEY has characters" in done.out
    said = keys("check", "--json").json()
    assert said["status"] == "clarify"
    assert [len(p["faults"]) for p in said["providers"]] == [1, 1, 0]


def test_wrong_secrets_directory_is_told_once(keys: Keys, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EAIO_SECRETS_DIR", str(tmp_path / "none"))
    done = keys("check")
    assert done.code == 2
    assert done.out.count("EAIO_SECRETS_DIR names") == 1


def test_file_that_others_can_read_is_a_warning_and_no_fault(keys: Keys, file: Path) -> None:
    file.chmod(0o644)
    done = keys("check")
    assert done.code == 0
    assert f"Take care: {file} can be read by others (mode 644); `chmod 600` it." in done.out


def test_nothing_is_logged_beside_what_is_shown(keys: Keys, file: Path, caplog: pytest.LogCaptureFixture) -> None:
    file.chmod(0o644)
    keys("check")
    assert caplog.records == []
