"""Land classes: the classification of 2023 beside GB/T 21010-2017, and where the two are not one to one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal, Self

from pydantic import Field, RootModel, StringConstraints, model_validator

from parkmap.errors import RuleError
from parkmap.plan.elements import Closed, Name

if TYPE_CHECKING:
    from collections.abc import Mapping

Code = Annotated[str, StringConstraints(pattern=r"^\d{2}(\d{2}){0,2}$")]


class LandClass(Closed):
    """One class of land."""

    code: Code
    """Code of the classification of 2023 (自然资发〔2023〕234号): two, four or six digits."""
    name: Name
    """Name."""
    gb2017: tuple[Code, ...]
    """Codes of GB/T 21010-2017 that cover it; empty where none does."""
    relation: Literal["same", "part", "whole", "overlap"]
    """`same` one to one, `part` one part of the older class, `whole` gathers several, `overlap` scopes cross."""
    note: Name | None = None
    """Where and why the two classifications differ."""

    @model_validator(mode="after")
    def _relation_fits(self) -> Self:
        if self.relation in ("same", "part") and len(self.gb2017) != 1:
            raise RuleError(
                f"relation 为 {self.relation} 时须写且只写一个 GB/T 21010-2017 代码",
                f"relation '{self.relation}' needs exactly one code of GB/T 21010-2017",
            )
        if self.relation == "whole" and len(self.gb2017) < 2:  # noqa: PLR2004
            raise RuleError(
                "relation 为 whole 时须写多个 GB/T 21010-2017 代码",
                "relation 'whole' needs several codes of GB/T 21010-2017",
            )
        return self


class LandClasses(RootModel[Annotated[tuple[LandClass, ...], Field(min_length=1)]]):
    """The register."""

    @model_validator(mode="after")
    def _codes_once(self) -> Self:
        codes = [entry.code for entry in self.root]
        repeated = sorted({code for code in codes if codes.count(code) > 1})
        if repeated:
            raise RuleError(f"代码重复：{', '.join(repeated)}", f"repeated codes: {', '.join(repeated)}")
        return self

    @property
    def by_code(self) -> Mapping[str, LandClass]:
        """Classes by code."""
        return {entry.code: entry for entry in self.root}
