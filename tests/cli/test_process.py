"""What only a process of its own shows: start, imports, encodings, closed pipes."""

from __future__ import annotations

import io
import json
import subprocess
import sys

import pytest

from parkmap.cli.main import main

HEAVY = ("pandas", "geopandas", "folium", "shapely", "pyproj", "osmnx", "pydantic", "scipy", "rich", "yaml")


@pytest.mark.parametrize("words", [["--help"], ["quota", "--help"]])
def test_help_imports_nothing_heavy(process, words):
    code = (
        "import sys\n"
        f"sys.argv = ['parkmap', *{words!r}]\n"
        "from parkmap.cli.main import main\n"
        "try:\n    main()\n"
        "except SystemExit as left:\n    assert not left.code\n"
        f"print('LOADED', [m for m in {HEAVY!r} if m in sys.modules])\n"
    )
    ran = process(python=("-c", code), PYTHONUTF8="1")
    assert ran.code == 0, ran.err
    assert ran.out.rstrip().endswith("LOADED []")


def test_a_gbk_console(process):
    ran = process("show", "testville", "--lang", "zh", "--as-of", "2025-06-01", PYTHONIOENCODING="gbk")
    assert (ran.code, ran.stderr) == (0, b"")
    assert "试城核心区" in ran.stdout.decode("gbk")


@pytest.mark.parametrize("encoding", ["gbk", "ascii", "cp437", "utf-16"])
@pytest.mark.parametrize("words", ["show testville", "check testville", "show testvile"])
def test_a_console_of_another_encoding_does_not_stop_the_work(console, encoding, words):
    code, out, err = console(encoding, *words.split(), "--lang", "zh", "--as-of", "2025-06-01")
    assert code == (2 if "testvile" in words.split() else 0)
    if encoding == "gbk":
        assert any("一" <= char <= "鿿" for char in (out + err).decode("gbk"))


@pytest.mark.parametrize("encoding", ["gbk", "ascii"])
def test_json_is_utf8_whatever_the_console(console, encoding):
    code, out, _ = console(encoding, "show", "testville", "--json")
    assert code == 0
    assert json.loads(out.decode("utf-8"))["name_zh"] == "试城未来产业行动计划"


@pytest.fixture
def console(testville, monkeypatch):
    """Call `parkmap` with standard streams of some encoding."""
    monkeypatch.chdir(testville.root)

    def run(encoding, *words):
        streams = [io.TextIOWrapper(io.BytesIO(), encoding=encoding) for _ in range(2)]
        monkeypatch.setattr(sys, "stdout", streams[0])
        monkeypatch.setattr(sys, "stderr", streams[1])
        monkeypatch.setattr(sys, "argv", ["parkmap", *words])
        with pytest.raises(SystemExit) as left:
            main()
        for stream in streams:
            stream.flush()
        return left.value.code, *(stream.buffer.getvalue() for stream in streams)

    return run


def test_a_reader_that_leaves_early_is_no_traceback(testville):
    """`parkmap show ... | head -1`"""
    with subprocess.Popen(
        [sys.executable, "-m", "parkmap", "show", "guangzhou-health-2017", "--lang", "en"],
        cwd=testville.root,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as first:
        first.stdout.read(1)
        first.stdout.close()
        err = first.stderr.read()
    assert b"Traceback" not in err
    assert b"Exception ignored" not in err


@pytest.mark.parametrize(
    ("words", "zh", "en"),
    [
        (("map", "testville"), "缺少 -o/--output", "-o/--output is missing"),
        (("show",), "缺少 PLAN", "PLAN is missing"),
        (("quota", "testville", "--scenari", "x"), "没有选项 --scenari；是否指 --scenario", "perhaps --scenario"),
        (("quta", "testville"), "没有命令 quta；可用 quota", "there is no command quta; perhaps quota"),
        (("show", "testville", "--as-of", "2022-13-01"), "--as-of 的取值无效", "--as-of has an invalid value"),
    ],
)
def test_a_wrong_call_is_explained_in_the_users_language(parkmap, words, zh, en):
    for lang, text in (("zh", zh), ("en", en)):
        ran = parkmap(*words, "--lang", lang)
        assert ran.code == 2
        assert text in ran.err
        assert "--help" in ran.err
