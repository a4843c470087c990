"""A PostgreSQL server of one's own: private folder, socket only, gone when it is not needed."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# Where Debian puts the programs of a server, which are not on the PATH.
DEBIAN = "/usr/lib/postgresql/*/bin/pg_ctl"
OWNER = "postgres"  # made by Debian's package: the server refuses to run as root
INSTALL_HINT = "系统里没有 PostgreSQL。请运行 apt-get install postgresql 后重试。"


def find_programs() -> Path | None:
    """Return the folder of initdb and pg_ctl, None where there is no server."""
    if found := shutil.which("pg_ctl"):
        return Path(found).parent
    installed = sorted(Path("/").glob(DEBIAN.removeprefix("/")))
    return installed[-1].parent if installed else None


@contextmanager
def start_postgres(*, durable: bool = True) -> Iterator[str]:
    """Start a server and give the URL of its databases; `{}` in it stands for one's name.

    What is not `durable` does not wait for the disk: nothing of it is to outlive the server.
    """
    programs = find_programs()
    assert programs, INSTALL_HINT
    folder = Path(tempfile.mkdtemp(prefix="shanzhai-pg-"))
    as_owner = []
    if os.geteuid() == 0:
        shutil.chown(folder, OWNER)
        as_owner = ["runuser", "-u", OWNER, "--"]

    def run(program: str, *arguments: str) -> None:
        subprocess.run(
            [*as_owner, str(programs / program), *arguments],
            cwd=folder,
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.STDOUT,
        )

    data = str(folder / "data")
    try:
        run("initdb", "-D", data, "-A", "trust", "-U", OWNER, "-E", "UTF8", "--no-sync")
        sync = "on" if durable else "off"
        listen = f"-k {folder} -c listen_addresses='' -c fsync={sync}"
        run("pg_ctl", "-D", data, "-l", str(folder / "log"), "-o", listen, "-w", "start")
        try:
            yield f"postgresql://{OWNER}@/{{}}?host={folder}"
        finally:
            run("pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
