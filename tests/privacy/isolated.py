"""Run a program where only loopback exists, and note each connection that it tries to open.

Hooks inside Python see no socket of C libraries (psycopg, gRPC, uvloop); the kernel does.
"""

import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path

ROOT = Path(__file__).parents[2]
PEER = re.compile(r'inet_addr\("([0-9.]+)"\)|inet_pton\(AF_INET6, "([0-9a-f:.]+)"')
LOOPBACK_UP = """
import fcntl, os, socket, struct, sys
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
    fcntl.ioctl(s, 0x8914, struct.pack("16sh14x", b"lo", 0x1 | 0x40))  # SIOCSIFFLAGS: IFF_UP | IFF_RUNNING
os.execv(sys.argv[1], sys.argv[1:])
"""


@dataclass(frozen=True)
class Isolated:
    """What a program said, and the peers that it tried to connect to; None where strace is not installed."""

    said: str
    peers: frozenset[str] | None

    @property
    def far(self) -> set[str]:
        """Return the peers that are not this machine."""
        return {peer for peer in self.peers or () if not ip_address(peer).is_loopback}


def can_isolate() -> bool:
    """Tell whether this machine lets a process have a network of its own."""
    return (
        shutil.which("unshare") is not None and not subprocess.run(["unshare", "-rn", "true"], check=False).returncode
    )


def isolated(module: str, *words: str, log: Path, timeout_s: float = 100) -> Isolated:
    """Run a module of the repository alone with loopback; raises where it fails, with what it wrote."""
    strace = shutil.which("strace")
    traced = (
        [strace, "-f", "-qq", "-e", "trace=connect,sendto,sendmsg", "-e", "signal=none", "-o", str(log)]
        if strace
        else []
    )
    command = [*traced, sys.executable, "-m", module, *words]
    whole = ["unshare", "-rn", sys.executable, "-c", LOOPBACK_UP, command[0], *command[1:]]
    done = subprocess.run(whole, cwd=ROOT, capture_output=True, text=True, timeout=timeout_s, check=False)
    if done.returncode:
        raise AssertionError(f"{module} failed:\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}")
    found = PEER.findall(log.read_text()) if strace else None
    return Isolated(done.stdout, None if found is None else frozenset("".join(pair) for pair in found))
