"""Where a host is, as Ollama itself reads it, and the proof that it is near.

Locality is attested, not named: a name is resolved, every address that it resolves to must be of this machine or of a
private network, and calls go to that very address, so that a name cannot point elsewhere a moment later.
"""

import asyncio
import socket
from dataclasses import dataclass, replace
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from models.errors import ModelUnreachable, NotLocal

OLLAMA_PORT = 11434
SCHEME_PORTS = {"http": 80, "https": 443}
LAST_PORT = 65535

# A server that is bound to every address is dialled at loopback.
ANY_ADDRESS = {"": "127.0.0.1", "0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - nothing is bound here

# RFC 1918 and RFC 4193. Link-local is left out: cloud machines serve their credentials at 169.254.169.254.
PRIVATE = tuple(map(ip_network, ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7")))


@dataclass(frozen=True, slots=True)
class Address:
    """A server's address; `pinned` is the IP address it was proven to have."""

    scheme: str
    host: str
    port: int
    path: str = ""
    pinned: str | None = None

    @property
    def base_url(self) -> str:
        """Return it as a URL without a slash at the end."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        path = f"/{self.path}" if self.path else ""
        return f"{self.scheme}://{host}:{self.port}{path}"


def parse(text: str) -> Address:
    """Read an address in any form that `OLLAMA_HOST` may have; a port that is none becomes the default, as there.

    A user name and password in it are dropped: credentials never go to a local server.
    """
    scheme, mark, rest = text.strip().strip("\"'").partition("://")
    if not mark:
        scheme, rest = "http", scheme
    host_port, _, path = rest.partition("/")
    host, port = _split_port(host_port.rpartition("@")[2])
    default = SCHEME_PORTS.get(scheme, OLLAMA_PORT) if mark else OLLAMA_PORT
    return Address(scheme, ANY_ADDRESS.get(host, host), _port(port, default), path.strip("/"))


async def attest(address: Address, endpoint: str = "ollama") -> Address:
    """Return the address pinned to an IP address that is near.

    Raises `NotLocal` where any of its IP addresses is not, and `ModelUnreachable` where the name is unknown.
    """
    if address.scheme not in SCHEME_PORTS:
        raise NotLocal(endpoint, f"{address.scheme}:// is not a web address")
    found = await _resolve(address, endpoint)
    for ip in found:
        if not is_near(ip):
            raise NotLocal(endpoint, f"{address.host} is at {ip}, neither this machine nor a private network")
    return replace(address, pinned=str(found[0]))


def is_near(ip: IPv4Address | IPv6Address) -> bool:
    """Tell whether an IP address is of this machine or of a private network."""
    plain = getattr(ip, "ipv4_mapped", None) or ip
    return plain.is_loopback or any(plain in network for network in PRIVATE if network.version == plain.version)


async def _resolve(address: Address, endpoint: str) -> list[IPv4Address | IPv6Address]:
    try:
        return [ip_address(address.host)]
    except ValueError:
        pass  # a name
    try:
        found = await asyncio.get_running_loop().getaddrinfo(address.host, address.port, type=socket.SOCK_STREAM)
    except OSError as fault:
        raise ModelUnreachable(endpoint, address.base_url, f"the name {address.host!r} is unknown") from fault
    return [ip_address(str(entry[4][0]).partition("%")[0]) for entry in found]


def _split_port(host_port: str) -> tuple[str, str]:
    """Split `host:port`, `[v6]:port`, a bare host or a bare IPv6 address, which has several colons and no port."""
    if host_port.startswith("["):
        host, _, port = host_port[1:].partition("]")
        return host, port.removeprefix(":")
    if host_port.count(":") == 1:
        host, _, port = host_port.partition(":")
        return host, port
    return host_port, ""


def _port(text: str, default: int) -> int:
    return int(text) if text.isdecimal() and int(text) <= LAST_PORT else default
