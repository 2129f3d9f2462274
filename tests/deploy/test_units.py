"""The units that run Ollama outside EAIO are well-formed, keep it on this machine, and start it anew."""

import plistlib
import re
import shutil
import subprocess
from configparser import ConfigParser
from pathlib import Path
from typing import Any

import pytest

from tests.test_house import ROOT

UNIT = ROOT / "deploy/systemd/eaio-ollama.service"
PLIST = ROOT / "deploy/launchd/eaio.ollama.plist"


def unit() -> dict[str, str]:
    """Return the last value of each key of [Service]."""
    parser = ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read_string(UNIT.read_text())
    return dict(parser["Service"])


def test_systemd_unit_starts_ollama_anew_with_all_its_processes() -> None:
    service = unit()
    assert service["Restart"] == "always"
    assert service["KillMode"] == "control-group"
    assert service["ExecStart"].endswith("ollama serve")


def test_systemd_unit_keeps_ollama_here() -> None:
    set_ = re.findall(r"^Environment=(\S+)$", UNIT.read_text(), re.MULTILINE)
    assert {"OLLAMA_HOST=127.0.0.1:11434", "OLLAMA_NO_CLOUD=1"} <= set(set_)


@pytest.mark.slow
def test_systemd_takes_the_unit(tmp_path: Path) -> None:
    verify = shutil.which("systemd-analyze")
    if verify is None:
        return  # a machine without systemd has no use for it
    copy = tmp_path / UNIT.name  # the binary need not be there
    copy.write_text(re.sub(r"^ExecStart=\S+", "ExecStart=/bin/true", UNIT.read_text(), flags=re.MULTILINE))
    done = subprocess.run([verify, "verify", "--man=no", str(copy)], capture_output=True, text=True, check=False)
    assert [line for line in done.stderr.splitlines() if UNIT.name in line] == []


def test_launchd_agent_starts_ollama_anew_and_keeps_it_here() -> None:
    agent: dict[str, Any] = plistlib.loads(PLIST.read_bytes())
    assert agent["Label"] == PLIST.stem
    assert agent["ProgramArguments"][1:] == ["serve"]
    assert agent["KeepAlive"] is True
    assert agent["AbandonProcessGroup"] is False
    assert agent["EnvironmentVariables"]["OLLAMA_NO_CLOUD"] == "1"
    assert agent["EnvironmentVariables"]["OLLAMA_HOST"].startswith("127.0.0.1:")


@pytest.mark.parametrize("file", [UNIT, PLIST])
def test_each_file_says_how_it_is_installed_and_removed(file: Path) -> None:
    text = file.read_text()
    assert f"cp {file.relative_to(ROOT)} " in text
    assert "emove it with" in text
