"""What an Ollama host is told and asked, beside the chats themselves: its own HTTP protocol, as much as we use of it.

Every fault of the wire leaves here as a `ModelError` of the endpoint `ollama:...`; answers are checked as they come in,
because another server may answer at that port.
"""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from contextlib import aclosing, asynccontextmanager, contextmanager
from datetime import datetime
from http import HTTPStatus
from typing import Any, TypeVar

import httpx
from pydantic import BaseModel, ConfigDict, ValidationError

from models.address import Address, attest, parse
from models.errors import (
    MalformedAnswer,
    ModelBusy,
    ModelError,
    ModelFailed,
    ModelNotFound,
    ModelTimeout,
    ModelUnreachable,
    NotLocal,
)
from models.transport import LocalTransport, async_client

ENDPOINT = "ollama"
KEEP_ALIVE_S = 1800
"""How long Ollama keeps a model loaded after a call, seconds, as the real calls ask it to."""
RETRY_S = 1.0
"""When to ask a host again that says it is full, seconds."""

Options = dict[str, Any]


class Wire(BaseModel):
    """A message of the protocol; versions add fields, and what we do not read may be anything."""

    model_config = ConfigDict(frozen=True, extra="ignore", protected_namespaces=())


class Details(Wire):
    """What a model is made of."""

    family: str = ""
    parameter_size: str = ""
    quantization_level: str = ""


class Tag(Wire):
    """A model that the host lists."""

    name: str
    size: int = 0
    digest: str = ""
    details: Details = Details()
    remote_host: str = ""
    remote_model: str = ""


class Shown(Wire):
    """What the host knows of one model; `model_info` is the head of its weights file."""

    details: Details = Details()
    model_info: dict[str, Any] = {}
    remote_host: str = ""
    remote_model: str = ""


class Loaded(Wire):
    """A model in the host's memory. Sizes in bytes; `size_vram` is the share that a graphics card holds."""

    name: str
    size: int = 0
    size_vram: int = 0
    digest: str = ""
    expires_at: datetime | None = None
    context_length: int = 0
    details: Details = Details()


class Step(Wire):
    """A message of a pull: a layer's bytes, or the error that ended it."""

    status: str = ""
    digest: str = ""
    total: int = 0
    completed: int = 0
    error: str = ""


class _Tags(Wire):
    models: list[Tag] | None = None


class _Loaded(Wire):
    models: list[Loaded] | None = None


class _Said(Wire):
    done: bool = False
    error: str = ""


W = TypeVar("W", bound=Wire)


