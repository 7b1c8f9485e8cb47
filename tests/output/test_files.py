"""Files are written whole or not at all, and nothing is replaced that parkmap did not write."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from pathlib import Path

import pytest

from parkmap.errors import OutputExistsError
from parkmap.output.files import MANIFEST, sha256, write_file, write_folder

RUN = {"plan": "testville", "as_of": "2025-06-01"}


def write(folder, files, *, overwrite=False):
    write_folder(folder, files, RUN, overwrite=overwrite)


def content(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def leftovers(parent, *known):
    return sorted({path.name for path in parent.iterdir()} - set(known))


@pytest.fixture
def folder(tmp_path):
    """A folder with an earlier result of parkmap."""
    target = tmp_path / "maps" / "testville"
    write(target, {"a.txt": b"old a", "b.txt": b"old b"})
    return target


# A folder


def test_a_new_folder_has_the_files_and_a_manifest(tmp_path):
    target = tmp_path / "deep" / "er" / "maps"
    write(target, {"b.txt": b"2", "a.txt": b"1"})
    assert set(content(target)) == {"a.txt", "b.txt", MANIFEST}
    record = json.loads((target / MANIFEST).read_text(encoding="utf-8"))
    assert record["tool"] == "parkmap"
    assert record["plan"] == "testville"
    assert record["outputs"] == {"a.txt": hashlib.sha256(b"1").hexdigest(), "b.txt": hashlib.sha256(b"2").hexdigest()}
    assert leftovers(target.parent, "maps") == []


def test_an_earlier_result_is_replaced(folder):
    write(folder, {"a.txt": b"new a", "b.txt": b"new b"})
    assert content(folder)["a.txt"] == b"new a"
    assert json.loads(content(folder)[MANIFEST])["outputs"]["b.txt"] == sha256(b"new b")
    assert leftovers(folder.parent, "testville") == []


def test_the_same_result_again_changes_no_byte(folder):
    before = content(folder)
    write(folder, {"a.txt": b"old a", "b.txt": b"old b"})
    assert content(folder) == before


def test_what_an_earlier_run_wrote_and_this_one_does_not_is_removed(folder):
    write(folder, {"b.txt": b"new b", "c.txt": b"new c"})
    assert set(content(folder)) == {"b.txt", "c.txt", MANIFEST}


def test_files_of_others_with_other_names_are_left_alone(folder):
    (folder / "notes.txt").write_bytes(b"mine")
    write(folder, {"a.txt": b"new a"})
    assert content(folder)["notes.txt"] == b"mine"


def test_a_foreign_file_in_the_way_is_refused_and_nothing_changes(folder):
    (folder / "c.txt").write_bytes(b"mine")
    before = content(folder)
    with pytest.raises(OutputExistsError, match=r"c\.txt"):
        write(folder, {"a.txt": b"new a", "c.txt": b"new c"})
    assert content(folder) == before
    assert leftovers(folder.parent, "testville") == []


def test_a_folder_that_parkmap_never_wrote_is_refused(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"mine")
    with pytest.raises(OutputExistsError):
        write(tmp_path, {"a.txt": b"new"})
    assert content(tmp_path) == {"a.txt": b"mine"}


def test_an_own_file_changed_since_is_refused(folder):
    (folder / "a.txt").write_bytes(b"edited by hand")
    with pytest.raises(OutputExistsError, match=r"a\.txt"):
        write(folder, {"a.txt": b"new a", "b.txt": b"new b"})
    assert content(folder)["a.txt"] == b"edited by hand"
    assert content(folder)["b.txt"] == b"old b"


def test_an_own_file_changed_since_is_not_removed_either(folder):
    """It is not written again, so it would be removed as stale; but the work in it is the user's."""
    (folder / "b.txt").write_bytes(b"edited by hand")
    try:
        write(folder, {"a.txt": b"new a"})
    except OutputExistsError:
        assert content(folder)["a.txt"] == b"old a"
    assert content(folder)["b.txt"] == b"edited by hand"


def test_overwrite_replaces_all(folder):
    (folder / "a.txt").write_bytes(b"edited by hand")
    (folder / "c.txt").write_bytes(b"mine")
    write(folder, {"a.txt": b"new a", "c.txt": b"new c"}, overwrite=True)
    assert {name: value for name, value in content(folder).items() if name != MANIFEST} == {
        "a.txt": b"new a",
        "c.txt": b"new c",
    }
    write(folder, {"a.txt": b"newer a", "c.txt": b"newer c"})  # from now on it is parkmap's own


@pytest.mark.parametrize(
    "record", [b"{}", b"[]", b"not json", b'{"tool": "other", "outputs": {"a.txt": "x"}}', b"\xff\xfe"]
)
def test_a_manifest_of_another_tool_is_foreign(tmp_path, record):
    (tmp_path / MANIFEST).write_bytes(record)
    with pytest.raises(OutputExistsError, match="manifest"):
        write(tmp_path, {"a.txt": b"new"})
    assert content(tmp_path) == {MANIFEST: record}


