"""What can go wrong when a part of the embedded profile is started.

ServiceError
├── ServiceMissing      its wheel is not installed; the message names the command that installs it
├── ServiceFailed       it did not start, or ended while starting; carries the log and its last line
└── ServiceTimeout      it runs and is not ready in time, or another process holds its start for too long
"""

from pathlib import Path


class ServiceError(Exception):
    """A service of the embedded profile is not there to be used."""

    def __init__(self, service: str, message: str) -> None:
        self.service = service
        super().__init__(message)


class ServiceMissing(ServiceError):
    """The wheel that holds the service is not installed, or lacks its program."""

    def __init__(self, service: str, distribution: str, remedy: str) -> None:
        self.distribution = distribution
        self.remedy = remedy
        super().__init__(service, f"{service} needs the wheel {distribution}, which is not installed; run `{remedy}`")


class ServiceFailed(ServiceError):
    """The service did not start; `why` is the last line of its log where it left one."""

    def __init__(self, service: str, why: str, log: Path) -> None:
        self.why = why
        self.log = log
        super().__init__(service, f"{service} did not start: {why} (log: {log})")


class ServiceTimeout(ServiceError):
    """Something about the service took longer than it may."""

    def __init__(self, service: str, what: str, waited_s: float, log: Path) -> None:
        self.waited_s = waited_s
        self.log = log
        super().__init__(service, f"{service} {what} after {waited_s:g} s; run `eaio down` and try again (log: {log})")
