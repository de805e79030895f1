"""`spineanim cache` tells, checks and clears what is kept, and nothing else."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from spineanim.cli.main import cli, main
from spineanim.errors import OutputError
from spineanim.vault.places import default_bakes, default_recipes, default_segments
from spineanim.vault.vault import Vault

KEYS = [f"{index:02x}" * 16 for index in range(3)]


@pytest.fixture(name="root", autouse=True)
def _root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SPINEANIM_CACHE", str(tmp_path))
    return tmp_path


@pytest.fixture(name="segments")
def _segments() -> Vault:
    """Give three segments of 10 kB, last used 20, 10 and 0 days ago; a bake; a recipe."""
    segments = default_segments()
    for index, key in enumerate(KEYS):
        segments.put(key, bytes(10_000))
        used_s = time.time() - 86400.0 * 10 * (2 - index)
        os.utime(segments.path(key), (used_s, used_s))
    default_bakes().put(KEYS[0], b"a bake")
    default_recipes().put(KEYS[0], {"content": KEYS[1]})
    return segments


def call(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["cache", *arguments], standalone_mode=False)


def files(root: Path) -> set[str]:
    return {file.relative_to(root).as_posix() for file in root.rglob("*") if file.is_file()}


@pytest.mark.usefixtures("segments")
def test_info_says_what_is_there(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPINEANIM_CACHE_LIMIT_GB", "14")
    first, *lines = call("info").output.splitlines()
    assert first.startswith(str(root))
    assert [line.split()[:2] for line in lines] == [
        ["bakes", "1"], ["segments", "3"], ["recipes", "1"],
    ]  # fmt: skip
    assert "29 KB of   7.8 GB  used 20" in lines[1]
    facts = json.loads(call("info", "--json").output)
    assert facts["folder"] == str(root)
    assert facts["bakes"]["limit_bytes"] == 6 * 1024**3
    segments = facts["segments"]
    assert segments["count"] == 3 and segments["size_bytes"] > 30_000
    assert segments["newest_use_s"] - segments["oldest_use_s"] == pytest.approx(20 * 86400, abs=60)


def test_nothing_kept_is_no_trouble(root: Path) -> None:
    assert [line.split()[1] for line in call("info").output.splitlines()[1:]] == ["0"] * 3
    assert call("verify").output.splitlines()[-1] == "all is well"
    assert call("clear").output.splitlines()[0] == "bakes: 0 removed, 0 B freed"
    assert root.is_dir()


def test_verify_finds_every_damage_and_takes_it_away(
    segments: Vault, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call("verify").return_value == 0
    used = {entry.key: entry.used_s for entry in segments.entries()}
    segments.path(KEYS[1]).write_bytes(segments.path(KEYS[1]).read_bytes()[:-1])
    default_bakes().path(KEYS[0]).write_bytes(b"foreign")
    with pytest.raises(SystemExit) as ended:
        main(["cache", "verify"])
    assert ended.value.code == 1
    said = capsys.readouterr()
    assert said.out.splitlines() == [
        "bakes: 1 read", "segments: 3 read", "recipes: 1 read", "2 damaged",
    ]  # fmt: skip
    lines = said.err.splitlines()
    assert [line.split(" was")[0] for line in lines] == [
        "spineanim: a kept bake", "spineanim: a kept segment",
    ]  # fmt: skip
    assert str(segments.path(KEYS[1])) in lines[1]
    assert {entry.key: entry.used_s for entry in segments.entries()} == {
        key: used[key] for key in (KEYS[0], KEYS[2])
    }
    assert call("verify").return_value == 0


def test_verify_may_look_at_one_kind(segments: Vault) -> None:
    segments.path(KEYS[1]).write_bytes(b"")
    assert call("verify", "bakes", "recipes").return_value == 0
    assert call("verify", "segments").return_value == 1


@pytest.mark.usefixtures("segments")
def test_clear_removes_all_and_says_how_much(root: Path) -> None:
    result = call("clear")
    assert result.output.splitlines() == [
        "bakes: 1 removed, 4 KB freed", "segments: 3 removed, 29 KB freed",
        "recipes: 1 removed, 4 KB freed",
    ]  # fmt: skip
    assert list(root.iterdir()) == []


@pytest.mark.usefixtures("segments")
def test_clear_may_take_one_kind(root: Path) -> None:
    call("clear", "segments")
    assert sorted(folder.name for folder in root.iterdir()) == ["bakes", "recipes"]


def test_clear_may_spare_what_was_used_lately(segments: Vault) -> None:
    assert "segments: 2 removed" in call("clear", "--older-than", "5").output
    assert list(segments.keys()) == [KEYS[2]]
    assert len(list(default_bakes().keys())) == 1


@pytest.mark.parametrize("days", ["-1", "nan", "many"])
def test_a_number_of_days_is_asked_for(days: str, segments: Vault) -> None:
    assert call("clear", "--older-than", days).exception is not None
    assert len(list(segments.keys())) == 3


def test_clear_leaves_what_the_program_did_not_write(root: Path, segments: Vault) -> None:
    """The variable may point at a folder that is full of other things."""
    elsewhere = root / "elsewhere"
    theirs = [
        root / "letter.txt",
        root / "bakes" / "bread.txt",
        root / "bakes" / "ab" / "notes.bake",
        root / "bakes" / f"{KEYS[0]}.bake",
        root / "segments" / KEYS[0][:2] / "photo.jpg",
        root / "segments" / KEYS[0][:2] / f"{KEYS[1]}.segment",
        root / "segments" / KEYS[0][:2] / f"{KEYS[0]}.bake",
        root / "segments" / "fruit" / f"{KEYS[0]}.segment",
        segments.path("cd" * 16) / "a folder of theirs",
        elsewhere / f"{'ee' * 16}.segment",
    ]
    for file in theirs:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("theirs")
    (root / "segments" / "ee").symlink_to(elsewhere)
    assert sorted(entry.key for entry in segments.entries()) == KEYS
    assert "segments: 3 removed" in call("clear").output
    assert files(root) == {file.relative_to(root).as_posix() for file in theirs}


def test_clear_takes_what_killed_writers_left(root: Path, segments: Vault) -> None:
    left = segments.path(KEYS[0]).with_name(f".{KEYS[0]}-x.partial")
    left.touch()
    os.utime(left, (1000.0, 1000.0))
    call("clear", "--older-than", "100")
    assert not left.exists() and len(list(segments.keys())) == 3
    assert root.is_dir()


@pytest.mark.usefixtures("segments")
def test_what_cannot_be_removed_is_one_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Vault, "remove", lambda *_: False)
    error = call("clear", "segments").exception
    assert isinstance(error, OutputError) and "3 files in" in str(error)
