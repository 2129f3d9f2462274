"""A call goes on with the next key when the provider refuses the one it has, and keys change while calls run."""

import asyncio
import dataclasses
import traceback
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from pydantic import SecretStr

from models import Deadline, Patience
from models.cloud_chat import open_cloud_models
from models.cloud_sites import SITES, CloudSite
from models.cloud_transport import Guard
from models.cloud_voice import CloudVoice
from models.errors import (
    CredentialRejected,
    ModelBusy,
    ModelError,
    ModelFailed,
    NoKeyLeft,
    NotClearedForCloud,
    QuotaExhausted,
    TruncatedAnswer,
)
from models.key_sources import KeySources
from models.key_turns import with_keys
from models.keys import KeyRing
from models.openai_cloud import open_openai_cloud
from models.streaming import relay
from models.usage import Part
from privacy.cleared import SENDS
from tests.models.cloud_asking import QUESTION, cleared, site_at
from tests.wire.keyed import KeyedCompletions
from tests.wire.script import TEXT, Cut, Say, Status

ONE, TWO, THREE, FOUR, FIVE = (f"sk-{name}-{name * 3}" for name in ("one", "two", "three", "four", "five"))
LONG = Patience(first_token_s=20, next_token_s=20)
SAY = Say(finish="stop")


def given(*keys: str) -> KeyRing:
    return KeyRing(KeySources("OPENAI_API_KEY", SecretStr(",".join(keys))))


@dataclass(frozen=True)
class Asked:
    """A cloud behind keys, and a ring that its voice has them from."""

    server: KeyedCompletions
    site: CloudSite
    voice: CloudVoice
    ring: KeyRing

    async def text(self) -> str:
        """Ask as a node does, and return the answer."""
        prompt = cleared(self.site)
        source = with_keys(self.ring, self.site.id, lambda: self.voice.parts(prompt))
        answer = relay(source, endpoint=self.site.id, prompt="", deadline=Deadline.after(20), patience=LONG)
        async with aclosing(answer) as chunks:
            return "".join([chunk.text async for chunk in chunks])


@asynccontextmanager
async def asking(server: KeyedCompletions, ring: KeyRing) -> AsyncIterator[Asked]:
    async with server:
        site = site_at("gpt-4o", server)
        voice = open_openai_cloud(site, Guard(site.door, ring.credential))
        yield Asked(server, site, voice, ring)
        await voice.clients.close()


async def test_calls_take_turns_with_the_keys() -> None:
    async with asking(KeyedCompletions(ONE, TWO), given(ONE, TWO)) as asked:
        for _ in range(4):
            assert await asked.text() == TEXT
        assert asked.server.sent == [ONE, TWO, ONE, TWO]


@pytest.mark.parametrize("status", [401, 403])
async def test_call_goes_on_with_the_next_key_and_the_rejected_one_is_not_sent_again(status: int) -> None:
    server = KeyedCompletions(ONE, TWO)
    server.of_key[ONE] = Status(status)
    async with asking(server, given(ONE, TWO)) as asked:
        for _ in range(3):
            assert await asked.text() == TEXT
        assert server.sent == [ONE, TWO, TWO, TWO]


@pytest.mark.parametrize(
    ("act", "error"),
    [
        (Status(429, headers={"Retry-After": "600"}), ModelBusy),
        (Status(429, reason="quota"), QuotaExhausted),
        (Status(401), CredentialRejected),
    ],
    ids=["over its rate", "without credit", "rejected"],
)
async def test_only_key_that_is_refused_is_the_error_of_the_provider_and_rests(
    act: Status, error: type[ModelError]
) -> None:
    server = KeyedCompletions(ONE)
    server.of_key[ONE] = act
    async with asking(server, given(ONE)) as asked:
        with pytest.raises(error) as raised:
            await asked.text()
        assert type(raised.value) is error
        assert not isinstance(raised.value, ModelBusy) or raised.value.retry_after_s == 600
        with pytest.raises(error):
            await asked.text()
        assert server.sent == [ONE]


