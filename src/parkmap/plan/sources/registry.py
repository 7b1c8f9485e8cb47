"""The registry of cited clauses: the SHA-256 of each, kept in config/clauses.yaml beside the document registry."""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml
from pydantic import TypeAdapter, ValidationError

from parkmap.errors import InvalidInputError
from parkmap.finding import finding
from parkmap.plan.yaml_file import read_yaml

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parkmap.plan.catalog import Catalog

HEADER = """\
# SHA-256 of each cited clause, by document: of its text after NFKC and without white space.
# Written by `parkmap check --all --sources DIR --register`; do not edit.
"""
_SHAPE = TypeAdapter(dict[str, dict[str, str]])


def read_hashes(catalog: Catalog, *, own_only: bool = False) -> dict[str, dict[str, str]]:
    """Return the registered hashes by document and clause; the user's own file goes before the shipped one.

    Parameters
    ----------
    catalog
        Where to look.
    own_only
        Only what the user's own folder registers.

    Raises
    ------
    InvalidInputError
        When a registry cannot be read or is no mapping of documents to clauses to hashes.
    """
    merged: dict[str, dict[str, str]] = {}
    for path in catalog.clause_files():
        if own_only and path != catalog.own_clause_file():
            continue
        try:
            content = _SHAPE.validate_python(read_yaml(path).data or {})
        except ValidationError as error:
            problem = finding("cite.registry", "error", file=catalog.display(path), why=error.errors()[0]["msg"])
            raise InvalidInputError([problem]) from error
        for document, clauses in content.items():
            merged[document] = {**merged.get(document, {}), **clauses}
    return merged


def hashes_text(hashes: Mapping[str, Mapping[str, str]]) -> str:
    """Return the text of a registry, in order of document and clause.

    Parameters
    ----------
    hashes
        SHA-256 by document and clause.
    """
    plain = {document: dict(sorted(clauses.items())) for document, clauses in sorted(hashes.items())}
    return HEADER + yaml.safe_dump(plain, allow_unicode=True, sort_keys=False, width=1000)
