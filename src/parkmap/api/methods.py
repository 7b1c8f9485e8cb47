"""Every registered question as a method of plans and of projects, so that a new question needs no edit here.

What type checkers and editors see of this module is `methods.pyi`, which `scripts/generate.py` writes out of the
registry.
"""

from parkmap.api.asking import ALL_PLANS, FURTHER_PLANS, Asked, methods


class PlanQuestions(Asked):
    """What can be asked of one plan."""

    locals().update(methods(FURTHER_PLANS))


class ProjectQuestions(Asked):
    """What can be asked of a project: questions about several plans, or about none."""

    locals().update(methods(ALL_PLANS))
