from __future__ import annotations

import numpy as np
import pytest

from spineanim.content.theme import Theme
from spineanim.geometry.params import SIDE_LYING_FLEXED
from spineanim.geometry.spine import Spine
from spineanim.geometry.torso import neutral_torso
from spineanim.picture.body import (
    AnteriorBody,
    BakedImage,
    Crop,
    LateralBody,
    anterior_body,
    lateral_body,
)
from spineanim.picture.marks import Area
from spineanim.picture.raster import Box

WINDOW: Box = (-300.0, -300.0, 300.0, 600.0)
PX_PER_MM = 0.5
FRONT_LAYERS = ("skin", "shorts", "deep", "bones", "veil")
SIDE_LAYERS = ("skin", "muscle", "bones", "veil", "fat", "fascia")


@pytest.fixture(scope="module")
def front(theme: Theme) -> AnteriorBody:
    return anterior_body(neutral_torso(), theme, PX_PER_MM, window_mm=WINDOW)


@pytest.fixture(scope="module")
def side(theme: Theme) -> LateralBody:
    return lateral_body(neutral_torso(), Spine(), theme, PX_PER_MM, window_mm=WINDOW)


@pytest.fixture(scope="module")
def layers(front: AnteriorBody, side: LateralBody) -> dict[str, BakedImage]:
    named = {f"front {name}": getattr(front, name) for name in FRONT_LAYERS}
    return named | {f"side {name}": getattr(side, name) for name in SIDE_LAYERS}


def pixel(image: BakedImage, right_mm: float, up_mm: float) -> tuple[int, int]:
    left, bottom, right, top = image.box_mm
    rows, columns = image.rgba.shape[:2]
    row = (top - up_mm) / (top - bottom) * rows
    column = (right_mm - left) / (right - left) * columns
    return int(row), int(column)


def alpha_at(image: BakedImage, right_mm: float, up_mm: float) -> int:
    left, bottom, right, top = image.box_mm
    if not (left <= right_mm < right and bottom < up_mm <= top):
        return 0  # nothing is drawn beside the picture
    return int(image.rgba[(*pixel(image, right_mm, up_mm), 3)])


def tone_at(image: BakedImage, right_mm: float, up_mm: float, reach_px: int = 1) -> float:
    """Mean brightness 0..255 round a place, as if the picture covered it whole."""
    row, column = pixel(image, right_mm, up_mm)
    near = (
        slice(row - reach_px, row + reach_px + 1),
        slice(column - reach_px, column + reach_px + 1),
    )
    patch = image.rgba[near].astype(float)
    return float(255.0 * patch[..., :3].mean() / patch[..., 3].mean())


class TestWhatShimmersThrough:
    def test_the_navel_is_no_hole_in_the_bones(self, front: AnteriorBody) -> None:
        dimple, beside = ((0.0, 86.0), (0.0, 56.0))
        in_skin, in_veil = (
            abs(tone_at(image, *dimple) - tone_at(image, *beside))
            for image in (front.skin, front.veil)
        )
        assert in_skin > 30.0
        assert in_veil < 0.25 * in_skin

    def test_both_hip_bones_are_lit(self, front: AnteriorBody) -> None:
        away, towards = (tone_at(front.bones, x, 8.0, reach_px=4) for x in (-92.0, 92.0))
        assert away > 0.86 * towards


class TestEveryLayer:
    def test_has_the_size_of_its_box(self, layers: dict[str, BakedImage]) -> None:
        for image in layers.values():
            left, bottom, right, top = image.box_mm
            height, width, channels = image.rgba.shape
            assert image.rgba.dtype == np.uint8
            assert channels == 4
            assert width == pytest.approx((right - left) * PX_PER_MM)
            assert height == pytest.approx((top - bottom) * PX_PER_MM)

    def test_lies_on_the_pixels_of_the_window(self, layers: dict[str, BakedImage]) -> None:
        for image in layers.values():
            left, _, _, top = image.box_mm
            columns, rows = (left - WINDOW[0]) * PX_PER_MM, (WINDOW[3] - top) * PX_PER_MM
            assert columns == pytest.approx(round(columns), abs=1e-6)
            assert rows == pytest.approx(round(rows), abs=1e-6)

    def test_is_premultiplied(self, layers: dict[str, BakedImage]) -> None:
        for image in layers.values():
            assert (image.rgba[..., :3] <= image.rgba[..., 3:]).all()

    def test_shows_something(self, layers: dict[str, BakedImage]) -> None:
        for name, image in layers.items():
            assert image.rgba[..., 3].max() > 60, name

    def test_fades_out_before_the_windows_edge(self, layers: dict[str, BakedImage]) -> None:
        for name, image in layers.items():
            alpha = image.rgba[..., 3]
            edges = (alpha[0], alpha[-1], alpha[:, 0], alpha[:, -1])
            # The skin of the arms and flanks reaches the picture's sides, not its ends.
            assert not edges[0].any(), name
            assert not edges[1].any(), name


