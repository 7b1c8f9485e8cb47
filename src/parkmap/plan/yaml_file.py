"""Read a YAML file so that every later finding can name its line."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

import yaml

from parkmap.errors import InvalidInputError
from parkmap.finding import Finding, finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C one is eight times as fast, where it is built

KeyPath = tuple[str | int, ...]
"""Keys and list positions from the top of the file down to one value."""


@dataclasses.dataclass(frozen=True)
class YamlFile:
    """A parsed file with the line of each of its values.

    Parameters
    ----------
    path
        Where it lies.
    data
        Its content.
    lines
        Line number, counted from 1, of each key path.
    """

    path: Path
    data: Any
    lines: Mapping[KeyPath, int]

    def line(self, key: KeyPath) -> int | None:
        """Return the line of a key path, or of the nearest path above it that exists."""
        while key not in self.lines and key:
            key = key[:-1]
        return self.lines.get(key)


def read_yaml(path: Path) -> YamlFile:
    """Read one file.

    Parameters
    ----------
    path
        File to read, UTF-8.

    Returns
    -------
    YamlFile
        Content and line numbers.

    Raises
    ------
    InvalidInputError
        When the file cannot be read, is not YAML, or repeats a key.
    """
    name = str(path)
    try:
        text = path.read_text(encoding="utf-8-sig")
        node, data = _parse(text)
    except UnicodeDecodeError as error:
        raise InvalidInputError([finding("file.not_utf8", "error", file=name)]) from error
    except OSError as error:
        raise InvalidInputError([finding("file.unreadable", "error", file=name, why=error.strerror)]) from error
    except (yaml.YAMLError, ValueError) as error:
        raise InvalidInputError([_syntax_finding(name, error)]) from error
    if node is not None and _holds_itself(node, ()):
        raise InvalidInputError([finding("file.not_yaml", "error", file=name, why="a value holds itself")])
    places = list(_walk(node, ())) if node is not None else []
    repeated = [_repeated(name, key, line) for key, line, fresh in places if not fresh]
    if repeated:
        raise InvalidInputError(repeated)
    return YamlFile(path, data, {key: line for key, line, _ in places})


def _parse(text: str) -> tuple[yaml.Node | None, Any]:
    """Parse once for both the positions and the values."""
    loader = _LOADER(text)
    try:
        node = loader.get_single_node()
        return node, None if node is None else loader.construct_document(node)
    finally:
        loader.dispose()


def _holds_itself(node: yaml.Node, above: tuple[int, ...]) -> bool:
    """Tell whether an alias leads back to a value that contains it."""
    if id(node) in above:
        return True
    inside = [*above, id(node)]
    parts = node.value if isinstance(node, yaml.CollectionNode) else []
    inner = [part for pair in parts for part in pair] if isinstance(node, yaml.MappingNode) else parts
    return any(_holds_itself(part, tuple(inside)) for part in inner)


def _syntax_finding(name: str, error: Exception) -> Finding:
    mark = getattr(error, "problem_mark", None)
    why = getattr(error, "problem", None) or str(error)
    return finding("file.not_yaml", "error", file=name, line=mark.line + 1 if mark else None, why=why)


def _repeated(name: str, key: KeyPath, line: int) -> Finding:
    return finding("file.repeated_key", "error", file=name, line=line, key=dotted(key), name=key[-1])


def _walk(node: yaml.Node, key: KeyPath) -> Iterator[tuple[KeyPath, int, bool]]:
    """Yield each key path with its line, and whether the key is new in its mapping."""
    if not key:
        yield key, node.start_mark.line + 1, True
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for name, value in node.value:
            inner = (*key, str(name.value))
            yield inner, name.start_mark.line + 1, name.value not in seen
            seen.add(name.value)
            yield from _walk(value, inner)
    elif isinstance(node, yaml.SequenceNode):
        for position, value in enumerate(node.value):
            inner = (*key, position)
            yield inner, value.start_mark.line + 1, True
            yield from _walk(value, inner)


def dotted(key: KeyPath) -> str:
    """Write a key path as a person would: ``components[2].name.zh``."""
    text = ""
    for part in key:
        text += f"[{part}]" if isinstance(part, int) else f".{part}"
    return text.lstrip(".")
