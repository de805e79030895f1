"""The kiln and its store: nothing is baked twice, damage is seen, processes agree."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from spineanim.geometry.axes import ANTERIOR, LATERAL_LEFT, paramedian
from spineanim.geometry.parts import Part, Tissue
from spineanim.geometry.solids.combine import Pose
from spineanim.geometry.solids.primitives import Ellipsoid
from spineanim.picture import kiln as kiln_module
from spineanim.picture.gbuffer import GBuffer
from spineanim.picture.kiln import Kiln, Recipe
from spineanim.store import Store, default_store

VIEW = LATERAL_LEFT.at_scale(2.0)


def ball(radius_mm: float = 8.0, height_mm: float = 0.0) -> Part:
    pose = Pose.tilted(10.0, (0.0, 0.0, height_mm))
    return Part("ball", Tissue.BONE, Ellipsoid((0, 0, 0), (radius_mm, 7.0, 6.0)), pose)


def column(count: int = 5) -> list[Recipe]:
    return [Recipe(ball(6.0 + i, 20.0 * i), VIEW) for i in range(count)]


@pytest.fixture(name="store")
def _store(tmp_path: Path) -> Store:
    return Store(tmp_path / "bakes")


@pytest.fixture(name="baked")
def _baked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Keys that were really baked, in this process."""
    keys: list[str] = []
    real = kiln_module._bake_task

    def watched(task: list[Recipe], store: Store) -> dict[str, dict[str, np.ndarray]]:
        keys.extend(item.key for item in task)
        return real(task, store)

    monkeypatch.setattr(kiln_module, "_bake_task", watched)
    return keys


def same(one: GBuffer | None, other: GBuffer | None) -> bool:
    assert one is not None and other is not None
    names = ("depth_mm", "normal", "openness", "lit", "inside_mm", "tissue")
    return all(np.array_equal(getattr(one, n), getattr(other, n)) for n in names) and (
        (one.left_mm, one.top_mm) == (other.left_mm, other.top_mm)
    )


def test_what_is_kept_is_not_baked_again(store: Store, baked: list[str]) -> None:
    kiln = Kiln(store, workers=1)
    first = kiln.fire(column())
    assert len(baked) == 5
    second = kiln.fire(column())
    assert len(baked) == 5
    assert all(map(same, first, second))


def test_a_changed_part_alone_is_baked_again(store: Store, baked: list[str]) -> None:
    kiln = Kiln(store, workers=1)
    kiln.fire(column())
    changed = column()
    changed[2] = Recipe(ball(8.01, 40.0), VIEW)
    kiln.fire(changed)
    assert baked[5:] == [changed[2].key]


def test_keys_tell_shape_place_view_scale_cut_and_tissue_apart() -> None:
    part = ball()
    soft = Part("ball", Tissue.FAT, part.solid, part.pose)
    recipes = [
        Recipe(part, VIEW),
        Recipe(ball(8.5), VIEW),
        Recipe(ball(8.0, 1.0), VIEW),
        Recipe(part, ANTERIOR.at_scale(2.0)),
        Recipe(part, VIEW.at_scale(2.5)),
        Recipe(part, paramedian(2.0).at_scale(2.0)),
        Recipe(soft, VIEW),
    ]
    assert len({recipe.key for recipe in recipes}) == len(recipes)
    named = Part("another name", Tissue.BONE, part.solid, part.pose)
    assert Recipe(named, VIEW).key == Recipe(part, VIEW).key


def test_workers_give_the_same_and_tell_how_far_they_are(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    alone = Kiln(Store(tmp_path / "one"), workers=1).fire(column())
    shared = Kiln(
        Store(tmp_path / "two"), workers=2, on_progress=lambda *now: told.append(now)
    ).fire(column())
    assert all(map(same, alone, shared))
    assert told[-1] == (5, 5) and [done for done, _ in told] == sorted(done for done, _ in told)


def test_nothing_to_see_is_kept_too(store: Store, baked: list[str]) -> None:
    away = [Recipe(ball(), paramedian(-50.0).at_scale(2.0))]
    assert Kiln(store).fire(away) == [None]
    assert Kiln(store).fire(away) == [None]
    assert len(baked) == 1


@pytest.mark.parametrize("harm", ["cut short", "bit flipped", "emptied", "foreign"])
def test_a_damaged_entry_is_made_again(store: Store, baked: list[str], harm: str) -> None:
    recipe = Recipe(ball(), VIEW)
    (good,) = Kiln(store).fire([recipe])
    file = store.path(recipe.key)
    raw = bytearray(file.read_bytes())
    if harm == "cut short":
        file.write_bytes(raw[: len(raw) // 2])
    elif harm == "bit flipped":
        raw[len(raw) // 2] ^= 4
        file.write_bytes(raw)
    elif harm == "emptied":
        file.write_bytes(b"")
    else:
        file.write_bytes(b"a holiday picture")
    assert store.get(recipe.key) is None
    (mended,) = Kiln(store).fire([recipe])
    assert same(good, mended)
    assert len(baked) == 2
    assert store.get(recipe.key) is not None


def test_two_processes_may_bake_at_once(tmp_path: Path) -> None:
    code = (
        "import sys, pathlib; sys.path.insert(0, sys.argv[2]);"
        "from tests.picture.test_kiln import column;"
        "from spineanim.picture.kiln import Kiln; from spineanim.store import Store;"
        "print([b.tissue.sum() for b in Kiln(Store(pathlib.Path(sys.argv[1])), 1).fire(column())])"
    )
    root = str(Path(__file__).parents[2])
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(tmp_path), root], stdout=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    said = [run.communicate(timeout=120)[0] for run in runs]
    assert [run.returncode for run in runs] == [0, 0]
    assert said[0] == said[1] != ""
    assert not list(tmp_path.rglob("*.partial"))
    assert len(list(tmp_path.rglob("*.bake"))) == 5


def test_a_store_that_cannot_be_written_to_only_costs_time(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    store = Store(blocked / "bakes")
    assert Kiln(store).fire([Recipe(ball(), VIEW)])[0] is not None
    assert not store.put("abc", {"a": np.zeros(2)})


def test_the_longest_unused_goes_first(store: Store) -> None:
    for index, key in enumerate(("aa1", "bb2", "cc3")):
        store.put(key, {"values": np.random.default_rng(index).random(4000)})
        os.utime(store.path(key), (1000.0 + index, 1000.0 + index))
    store.get("aa1")  # used just now
    size = store.size_bytes()
    assert store.trim(size - 1) == 1
    assert store.get("bb2") is None and store.get("aa1") is not None
    assert store.trim(10**9) == 0


def test_the_user_may_say_where_bakes_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPINEANIM_CACHE", "/somewhere")
    assert default_store().folder == Path("/somewhere/bakes")
    monkeypatch.delenv("SPINEANIM_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", "/cache")
    assert default_store().folder == Path("/cache/spineanim/bakes")
