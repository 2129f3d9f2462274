"""The file that holds the key of the audit log: `EAIO_HOME/keys/audit.key`, for its owner only.

Two processes that create it at once end with the same key: the file appears whole or not at all, and once.
"""

import os
import stat
import tempfile
from contextlib import suppress
from pathlib import Path

from privacy.audit.key import KEY_BYTES, AuditKey
from privacy.errors import AuditUnavailable

OTHERS = stat.S_IRWXG | stat.S_IRWXO


def key_path(home: Path) -> Path:
    """Return where the key of a home is."""
    return home / "keys" / "audit.key"


def ensure_key(home: Path) -> AuditKey:
    """Return the key of a home, made where there is none. Raises `AuditUnavailable` with the remedy."""
    path = key_path(home)
    try:
        if not path.exists():
            _create(path)
    except OSError as fault:
        why = f"the audit key {path} cannot be created ({fault.strerror}); make its folder writable"
        raise AuditUnavailable(why) from None
    return read_key(home)


def read_key(home: Path) -> AuditKey:
    """Return the key of a home. Raises `AuditUnavailable` where it is missing, short or open to others."""
    path = key_path(home)
    try:
        with path.open("rb") as file:
            mode, text = os.fstat(file.fileno()).st_mode, file.read(1024)
    except FileNotFoundError:
        raise AuditUnavailable(f"the audit key {path} is missing; restore it from a backup") from None
    except OSError as fault:
        raise AuditUnavailable(f"the audit key {path} cannot be read ({fault.strerror}); mend its access") from None
    if mode & OTHERS:
        raise AuditUnavailable(f"the audit key {path} is open to other users; `chmod 600 {path}` closes it")
    return AuditKey(_secret(path, text))


def _secret(path: Path, text: bytes) -> bytes:
    try:
        secret = bytes.fromhex(text.decode("ascii").strip())
    except ValueError:
        secret = b""
    if len(secret) != KEY_BYTES:
        raise AuditUnavailable(
            f"the audit key {path} is not {2 * KEY_BYTES} hexadecimal digits; restore it from a backup"
        )
    return secret


def _create(path: Path) -> None:
    """Link a finished file to its name, which fails where another process was first: then that one's key holds."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".audit-")  # of mode 0600
    try:
        with os.fdopen(descriptor, "w") as file:
            file.write(AuditKey.random().secret.hex() + "\n")
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            path.hardlink_to(name)
    finally:
        Path(name).unlink()
