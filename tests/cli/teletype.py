"""A command at a pseudo-terminal: keys are sent when it waits for them, the screen is read."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
import time

SECONDS = 60  # a machine may be busy
_ESCAPES = re.compile(r"\x1b\[[?\d;]*[A-Za-z]|\r")


class Teletype:
    """A running command; `shown` is what stands on its screen, without colours."""

    def __init__(self, *arguments: str, columns: int = 80) -> None:
        """Start `python -m detector` with a terminal of its own."""
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
        self._running = subprocess.Popen(
            [sys.executable, "-m", "detector", *arguments],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
            env={**os.environ, "LC_ALL": "C.UTF-8", "TERM": "xterm"},
        )
        os.close(slave)
        self._raw = b""
        self._seen = 0  # characters that were returned

    @property
    def shown(self) -> str:
        """Return all that was shown so far."""
        return _ESCAPES.sub("", self._raw.decode("utf-8", errors="replace"))

    def expect(self, *texts: str) -> str:
        """Wait until new texts are shown and the command waits for a key; return what is new."""
        start, until = self._seen, time.monotonic() + SECONDS
        while not all(text in self.shown[start:] for text in texts) or not self._waits():
            assert time.monotonic() < until, self.shown[start:]
            self._read()
        self._seen = len(self.shown)
        return self.shown[start:]

    def type(self, text: str) -> None:
        """Send keys; a line ends with a carriage return."""
        os.write(self._master, text.encode())

    def end(self) -> tuple[int, str]:
        """Wait until the command ends; return its exit code and what it showed last."""
        start, until = self._seen, time.monotonic() + SECONDS
        while self._running.poll() is None:
            assert time.monotonic() < until, self.shown[start:]
            self._read()
        self._read()
        os.close(self._master)
        return self._running.returncode, self.shown[start:]

    def _read(self) -> None:
        try:
            while select.select([self._master], [], [], 0.05)[0]:
                self._raw += os.read(self._master, 65_536)
        except OSError:  # the other end was closed
            time.sleep(0.05)

    def _waits(self) -> bool:
        """Tell whether keys go to the command at once: what was typed before is thrown away."""
        return not termios.tcgetattr(self._master)[3] & termios.ICANON
