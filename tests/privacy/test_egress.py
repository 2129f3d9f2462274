"""What leaves is the cleared prompt in the protocol of its door: nothing more, nothing less, nowhere else."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from privacy.cleared import ClearedPrompt, seal
from privacy.egress import Door, require_cleared
from privacy.errors import NotCleared
from privacy.labels import Label

SECRET = "opens at 07:40"
MESSAGES = (("system", "Explain."), ("user", "Why is Building A high?"), ("assistant", "Cold."), ("user", "How cold?"))
SCHEMA = {"type": "object", "properties": {"why": {"type": "string"}, "level": {"enum": ["low", "high"]}}}
DOORS = {
    "openai": Door("gpt-4o", "openai", "https://api.openai.com/v1", "gpt-4o"),
    "deepseek": Door("deepseek-v3", "deepseek", "https://api.deepseek.com/v1", "deepseek-chat"),
    "gemini": Door("gemini", "gemini", "https://generativelanguage.googleapis.com", "gemini-2.5-flash", 0),
}
every_door = pytest.mark.parametrize("door", DOORS.values(), ids=DOORS)
Body = dict[str, Any]


def sealed(door: Door, **other: Any) -> ClearedPrompt:
    fields: dict[str, Any] = {
        "messages": MESSAGES,
        "destination": door.destination,
        "hosts": (door.host,),
        "label": Label.PUBLIC,
        "policy_hash": "0123456789ab",
        "temperature": 0.2,
        "max_tokens": 400,
    }
    return seal(**fields | other)


def said(door: Door, prompt: ClearedPrompt, *, streamed: bool = True) -> Body:
    """Return the body as a client library writes it."""
    if door.protocol == "gemini":
        settings: Body = {"temperature": prompt.temperature, "maxOutputTokens": prompt.max_tokens, "candidateCount": 1}
        if prompt.schema:
            settings |= {"responseMimeType": "application/json", "responseJsonSchema": json.loads(prompt.schema)}
        roles = {"user": "user", "assistant": "model"}
        turns = [{"parts": [{"text": text}], "role": roles[role]} for role, text in prompt.messages if role in roles]
        system = [{"text": text} for role, text in prompt.messages if role == "system"]
        body: Body = {"contents": turns, "safetySettings": []} | (
            {"systemInstruction": {"parts": system}} if system else {}
        )
        return body | {"generationConfig": settings | {"thinkingConfig": {"thinking_budget": 0}}}
    body = {"model": door.model, "messages": [{"content": text, "role": role} for role, text in prompt.messages]}
    body |= {"stream": True, "stream_options": {"include_usage": True}} if streamed else {"stream": False}
    body |= {"temperature": prompt.temperature}
    if door.protocol == "deepseek":
        form: Body = {"response_format": {"type": "json_object"}} if prompt.schema else {}
        return body | {"max_tokens": prompt.max_tokens} | form
    body |= {"max_completion_tokens": prompt.max_tokens}
    if prompt.schema:
        schema = {"name": "answer", "schema": json.loads(prompt.schema), "strict": True}
        body |= {"response_format": {"type": "json_schema", "json_schema": schema}}
    return body


def leaving(
    door: Door,
    body: Body | bytes | None = None,
    *,
    prompt: ClearedPrompt | None = None,
    method: str = "POST",
    url: str | None = None,
    headers: tuple[tuple[str, str], ...] = (),
) -> bytes:
    """Hand a request to the guard and return what it would send."""
    prompt = prompt or sealed(door)
    value = said(door, prompt) if body is None else body
    raw = value if isinstance(value, bytes) else json.dumps(value).encode()
    fixed = (("Content-Type", "application/json"), ("x-stainless-os", "Linux"), ("Authorization", "Bearer none"))
    return require_cleared(prompt, door, method, url or door.url(streamed=True), (*fixed, *headers), raw)


@every_door
@pytest.mark.parametrize("schema", [None, SCHEMA], ids=["text", "form"])
@pytest.mark.parametrize("streamed", [True, False], ids=["streamed", "whole"])
def test_cleared_prompt_leaves_in_the_words_of_its_protocol(door: Door, schema: Any, streamed: bool) -> None:
    prompt = sealed(door, schema=schema)
    body = said(door, prompt, streamed=streamed)
    sent = json.loads(leaving(door, body, prompt=prompt, url=door.url(streamed=streamed)))
    assert sent == {key: value for key, value in body.items() if value not in ([], False)} | (
        {"generationConfig": {k: v for k, v in body["generationConfig"].items() if k != "candidateCount"}}
        if door.protocol == "gemini"
        else {}
    )


@every_door
def test_what_leaves_depends_on_the_prompt_alone_however_the_client_wrote_it(door: Door) -> None:
    prompt = sealed(door)
    body = said(door, prompt)
    plain = leaving(door, body, prompt=prompt)
    turned = {key: body[key] for key in reversed(body)}
    assert leaving(door, turned, prompt=prompt) == plain
    assert leaving(door, json.dumps(body, indent=8).encode(), prompt=prompt) == plain
    escaped = json.dumps(body).replace("Cold.", "\\u0043\\u006f\\u006c\\u0064.").replace("0.2", "2e-1")
    assert leaving(door, escaped.encode(), prompt=prompt) == plain


@every_door
@given(texts=st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), min_size=1, max_size=4))
def test_any_text_leaves_exactly_as_it_was_cleared(door: Door, texts: list[str]) -> None:
    prompt = sealed(door, messages=[("user", text) for text in texts])
    sent = json.loads(leaving(door, prompt=prompt))
    if door.protocol == "gemini":
        assert [turn["parts"][0]["text"] for turn in sent["contents"]] == texts
    else:
        assert [message["content"] for message in sent["messages"]] == texts


@every_door
@given(data=st.data())
def test_no_string_that_is_put_anywhere_into_a_body_leaves(door: Door, data: st.DataObject) -> None:
    prompt = sealed(door, schema=SCHEMA)
    body = said(door, prompt)
    spoil(body, data)
    with pytest.raises(NotCleared) as refused:
        leaving(door, body, prompt=prompt)
    assert SECRET not in str(refused.value)


def spoil(node: Any, data: st.DataObject) -> None:
    """Put the secret somewhere: as a value, into a text, as a key, or as one entry more."""
    while True:
        places = list(node) if isinstance(node, dict) else list(range(len(node)))
        ways = ["more", *(["into"] if places else [])]
        if data.draw(st.sampled_from(ways)) == "more":
            add(node, data.draw(st.sampled_from([SECRET, 740, {"text": SECRET}, [SECRET]])))
            return
        at = data.draw(st.sampled_from(places))
        if not isinstance(node[at], dict | list) or data.draw(st.booleans()):
            node[at] = f"{node[at]} {SECRET}" if isinstance(node[at], str) else SECRET
            return
        node = node[at]


def add(node: Any, value: Any) -> None:
    if isinstance(node, dict):
        node[SECRET if value == 740 else "metadata"] = value
    else:
        node.append(value)


OPENAI_CHANGES: dict[str, Callable[[Body], Any]] = {
    "tools": lambda body: body.update(tools=[]),
    "user": lambda body: body.update(user="u"),
    "store": lambda body: body.update(store=True),
    "two answers": lambda body: body.update(n=2),
    "a truth for a one": lambda body: body.update(n=True),
    "a one for a truth": lambda body: body.update(stream=1),
    "another temperature": lambda body: body.update(temperature=0.25),
    "more tokens": lambda body: body.update(max_completion_tokens=401),
    "another model": lambda body: body.update(model="gpt-4o-mini"),
    "a message less": lambda body: body["messages"].pop(),
    "a message twice": lambda body: body["messages"].append(body["messages"][0]),
    "another order": lambda body: body["messages"].reverse(),
    "another role": lambda body: body["messages"][1].update(role="system"),
    "a name": lambda body: body["messages"][1].update(name="x"),
    "parts for a text": lambda body: body["messages"][1].update(content=[{"type": "text", "text": "How cold?"}]),
    "nothing for a text": lambda body: body["messages"][1].update(content=None),
    "a schema": lambda body: body.update(response_format={"type": "json_object"}),
    "no temperature": lambda body: body.pop("temperature"),
    "no messages": lambda body: body.pop("messages"),
    "messages of another kind": lambda body: body.update(messages="x"),
    "options of another kind": lambda body: body.update(stream_options=[]),
}


@pytest.mark.parametrize("change", OPENAI_CHANGES.values(), ids=OPENAI_CHANGES)
def test_body_with_any_change_stays(change: Callable[[Body], Any]) -> None:
    door = DOORS["openai"]
    prompt = sealed(door)
    body = said(door, prompt)
    change(body)
    with pytest.raises(NotCleared):
        leaving(door, body, prompt=prompt)


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"", "no plain JSON"),
        (b"\xff\xfe", "no plain JSON"),
        (b"\x1f\x8b\x08\x00", "no plain JSON"),
        (b'{"n":1,"n":1}', "no plain JSON"),
        (b'{"temperature":NaN}', "no plain JSON"),
        (b"[" * 50_000, "nested"),
        (b"9" * 5_000, "no plain JSON"),
        (b" " * 100_000, "bytes"),
        (b"[]", "not as cleared"),
        (b"--x\r\nContent-Disposition: form-data\r\n\r\n", "no plain JSON"),
    ],
    ids=["empty", "bytes", "gzip", "twice", "NaN", "deep", "number", "long", "list", "multipart"],
)
def test_body_that_is_no_plain_json_stays(raw: bytes, why: str) -> None:
    with pytest.raises(NotCleared, match=why) as refused:
        leaving(DOORS["openai"], raw)
    assert refused.value.__context__ is None


@every_door
@pytest.mark.parametrize(
    "change",
    [
        lambda url: url.replace("https", "http"),
        lambda url: url.replace("https://", "https://user:opens@"),
        lambda url: url.replace("https://", "https://evil.example/"),
        lambda url: url.replace(".com", ".com.evil.example"),
        lambda url: url.replace(".com", ".com:8443"),
        lambda url: url + "&key=opens" if "?" in url else url + "?key=opens",
        lambda url: url + "#opens",
        lambda url: url + "/",
        lambda url: url.replace("chat/completions", "embeddings").replace(":stream", ":batch"),
        lambda url: url.replace("chat/completions", "files").replace("gemini-2.5-flash", "gemini-2.5-pro"),
        lambda url: url.replace("/chat/", "//chat/").replace("v1beta", "v1beta/../v1beta"),
    ],
)
def test_any_other_url_is_refused(door: Door, change: Callable[[str], str]) -> None:
    with pytest.raises(NotCleared, match="URL"):
        leaving(door, url=change(door.url(streamed=True)))


@pytest.mark.parametrize("method", ["GET", "PUT", "post", "DELETE"])
def test_any_other_method_is_refused(method: str) -> None:
    with pytest.raises(NotCleared, match="POST"):
        leaving(DOORS["openai"], method=method)


def test_host_that_the_policy_does_not_name_is_refused() -> None:
    door = DOORS["openai"]
    with pytest.raises(NotCleared, match="not a host of gpt-4o"):
        leaving(door, prompt=sealed(door, hosts=("openai.example",)))


@pytest.mark.parametrize(
    "header",
    [
        ("Cookie", "a=b"),
        ("X-Note", SECRET),
        (SECRET, "1"),
        ("Content-Encoding", "gzip"),
        ("Transfer-Encoding", "chunked"),
        ("Content-Type", "multipart/form-data; boundary=x"),
        ("Content-Type", "application/jsonp"),
    ],
)
def test_header_that_no_client_library_sends_is_refused(header: tuple[str, str]) -> None:
    with pytest.raises(NotCleared) as refused:
        leaving(DOORS["openai"], headers=(header,))
    assert SECRET not in str(refused.value)


@pytest.mark.parametrize(
    ("base_url", "host"),
    [
        ("https://api.openai.com/v1", "api.openai.com"),
        ("https://llm.example:8443/a/b-c", "llm.example:8443"),
        ("http://127.0.0.1:8080/v1", "127.0.0.1:8080"),
        ("http://[::1]:8080", "[::1]:8080"),
    ],
)
def test_door_says_its_host_as_a_policy_names_it(base_url: str, host: str) -> None:
    assert Door("d", "openai", base_url, "m").host == host


@pytest.mark.parametrize(
    "base_url",
    [
        "http://api.openai.com/v1",
        "http://localhost:8080",
        "http://192.168.1.5:8080",
        "http://[fd00::1]:80",
        "https://api.openai.com/v1/",
        "https://api.openai.com:443/v1",
        "https://user@api.openai.com/v1",
        "https://api.openai.com/v1?x=1",
        "ftp://127.0.0.1",
        "",
    ],
)
def test_door_to_a_place_that_cannot_be_compared_is_not_made(base_url: str) -> None:
    with pytest.raises(ValueError, match=r"^d: "):
        Door("d", "openai", base_url, "m")


@pytest.mark.parametrize("model", ["", "a/b", "gpt 4o", "../x", "m" * 200])
def test_door_to_a_model_whose_name_is_none_is_not_made(model: str) -> None:
    with pytest.raises(ValueError, match="no name of a model"):
        Door("d", "openai", "https://api.openai.com/v1", model)
