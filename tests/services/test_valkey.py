"""The embedded Valkey answers whoever has the password."""

import pytest
import redis.asyncio
from redis.exceptions import AuthenticationError

from config.settings import Settings
from services.valkey import ensure_valkey


async def test_commands_are_answered_with_the_password_and_refused_without(settings: Settings) -> None:
    url = await ensure_valkey(settings)
    async with redis.asyncio.from_url(url) as client:
        assert (await client.config_get("maxmemory*"))["maxmemory-policy"] == "allkeys-lfu"
    async with redis.asyncio.from_url("redis://" + url.rpartition("@")[2]) as stranger:
        with pytest.raises(AuthenticationError):
            await stranger.get("a")


async def test_given_redis_is_used_and_nothing_started(settings: Settings) -> None:
    given = settings.model_copy(update={"redis_url": "redis://elsewhere"})
    assert await ensure_valkey(given) == "redis://elsewhere"
    assert not settings.home.exists()
