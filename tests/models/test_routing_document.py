"""The routing document holds as a whole, or says at which line it does not."""

from pathlib import Path

import pytest

from config.settings import Settings
from graphs.live_models import LiveModels
from graphs.privacy_parts import cloud_sites
from models import ChatModels, Deadline, Usage, open_chat_models, resolve
from models.cloud_sites import SITES, sites_of
from models.errors import ModelNotFound
from models.pool import Work
from models.pooled import Pooled
from models.routing import DocumentError, fingerprint, load_routing
from models.routing.document import RoutingDocument
from models.routing.file import SHIPPED
from services.embedded_model import CONTEXT_TOKENS
from tests.models.asking import QUESTION
from tests.wire.ollama import FakeOllama
from tests.wire.script import Hang

TEXT = SHIPPED.read_text(encoding="utf-8")
PRICED = "  gpt-4o:\n    {}: {{input_usd: {}, output_usd: 10, source: its page}}\n"


def written(folder: Path, text: str) -> Path:
    path = folder / "llm_routing.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def edited(folder: Path, old: str, new: str) -> Path:
    assert old in TEXT
    return written(folder, TEXT.replace(old, new, 1))


def test_the_shipped_document_routes_each_role_and_keeps_dev_and_test_local() -> None:
    document = load_routing().document
    assert document.environments["production"]["analyst"][0] == "qwen2.5-7b"
    for environment in ("dev", "test"):
        places = {document.endpoints[n].place for names in document.environments[environment].values() for n in names}
        assert places == {"ollama", "embedded"}


def test_the_embedded_server_has_the_context_that_is_routed() -> None:
    assert load_routing().document.endpoints["smollm2-135m"].context_tokens == CONTEXT_TOKENS


def test_routed_clouds_are_those_of_the_code() -> None:
    assert {
        s.destination: (s.protocol, s.base_url, s.model, s.context_tokens)
        for s in sites_of(load_routing().document, SITES)
    } == {s.destination: (s.protocol, s.base_url, s.model, s.context_tokens) for s in SITES.values()}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("analyst: [qwen2.5-7b, smollm2-135m]", "analyst: [qwen3, smollm2-135m]", "names qwen3, which is no endpoint"),
        ("    embedder: [multilingual-e5-small]\n  test", "  test", "dev has no embedder"),
        ("coordinator: [llama3.2-3b, smollm2-135m]", "coordinator: []", "dev has no coordinator"),
        ("  gpt-4o:\n", PRICED.format("price", "-2.50"), "input_usd"),
        ("  gpt-4o:\n", PRICED.format("price", ".nan"), "input_usd"),
        ("  gemini:\n", "  gpt-4o:\n", "gpt-4o is given twice"),
        ("analyst: [qwen2.5-7b, smollm2-135m]", "analyst: [qwen2.5-7b, gpt-4o]", "`dev` is local only"),
        ("analyst: [qwen2.5-7b, smollm2-135m]", "analyst: [qwen2.5-7b, qwen2.5-7b]", "names qwen2.5-7b twice"),
        ("[multilingual-e5-small]", "[qwen2.5-7b]", "cannot 'embed'"),
        ("    model: qwen2.5:7b\n", "", "names its `model`"),
        ("  gpt-4o:\n", PRICED.format("prize", "2.50"), "prize"),
        ("temperature: 0.2", "temperature: 3", "temperature"),
        ("  probe: {temperature: 0.0, max_tokens: 1}\n", "", "task probe is missing"),
        ("memory_gib: 12", "memory_gib: 0", "memory_gib"),
        ("version: 1", "version: 2", "version"),
        ("place: embedded\n", "place: embedded\n    base_url: http://x\n", "are of a cloud"),
    ],
)
def test_what_does_not_hold_is_named_with_its_line(tmp_path: Path, old: str, new: str, said: str) -> None:
    with pytest.raises(DocumentError, match=r"llm_routing\.yaml:\d+: ") as refused:
        load_routing(edited(tmp_path, old, new))
    assert said in str(refused.value)