@pytest.mark.parametrize(
    ("act", "error"),
    [
        (Status(429, headers={"Retry-After": "600"}), ModelBusy),
        (Status(429, reason="quota"), QuotaExhausted),
        (Status(401), NoKeyLeft),
    ],
    ids=["over its rate", "without credit", "rejected"],
)
async def test_key_that_is_refused_rests_while_others_are_used(act: Status, error: type[ModelError]) -> None:
    server = KeyedCompletions(ONE, TWO)
    server.of_key[ONE] = act
    async with asking(server, given(ONE, TWO)) as asked:
        assert [await asked.text() for _ in range(3)] == [TEXT] * 3
        assert server.sent == [ONE, TWO, TWO, TWO]
        server.of_key[TWO] = act
        for _ in range(2):  # the second time nothing is sent
            with pytest.raises(error):
                await asked.text()
        assert server.sent == [ONE, TWO, TWO, TWO, TWO]


@pytest.mark.parametrize(("status", "error"), [(500, ModelFailed), (503, ModelBusy), (529, ModelBusy)])
async def test_fault_of_the_server_is_no_fault_of_the_key(status: int, error: type[ModelError]) -> None:
    server = KeyedCompletions(ONE, TWO)
    server.of_key[ONE] = Status(status)
    async with asking(server, given(ONE, TWO)) as asked:
        with pytest.raises(error):
            await asked.text()
        assert await asked.text() == TEXT
        with pytest.raises(error):
            await asked.text()
        assert server.sent == [ONE, TWO, ONE]


async def test_answer_that_has_begun_is_not_asked_for_with_another_key() -> None:
    server = KeyedCompletions(ONE, TWO)
    server.of_key[ONE] = Cut(after=2)
    async with asking(server, given(ONE, TWO)) as asked:
        with pytest.raises(TruncatedAnswer):
            await asked.text()
        assert server.sent == [ONE]


@pytest.mark.parametrize(
    "refusal", [CredentialRejected("cloud:gpt-4o", 401), ModelBusy("cloud:gpt-4o", 1, of_key=True)]
)
async def test_refusal_in_the_middle_of_an_answer_goes_to_the_caller(refusal: ModelError) -> None:
    async def parts() -> AsyncGenerator[Part, None]:
        yield Part("It ")
        raise refusal

    ring = given(ONE, TWO)
    with pytest.raises(type(refusal)):
        async for _ in with_keys(ring, "cloud:gpt-4o", parts):
            pass
    assert {ring.use("cloud:gpt-4o").number for _ in range(2)} == {1, 2}


async def test_error_of_rejected_keys_says_how_many_and_shows_none() -> None:
    keys = (ONE, TWO, THREE)
    async with asking(KeyedCompletions(), given(*keys)) as asked:
        with pytest.raises(NoKeyLeft, match="cloud:gpt-4o rejects all 3 keys") as raised:
            await asked.text()
        assert sorted(asked.server.refused_keys) == sorted(keys)
    shown = "".join(traceback.format_exception(raised.value)) + repr(raised.value) + repr(raised.value.args)
    assert not any(key in shown for key in (*keys, *(key[:10] for key in keys)))
    assert raised.value.__cause__ is None
    assert raised.value.__context__ is None


async def test_prompt_is_sent_no_oftener_than_it_is_cleared_for_and_the_next_one_finds_the_good_key() -> None:
    async with asking(KeyedCompletions(FIVE), given(ONE, TWO, THREE, FOUR, FIVE)) as asked:
        with pytest.raises(NoKeyLeft, match=f"rejects {SENDS} of 5 keys"):
            await asked.text()
        assert len(asked.server.requests) == SENDS
        assert await asked.text() == TEXT
        assert asked.server.sent[SENDS:] == [FOUR, FIVE]


async def test_prompt_that_does_not_hold_costs_no_key_its_turn() -> None:
    async with asking(KeyedCompletions(ONE), given(ONE)) as asked:
        prompt = cleared(asked.site, lifetime_s=-1)
        with pytest.raises(NotClearedForCloud):
            async for _ in with_keys(asked.ring, asked.site.id, lambda: asked.voice.parts(prompt)):
                pass
        assert asked.server.requests == []
        assert await asked.text() == TEXT


