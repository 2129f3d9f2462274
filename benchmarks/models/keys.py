"""A thousand requests while the keys change four times: how many are lost, and whether a byte of a key gets anywhere.

Keys come from all three places. Three are replaced, each in another way that files are replaced in; one is revoked and
nobody replaces it. The provider repeats each wrong key in its refusal, so that whoever keeps its words keeps a key.
Run `python -m benchmarks.models.keys`.
"""

import asyncio
import base64
import logging
import os
import secrets
import sys
import tempfile
import time
import traceback
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import aclosing, asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from langchain_core.tracers.context import collect_runs
from pydantic import SecretStr

from benchmarks.lines import Lines
from models.cloud_sites import CloudSite
from models.cloud_transport import Guard
from models.cloud_voice import CloudVoice
from models.deadline import Deadline
from models.errors import ModelError
from models.key_sources import KeySources
from models.key_turns import with_keys
from models.keys import KeyRing
from models.openai_cloud import open_openai_cloud
from models.roles import Patience
from models.streaming import relay
from tests.models.cloud_asking import cleared, site_at
from tests.wire.keyed import KeyedCompletions
from tests.wire.script import TEXT, Status

REQUESTS, AT_ONCE = 1000, 20
VARIABLE = "OPENAI_API_KEY"
WINDOW = 8
"""So many characters of a key in a row count as found."""
WRITING_S = 0.2
"""How long a file stays empty that is written anew."""
PATIENCE = Patience(first_token_s=20, next_token_s=20)


@dataclass
class Place:
    """Keys in the environment, a file, and a folder as Kubernetes lays one out; and the cloud that knows them."""

    folder: Path
    cloud: KeyedCompletions
    all: list[str] = field(default_factory=list)
    now: dict[str, str] = field(default_factory=dict)

    def lay_out(self) -> KeySources:
        """Write three keys; return where they are."""
        for place in ("environment", "file", "directory"):
            self._renew(place)
        file, secret = self.folder / "keys", self.folder / "secrets"
        secret.mkdir()
        _write(file, self.now["file"])
        (secret / VARIABLE).symlink_to(f"..data/{VARIABLE}")
        self._swap(secret)
        return KeySources(VARIABLE, SecretStr(self.now["environment"]), file, secret)

    def replace_file(self) -> None:
        """Put a new file in the place of the file, then have the old key forgotten."""
        old = self._renew("file")
        _write(self.folder / "fresh", self.now["file"])
        (self.folder / "fresh").rename(self.folder / "keys")
        self.cloud.known.discard(old)

    def revoke(self) -> None:
        """Have the key of the environment forgotten. Nobody says so, and there is none in its place."""
        self.cloud.known.discard(self.now["environment"])

    def swap_folder(self) -> None:
        """Lead the folder's link to a new version."""
        old = self._renew("directory")
        self._swap(self.folder / "secrets")
        self.cloud.known.discard(old)

    def rewrite_file(self) -> None:
        """Empty the file and write it anew, the old key being forgotten before the new one is there."""
        old = self._renew("file")
        (self.folder / "keys").write_text("")
        self.cloud.known.discard(old)
        asyncio.get_running_loop().call_later(WRITING_S, _write, self.folder / "keys", self.now["file"])

    def _renew(self, place: str) -> str:
        old, self.now[place] = self.now.get(place, ""), f"sk-proj-{secrets.token_urlsafe(36)}"
        self.all.append(self.now[place])
        self.cloud.known.add(self.now[place])
        return old

    def _swap(self, secret: Path) -> None:
        version = secret / f"..{len(self.all)}"
        version.mkdir()
        _write(version / VARIABLE, self.now["directory"])
        (secret / "..new").symlink_to(version.name)
        (secret / "..new").rename(secret / "..data")


@dataclass
class Told:
    """Everything that was said, shown or sent, by where it was."""

    said: dict[str, list[str]] = field(default_factory=lambda: {"logs": [], "errors": [], "traces": [], "bodies": []})

    def error(self, fault: BaseException) -> None:
        """Keep all that an error shows, with what stands in the variables of its frames."""
        shown = traceback.TracebackException.from_exception(fault, capture_locals=True).format()
        self.said["errors"] += [str(fault), repr(fault), repr(fault.args), repr(vars(fault)), *shown]

    def found(self, keys: Iterable[str]) -> dict[str, int]:
        """Return how many places hold a part of a key, by where."""
        searched = [form for key in keys for form in forms(key)]
        return {where: sum(any(f in text for f in searched) for text in said) for where, said in self.said.items()}


@dataclass(frozen=True)
class Asked:
    """The cloud with a voice that has its keys from a ring."""

    site: CloudSite
    voice: CloudVoice
    ring: KeyRing
    told: Told

    async def ask(self) -> bool:
        """Ask once as nodes do; tell whether the whole answer came."""
        prompt = cleared(self.site)
        source = with_keys(self.ring, self.site.id, lambda: self.voice.parts(prompt))
        answer = relay(source, endpoint=self.site.id, prompt="", deadline=Deadline.after(20), patience=PATIENCE)
        try:
            async with aclosing(answer) as chunks:
                return "".join([chunk.text async for chunk in chunks]) == TEXT
        except ModelError as fault:
            self.told.error(fault)
            return False