def test_one_model_with_two_context_lengths_is_refused_because_ollama_would_reload_it(tmp_path: Path) -> None:
    twin = "  twin: {place: ollama, model: qwen2.5:7b, context_tokens: 8192}\nendpoints:"
    text = TEXT.replace("endpoints:\n", "endpoints:\n" + twin.split("\n", maxsplit=1)[0] + "\n", 1)
    with pytest.raises(DocumentError, match="load it anew"):
        load_routing(written(tmp_path, text))


@pytest.mark.parametrize("text", ["", "[]", "version: [", "a: &x 1\nb: *x"])
def test_what_is_no_document_is_refused_at_its_line(tmp_path: Path, text: str) -> None:
    with pytest.raises(DocumentError):
        load_routing(written(tmp_path, text))


def test_a_thousand_endpoints_are_read(tmp_path: Path) -> None:
    more = "".join(f"  m{n}: {{place: ollama, model: 'm{n}:1b'}}\n" for n in range(1000))
    document = load_routing(written(tmp_path, TEXT.replace("endpoints:\n", "endpoints:\n" + more, 1))).document
    assert len(document.endpoints) == 1007


def test_an_edited_file_is_read_again(tmp_path: Path) -> None:
    path = written(tmp_path, TEXT)
    before = load_routing(path)
    path.write_text(TEXT.replace("memory_gib: 12", "memory_gib: 24.5"), encoding="utf-8")
    assert load_routing(path).document.ollama.memory_gib == 24.5
    assert load_routing(path).hash != before.hash


def test_what_is_routed_is_part_of_what_a_receipt_and_the_cache_call_the_configuration(tmp_path: Path) -> None:
    edit = edited(tmp_path, "analysis: {temperature: 0.2", "analysis: {temperature: 0.4")
    shipped, other = fingerprint(Settings()), fingerprint(Settings(routing=edit))
    same_text = written(tmp_path, TEXT)
    assert len({shipped, other, fingerprint(Settings(routing=same_text, num_ctx=8192))}) == 3
    assert fingerprint(Settings()) == shipped


async def test_a_broken_document_leaves_no_model_and_says_what_to_mend(tmp_path: Path) -> None:
    settings = Settings(routing=edited(tmp_path, "version: 1", "version: 2"), cloud=("gpt-4o",))
    found = await resolve(settings)
    assert "version" in found.reason
    assert not any(found.ladders.values())
    assert cloud_sites(settings) == []
    live = LiveModels(settings, ChatModels(settings))
    assert (await live.analysts())[2] == []
    with pytest.raises(ModelNotFound):
        await live.fill([("user", "Hi")], RoutingDocument)


async def test_each_host_of_an_endpoint_is_an_endpoint(tmp_path: Path) -> None:
    async with FakeOllama() as one, FakeOllama(models=()) as other:
        hosts = f"model: qwen2.5:7b\n    hosts: ['{one.host}', '{other.host}']\n"
        path = edited(tmp_path, "model: qwen2.5:7b\n", hosts)
        found = await resolve(Settings(profile="local", routing=path, ollama_host=one.host))
    first, second = found.ladders["analyst"]
    assert (first.id, second.id) == ("ollama:qwen2.5:7b", f"ollama:qwen2.5:7b@{other.host}")
    assert (first.usable, second.usable) == (True, False)
    assert "no models" in found.reason or "lacks qwen2.5:7b" in found.reason


async def test_a_setting_replaces_the_routed_model(tmp_path: Path) -> None:
    async with FakeOllama() as fake:
        settings = Settings(profile="local", ollama_host=fake.host, analyst_model="mistral:7b", num_ctx=8192)
        found = await resolve(settings)
    assert [(e.model, e.context_tokens) for e in found.ladders["analyst"]] == [("mistral:7b", 8192)]
    assert [e.model for e in found.ladders["coordinator"]] == ["llama3.2:3b"]


