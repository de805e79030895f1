"""What is put comes back; what is not what was put is missing, gone, and told of."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spineanim.vault import entry as entries
from spineanim.vault.damage import Damage, damage_watched
from spineanim.vault.kinds import BAKES, KINDS, RECIPES, SEGMENTS, Kind
from spineanim.vault.recipes import Recipes
from spineanim.vault.vault import Vault

KEY = "ab" * 16
OTHER = "ab" * 15 + "cd"
EACH_KIND = pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))


@pytest.fixture(name="vault")
def _vault(tmp_path: Path) -> Vault:
    return Vault(tmp_path / "segments", SEGMENTS, 10**9)


@pytest.fixture(name="told")
def _told() -> Iterator[list[Damage]]:
    """Give all damage that is told of."""
    found: list[Damage] = []
    with damage_watched(found.append):
        yield found


@EACH_KIND
@pytest.mark.parametrize("payload", [b"", b"x", bytes(range(256)) * 999], ids=len)
def test_what_is_put_comes_back(
    tmp_path: Path, told: list[Damage], kind: Kind, payload: bytes
) -> None:
    vault = Vault(tmp_path / kind.name, kind, 10**9)
    assert vault.get(KEY) is None and not vault.has(KEY)
    assert vault.put(KEY, payload)
    assert vault.get(KEY) == payload and vault.has(KEY)
    assert list(vault.keys()) == [KEY]
    assert vault.put(KEY, b"another") and vault.get(KEY) == b"another"
    assert vault.remove(KEY) and vault.get(KEY) is None and not vault.remove(KEY)
    assert told == []
    assert not [file for file in tmp_path.rglob("*") if file.is_file()]


@pytest.mark.parametrize(
    "key",
    ["", "ab", "../../etc/passwd", "ab/cd", "ABCD", "abcg", "abcd\n", "a" * 129, "ab\0d", "äöü"],
)
def test_a_key_that_is_no_digest_is_refused(vault: Vault, key: str) -> None:
    for call in (vault.path, vault.get, vault.has, vault.remove):
        with pytest.raises(ValueError, match="is no key"):
            call(key)
    with pytest.raises(ValueError, match="is no key"):
        vault.put(key, b"")


def _cut_short(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-1])


def _one_bit(file: Path) -> None:
    raw = bytearray(file.read_bytes())
    raw[-1] ^= 4
    file.write_bytes(raw)


def _longer(file: Path) -> None:
    file.write_bytes(file.read_bytes() + b"\0")


def _empty(file: Path) -> None:
    file.write_bytes(b"")


def _foreign(file: Path) -> None:
    file.write_bytes(b"a picture of a holiday by the sea, not of a spine")


def _folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


def _pipe(file: Path) -> None:
    file.unlink()
    os.mkfifo(file)


def _lost_link(file: Path) -> None:
    file.unlink()
    file.symlink_to(file)


HARMS: list[Callable[[Path], None]] = [
    _cut_short, _one_bit, _longer, _empty, _foreign, _folder, _pipe, _lost_link,
]  # fmt: skip


@EACH_KIND
@pytest.mark.parametrize("harm", HARMS, ids=lambda harm: harm.__name__.strip("_"))
def test_damage_is_missing_gone_told_of_and_mended(
    tmp_path: Path, told: list[Damage], kind: Kind, harm: Callable[[Path], None]
) -> None:
    vault = Vault(tmp_path / kind.name, kind, 10**9)
    vault.put(KEY, b"payload")
    harm(vault.path(KEY))
    assert vault.get(KEY) is None
    ((damage),) = told
    assert (damage.kind, damage.file, damage.is_gone) == (kind, vault.path(KEY), True)
    assert not os.path.lexists(vault.path(KEY))
    assert str(damage).startswith(f"a kept {kind.one} was damaged (")
    assert f"is {kind.made} again: {damage.file}" in str(damage)
    assert "\n" not in str(damage)
    assert vault.put(KEY, b"payload") and vault.get(KEY) == b"payload"
    assert len(told) == 1


@given(payload=st.binary(max_size=300), data=st.data())
def test_every_cut_and_every_flipped_bit_is_noticed(payload: bytes, data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(list(KINDS.values())))
    raw = entries.sealed(kind, KEY, payload)
    if data.draw(st.booleans()):
        harmed = raw[: data.draw(st.integers(0, len(raw) - 1))]
    else:
        place = data.draw(st.integers(0, 8 * len(raw) - 1))
        flipped = int.from_bytes(raw, "big") ^ (1 << place)
        harmed = flipped.to_bytes(len(raw), "big")
    with TemporaryDirectory() as folder:
        file = Path(folder) / "file"
        file.write_bytes(raw)
        assert entries.read_entry(kind, KEY, file) == payload
        file.write_bytes(harmed)
        with pytest.raises(entries.DamageError):
            entries.read_entry(kind, KEY, file)


def test_a_file_under_the_name_of_another_is_noticed(vault: Vault, told: list[Damage]) -> None:
    vault.put(KEY, b"of one")
    vault.path(KEY).rename(vault.path(OTHER))
    assert vault.get(OTHER) is None and len(told) == 1


def test_a_file_of_another_kind_is_noticed(tmp_path: Path, told: list[Damage]) -> None:
    segments, recipes = (Vault(tmp_path, kind, 10**9) for kind in (SEGMENTS, RECIPES))
    segments.put(KEY, b"{}")
    segments.path(KEY).rename(recipes.path(KEY))
    assert recipes.get(KEY) is None and len(told) == 1


def test_a_folder_of_others_in_the_place_of_an_entry_stays(
    vault: Vault, told: list[Damage]
) -> None:
    theirs = vault.path(KEY) / "theirs.txt"
    theirs.parent.mkdir(parents=True)
    theirs.write_text("mine")
    assert vault.get(KEY) is None
    assert not vault.put(KEY, b"payload")
    assert isinstance(vault.trouble, OSError)
    assert vault.trim(0) == 0 and not vault.remove(KEY)
    assert theirs.read_text() == "mine"
    assert not told[0].is_gone and "by hand" in str(told[0])


def _raising(number: int) -> Callable[..., None]:
    def fail(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    return fail


@pytest.mark.parametrize("number", [errno.EACCES, errno.EIO])
def test_an_unreadable_file_is_damage(
    vault: Vault, told: list[Damage], monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    vault.put(KEY, b"payload")
    with monkeypatch.context() as patch:
        patch.setattr(entries, "_opened_at_once", _raising(number))
        assert vault.get(KEY) is None
    assert not vault.path(KEY).exists()
    assert os.strerror(number) in str(told[0])


@pytest.mark.parametrize("number", [errno.EMFILE, errno.ENFILE, errno.ENOMEM])
def test_an_entry_survives_a_process_that_has_no_room_to_open_it(
    vault: Vault, told: list[Damage], monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    vault.put(KEY, b"payload")
    with monkeypatch.context() as patch:
        patch.setattr(entries, "_opened_at_once", _raising(number))
        assert vault.get(KEY) is None
    assert vault.get(KEY) == b"payload" and told == []


def test_damage_that_nobody_watches_is_no_error(vault: Vault) -> None:
    vault.put(KEY, b"payload")
    _empty(vault.path(KEY))
    assert vault.get(KEY) is None


@pytest.mark.parametrize("number", [errno.EACCES, errno.EROFS, errno.ENOSPC])
@pytest.mark.parametrize("step", ["NamedTemporaryFile", "os.fsync", "Path.replace"])
def test_what_cannot_be_written_leaves_nothing_and_says_why(
    vault: Vault, monkeypatch: pytest.MonkeyPatch, number: int, step: str
) -> None:
    vault.put(KEY, b"before")
    with monkeypatch.context() as patch:
        patch.setattr(f"spineanim.vault.entry.{step}", _raising(number))
        assert not vault.put(KEY, b"after") and not vault.put(OTHER, b"after")
    assert vault.trouble is not None and vault.trouble.errno == number
    assert vault.get(KEY) == b"before"
    assert [file for file in vault.folder.rglob("*") if file.is_file()] == [vault.path(KEY)]
    assert vault.put(OTHER, b"after") and vault.trouble is None


def test_a_folder_that_cannot_be_made_keeps_nothing(tmp_path: Path, told: list[Damage]) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    vault = Vault(blocked / "segments", SEGMENTS, 10**9)
    assert not vault.put(KEY, b"payload") and vault.get(KEY) is None and not vault.has(KEY)
    assert vault.trim(0) == 0 and list(vault.entries()) == [] and told == []


def test_a_vault_knows_whether_it_can_keep(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("in the way")
    blocked = Vault(tmp_path / "file" / "segments", SEGMENTS, 10**9)
    assert not blocked.can_keep() and blocked.trouble is not None
    vault = Vault(tmp_path / "segments", SEGMENTS, 10**9)
    assert vault.can_keep() and vault.trouble is None and list(vault.folder.iterdir()) == []
    monkeypatch.setattr("spineanim.vault.vault.TemporaryFile", _raising(errno.ENOSPC))
    assert not vault.can_keep() and vault.trouble is not None


def test_a_file_that_may_not_grow_leaves_nothing(vault: Vault) -> None:
    """As on a full disk, the write itself fails halfway."""
    code = (
        "import resource, sys, pathlib;"
        "from spineanim.vault.vault import Vault; from spineanim.vault.kinds import SEGMENTS;"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000));"
        "vault = Vault(pathlib.Path(sys.argv[1]), SEGMENTS, 10**9);"
        f"print(vault.put({KEY!r}, bytes(5000)), vault.put({OTHER!r}, bytes(500)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(vault.folder)], capture_output=True, text=True, check=True
    )
    assert done.stdout == "False True\n"
    assert [file for file in vault.folder.rglob("*") if file.is_file()] == [vault.path(OTHER)]


def test_bytes_that_the_disk_changed_do_not_count(
    vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("spineanim.vault.entry.Path.read_bytes", lambda _: b"rubbish")
    assert not vault.put(KEY, b"payload") and not vault.path(KEY).exists()


def test_an_interrupt_leaves_nothing(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("spineanim.vault.entry.os.fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        vault.put(KEY, b"payload")
    assert not [file for file in vault.folder.rglob("*") if file.is_file()]


def _filled(vault: Vault, count: int = 4) -> list[str]:
    """Put entries whose last uses are a second apart, the first the oldest."""
    keys = [f"{index:02x}{index:030x}" for index in range(count)]
    for index, key in enumerate(keys):
        vault.put(key, bytes(10_000))
        os.utime(vault.path(key), (1000.0 + index, 1000.0 + index))
    return keys


@pytest.mark.parametrize("use", [Vault.get, Vault.has])
def test_the_longest_unused_goes_first(vault: Vault, use: Callable[[Vault, str], object]) -> None:
    first, second, third, last = _filled(vault)
    use(vault, first)
    each = sum(entry.size_bytes for entry in vault.entries()) // 4
    assert vault.trim(2 * each) == 2
    assert sorted(vault.keys()) == [first, last]
    assert second and third


def test_what_is_needed_stays_beyond_the_bound(vault: Vault) -> None:
    keys = _filled(vault)
    assert vault.trim(0, spared=keys[:2]) == 2
    assert sorted(vault.keys()) == keys[:2]


def test_the_bound_is_the_vaults_own_unless_another_is_given(vault: Vault) -> None:
    _filled(vault)
    assert vault.trim() == 0
    vault.limit_bytes = 25_000
    assert vault.trim() == 2
    assert sum(entry.size_bytes for entry in vault.entries()) <= 25_000


def test_small_entries_count_with_the_room_they_take(tmp_path: Path) -> None:
    vault = Vault(tmp_path, RECIPES, 10**9)
    vault.put(KEY, b"{}")
    assert [entry.size_bytes for entry in vault.entries()] == [4096]


def test_leftovers_of_killed_writers_go_with_a_trim_and_those_of_living_ones_stay(
    vault: Vault,
) -> None:
    vault.put(KEY, b"payload")
    gone = subprocess.Popen([sys.executable, "-c", "pass"])
    gone.wait()
    shelf, now = vault.path(KEY).parent, time.time()
    ages_s = {
        f"{entries.partial_prefix(KEY, gone.pid)}x1{entries.PARTIAL}": 100.0,
        f"{entries.partial_prefix(KEY, os.getpid())}x2{entries.PARTIAL}": 4000.0,
        f".{KEY}-x3{entries.PARTIAL}": 4000.0,
        f"{entries.partial_prefix(KEY, gone.pid)}x4{entries.PARTIAL}": 10.0,
        f"{entries.partial_prefix(KEY, os.getpid())}x5{entries.PARTIAL}": 100.0,
        f".{KEY}-x6{entries.PARTIAL}": 100.0,
        f"theirs{entries.PARTIAL}": 4000.0,
    }
    for name, age_s in ages_s.items():
        (shelf / name).touch()
        os.utime(shelf / name, (now - age_s, now - age_s))
    vault.trim()
    left = {file.name for file in shelf.iterdir()} - {vault.path(KEY).name}
    assert left == set(list(ages_s)[3:])


def test_recipes_are_facts(tmp_path: Path, told: list[Damage]) -> None:
    recipes = Recipes(Vault(tmp_path, RECIPES, 10**9))
    assert recipes.get(KEY) is None
    assert recipes.put(KEY, {"content": OTHER, "cost_s": 1.25})
    assert recipes.get(KEY) == {"content": OTHER, "cost_s": 1.25}
    for rubbish in (b"{", b"[1]", b"\xff"):
        recipes.vault.put(KEY, rubbish)
        assert recipes.get(KEY) is None
    assert [damage.what for damage in told] == ["not facts"] * 3


def test_bakes_of_the_store_are_entries(tmp_path: Path, told: list[Damage]) -> None:
    import numpy as np

    from spineanim.store import Store

    store, vault = Store(tmp_path), Vault(tmp_path, BAKES, 10**9)
    store.put(KEY, {"values": np.arange(9)})
    assert list(vault.keys()) == [KEY]
    payload = vault.get(KEY)
    assert payload is not None and told == []
    assert vault.put(OTHER, payload)
    found = store.get(OTHER)
    assert found is not None and list(found["values"]) == list(range(9))
