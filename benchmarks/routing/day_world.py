"""The world of one mixed day: a home of its own with the real data and model, and clouds that the policy knows.

The shipped routing and policy are in force but for two things: the clouds' addresses are those of the fakes, and the
owner of one building has agreed that its figures are public. Without that nothing in the shipped data is: no site has
the fifteen buildings of the 15/15 rule.
"""

import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml  # type: ignore[import-untyped]
from pydantic import SecretStr

from benchmarks.routing.day_clouds import Clouds, clouds
from config.settings import Settings, Strategy
from graphs.runtime import Runtime, open_runtime
from models.routing.file import SHIPPED as ROUTING
from privacy.policy.file import SHIPPED as POLICY
from services import start_all, stop_all

PUBLIC_BUILDING = "b4"
CONSENT = {
    "building": PUBLIC_BUILDING,
    "from": "2010-01-01",
    "until": "2030-01-01",
    "to": "public",
    "by": "Estates Office",
    "reference": "display energy certificate",
}
KEY = SecretStr("sk-day-0123456789")


@dataclass(frozen=True)
class World:
    """What a day happens in."""

    settings: Settings
    clouds: Clouds

    @asynccontextmanager
    async def runtime(self, strategy: Strategy, **changes: Any) -> AsyncIterator[Runtime]:
        """Open EAIO with a strategy and the settings that are changed, its data loaded."""
        settings = self.settings.model_copy(update={"strategy": strategy, **changes})
        async with open_runtime(settings) as runtime:
            await runtime.data.inventory()
            yield runtime


@asynccontextmanager
async def world() -> AsyncIterator[World]:
    """Make a world, and take it down with all that it started."""
    with tempfile.TemporaryDirectory(prefix="eaio-day-") as folder:
        async with clouds() as served:
            settings = settings_in(Path(folder), served)
            try:
                await start_all(settings)
                yield World(settings, served)
            finally:
                await stop_all(settings)


def settings_in(folder: Path, served: Clouds) -> Settings:
    """Return the settings of a world, whose documents are written into its folder."""
    routing, policy = folder / "llm_routing.yaml", folder / "privacy.yaml"
    routing.write_text(yaml.safe_dump(routing_over(served), sort_keys=False))
    policy.write_text(yaml.safe_dump(policy_over(served), sort_keys=False))
    return Settings(
        home=folder / "home",
        profile="embedded",
        environment="production",
        cloud=tuple(served.servers),
        routing=routing,
        privacy_policy=policy,
        openai_api_key=KEY,
        deepseek_api_key=KEY,
        google_api_key=KEY,
        log_level="error",
    )


def routing_over(served: Clouds) -> dict[str, Any]:
    """Return the shipped routing with the clouds where they are served."""
    document: dict[str, Any] = yaml.safe_load(ROUTING.read_text(encoding="utf-8"))
    for name in served.servers:
        document["endpoints"][name]["base_url"] = served.base_url(name)
    return document


def policy_over(served: Clouds) -> dict[str, Any]:
    """Return the shipped policy with the clouds' hosts, and with one owner's consent."""
    document: dict[str, Any] = yaml.safe_load(POLICY.read_text(encoding="utf-8"))
    for name in served.servers:
        document["destinations"][name]["hosts"] = [served.host(name)]
    document["declassify"]["consent"] = [CONSENT]
    return document
