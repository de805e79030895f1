from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from spineanim.content.theme import Theme
from spineanim.picture.flatten import flatten
from spineanim.picture.separation import separated
from spineanim.picture.shape import Part, Shape, Sprite, Tones, Volume, mix

SQUARE = np.array([(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)])
TOKENS = ("bone.light", "bone.base", "bone.dark", "bone.line", "skin.dark")


def drawn(theme: Theme) -> tuple[Sprite, ...]:
    """Draw a shaded body on a faint, mixed ground with a gradient, and a fainter part."""
    light, base, dark, line, skin = (theme.color(token) for token in TOKENS)
    stops = ((0.0, mix(skin, base, 0.4), 1.0), (1.0, dark, 0.5))
    ground = Shape(SQUARE).with_gradient("linear", (-1, 1, 0), (1, -1, 0), stops)
    body = Volume(SQUARE * 0.6, Tones(light, base, dark, line), depth_px=30)
    near = flatten(Part(Shape(SQUARE * 0.3, fill=skin, fill_opacity=0.4)), 20)
    near.set_fill(opacity=0.7)
    return flatten(Part(ground, body), 20), near


@pytest.mark.parametrize("turned", [0, 0x5F3A91])
def test_a_separation_is_the_drawing_in_any_theme(theme: Theme, turned: int) -> None:
    colors = {token: f"#{int(value[1:], 16) ^ turned:06X}" for token, value in theme.colors.items()}
    other = replace(theme, colors=colors)
    for kept, straight in zip(separated(drawn), drawn(other), strict=True):
        found = kept.sprite(other)
        off = np.abs(found.picture.rgba.astype(int) - straight.picture.rgba)
        assert off[..., 3].max() == 0
        assert off.mean() < 0.6 and off.max() <= 6
        assert np.array_equal(found.corner_points(), straight.corner_points())
        assert found.get_fill_opacity() == straight.get_fill_opacity()


def test_what_a_theme_paints_white_is_white() -> None:
    white = Theme(dict.fromkeys(TOKENS, "#FFFFFF"), {})
    kept = separated(drawn)[1].sprite(white)
    assert np.array_equal(kept.picture.rgba[..., 1], kept.picture.rgba[..., 3])
