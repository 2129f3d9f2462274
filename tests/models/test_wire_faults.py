"""Each fault of a server is an error of its kind, in every protocol, in time, and without a provider's words."""

import traceback
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any, cast

import pytest

from models import Chunk, Patience
from models.cloud_chat import open_cloud_models
from models.errors import (
    ContentFiltered,
    CredentialRejected,
    MalformedAnswer,
    ModelBusy,
    ModelError,
    ModelFailed,
    ModelNotFound,
    ModelTimeout,
    ModelUnreachable,
    PromptTooLong,
    QuotaExhausted,
    RequestRejected,
    TruncatedAnswer,
)
from models.pool.retry import Backoff
from models.pooled import Pooled
from tests.models.asking import Asked, Protocol, asking
from tests.models.cloud_asking import KEY, QUESTION, AskedCloud, fake_of, site_at
from tests.wire.cloud import FakeDeepSeek
from tests.wire.script import TEXT, Act, Blank, Block, Break, Call, Cut, Garbage, Hang, Say, Spoil, Status

pytestmark = pytest.mark.slow

CLOUDS = ("gpt-4o", "deepseek-v3", "gemini")
LOCAL = ("ollama", "openai")
SHORT = Patience(first_token_s=0.4, next_token_s=0.4)
LONG = Patience(first_token_s=10, next_token_s=10)
SAID = f"the provider's sentence about: {QUESTION[1][1]}"
HTML = b"<!doctype html><title>502</title>\n"


@asynccontextmanager
async def asked_at(place: str, act: Act) -> AsyncIterator[Asked | AskedCloud]:
    """Open the models on a fake of a place that does `act`; only a silence is waited for in a hurry."""
    patience = SHORT if isinstance(act, Hang) else LONG
    if place in LOCAL:
        async with asking(cast("Protocol", place), act, patience=patience) as local:
            yield local
        return
    async with FakeDeepSeek(act) if place == "deepseek-v3" else fake_of(place, act) as server:
        site = site_at(place, server)
        once = Pooled(backoff=Backoff(tries=1))
        async with open_cloud_models([site], patience=patience, pooled=once) as models:
            yield AskedCloud(server, site, models)


async def answer_of(place: str, act: Act) -> list[Chunk]:
    async with asked_at(place, act) as asked:
        return await asked.chunks()


def refusal(code: int, reason: Any = "", **headers: str) -> Status:
    return Status(code, SAID, {name.replace("_", "-"): value for name, value in headers.items()}, reason)


