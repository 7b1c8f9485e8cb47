"""What `import parkmap` gives: projects, plans, and the answers to questions about them as frames and files."""

from parkmap.api.project import Plan, Project, open  # noqa: A004  read as parkmap.open
from parkmap.api.result import Result

__all__ = ["Plan", "Project", "Result", "open"]
