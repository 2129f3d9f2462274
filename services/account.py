"""The system account that a service runs under.

PostgreSQL refuses to run as root. As root, it runs under `nobody` with one capability left, CAP_DAC_OVERRIDE, so that
it reaches a home and a virtual environment below folders that only root may enter, such as /root. No account is
created and no folder of the user's is opened to others. `setpriv` belongs to util-linux, which every Debian has, and
the capability is among those that a container keeps by default; a user namespace would need more than that.
"""

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Account:
    """A user id, and the words put before a command to run it under that id."""

    uid: int
    gid: int
    prefix: tuple[str, ...] = ()

    def own(self, path: Path) -> None:
        """Make `path` this account's; nothing to do for the account that runs us."""
        if self.prefix:
            os.chown(path, self.uid, self.gid)

    def can_run(self, program: Path, folder: Path) -> bool:
        """Tell whether this account can execute `program` and write in `folder`."""
        check = [*self.prefix, "/bin/sh", "-c", 'test -x "$0" && test -w "$1"', str(program), str(folder)]
        try:
            return subprocess.run(check, stdin=subprocess.DEVNULL, capture_output=True, check=False).returncode == 0
        except (FileNotFoundError, PermissionError):  # no setpriv that can be run
            return False


def own_account() -> Account:
    """Return the account that runs this process."""
    return Account(os.getuid(), os.getgid())


def unprivileged_account() -> Account:
    """Return the account that runs this process, or `nobody` where that is root."""
    if os.geteuid() != 0:
        return own_account()
    nobody = pwd.getpwnam("nobody")
    return Account(nobody.pw_uid, nobody.pw_gid, _setpriv(nobody.pw_uid, nobody.pw_gid))


def _setpriv(uid: int, gid: int) -> tuple[str, ...]:
    capabilities = "-all,+dac_override"
    return (
        "setpriv",
        f"--reuid={uid}",
        f"--regid={gid}",
        "--clear-groups",
        f"--inh-caps={capabilities}",
        f"--ambient-caps={capabilities}",
        f"--bounding-set={capabilities}",
        "--securebits=+no_setuid_fixup",  # else access(2), which initdb asks, forgets the capability
        "--no-new-privs",
        "--",
    )
