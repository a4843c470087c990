"""Settings: later origins win, and a wrong one is told with its origin."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest

from detector.errors import ExitCode, SettingsError
from detector.model import DocumentKind, Outcome
from detector.settings import Settings, load_settings, shipped_rules


@pytest.fixture(autouse=True)
def elsewhere(tmp_path, monkeypatch):
    """Work in an empty folder, so that no settings file of the developer's is read."""
    monkeypatch.chdir(tmp_path)


def written(text: str, name: str = "my.toml") -> Path:
    path = Path(name)
    path.write_text(text, encoding="utf-8")
    return path


def load(file: Path | None = None, environment: dict[str, str] | None = None, **options):
    return load_settings(file, environment or {}, **options)


def test_without_any_origin_the_defaults_stand():
    assert load() == Settings()
    assert load().rules == shipped_rules()
    assert (load().rules / "notices").is_dir()


def test_the_command_line_wins_over_the_environment_and_that_over_the_file():
    file = written("max_pages = 1\nrender_dpi = 1\nbatch_passages = 1")
    environment = {"SHANZHAI_MAX_PAGES": "2", "SHANZHAI_RENDER_DPI": "2"}
    merged = load(file, environment, max_pages=3)
    assert (merged.max_pages, merged.render_dpi, merged.batch_passages) == (3, 2, 1)
    assert merged.ocr_long_side == Settings().ocr_long_side


def test_an_option_that_was_not_given_changes_nothing():
    assert load(written("max_pages = 7"), max_pages=None).max_pages == 7


def test_the_file_of_the_working_folder_is_read_unless_another_is_named():
    written("max_pages = 5", "shanzhai.toml")
    assert load().max_pages == 5
    assert load(written("render_dpi = 9")).max_pages == Settings().max_pages


def test_the_environment_of_the_process_is_read_where_none_is_given(monkeypatch):
    monkeypatch.setenv("SHANZHAI_MAX_PAGES", "6")
    assert load_settings().max_pages == 6


def test_other_variables_of_the_environment_are_left_alone():
    assert load(environment={"MAX_PAGES": "9", "SHANZHAI_UNHEARD_OF": "9"}) == Settings()


VALUES = {
    "jurisdiction": ("gd, HN", ("GD", "HN")),
    "kind": ("ad", DocumentKind.AD),
    "as_of": ("2024-01-31", date(2024, 1, 31)),
    "ocr_engine": ("tesseract", "tesseract"),
    "threshold": ("review", Outcome.REVIEW),
    "show_personal_data": ("yes", True),
    "out": ("report", Path("report")),
    "rules": ("my-rules", Path("my-rules")),
    "max_pages": ("10", 10),
    "ocr_min_confidence": ("0.25", 0.25),
}


@pytest.mark.parametrize("name", VALUES)
def test_text_from_the_environment_becomes_a_value(name):
    text, value = VALUES[name]
    assert getattr(load(environment={f"SHANZHAI_{name.upper()}": text}), name) == value


def test_a_file_may_write_values_of_their_own_types():
    file = written(
        'jurisdiction = ["GD", "hn"]\nas_of = 2024-01-31\nshow_personal_data = true\n'
        "max_pages = 10\nocr_min_confidence = 0.25"
    )
    merged = load(file)
    assert merged.jurisdiction == ("GD", "HN")
    assert merged.as_of == date(2024, 1, 31)
    assert (merged.show_personal_data, merged.max_pages) == (True, 10)


def test_a_moment_in_a_file_means_its_day():
    assert load(written("as_of = 2024-01-31T10:00:00")).as_of == date(2024, 1, 31)


def test_an_option_can_put_the_kind_back_to_be_inferred():
    assert load(written('kind = "ad"'), kind="auto").kind is None


def test_every_setting_can_be_set_from_every_origin():
    for one in fields(Settings):
        value = getattr(Settings(), one.name)
        assert load(**{one.name: value}) == Settings()


WRONG = {
    "kind": ("poster", "可用：ad、certificate、web、registration"),
    "threshold": ("all", "可用：report、review、dismissed"),
    "as_of": ("2024-02-30", "应为年-月-日，如 2024-01-31"),
    "max_pages": ("0", "应为正整数"),
    "render_dpi": ("-72", "应为正整数"),
    "excerpt_context": ("many", "应为正整数"),
    "max_text_chars": ("2.5", "应为正整数"),
    "ocr_min_confidence": ("1.5", "应在 0 与 1 之间"),
    "show_personal_data": ("maybe", "应为 true 或 false"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_value_is_told_with_its_origin_and_what_would_do(name):
    value, advice = WRONG[name]
    file = written(f'{name} = "{value}"')
    environment = {f"SHANZHAI_{name.upper()}": value}
    for origin, found in {
        "my.toml": complaint(file),
        "环境变量": complaint(environment=environment),
        "命令行": complaint(**{name: value}),
    }.items():
        assert found == f"{origin}：设置 {name} 的值 '{value}' 不合要求（{advice}）。"


TYPES = {
    "a number for a path": ("rules = 5", "应为路径"),
    "numbers for places": ("jurisdiction = [1]", "应为名称，几个之间用逗号隔开"),
    "a number for a day": ("as_of = 20240131", "应为年-月-日"),
    "a list for a number": ("max_pages = [1]", "应为正整数"),
    "yes for a number": ("max_pages = true", "应为正整数"),
    "a list for a share": ("ocr_min_confidence = []", "应在 0 与 1 之间"),
    "a number for a choice": ("threshold = 1", "可用：report"),
}


@pytest.mark.parametrize(("text", "advice"), TYPES.values(), ids=TYPES)
def test_a_value_of_the_wrong_type_is_told(text, advice):
    found = complaint(written(text))
    assert found.startswith("my.toml：设置 ")
    assert advice in found


def test_an_unknown_name_is_told_with_its_origin_and_the_known_ones():
    for origin, found in {
        "my.toml": complaint(written("max_page = 1")),
        "命令行": complaint(max_page=1),
    }.items():
        assert found.startswith(f"{origin}：没有名为 max_page 的设置。可用的设置：as_of、")
        assert "max_pages" in found


FILES = {
    "missing": (None, "无法打开"),
    "no toml": (b"max_pages: 1", "不是有效的 TOML"),
    "not utf-8": ("# 设置".encode("gbk"), "不是有效的 TOML"),
}


@pytest.mark.parametrize(("data", "words"), FILES.values(), ids=FILES)
def test_a_file_that_cannot_be_read_is_named(data, words):
    path = Path("my.toml")
    if data is not None:
        path.write_bytes(data)
    found = complaint(path)
    assert found.startswith("设置文件 my.toml ")
    assert words in found


def complaint(file: Path | None = None, environment: dict[str, str] | None = None, **options):
    with pytest.raises(SettingsError) as caught:
        load(file, environment, **options)
    assert caught.value.exit_code == ExitCode.USAGE
    return str(caught.value)
