"""What all tests share: an environment that says nothing, one home for a session, and no skip that CI does not see."""

import asyncio
import os
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest

from config.settings import Settings
from services import stop_all

OURS = ("EAIO_", "OLLAMA_", "OPENAI_", "DEEPSEEK_", "GOOGLE_", "LANGSMITH_", "LANGCHAIN_", "LANGGRAPH_", "PG")
PROXIES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")
NOBODY = "127.0.0.1:9"  # the discard port, where nothing listens
SERVED = {"home", "settings", "ollama_server", "embedded_settings", "start_elsewhere"}


@pytest.fixture(scope="session", autouse=True)
def _nothing_set() -> Iterator[None]:
    """Take out of the environment what would change an answer, send a trace or go through a proxy."""
    with pytest.MonkeyPatch.context() as patch:
        for name in list(os.environ):
            if name.startswith(OURS) or name.lower() in PROXIES:
                patch.delenv(name)
        patch.setenv("OLLAMA_HOST", NOBODY)
        yield


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Give a state folder for the whole session; its services are stopped at the end."""
    folder = tmp_path_factory.mktemp("eaio")
    yield folder
    asyncio.run(stop_all(Settings(home=folder)))


@pytest.fixture(scope="session")
def settings(home: Path) -> Settings:
    """Give settings of profile `embedded` over the session's home."""
    return Settings(home=home, profile="embedded")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark as slow what starts servers."""
    for item in items:
        if isinstance(item, pytest.Function) and SERVED & set(item.fixturenames):
            item.add_marker(pytest.mark.slow)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """In CI turn a skipped test into a failed one, so that nothing goes untested unseen."""
    report = yield
    if _may_not_skip(report) and not hasattr(report, "wasxfail"):
        report.outcome, report.longrepr = "failed", f"CI may not skip: {report.longreprtext}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """In CI turn a skipped file into a failed one."""
    report = yield
    if _may_not_skip(report):
        report.outcome, report.longrepr = "failed", f"CI may not skip: {report.longreprtext}"
    return report


def _may_not_skip(report: pytest.TestReport | pytest.CollectReport) -> bool:
    return report.skipped and os.environ.get("CI") == "true"
