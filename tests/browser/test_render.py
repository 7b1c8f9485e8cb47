"""The document that `render` returns, without a browser."""

from __future__ import annotations

import json
import re

import pytest

from parkmap.errors import InvalidInputError
from parkmap.output.html.page import render

from .conftest import STYLE, feature, group, point, sample_page, words


def test_the_same_page_gives_the_same_bytes() -> None:
    first = render(sample_page(), style=STYLE, lang="zh")
    assert first == render(sample_page(), style=STYLE, lang="zh")
    assert not re.search(r"_[0-9a-f]{32}\b", first)


def test_users_texts_are_not_taken_for_ids() -> None:
    digest = "_d41d8cd98f00b204e9800998ecf8427e"
    assert digest in render(sample_page(sources=(words(digest),)), style=STYLE, lang="zh")


def test_an_unknown_style_is_refused() -> None:
    page = sample_page(groups=(group("x", words("x"), None, feature("x", words("x"), point(114, 22), "no-such-role")),))
    with pytest.raises(InvalidInputError) as caught:
        render(page, style=STYLE, lang="zh")
    assert "no-such-role" in caught.value.findings[0].text("zh")


def test_the_data_is_plain_json() -> None:
    html = render(sample_page(), style=STYLE, lang="zh")
    data = re.search(r'<script type="application/json" id="parkmap-data">(.*?)</script>', html, re.DOTALL)
    assert data is not None
    assert "<" not in data[1]
    assert len(json.loads(data[1])["groups"]) == 6
