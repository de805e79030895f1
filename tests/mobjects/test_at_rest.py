from __future__ import annotations

import numpy as np

from spineanim.content.theme import Theme
from spineanim.mobjects.at_rest import AtRest
from spineanim.mobjects.click import Click
from spineanim.motion.camera import aim
from spineanim.picture.camera_frame import CameraFrame
from spineanim.picture.shape import Part, Shape
from spineanim.stage import Shot, format_of

SQUARE = np.array([[-1.0, -1.0], [1.0, -1.0], [1.0, 1.0], [-1.0, 1.0]])
WAY = np.linspace(0.1, 0.7, 23)[:, None] * np.array([1.0 / 3.0, 0.7, 0.0])


def test_a_thing_is_put_with_all_it_holds_and_its_way_leaves_no_trace() -> None:
    inner = Shape(SQUARE * 0.3)
    part, alone = Part(Shape(SQUARE), inner), Shape(SQUARE * 0.3)
    rest, straight = AtRest(part, (0.0, 0.0, 0.0)), AtRest(alone, (0.0, 0.0, 0.0))
    for place in WAY:
        rest.put(place)
    straight.put(WAY[-1])
    assert np.array_equal(inner.points, alone.points)
    np.testing.assert_allclose(inner.get_center(), WAY[-1], atol=1e-12)
    rest.put(WAY[0], 2.0)
    np.testing.assert_allclose(inner.width, 1.2)


def test_a_ring_spreads_about_its_place(theme: Theme) -> None:
    one, other = (Click(np.array([2.0, 1.0, 0.0]), 0.5, theme) for _ in range(2))
    for share in np.linspace(0.0, 1.0, 9):
        one.spread(float(share))
    other.spread(1.0)
    assert np.array_equal(one.submobjects[0].points, other.submobjects[0].points)
    np.testing.assert_allclose(one.get_center(), (2.0, 1.0, 0.0), atol=1e-9)
    np.testing.assert_allclose(one.submobjects[0].width, 1.5)


def test_a_camera_keeps_no_trace_of_where_it_looked() -> None:
    fmt = format_of(320, 180)
    travelled, straight = CameraFrame(fmt), CameraFrame(fmt)
    for share, place in enumerate(WAY, start=1):
        aim(travelled, Shot((float(place[0]), float(place[1])), 1.0 + share / 7.0))
    last = Shot((1.0 / 3.0, 0.1), 3.3)
    aim(travelled, last)
    aim(straight, last)
    assert np.array_equal(travelled.points, straight.points)
    np.testing.assert_allclose(travelled.width, fmt.width / 3.3)
    np.testing.assert_allclose(travelled.get_center(), (1.0 / 3.0, 0.1, 0.0), atol=1e-12)
