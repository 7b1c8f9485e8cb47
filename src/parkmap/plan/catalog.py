"""Where plans, policies and layers lie: the shipped ones, and the user's own folder that overrides them by id."""

from __future__ import annotations

import dataclasses
from importlib import resources
from pathlib import Path

CLAUSES = "config/clauses.yaml"
"""Registry of the hashes of cited clauses, written by `parkmap check --register`."""


@dataclasses.dataclass(frozen=True)
class Catalog:
    """Folders that hold `config/` and `layers/`, the first of them winning.

    Parameters
    ----------
    roots
        Folders in order of preference; the shipped one is last.
    """

    roots: tuple[Path, ...]

    def plan_files(self) -> dict[str, Path]:
        """Return the file of each plan id, in order of id."""
        return self._files("config/plans", "*.yaml")

    def policy_files(self) -> dict[str, Path]:
        """Return the file of each policy id, in order of id."""
        return self._files("config/policies", "*.yaml")

    def scenario_files(self, plan_id: str) -> dict[str, Path]:
        """Return the file of each scenario id of a plan, in order of id."""
        return self._files(f"config/scenarios/{plan_id}", "*.yaml")

    def document_files(self) -> tuple[Path, ...]:
        """Return the document registries, the preferred one last so that it overrides."""
        return tuple(p for root in reversed(self.roots) if (p := root / "config/documents.yaml").is_file())

    def clause_files(self) -> tuple[Path, ...]:
        """Return the registries of clause hashes, the preferred one last so that it overrides."""
        return tuple(p for root in reversed(self.roots) if (p := root / CLAUSES).is_file())

    def own_clause_file(self) -> Path:
        """Return where the hashes of the user's own clauses are kept."""
        return self.roots[0] / CLAUSES

    def land_class_file(self) -> Path | None:
        """Return the register of land classes in use, or None where there is none."""
        return self.resolve("config/land_classes.yaml")

    def style_file(self) -> Path:
        """Return the style file in use."""
        return self.resolve("config/style.yaml") or self.roots[-1] / "config/style.yaml"

    def resolve(self, relative: str) -> Path | None:
        """Return the first existing file of that relative name, or None."""
        return next((p for root in self.roots if (p := root / relative).is_file()), None)

    def display(self, path: Path) -> str:
        """Return a path as the user knows it: relative to the root that holds it, with forward slashes."""
        for root in self.roots:
            if path.is_relative_to(root):
                return path.relative_to(root).as_posix()
        return path.as_posix()

    def _files(self, folder: str, pattern: str) -> dict[str, Path]:
        found: dict[str, Path] = {}
        for root in reversed(self.roots):
            found.update({path.stem: path for path in (root / folder).glob(pattern)})
        return dict(sorted(found.items()))


def shipped_root() -> Path:
    """Return the folder with the shipped `config/` and `layers/`: package data, or the checkout in use."""
    packaged = Path(str(resources.files("parkmap"))) / "data"
    return packaged if packaged.is_dir() else Path(__file__).resolve().parents[3]


def open_catalog(project: Path | None = None) -> Catalog:
    """Return the catalog of a user's folder over the shipped data.

    Parameters
    ----------
    project
        Folder with the user's own `config/` and `layers/`; None is the current folder.
    """
    own = (project or Path.cwd()).resolve()
    shipped = shipped_root().resolve()
    return Catalog((shipped,) if own == shipped else (own, shipped))
