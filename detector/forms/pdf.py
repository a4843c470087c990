"""A filled form as PDF: the Word document, converted by LibreOffice where it is installed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from detector.errors import MissingPartError, UsageError
from detector.forms import docx
from detector.forms.filled import FilledForm

PROGRAMS = ("soffice", "libreoffice")
SECONDS = 120
INSTALL_HINT = (
    "生成 PDF 需要 LibreOffice，系统里没有。请运行 apt-get install libreoffice-writer-nogui "
    "fonts-noto-cjk 后重试，或先用 --format docx，再用文字处理软件另存为 PDF。"
)
# Where the usual fonts of official papers are not installed, LibreOffice would take any; these
# stand in for them, each after the fonts of its name.
_STAND_INS = {
    "方正小标宋简体": ("SimSun", "Noto Serif CJK SC", "Noto Serif SC"),
    "宋体": ("SimSun", "Noto Serif CJK SC", "Noto Serif SC"),
    "仿宋": ("FangSong", "Noto Serif CJK SC", "Noto Serif SC"),
    "黑体": ("SimHei", "Noto Sans CJK SC", "Noto Sans SC"),
}


def render(form: FilledForm) -> bytes:
    """Return the PDF; raises MissingPartError where LibreOffice is not installed."""
    return convert(docx.render(form), ".docx")


def convert(data: bytes, suffix: str) -> bytes:
    """Return an office document as PDF.

    LibreOffice runs with a profile of its own, so that one that a user has open is no hindrance.
    Raises UsageError where it fails or takes too long.
    """
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        raise MissingPartError(INSTALL_HINT)
    with tempfile.TemporaryDirectory(prefix="shanzhai-") as name:
        folder = Path(name)
        source = folder / f"form{suffix}"
        source.write_bytes(data)
        (folder / "fonts.conf").write_text(_font_settings(), encoding="utf-8")
        said = _run(program, source, folder)
        made = source.with_suffix(".pdf")
        if not made.exists():
            raise UsageError(f"LibreOffice 没有生成 PDF（{said}）。请改用 --format docx。")
        return made.read_bytes()


def _run(program: str, source: Path, folder: Path) -> str:
    """Run LibreOffice, and end it with all that it started where it takes too long."""
    command = [
        program,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--norestore",
        *("--convert-to", "pdf", "--outdir", str(folder), str(source)),
    ]
    # The process's own environment, with one variable more for the one that it starts.
    environment = os.environ | {"FONTCONFIG_FILE": str(folder / "fonts.conf")}
    with subprocess.Popen(
        command,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    ) as process:
        try:
            said, _ = process.communicate(timeout=SECONDS)
        except subprocess.TimeoutExpired as error:
            os.killpg(process.pid, signal.SIGKILL)
            raise UsageError(
                f"LibreOffice 超过 {SECONDS} 秒没有完成。请稍后重试，或改用 --format docx。"
            ) from error
    return said.decode(errors="replace").strip()[-200:]


def _font_settings() -> str:
    aliases = "".join(
        f'<alias binding="same"><family>{name}</family><accept>'
        + "".join(f"<family>{other}</family>" for other in others)
        + "</accept></alias>"
        for name, others in _STAND_INS.items()
    )
    return (
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f'<include ignore_missing="yes">/etc/fonts/fonts.conf</include>{aliases}</fontconfig>'
    )