def test_a_file_where_the_folder_should_be_is_refused(tmp_path):
    (tmp_path / "maps").write_bytes(b"mine")
    with pytest.raises(OutputExistsError):
        write(tmp_path / "maps", {"a.txt": b"new"})
    assert (tmp_path / "maps").read_bytes() == b"mine"


def test_a_folder_of_the_name_of_a_file_is_refused(folder):
    (folder / "c.txt").mkdir()
    with pytest.raises(OutputExistsError):
        write(folder, {"c.txt": b"new"})
    assert (folder / "c.txt").is_dir()


def test_a_manifest_that_names_files_elsewhere_removes_nothing_there(folder):
    """A manifest is only a file: what it says must not reach outside of its folder."""
    precious = folder.parent / "precious.txt"
    precious.write_bytes(b"mine")
    record = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    record["outputs"]["../precious.txt"] = sha256(b"mine")
    (folder / MANIFEST).write_text(json.dumps(record), encoding="utf-8")
    with contextlib.suppress(OutputExistsError):
        write(folder, {"a.txt": b"new a"})
    assert precious.read_bytes() == b"mine"


# When writing fails


def full_disk(monkeypatch, after):
    """Let every write after the first ones fail as on a full disk."""
    done = []
    real = Path.write_bytes

    def write_bytes(self, data):
        done.append(self)
        if len(done) > after:
            raise OSError(28, "No space left on device", str(self))
        return real(self, data)

    monkeypatch.setattr(Path, "write_bytes", write_bytes)


@pytest.mark.parametrize("after", [0, 1, 2])
def test_a_full_disk_leaves_the_earlier_result_as_it_was(folder, monkeypatch, after):
    before = content(folder)
    with monkeypatch.context() as patch:
        full_disk(patch, after)
        with pytest.raises(OSError, match="No space left"):
            write(folder, {"a.txt": b"new a", "b.txt": b"new b"})
    assert content(folder) == before
    assert leftovers(folder.parent, "testville") == []


def test_a_full_disk_leaves_no_half_written_new_folder(tmp_path, monkeypatch):
    with monkeypatch.context() as patch:
        full_disk(patch, 1)
        with pytest.raises(OSError, match="No space left"):
            write(tmp_path / "maps", {"a.txt": b"1", "b.txt": b"2"})
    assert leftovers(tmp_path) == []


def test_an_interrupt_while_files_move_in_leaves_no_manifest(folder, monkeypatch):
    """A folder without its manifest is seen as broken: it cannot be taken for a whole result."""
    real, moved = Path.replace, []

    def replace(self, target):
        if moved:
            raise KeyboardInterrupt
        moved.append(target)
        return real(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", replace)
        with pytest.raises(KeyboardInterrupt):
            write(folder, {"a.txt": b"new a", "b.txt": b"new b"})
    assert MANIFEST not in content(folder)
    assert leftovers(folder.parent, "testville") == []
    for name, value in content(folder).items():
        assert value in {f"old {name[0]}".encode(), f"new {name[0]}".encode()}


# One file


def test_a_file_is_written_with_its_folders(tmp_path):
    write_file(tmp_path / "a" / "b" / "map.html", b"page", overwrite=False)
    assert (tmp_path / "a" / "b" / "map.html").read_bytes() == b"page"
    assert leftovers(tmp_path / "a" / "b", "map.html") == []


def test_a_file_that_exists_is_refused_unless_overwrite(tmp_path):
    target = tmp_path / "map.html"
    target.write_bytes(b"mine")
    with pytest.raises(OutputExistsError, match=r"map\.html"):
        write_file(target, b"page", overwrite=False)
    assert target.read_bytes() == b"mine"
    write_file(target, b"page", overwrite=True)
    assert target.read_bytes() == b"page"


def test_a_file_that_fails_leaves_the_old_one_and_nothing_else(tmp_path, monkeypatch):
    target = tmp_path / "map.html"
    target.write_bytes(b"old")
    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", lambda *_: (_ for _ in ()).throw(OSError(5, "Input/output error")))
        patch.setattr(os, "replace", lambda *_: (_ for _ in ()).throw(OSError(5, "Input/output error")))
        with pytest.raises(OSError, match="Input/output"):
            write_file(target, b"new", overwrite=True)
    assert content(tmp_path) == {"map.html": b"old"}


def test_a_file_can_be_read_by_others(tmp_path):
    if os.name != "posix":
        pytest.skip("file modes are those of POSIX")
    write_file(tmp_path / "map.html", b"page", overwrite=False)
    write(tmp_path / "maps", {"a.txt": b"1"})
    assert (tmp_path / "map.html").stat().st_mode & 0o044 == 0o044
    assert (tmp_path / "maps").stat().st_mode & 0o005 == 0o005 or os.umask(os.umask(0)) & 0o005


def test_the_error_is_a_parkmap_error_and_a_builtin_one(tmp_path):
    target = tmp_path / "map.html"
    target.write_bytes(b"mine")
    with pytest.raises(FileExistsError):
        write_file(target, b"page", overwrite=False)
