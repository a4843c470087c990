"""YAML files as plain data that still know their lines.

Dates stay text, so that quoting them makes no difference.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from yaml.constructor import SafeConstructor
from yaml.reader import ReaderError

from detector.errors import RuleError

try:  # the C parser is some ten times faster; a source build of PyYAML may lack it
    from yaml import CSafeLoader as _Loader
except ImportError:  # pragma: no cover
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]

_TAG = "tag:yaml.org,2002:"
_TEXTS = frozenset({_TAG + "str", _TAG + "timestamp"})
_TYPED = frozenset({_TAG + "bool", _TAG + "int", _TAG + "float", _TAG + "null"})
Key = str | int


@dataclass(frozen=True, slots=True)
class RuleFile:
    """One file below `rules/`: its plain data and the parse tree that knows the lines."""

    path: Path
    data: Any
    root: yaml.Node

    def error(self, keys: tuple[Key, ...], what: str, remedy: str) -> RuleError:
        """Make the error for the value at `keys`."""
        return RuleError(self.path, _line(self.root, keys), _key_name(keys), what, remedy)


def read_bytes(path: Path) -> bytes:
    """Return the content of a file; raises RuleError where it cannot be opened."""
    try:
        return path.read_bytes()
    except OSError as error:
        what = f"无法打开（{error.strerror}）"
        raise RuleError(path, 1, "文件", what, "检查路径和权限") from error


def read_file(path: Path) -> RuleFile:
    """Parse one YAML file; raises RuleError where it is no valid UTF-8 or YAML."""
    data = read_bytes(path)
    try:
        root = _Loader(data.decode("utf-8-sig")).get_single_node()
    except UnicodeDecodeError as error:
        raise RuleError(path, 1, "文件", "不是 UTF-8 编码", "另存为 UTF-8 后重试") from error
    except yaml.YAMLError as error:
        raise _syntax_error(path, data, error) from error
    if root is None:
        raise RuleError(path, 1, "文件", "没有内容", "按 docs/rule-format.md 填写，或删去此文件")
    try:
        return RuleFile(path, _plain(root, path), root)
    except RecursionError as error:
        raise RuleError(path, 1, "文件", "锚点引用了自身", "去掉循环引用") from error


def _syntax_error(path: Path, data: bytes, error: yaml.YAMLError) -> RuleError:
    if isinstance(error, ReaderError):  # knows its place in bytes, not its line
        line = data.count(b"\n", 0, error.position) + 1
        return RuleError(path, line, "YAML", "含有不可见的控制字符", "删去此行的控制字符")
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or str(error)
    line = mark.line + 1 if mark else 1
    return RuleError(
        path, line, "YAML", f"不是有效的 YAML（{problem}）", "检查此行及上一行的缩进、冒号和引号"
    )


def _plain(node: yaml.Node, path: Path) -> Any:
    if isinstance(node, yaml.ScalarNode):
        return node.value if node.tag in _TEXTS else _typed(node, path)
    if isinstance(node, yaml.SequenceNode):
        return [_plain(child, path) for child in node.value]
    return _mapping(node, path)


def _typed(node: yaml.ScalarNode, path: Path) -> bool | int | float | None:
    if node.tag in _TYPED:
        with suppress(ValueError):  # "0b_" is an integer by YAML's grammar and has no value
            value: bool | int | float | None = SafeConstructor().construct_object(node)
            return value
    what = f"不支持的写法 {node.tag} {node.value}"
    raise RuleError(path, node.start_mark.line + 1, "值", what, "改写成普通文字并加引号")


def _mapping(node: yaml.Node, path: Path) -> dict[str, Any]:
    plain: dict[str, Any] = {}
    for key, value in node.value:
        line = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode):
            raise RuleError(path, line, "键", "键不是文字", "改写成普通文字")
        if key.value in plain:
            raise RuleError(path, line, key.value, "同一个键写了两次", "只保留一处")
        plain[key.value] = _plain(value, path)
    return plain


def _line(root: yaml.Node, keys: tuple[Key, ...]) -> int:
    """Return the 1-based line of the deepest key or item on the way that exists."""
    node, line = root, root.start_mark.line
    for key in keys:
        step = _step(node, key)
        if step is None:
            break
        line, node = step
    return int(line) + 1


def _step(node: yaml.Node, key: Key) -> tuple[int, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            if name.value == key:
                return name.start_mark.line, value
    elif isinstance(node, yaml.SequenceNode) and isinstance(key, int) and key < len(node.value):
        return node.value[key].start_mark.line, node.value[key]
    return None


def _key_name(keys: tuple[Key, ...]) -> str:
    """Write a way into the data as a reader counts it: rules[2].terms[1].text."""
    name = ""
    for key in keys:
        name += f"[{key + 1}]" if isinstance(key, int) else f".{key}" if name else key
    return name or "文件"
