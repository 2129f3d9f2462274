"""What the two server processes of our own ask of the libraries they wrap."""

import signal
import sys
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from services import milvus_server, model_server


@pytest.fixture
def llama(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """A llama.cpp that only keeps its parameters."""
    params = SimpleNamespace(
        model=SimpleNamespace(), cpuparams=SimpleNamespace(), cpuparams_batch=SimpleNamespace(), endpoint_slots=True
    )
    fake: Any = ModuleType("xllamacpp")
    fake.CommonParams = lambda: params
    fake.Server = lambda _params: SimpleNamespace(listening_address="http://127.0.0.1:7")
    monkeypatch.setitem(sys.modules, "xllamacpp", fake)
    monkeypatch.setattr(signal, "pthread_sigmask", lambda _how, _numbers: None)
    monkeypatch.setattr(signal, "sigwait", lambda _numbers: signal.SIGTERM)
    return params


def test_each_slot_has_the_whole_context_and_no_core_more_than_given(
    llama: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = ["--home", "h", "--port", "7", "--model", "m.gguf", "--threads", "1", "--ctx", "4096"]
    monkeypatch.setattr(sys, "argv", ["model_server", *words])
    model_server.main()
    assert llama.n_ctx == llama.n_parallel * 4096
    assert (llama.cpuparams.n_threads, llama.cpuparams_batch.n_threads) == (1, 1)
    assert (llama.hostnames, llama.port, llama.model.path) == (["127.0.0.1"], 7, "m.gguf")
    assert not llama.ui
    assert not llama.endpoint_slots


def test_milvus_closes_its_store_on_sigterm_as_on_control_c(monkeypatch: pytest.MonkeyPatch) -> None:
    from milvus_lite.adapter import grpc  # type: ignore[import-untyped]
    from milvus_lite.adapter.grpc.servicer import MilvusServicer  # type: ignore[import-untyped]

    served: list[dict[str, object]] = []
    handlers: dict[int, object] = {}

    def run_server(**given: object) -> None:
        served.append(given)
        raise KeyboardInterrupt

    fake: Any = ModuleType("server")
    fake.run_server, fake.MilvusServicer = run_server, MilvusServicer
    monkeypatch.setattr("services.milvus_search.install", lambda: None)
    monkeypatch.setattr(grpc, "server", fake, raising=False)
    monkeypatch.setattr(signal, "signal", handlers.__setitem__)
    monkeypatch.setattr(sys, "argv", ["milvus_server", "--data-dir", "d", "--port", "7"])
    milvus_server.main()
    assert served == [{"data_dir": "d", "host": "127.0.0.1", "port": 7}]
    assert handlers[signal.SIGTERM] is signal.default_int_handler