EVERYWHERE: list[tuple[str, Act, type[ModelError]]] = [
    ("400", refusal(400), RequestRejected),
    ("404", refusal(404), ModelNotFound),
    ("408", refusal(408), ModelFailed),
    ("409", refusal(409), ModelFailed),
    ("413", refusal(413), PromptTooLong),
    ("422", refusal(422), RequestRejected),
    ("429", refusal(429), ModelBusy),
    ("500", refusal(500), ModelFailed),
    ("502", refusal(502), ModelFailed),
    ("503", refusal(503), ModelBusy),
    ("504", refusal(504), ModelFailed),
    ("529", refusal(529), ModelBusy),
    ("slow first byte", Hang(mute=True), ModelTimeout),
    ("slow first token", Hang(), ModelTimeout),
    ("stall", Hang(after=3), ModelTimeout),
    ("cut before the first token", Cut(after=0), ModelUnreachable),
    ("cut", Cut(after=3), TruncatedAnswer),
    ("clean cut", Cut(after=3, clean=True), TruncatedAnswer),
    ("cut inside a message", Cut(after=3, torn=True), TruncatedAnswer),
    ("malformed line", Spoil(), MalformedAnswer),
    ("empty choices", Blank(), TruncatedAnswer),
    ("empty body", Garbage(b""), TruncatedAnswer),
    ("a call of a tool", Call(), MalformedAnswer),
    ("error before the first token", Break(after=0, said=SAID), ModelFailed),
    ("error inside the stream", Break(said=SAID), TruncatedAnswer),
]
HERE: list[tuple[str, str, Act, type[ModelError]]] = [
    ("gpt-4o", "context", refusal(400, "context"), PromptTooLong),
    ("gpt-4o", "filter", refusal(400, "filter"), ContentFiltered),
    ("gpt-4o", "401", refusal(401), CredentialRejected),
    ("gpt-4o", "403", refusal(403), CredentialRejected),
    ("gpt-4o", "no credit", refusal(429, "quota"), QuotaExhausted),
    ("gpt-4o", "more than a minute's tokens", refusal(429, "size"), PromptTooLong),
    ("gpt-4o", "filter inside the stream", Say(finish="content_filter"), ContentFiltered),
    ("gpt-4o", "filter as an error inside", Break(reason="filter", said=SAID), ContentFiltered),
    ("gpt-4o", "no credit inside, first", Break(after=0, reason="quota", said=SAID), QuotaExhausted),
    ("gpt-4o", "unknown end", Say(finish="whatever"), TruncatedAnswer),
    ("gpt-4o", "end in sentences", Say(finish=SAID), TruncatedAnswer),
    ("gpt-4o", "html", Garbage(HTML, "text/html"), TruncatedAnswer),
    ("gpt-4o", "json in place of events", Garbage(b'{"choices":[]}', "application/json"), TruncatedAnswer),
    ("gpt-4o", "torn JSON, clean", Cut(clean=True, torn=True), TruncatedAnswer),
    ("deepseek-v3", "context", refusal(400, "context"), PromptTooLong),
    ("deepseek-v3", "filter", refusal(400, "filter"), ContentFiltered),
    ("deepseek-v3", "401", refusal(401), CredentialRejected),
    ("deepseek-v3", "402", refusal(402, "quota"), QuotaExhausted),
    ("deepseek-v3", "overloaded, first", Say("", finish="insufficient_system_resource"), ModelBusy),
    ("deepseek-v3", "overloaded", Say(finish="insufficient_system_resource"), TruncatedAnswer),
    ("gemini", "context", refusal(400, "context"), PromptTooLong),
    ("gemini", "key", refusal(400, "key"), CredentialRejected),
    ("gemini", "401", refusal(401), CredentialRejected),
    ("gemini", "402", refusal(402), QuotaExhausted),
    ("gemini", "403", refusal(403), CredentialRejected),
    ("gemini", "filter", Block(), ContentFiltered),
    ("gemini", "filter inside the stream", Say(finish="content_filter"), ContentFiltered),
    ("gemini", "html", Garbage(HTML, "text/html"), MalformedAnswer),
    ("gemini", "torn JSON, clean", Cut(clean=True, torn=True), MalformedAnswer),
    ("gemini", "busy inside, first", Break(after=0, code=429, said=SAID), ModelBusy),
    ("gemini", "details out of form", Garbage(b'{"error": {"code": 500, "details": 7}}'), ModelFailed),
    ("gemini", "code out of form", Garbage(b'{"error": {"code": "x"}}'), MalformedAnswer),
    ("ollama", "too little memory", refusal(500, "memory"), RequestRejected),
    ("ollama", "too little memory, inside", Break(after=0, reason="memory"), RequestRejected),
    ("ollama", "unknown end", Say(finish="unload"), TruncatedAnswer),
    ("ollama", "html", Garbage(HTML, "text/html"), MalformedAnswer),
    ("ollama", "torn JSON, clean", Cut(clean=True, torn=True), MalformedAnswer),
    ("openai", "context", refusal(400, "context"), PromptTooLong),
    ("openai", "filter inside the stream", Say(finish="content_filter"), ContentFiltered),
    ("openai", "torn JSON, clean", Cut(clean=True, torn=True), TruncatedAnswer),
]
FAULTS = [(place, *fault) for place in (*CLOUDS, *LOCAL) for fault in EVERYWHERE] + HERE


@pytest.mark.parametrize(("place", "act", "error"), [pytest.param(p, a, e, id=f"{p}: {n}") for p, n, a, e in FAULTS])
async def test_fault_is_an_error_of_its_kind_after_one_request(place: str, act: Act, error: type[ModelError]) -> None:
    async with asked_at(place, act) as asked:
        with pytest.raises(error) as raised:
            await asked.chunks()
        assert len(asked.server.chats) == 1
    assert type(raised.value) is error
    if place in CLOUDS:
        shown = "".join(traceback.format_exception(raised.value))
        assert not any(text in shown for text in (SAID, "sentence", QUESTION[0][1], QUESTION[1][1], KEY))
        assert raised.value.__context__ is None


