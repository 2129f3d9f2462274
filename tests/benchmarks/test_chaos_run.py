"""The advisor, asked through the program that `make chaos` runs, under the faults that take no time."""

import json

import pytest

from benchmarks.models.chaos import main


@pytest.mark.slow
async def test_refused_prompts_are_answered_elsewhere_or_by_the_report_and_none_that_is_restricted_leaves(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert await main(["--only", "S12,s13", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["passed"], told["failed"]) == (2, 0)
    too_long, filtered = told["faults"]
    assert too_long["told"][0]["model"] == "cloud:deepseek-v3"
    assert "content_policy_violation" in filtered["told"][0]["reason"]
    assert [f["restricted_bytes_out"] for f in told["faults"]] == [0, 0]


async def test_fault_that_is_not_there_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        await main(["--only", "S01,S17"])
    assert "there is no fault S17" in capsys.readouterr().err
