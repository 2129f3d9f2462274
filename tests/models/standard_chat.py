"""What the standard tests of `langchain-tests` need of our chat models, which are the objects inside our voices.

Each is made as it is for an answer, by the function that opens it. Three parts of it are played by a double, because
the standard tests ask in ways in which nothing of ours asks: they block, they send what no gate has cleared, and they
put sampling into the object, which we pass with each call.
"""

import asyncio
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar, cast

import httpx
import pytest
from langchain_core.language_models import BaseChatModel

from models.cloud_transport import Guard
from tests.wire.cloud_server import FakeCloud

MOST_TOKENS = 16
"""Longest answer: what the tests look at is there after the first, and SmolLM2 on a busy core writes 20 a second."""

Tests = TypeVar("Tests", bound=type[Any])

INPUTS = dict.fromkeys(
    [
        *("test_pdf_inputs", "test_audio_inputs", "test_image_inputs", "test_image_tool_message"),
        *("test_pdf_tool_message", "test_anthropic_inputs"),
    ],
    "the advisor sends text only; the gate clears nothing else",
)
OVERRIDES = dict.fromkeys(
    [f"test_{way}_with_model_override" for way in ("invoke", "ainvoke", "stream", "astream")],
    "an endpoint is one model; another model is another endpoint",
)
TOOLS = dict.fromkeys(
    [
        *("test_tool_calling", "test_tool_calling_async", "test_bind_runnables_as_tools", "test_tool_choice"),
        *("test_tool_message_histories_string_content", "test_tool_message_histories_list_content"),
        *("test_tool_calling_with_no_arguments", "test_tool_message_error_status", "test_agent_loop"),
        *("test_structured_few_shot_examples", "test_unicode_tool_call_integration"),
    ],
    "SmolLM2 with 135 million parameters was not taught to call tools; Ollama refuses them for its template",
)
FORMS = dict.fromkeys(
    [
        *("test_structured_output", "test_structured_output_async", "test_structured_output_pydantic_2_v1"),
        *("test_structured_output_optional_param", "test_json_mode"),
    ],
    "SmolLM2 ends a sentence of a form late or never; forms of choices, as ours are, are filled in the tests of `fill`",
)
RECORDED = {"test_stream_time": "times a recording of the network; ours are servers on this machine"}
UNIT = {
    "test_init_time": "measures and sets no bound; the first answer's time is measured by the benchmarks",
    "test_init_from_env": "nothing of ours reads the environment but the settings",
    "test_serdes": "holds a guarded transport; it is opened, and never written to a file or read from one",
}


def cannot(reasons: Mapping[str, str]) -> Callable[[Tests], Tests]:
    """Leave standard tests out of a class, each with its reason, which the report of a run shows."""

    def without(tests: Tests) -> Tests:
        for name, reason in reasons.items():

            def left_out(_self: object) -> None:
                raise NotImplementedError

            setattr(tests, name, pytest.mark.xfail(run=False, reason=reason)(left_out))
        return tests

    return without


@dataclass(frozen=True)
class Made:
    """Stands for the class of a chat model in the standard tests: what it makes is opened by us."""

    kind: type[BaseChatModel]
    opened: Callable[[], BaseChatModel]
    longest: str
    """The vendor's field for the longest answer, tokens."""

    def __call__(self, **asked: Any) -> BaseChatModel:
        """Return our chat model; of what the tests ask for it takes the sampling and the form of what it returns."""
        known = {"temperature", "stop", "output_version"}
        taken = {name: value for name, value in asked.items() if name in known}
        taken[self.longest] = MOST_TOKENS
        return self.opened().model_copy(update=taken)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.kind, name)

    @property
    def as_class(self) -> type[BaseChatModel]:
        """Return it under the type that the tests know it by."""
        return cast("type[BaseChatModel]", self)


class OpenGuard(Guard):
    """A guard that clears what the tests send; all else of it is the real one's."""

    def admit(self, request: httpx.Request) -> httpx.Request:
        """Return the request written anew, with the key."""
        return self._anew(str(request.url), request.content)


@contextmanager
def in_a_thread(server: FakeCloud) -> Iterator[FakeCloud]:
    """Run a fake server in a thread of its own, for clients that block."""
    server.parting = True
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    asyncio.run_coroutine_threadsafe(server.__aenter__(), loop).result(10)
    try:
        yield server
    finally:
        asyncio.run_coroutine_threadsafe(server.__aexit__(), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
