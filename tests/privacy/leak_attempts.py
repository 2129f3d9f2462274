"""Try to reach the clouds in every way that is wrong, and a fake one in the way that is right. Run in isolation."""

import asyncio
import socket
import sys
from dataclasses import replace

from pydantic import SecretStr

from models import Deadline
from models.cloud_chat import CloudModels
from models.cloud_sites import SITES
from models.cloud_transport import carrying
from models.errors import ModelError
from privacy.errors import NotCleared
from tests.models.cloud_asking import DESTINATIONS, KEY, asking_cloud, cleared
from tests.models.wrong_ways import WAYS, call_it, chat_inside


async def refusals(destination: str) -> int:
    """Return how many wrong calls to the real address of a cloud were refused; each of them must be."""
    site, refused = replace(SITES[destination], api_key=SecretStr(KEY)), 0
    models = CloudModels([site])
    chat = await chat_inside(models, site)
    for call in WAYS.values():
        try:
            with carrying(cleared(site)):
                await call_it(call, chat)
        except NotCleared:
            refused += 1
    for prompt in ([("user", "opens at 07:40")], cleared(site, lifetime_s=0), cleared(site, hosts=("other.example",))):
        asked = models.stream(prompt, deadline=Deadline.after(10))  # type: ignore[arg-type]
        try:
            await anext(asked)
        except ModelError:
            refused += 1
    await models.close()
    return refused


async def main() -> None:
    """Print what was refused and what was answered, a line for each destination."""
    for destination in DESTINATIONS:
        refused = await refusals(destination)
        async with asking_cloud(destination) as asked:
            answered = len(await asked.chunks())
        print(destination, refused, answered > 1)


if __name__ == "__main__":
    if sys.argv[1:] == ["leak"]:  # shows that a leak would be seen
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as leaking:
            leaking.connect_ex(("192.0.2.1", 443))
    else:
        asyncio.run(main())
