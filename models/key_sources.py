"""Where the keys of a provider are read from: its variable, the file that another names, a folder of secrets.

Reading raises nothing. What is wrong comes back in words, which name the place and the remedy and repeat no character
of a key; a file that was meant to be named may itself be a key, so the name of one that is not there is not told.
"""

import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Never, get_args

from pydantic import SecretStr

from config.settings import Settings

Provider = Literal["openai", "deepseek", "google"]
Source = Literal["environment", "file", "directory"]
Stamp = tuple[tuple[int, ...] | None, ...]

PROVIDERS: tuple[Provider, ...] = get_args(Provider)
TOKEN = re.compile(r"(?=.{1,512}\Z)[A-Za-z0-9._~+/-]+=*")
"""A bearer token (RFC 6750). So a quote, a `NAME=` before the key and a placeholder in brackets are found."""
LARGEST = 65_536
"""Bytes of a file of keys at most: a larger one is another file."""
OF_OTHERS = 0o077
BOM = "\ufeff"


class Sealed:
    """What holds keys is neither copied nor pickled: a pickle of a `SecretStr` holds what it hides."""

    __slots__ = ()

    def __reduce_ex__(self, _protocol: object) -> Never:
        """Raise."""
        raise TypeError(f"a {type(self).__name__} is neither copied nor pickled; it holds keys")


@dataclass(frozen=True, slots=True)
class Held(Sealed):
    """What one source holds now."""

    source: Source
    secrets: tuple[SecretStr, ...] = ()
    """In their order; those that can be used, where others cannot."""
    faults: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KeySources(Sealed):
    """The places of one provider's keys, in the order in which they count."""

    variable: str
    """`OPENAI_API_KEY`: what errors call these keys by."""
    given: SecretStr | None = None
    """What the variable holds: keys, with commas."""
    file: Path | None = None
    """One key a line; `#` begins a comment."""
    folder: Path | None = None
    """With a file named as the variable, in upper or lower case."""

    def read(self) -> tuple[Held, ...]:
        """Return what each source holds; blocks for the time that small files take."""
        named = [] if self.given is None else [_parsed("environment", self.variable, self.given.get_secret_value())]
        files = [] if self.file is None else [_of_file("file", f"{self.variable}_FILE", self.file)]
        folders = [] if self.folder is None else [self._of_folder(self.folder)]
        return (*named, *files, *folders)

    def stamp(self) -> Stamp:
        """Return what is another when a file has been written, replaced, put there or taken away."""
        return tuple(_stamp(path) for path in (self.file, *self._candidates()) if path is not None)

    def _of_folder(self, folder: Path) -> Held:
        """Return what the folder has for this variable; a folder without it holds the keys of others."""
        if not folder.is_dir():
            return Held("directory", faults=(f"EAIO_SECRETS_DIR names {folder}, which is no folder",))
        found = next((path for path in self._candidates() if os.path.lexists(path)), None)
        return Held("directory") if found is None else _of_file("directory", "EAIO_SECRETS_DIR", found)

    def _candidates(self) -> tuple[Path, ...]:
        names = () if self.folder is None else (self.variable, self.variable.lower())
        return tuple(self.folder / name for name in names if self.folder is not None)


def sources_of(settings: Settings, provider: Provider) -> KeySources:
    """Return where the settings say that the keys of a provider are."""
    name = f"{provider}_api_key"
    given, file = getattr(settings, name), getattr(settings, f"{name}_file")
    return KeySources(name.upper(), given, file, settings.secrets_dir)


class _Unreadable(Exception):
    """Why a file gives no text, in words."""


def _of_file(source: Source, setting: str, path: Path) -> Held:
    try:
        text, mode = _text(path)
    except _Unreadable as fault:
        return Held(source, faults=(f"{setting} names {fault}",))
    open_ = (f"{path} can be read by others (mode {mode:03o}); `chmod 600` it",)
    warnings = open_ if mode & OF_OTHERS else ()
    found = _parsed(source, str(path), text, warnings)
    if not found.secrets and not found.faults:
        return Held(source, faults=(f"{path} has no key in it; write one key a line",), warnings=warnings)
    return found


def _text(path: Path) -> tuple[str, int]:
    """Return the text of a file and its mode. What is no plain file is not read, since that could wait for ever."""
    try:
        with os.fdopen(os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC), "rb") as file:
            about = os.fstat(file.fileno())
            data = file.read(LARGEST + 1) if stat.S_ISREG(about.st_mode) else None
    except FileNotFoundError:
        raise _Unreadable(f"a file that is not in {path.parent}; give its whole path") from None
    except OSError as fault:
        raise _Unreadable(f"a file in {path.parent} that cannot be read ({fault.strerror})") from None
    if data is None or len(data) > LARGEST:
        raise _Unreadable(f"{path}, which is no plain file of at most {LARGEST} bytes")
    try:
        return data.decode(), stat.S_IMODE(about.st_mode)
    except UnicodeDecodeError:
        pass
    raise _Unreadable(f"{path}, which is not UTF-8 text; save it as such")  # outside: the fault holds the bytes


def _parsed(source: Source, where: str, text: str, warnings: tuple[str, ...] = ()) -> Held:
    entries = list(enumerate(_entries(text), 1))
    bad = [n for n, entry in entries if TOKEN.fullmatch(entry) is None]
    faults = tuple(f"entry {n} of {where} has characters that no key has; write the key alone" for n in bad)
    return Held(source, tuple(SecretStr(entry) for n, entry in entries if n not in bad), faults, warnings)


def _entries(text: str) -> Iterator[str]:
    for line in text.removeprefix(BOM).splitlines():
        for entry in line.partition("#")[0].split(","):
            if entry.strip():
                yield entry.strip()


def _stamp(path: Path) -> tuple[int, ...] | None:
    try:
        about = path.stat()
    except OSError:
        return None
    return about.st_mtime_ns, about.st_size, about.st_ino, about.st_mode
