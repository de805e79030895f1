"""Pictures that are coloured late: the same as those coloured at once, and only if drawn."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace

import numpy as np
import pytest

from spineanim.content.theme import Theme
from spineanim.geometry.axes import ANTERIOR
from spineanim.geometry.parts import Part, Tissue
from spineanim.geometry.solids.primitives import Ellipsoid
from spineanim.mobjects.figure import placed
from spineanim.picture.bake import bake
from spineanim.picture.late import LateImage
from spineanim.picture.shade import coloured
from spineanim.picture.tones import Finish, Tones, tones_of
from spineanim.preview.theatre.noted import NotedColors
from spineanim.stage import Stage


def lit(x_mm: float, oversample: int) -> Tones:
    ball = Part("ball", Tissue.PLASTIC, Ellipsoid((x_mm, 0.0, 0.0), (5.0, 5.0, 3.0)))
    buffer = bake(ball, ANTERIOR.at_scale(4.0))
    assert buffer is not None
    return tones_of([(ball, buffer)], Finish(oversample))


@pytest.mark.parametrize("oversample", [1, 2, 3])
@pytest.mark.parametrize("x_mm", [0.0, 1.3, -2.75])
def test_it_is_the_picture_that_is_coloured_at_once(
    theme: Theme, x_mm: float, oversample: int
) -> None:
    tones = lit(x_mm, oversample)
    late, at_once = LateImage(tones, theme), coloured(tones, theme)
    assert late.box_mm == at_once.box_mm
    np.testing.assert_array_equal(late.picture.rgba, at_once.rgba)
    tall, wide = at_once.rgba.shape[:2]
    assert late.picture.level(0.4, 0.4)[0].get_height() < tall
    assert late.picture.surface.get_width() == wide


def test_its_colours_are_asked_for_when_it_is_drawn_and_once(theme: Theme) -> None:
    colors = NotedColors(theme.colors)
    stage = Stage(ANTERIOR, (0.0, 0.0, 0.0), 0.05)
    sprite = placed(LateImage(lit(0.0, 2), replace(theme, colors=colors)), stage)
    again = deepcopy(sprite)
    changed = replace(theme, colors=dict.fromkeys(theme.colors, "#102030"))
    colors.become(changed)
    assert again.picture is sprite.picture
    drawn = again.picture.rgba
    np.testing.assert_array_equal(drawn, coloured(lit(0.0, 2), changed).rgba)
    colors.become(theme)
    assert sprite.picture.rgba is drawn


def test_what_no_picture_has_is_not_there(theme: Theme) -> None:
    picture = LateImage(lit(0.0, 2), theme).picture
    assert not hasattr(picture, "colour") and not hasattr(picture, "__array__")