async def test_key_of_one_provider_is_never_sent_to_another() -> None:
    async with (
        asking(KeyedCompletions(ONE), given(ONE)) as one,
        asking(KeyedCompletions(TWO), given(TWO)) as two,
    ):

        async def nested() -> AsyncGenerator[Part, None]:
            yield Part(await two.text())

        prompt = cleared(two.site)
        inner = [part async for part in with_keys(one.ring, "cloud:one", nested)]
        astray = with_keys(one.ring, "cloud:one", lambda: two.voice.parts(prompt))
        assert (inner[0].text, [part.text async for part in astray][-1]) == (TEXT, "")
        assert (one.server.sent, two.server.sent) == ([], [TWO, TWO])


async def test_reader_that_goes_away_frees_the_call_and_marks_no_key() -> None:
    async with asking(KeyedCompletions(ONE), given(ONE)) as asked:
        prompt = cleared(asked.site)
        async with aclosing(with_keys(asked.ring, asked.site.id, lambda: asked.voice.parts(prompt))) as parts:
            await anext(parts)
        assert await asked.text() == TEXT


Rotate = Callable[[Path, str], None]


def rewrite(path: Path, text: str) -> None:
    path.write_text(text)


def replace(path: Path, text: str) -> None:
    fresh = path.with_suffix(".new")
    fresh.write_text(text)
    fresh.rename(path)


@pytest.mark.slow
@pytest.mark.parametrize("rotate", [rewrite, replace])
async def test_file_that_is_rotated_while_50_calls_are_in_flight_loses_none(tmp_path: Path, rotate: Rotate) -> None:
    path = tmp_path / "keys"
    rewrite(path, f"{ONE}\n{TWO}\n")
    path.chmod(0o600)
    server = KeyedCompletions(ONE, TWO)
    server.open.clear()
    async with asking(server, KeyRing(KeySources("OPENAI_API_KEY", file=path))) as asked:
        calls = [asyncio.create_task(asked.text()) for _ in range(50)]
        await server.has_requests(50)
        rotate(path, f"{THREE}\n")
        server.known = {THREE}
        server.open.set()
        assert await asyncio.gather(*calls) == [TEXT] * 50
        assert sorted(server.sent[:50]) == sorted([ONE, TWO] * 25)
        assert server.sent[50:] == [THREE] * 50
        assert [str(key) for key in asked.ring.keys] == ["key 1 of 1 (file)"]


async def test_each_of_many_calls_marks_its_own_key() -> None:
    server = KeyedCompletions(ONE, THREE)
    server.open.clear()
    async with asking(server, given(ONE, TWO, THREE)) as asked:
        calls = [asyncio.create_task(asked.text()) for _ in range(30)]
        await server.has_requests(30)
        server.open.set()
        assert await asyncio.gather(*calls) == [TEXT] * 30
        assert server.refused_keys == [TWO] * 10
        assert {asked.ring.use("cloud:gpt-4o").number for _ in range(6)} == {1, 3}


async def test_key_is_sent_in_its_header_only() -> None:
    async with asking(KeyedCompletions(ONE), given(ONE)) as asked:
        await asked.text()
        (request,) = asked.server.requests
    others = {name: value for name, value in request.headers.items() if name != "authorization"}
    assert ONE not in f"{request.body!r} {request.path} {others}"
    assert QUESTION[1][1] in request.body.decode()


async def test_cloud_models_take_their_keys_from_the_ring_of_their_site() -> None:
    async with KeyedCompletions(TWO) as server:
        site = dataclasses.replace(site_at("gpt-4o", server), api_key=None, keys=given(ONE, TWO))
        async with open_cloud_models([site]) as models:
            for _ in range(2):
                async with aclosing(models.stream(cleared(site), deadline=Deadline.after(20))) as chunks:
                    assert "".join([chunk.text async for chunk in chunks]) == TEXT
        assert server.sent == [ONE, TWO, TWO]


def test_site_whose_ring_has_no_key_fails_before_it_is_asked(tmp_path: Path) -> None:
    site = dataclasses.replace(SITES["gpt-4o"], keys=KeyRing(KeySources("OPENAI_API_KEY", file=tmp_path / "keys")))
    with pytest.raises(NoKeyLeft, match="names a file that is not in"):
        site.endpoint("analyst").require_usable()
    (tmp_path / "keys").write_text(ONE)
    assert site.keys is not None
    site.keys.read()
    assert site.endpoint("analyst").usable