class TestFront:
    def test_is_solid_in_the_middle_and_clear_beside_the_body(self, front: AnteriorBody) -> None:
        assert alpha_at(front.skin, 0.0, 150.0) == 255
        assert alpha_at(front.skin, 160.0, 120.0) == 0
        assert alpha_at(front.shorts, 60.0, -80.0) == 255
        assert alpha_at(front.shorts, 0.0, 100.0) == 0

    def test_no_skin_lies_deep_under_the_shorts(self, front: AnteriorBody) -> None:
        assert alpha_at(front.skin, 60.0, -90.0) == 0

    def test_the_veil_is_clear_where_it_faces_the_viewer(self, front: AnteriorBody) -> None:
        assert alpha_at(front.veil, 0.0, 150.0) < 0.45 * 255
        assert alpha_at(front.veil, 141.0, 150.0) > alpha_at(front.veil, 0.0, 150.0) + 20

    def test_bones_are_symmetrical(self, theme: Theme) -> None:
        body = anterior_body(neutral_torso(), theme, PX_PER_MM, window_mm=WINDOW)
        cover = body.bones.rgba[..., 3].astype(int)
        # Their shadow falls to one side; rounding leaves a grey level here and there.
        assert np.abs(cover - cover[:, ::-1]).mean() < 4.0
        assert (np.abs(cover - cover[:, ::-1]) > 120).mean() < 0.003

    def test_bones_stand_where_the_skeleton_stands(self, front: AnteriorBody) -> None:
        torso = neutral_torso()
        for side in ("left", "right"):
            x, _, z = torso.landmarks[f"iliac_crest_{side}"]
            assert alpha_at(front.bones, float(x), float(z) - 10.0) > 120
            assert alpha_at(front.bones, float(x), float(z) + 20.0) < 60

    def test_a_mark_changes_the_skin_only_where_it_is(
        self, front: AnteriorBody, theme: Theme
    ) -> None:
        mound = Area(((60.0, 40.0), (110.0, 40.0), (110.0, 90.0), (60.0, 90.0)), 8.0, 3.0)
        body = anterior_body(neutral_torso(), theme, PX_PER_MM, window_mm=WINDOW, marks=[mound])
        change = np.abs(body.skin.rgba.astype(int) - front.skin.rgba).max(axis=2)
        row, column = pixel(front.skin, 60.0, 65.0)
        assert change[row, column - 3 : column + 4].max() > 8
        assert change[pixel(front.skin, -85.0, 300.0)] <= 1


class TestSide:
    def test_the_belly_is_on_the_left(self, side: LateralBody) -> None:
        torso = neutral_torso()
        cut = torso.section(80.0)
        assert alpha_at(side.skin, cut.front_y_mm + 3.0, 80.0) == 255
        assert alpha_at(side.skin, cut.front_y_mm - 4.0, 80.0) == 0
        assert alpha_at(side.skin, cut.back_y_mm - 3.0, 80.0) == 255
        assert alpha_at(side.skin, cut.back_y_mm + 4.0, 80.0) == 0

    def test_fat_lies_between_skin_and_fascia(self, side: LateralBody) -> None:
        front_y = neutral_torso().section(80.0).front_y_mm
        assert alpha_at(side.fat, front_y + 12.0, 80.0) > 180
        assert alpha_at(side.fat, front_y + 40.0, 80.0) == 0
        row, start = pixel(side.fascia, front_y, 80.0)
        line = side.fascia.rgba[row, start : start + 30, 3]
        assert int(np.argmax(line)) / PX_PER_MM == pytest.approx(25.0, abs=3.0)

    def test_the_trunk_follows_a_bent_spine(self, side: LateralBody, theme: Theme) -> None:
        bent = Spine(SIDE_LYING_FLEXED)
        flexed = lateral_body(neutral_torso(), bent, theme, PX_PER_MM, window_mm=WINDOW)
        tip = bent.spinous_tip("L3")
        assert alpha_at(flexed.skin, float(tip[0]) + 4.0, float(tip[1])) == 255
        assert alpha_at(flexed.skin, float(tip[0]) + 45.0, float(tip[1])) == 0
        assert flexed.skin.rgba.shape != side.skin.rgba.shape

    def test_the_light_is_right_after_turning(self, side: LateralBody, theme: Theme) -> None:
        turned = lateral_body(
            neutral_torso(), Spine(), theme, PX_PER_MM, window_mm=WINDOW, rotation_deg=90.0
        )
        back, belly = (
            float(np.mean(turned.skin.rgba[pixel(turned.skin, y, 60.0)][:3]))
            for y in (neutral_torso().section(60.0).back_y_mm - 15.0, -80.0)
        )
        # Turned counter-clockwise the back comes to lie on top, towards the light.
        assert back > belly
        assert np.array_equal(turned.skin.rgba[..., 3], side.skin.rgba[..., 3])


