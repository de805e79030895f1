"""The trunk from the right is the trunk from the left in a mirror, under the same lamp."""

from __future__ import annotations

import numpy as np
import pytest

from spineanim.geometry.axes import LATERAL_LEFT, LATERAL_RIGHT
from spineanim.geometry.body import Body
from spineanim.geometry.spine import Spine
from spineanim.geometry.torso import neutral_torso
from spineanim.picture.body_side import SIDE_CROP
from spineanim.picture.relief import UPPER_LEFT
from spineanim.picture.side_light import SideLight
from spineanim.picture.side_mirror import side_light_from
from spineanim.picture.skeleton import near_side, side_bones

WINDOW = (-180.0, -220.0, 180.0, 420.0)
"""Alike on both sides, so that the grids are."""


@pytest.fixture(scope="module")
def seen() -> tuple[SideLight, SideLight]:
    torso, spine = neutral_torso(), Spine()
    left, right = (
        side_light_from(view, torso, spine, 0.5, WINDOW, UPPER_LEFT, SIDE_CROP, ())
        for view in (LATERAL_LEFT, LATERAL_RIGHT)
    )
    return left, right


def test_the_shape_is_mirrored(seen: tuple[SideLight, SideLight]) -> None:
    left, right = seen
    one, other = left.body.astype(int), right.body.astype(int)
    assert np.abs(one[:, ::-1] - other).max() <= 1  # the dither hangs on the pixels
    for name in ("skin", "fat", "fascia", "muscle", "deep"):
        first, second = getattr(left, name), getattr(right, name)
        last = first.column + first.cover.shape[1]
        assert (second.row, second.column) == (first.row, left.grid.width_px - last)
    box = left.grid.box_mm
    assert right.grid.box_mm == pytest.approx((-box[2], box[1], -box[0], box[3]))


def test_the_light_is_not(seen: tuple[SideLight, SideLight]) -> None:
    """On either picture, skin that faces the left of the frame is lighter."""
    for each in seen:
        tone, cover = each.skin.tone.astype(float), each.skin.cover > 250
        rows = [row for row in range(60, cover.shape[0] - 60) if cover[row].sum() > 40]
        edges = [
            (tone[row][cover[row]][:6].mean(), tone[row][cover[row]][-6:].mean()) for row in rows
        ]
        lit, far = np.mean(edges, axis=0)
        assert lit > 1.15 * far


def test_the_near_bones_are_shown() -> None:
    names = {
        side: {part.name for part in side_bones(Body(), near_side(view))}
        for side, view in (("left", LATERAL_LEFT), ("right", LATERAL_RIGHT))
    }
    assert "rib_7_left" in names["left"] and "rib_7_left" not in names["right"]
    assert {name.replace("_left", "_right") for name in names["left"]} == names["right"]
