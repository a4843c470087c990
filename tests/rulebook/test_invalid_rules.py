"""Every fault of a rule file: which file, which line, which key, what is wrong, what to do.

Each file below `invalid/` takes its folder's place in the set of `valid/`; the message that a user
gets stands beside it in a file of the same name, without the path that begins it.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from detector.errors import ExitCode, RuleError, UsageError
from detector.rulebook import load_rules

HERE = Path(__file__).parent
INVALID = sorted((HERE / "invalid").rglob("*.yaml"))
# The name under which a file of each folder joins the set, where it replaces the valid one.
PLACES = {
    "jurisdictions": "jurisdictions.yaml",
    "notices": "notices/CN-2022-1.yaml",
    "packs": "packs/sample.yaml",
    "lexicon": "lexicon/names.yaml",
}


@pytest.fixture
def rules(tmp_path):
    """Return a folder of valid rules that may be spoilt."""
    return shutil.copytree(HERE / "valid", tmp_path / "rules")


def name_of(path: Path) -> str:
    return path.relative_to(HERE / "invalid").with_suffix("").as_posix()


@pytest.mark.parametrize("bad", INVALID, ids=name_of)
def test_the_message_names_file_line_key_fault_and_remedy(rules, bad):
    place = rules / PLACES[bad.parent.name]
    shutil.copy(bad, place)
    with pytest.raises(RuleError) as caught:
        load_rules(rules)
    assert f"{caught.value}\n" == f"{place}:{bad.with_suffix('.txt').read_text(encoding='utf-8')}"
    assert caught.value.exit_code == ExitCode.USAGE


@pytest.mark.parametrize("bad", INVALID, ids=name_of)
def test_the_line_is_one_of_the_file(bad):
    line = int(bad.with_suffix(".txt").read_text(encoding="utf-8").partition(":")[0])
    assert 1 <= line <= len(bad.read_bytes().splitlines())


def test_every_message_has_its_file():
    messages = sorted((HERE / "invalid").rglob("*.txt"))
    assert [one.with_suffix(".yaml") for one in messages] == INVALID


@pytest.mark.parametrize("place", ["notices/CN-2023-2.yaml", *list(PLACES.values())[2:]])
def test_a_name_used_in_two_files_names_both(rules, place):
    copy = (rules / place).with_name("zz.yaml")
    shutil.copy(rules / place, copy)
    with pytest.raises(RuleError) as caught:
        load_rules(rules)
    assert caught.value.path == copy
    assert f"已在 {Path(place).name} 中用过" in str(caught.value)


def test_a_folder_that_is_not_there_says_which(tmp_path):
    with pytest.raises(UsageError, match=r"规则目录 .*nowhere 不存在。请检查"):
        load_rules(tmp_path / "nowhere")


@pytest.mark.parametrize("folder", ["notices", "packs", "lexicon"])
def test_a_set_without_rules_is_refused_since_it_would_call_everything_clean(rules, folder):
    shutil.rmtree(rules / folder)
    with pytest.raises(UsageError, match=rf"{folder} 里没有 .yaml 文件。请检查"):
        load_rules(rules)


def test_a_missing_list_of_places_is_named(rules):
    (rules / "jurisdictions.yaml").unlink()
    with pytest.raises(RuleError, match=r"jurisdictions.yaml:1: 文件: 无法打开.*请检查路径和权限"):
        load_rules(rules)


def test_a_file_without_permission_is_named(rules, monkeypatch):
    def refuse(path):
        if path.name == "sample.yaml":
            raise PermissionError(13, "Permission denied")
        return read_bytes(path)

    read_bytes = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", refuse)  # the system lets root read everything
    with pytest.raises(RuleError, match=r"sample.yaml:1: 文件: 无法打开"):
        load_rules(rules)


@pytest.mark.parametrize("name", [".#sample.yaml", "._sample.yaml", "_draft.yaml", "notes.txt"])
def test_what_editors_and_drafts_leave_is_passed_over(rules, name):
    version = load_rules(rules).version
    (rules / "packs" / name).write_text("no: [rules", encoding="utf-8")
    book = load_rules(rules)
    assert [one.id for one in book.rules] == ["sample.pass", "sample.names"]
    assert (book.version == version) == (name != "notes.txt")


def test_of_several_faults_the_first_is_told(rules):
    pack = rules / "packs" / "sample.yaml"
    text = pack.read_text(encoding="utf-8")
    pack.write_text(text.replace("high", "grave").replace("title: 名称", "title: ''"), "utf-8")
    with pytest.raises(RuleError) as caught:
        load_rules(rules)
    assert (caught.value.line, caught.value.key) == (11, "rules[1].severity")
