"""The local chat models pass the standard tests of LangChain: SmolLM2 in a real Ollama, and in the embedded server.

What a model of 135 million parameters cannot do is left out, each with its reason.
"""

import asyncio

import httpx
import pytest
from langchain_core.language_models import BaseChatModel
from langchain_ollama import ChatOllama
from langchain_openai import ChatOpenAI
from langchain_tests.integration_tests import ChatModelIntegrationTests
from langchain_tests.unit_tests import ChatModelUnitTests

from config.settings import Settings
from models.address import attest, parse
from models.endpoint import Endpoint
from models.ollama_chat import open_ollama_chat
from models.openai_chat import open_openai_chat
from models.transport import LocalTransport
from services.embedded_model import ensure_embedded_model
from tests.models.ollama_server import OllamaServer
from tests.models.standard_chat import FORMS, INPUTS, OVERRIDES, RECORDED, TOOLS, UNIT, Made, cannot

NOWHERE = "http://127.0.0.1:9"
CONTEXT = 4096
LEFT_OUT = INPUTS | RECORDED | TOOLS | FORMS
TRACED = {
    "test_standard_params_model_override": "langchain-ollama 1.1 tells a trace the other name; ours are not traced"
}


def transport_to(url: str) -> LocalTransport:
    return LocalTransport(asyncio.run(attest(parse(url), "standard")))


class Blocking(httpx.HTTPTransport):
    """Lets blocking clients through, which are made not to: most of the standard tests block."""

    def __init__(self) -> None:
        super().__init__(verify=False, trust_env=False, limits=httpx.Limits(max_keepalive_connections=0))


@pytest.fixture(autouse=True)
def _may_block(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("ollama_chat", "openai_chat"):
        monkeypatch.setattr(f"models.{module}.NoSyncTransport", Blocking)


class Ollama:
    """The chat model of an Ollama host."""

    address = NOWHERE

    def opened(self) -> BaseChatModel:
        endpoint = Endpoint("ollama", "analyst", "ollama", "qwen2.5:7b", self.address, CONTEXT)
        return open_ollama_chat(endpoint, transport_to(self.address)).chat

    @property
    def chat_model_class(self) -> type[BaseChatModel]:
        return Made(ChatOllama, self.opened, "num_predict").as_class


class Embedded:
    """The chat model of the embedded server."""

    address = f"{NOWHERE}/v1"

    def opened(self) -> BaseChatModel:
        endpoint = Endpoint("embedded", "analyst", "embedded", "smollm2", None, CONTEXT)
        return open_openai_chat(endpoint, self.address, transport_to(self.address)).chat

    @property
    def chat_model_class(self) -> type[BaseChatModel]:
        return Made(ChatOpenAI, self.opened, "max_tokens").as_class


@cannot(UNIT | TRACED)
class TestOllamaIsMade(Ollama, ChatModelUnitTests):
    pass


@cannot(UNIT)
class TestEmbeddedIsMade(Embedded, ChatModelUnitTests):
    pass


@pytest.mark.slow
@cannot(LEFT_OUT)
class TestOllamaAnswers(Ollama, ChatModelIntegrationTests):
    @pytest.fixture(autouse=True)
    def _served(self, ollama_server: OllamaServer) -> None:
        self.address = f"http://{ollama_server.host}"

    @property
    def model_override_value(self) -> str:
        return "llama3.2:3b"


@pytest.mark.slow
@cannot(LEFT_OUT | OVERRIDES)
class TestEmbeddedAnswers(Embedded, ChatModelIntegrationTests):
    @pytest.fixture(autouse=True)
    def _served(self, settings: Settings) -> None:
        self.address = asyncio.run(ensure_embedded_model(settings))
