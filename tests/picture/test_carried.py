"""A picture of a body is carried along with its spine."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from spineanim.geometry.axes import LATERAL_LEFT, LATERAL_RIGHT, Points2, View
from spineanim.geometry.params import Alignment
from spineanim.geometry.spine import Spine
from spineanim.picture.carried import carried, carried_image
from spineanim.picture.image import BakedImage

BEFORE = Spine(Alignment.from_pelvic_incidence(52.0))
NOW = Spine(replace(Alignment.from_pelvic_incidence(47.0), thoracic_kyphosis_deg=40.0))
LEVELS = ("T4", "T10", "L1", "L4")
PX_PER_MM = 2.0


def _dotted(spine: Spine, view: View) -> BakedImage:
    """Draw a dot on the middle of some bodies."""
    across, up, px = 160, 560, PX_PER_MM
    left, top = -80.0, 540.0
    rgba = np.zeros((int(up * px), int(across * px), 4), np.uint8)
    for index, level in enumerate(LEVELS):
        y, z = _middle(spine, level, view)
        row, column = int((top - z) * px), int((y - left) * px)
        rgba[row - 2 : row + 3, column - 2 : column + 3] = (40 * (index + 1), 0, 0, 255)
    return BakedImage(rgba, (left, top - up, left + across, top))


def _middle(spine: Spine, level: str, view: View) -> Points2:
    y, z = spine.frame(level).centre
    return np.asarray((y * view.right[1], z))


@pytest.mark.parametrize("view", [LATERAL_LEFT, LATERAL_RIGHT])
def test_a_picture_goes_along_with_every_bone(view: View) -> None:
    found = carried_image(_dotted(BEFORE, view), BEFORE, NOW, view)
    left, bottom, right, top = found.box_mm
    tall, wide = found.rgba.shape[:2]
    assert (right - left) * PX_PER_MM == pytest.approx(wide)
    assert (top - bottom) * PX_PER_MM == pytest.approx(tall)
    for index, level in enumerate(LEVELS):
        shade = found.rgba[..., 0].astype(int)
        rows, columns = np.nonzero((abs(shade - 40 * (index + 1)) < 8) & (found.rgba[..., 3] > 200))
        at = (left + (columns.mean() + 0.5) / PX_PER_MM, top - (rows.mean() + 0.5) / PX_PER_MM)
        assert np.linalg.norm(at - _middle(NOW, level, view)) < 1.0, level
    moved = np.linalg.norm(_middle(NOW, "T4", view) - _middle(BEFORE, "T4", view))
    assert moved > 5.0, "it had to go some way"


def test_a_picture_of_the_same_spine_stays_what_it_is() -> None:
    image = _dotted(BEFORE, LATERAL_LEFT)
    found = carried_image(image, BEFORE, BEFORE, LATERAL_LEFT)
    assert (found.rgba[..., 3] > 0).sum() == (image.rgba[..., 3] > 0).sum()


def test_an_empty_picture_stays_empty() -> None:
    corners = np.array([[0.0, 10.0], [10.0, 10.0], [0.0, 0.0]])
    rgba, same = carried(np.zeros((5, 5, 4), np.uint8), corners, BEFORE, NOW, LATERAL_LEFT)
    assert not rgba.any() and same is corners