class OllamaApi:
    """One host. Open it with `open_api`, which proves that it is near."""

    def __init__(self, address: Address, client: httpx.AsyncClient) -> None:
        self.address, self._client = address, client

    async def tags(self, timeout_s: float = 2.0) -> list[Tag]:
        """Return what the host lists, forwarded models too."""
        return (await self._get("/api/tags", _Tags, timeout_s)).models or []

    async def show(self, model: str, timeout_s: float = 2.0) -> Shown:
        """Return what the host knows of a model; raises `ModelNotFound` where it has none of that name."""
        return await self._post("/api/show", {"model": model}, Shown, model, timeout_s)

    async def loaded(self, timeout_s: float = 2.0) -> list[Loaded]:
        """Return what is in the host's memory, a model that is being loaded too."""
        return (await self._get("/api/ps", _Loaded, timeout_s)).models or []

    async def one_token(self, model: str, num_ctx: int, *, keep_alive_s: int, timeout_s: float) -> None:
        """Have a model write one token, loading it where it is not loaded.

        `num_ctx` must be that of the real calls, or Ollama loads the model anew. Raises `ModelError`.
        """
        options: Options = {"num_ctx": num_ctx, "num_predict": 1, "temperature": 0.0}
        asked = {"model": model, "messages": [{"role": "user", "content": "Hi"}], "stream": False, "options": options}
        said = await self._post("/api/chat", asked | {"keep_alive": keep_alive_s}, _Said, model, timeout_s)
        if not said.done:
            raise MalformedAnswer(_endpoint(model), said.error or "a probe without its end")

    async def unload(self, model: str, timeout_s: float = 5.0) -> None:
        """Have the host let go of a model as soon as the answers that it writes are done."""
        await self._post("/api/generate", {"model": model, "keep_alive": 0}, _Said, model, timeout_s)

    async def delete(self, model: str, timeout_s: float = 5.0) -> None:
        """Have the host forget a model and remove what no other one shares with it."""
        await self._send("DELETE", "/api/delete", {"model": model}, model, timeout_s)

    async def pull(self, model: str, silence_s: float) -> AsyncGenerator[Step, None]:
        """Yield what the host says while it fetches a model; raises `ModelTimeout` where it is silent for too long."""
        where, asked = self.address.base_url + "/api/pull", {"model": model, "stream": True}
        with _translated(self.address, model):
            async with self._client.stream("POST", where, json=asked, timeout=silence_s) as answer:
                if not answer.is_success:
                    await answer.aread()
                    raise _refused(answer, model)
                async with aclosing(_lines(answer)) as lines:
                    async for line in lines:
                        yield _read(Step, line, model)

    async def _get(self, path: str, shape: type[W], timeout_s: float) -> W:
        return _read(shape, await self._send("GET", path, None, "", timeout_s), "")

    async def _post(self, path: str, body: Options, shape: type[W], model: str, timeout_s: float) -> W:
        return _read(shape, await self._send("POST", path, body, model, timeout_s), model)

    async def _send(self, method: str, path: str, body: Options | None, model: str, timeout_s: float) -> bytes:
        with _translated(self.address, model):
            try:
                async with asyncio.timeout(timeout_s):
                    answer = await self._client.request(method, self.address.base_url + path, json=body)
            except TimeoutError:
                raise ModelTimeout(_endpoint(model), "answer", timeout_s) from None
        if not answer.is_success:
            raise _refused(answer, model)
        return answer.content


@asynccontextmanager
async def open_api(host: str) -> AsyncIterator[OllamaApi]:
    """Open a host, given as in `OLLAMA_HOST`; raises `NotLocal` or `ModelUnreachable` where it is not to be asked."""
    address = await attest(parse(host))
    async with async_client(LocalTransport(address)) as client:
        yield OllamaApi(address, client)


@contextmanager
def _translated(address: Address, model: str) -> Iterator[None]:
    """Turn a fault of the wire into a `ModelError`."""
    try:
        yield
    except httpx.TimeoutException as fault:
        raise ModelTimeout(_endpoint(model), "message", _read_timeout(fault)) from None
    except httpx.HTTPError as fault:
        cause = "nothing listens there" if isinstance(fault, httpx.ConnectError) else type(fault).__name__
        raise ModelUnreachable(_endpoint(model), address.base_url, cause) from None


def _read_timeout(fault: httpx.TimeoutException) -> float:
    return float(fault.request.extensions.get("timeout", {}).get("read") or 0.0)


async def _lines(answer: httpx.Response) -> AsyncGenerator[bytes, None]:
    async with aclosing(answer.aiter_lines()) as lines:  # type: ignore[type-var]
        async for line in lines:
            if line.strip():
                yield line.encode()


def _read(shape: type[W], body: bytes, model: str) -> W:
    try:
        return shape.model_validate_json(body)
    except ValidationError as fault:  # only where: the message would repeat what came
        raise MalformedAnswer(_endpoint(model), f"no {shape.__name__.strip('_').lower()} of Ollama's") from fault


def _refused(answer: httpx.Response, model: str) -> ModelError:
    said = _said(answer.content)
    match answer.status_code:
        case HTTPStatus.NOT_FOUND if model:
            return ModelNotFound(_endpoint(model), model)
        case HTTPStatus.FORBIDDEN:
            return NotLocal(_endpoint(model), said)
        case HTTPStatus.SERVICE_UNAVAILABLE | HTTPStatus.TOO_MANY_REQUESTS:
            return ModelBusy(_endpoint(model), RETRY_S)
        case _:
            return ModelFailed(_endpoint(model), f"{said} (status {answer.status_code})")


def _said(body: bytes) -> str:
    try:
        return _Said.model_validate_json(body).error or "no reason given"
    except ValidationError:
        return "what answers there is not Ollama"


def _endpoint(model: str) -> str:
    return f"{ENDPOINT}:{model}" if model else ENDPOINT
