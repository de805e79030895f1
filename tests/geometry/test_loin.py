"""The cut across the loin: the tunnel laid onto it stays in the fat."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import numpy as np
import pytest
from numpy.typing import NDArray

from spineanim.geometry.axes import Points2
from spineanim.geometry.body import Body
from spineanim.geometry.loin import LoinCut
from spineanim.geometry.params import SIDE_LYING_FLEXED, Anatomy, Side

SKIN_MM = 2.5


@lru_cache(maxsize=2)
def cut(side: Side = "left") -> LoinCut:
    return LoinCut(Body(Anatomy(side=side, alignment=SIDE_LYING_FLEXED), implanted=False))


def on_plane(found: LoinCut, points: Points2) -> NDArray[np.float64]:
    """Patient points (N, 3) of points of the cut."""
    view = found.view
    assert view.cut is not None
    height = float(view.nearness(np.array([view.cut.point_mm]))[0])
    return np.column_stack([points, np.full(len(points), height)]) @ view.rotation


def layer(found: LoinCut, name: str, points: NDArray[np.float64]) -> NDArray[np.float64]:
    solid = next(part.solid for part in found.body.trunk if part.name == name)
    return solid.distance_mm(points)


def test_it_is_seen_from_the_feet_with_the_back_up() -> None:
    view = cut().view
    assert view.toward_viewer[2] < -0.9
    assert view.up[1] > 0.9
    assert view.project(np.array([100.0, 0.0, 0.0]))[0] < 0  # the left flank on the left


def test_the_cut_keeps_near_the_tunnel() -> None:
    found = cut()
    assert found.view.cut is not None
    heights = found.view.cut.height(found.body.route.passer)
    assert np.abs(heights).max() < 20.0


@pytest.mark.parametrize("side", ["left", "right"])
def test_the_tunnel_stays_between_skin_and_muscle(side: Side) -> None:
    found = cut(side)
    way = found.route.passer[20:]  # the first tenth lies in the open cut
    laid = on_plane(found, found.laid(way))
    for points in (way, laid):
        assert layer(found, "skin", points).max() < -SKIN_MM
        assert layer(found, "fascia", points).min() > 0.0
    np.testing.assert_allclose(found.depth_mm(laid), found.depth_mm(way), atol=0.3)


def test_it_runs_from_back_to_front_round_one_flank() -> None:
    laid = cut().laid(cut().body.route.passer)
    assert np.all(np.diff(laid[:, 1]) < 0.0)
    assert laid[:, 0].max() < 2.0
    mirrored = cut("right").laid(cut("right").body.route.passer)
    np.testing.assert_allclose(mirrored * [-1.0, 1.0], laid, atol=0.5)


def test_the_empty_pocket_lies_on_the_muscle() -> None:
    found = cut()
    pocket = on_plane(found, found.pocket(5.0))
    gap = layer(found, "fascia", pocket)
    assert gap.min() > -0.4
    assert 4.0 < gap.max() < 6.0
    assert layer(found, "skin", pocket).max() < -SKIN_MM
    end = found.laid(found.body.route.passer[-1:])
    assert np.linalg.norm(found.pocket(5.0) - end, axis=1).min() < 14.0


def test_before_the_pump_is_in_the_skin_is_untouched() -> None:
    empty = cut().body
    full = replace(empty, implanted=True)
    spot = empty.route.pump.centre + 30.0 * empty.route.pump.normal
    bare, lifted = (body.trunk[0].solid.distance_mm(spot)[0] for body in (empty, full))
    assert bare > lifted + 3.0
