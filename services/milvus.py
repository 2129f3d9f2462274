"""Milvus Lite as a server, so that several processes can share one store. It has no passwords; it is loopback only."""

import re
import signal
import sys
from functools import partial
from pathlib import Path

from config.settings import Settings
from services.probe import answers
from services.process import ensure
from services.service import Service
from services.wheel import require

NAME = "milvus"
DISTRIBUTION = "milvus-lite"

HTTP2_PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + bytes([0, 0, 0, 4, 0, 0, 0, 0, 0])  # and an empty SETTINGS frame
SETTINGS_FRAME = re.compile(rb".{3}\x04", re.DOTALL)


def milvus(settings: Settings) -> Service:
    """Describe the embedded Milvus of `settings.home`."""
    return Service(
        name=NAME,
        distribution=DISTRIBUTION,
        home=settings.home,
        command=partial(_command, settings.home / "data" / NAME),
        ready=is_ready,
        environment={"OMP_NUM_THREADS": "1"},  # faiss takes every core otherwise, from the model and the database
        stop_signal=signal.SIGTERM,
    )


async def ensure_milvus(settings: Settings) -> str:
    """Return a URI that answers: `settings.milvus_uri` as it is, else that of the embedded one."""
    if settings.milvus_uri:
        return settings.milvus_uri
    running = await ensure(milvus(settings))
    return f"http://{running.host}:{running.port}"


async def is_ready(port: int) -> bool:
    """Tell whether the gRPC server speaks."""
    return await answers(port, HTTP2_PREFACE, SETTINGS_FRAME, timeout_s=2.0)


def _command(folder: Path, port: str) -> list[str]:
    require(NAME, DISTRIBUTION, "milvus_lite")
    return [sys.executable, "-P", "-m", "services.milvus_server", "--data-dir", str(folder), "--port", port]
