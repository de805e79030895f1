"""The person on the side: one figure, lit from the upper left, coloured by the theme alone."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from spineanim.content.theme import load_theme
from spineanim.geometry.axes import View
from spineanim.geometry.params import SIDE_LYING_FLEXED
from spineanim.geometry.spine import Spine
from spineanim.picture import lying_light
from spineanim.picture.image import BakedImage
from spineanim.picture.lying import lying_person
from spineanim.picture.lying_light import outlines

THEME = load_theme(Path(__file__).parents[2] / "assets" / "theme.toml")
SPINE = Spine(SIDE_LYING_FLEXED, 1.06)
LEFT = View("side_lying", (0.0, 0.0, -1.0), (0.0, 1.0, 0.0))
RIGHT = replace(LEFT, right=(0.0, 0.0, 1.0))
WINDOW = (-760.0, -420.0, 300.0, 140.0)
SCALE = 0.3


@lru_cache(maxsize=1)
def person() -> BakedImage:
    return lying_person(SPINE, THEME, SCALE, window_mm=WINDOW, view=LEFT)[0]


def at(image: BakedImage, right_mm: float, up_mm: float) -> NDArray[np.int64]:
    column = int((right_mm - image.box_mm[0]) * SCALE)
    row = int((image.box_mm[3] - up_mm) * SCALE)
    found: NDArray[np.int64] = image.rgba[row, column].astype(np.int64)
    return found


def test_head_and_hips_are_where_the_outlines_are() -> None:
    trunk, legs, arm, *_ = outlines(SPINE, LEFT)
    assert trunk[:, 0].min() < -700.0  # the head lies on the left
    assert legs[:, 0].max() > 0.0
    elbow = arm[np.argmax(arm[:, 0])]
    for right, up in (trunk.mean(axis=0), elbow - [12.0, 0.0]):
        assert at(person(), float(right), float(up))[3] > 250
    assert at(person(), -700.0, 105.0)[3] == 0


def test_the_loin_is_skin_and_legs_are_cloth() -> None:
    red, _, blue, alpha = at(person(), -120.0, -60.0)
    assert alpha == 255 and red > blue + 40
    red, _, blue, alpha = at(person(), 60.0, -60.0)
    assert alpha == 255 and blue >= red


def test_light_comes_from_the_upper_left() -> None:
    upper, lower = (at(person(), -430.0, up)[:3].sum() for up in (70.0, -30.0))
    assert upper > lower


def test_the_view_from_the_right_is_mirrored() -> None:
    for one, other in zip(outlines(SPINE, LEFT), outlines(SPINE, RIGHT), strict=True):
        np.testing.assert_allclose(one * [-1.0, 1.0], other)


def test_another_theme_lights_nothing_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    person()

    def forbidden(*_: object) -> None:
        raise AssertionError("the light was baked again")

    monkeypatch.setattr(lying_light, "lit_surface", forbidden)
    colors = {**THEME.colors, "skin.base": "#8A5A3C"}
    dark = replace(THEME, colors=colors)
    other, _ = lying_person(SPINE, dark, SCALE, window_mm=WINDOW, view=LEFT)
    assert other.box_mm == person().box_mm
    assert not np.array_equal(other.rgba, person().rgba)
