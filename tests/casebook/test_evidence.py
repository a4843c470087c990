"""Evidence is known by its digest, wherever the file lies and whatever it is called."""

from __future__ import annotations

import hashlib

import pytest

from detector.casebook.evidence import State, check_evidence, read_evidence
from detector.errors import UsageError

AT = "2025-04-01T10:00:00+08:00"


def test_a_file_is_taken_by_name_size_and_digest(tmp_path):
    file = tmp_path / "照片.jpg"
    file.write_bytes(b"abc")
    one = read_evidence(file, AT, "门头")
    assert (one.name, one.size, one.added, one.note) == ("照片.jpg", 3, AT, "门头")
    assert one.sha256 == hashlib.sha256(b"abc").hexdigest()


def test_what_is_changed_or_gone_is_told_from_what_was_moved(tmp_path):
    evidence = []
    for name in ("same", "moved", "changed", "gone"):
        (tmp_path / name).write_text(name)
        evidence.append(read_evidence(tmp_path / name, AT))
    (tmp_path / "below").mkdir()
    (tmp_path / "moved").rename(tmp_path / "below" / "renamed")
    (tmp_path / "changed").write_text("CHANGED")  # as long as before
    (tmp_path / "gone").unlink()
    checked = check_evidence(evidence, tmp_path)
    assert [one.state for one in checked] == [
        State.INTACT,
        State.INTACT,
        State.CHANGED,
        State.MISSING,
    ]
    assert checked[1].path == tmp_path / "below" / "renamed"


@pytest.mark.parametrize("name", ["nothing", "."])
def test_what_is_no_file_is_refused(tmp_path, name):
    with pytest.raises(UsageError, match="请检查"):
        read_evidence(tmp_path / name, AT)
    with pytest.raises(UsageError, match="--check"):
        check_evidence((), tmp_path / "nothing")
