"""Classes of the covered share on the map: nothing, to 10 %, 25 %, 50 %, more; a limit belongs to the class below."""

from __future__ import annotations

import pytest

from parkmap.questions.coverage.page import style_of


@pytest.mark.parametrize(
    ("share", "style"),
    [
        (0.0, "cover-0"),
        (1e-9, "cover-0"),  # rounding of an edge
        (1e-6, "cover-1"),
        (0.1, "cover-1"),
        (0.1001, "cover-2"),
        (0.25, "cover-2"),
        (0.5, "cover-3"),
        (0.51, "cover-4"),
        (1.0, "cover-4"),
        (1.0 + 1e-12, "cover-4"),
    ],
)
def test_each_share_has_its_class(share, style):
    assert style_of(share) == style
