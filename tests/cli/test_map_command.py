"""`parkmap map --online-basemap`: what the page may ask, and what is said about it.

| case | known from |
|---|---|
| none, by default | the content policy of the page names no host |
| osm | the policy names that host, and stderr says so |
| tianditu without a key | exit code 2, and the variable is named |
| tianditu with a key | the key stands in the page, and a warning says so |
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from parkmap.cli.map_command import command
from parkmap.errors import InvalidInputError

if TYPE_CHECKING:
    from pathlib import Path

KEY = "PARKMAP_TIANDITU_KEY"


def run(tmp_path: Path, project: object, *more: str, lang: str = "en") -> tuple[str, str, str]:
    """Write a page; return it, its policy for images, and what was said."""
    output = tmp_path / "map.html"
    arguments = ["testville", "-o", str(output), "--project", str(project.root), "--lang", lang, *more]  # type: ignore[attr-defined]
    result = CliRunner().invoke(command, arguments, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    page = output.read_text(encoding="utf-8")
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy is not None
    images = re.search(r"img-src ([^;]*);", html.unescape(policy[1]))
    assert images is not None
    return page, images[1], result.stderr


def test_by_default_the_page_may_ask_nothing(
    tmp_path: Path, testville: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(KEY, "abc123")
    page, images, said = run(tmp_path, testville)
    assert images == "data:"
    assert "abc123" not in page
    assert "tiles" not in said


def test_a_host_is_named_on_the_page_and_to_the_user(tmp_path: Path, testville: object) -> None:
    _, images, said = run(tmp_path, testville, "--online-basemap", "osm")
    assert images == "data: https://tile.openstreetmap.org"
    assert "tile.openstreetmap.org" in said


def test_the_key_is_taken_from_the_environment_with_a_warning(
    tmp_path: Path, testville: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(KEY, "abc123")
    page, images, said = run(tmp_path, testville, "--online-basemap", "tianditu", lang="zh")
    assert '"key":"abc123"' in page
    assert images.split() == ["data:", *(f"https://t{i}.tianditu.gov.cn" for i in range(8))]
    assert "密钥写在页面里" in said


def test_without_a_key_nothing_is_written(tmp_path: Path, testville: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(KEY, raising=False)
    with pytest.raises(InvalidInputError) as caught:
        run(tmp_path, testville, "--online-basemap", "tianditu")
    assert KEY in caught.value.findings[0].text("en")
    assert not (tmp_path / "map.html").exists()
