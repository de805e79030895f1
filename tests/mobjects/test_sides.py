"""A pump on the right is seen from the right: every place stands as in a mirror."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pytest

from spineanim.content.project import Project
from spineanim.content.settings import load_settings
from spineanim.geometry.axes import LATERAL_RIGHT
from spineanim.geometry.params import Side
from spineanim.mobjects.sides import Point, SeenFrom, sagittal
from spineanim.mobjects.system import SystemPlate
from spineanim.stage import FORMATS, WIDE, Stage, px
from tests.conftest import ROOT

MIRROR = np.array([-1.0, 1.0, 1.0])


@lru_cache(maxsize=2)
def system(side: Side) -> SystemPlate:
    settings = load_settings("pump", Project(ROOT), overrides={"side": side})
    return SystemPlate(settings.parameters, settings.theme, WIDE.drawn_at(160, 90))


def places(plate: SystemPlate) -> dict[str, Point]:
    """Scene points (N, 3) of what the picture shows."""
    x, y = plate.near_shot.centre
    return {
        "skin": plate.body.trunk_outline,
        "thigh": plate.body.thigh_outline(),
        "column": plate.column_outline(),
        "pump": plate.pump.place("centre")[None],
        "connector": plate.pump.connector_tip[None],
        "catheter": plate.flank.path,
        "inner catheter": plate.inner.path,
        "tip": plate.section.tip[None],
        "cuts": np.vstack([plate.back.course, plate.front_cut.course]),
        "anchor": plate.anchor.middle[None],
        "lens": plate.lens.content.submobjects[0].points,
        "tip in the lens": plate.lens_stage.point(plate.route.tip)[None],
        "near shot": np.array([[x, y, 0.0]]),
    }


@pytest.mark.slow
def test_the_picture_for_the_right_is_the_mirror_of_that_for_the_left() -> None:
    left, right = (places(system(side)) for side in ("left", "right"))
    for name, points in left.items():
        seen = right[name] * MIRROR
        # an outline may be gone round the other way
        away = np.linalg.norm(points[:, None] - seen[None], axis=2).min(axis=1)
        assert away.max() < px(3), name


@pytest.mark.slow
def test_a_pump_on_the_right_is_near_and_on_the_right_of_the_picture() -> None:
    plate = system("right")
    assert plate.stage.view == plate.lens_stage.view == LATERAL_RIGHT
    assert plate.stage.view.nearness(plate.route.pump.centre) > 0
    spine = plate.section.level("L3")[0]
    assert plate.pump.place("centre")[0] > spine > plate.back.course[:, 0].mean()
    skin = plate.body.skin.corner_points()
    assert skin[0][0] < skin[1][0], "the pictures are not flipped: the light stays"


@pytest.mark.slow
def test_words_stand_on_the_other_side() -> None:
    other = {"left": "right", "right": "left", "above": "above", "below": "below"}
    left, right = (system(side).naming().callouts for side in ("left", "right"))
    for name, callout in left.items():
        assert right[name].sides == tuple(other[side] for side in callout.sides)
        ends = (np.atleast_2d(each.at) for each in (callout, right[name]))
        first, second = ends
        np.testing.assert_allclose(first, second * MIRROR, atol=px(3))


@pytest.mark.parametrize("aspect", list(FORMATS))
def test_places_are_mirrored_about_the_middle_of_any_frame(aspect: str) -> None:
    fmt = FORMATS[aspect]
    there, here = (SeenFrom(side).point(fmt, 200.0, 300.0) for side in ("left", "right"))
    np.testing.assert_allclose(there, fmt.point(200.0, 300.0))
    np.testing.assert_allclose(here, fmt.point(fmt.width_px - 200.0, 300.0))


@pytest.mark.parametrize("side", ["left", "right"])
def test_the_belly_is_where_the_side_says(side: Side) -> None:
    seen = SeenFrom(side)
    stage = Stage(seen.view, (0.0, 0.0, 0.0), 0.01)
    belly, back = sagittal(stage, [[-100.0, 40.0], [80.0, 40.0]])
    np.testing.assert_allclose(belly, stage.point((30.0, -100.0, 40.0)))
    leftmost = belly if seen.belly == "left" else back
    assert leftmost[0] == min(belly[0], back[0])
    assert seen.belly != seen.back
