"""The wheel holds all that a scan needs: installed elsewhere, it works from any folder."""

from __future__ import annotations

import json
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import jsonschema
import pytest

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "samples" / "documents" / "enrolment.pdf"
PIP = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
OFFLINE = ["--no-deps", "--no-index"]
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """Build the wheel with what is installed here."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [*PIP, "wheel", *OFFLINE, "--no-build-isolation", "--wheel-dir", folder, ROOT]
    subprocess.run(command, check=True)
    (path,) = folder.glob("shanzhai_detector-*.whl")
    return path


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """Install the wheel into a new environment that borrows only the libraries of this one.

    A folder that a .pth file names is searched, but its own .pth files are not read: the
    checkout, which is installed here as editable, stays out of sight.
    """
    home = tmp_path_factory.mktemp("environment")
    venv.create(home, with_pip=False)
    python = home / "bin" / "python"
    place = {"base": str(home), "platbase": str(home)}
    libraries = Path(sysconfig.get_path("purelib", "venv", place))
    (libraries / "borrowed.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    subprocess.run([*PIP, f"--python={python}", "install", *OFFLINE, wheel], check=True)
    return home / "bin"


@pytest.fixture
def shanzhai(installed, tmp_path):
    """Run the installed command in an empty folder."""

    def run(*arguments: object) -> subprocess.CompletedProcess:
        command = [installed / "shanzhai", *map(str, arguments)]
        return subprocess.run(
            command, cwd=tmp_path, capture_output=True, encoding="utf-8", check=False
        )

    return run


def test_the_package_is_the_installed_one(installed, tmp_path):
    code = "import detector; print(detector.__file__)"
    shown = subprocess.run(
        [installed / "python", "-c", code],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert Path(shown.stdout.strip()).is_relative_to(installed.parent)


def test_check(shanzhai):
    done = shanzhai("check", "--kind", "ad", "--text", "电工证培训，包过，不过退费")
    assert (done.returncode, done.stderr) == (1, "")
    assert "“包过”" in done.stdout


def test_scan_writes_all_formats(shanzhai, installed, tmp_path):
    done = shanzhai("scan", SAMPLE, "--out", "out")
    assert (done.returncode, done.stderr) == (1, "")
    report = json.loads((tmp_path / "out/report.json").read_text(encoding="utf-8"))
    folder = next(installed.parent.glob("lib/*/site-packages/detector/report/schema"))
    schema = folder / f"{report['schema'].removeprefix('shanzhai-').replace('/', '-')}.json"
    jsonschema.validate(report, json.loads(schema.read_text(encoding="utf-8")))
    assert "</html>" in (tmp_path / "out/report.html").read_text(encoding="utf-8")
    assert list((tmp_path / "out/pages").iterdir())


def test_rules_are_inside(shanzhai):
    done = shanzhai("rules", "list")
    assert (done.returncode, done.stderr) == (0, "")
    assert "guarantee.pass" in done.stdout
