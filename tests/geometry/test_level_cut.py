"""The level cut goes where it says, and signals on it go through the tissues they should."""

from __future__ import annotations

import numpy as np
import pytest

from spineanim.geometry.body import Body
from spineanim.geometry.level_cut import BACK_HORN, PAIN_TRACT, TRACTS, LevelCut
from spineanim.geometry.params import Side
from spineanim.geometry.parts import Tissue
from spineanim.geometry.soft.exits import exit_of

BODY = Body(implanted=False)


def cut_at(level: str) -> LevelCut:
    return LevelCut(BODY, level)


def tissue_at(cut: LevelCut, place_mm: np.ndarray) -> set[Tissue]:
    """Tissues of cord and sac at a place of the view's plane."""
    height = cut.view.nearness(np.array(cut.plane.point_mm))
    point = np.append(place_mm, height) @ cut.view.rotation
    found = set()
    for part in BODY.sac:
        if part.name.startswith(("cord", "csf")) and part.contains(point[None])[0]:
            local = part.pose.local(point[None])
            found.add(Tissue(int(part.tissue_at(local, section=True)[0])))
    return found


@pytest.mark.parametrize("level", ["T7", "T10", "T12", "L3"])
def test_the_cut_passes_under_the_pedicles_of_its_level(level: str) -> None:
    cut = cut_at(level)
    bone = BODY.spine.frame(level)
    height = cut.plane.height(np.array([[0.0, *bone.centre]]))[0]
    assert -bone.height_mm / 2 < -height < bone.height_mm / 2
    assert height > 0.0  # the middle of the body lies over the cut
    assert cut.view.toward_viewer[2] > 0.9  # seen from above
    assert cut.view.up[1] < -0.9  # the front is up


@pytest.mark.parametrize("level", ["T7", "T9", "T12"])
@pytest.mark.parametrize("side", ["left", "right"])
def test_pain_goes_to_the_back_horn_and_crosses_to_the_other_side(level: str, side: Side) -> None:
    cut = cut_at(level)
    way, horn = cut.pain_way(side), cut.to_horn(side)[-1]
    toward = -1.0 if side == "left" else 1.0  # the patient's left is on the left
    assert np.sign(way[0, 0]) == np.sign(horn[0]) == toward
    assert np.sign(way[-1, 0]) == -toward
    assert Tissue.GREY_MATTER in tissue_at(cut, cut.in_cord(BACK_HORN, side))
    assert tissue_at(cut, way[-1]) >= {Tissue.CORD}
    assert Tissue.GREY_MATTER not in tissue_at(cut, cut.in_cord(PAIN_TRACT, side))
    crossing = way[np.argmin(np.abs(way[len(way) // 2 :, 0])) + len(way) // 2]
    assert Tissue.CORD in tissue_at(cut, crossing) or Tissue.GREY_MATTER in tissue_at(cut, crossing)


@pytest.mark.parametrize("level", ["T7", "T10", "T12"])
def test_tracts_of_touch_and_movement_lie_in_white_matter(level: str) -> None:
    cut = cut_at(level)
    for shares in TRACTS.values():
        assert tissue_at(cut, cut.in_cord(shares, "left")) >= {Tissue.CORD}
        assert Tissue.GREY_MATTER not in tissue_at(cut, cut.in_cord(shares, "left"))


@pytest.mark.parametrize("level", ["T7", "T10", "T12"])
def test_the_tip_lies_in_the_fluid_behind_the_cord(level: str) -> None:
    cut = cut_at(level)
    assert tissue_at(cut, cut.tip) == {Tissue.CSF}
    assert cut.tip[1] < cut.cord_outline[:, 1].min()  # the back is down


def test_the_root_comes_from_the_back_of_the_cord_and_passes_its_ganglion() -> None:
    cut = cut_at("T10")
    way = cut.nerve_way("left")
    assert way[0, 0] < way[-1, 0] < 0.0
    horn = cut.in_cord(BACK_HORN, "left")
    assert np.linalg.norm(way[-1] - horn) < 2.5
    ganglion = cut.laid(exit_of(BODY.canal, "T10").ganglion)[0]
    assert np.linalg.norm(way - ganglion, axis=1).min() < 0.6


def test_below_the_cord_there_is_none_on_the_cut() -> None:
    assert np.ptp(cut_at("L3").cord_outline[:, 0]) < 1.0
    assert np.ptp(cut_at("L3").sac_outline[:, 0]) > 12.0
