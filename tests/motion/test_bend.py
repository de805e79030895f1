from __future__ import annotations

import time

import numpy as np
import pytest

from spineanim.content.theme import Theme
from spineanim.geometry.axes import LATERAL_LEFT
from spineanim.geometry.params import HUNCHED, STANDING
from spineanim.geometry.spine import Spine
from spineanim.mobjects.bending import BendingColumn
from spineanim.motion.bend import Bends
from spineanim.stage import WIDE, Stage
from tests.motion.stage import assert_pure, drawn

BONES = ("L2", "L3", "L4")
STAGE = Stage(LATERAL_LEFT, (0.0, -15.0, 80.0), 0.05, fmt=WIDE.drawn_at(320, 180))


@pytest.fixture(scope="module")
def column(theme: Theme) -> BendingColumn:
    return BendingColumn(Spine(), theme, STAGE, bones=BONES)


def test_a_bend_is_a_pure_function_of_time(column: BendingColumn) -> None:
    column.bend(STANDING)
    assert_pure(Bends(column, HUNCHED), lambda: drawn(column))


def test_a_bend_ends_exactly_and_starts_from_what_is_there(column: BendingColumn) -> None:
    column.bend(STANDING)
    move = Bends(column, HUNCHED)
    column.bend(STANDING.between(HUNCHED, 0.5))
    move.begin()
    assert column.alignment == STANDING.between(HUNCHED, 0.5)
    move.finish()
    assert column.alignment == HUNCHED


def test_bones_keep_their_shape_and_meet_their_discs(column: BendingColumn) -> None:
    column.bend(STANDING)
    rest = {name: sprite.points.copy() for name, sprite in column.sprites.items()}
    column.bend(HUNCHED)
    spine = Spine(HUNCHED)
    for name, sprite in column.sprites.items():
        sides = [np.linalg.norm(each[4] - each[0]) for each in (rest[name], sprite.points)]
        assert sides[1] == pytest.approx(sides[0], rel=1e-9)
        centre = STAGE.plane(spine.frame(name).centre)[0]
        corners = sprite.points[0::4]
        assert (corners.min(axis=0) <= centre + 1e-9).all()
        assert (corners.max(axis=0) >= centre - 1e-9).all()
    column.bend(STANDING)
    assert all(np.allclose(column.sprites[name].points, rest[name]) for name in rest)


def test_a_bend_costs_little(column: BendingColumn) -> None:
    column.bend(STANDING)
    times = []
    for share in np.linspace(0.0, 1.0, 8):
        start = time.process_time()
        column.bend(STANDING.between(HUNCHED, float(share)))
        times.append(time.process_time() - start)
    assert min(times) < 0.020


def test_no_ground_shows_behind_the_canal_in_a_bend(column: BendingColumn) -> None:
    """Processes turn while ligaments are carried along: the gaps round them were bare."""
    column.bend(HUNCHED)
    spine = Spine(HUNCHED)
    picture = drawn(column)
    height, width = picture.shape[:2]
    tips = np.array([spine.spinous_tip(name) for name in BONES])
    fronts = np.array([spine.frame(name).corners[2] for name in BONES])
    places = [
        fronts[i] + (tips[i] - fronts[i]) * out + (tips[i + 1] - tips[i]) * down
        for i in range(len(BONES) - 1)
        for out in np.linspace(0.75, 0.98, 12)
        for down in np.linspace(0.0, 1.0, 30)
    ]
    scene = STAGE.plane(np.array(places))
    columns = np.rint(width / 2 + scene[:, 0] * height / 8.0).astype(int)
    rows = np.rint(height / 2 - scene[:, 1] * height / 8.0).astype(int)
    assert (picture[rows, columns, :3].min(axis=1) < 250).all()  # the ground is white
