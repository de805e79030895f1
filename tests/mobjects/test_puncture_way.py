"""The needle's way: below the cord, beside the bones, through every layer in its order."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

import numpy as np
import pytest

from spineanim.content.parameters import Parameters
from spineanim.content.project import Project
from spineanim.content.settings import load_settings
from spineanim.geometry import calipers, curves
from spineanim.geometry.bones.vertebrae import bone_part
from spineanim.geometry.canal import CONUS_STATION, station
from spineanim.geometry.params import ENTRY_LEVELS, PROCEDURE, Side
from spineanim.mobjects.needle import FINE, GUIDING
from spineanim.mobjects.puncture import top_level
from spineanim.mobjects.puncture_way import LAYERS, NeedleWay
from spineanim.mobjects.threaded import DRAWN_MM
from tests.conftest import ROOT

levels = pytest.mark.parametrize("level", ENTRY_LEVELS)


@lru_cache(maxsize=8)
def way_at(level: str, side: Side = "left", tip: str = "T10") -> NeedleWay:
    given: Parameters = load_settings("trial", Project(ROOT)).parameters
    anatomy = replace(given.anatomy, entry_level=level, side=side, tip_level=tip)
    return NeedleWay(replace(given, anatomy=anatomy), PROCEDURE)


@levels
def test_the_needle_goes_in_at_the_asked_level_below_the_cord(level: str) -> None:
    way = way_at(level)
    at, _ = way.canal.station_of(way.at(way.stops_mm["fluid"]))
    assert at > CONUS_STATION + 0.3
    assert at == pytest.approx(station(level), abs=0.35)
    upper, lower = level.split("_")
    assert station(upper) < at < station(lower)


@levels
def test_layers_are_passed_in_their_order_and_thickness(level: str) -> None:
    way = way_at(level)
    ends = [way.layers_mm[name] for name in LAYERS]
    for (_, end), (start, _) in pairwise(ends):
        assert end == pytest.approx(start)
    # square to the skin: skin 2-3 mm, fat 10-30, flavum 3-4, fat behind the sac 5-6 (3.2); along
    # an oblique needle each is longer
    thick = {name: end - start for name, (start, end) in way.layers_mm.items()}
    assert 2.0 < thick["skin"] < 5.0
    assert 10.0 < thick["fat"] < 30.0
    assert 30.0 < thick["muscle"] < 60.0
    assert 2.5 < thick["flavum"] < 7.0
    assert 4.0 < thick["epidural"] < 12.0
    depth, _ = curves.nearest(way.skin_yz, way.dura)
    assert 40.0 < depth < 65.0


@levels
def test_the_needle_is_oblique_towards_the_head(level: str) -> None:
    way = way_at(level)
    along = -way._down()
    angle = np.degrees(np.arccos(float(way.ahead @ along)))
    assert 35.0 < angle < 60.0
    assert way.dura[1] > way.skin[1] + 30.0


@levels
@pytest.mark.parametrize("side", ["left", "right"])
def test_the_needle_touches_no_bone_of_the_bent_spine(level: str, side: Side) -> None:
    way = way_at(level, side)
    start, end = way.route.needle_skin, way.route.dura
    assert np.sign(start[0]) == (1.0 if side == "left" else -1.0)
    line = start + np.linspace(0.0, 1.0, 160)[:, None] * (end - start)
    for name in ("L1", "L2", "L3", "L4", "L5", "sacrum"):
        gap = calipers.least_gap_mm(line, bone_part(way.spine, name).placed)
        assert gap > GUIDING.drawn_mm / 2, name


@pytest.mark.parametrize("tip", ["T7", "T10", "T12"])
def test_the_catheter_lies_inside_the_dura_and_behind_cord_and_roots(tip: str) -> None:
    way = way_at("L2_L3", tip=tip)
    path = way.route.between("intrathecal", "intrathecal")[:, 1:]
    assert way.canal.station_of(path[-1])[0] == pytest.approx(station(tip), abs=0.3)
    for point in path[6:]:
        at, offset = way.canal.station_of(point)
        walls = way.canal.offsets_at(at)
        assert offset < walls["sac_back"]
        if at < CONUS_STATION:
            assert offset > walls["cord_back"]
        else:
            assert offset > (walls["sac_front"] + walls["sac_back"]) / 2


def test_the_catheter_fits_into_the_guiding_needle() -> None:
    assert GUIDING.drawn_mm > DRAWN_MM
    assert FINE.drawn_mm < GUIDING.drawn_mm
    assert GUIDING.length_mm > way_at("L2_L3").stops_mm["fluid"], "the hub stays outside"


@levels
@pytest.mark.parametrize("tip", ["T7", "T10", "T12"])
def test_skin_and_spine_reach_far_beyond_the_tip(level: str, tip: str) -> None:
    way = way_at(level, tip=tip)
    assert way.skin_yz[0, 1] - way.route.tip[2] > 110.0
    assert station(tip) - station(top_level(tip)) >= 4.0
    assert way.skin_yz[0, 1] - way.dura[1] > 250.0
