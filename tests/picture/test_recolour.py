"""A changed theme colours what is kept; nothing is baked again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from spineanim.content.theme import Theme
from spineanim.geometry.params import PUMP_20_ML
from spineanim.geometry.spine import Spine
from spineanim.geometry.torso import neutral_torso
from spineanim.picture import body_front, body_side, cloth, metal, side_light, wall_tissue
from spineanim.picture.device import Device
from spineanim.picture.image import BakedImage
from spineanim.picture.kiln import Kiln
from spineanim.picture.raster import Grid
from spineanim.picture.relief import Relief

WINDOW = (-150.0, -100.0, 150.0, 260.0)
PX_PER_MM = 0.4


def front(theme: Theme) -> list[BakedImage]:
    body = body_front.anterior_body(neutral_torso(), theme, PX_PER_MM, window_mm=WINDOW)
    return [body.skin, body.shorts, body.deep, body.bones, body.veil]


def side(theme: Theme) -> list[BakedImage]:
    body = body_side.lateral_body(
        neutral_torso(), Spine(), theme, PX_PER_MM, window_mm=WINDOW, rotation_deg=90.0
    )
    return [body.skin, body.muscle, body.bones, body.veil, body.fat, body.fascia]


def drape(theme: Theme) -> list[BakedImage]:
    turn = np.linspace(0, 2 * np.pi, 60, endpoint=False)
    window = np.column_stack([60 + 40 * np.cos(turn), 60 * np.sin(turn)])
    images = cloth.bake_drape(neutral_torso(), window, theme, PX_PER_MM, frame_mm=WINDOW)
    return [images.sheet, images.hem]


def pump(theme: Theme) -> list[BakedImage]:
    grid = Grid.covering((-60.0, -60.0, 60.0, 60.0), 1.0)
    picture = metal.bake(Device(PUMP_20_ML).solids(), theme, grid)
    return [picture, metal.cast_shadow(picture, theme, 1.0)]


def wall(theme: Theme) -> list[BakedImage]:
    skin, fat = wall_tissue.Layer("skin", 0.0, -2.0), wall_tissue.Layer("fat", -2.0, -20.0)
    found = wall_tissue.bake_cover((0.0, 30.0), skin, fat, 2.0, theme)
    return [BakedImage(found.packed.view(np.uint8).reshape(*found.grid.shape, 4), WINDOW)]


def never(*args: object, **kwargs: object) -> None:
    raise AssertionError("a new theme must not bake")


@pytest.fixture
def no_baking(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Let every theme-free stage fail from the call on."""

    def forbid() -> None:
        monkeypatch.setattr(Relief, "lit", never)
        monkeypatch.setattr(Kiln, "_bake", never)
        monkeypatch.setattr(metal, "walk", never)
        monkeypatch.setattr(wall_tissue, "_noise", never)
        monkeypatch.setattr(side_light, "measure_under_skin", never)

    return forbid


def changed(theme: Theme) -> Theme:
    """Return the theme with every colour turned round its channels."""
    turned = {token: f"#{c[3:]}{c[1:3]}" for token, c in theme.colors.items()}
    return replace(theme, colors=turned)


@pytest.mark.parametrize("make", [drape, pump, wall, front, side])
def test_a_new_theme_bakes_nothing(
    make: Callable[[Theme], list[BakedImage]], theme: Theme, no_baking: Callable[[], None]
) -> None:
    before = make(theme)
    no_baking()
    after = make(changed(theme))
    for old, new in zip(before, after, strict=True):
        assert old.rgba.shape == new.rgba.shape
        assert np.abs(old.rgba[..., :3].astype(int) - new.rgba[..., :3]).max() > 4
        assert np.abs(old.rgba[..., 3].astype(int) - new.rgba[..., 3]).max() <= 1


def test_a_theme_free_stage_that_runs_is_found(
    theme: Theme, no_baking: Callable[[], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SPINEANIM_CACHE", str(tmp_path))
    no_baking()
    for make in (drape, pump, wall, front, side):
        with pytest.raises(AssertionError, match="must not bake"):
            make(theme)
