"""`eaio models bench` on the real embedded model and the shipped readings."""

import json

import pytest

from gateway.model_matrix.bench import bench_command
from tests.gateway.scripted_models import options


@pytest.mark.slow
def test_embedded_model_is_measured(
    served: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("EAIO_PROFILE", "embedded")
    given = options("bench", "--json", "--runs", "1", "--minutes", "1.5")
    assert bench_command(given) == 0
    [model] = json.loads(capsys.readouterr().out)["models"]
    assert model["model"] == "embedded:smollm2:135m"
    assert model["prompt_speed_from"] == "server"
    assert model["resident_bytes"] > 100_000_000
    assert model["prompt_tokens_per_s"] > 1
    form, analysis = model["tasks"]["classification"], model["tasks"]["analysis"]
    assert (form["runs"], analysis["runs"]) == (1, 1)
    assert analysis["tokens_per_s"] > 1
    assert analysis["total_p50_ms"] >= analysis["ttft_p50_ms"] > 0
    assert form["saved_usd"] > 0
