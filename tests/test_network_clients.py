"""Only named files can reach the network, and those that reach models do it through transports of ours.

A new client library, a client made elsewhere, or one without its transport makes this red. Whoever adds one on purpose
says so in the lists here, where a reader sees all ways out of the building on one page.
"""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.test_house import PACKAGES, ROOT

DATABASES = {"grpc", "psycopg", "psycopg_pool", "pymilvus", "redis"}

REACHES_OUT = DATABASES | set(
    "aiohttp anthropic asyncssh botocore boto3 curl_cffi ftplib genai_prices google h2 http httpcore httplib2 httpx"
    " httpx2 huggingface_hub imaplib langchain_google_genai langchain_milvus langchain_ollama langchain_openai"
    " langgraph_sdk langsmith litellm nntplib ollama openai paramiko poplib pycurl requests requests_toolbelt smtplib"
    " socket socketserver ssl telnetlib tiktoken urllib urllib3 uvloop websocket websockets xmlrpc zmq".split()
)
HARMLESS = {"http.HTTPStatus", "http.cookiejar", "urllib.parse"}

FOLDERS_MAY = {"memory": DATABASES}
FILES_MAY = {
    "models/address.py": {"socket"},  # names become addresses
    "models/bounded_answer.py": {"httpx"},
    "models/cloud_transport.py": {"httpx"},
    "models/cloud_voice.py": {"httpx"},
    "models/gemini_cloud.py": {"google", "langchain_google_genai", "ssl"},
    "models/gauge.py": {"httpx"},
    "models/ollama.py": {"httpx"},
    "models/hosts/api.py": {"httpx"},
    "models/ollama_chat.py": {"httpx", "langchain_ollama", "ollama"},
    "models/openai_chat.py": {"httpx", "langchain_openai", "openai"},
    "models/openai_cloud.py": {"langchain_openai", "openai"},
    "models/statuses.py": {"httpx"},
    "models/prices.py": {"genai_prices"},  # for its files; its updater is made nowhere
    "models/transport.py": {"httpx"},
    "models/voice.py": {"langsmith"},  # to switch its tracing off
    "graphs/tracing.py": {"langsmith"},
    "memory/knowledge.py": {"langchain_milvus"},  # at the address that Milvus has already
    "memory/trace_client.py": {"langsmith", "requests"},  # a session of its own, which reads what is to leave
    "services/probe.py": {"socket"},  # a free port of loopback
}

MAKERS = {
    "AsyncHTTPTransport": {"models/transport.py", "models/cloud_transport.py"},
    "HTTPTransport": {"models/cloud_transport.py"},
    "AsyncClient": {"models/transport.py", "models/cloud_transport.py"},
    "Client": {"models/openai_chat.py", "models/cloud_transport.py", "models/gemini_cloud.py"},
    "ChatOpenAI": {"models/openai_chat.py", "models/openai_cloud.py"},
    "ChatOllama": {"models/ollama_chat.py"},
    "ChatGoogleGenerativeAI": {"models/gemini_cloud.py"},
    "open_connection": {"services/probe.py", "memory/milvus.py"},
} | {
    name: set[str]()
    for name in (
        *(
            "OpenAI",
            "AsyncOpenAI",
            "AzureOpenAI",
            "OpenAIEmbeddings",
            "OllamaEmbeddings",
            "OllamaLLM",
            "GoogleGenerativeAI",
        ),
        *("GoogleGenerativeAIEmbeddings", "init_chat_model", "init_embeddings", "ClientSession", "create_connection"),
        *("open_unix_connection", "create_datagram_endpoint", "sock_connect", "urlopen", "urlretrieve"),
        *("UpdatePrices", "set_custom_snapshot"),
    )
}
"""What makes a client, and where it may be made."""

TRANSPORTS = {
    "AsyncClient": [{"transport"}],
    "Client": [{"transport"}, {"http_options"}],
    "ChatOpenAI": [{"http_async_client", "http_client"}],
    "ChatOllama": [{"async_client_kwargs", "sync_client_kwargs"}],
    "ChatGoogleGenerativeAI": [{"client_args"}],
}
"""The arguments by which a client gets its transport: all of one of the sets."""

