"""Runs LangGraph's own tests: of stores, with our class in the place of theirs, and of checkpointers.

`tests/memory/store/langgraph` has `tests/test_store.py` and what it imports of the source package of
langgraph-checkpoint 4.3.2, unchanged and with its licence (MIT); its wheel leaves them out.
"""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree import ElementTree as ET

ROOT = Path(__file__).resolve().parents[2]
COPY = ROOT / "tests" / "memory" / "store" / "langgraph"
PLUGIN = "benchmarks.memory.swapped_store"


@dataclass(frozen=True)
class Outcome:
    """What became of a suite: how many tests passed, what the others said, how many stores were ours."""

    passed: int
    failed: dict[str, str]
    stores: int
    output: str


def run_store_suite(uri: str | None) -> Outcome:
    """Run the store tests on `MilvusStore` over a Milvus; on LangGraph's `InMemoryStore` where `uri` is None."""
    with TemporaryDirectory() as folder:
        tests = Path(folder, "tests")
        tests.mkdir()
        for copy in COPY.glob("*.py.txt"):
            (tests / copy.stem).write_text(copy.read_text())
        (tests / "__init__.py").touch()
        Path(folder, "pytest.ini").write_text("[pytest]\nasyncio_mode = auto\n")
        plugin = [] if uri is None else ["-p", PLUGIN]
        words = [*plugin, "-q", "-p", "no:cacheprovider", "--junitxml", "out.xml", "tests/test_store.py"]
        path = os.pathsep.join([folder, str(ROOT)])
        ended = subprocess.run(
            [sys.executable, "-m", "pytest", *words],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": path, "STORE_URI": uri or ""},
            capture_output=True,
            text=True,
            check=False,
        )
        return _outcome(Path(folder), ended.stdout + ended.stderr)


def _outcome(folder: Path, output: str) -> Outcome:
    report, stores = folder / "out.xml", folder / "stores.txt"
    if not report.exists():
        return Outcome(0, {"the suite": "did not run"}, 0, output)
    failed, passed = {}, 0
    for case in ET.parse(report).iter("testcase"):
        fault = next((child for child in case if child.tag in ("failure", "error", "skipped")), None)
        if fault is None:
            passed += 1
        else:
            failed[case.get("name", "?")] = " ".join((fault.get("message") or "").split())[:300]
    return Outcome(passed, failed, int(stores.read_text()) if stores.exists() else 0, output)
