"""Ollama as a process of ours: started with what the cloud needs switched off, and ended with all that it started.

Ollama runs each loaded model in a process of its own. Killed outright it leaves these behind, holding their memory, so
they carry a mark in their environment by which they are known again. Only marked processes are ever ended.
"""

import asyncio
import os
import re
import shutil
import signal
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psutil  # type: ignore[import-untyped]

from config.settings import Settings
from services import record as records
from services.errors import ServiceError, ServiceFailed
from services.launch import last_line, launch
from services.lock import held
from services.pid import kill
from services.probe import answers, free_port, is_free
from services.process import ensure, stop
from services.record import Record
from services.service import HOST, Running, Service

NAME = "ollama"
MARK = "EAIO_OLLAMA_OF"
BUILT = Path("~/.cache/eaio/ollama/bin/ollama")
"""Where `make ollama` puts the binary."""
VERSION_REQUEST = b"GET /api/version HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
VERSION = re.compile(rb'HTTP/1\.1 200 .*"version"', re.DOTALL)
PAUSE_S = 0.02
FREED_S = 2.0


def ollama_server(settings: Settings, binary: Path, *, models: Path | None = None, parallel: int = 1) -> Service:
    """Describe the Ollama of `settings.home`.

    `models` is where it keeps models, by default below the home; `parallel` is how many answers a model writes at once,
    each with the whole context length.
    """
    folder = settings.home / "data" / NAME

    def command(port: str) -> list[str]:
        # Ollama reads its address from nowhere else. `env` becomes Ollama, so the process id stays.
        return ["/usr/bin/env", f"OLLAMA_HOST={HOST}:{port}", str(binary), "serve"]

    return Service(
        name=NAME,
        distribution="ollama-server",  # no wheel has it; `ollama` is the client library
        home=settings.home,
        command=command,
        ready=is_ready,
        prepare=lambda: end_marked(settings.home),
        environment={
            MARK: str(settings.home),
            "OLLAMA_NO_CLOUD": "1",
            "OLLAMA_MODELS": str(models or folder / "models"),
            "OLLAMA_NUM_PARALLEL": str(parallel),
        },
        stop_signal=signal.SIGTERM,
        stop_timeout_s=5.0,
    )


def own_server(settings: Settings) -> Service | None:
    """Return the Ollama that the settings have EAIO run, or None where they do not.

    Raises `ServiceError` where there is no program for it.
    """
    if not settings.ollama_managed:
        return None
    return ollama_server(settings, find_binary(settings.ollama_binary), models=settings.ollama_models)


async def ensure_ollama(service: Service) -> Running:
    """Return Ollama as it runs, starting it where it does not, at the port that it had before where that is free."""
    known = await asyncio.to_thread(records.read, service.record_file)
    if known is None or await asyncio.to_thread(known.is_alive) or not await _is_freed(known.port):
        return await ensure(service)
    return await restart_ollama(service)


async def restart_ollama(service: Service) -> Running:
    """End Ollama with its model processes, however they hang, and start it at the same port: who asks it need not know.

    Takes half a second. Raises `ServiceError`, so also where another process took the port meanwhile.
    """
    async with held(service):
        known = await asyncio.to_thread(records.read, service.record_file)
        await asyncio.to_thread(service.prepare)
        port = known.port if known else free_port()
        if not await _is_freed(port):
            raise ServiceFailed(NAME, f"another process listens at port {port}", service.log)
        record = await asyncio.to_thread(launch, service, port)
        if record is None or not await _becomes_ready(service, record):
            raise ServiceFailed(NAME, await asyncio.to_thread(last_line, service.log), service.log)
        await asyncio.to_thread(records.mark_ready, service.record_file, record)
    return Running(NAME, HOST, port, record.pid, started=True, log=service.log)


async def stop_ollama(service: Service) -> bool:
    """End Ollama, gently first, and whatever it left behind; tell whether it ran."""
    ran = await stop(service)
    await asyncio.to_thread(end_marked, service.home)
    return ran


async def is_ready(port: int) -> bool:
    """Tell whether the server answers; whether a model does, only a token shows."""
    return await answers(port, VERSION_REQUEST, VERSION, timeout_s=1.0)


def find_binary(given: Path | None = None) -> Path:
    """Return the `ollama` to run: the given one, else that on the PATH, else the one that `make ollama` built.

    Raises `ServiceError` with the remedy.
    """
    if given is not None:
        if os.access(given.expanduser(), os.X_OK) and given.expanduser().is_file():
            return given.expanduser().absolute()
        raise ServiceError(NAME, f"{given} is no program that can be run; correct or unset EAIO_OLLAMA_BINARY")
    on_path, built = shutil.which(NAME), BUILT.expanduser()
    if on_path or built.is_file():
        return Path(on_path or built)
    raise ServiceError(NAME, f"there is no ollama on the PATH, nor at {BUILT}; run `make ollama`")


def end_marked(home: Path) -> None:
    """End every process that the Ollama of `home` is or has started; the server first, or it would start them anew."""
    for process in sorted(marked(home), key=lambda one: "serve" not in one.info["cmdline"]):
        kill(process.pid)


def computed_s(home: Path) -> float:
    """Return for how long the model processes of `home`'s Ollama have computed so far, seconds."""
    total = 0.0
    for process in marked(home):
        with suppress(psutil.Error):
            if "serve" not in process.info["cmdline"]:
                times = process.cpu_times()
                total += times.user + times.system
    return total


def marked(home: Path) -> Iterator[psutil.Process]:
    """Yield the processes that the Ollama of `home` is or has started; `info` has their command line."""
    for process in psutil.process_iter(["cmdline", "uids"]):
        with suppress(psutil.Error, OSError):
            mine = process.info["uids"] is not None and process.info["uids"].real == os.getuid()
            if mine and process.info["cmdline"] and process.environ().get(MARK) == str(home):
                yield process


async def _is_freed(port: int) -> bool:
    """Wait for the sockets of a process that was killed: its threads close them a moment after it is gone."""
    with suppress(TimeoutError):
        async with asyncio.timeout(FREED_S):
            while not await asyncio.to_thread(is_free, port):
                await asyncio.sleep(PAUSE_S)
            return True
    return False


async def _becomes_ready(service: Service, record: Record) -> bool:
    with suppress(TimeoutError):
        async with asyncio.timeout(service.start_timeout_s):
            while await asyncio.to_thread(record.is_alive):
                if await service.ready(record.port):
                    return True
                await asyncio.sleep(PAUSE_S)
    return False
