"""Attach to a service or start it, stop it, and say how it is.

The fast way in reads the record, checks the process and opens one connection: a few milliseconds. Everything else
happens under the service's lock file. A starter that is killed at any point leaves at worst a process without a
record, or with one that is not marked ready; the next caller finds it and goes on from there.
"""

import asyncio
import contextlib
import os
import signal
from collections.abc import Sequence
from dataclasses import replace

from services import record as records
from services.errors import ServiceFailed, ServiceTimeout
from services.launch import last_line, launch
from services.lock import held
from services.pid import listens, rss_bytes
from services.probe import free_port, is_free, is_open
from services.record import Record
from services.service import HOST, Running, Service, ServiceStatus
from services.wheel import version_of

STARTS = 3  # tries, each with another port
WEDGED_S = 3.0  # how long a service that was ready once may leave a connection untaken before it is replaced
KILL_S = 5.0  # how long the kernel may take over a SIGKILL
PAUSE_S = 0.01  # first pause between two looks; doubles up to ten times as much


async def ensure(service: Service) -> Running:
    """Return `service` as it runs, starting it where it does not.

    Callers at the same moment, in any process, get the same one. Raises `ServiceMissing`, `ServiceFailed` or
    `ServiceTimeout`.
    """
    try:
        record = await asyncio.to_thread(records.find_recorded, service)
        if record is not None and record.ready and await is_open(record.port):
            return _running(service, record, started=False)
        await asyncio.to_thread(_make_folders, service)
        async with held(service):
            return await _settle(service)
    except OSError as error:
        why = f"{error.strerror or error} ({error.filename or service.home}); set EAIO_HOME to a folder of your own"
        raise ServiceFailed(service.name, why, service.log) from error


async def stop(service: Service) -> bool:
    """End `service`, gently first; tell whether it ran. Only a process that is recorded or known as ours is touched."""
    if not await asyncio.to_thread(service.lock_file.parent.is_dir):
        return False
    async with held(service):
        record = await asyncio.to_thread(records.find, service)
        if record is not None:
            await _end(service, record)
        await asyncio.to_thread(service.record_file.unlink, missing_ok=True)
    return record is not None


async def end_at_once(service: Service, record: Record) -> None:
    """Kill the process of `service` where it is this very one; one that was started since is left alone."""
    async with held(service):
        found = await asyncio.to_thread(records.find_recorded, service)
        if found is not None and (found.pid, found.born_s) == (record.pid, record.born_s):
            await _end(service, record, ((signal.SIGKILL, KILL_S),))


async def status(service: Service) -> ServiceStatus:
    """Say how `service` is, asking it for real work; starts and stops nothing."""
    record = await asyncio.to_thread(records.find, service)
    version = await asyncio.to_thread(version_of, service.distribution)
    known = ServiceStatus(service.name, "stopped", version=version, folder=service.folder, log=service.log)
    if record is None:
        return known if version else replace(known, state="missing")
    return replace(
        known,
        state="running" if await service.ready(record.port) else "unhealthy",
        address=f"{HOST}:{record.port}",
        pid=record.pid,
        rss_bytes=await asyncio.to_thread(rss_bytes, record.pid),
    )


async def _settle(service: Service) -> Running:
    """With the lock held: attach to what there is, else replace it."""
    record = await asyncio.to_thread(records.find, service)
    if record is not None:
        if await _becomes_ready(service, record, WEDGED_S if record.ready else service.start_timeout_s):
            return await _settled(service, record, started=False)
        await _end(service, record)
    return await _start(service)


async def _start(service: Service) -> Running:
    await asyncio.to_thread(service.prepare)
    for _ in range(STARTS):
        port = free_port()
        record = await asyncio.to_thread(launch, service, port)
        if record is not None and await _becomes_ready(service, record, service.start_timeout_s):
            return await _settled(service, record, started=True)
        if record is not None and await asyncio.to_thread(record.is_alive):
            await _end(service, record)
            raise ServiceTimeout(service.name, "was not ready", service.start_timeout_s, service.log)
        if is_free(port):  # then it did not end because another process took the port first
            break
    raise ServiceFailed(service.name, await asyncio.to_thread(last_line, service.log), service.log)


async def _settled(service: Service, record: Record, *, started: bool) -> Running:
    ready = await asyncio.to_thread(records.mark_ready, service.record_file, record)
    return _running(service, ready, started=started)


async def _becomes_ready(service: Service, record: Record, patience_s: float) -> bool:
    """Wait until `service` answers; tell whether it did before it ended or the time was over."""
    pause_s = PAUSE_S
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(patience_s):
            while await asyncio.to_thread(record.is_alive):
                # Another process may have taken the port first, and would answer for ours while ours is about to end.
                if await asyncio.to_thread(listens, record.pid, record.port) and await service.ready(record.port):
                    return True
                await asyncio.sleep(pause_s)
                pause_s = min(2 * pause_s, 10 * PAUSE_S)
    return False


async def _end(service: Service, record: Record, ways: Sequence[tuple[int, float]] = ()) -> None:
    """End a process in the first of the ways, signals each with its patience, that it follows: gently first if none."""
    for number, patience_s in ways or ((service.stop_signal, service.stop_timeout_s), (signal.SIGKILL, KILL_S)):
        await asyncio.to_thread(_send, record, number)
        if await _is_gone(record, patience_s):
            return
    raise ServiceTimeout(service.name, f"did not end (process {record.pid})", service.stop_timeout_s, service.log)


async def _is_gone(record: Record, patience_s: float) -> bool:
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(patience_s):
            while await asyncio.to_thread(record.is_alive):
                await asyncio.sleep(PAUSE_S)
            return True
    return False


def _send(record: Record, number: int) -> None:
    if record.is_alive():
        with contextlib.suppress(ProcessLookupError):
            os.kill(record.pid, number)


def _make_folders(service: Service) -> None:
    """Make the folders that all services share, closed to other users."""
    for folder in (service.home, service.home / "services", service.home / "logs", service.home / "data"):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def _running(service: Service, record: Record, *, started: bool) -> Running:
    return Running(service.name, HOST, record.port, record.pid, started, service.log)
