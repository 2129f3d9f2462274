"""The chat models of the three clouds pass the standard tests of LangChain, against wire-true fakes."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from langchain_core.language_models import BaseChatModel
from langchain_google_genai import ChatGoogleGenerativeAI
from langchain_openai import ChatOpenAI
from langchain_tests.integration_tests import ChatModelIntegrationTests
from langchain_tests.unit_tests import ChatModelUnitTests
from pydantic import SecretStr

from models.cloud_sites import SITES, CloudSite
from models.cloud_voice import CloudVoice
from models.gemini_cloud import open_gemini_cloud
from models.openai_cloud import open_openai_cloud
from tests.models.cloud_asking import KEY
from tests.models.standard_chat import INPUTS, OVERRIDES, RECORDED, UNIT, Made, OpenGuard, cannot, in_a_thread
from tests.wire.cloud import FakeCloud
from tests.wire.obliging import ObligingChatCompletions, ObligingDeepSeek, ObligingGemini

NOWHERE = "http://127.0.0.1:9"
LEFT_OUT = INPUTS | OVERRIDES | RECORDED

# What langchain-openai says of what the tests give it: an answer parsed by its own client, a model of pydantic 1.
pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore:Pydantic serializer warnings"),
    pytest.mark.filterwarnings("ignore:Received a Pydantic BaseModel V1 schema"),
]


def guarded(site: CloudSite) -> OpenGuard:
    return OpenGuard(site.door, lambda: SecretStr(KEY))


class Cloud:
    """What tells one cloud from another."""

    destination: str
    path = "/v1"
    kind: type[BaseChatModel] = ChatOpenAI
    longest = "max_tokens"
    address = NOWHERE

    def opened(self) -> CloudVoice:
        return open_openai_cloud(self.site, guarded(self.site))

    @property
    def site(self) -> CloudSite:
        return replace(SITES[self.destination], base_url=self.address + self.path, api_key=SecretStr(KEY))

    @property
    def chat_model_class(self) -> type[BaseChatModel]:
        return Made(self.kind, lambda: self.opened()._voice.chat, self.longest).as_class

    @property
    def supports_json_mode(self) -> bool:
        return True


class Gpt(Cloud):
    destination = "gpt-4o"


class DeepSeek(Cloud):
    destination = "deepseek-v3"


class Gemini(Cloud):
    destination, path = "gemini", ""
    kind, longest = ChatGoogleGenerativeAI, "max_output_tokens"

    def opened(self) -> CloudVoice:
        return open_gemini_cloud(self.site, guarded(self.site))


@cannot(UNIT)
class TestGptIsMade(Gpt, ChatModelUnitTests):
    pass


@cannot(UNIT)
class TestDeepSeekIsMade(DeepSeek, ChatModelUnitTests):
    pass


@cannot(UNIT)
class TestGeminiIsMade(Gemini, ChatModelUnitTests):
    pass


class Served:
    """Asks a fake, which runs in a thread."""

    fake: type[FakeCloud]
    address: str

    @pytest.fixture(autouse=True)
    def _served(self) -> Iterator[None]:
        with in_a_thread(self.fake()) as server:
            self.address = server.url
            yield


@cannot(LEFT_OUT)
class TestGptAnswers(Served, Gpt, ChatModelIntegrationTests):
    fake = ObligingChatCompletions


@cannot(LEFT_OUT)
class TestDeepSeekAnswers(Served, DeepSeek, ChatModelIntegrationTests):
    fake = ObligingDeepSeek

    @property
    def structured_output_kwargs(self) -> dict[str, Any]:
        return {"method": "function_calling"}  # DeepSeek knows JSON, but no schema


@cannot(LEFT_OUT)
class TestGeminiAnswers(Served, Gemini, ChatModelIntegrationTests):
    fake = ObligingGemini
