from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from spineanim.errors import OutputError
from spineanim.render.files import sha256_of, written_aside


def test_files_arrive_together_and_leave_nothing_aside(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    with written_aside(folder) as aside:
        (aside / "one").write_text("1")
        (aside / "two").write_text("2")
        assert [each.name for each in folder.iterdir()] == [aside.name]
    assert sorted(each.name for each in folder.iterdir()) == ["one", "two"]


@pytest.mark.parametrize("error", [RuntimeError("boom"), KeyboardInterrupt()])
def test_an_interrupted_write_leaves_what_was_there(tmp_path: Path, error: BaseException) -> None:
    (tmp_path / "film").write_text("old")
    with pytest.raises(type(error)), written_aside(tmp_path) as aside:
        (aside / "film").write_text("half")
        raise error
    assert (tmp_path / "film").read_text() == "old"
    assert [each.name for each in tmp_path.iterdir()] == ["film"]


def test_what_a_killed_process_left_is_cleared_but_not_a_running_ones(tmp_path: Path) -> None:
    child = subprocess.Popen([sys.executable, "-c", "pass"])
    child.wait()
    dead = tmp_path / f".partial-{child.pid}"
    alive = tmp_path / f".partial-{os.getppid()}"
    dead.mkdir()
    alive.mkdir()
    with written_aside(tmp_path):
        pass
    assert not dead.exists()
    assert alive.exists()


@pytest.mark.parametrize(
    ("number", "says"),
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EACCES, "Permission denied"),
        (errno.EROFS, "Read-only file system"),
        (errno.EIO, "Input/output error"),
    ],
)
def test_trouble_with_the_disk_is_one_line_with_a_remedy(
    tmp_path: Path, number: int, says: str
) -> None:
    (tmp_path / "film").write_text("old")
    with pytest.raises(OutputError) as caught, written_aside(tmp_path):
        raise OSError(number, os.strerror(number))
    assert says in str(caught.value)
    assert "--output" in caught.value.hint
    assert (tmp_path / "film").read_text() == "old"


def test_a_file_in_the_way_of_the_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(OutputError, match="cannot write to"), written_aside(tmp_path / "taken"):
        pass


def test_sha256_is_that_of_the_bytes(tmp_path: Path) -> None:
    (tmp_path / "abc").write_bytes(b"abc")
    assert sha256_of(tmp_path / "abc").startswith("ba7816bf8f01cfea414140de5dae2223")
