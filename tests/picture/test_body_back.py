"""The trunk from behind: bones of a window shown before are laid into the one that is shown now."""

from __future__ import annotations

import numpy as np
import pytest

from spineanim.content.theme import Theme
from spineanim.geometry.torso import neutral_torso
from spineanim.picture import body_back
from spineanim.picture.body_back import posterior_body
from spineanim.picture.haste import hurried, roughness
from spineanim.picture.image import BakedImage
from spineanim.picture.kept import remembered

WINDOW = (-100.0, 0.0, 100.0, 200.0)
LOWER = (-100.0, -30.0, 100.0, 170.0)
SCALE = 0.4


@pytest.mark.slow
def test_in_haste_bones_seen_before_are_shown_where_they_are(
    theme: Theme, monkeypatch: pytest.MonkeyPatch
) -> None:
    def bones(window: tuple[float, float, float, float]) -> BakedImage:
        return posterior_body(neutral_torso(), theme, SCALE, window_mm=window).bones

    bones(WINDOW)
    fine = bones(LOWER)
    with hurried(), remembered({}):
        bones(WINDOW)
        before = roughness()
        monkeypatch.setattr(body_back, "is_kept", lambda _, grid, __: grid.top_mm > 190.0)
        found = bones(LOWER)
        assert roughness() > before
    assert found.box_mm == fine.box_mm
    assert fine.rgba[..., 3].max() > 100
    apart = np.abs(found.rgba[..., 3].astype(int) - fine.rgba[..., 3])
    assert apart.mean() < 3.0
