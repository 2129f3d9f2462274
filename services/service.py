"""What a service of the embedded profile is: one process on 127.0.0.1 that outlives the command that started it."""

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from services.account import Account, own_account

HOST = "127.0.0.1"

State = Literal["running", "stopped", "unhealthy", "missing", "external"]


def _nothing() -> None:
    """Prepare nothing."""


@dataclass(frozen=True, kw_only=True)
class Service:
    """How one process is prepared, started, told from all others, probed and stopped.

    `command` must name the home folder or one below it, so that a process of another home is never taken for this one.
    `prepare` runs in a thread before every start, while no other process starts this service; it must leave nothing
    broken when it is killed half-way. `ready` asks the service for real work, unlike the TCP probe of an attachment.
    """

    name: str
    distribution: str = field(metadata={"unit": "name of the wheel"})
    home: Path
    command: Callable[[str], list[str]]
    ready: Callable[[int], Awaitable[bool]]
    prepare: Callable[[], None] = _nothing
    account: Account = field(default_factory=own_account)
    environment: Mapping[str, str] = field(default_factory=dict)
    stop_signal: int
    start_timeout_s: float = 30.0
    stop_timeout_s: float = 10.0

    @property
    def folder(self) -> Path:
        """Where it keeps its data and works."""
        return self.home / "data" / self.name

    @property
    def log(self) -> Path:
        """What it wrote to stdout and stderr."""
        return self.home / "logs" / f"{self.name}.log"

    @property
    def record_file(self) -> Path:
        """What is remembered of the running process."""
        return self.home / "services" / f"{self.name}.json"

    @property
    def lock_file(self) -> Path:
        """Held by whoever starts or stops it."""
        return self.home / "services" / f"{self.name}.lock"

    def command_pattern(self) -> re.Pattern[str]:
        """Match the arguments, joined by NUL, of a process of this service; group 1 is its port."""
        mark = "\N{OBJECT REPLACEMENT CHARACTER}"
        return re.compile(re.escape("\0".join(self.command(mark)[1:])).replace(mark, r"(\d+)", 1))


@dataclass(frozen=True)
class Running:
    """A service that answers, and whether this call started it."""

    name: str
    host: str
    port: int
    pid: int
    started: bool
    log: Path


@dataclass(frozen=True)
class ServiceStatus:
    """What `eaio status` says of one service.

    `missing` means that its wheel is not installed, `external` that a setting replaces it; then there is an address
    (never with a password) and nothing else. `rss_bytes` counts memory shared between its processes once.
    """

    name: str
    state: State
    address: str | None = None
    pid: int | None = None
    version: str | None = None
    rss_bytes: int | None = None
    folder: Path | None = None
    log: Path | None = None
