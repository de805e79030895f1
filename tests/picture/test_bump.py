"""A bump of the skin: lit from the upper left, nothing beyond its foot."""

from __future__ import annotations

import numpy as np

from spineanim.content.project import find_project
from spineanim.content.theme import load_theme
from spineanim.picture.bump import bake_bump

THEME = load_theme(find_project().theme_file)


def test_light_falls_on_the_upper_left_and_the_other_side_is_in_shade() -> None:
    bump = bake_bump(40.0, 14.0, THEME, 2.0)
    rgba = bump.rgba.astype(float)
    half = len(rgba) // 2
    reach = round(40.0 * 2.0 * np.sqrt(0.5))
    lit, shaded = rgba[half - reach, half - reach], rgba[half + reach, half + reach]
    assert lit[3] > 20 and shaded[3] > 20
    light, dark = (THEME.rgb(f"skin.{tone}") * 255 for tone in ("light", "dark"))
    np.testing.assert_allclose(lit[:3] / lit[3] * 255, light, atol=12)
    np.testing.assert_allclose(shaded[:3] / shaded[3] * 255, dark, atol=12)


def test_its_top_and_its_foot_are_clear() -> None:
    bump = bake_bump(40.0, 14.0, THEME, 2.0)
    alpha = bump.rgba[..., 3]
    assert alpha[len(alpha) // 2, len(alpha) // 2] == 0
    assert not alpha[0].any() and not alpha[:, -1].any()
    assert (bump.rgba[..., :3] <= bump.rgba[..., 3:]).all()
