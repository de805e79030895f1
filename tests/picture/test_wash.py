from __future__ import annotations

import colorsys
from dataclasses import replace

import numpy as np
import pytest

from spineanim.content.theme import Theme
from spineanim.picture.colouring import painted, painted_beside
from spineanim.picture.image import BakedImage, dither
from spineanim.picture.oklab import from_srgb
from spineanim.picture.ramp import (
    STEPS,
    WHITE,
    Ramp,
    clothes_ramp,
    deep_colour,
    drape_ramp,
    lightness,
    metal_ramp,
    richer,
    skin_ramp,
    under_skin_shadow,
)
from spineanim.picture.raster import Float32, Grid
from spineanim.picture.wash import rounded, wash

GRID = Grid.covering((0.0, 0.0, 40.0, 30.0), 1.0)
RED, BLUE = np.array([1.0, 0.0, 0.0]), np.array([0.0, 0.0, 1.0])
TONES = {
    "fair": ("#F8E2D6", "#EFC9B4", "#C99880", "#8A6050"),
    "brown": ("#D9AE86", "#B98560", "#865A3E", "#553524"),
    "dark": ("#9A6A4E", "#6F4630", "#452A1E", "#2A1812"),
}


def box(left: int, right: int, strength: float = 1.0) -> Float32:
    cover = np.zeros(GRID.shape, np.float32)
    cover[5:25, left:right] = strength
    return cover


def on_grid(image: BakedImage) -> Float32:
    """Return a picture's pixels 0..1 at their place on the whole grid."""
    row = round(GRID.top_mm - image.box_mm[3])
    column = round(image.box_mm[0] - GRID.left_mm)
    whole = np.zeros((*GRID.shape, 4), np.float32)
    height, width = image.rgba.shape[:2]
    whole[row : row + height, column : column + width] = image.rgba / np.float32(255)
    return whole


def skinned(theme: Theme, tone: str) -> Theme:
    names = ("light", "base", "dark", "line")
    skin = {f"skin.{n}": c for n, c in zip(names, TONES[tone], strict=True)}
    return replace(theme, colors={**theme.colors, **skin})


class TestWash:
    def test_a_picture_is_cut_down_to_what_is_covered(self) -> None:
        image = painted(GRID, [(wash(box(10, 20)), Ramp.even(RED))])
        assert image.box_mm == pytest.approx((9.0, 4.0, 21.0, 26.0))
        assert not image.rgba[0].any() and not image.rgba[:, -1].any()
        assert (image.rgba[1:-1, 1:-1] == (255, 0, 0, 255)).all()

    def test_the_last_layer_lies_on_top(self) -> None:
        layers = [(wash(box(5, 20)), Ramp.even(RED)), (wash(box(10, 30, 0.5)), Ramp.even(BLUE))]
        pixels = on_grid(painted(GRID, layers))
        assert pixels[15, 7] == pytest.approx([1, 0, 0, 1])
        assert pixels[15, 15] == pytest.approx([0.5, 0, 0.5, 1], abs=0.01)
        assert pixels[15, 25] == pytest.approx([0, 0, 0.5, 0.5], abs=0.01)

    def test_parts_beside_one_another_leave_no_seam(self) -> None:
        left, right = box(5, 15), box(14, 25)
        left[:, 14], right[5:25, 14] = left[:, 14] * 0.5, 0.5
        parts = [(wash(each), Ramp.even(RED)) for each in (left, right)]
        pixels = on_grid(painted_beside(GRID, (wash(box(5, 25)), Ramp.even(BLUE)), parts))
        assert pixels[5:25, 14] == pytest.approx(np.tile([1, 0, 0, 1], (20, 1)), abs=0.01)

    def test_light_chooses_the_colour_and_shine_adds(self) -> None:
        tone = np.linspace(0, 1, 40, dtype=np.float32)[None].repeat(30, axis=0)
        shine = np.zeros(GRID.shape, np.float32)
        shine[15] = 0.5
        grey = Ramp.through(((0.0, np.zeros(3)), (1.0, WHITE)), 0.4 * WHITE)
        pixels = on_grid(painted(GRID, [(wash(np.ones_like(tone), tone, shine), grey)]))
        assert (np.diff(pixels[10, :, 0]) > -0.005).all()
        assert pixels[15, 10, 0] - pixels[10, 10, 0] == pytest.approx(0.2, abs=0.01)

    def test_a_wash_may_cover_less_than_it_lights(self) -> None:
        lit = wash(box(5, 30), 0.5)
        half = lit.covering(rounded(box(10, 20, 0.5)))
        alpha = on_grid(painted(GRID, [(half, Ramp.even(RED))]))[..., 3]
        assert alpha[15, 15] == pytest.approx(0.5, abs=0.01)
        assert alpha[15, 7] == alpha[15, 25] == 0.0

    def test_strips_do_not_show(self) -> None:
        tall = Grid.covering((0.0, 0.0, 8.0, 200.0), 1.0)
        tone = np.linspace(0.2, 0.8, 200, dtype=np.float32)[:, None].repeat(8, axis=1)
        grey = Ramp.through(((0.0, np.zeros(3)), (1.0, WHITE)))
        image = painted(tall, [(wash(np.ones(tall.shape, np.float32), tone), grey)])
        levels = image.rgba[..., 0].astype(int)
        assert np.abs(np.diff(levels.mean(axis=1))).max() < 2.0

    def test_nothing_covered_gives_a_clear_picture(self) -> None:
        image = painted(GRID, [(wash(box(5, 5)), Ramp.even(RED))])
        assert not image.rgba.any()


