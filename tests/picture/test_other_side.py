"""In haste the picture of the other side, in a mirror, stands for one that is not kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from spineanim.content.theme import Theme
from spineanim.geometry.axes import LATERAL_LEFT, LATERAL_RIGHT, View
from spineanim.geometry.params import SIDE_LYING_FLEXED
from spineanim.geometry.spine import Spine
from spineanim.picture import other_side
from spineanim.picture.haste import hurried, roughness
from spineanim.picture.image import BakedImage
from spineanim.picture.kept import remembered
from spineanim.picture.lying import lying_person
from spineanim.picture.lying_light import lying_light
from spineanim.picture.other_side import lying_from, side_skeleton_from, sleeper_from
from spineanim.picture.raster import Box, Grid
from spineanim.picture.recall import is_kept
from spineanim.picture.skeleton import bake_side_skeleton, with_spine

SPINE = Spine(SIDE_LYING_FLEXED, 1.06)
LEFT = View("side_lying", (0.0, 0.0, -1.0), (0.0, 1.0, 0.0))
RIGHT = replace(LEFT, right=(0.0, 0.0, 1.0))
WINDOW = (-760.0, -420.0, 300.0, 140.0)
MIRRORED = (-300.0, -420.0, 760.0, 140.0)
SCALE = 0.3
GRID = Grid(-130.0, 200.0, 96, 120, 0.4)
MADE, TURNED = np.zeros(1, np.float32), np.ones(1, np.float32)
OTHER = Grid(-110.0, 200.0, 96, 120, 0.4)


@pytest.mark.slow
def test_a_person_on_the_other_side_is_seen_at_once(
    theme: Theme, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = lying_person(SPINE, theme, SCALE, window_mm=WINDOW, view=LEFT)[0]
    fine = lying_person(SPINE, theme, SCALE, window_mm=MIRRORED, view=RIGHT)[0]

    def kept_here(build: object, *args: object) -> bool:
        return RIGHT not in args and is_kept(build, *args)  # type: ignore[arg-type]

    monkeypatch.setattr(other_side, "is_kept", kept_here)
    with hurried():
        before = roughness()
        found = lying_from(SPINE, theme, SCALE, window_mm=MIRRORED, view=RIGHT)[0]
        assert roughness() > before
    assert np.array_equal(found.rgba, here.rgba[:, ::-1])
    assert found.box_mm == pytest.approx(fine.box_mm, abs=1.0 / SCALE)
    film = lying_from(SPINE, theme, SCALE, window_mm=MIRRORED, view=RIGHT)[0]
    assert np.array_equal(film.rgba, fine.rgba), "a film has the light where it belongs"


@pytest.mark.parametrize("from_side", [lying_from, sleeper_from])
@pytest.mark.parametrize("missing", ["_near_light", "lying_light", "blanket_light"])
def test_both_pictures_of_a_body_on_the_other_side_are_mirrored(
    from_side: Callable[..., tuple[BakedImage, BakedImage]],
    missing: str,
    theme: Theme,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whatever of what it is made of is not kept."""
    rgba = np.arange(2 * 3 * 4, dtype=np.uint8).reshape(2, 3, 4)

    def drawn(*_: object, window_mm: Box, view: View, **__: object) -> object:
        return tuple(
            BakedImage(rgba + (100 if view == RIGHT else 0) + k, window_mm) for k in (0, 1)
        )

    def kept_here(build: Callable[..., object], *args: object) -> bool:
        return build.__name__ != missing or RIGHT not in args

    monkeypatch.setattr(other_side, "is_kept", kept_here)
    monkeypatch.setattr(other_side, "lying_person", drawn)
    monkeypatch.setattr(other_side, "sleeper", drawn)
    asks = {
        lying_from: ("_near_light", "lying_light"),
        sleeper_from: ("lying_light", "blanket_light"),
    }
    light = SimpleNamespace(grid=GRID)
    named = wraps(lying_light)(lambda *_: light)
    monkeypatch.setattr(other_side, "lying_light", named)
    with hurried():
        found = from_side(SPINE, theme, SCALE, window_mm=MIRRORED, view=RIGHT)
        is_mirrored = roughness() > 0
    assert is_mirrored == (missing in asks[from_side])
    for index, image in enumerate(found):
        expected = rgba[:, ::-1] + index if is_mirrored else rgba + 100 + index
        assert np.array_equal(image.rgba, expected)
        assert image.box_mm == MIRRORED


def test_bones_of_the_other_side_are_seen_at_once(
    theme: Theme, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = with_spine(Spine())
    here = bake_side_skeleton(GRID, body, theme, -0.0)
    monkeypatch.setattr(other_side, "is_kept", lambda _, grid, *__: grid == GRID)
    with hurried():
        before = roughness()
        found = side_skeleton_from(LATERAL_RIGHT, OTHER, body, theme, -0.0)
        assert roughness() > before
    assert found.any()
    assert np.abs(found - here[:, ::-1]).max() < 2e-3, "but for the rounding of places"
    with hurried():
        same = side_skeleton_from(LATERAL_LEFT, GRID, body, theme, -0.0)
    assert np.array_equal(same, here)


@pytest.mark.parametrize(("lamp_deg", "there_deg"), [(-0.0, "-0.0"), (90.0, "-90.0")])
def test_bones_are_found_though_their_place_differs_by_rounding(
    lamp_deg: float, there_deg: str, theme: Theme, monkeypatch: pytest.MonkeyPatch
) -> None:
    body, asked = with_spine(Spine()), list[tuple[object, ...]]()

    def kept(_: object, grid: Grid, __: object, view: View, lamp: float) -> bool:
        asked.append((grid, view, str(lamp)))
        return grid in (GRID, larger)

    larger = replace(GRID, width_px=200)
    monkeypatch.setattr(other_side, "is_kept", kept)
    monkeypatch.setattr(other_side, "bake_side_skeleton", lambda *_: MADE)
    monkeypatch.setattr(other_side, "_side_tones", lambda *_: None)
    monkeypatch.setattr(other_side, "_mirrored", lambda _: TURNED)
    monkeypatch.setattr(other_side, "coloured_on", lambda tones, *_: tones)
    near = replace(OTHER, left_mm=OTHER.left_mm - 3e-13)
    with hurried(), remembered({}):
        for grid in (GRID, larger):
            side_skeleton_from(LATERAL_LEFT, grid, body, theme, -lamp_deg)
        found = side_skeleton_from(LATERAL_RIGHT, near, body, theme, lamp_deg)
        assert asked[-1] == (GRID, LATERAL_LEFT, there_deg)
        beside = replace(OTHER, left_mm=OTHER.left_mm - 1.0)
        other = side_skeleton_from(LATERAL_RIGHT, beside, body, theme, lamp_deg)
    assert found is TURNED
    assert other is MADE
