"""`eaio chat --list` and `--forget`: the conversations that are kept."""

import asyncio
from argparse import Namespace
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from gateway.errors import BadUsage
from gateway.exits import ANSWERED
from gateway.opened import settings_of
from gateway.progress import waiting
from gateway.safe_text import printable, shortened

if TYPE_CHECKING:
    from config.settings import Settings
    from memory.conversation_tables import Kept
    from memory.conversations import Conversations

QUESTION_CHARS = 70
LONGEST_S = 10.0
"""How long listing and forgetting may take: nobody waits for an answer meanwhile."""


def list_kept(options: Namespace) -> int:
    """Print the conversations, newest first: id, when something was asked last, and what."""
    settings = settings_of(options)
    found = asyncio.run(_kept(settings))
    for one in found:
        question = shortened(printable(one.question), QUESTION_CHARS)
        print(f"{printable(one.thread)}  {one.at:%Y-%m-%d %H:%M} UTC  {question}")
    if not found:
        print("no conversation is kept; `eaio chat` begins one")
    return ANSWERED


def forget(options: Namespace) -> int:
    """Forget one conversation. Raises `BadUsage` where none has its id, or where it is being answered in."""
    settings = settings_of(options)
    asyncio.run(_forgotten(settings, options.forget))
    print(f"conversation {options.forget} is forgotten; the receipts of its answers stay in the ledger")
    return ANSWERED


async def _kept(settings: "Settings") -> list["Kept"]:
    from graphs.checkpoints import may_keep
    from graphs.privacy_parts import policy_of

    policy = policy_of(settings).current
    async with _opened(settings) as conversations:
        return [one for one in await conversations.kept() if may_keep(policy(), one.label)]


async def _forgotten(settings: "Settings", thread: str) -> None:
    async with _opened(settings) as conversations:
        if thread not in {one.thread for one in await conversations.kept()}:
            raise BadUsage(f"no conversation is kept as {thread!r}; `eaio chat --list` shows those that are")
        if not await conversations.take(f"turn {thread}"):
            raise BadUsage(f"another process is answering a question in {thread!r}; try again when it is done")
        await conversations.forget(thread)


@asynccontextmanager
async def _opened(settings: "Settings") -> AsyncIterator["Conversations"]:
    """Open the conversations, their server started. Raises `DataUnavailable` where they cannot be read."""
    from memory.conversations import Conversations
    from memory.errors import MemoryDown
    from services import ServiceError, ensure_postgres
    from tools.errors import DataUnavailable

    try:
        with waiting("opening the conversations"):
            dsn = await ensure_postgres(settings)

        async def address() -> str:
            return dsn

        conversations = Conversations(address, days=settings.conversation_days, budget_s=LONGEST_S)
        try:
            yield conversations
        finally:
            await conversations.close()
    except (MemoryDown, ServiceError) as why:
        raise DataUnavailable(f"the conversations cannot be read: {why}") from why