IMPORT_BY_NAME = {"gateway/checkup.py", "gateway/command.py", "privacy/recognisers/all.py"}
SHORTCUTS = {"get", "post", "put", "patch", "delete", "head", "options", "request", "stream"}


def sources() -> list[str]:
    """Return the files that run, as paths in the repository."""
    return sorted(path.relative_to(ROOT).as_posix() for package in PACKAGES for path in (ROOT / package).rglob("*.py"))


@cache
def tree_of(file: str) -> ast.Module:
    return ast.parse(Path(ROOT, file).read_text())


def imported(tree: ast.Module) -> set[str]:
    """Return the top-level packages that a module imports and that reach out."""
    found = set[str]()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found |= {node.module if node.module in HARMLESS else f"{node.module}.{alias.name}" for alias in node.names}
    return {name.partition(".")[0] for name in found - HARMLESS} & REACHES_OUT


def calls(tree: ast.Module) -> Iterator[tuple[str, ast.Call]]:
    """Yield what is called by its last name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            yield name, node


def without_transport(tree: ast.Module) -> list[str]:
    """Return the clients that are made without a transport of ours; it may be among `**options`."""
    return [
        name
        for name, call in calls(tree)
        if name in TRANSPORTS
        and not any(needed <= {keyword.arg or "transport" for keyword in call.keywords} for needed in TRANSPORTS[name])
    ]


def shortcuts(tree: ast.Module) -> list[str]:
    """Return the calls by which a library makes a client of its own for one request: `httpx.get`."""
    return [
        ast.unparse(call.func)
        for name, call in calls(tree)
        if name in SHORTCUTS and ast.unparse(call.func) in {f"httpx.{name}", f"requests.{name}"}
    ]


def test_only_named_files_import_what_reaches_out() -> None:
    found = {file: imported(tree_of(file)) - FOLDERS_MAY.get(file.partition("/")[0], set()) for file in sources()}
    assert {file: names for file, names in found.items() if not names <= FILES_MAY.get(file, set())} == {}


def test_named_files_are_there_and_need_their_place_on_the_list() -> None:
    assert {file: names for file, names in FILES_MAY.items() if not names <= imported(tree_of(file))} == {}


def test_clients_are_made_in_named_files_only() -> None:
    made = {(name, file) for file in sources() for name, _ in calls(tree_of(file)) if name in MAKERS}
    assert {(name, file) for name, file in made if file not in MAKERS[name]} == set()


def test_every_client_is_given_a_transport_of_ours() -> None:
    assert {file: names for file in sources() if (names := without_transport(tree_of(file)))} == {}


def test_no_request_is_made_past_a_client() -> None:
    assert {file: names for file in sources() if (names := shortcuts(tree_of(file)))} == {}


def test_modules_are_imported_by_name_in_named_files_only() -> None:
    dynamic = {"import_module", "__import__", "find_loader"}
    assert {file for file in sources() for name, _ in calls(tree_of(file)) if name in dynamic} <= IMPORT_BY_NAME


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("import httpx", {"httpx"}),
        ("import urllib.request", {"urllib"}),
        ("from urllib import request", {"urllib"}),
        ("def f():\n    from google.genai import Client", {"google"}),
        ("from urllib.parse import urlsplit\nimport urllib.parse", set()),
        ("from http import HTTPStatus", set()),
    ],
)
def test_imports_are_seen_wherever_they_stand(code: str, found: set[str]) -> None:
    assert imported(ast.parse(code)) == found


def test_clients_without_their_transport_are_seen() -> None:
    assert without_transport(ast.parse("httpx.Client()\nChatOpenAI(http_client=c)\nAsyncClient(transport=t)")) == [
        "Client",
        "ChatOpenAI",
    ]
    assert shortcuts(ast.parse("httpx.get(u)\nx.get(u)")) == ["httpx.get"]
