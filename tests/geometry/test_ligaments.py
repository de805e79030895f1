"""Ligaments: they fill what lies between the bones and touch them."""

from __future__ import annotations

import numpy as np
import pytest

from spineanim.geometry import curves, ligaments
from spineanim.geometry.axes import Points2
from spineanim.geometry.canal import FLAVUM_MM, SUPRASPINOUS_MM, Canal, station
from spineanim.geometry.params import SIDE_LYING_FLEXED
from spineanim.geometry.spine import DISCS, Spine
from spineanim.geometry.torso import neutral_torso
from spineanim.geometry.vertebra import region_of
from spineanim.geometry.wall import FASCIA_MM, fascia_depth_mm

SPINE = Spine()
CANAL = Canal(SPINE)
BENT = Canal(Spine(SIDE_LYING_FLEXED))
CANALS = pytest.mark.parametrize("canal", [CANAL, BENT], ids=["up", "bent"])
NAMES = pytest.mark.parametrize("name", DISCS)


def neighbours(spine: Spine, name: str) -> tuple[Points2, Points2]:
    upper, lower = name.split("_")
    below = spine.sacral_crest() if lower == "S1" else spine.spinous_process(lower)
    return spine.spinous_process(upper), below


def thickness(canal: Canal, name: str) -> np.ndarray:
    """Thickness (mm) of a flavum from one end to the other."""
    outline = ligaments.flavum(canal, name)
    half = len(outline) // 2 + 1
    front, back = outline[:half], np.vstack([outline[half:], outline[:1]])[::-1]
    size: np.ndarray = np.linalg.norm(back[: half - 1] - front[: half - 1], axis=1)
    return size


# ------------------------------------------------------------------------------ flavum
@CANALS
@NAMES
def test_flavum_lies_on_the_canal_outside_the_sac(canal: Canal, name: str) -> None:
    outline = ligaments.flavum(canal, name)
    assert abs(curves.signed_area(outline)) > 8
    assert not curves.contains(canal.sac(), outline).any()
    for bone in neighbours(canal.spine, name):
        for point in outline[curves.contains(bone, outline)]:
            assert curves.nearest(bone, point, closed=True)[0] < 1.1


@NAMES
def test_flavum_is_as_thick_as_published_and_runs_out_at_its_ends(name: str) -> None:
    size = thickness(CANAL, name)
    most = FLAVUM_MM[region_of(name.split("_")[0])] * SPINE.stature_factor
    assert size.max() == pytest.approx(most, abs=0.4 if name != "L5_S1" else 0.8)
    assert max(size[0], size[-1]) < 0.5
    assert np.abs(np.diff(size)).max() < 0.7


@CANALS
@pytest.mark.parametrize("level", ["L1", "L2", "L3", "L4", "L5", "T6", "T9", "T12"])
def test_no_slit_is_left_before_a_lamina(canal: Canal, level: str) -> None:
    bone = canal.spine.spinous_process(level)
    flava = [ligaments.flavum(canal, name) for name in DISCS if level in name.split("_")]
    start, way = canal.back_wall(station(level) + np.linspace(-0.05, 0.25, 40))
    run = curves.reach(bone, start, way, behind_mm=4.0)
    for point, across, room in zip(start, way, run, strict=True):
        if not 0.6 < room < 6.0:
            continue
        spots = point + across * np.arange(0.3, room - 0.1, 0.2)[:, None]
        filled = curves.contains(flava[0], spots) | curves.contains(flava[1], spots)
        assert np.sum(~filled) * 0.2 < 0.9


# ------------------------------------------------------------- between the processes
@CANALS
@NAMES
def test_sheet_follows_the_processes(canal: Canal, name: str) -> None:
    assert abs(curves.signed_area(ligaments.interspinous(canal, name))) > 15
    for edge, bone in zip(
        ligaments.process_edges(canal, name), neighbours(canal.spine, name), strict=True
    ):
        assert max(curves.nearest(bone, point, closed=True)[0] for point in edge) < 0.3
        assert np.linalg.norm(np.diff(edge, axis=0), axis=1).max() < 2.5


@CANALS
@NAMES
def test_nothing_is_left_open_between_the_processes(canal: Canal, name: str) -> None:
    parts = [ligaments.interspinous(canal, name), ligaments.flavum(canal, name)]
    above, below = ligaments.process_edges(canal, name)
    bones = neighbours(canal.spine, name)
    share = np.linspace(0.0, 1.0, 9)[:, None, None]
    # short of the knobs at the tips, behind which a straight line may leave the ligament
    spots = (above * (1 - share) + below * share)[:, :26].reshape(-1, 2)
    inside = np.any([curves.contains(each, spots) for each in (*parts, *bones)], axis=0)
    for spot in spots[~inside]:
        assert min(curves.nearest(each, spot, closed=True)[0] for each in parts) < 0.5


@CANALS
def test_sheets_lie_between_the_bones_not_on_them(canal: Canal) -> None:
    for name in DISCS:
        sheet = ligaments.interspinous(canal, name)
        for bone in neighbours(canal.spine, name):
            for point in sheet[curves.contains(bone, sheet)]:
                assert curves.nearest(bone, point, closed=True)[0] < 2.0, name


def test_unknown_gaps_are_refused() -> None:
    for build in (ligaments.flavum, ligaments.interspinous, ligaments.process_edges):
        with pytest.raises(LookupError):
            build(CANAL, "C1_C2")


# ----------------------------------------------------------------------- long ligaments
def test_supraspinous_ligament_ends_at_l4_l5() -> None:
    line = ligaments.supraspinous(SPINE)
    assert line[-1, 1] > SPINE.frame("L5").centre[1]
    assert line[0, 1] > SPINE.frame("T1").centre[1]


@CANALS
def test_supraspinous_ligament_runs_at_one_distance_over_the_tips(canal: Canal) -> None:
    line = ligaments.supraspinous(canal.spine)
    for level in ("C7", "T1", "T5", "T9", "T12", "L2", "L4"):
        gap, _ = curves.nearest(line, canal.spine.spinous_tip(level))
        assert gap == pytest.approx(ligaments.TIP_GAP_MM * 1.06, abs=0.05), level


def test_supraspinous_ligament_stays_under_the_lumbar_fascia() -> None:
    line = ligaments.supraspinous(SPINE)
    outer = curves.offset(line, SUPRASPINOUS_MM / 2)
    lumbar = outer[line[:, 1] < SPINE.spinous_tip("T12")[1]]
    skin = neutral_torso().lateral["trunk"]
    depth = [curves.nearest(skin, point, closed=True)[0] for point in lumbar]
    assert min(depth) > fascia_depth_mm(180.0) + FASCIA_MM / 2 - 0.05


def test_long_ligaments_run_the_whole_column() -> None:
    front = ligaments.anterior_longitudinal(SPINE)
    back = ligaments.posterior_longitudinal(CANAL)
    assert front[0, 1] > 550
    assert front[-1, 1] < 0
    assert back[0, 1] > 550
