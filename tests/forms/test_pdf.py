"""Forms as PDF, by a LibreOffice where there is one."""

from __future__ import annotations

import io
import shutil
import stat

import pypdfium2
import pytest
from form_values import TABLES, as_case, fill_form, make_facts

from detector.errors import ExitCode, MissingPartError, UsageError
from detector.forms import pdf
from detector.forms.holdings import Holdings

HINT = "系统里没有 LibreOffice：apt-get install libreoffice-writer-nogui libreoffice-calc-nogui"
office = pytest.mark.skipif(not any(map(shutil.which, pdf.PROGRAMS)), reason=HINT)


@office
@pytest.mark.slow
@pytest.mark.parametrize("name", [TABLES[0], TABLES[-1]])
def test_the_form_is_the_first_page_and_what_is_for_checking_follows(name):
    filled = fill_form(name, Holdings(tuple(map(as_case, make_facts(1, size=8)))))
    with pypdfium2.PdfDocument(io.BytesIO(pdf.render(filled))) as document:
        texts = ["".join(page.get_textpage().get_text_bounded().split()) for page in document]
        width, height = document[0].get_size()
    assert width > height
    assert filled.title in texts[0]
    footnote = "".join(filled.footnotes[-1].split())
    assert footnote in texts[0]
    assert "供核对，不随表报送" in texts[1]


def test_without_libreoffice_the_user_learns_how_to_install_it(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(MissingPartError, match="apt-get install libreoffice") as caught:
        pdf.render(fill_form(TABLES[0], Holdings(())))
    assert caught.value.exit_code == ExitCode.MISSING_PART


@pytest.mark.parametrize(("script", "said"), [("exit 1", "没有生成 PDF"), ("sleep 60", "没有完成")])
def test_a_libreoffice_that_fails_or_hangs_is_told(monkeypatch, tmp_path, script, said):
    program = tmp_path / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setattr(pdf, "SECONDS", 1)
    with pytest.raises(UsageError, match=said):
        pdf.convert(b"", ".docx")