async def test_the_ladder_has_the_order_of_the_file(tmp_path: Path) -> None:
    path = edited(
        tmp_path,
        "analyst: [qwen2.5-7b, smollm2-135m, gpt-4o, deepseek-v3, gemini]",
        "analyst: [gemini, smollm2-135m, gpt-4o]",
    )
    settings = Settings(profile="embedded", routing=path, cloud=("gpt-4o", "gemini"))
    endpoints = [site.endpoint("analyst") for site in cloud_sites(settings)]
    _, _, ladder = await LiveModels(settings, ChatModels(settings), lambda: endpoints).analysts()
    assert [e.name for e in ladder] == ["gemini", "smollm2-135m", "gpt-4o"]


def test_a_provider_is_added_in_the_document(tmp_path: Path) -> None:
    entry = (
        "  mistral: {place: cloud, protocol: openai, base_url: 'https://llm.example.com/v1', model: mistral-large,"
        " key: openai, price: {input_usd: 2, output_usd: 6, source: its page}}\n"
    )
    text = TEXT.replace("endpoints:\n", "endpoints:\n" + entry, 1).replace("gemini]", "gemini, mistral]")
    settings = Settings(routing=written(tmp_path, text), cloud=("mistral",))
    (site,) = cloud_sites(settings)
    assert (site.base_url, site.provider, site.endpoint("analyst").price is not None) == (
        "https://llm.example.com/v1",
        "openai",
        True,
    )


def test_a_cloud_that_is_not_routed_is_not_asked(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    assert cloud_sites(Settings(cloud=("gpt-5",))) == []


def test_a_cloud_in_a_local_environment_is_refused() -> None:
    with pytest.raises(ValueError, match="local only"):
        Settings(environment="test", cloud=("gpt-4o",))


async def test_an_unusable_endpoint_says_so_when_it_is_asked() -> None:
    async with FakeOllama(models=("llama3.2:3b",)) as fake:
        models = ChatModels(Settings(profile="local", ollama_host=fake.host))
        (analyst,) = await models.ladder("analyst")
        with pytest.raises(ModelNotFound):
            await anext(models.stream(analyst, QUESTION, deadline=Deadline.after(1)))


async def test_of_several_hosts_the_one_that_rests_is_asked_last(tmp_path: Path) -> None:
    async with FakeOllama() as one, FakeOllama() as other:
        hosts = f"model: qwen2.5:7b\n    hosts: ['{one.host}', '{other.host}']\n"
        path = edited(tmp_path, "model: qwen2.5:7b\n", hosts)
        pooled = Pooled()
        models = ChatModels(Settings(profile="local", routing=path, ollama_host=one.host), pooled=pooled)
        before = [endpoint.id for endpoint in await models.ladder("analyst")]
        pooled.pool.pause(before[0], 5.0)
        after = [endpoint.id for endpoint in await models.ladder("analyst")]
    assert after == before[::-1]


async def test_a_host_that_is_slow_to_begin_is_outrun_by_another_where_that_is_asked_for(tmp_path: Path) -> None:
    async with FakeOllama(Hang()) as slow, FakeOllama() as quick:
        hosts = f"model: qwen2.5:7b\n    hosts: ['{slow.host}', '{quick.host}']\n"
        text = TEXT.replace("model: qwen2.5:7b\n", hosts, 1).replace("hedge: false", "hedge: true")
        path = written(tmp_path, text)
        pooled = Pooled()
        for _ in range(20):  # both hosts are known to begin within milliseconds
            for url in (slow, quick):
                name = "ollama:qwen2.5:7b" + (f"@{url.host}" if url is quick else "")
                work = Work(20, 100)
                async with pooled.pool.admitted(name, work=work, deadline=Deadline.after(5)) as ticket:
                    ticket.done(Usage(20, 10, False, 5.0, 20.0))
        settings = Settings(profile="local", routing=path, ollama_host=quick.host)
        async with open_chat_models(settings, pooled=pooled) as models:
            endpoint = next(e for e in await models.ladder("analyst") if e.base_url == slow.url)
            chunks = [c async for c in models.stream(endpoint, QUESTION, deadline=Deadline.after(10))]
    assert chunks[-1].finish == "stop"
    assert (len(slow.chats), len(quick.chats)) == (1, 1)
