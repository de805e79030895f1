"""The tip of the week: facts of its picture in millimetres and scene units."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pytest

from spineanim.content.project import Project
from spineanim.content.settings import load_settings
from spineanim.mobjects.posture import PosturePlate
from spineanim.mobjects.posture_lens import SQUEEZED
from spineanim.stage import WIDE
from tests.conftest import ROOT

pytestmark = pytest.mark.slow


@lru_cache(maxsize=1)
def plate() -> PosturePlate:
    settings = load_settings("posture", Project(ROOT))
    return PosturePlate(settings.parameters, settings.theme, WIDE.drawn_at(480, 270))


def gap_in_front(squeezed: float) -> float:
    """Height of the disc's front in the lens, scene units."""
    lens = plate().lens
    lens.set_state(squeezed, 0.0)
    above, below = SQUEEZED.split("_")
    corners = lens.spine.disc_corners(SQUEEZED)
    top, low = lens._bent(corners[3:4], above)[0], lens._bent(corners[0:1], below)[0]
    return float(np.linalg.norm(top - low))


def body_heights(wedged: float) -> tuple[float, float]:
    """Height of a body in front and behind in the lens, scene units."""
    lens = plate().lens
    lens.set_state(1.0, wedged)
    level = SQUEEZED.split("_")[0]
    corners = lens._bent(lens.spine.frame(level).corners, level)
    return (
        float(np.linalg.norm(corners[0] - corners[3])),
        float(np.linalg.norm(corners[1] - corners[2])),
    )


def test_ear_shoulder_and_hip_lie_near_one_line_when_tall() -> None:
    tall = plate()
    tall.slump(0.0)
    x = float(tall.plumb.line[0, 0])
    for name in ("ear", "shoulder", "hip"):
        assert abs(tall.figure.point(name)[0] - x) < tall.stage.length(20.0), name


def test_hunched_the_ear_lies_well_before_the_line_and_the_feet_stay() -> None:
    bent = plate()
    bent.slump(0.0)
    ankle, ear = bent.figure.point("ankle"), bent.figure.point("ear")
    bent.slump(1.0)
    assert ear[0] - bent.figure.point("ear")[0] > bent.stage.length(35.0)
    assert np.allclose(bent.figure.point("ankle"), ankle)
    bent.slump(0.0)


def test_a_squeezed_disc_is_lower_in_front() -> None:
    assert gap_in_front(1.0) < 0.75 * gap_in_front(0.0)


def test_a_set_bone_is_lower_in_front_by_five_degrees() -> None:
    front, back = body_heights(0.0)
    set_front, set_back = body_heights(1.0)
    assert set_back == pytest.approx(back, rel=0.03)
    depth = plate().lens.spine.frame("T11").half_depth_mm * 2.0
    lost_mm = (front - set_front) / plate().lens.stage.units_per_mm
    assert np.degrees(np.arctan2(lost_mm, depth)) == pytest.approx(5.0, abs=1.2)


def test_the_lying_back_stays_on_the_bed_and_the_head_leaves_it_as_the_shape_sets() -> None:
    lying = plate().lying
    heads = []
    for share in (0.0, 1.0):
        lying.pose(share)
        outlines = [each[:, 1].min() for each in lying.figure.outline[:2]]
        assert min(outlines) == pytest.approx(lying.bed, abs=0.02)
        heads.append(lying.figure.point("ear")[1])
    assert heads[1] - heads[0] > lying.figure.stage.length(25.0)
    lying.pose(0.0)


def test_a_state_does_not_depend_on_the_one_before() -> None:
    figure = plate().figure
    figure.pose(0.6)
    once = [each.points.copy() for each in figure.get_family()]
    figure.pose(0.1)
    figure.pose(0.6)
    assert all(np.allclose(a, b.points) for a, b in zip(once, figure.get_family(), strict=True))
    figure.pose(0.0)
