"""The tesseract engine: what is said when it is missing, and what is made of its table.

A script in place of the program gives back a table as tesseract 5.3 wrote it; where the real
program is installed, a page is read with it as well.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytesseract
import pytest
from drawn_pages import CERTIFICATE, draw, pixels

from detector.errors import ExitCode, MissingPartError
from detector.ocr import load_engine
from detector.settings import Settings

INSTALL = "apt-get install tesseract-ocr tesseract-ocr-chi-sim"
COLUMNS = (
    "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"
)
TABLE = f"""{COLUMNS}
1\t1\t0\t0\t0\t0\t0\t0\t600\t200\t-1\t
4\t1\t1\t1\t1\t0\t40\t20\t180\t40\t-1\t
5\t1\t1\t1\t1\t1\t40\t20\t80\t38\t96.5\t证书
5\t1\t1\t1\t1\t2\t120\t22\t40\t38\t92.1\t编
5\t1\t1\t1\t1\t3\t160\t20\t40\t40\t90.0\t号
5\t1\t1\t1\t1\t4\t210\t24\t60\t30\t88.0\tLX
5\t1\t1\t1\t1\t5\t280\t24\t80\t30\t88.0\t2023
4\t1\t1\t1\t2\t0\t40\t80\t40\t40\t-1\t
5\t1\t1\t1\t2\t1\t40\t80\t40\t40\t12.0\t疆
"""


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Put a stand-in for tesseract on the path; call it with the languages it should list."""

    def install(languages: str) -> Path:
        (tmp_path / "table.tsv").write_text(TABLE, encoding="utf-8")
        script = tmp_path / "tesseract"
        script.write_text(
            "#!/bin/sh\n"
            'case "$1" in\n'
            f"  --list-langs) printf 'List of available languages (1):\\n{languages}\\n' ;;\n"
            "  --version) echo tesseract 5.3.0 ;;\n"
            f'  *) echo "$OMP_THREAD_LIMIT $*" > {tmp_path}/call\n'
            f'     cp {tmp_path}/table.tsv "$2.tsv" ;;\n'
            "esac\n"
        )
        script.chmod(0o755)
        monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
        return tmp_path

    return install


def test_a_missing_program_is_named_with_its_remedy(
    monkeypatch: pytest.MonkeyPatch, tmp_path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(MissingPartError, match="没有找到 tesseract 程序") as caught:
        load_engine("tesseract", Settings())
    assert INSTALL in str(caught.value)
    assert caught.value.exit_code == ExitCode.MISSING_PART


def test_missing_chinese_data_are_named_with_their_remedy(program) -> None:
    program("eng")
    with pytest.raises(MissingPartError, match="没有简体中文数据 chi_sim") as caught:
        load_engine("tesseract", Settings())
    assert INSTALL in str(caught.value)


def test_words_become_lines_with_a_cell_for_each_word(program) -> None:
    program("chi_sim")
    lines = load_engine("tesseract", Settings()).read(np.full((200, 600, 3), 255, np.uint8))
    line, doubtful = lines
    assert doubtful.confidence < 0.5
    assert line.text == "证书编号LX 2023"
    assert [line.text[cell.start : cell.end] for cell in line.cells] == [
        "证书", "编", "号", "LX", "2023",
    ]  # fmt: skip
    assert line.polygon == ((40, 20), (360, 20), (360, 60), (40, 60))
    assert line.cells[3].polygon == ((210, 24), (270, 24), (270, 54), (210, 54))
    assert line.confidence == pytest.approx(0.906, abs=0.01)


def test_one_thread_and_simplified_chinese_are_asked_for(program) -> None:
    folder = program("chi_sim")
    load_engine("tesseract", Settings()).read(np.full((200, 600, 3), 255, np.uint8))
    limit, *arguments = (folder / "call").read_text().split()
    assert limit == "1"
    assert "chi_sim" in arguments


def _installed() -> bool:
    return shutil.which("tesseract") is not None and "chi_sim" in pytesseract.get_languages()


@pytest.mark.skipif(not _installed(), reason=f"tesseract is not installed: {INSTALL}")
def test_the_real_program_reads_a_page() -> None:
    lines = load_engine("tesseract", Settings()).read(pixels(draw(CERTIFICATE)))
    assert "本证书全国联网查询，终身有效。" in [line.text for line in lines]
    assert all(line.cells for line in lines)
