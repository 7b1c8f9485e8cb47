"""One row of a check: what is wrong, where, how bad, and what to do."""

from __future__ import annotations

import dataclasses
from typing import Literal

from parkmap import messages

Severity = Literal["error", "warning", "note"]
"""`error`: the input cannot be used; `warning`: the result may mislead; `note`: a gap of the document itself."""


NOTHING_NEAR = "-"
"""Value of the gap `near` where nothing resembles what was asked for; the advice then speaks without it."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class Finding:
    """One result of a check.

    Parameters
    ----------
    code
        Key of the text in `parkmap.messages`; its advice has the key ``<code>.advice``.
    severity
        `error`, `warning` or `note`.
    file
        File that holds the problem, as the user would name it.
    key
        Key path, row or feature inside the file.
    line
        Line number in the file, counted from 1.
    ids
        Ids of the items or features concerned.
    values
        Values that the text needs, already as strings.
    """

    code: str
    severity: Severity
    file: str | None = None
    key: str | None = None
    line: int | None = None
    ids: tuple[str, ...] = ()
    values: tuple[tuple[str, str], ...] = ()

    @property
    def place(self) -> str:
        """File, line and key in one string."""
        where = self.file or ""
        if self.line is not None:
            where = f"{where}:{self.line}"
        return " ".join(part for part in (where, self.key) if part)

    def text(self, lang: messages.Lang) -> str:
        """Say what is wrong, in one sentence."""
        return messages.text(self.code, lang, **self._gaps())

    def advice(self, lang: messages.Lang) -> str:
        """Say what to do about it, in one sentence."""
        gaps = self._gaps()
        alone = f"{self.code}.advice.alone"
        key = alone if gaps.get("near") == NOTHING_NEAR and alone in messages.TEXTS else f"{self.code}.advice"
        return messages.text(key, lang, **gaps)

    def _gaps(self) -> dict[str, object]:
        """Return everything that a text may speak of: the values, and where the problem is."""
        return {"file": self.file, "line": self.line, "key": self.key, **dict(self.values)}


def finding(
    code: str,
    severity: Severity,
    *,
    file: str | None = None,
    key: str | None = None,
    line: int | None = None,
    ids: tuple[str, ...] = (),
    **values: object,
) -> Finding:
    """Make a finding; the remaining keywords fill the gaps in its text."""
    filled = tuple((name, str(value)) for name, value in values.items())
    return Finding(code=code, severity=severity, file=file, key=key, line=line, ids=ids, values=filled)
