"""The bench of round trips, small: every answer right, and it would notice one that is not."""

import pytest

from benchmarks.privacy.round_trips import RoundTrips, main, measure
from privacy.pseudonyms import Pseudonyms


def test_bent_answers_are_restored_right() -> None:
    result = measure(answers=60, seed=7)
    assert (result.right, result.wrong, result.missed) == (60, 0, ())
    assert result.share == 1


def test_the_bench_counts_what_is_missed_and_what_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    restore = Pseudonyms.restore
    monkeypatch.setattr(Pseudonyms, "restore", lambda self, text: text)
    missed = measure(answers=10, seed=7)
    monkeypatch.setattr(
        Pseudonyms,
        "restore",
        lambda self, text: f"{restore(self, text)} {self._map.get(next(iter(self._map.kinds))).name}",
    )
    wrong = measure(answers=10, seed=7)
    assert (missed.right, missed.wrong) == (0, 0)
    assert (wrong.right, wrong.wrong) == (0, 10)


def test_the_bench_prints_its_figures(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("benchmarks.privacy.round_trips.measure", lambda: RoundTrips(200, 190, 1, (("a", "b", "c"),)))
    assert main() == 1
    assert "95.0% restored right, 1 restored wrongly" in capsys.readouterr().out
