"""Every value knows its line, and a file that cannot be read says why and where."""

from __future__ import annotations

import pytest

from parkmap.errors import InvalidInputError
from parkmap.plan.yaml_file import dotted, read_yaml


def written(tmp_path, content):
    path = tmp_path / "file.yaml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def only_finding(path):
    with pytest.raises(InvalidInputError) as caught:
        read_yaml(path)
    (found,) = caught.value.findings
    return found


def test_lines_are_counted_by_eye(tmp_path):
    source = read_yaml(
        written(
            tmp_path,
            "# head\n"  # 1
            "a: 1\n"  # 2
            "\n"  # 3
            "b:\n"  # 4
            "  - x: 1\n"  # 5
            "    y: [7, 8]\n"  # 6
            "  - {z: 2}\n"  # 7
            "c: {d: {e: 3}}\n",  # 8
        )
    )
    assert source.data == {"a": 1, "b": [{"x": 1, "y": [7, 8]}, {"z": 2}], "c": {"d": {"e": 3}}}
    expected = {
        ("a",): 2,
        ("b",): 4,
        ("b", 0): 5,
        ("b", 0, "x"): 5,
        ("b", 0, "y"): 6,
        ("b", 0, "y", 1): 6,
        ("b", 1): 7,
        ("b", 1, "z"): 7,
        ("c", "d", "e"): 8,
    }
    assert {key: source.line(key) for key in expected} == expected


def test_the_line_of_a_missing_key_is_that_of_its_nearest_parent(tmp_path):
    source = read_yaml(written(tmp_path, "a: 1\nb:\n  - x: 1\n  - x: 2\n"))
    assert source.line(("b", 1, "name", "zh")) == 4
    assert source.line(("b", 9)) == 2
    assert source.line(("nothing",)) == 1


def test_a_block_value_begins_at_its_key(tmp_path):
    source = read_yaml(written(tmp_path, "a: >-\n  long\n  text\nb: 2\n"))
    assert (source.line(("a",)), source.line(("b",))) == (1, 4)


def test_a_byte_order_mark_and_crlf_do_no_harm(tmp_path):
    source = read_yaml(written(tmp_path, b"\xef\xbb\xbfname: \xe8\xaf\x95\xe5\x9f\x8e\r\nnext: 1\r\n"))
    assert source.data == {"name": "试城", "next": 1}
    assert source.line(("next",)) == 2


def test_an_empty_file_has_no_content(tmp_path):
    assert read_yaml(written(tmp_path, "# nothing\n")).data is None


@pytest.mark.parametrize(
    ("content", "line", "key"),
    [
        ("a: 1\nb: 2\na: 3\n", 3, "a"),
        ("a:\n  b: 1\n  c: 2\n  b: 3\n", 4, "a.b"),
        ("a:\n  - {x: 1}\n  - {x: 1, x: 2}\n", 3, "a[1].x"),
    ],
)
def test_a_repeated_key_is_an_error_with_its_second_line(tmp_path, content, line, key):
    found = only_finding(written(tmp_path, content))
    assert (found.code, found.severity, found.line, found.key) == ("file.repeated_key", "error", line, key)


def test_every_repeated_key_is_reported(tmp_path):
    with pytest.raises(InvalidInputError) as caught:
        read_yaml(written(tmp_path, "a: 1\na: 2\nb: 1\nb: 2\nb: 3\n"))
    assert [f.line for f in caught.value.findings] == [2, 4, 5]


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ("a: 1\nb: [1, 2\nc: 3\n", 3),
        ("a: 1\n\tb: 2\n", 2),
        ('a: "open\n', 2),
        ("a: 1\n---\nb: 2\n", 2),
        ("a: !!python/object:os.system {}\n", 1),
        ("a: *nowhere\n", 1),
        ("? [1, 2]\n: 3\n", 1),
    ],
)
def test_what_is_not_yaml_names_the_line(tmp_path, content, line):
    found = only_finding(written(tmp_path, content))
    assert (found.code, found.severity) == ("file.not_yaml", "error")
    assert found.line == line
    assert found.text("zh") != found.text("en")


def test_a_date_that_does_not_exist_is_named(tmp_path):
    found = only_finding(written(tmp_path, "issued: 2023-02-30\n"))
    assert found.code == "file.not_yaml"
    assert "day" in found.text("en")


def test_gbk_is_not_utf8(tmp_path):
    found = only_finding(written(tmp_path, "name: 试城\n".encode("gbk")))
    assert (found.code, found.file) == ("file.not_utf8", str(tmp_path / "file.yaml"))


def test_a_missing_file_is_named(tmp_path):
    found = only_finding(tmp_path / "none.yaml")
    assert (found.code, found.file) == ("file.unreadable", str(tmp_path / "none.yaml"))


def test_a_folder_is_not_a_file(tmp_path):
    assert only_finding(tmp_path).code == "file.unreadable"


def test_a_value_that_holds_itself_is_refused_and_does_not_recurse_for_ever(tmp_path):
    found = only_finding(written(tmp_path, "a: 1\nb: &b [*b]\n"))
    assert found.code == "file.not_yaml"


def test_a_file_without_permission_is_named(tmp_path, monkeypatch):
    path = written(tmp_path, "a: 1\n")
    error = PermissionError(13, "Permission denied")

    def refuse(*_args, **_keywords):
        raise error

    monkeypatch.setattr(type(path), "read_text", refuse)
    monkeypatch.setattr(type(path), "read_bytes", refuse)
    monkeypatch.setattr(type(path), "open", refuse)
    found = only_finding(path)
    assert found.code == "file.unreadable"
    assert "Permission denied" in found.text("en")


@pytest.mark.parametrize(
    ("key", "text"),
    [((), ""), (("a",), "a"), (("a", 2, "name", "zh"), "a[2].name.zh"), (("a", 0, 1), "a[0][1]")],
)
def test_key_paths_are_written_as_a_person_would(key, text):
    assert dotted(key) == text