def test_a_pattern_hangs_on_the_pixels() -> None:
    assert np.array_equal(dither((700, 40))[:30, :20], dither((30, 20)))
    assert 0.0 < dither((64, 64)).min() < 0.05 < 0.95 < dither((64, 64)).max() < 1.0


class TestRamps:
    def test_meets_its_stops(self) -> None:
        ramp = Ramp.through(((0.2, RED), (0.8, BLUE)))
        assert ramp.table[0] == pytest.approx(RED, abs=1e-4)
        assert ramp.table[-1] == pytest.approx(BLUE, abs=1e-4)

    @pytest.mark.parametrize("tone", TONES)
    def test_skin_of_any_tone_grows_lighter_with_light(self, theme: Theme, tone: str) -> None:
        lab = from_srgb(skin_ramp(skinned(theme, tone)).table.astype(float))
        assert (np.diff(lab[:, 0]) >= -1e-4).all()
        assert lab[-1, 0] - lab[0, 0] > 0.25

    @pytest.mark.parametrize("tone", TONES)
    def test_skin_keeps_its_hue_from_shade_to_light(self, theme: Theme, tone: str) -> None:
        table = skin_ramp(skinned(theme, tone)).table
        hues = [
            colorsys.rgb_to_hsv(*map(float, table[int(at * STEPS)]))[0] for at in (0.3, 0.5, 0.8)
        ]
        assert max(hues) - min(hues) < 0.05

    @pytest.mark.parametrize("tone", TONES)
    def test_the_inside_and_shadows_are_tones_of_the_skin(self, theme: Theme, tone: str) -> None:
        skin = skinned(theme, tone)
        base = lightness(skin.rgb("skin.base"))
        assert lightness(under_skin_shadow(skin)) < lightness(deep_colour(skin)) < base
        hue = colorsys.rgb_to_hsv(*map(float, skin.rgb("skin.dark")))[0]
        for colour in (deep_colour(skin), under_skin_shadow(skin)):
            assert colorsys.rgb_to_hsv(*map(float, colour))[0] == pytest.approx(hue, abs=0.03)

    def test_a_highlight_on_dark_skin_is_not_chalk(self, theme: Theme) -> None:
        top = skin_ramp(skinned(theme, "dark")).table[-1]
        assert lightness(np.asarray(top, float)) < 0.8

    @pytest.mark.parametrize("make", [clothes_ramp, drape_ramp, metal_ramp])
    def test_others_grow_lighter_too(self, theme: Theme, make: type[Ramp]) -> None:
        table = make(theme).table  # type: ignore[call-arg, arg-type]
        assert (np.diff(from_srgb(table.astype(float))[:, 0]) >= -1e-4).all()

    def test_richer_keeps_the_lightness(self) -> None:
        dull = np.array([0.6, 0.45, 0.4])
        assert lightness(richer(dull, 1.3)) == pytest.approx(lightness(dull), abs=0.01)
        assert np.ptp(richer(dull, 1.3)) > np.ptp(dull)
