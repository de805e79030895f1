"""Cord, sac and fat against published sizes, and how smoothly they run."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from spineanim.geometry import curves
from spineanim.geometry.axes import Points2
from spineanim.geometry.canal import CONUS_STATION, Canal, station
from spineanim.geometry.layout import rotation
from spineanim.geometry.params import SIDE_LYING_FLEXED
from spineanim.geometry.spine import DISCS, Spine
from spineanim.geometry.table import LEVELS
from spineanim.geometry.torso import neutral_torso

SPINE = Spine()
CANAL = Canal(SPINE)


def gaps(level: str) -> dict[str, float]:
    return CANAL.offsets_at(station(level))


@pytest.mark.parametrize(("level", "depth"), [("T1", 12.9), ("T5", 12.3), ("T9", 11.6)])
def test_thoracic_sac_has_its_measured_depth(level: str, depth: float) -> None:
    at = gaps(level)
    assert at["sac_back"] - at["sac_front"] == pytest.approx(depth, abs=1.0)


@pytest.mark.parametrize("level", ["L1", "L2", "L3", "L4"])
def test_lumbar_sac_and_fat(level: str) -> None:
    at = gaps(level)
    assert 12.0 <= at["sac_back"] - at["sac_front"] <= 16.0
    assert 4.7 <= at["back_wall"] - at["sac_back"] <= 6.2


@pytest.mark.parametrize(
    ("level", "depth"), [("C4", 8.7), ("C7", 7.4), ("T1", 7.0), ("T5", 6.1), ("T9", 6.3)]
)
def test_cord_has_its_measured_depth(level: str, depth: float) -> None:
    at = gaps(level)
    assert at["cord_back"] - at["cord_front"] == pytest.approx(depth, abs=0.8)


@pytest.mark.parametrize(("level", "fluid"), [("T5", 5.8), ("T10", 4.1), ("T2", 3.9)])
def test_fluid_behind_the_cord(level: str, fluid: float) -> None:
    at = gaps(level)
    assert at["sac_back"] - at["cord_back"] == pytest.approx(fluid, abs=1.2)


def test_cord_hugs_the_front_in_the_kyphosis() -> None:
    for level in ("T4", "T6", "T8"):
        at = gaps(level)
        assert at["cord_front"] - at["sac_front"] < 0.5 * (at["sac_back"] - at["cord_back"])


def test_cord_ends_at_the_l1_l2_disc_and_the_sac_at_s2() -> None:
    tip = CANAL.conus_tip()
    assert SPINE.frame("L2").corners[1, 1] < tip[1] < SPINE.frame("L1").centre[1]
    end = CANAL.sac_wall("back")[-1]
    depth = (end @ rotation(SPINE.frame("S1").tilt_deg).T)[1]
    assert -35.5 * 1.06 < depth < -20.5 * 1.06


@pytest.mark.parametrize("spine", [SPINE, Spine(SIDE_LYING_FLEXED)])
def test_everything_lies_in_order_from_front_to_back(spine: Spine) -> None:
    canal = Canal(spine)
    for at in np.linspace(0.5, 23.5, 120):
        row = canal.offsets_at(float(at))
        assert 0 < row["sac_front"] < row["sac_back"] < row["back_wall"]
        assert row["sac_front"] < row["cord_front"] <= row["cord_back"] < row["sac_back"]


def test_canal_does_not_cut_into_bone() -> None:
    for level in LEVELS[2:-1]:
        body, spine = SPINE.body(level), SPINE.spinous_process(level)
        for wall in (CANAL.sac_wall("front"), CANAL.sac_wall("back")):
            assert not curves.contains(body, wall).any(), level
            assert not curves.contains(spine, wall).any(), level


def test_roots_and_filum_float_inside_the_sac() -> None:
    sac = CANAL.sac()
    roots = CANAL.roots()
    assert len(roots) >= 6
    for line in (*roots, CANAL.filum()):
        assert curves.contains(sac, line).all()
        assert line[-1, 1] < SPINE.frame("S1").centre[1] + 5


def test_cord_lies_inside_the_sac() -> None:
    assert curves.contains(CANAL.sac(), CANAL.cord()[5:-5]).mean() > 0.98


@pytest.mark.parametrize("at", [1.0, 5.3, 10.0, 14.6, 17.9, CONUS_STATION, 21.0, 23.2])
@pytest.mark.parametrize("offset", [0.0, 4.0, 11.0])
def test_station_of_undoes_place(at: float, offset: float) -> None:
    found, back = CANAL.station_of(CANAL.place(at, offset))
    assert found == pytest.approx(at, abs=0.05)
    assert back == pytest.approx(offset, abs=0.1)


def test_dura_lies_about_fifty_under_the_skin() -> None:
    at = station("L3_L4")
    dura = CANAL.place(at, CANAL.offsets_at(at)["sac_back"])
    gap, _ = curves.nearest(neutral_torso().lateral["trunk"], dura, closed=True)
    assert 45 <= gap <= 57


SPINES = pytest.mark.parametrize("spine", [SPINE, Spine(SIDE_LYING_FLEXED)], ids=["up", "bent"])


def bends_deg(line: Points2) -> NDArray[np.float64]:
    """Bend (degrees per mm) along a curve sampled every 1.5 mm, without its ends."""
    even = curves.resample(line, int(curves.length(line) / 1.5))
    along = curves.tangents(even)
    turn = np.unwrap(np.arctan2(along[:, 1], along[:, 0]))
    bend: NDArray[np.float64] = np.degrees(np.diff(turn))[2:-5]
    return bend / (curves.length(even) / (len(even) - 1))


def changes(bend: NDArray[np.float64]) -> int:
    """How often a curve changes the way it bends; bends too slight to see do not count."""
    sign = np.sign(bend[np.abs(bend) > 0.05])
    return int(np.sum(sign[1:] != sign[:-1]))


@SPINES
def test_cord_and_sac_do_not_wobble_with_the_discs(spine: Spine) -> None:
    canal = Canal(spine)
    for offsets in (*canal.sac_offsets, *canal.cord_offsets):
        chest = bends_deg(canal.curve(offsets, station("T5"), station("T11")))
        assert np.abs(chest).max() < 0.5
        assert changes(chest) <= 1
        assert changes(bends_deg(canal.curve(offsets, 1.0, 19.0))) <= 6


@SPINES
def test_sac_and_roots_are_smooth_at_the_last_disc(spine: Spine) -> None:
    canal = Canal(spine)
    for wall in ("front", "back"):
        assert np.abs(bends_deg(canal.sac_wall(wall))).max() < 1.4
    for line in (*canal.roots(10), canal.filum()):
        assert np.abs(bends_deg(line)).max() < 1.4


@SPINES
def test_sac_keeps_off_the_discs(spine: Spine) -> None:
    canal = Canal(spine)
    for name in DISCS:
        assert not curves.contains(spine.disc(name), canal.sac_wall("front")).any(), name
    wall, way = canal.back_wall(np.array([20.0, 22.5]))
    assert np.abs(wall - canal.place(20.0, canal.offsets_at(20.0)["back_wall"]))[0].max() < 0.1
    assert np.linalg.norm(way, axis=1) == pytest.approx(1.0)
