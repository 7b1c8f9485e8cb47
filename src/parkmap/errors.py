"""Errors of parkmap: one root, and each is also the builtin that fits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parkmap.messages import own_lang

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parkmap.finding import Finding


class ParkmapError(Exception):
    """Root of all errors that parkmap raises on purpose."""


class InvalidInputError(ParkmapError, ValueError):
    """Input that cannot be used; carries every problem found, not only the first.

    Parameters
    ----------
    findings
        The problems, each with file, key or feature, and advice.
    """

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__(self.findings)

    def __str__(self) -> str:
        """Return every problem with its place, its code and what to do, in the language of whoever reads it."""
        lang = own_lang()
        return "\n".join(f"{f.place}: {f.text(lang)} [{f.code}] {f.advice(lang)}".lstrip(": ") for f in self.findings)


class RuleError(ValueError):
    """A value that breaks a rule of the schema, in the words of a user.

    Parameters
    ----------
    zh
        The rule in Chinese.
    en
        The rule in English.
    """

    def __init__(self, zh: str, en: str) -> None:
        self.zh = zh
        super().__init__(en)


class OutputExistsError(ParkmapError, FileExistsError):
    """A file that parkmap did not write stands where a result should go."""
