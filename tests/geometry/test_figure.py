"""The figure in profile: proportions, posture, outlines that stay simple."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from spineanim.errors import ParameterError
from spineanim.geometry import curves
from spineanim.geometry.figure import (
    BRAIN,
    LIMBS_HUNCHED,
    LIMBS_SIDE_LYING,
    LIMBS_STANDING,
    Figure,
    rest_landmarks,
    rest_outlines,
)
from spineanim.geometry.params import HUNCHED, SIDE_LYING_FLEXED, STANDING
from spineanim.geometry.spine import Spine
from spineanim.geometry.torso import neutral_torso

HEAD_MM = 219.0
FIGURES = {
    "standing": Figure(Spine(STANDING), LIMBS_STANDING),
    "hunched": Figure(Spine(HUNCHED), LIMBS_HUNCHED),
    "lying": Figure(Spine(SIDE_LYING_FLEXED), LIMBS_SIDE_LYING),
}
UPRIGHT = FIGURES["standing"]
KEYS = {"trunk", "thigh", "leg", "foot", "lower_limb", "arm", "stem", "cerebellum", "cerebrum"}


def test_standing_figure_is_eight_heads_tall() -> None:
    top = UPRIGHT.outlines["trunk"][:, 1].max()
    assert top - UPRIGHT.lowest_mm == pytest.approx(8 * HEAD_MM, abs=4.0)
    chin = UPRIGHT.landmarks["chin"][1]
    assert top - chin == pytest.approx(HEAD_MM, abs=25.0)
    order = ("vertex", "eye", "ear", "chin", "C7", "shoulder", "navel", "hip", "knee", "ankle")
    heights = [UPRIGHT.landmarks[name][1] for name in order]
    assert all(above > below for above, below in pairwise(heights))


def test_rest_figure_is_carried_onto_itself() -> None:
    for name, outline in rest_outlines().items():
        assert UPRIGHT.outlines[name] == pytest.approx(outline, abs=0.01)
    for name, point in rest_landmarks().items():
        assert UPRIGHT.landmarks[name] == pytest.approx(point, abs=0.01)


def test_trunk_is_the_torsos_below_the_neck() -> None:
    trunk = UPRIGHT.outlines["trunk"]
    torso = neutral_torso().lateral["trunk"]
    below = torso[:, 1] < 440.0
    assert trunk[below] == pytest.approx(torso[below], abs=1e-6)


def test_ear_shoulder_and_hip_stand_in_line() -> None:
    places = [UPRIGHT.landmarks[name][0] for name in ("ear", "shoulder", "hip", "knee", "ankle")]
    assert max(places) - min(places) < 45.0
    assert abs(UPRIGHT.landmarks["ear"][0] - UPRIGHT.landmarks["hip"][0]) < 30.0


def test_hunched_head_comes_forward_with_a_level_gaze() -> None:
    bent = FIGURES["hunched"]
    ahead = [figure.landmarks["hip"][0] - figure.landmarks["ear"][0] for figure in (UPRIGHT, bent)]
    assert 40.0 < ahead[1] - ahead[0] < 75.0
    gaze = [figure.landmarks["eye"] - figure.landmarks["ear"] for figure in (UPRIGHT, bent)]
    turned = [np.degrees(np.arctan2(way[1], -way[0])) for way in gaze]
    assert turned[1] == pytest.approx(turned[0], abs=4.0)
    assert bent.landmarks["vertex"][1] < UPRIGHT.landmarks["vertex"][1] - 15.0
    sole = bent.outlines["foot"]
    low = sole[sole[:, 1] < bent.lowest_mm + 6.0]
    assert np.ptp(low[:, 0]) > 150.0  # flat on the ground


def test_lying_patient_has_hips_and_knees_drawn_up() -> None:
    marks = FIGURES["lying"].landmarks
    thigh, shin = marks["knee"] - marks["hip"], marks["ankle"] - marks["knee"]
    trunk = marks["C7"] - marks["hip"]
    assert 70 < _angle(thigh, trunk) < 110
    assert 75 < _angle(-thigh, shin) < 115
    assert marks["knee"][0] < marks["navel"][0] - 250.0
    assert np.linalg.norm(thigh) == pytest.approx(412.0, abs=25.0)
    assert np.linalg.norm(shin) == pytest.approx(422.0, abs=25.0)


def _angle(first: np.ndarray, second: np.ndarray) -> float:
    cos = float(first @ second / np.linalg.norm(first) / np.linalg.norm(second))
    return float(np.degrees(np.arccos(cos)))


@pytest.mark.parametrize("pose", sorted(FIGURES))
def test_outlines_are_smooth_and_keep_their_size(pose: str) -> None:
    found, rest = FIGURES[pose].outlines, rest_outlines()
    assert set(found) == KEYS
    for name, outline in found.items():
        even = curves.resample(outline, 300, closed=True)
        steps = np.linalg.norm(np.roll(even, -1, axis=0) - even, axis=1)
        assert steps.max() < 2.0 * np.median(steps)
        share = abs(curves.signed_area(outline) / curves.signed_area(rest[name]))
        assert 0.85 < share < 1.15, name


@pytest.mark.parametrize("pose", sorted(FIGURES))
def test_limbs_hang_together(pose: str) -> None:
    found, marks = FIGURES[pose].outlines, FIGURES[pose].landmarks
    for joint, pieces in (
        ("hip", ("trunk", "thigh", "lower_limb")),
        ("knee", ("thigh", "leg", "lower_limb")),
        ("ankle", ("leg", "foot", "lower_limb")),
        ("shoulder", ("trunk", "arm")),
    ):
        for piece in pieces:
            assert curves.contains(found[piece], [marks[joint]])[0], (joint, piece)


@pytest.mark.parametrize("pose", sorted(FIGURES))
def test_brain_lies_in_the_head_and_its_stem_leads_to_the_cord(pose: str) -> None:
    figure = FIGURES[pose]
    head = figure.outlines["trunk"]
    for name in BRAIN:
        assert curves.contains(head, figure.outlines[name]).all()
    gap, _ = curves.nearest(head, figure.outlines["cerebrum"][0], closed=True)
    assert gap > 9.0
    stem = figure.outlines["stem"]
    foot = stem[np.argsort(stem[:, 1])[:20]].mean(axis=0)
    atlas = figure.spine.frame("C1")
    local = (foot - atlas.centre) @ np.array(
        [[np.cos(np.radians(atlas.tilt_deg)), np.sin(np.radians(atlas.tilt_deg))]]
    ).T
    assert -6.0 < float(local[0]) < 16.0


def test_column_stays_inside_the_skin() -> None:
    for figure in FIGURES.values():
        for level in ("C4", "C7", "T3", "T8", "T12", "L3", "L5"):
            tip, centre = figure.spine.spinous_tip(level), figure.spine.frame(level).centre
            assert curves.contains(figure.outlines["trunk"], [tip, centre]).all()


def test_limbs_can_be_blended_and_are_checked() -> None:
    half = LIMBS_STANDING.between(LIMBS_SIDE_LYING, 0.5)
    assert half.knee_deg == pytest.approx(LIMBS_SIDE_LYING.knee_deg / 2)
    with pytest.raises(ParameterError):
        type(half)(knee_deg=190.0)