class TestBaking:
    def test_gives_the_same_bytes_twice(
        self, theme: Theme, front: AnteriorBody, side: LateralBody
    ) -> None:
        again = anterior_body(neutral_torso(), theme, PX_PER_MM, window_mm=WINDOW)
        for name in FRONT_LAYERS:
            assert np.array_equal(getattr(again, name).rgba, getattr(front, name).rgba), name
        once_more = lateral_body(neutral_torso(), Spine(), theme, PX_PER_MM, window_mm=WINDOW)
        for name in SIDE_LAYERS:
            assert np.array_equal(getattr(once_more, name).rgba, getattr(side, name).rgba), name

    def test_the_skin_takes_the_themes_tone(self, theme: Theme, front: AnteriorBody) -> None:
        tones = {"light": "#B98A6A", "base": "#8F5F43", "dark": "#5F3C2A", "line": "#3A2318"}
        colors = dict(theme.colors) | {f"skin.{tone}": value for tone, value in tones.items()}
        darker = anterior_body(
            neutral_torso(), Theme(colors, theme.styles), PX_PER_MM, window_mm=WINDOW
        )
        at = pixel(front.skin, -200.0, 250.0)
        assert int(darker.skin.rgba[at][:3].sum()) < int(front.skin.rgba[at][:3].sum()) - 100
        assert np.array_equal(darker.shorts.rgba, front.shorts.rgba)

    def test_a_window_cuts_without_changing_what_it_shows(
        self, theme: Theme, front: AnteriorBody
    ) -> None:
        window = (-100.0, 0.0, 100.0, 200.0)
        part = anterior_body(neutral_torso(), theme, PX_PER_MM, window_mm=window)
        row, column = pixel(front.bones, -99.9, 199.9)
        rows, columns = part.bones.rgba.shape[:2]
        whole = front.bones.rgba[row : row + rows, column : column + columns].astype(int)
        assert part.bones.box_mm == pytest.approx(window)
        # The dither counts pixels from the corner, and near the cut the shadow of what lies
        # outside is missing.
        assert np.abs(whole - part.bones.rgba)[16:-16, 16:-16].max() <= 3

    def test_a_window_beside_the_body_is_clear(self, theme: Theme) -> None:
        body = anterior_body(
            neutral_torso(), theme, PX_PER_MM, window_mm=(700.0, 0.0, 800.0, 100.0)
        )
        assert not body.skin.rgba.any()

    def test_a_crop_is_obeyed(self, theme: Theme) -> None:
        crop = Crop(top_mm=200.0, bottom_mm=0.0, top_soft_mm=20.0, bottom_soft_mm=20.0)
        body = lateral_body(neutral_torso(), Spine(), theme, PX_PER_MM, window_mm=WINDOW, crop=crop)
        assert alpha_at(body.skin, 0.0, 205.0) == 0
        assert alpha_at(body.skin, 0.0, 170.0) == 255
        assert alpha_at(body.skin, 0.0, -5.0) == 0

    def test_an_empty_window_is_refused(self, theme: Theme) -> None:
        with pytest.raises(ValueError, match="empty"):
            anterior_body(neutral_torso(), theme, PX_PER_MM, window_mm=(0.0, 0.0, 0.0, 1.0))