@pytest.mark.parametrize("place", [*CLOUDS, *LOCAL])
@pytest.mark.parametrize(
    "act",
    [
        Say(),
        Say(trickle=True),
        Say(packed=True),
        Say(delay_s=0.1),
        Say(end="unmarked"),
        Say(end="broken"),
        Say(end="open"),
        Say(content_type="application/octet-stream"),
    ],
    ids=lambda act: ", ".join(f"{k}={v}" for k, v in vars(act).items() if v != vars(Say())[k]) or "plain",
)
async def test_answer_is_whole_however_it_comes(place: str, act: Say) -> None:
    *pieces, last = await answer_of(place, act)
    assert "".join(piece.text for piece in pieces) == TEXT
    assert last.finish == "stop"
    assert last.usage is not None
    assert (last.usage.tokens_in, last.usage.tokens_out, last.usage.estimated) == (42, 7, False)


@pytest.mark.parametrize("place", ["gpt-4o", "openai"])
@pytest.mark.parametrize("end", ["unmarked", "broken", "open"])
async def test_answer_without_mark_and_counts_is_whole_and_its_cost_estimated(place: str, end: Any) -> None:
    *pieces, last = await answer_of(place, Say(usage=None, end=end))
    assert "".join(piece.text for piece in pieces) == TEXT
    assert last.usage is not None
    assert last.usage.estimated


@pytest.mark.parametrize("place", [*CLOUDS, *LOCAL])
@pytest.mark.parametrize("usage", [None, (-5, 30), (42, -7), (0, 7), (42, 0), (10**9, 7), (42, 10**9)])
async def test_cost_that_cannot_be_true_is_estimated_and_marked(place: str, usage: tuple[int, int] | None) -> None:
    last = (await answer_of(place, Say(usage=usage)))[-1].usage
    assert last is not None
    assert last.estimated
    assert 5 <= last.tokens_in <= 40
    assert 5 <= last.tokens_out <= 20


@pytest.mark.parametrize("place", [*CLOUDS, *LOCAL])
async def test_answer_names_the_model_that_wrote_it(place: str) -> None:
    for name in ("another-model-2025-01-01", "models with spaces are not repeated"):
        last = (await answer_of(place, Say(model=name)))[-1].usage
        assert last is not None
        assert last.model == (name if "-" in name else None)


@pytest.mark.parametrize(
    ("place", "headers", "seconds"),
    [
        ("gpt-4o", {"Retry-After": "7"}, 7),
        ("gpt-4o", {"retry-after-ms": "250", "Retry-After": "1"}, 0.25),
        ("gpt-4o", {"Retry-After": "nonsense"}, 1),
        ("gpt-4o", {"Retry-After": "86400"}, 3600),
        ("deepseek-v3", {}, 1),
        ("gemini", {"retry-delay": "36.5s"}, 36.5),
        ("gemini", {"retry-delay": "99999s"}, 3600),
        ("gemini", {"retry-delay": "soon", "Retry-After": "5"}, 5),
        ("openai", {"Retry-After": "2"}, 2),
    ],
)
async def test_busy_server_says_when_to_come_back(place: str, headers: dict[str, str], seconds: float) -> None:
    with pytest.raises(ModelBusy) as busy:
        await answer_of(place, Status(429, SAID, headers))
    assert busy.value.retry_after_s == seconds


async def test_date_to_come_back_is_by_the_clock_of_the_server() -> None:
    there = datetime(2020, 1, 1, 12, tzinfo=UTC)
    headers = {"Date": format_datetime(there, usegmt=True)}
    headers["Retry-After"] = format_datetime(there + timedelta(seconds=90), usegmt=True)
    with pytest.raises(ModelBusy) as busy:
        await answer_of("gpt-4o", Status(429, SAID, headers))
    assert busy.value.retry_after_s == 90


async def test_too_little_memory_is_told_with_what_ollama_says_and_what_to_do() -> None:
    with pytest.raises(RequestRejected, match=r"5\.0 GiB.*unload another model"):
        await answer_of("ollama", refusal(500, "memory"))
