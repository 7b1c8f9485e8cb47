"""References between entries: broken ones, and circles."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from parkmap.finding import Finding, finding
from parkmap.plan.yaml_file import KeyPath

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

Located = tuple[KeyPath, Finding]
"""A finding that knows only its key path; the loader adds file and line."""


def broken_references(key: KeyPath, kind: str, wanted: Iterable[str], known: Collection[str]) -> Iterator[Located]:
    """Yield a finding for each id that does not exist.

    Parameters
    ----------
    key
        Where the ids stand.
    kind
        What they name.
    wanted
        The ids.
    known
        Ids that exist.
    """
    for name in wanted:
        if name not in known:
            yield key, broken_reference(kind, name, known)


def broken_reference(kind: str, name: str, known: Iterable[str]) -> Finding:
    """Return the finding for an id that does not exist, with the nearest that does.

    Parameters
    ----------
    kind
        What the id names.
    name
        The id.
    known
        Ids that exist.
    """
    near = difflib.get_close_matches(name, list(known), n=1)
    return finding("link.broken", "error", kind=kind, name=name, near=near[0] if near else "-")


def transitive_closure(start: str, following: Mapping[str, Iterable[str]]) -> set[str]:
    """Return everything that can be reached from an entry, itself included.

    Parameters
    ----------
    start
        Where to begin.
    following
        Next entries of each.
    """
    found: set[str] = set()
    waiting = [start]
    while waiting:
        current = waiting.pop()
        if current not in found:
            found.add(current)
            waiting += following.get(current, ())
    return found
