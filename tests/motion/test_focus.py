from __future__ import annotations

import numpy as np
import pytest
from manim import tempconfig

from spineanim.content.theme import Theme
from spineanim.errors import SceneError
from spineanim.mobjects.backdrop import backdrop
from spineanim.mobjects.halo import Halo
from spineanim.mobjects.spotlight import Spotlight
from spineanim.mobjects.whole_frame import whole_frame
from spineanim.motion.change import cross_over
from spineanim.motion.focus import breathing, highlight, pulse, release
from spineanim.picture.camera import StageCamera
from tests.motion.stage import SIZE, Picture, assert_pure, at, drawn, square


def test_one_part_stands_out_and_the_rest_pales(theme: Theme) -> None:
    one, other = square(1.0, "#884422", -3.0), square(1.0, "#884422", 3.0)
    with tempconfig(SIZE):
        camera = StageCamera()
        camera.background = backdrop(theme, 320, 180)  # type: ignore[assignment]

        def seen() -> Picture:
            camera.reset()
            camera.capture_mobjects([one, other, light])
            return camera.pixels().copy()

        light = Spotlight(one, theme, camera)
        before = seen()
        assert_pure(highlight(light), seen)
        light.at(1.0)
        lit = seen()
    assert at(lit, -3.0) == pytest.approx(at(before, -3.0), abs=3), "the part stays as it is"
    pale, full, ground = (np.array(at(*place)) for place in ((lit, 3.0), (before, 3.0), (lit, 6.0)))
    assert np.abs(pale - (0.38 * full + 0.62 * ground)).max() < 12
    assert at(lit, 6.0, -3.0) == pytest.approx(at(before, 6.0, -3.0), abs=2), "so does the ground"
    assert np.abs(np.array(at(lit, -1.94)) - at(before, -1.94)).max() > 10, (
        "it has a light round it"
    )
    release(light).finish()
    assert light.opacity == 0.0


def test_a_halo_comes_breathes_and_goes(theme: Theme) -> None:
    part = square(1.0, "#884422")
    halo = Halo(part, "#0B6E8C", 22.5)
    move = pulse(halo, 2)
    move.set_run_time(2.0)
    assert_pure(move, lambda: drawn(part, halo), (0.7, 0.2, 1.0, 0.0, 0.45))
    move.interpolate(0.5)
    assert halo.opacity == 1.0
    for end in (0.0, 1.0):
        move.interpolate(end)
        assert halo.opacity == 0.0


def test_nothing_breathes_faster_than_once_a_second() -> None:
    halo = Halo(square(1.0, "#884422"), "#0B6E8C", 22.5)
    move = pulse(halo, 3)
    move.set_run_time(2.0)
    with pytest.raises(SceneError, match="faster than one a second"):
        move.begin()
    with pytest.raises(ValueError, match="more than 1"):
        breathing(halo, 1.5)


def test_views_change_without_an_empty_frame_and_end_exactly() -> None:
    rng = np.random.default_rng(1)
    pictures = [
        np.dstack([rng.integers(0, 255, (180, 320, 3)), np.full((180, 320), 255)]).astype(np.uint8)
        for _ in range(2)
    ]
    before, after = (
        whole_frame(pixels, z, beyond=0.05) for pixels, z in zip(pictures, (2, 1), strict=True)
    )
    moves = cross_over(before, after, (0.0, 0.0, 0.0), (4.0, 2.0, 0.0))
    for move in moves:
        move.begin()
    assert np.array_equal(drawn(after, before)[..., :3], pictures[0][..., :3])
    covered = []
    for share in np.linspace(0.0, 1.0, 21):
        for move in moves:
            move.interpolate(float(share))
        covered.append(min(before.opacity, after.opacity))
        for picture in (before, after):
            low = picture.submobjects[0].points.min(axis=0)
            assert low[0] < -64 / 9 and low[1] < -4, "no edge of a picture is seen"
    assert max(covered) < 0.4, "never two bodies at once"
    assert max(covered) > 0.0, "no empty frame between"
    assert np.array_equal(drawn(after, before)[..., :3], pictures[1][..., :3])
