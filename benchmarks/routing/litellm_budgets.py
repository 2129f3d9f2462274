"""Spend a provider's budget through LiteLLM's Router until killed; run by the Python of LiteLLM's environment.

    ~/.cache/eaio/litellm-1.106/bin/python benchmarks/routing/litellm_budgets.py REDIS_URL JOURNAL TASKS SEED LIMIT_USD

Started by `benchmarks.routing.budgets`; the journal is that of `budget_race`. The Router is set up as its documentation
shows for a budget that several instances share: `provider_budget_config` and one Redis. Answers are its own mock ones,
which are counted like real ones; nothing is sent anywhere.
"""

import asyncio
import logging
import os
import random
import sys
import time
from pathlib import Path
from typing import IO, Any

os.environ["LITELLM_LOCAL_MODEL_COST_MAP"] = "True"

CALL_S = 0.005
NANO = 1_000_000_000
USD_PER_TOKEN = 0.001 / 30
"""A mock answer counts 30 tokens, and so costs what a call of `budget_race` does on average."""


def router(redis_url: str, limit_usd: float) -> Any:
    """Return a Router with one deployment of one provider, and a budget for it."""
    from litellm import Router  # type: ignore[import-not-found]

    deployment = {"model": "openai/bench", "api_key": "sk-none", "api_base": "http://127.0.0.1:9"}
    priced = deployment | {"input_cost_per_token": USD_PER_TOKEN, "output_cost_per_token": USD_PER_TOKEN}
    return Router(
        model_list=[{"model_name": "bench", "litellm_params": priced}],
        provider_budget_config={"openai": {"budget_limit": limit_usd, "time_period": "1d"}},
        redis_url=redis_url,
        num_retries=0,
    )


async def main(redis_url: str, journal: str, tasks: str, seed: str, limit_usd: str) -> None:
    """Spend for ever."""
    logging.disable(logging.CRITICAL)
    shared = router(redis_url, float(limit_usd))
    await asyncio.sleep(0.1)  # it prepares its budget in a task of its own
    with Path(journal).open("a", buffering=1) as file:  # noqa: ASYNC230 - a line goes to the system at once
        await asyncio.gather(*(spend(shared, file, f"{seed}-{n}") for n in range(int(tasks))))


async def spend(shared: Any, journal: IO[str], name: str) -> None:
    """Make calls again and again; what each one cost is taken from its answer."""
    chance, number = random.Random(name), 0
    while True:
        number += 1
        began = time.perf_counter()
        try:
            answer = await shared.acompletion("bench", [{"role": "user", "content": "Why?"}], mock_response="Cold.")
        except Exception as why:  # noqa: BLE001 - each kind of refusal is counted by its name
            journal.write(f"x {'over' if 'budget' in str(why).lower() else type(why).__name__}\n")
            await asyncio.sleep(0)
            continue
        ms = 1000 * (time.perf_counter() - began)
        cost = round(NANO * USD_PER_TOKEN * answer.usage.total_tokens)
        journal.write(f"r {name}-{number} {cost} {ms:.3f}\nc {name}-{number} {cost}\n")
        await asyncio.sleep(chance.uniform(0, CALL_S))


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
