"""How long LiteLLM's Router takes to choose one of fifty deployments; run by the Python of LiteLLM's environment.

    ~/.cache/eaio/litellm-1.106/bin/python benchmarks/routing/litellm_router.py CHOICES

It prints one JSON object: the 50th and 95th percentile by strategy, milliseconds. Prices, limits and what was measured
of each deployment differ, as they do in use. Nothing is sent anywhere.
"""

import asyncio
import json
import logging
import os
import random
import sys
import time
from typing import Any

os.environ["LITELLM_LOCAL_MODEL_COST_MAP"] = "True"

ENDPOINTS = 50
STRATEGIES = ("simple-shuffle", "least-busy", "latency-based-routing", "cost-based-routing")
MESSAGES = [{"role": "user", "content": "Why does a building use more gas in winter?"}]


def deployments() -> list[dict[str, Any]]:
    """Return fifty deployments of one model."""
    chance = random.Random(1)
    return [
        {
            "model_name": "analyst",
            "litellm_params": {
                "model": f"openai/model-{n}",
                "api_base": f"http://127.0.0.1:9/{n}",
                "api_key": "sk-none",
                "input_cost_per_token": chance.uniform(0.1, 3.0) / 1e6,
                "output_cost_per_token": chance.uniform(0.3, 10.0) / 1e6,
            },
            "model_info": {"id": f"d{n}"},
        }
        for n in range(ENDPOINTS)
    ]


async def milliseconds(strategy: str, choices: int) -> list[float]:
    """Return how long each choice took, least first."""
    from litellm import Router  # type: ignore[import-not-found]

    router = Router(model_list=deployments(), routing_strategy=strategy)
    taken = []
    for number in range(choices + 100):
        began = time.perf_counter()
        await router.async_get_available_deployment(model="analyst", messages=MESSAGES, request_kwargs={})
        if number >= 100:
            taken.append(1000 * (time.perf_counter() - began))
    return sorted(taken)


async def main(choices: int) -> None:
    """Print the percentiles of each strategy."""
    logging.disable(logging.CRITICAL)
    found = {}
    for strategy in STRATEGIES:
        taken = await milliseconds(strategy, choices)
        found[strategy] = {"p50": taken[len(taken) // 2], "p95": taken[int(0.95 * len(taken))]}
    print(json.dumps(found))


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
