"""What is said of a process that is no more."""

import os
import subprocess

import pytest

from services.pid import born_s, kill, listens, rss_bytes, words


@pytest.fixture
def gone() -> int:
    """The id of a process that has ended."""
    with subprocess.Popen(["true"]) as process:
        pass
    return process.pid


def test_process_that_has_ended_has_nothing(gone: int) -> None:
    kill(gone)
    assert (born_s(gone), words(gone), rss_bytes(gone), listens(gone, 1)) == (None, (), None, False)


def test_process_that_nobody_waited_for_counts_as_ended() -> None:
    zombie = subprocess.Popen(["true"], stdout=subprocess.PIPE)
    assert zombie.stdout is not None
    assert zombie.stdout.read() == b""
    os.waitid(os.P_PID, zombie.pid, os.WEXITED | os.WNOWAIT)
    assert born_s(zombie.pid) is None
    zombie.communicate()


def test_process_keeps_its_time_of_birth() -> None:
    assert born_s(os.getpid()) == born_s(os.getpid()) is not None
