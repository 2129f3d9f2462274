"""No wrong way to call a cloud opens a connection, as the kernel saw it, in a place with no network to leak into."""

from pathlib import Path

import pytest

from tests.models.cloud_asking import DESTINATIONS
from tests.models.wrong_ways import WAYS
from tests.privacy.isolated import can_isolate, isolated

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not can_isolate(), reason="this machine gives no process a network of its own (unshare -rn)"),
]
ATTEMPTS = "tests.privacy.leak_attempts"


def test_every_wrong_way_to_call_a_cloud_is_refused_and_opens_nothing(tmp_path: Path) -> None:
    run = isolated(ATTEMPTS, log=tmp_path / "connects")
    assert run.said.splitlines() == [f"{destination} {len(WAYS) + 3} True" for destination in DESTINATIONS]
    assert run.far == set()
    assert run.peers is None or run.peers  # the fake clouds were seen


def test_leak_would_be_seen(tmp_path: Path) -> None:
    run = isolated(ATTEMPTS, "leak", log=tmp_path / "connects")
    assert run.far == ({"192.0.2.1"} if run.peers is not None else set())