@asynccontextmanager
async def asking(cloud: KeyedCompletions, sources: KeySources, told: Told) -> AsyncIterator[Asked]:
    """Open a voice on the cloud."""
    ring, site = KeyRing(sources), site_at("gpt-4o", cloud)
    voice = open_openai_cloud(site, Guard(site.door, ring.credential))
    try:
        yield Asked(site, voice, ring, told)
    finally:
        told.said["errors"] += [repr(ring), str(ring), repr(ring.keys), repr(sources), repr(voice), repr(site)]
        await voice.clients.close()


async def thousand(asked: Asked, changes: Iterable[Callable[[], None]]) -> int:
    """Ask a thousand times, some at once; change the keys at each fifth. Return how many were answered."""
    due = dict(zip(range(REQUESTS // 5, REQUESTS, REQUESTS // 5), changes, strict=True))
    left, answered = iter(range(REQUESTS)), 0

    async def worker() -> None:
        nonlocal answered
        for number in left:
            if number in due:
                due[number]()
            whole = await asked.ask()
            answered += whole

    await asyncio.gather(*(worker() for _ in range(AT_ONCE)))
    return answered


async def refusals(asked: Asked, cloud: KeyedCompletions) -> None:
    """Have every error that keys can meet, for what it shows."""
    for act in (Status(429, headers={"Retry-After": "0"}), Status(429, reason="quota"), Status(403), Status(401)):
        asked.ring.read()
        cloud.of_key = dict.fromkeys(cloud.known, act)
        await asked.ask()
    cloud.of_key.clear()


def forms(key: str) -> list[str]:
    """Return how parts of a key may be written: as they are, in hexadecimal, and the whole in base64 at any offset."""
    secret = key.removeprefix("sk-proj-")
    parts = [secret[at : at + WINDOW] for at in range(len(secret) - WINDOW + 1)]
    hexadecimal = [part.encode().hex() for part in parts]
    whole = [base64.b64encode(b"\0" * at + secret.encode()).decode()[4:-4] for at in range(3)]
    return [*parts, *hexadecimal, *(h.upper() for h in hexadecimal), *whole, *(w.translate(URL_SAFE) for w in whole)]


def planted(key: str) -> list[bool]:
    """Tell of each text with a part of a key in it whether the search finds it."""
    secret = key.encode()
    encoded = [base64.b64encode(b"Bearer " + b"." * at + secret).decode() for at in range(3)]
    texts = [key, key[-WINDOW:], secret.hex(), secret[8:20].hex().upper(), *encoded]
    return [Told({"here": [f"key={text}!"]}).found([key])["here"] == 1 for text in texts]


URL_SAFE = str.maketrans("+/", "-_")


@contextmanager
def logged(told: Told) -> Iterator[None]:
    """Keep whatever is logged by anybody, from the lowest level on."""

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            told.said["logs"].append(self.format(record) + repr(record.args))

    handler, root, ours = Keep(), logging.getLogger(), logging.getLogger("eaio")
    before = root.level, ours.propagate
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    ours.propagate = True
    try:
        yield
    finally:
        root.removeHandler(handler)
        root.setLevel(before[0])
        ours.propagate = before[1]


def bodies(cloud: KeyedCompletions) -> list[str]:
    """Return what was sent beside the header that is for the key."""
    return [
        f"{r.body.decode()} {r.path} { {name: v for name, v in r.headers.items() if name != 'authorization'} }"
        for r in cloud.requests
    ]


async def run(folder: Path) -> int:
    """Run it in a folder; return 1 where a request was lost or a byte found."""
    told, lines = Told(), Lines()
    async with KeyedCompletions() as cloud:
        place = Place(folder, cloud)
        with logged(told), collect_runs() as traced:
            async with asking(cloud, place.lay_out(), told) as asked:
                start = time.perf_counter()
                changes = (place.replace_file, place.revoke, place.swap_folder, place.rewrite_file)
                answered = await thousand(asked, changes)
                took, refused, sent = time.perf_counter() - start, len(cloud.refused_keys), len(cloud.requests)
                await refusals(asked, cloud)
        told.said["traces"] += [repr(run) + run.json() for run in traced.traced_runs]
        told.said["bodies"] += bodies(cloud)
    print(f"{REQUESTS} requests, {AT_ONCE} at once, four changes of keys, in {took:.1f} s")
    lines.line("requests lost", REQUESTS - answered, most=0)
    lines.line("sendings in all", sent)
    lines.line("of them refused for their key", refused)
    lines.line("planted parts of a key found, of 7", sum(planted(place.all[0])), least=7)
    for where, number in told.found(place.all).items():
        lines.line(f"key bytes in {where} ({len(told.said[where])} looked at)", number, most=0)
    return lines.end()


def main() -> int:
    """Run it in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        return asyncio.run(run(Path(folder)))


def _write(path: Path, text: str) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text + "\n")


if __name__ == "__main__":
    sys.exit(main())
