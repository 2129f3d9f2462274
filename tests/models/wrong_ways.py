"""The ways to call a chat object that nobody has cleared, as an inattentive or a hostile caller would."""

from collections.abc import Awaitable, Callable
from typing import Any

from langchain_core.language_models import BaseChatModel
from langchain_core.tools import tool
from pydantic import BaseModel

from models import Deadline
from models.cloud_chat import CloudModels
from models.cloud_sites import CloudSite

Call = Callable[[BaseChatModel], Awaitable[Any] | Any]


class Level(BaseModel):
    """An answer of a form."""

    why: str
    level: int


@tool
def switch(point: str) -> str:
    """Switch a point."""
    return point


async def _streamed(chat: BaseChatModel) -> list[Any]:
    return [message async for message in chat.astream("opens at 07:40")]


WAYS: dict[str, Call] = {
    "invoke": lambda chat: chat.invoke("opens at 07:40"),
    "ainvoke": lambda chat: chat.ainvoke("opens at 07:40"),
    "stream": lambda chat: list(chat.stream("opens at 07:40")),
    "astream": _streamed,
    "batch": lambda chat: chat.batch(["opens at 07:40"]),
    "abatch": lambda chat: chat.abatch(["opens at 07:40"]),
    "tools": lambda chat: chat.bind_tools([switch]).ainvoke("opens at 07:40"),
    "blocking tools": lambda chat: chat.bind_tools([switch]).invoke("opens at 07:40"),
    "a form": lambda chat: chat.with_structured_output(Level).ainvoke("opens at 07:40"),
    "a blocking form": lambda chat: chat.with_structured_output(Level).invoke("opens at 07:40"),
    "retries": lambda chat: chat.with_retry(stop_after_attempt=2, wait_exponential_jitter=False).ainvoke("07:40"),
    "fallbacks": lambda chat: chat.with_fallbacks([chat]).ainvoke("opens at 07:40"),
    "a copy": lambda chat: chat.model_copy().ainvoke("opens at 07:40"),
}


async def call_it(call: Call, chat: BaseChatModel) -> None:
    """Call a chat object in one of the ways."""
    result = call(chat)
    if isinstance(result, Awaitable):
        await result


async def chat_inside(models: CloudModels, site: CloudSite) -> BaseChatModel:
    """Return the chat object of a site, as nobody is meant to have it."""
    voice = await models._voice(site, Deadline.after(10))
    return voice._voice.chat
