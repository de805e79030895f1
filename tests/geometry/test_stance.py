"""A person between standing tall and hunched: the targets of anatomy notes 2.5."""

from __future__ import annotations

import numpy as np
import pytest

from spineanim.geometry.params import HUNCHED, STANDING, Alignment
from spineanim.geometry.stance import Stance, hunched_from

TALL = Stance(STANDING, 1.06)


def test_the_design_person_hunches_as_the_notes_say() -> None:
    assert hunched_from(STANDING) == HUNCHED


@pytest.mark.parametrize("incidence_deg", [42.0, 52.0, 62.0])
def test_every_person_rounds_the_upper_back_and_flattens_the_lower(incidence_deg: float) -> None:
    standing = Alignment.from_pelvic_incidence(incidence_deg)
    hunched = hunched_from(standing)
    assert hunched.thoracic_kyphosis_deg - standing.thoracic_kyphosis_deg == pytest.approx(16.0)
    assert standing.lumbar_lordosis_deg - hunched.lumbar_lordosis_deg == pytest.approx(15.6)
    assert hunched.pelvic_incidence_deg == incidence_deg


def test_a_limit_holds_the_hunch() -> None:
    assert hunched_from(Alignment(thoracic_kyphosis_deg=75.0)).thoracic_kyphosis_deg == 80.0


def test_the_head_comes_four_to_six_centimetres_forward_and_the_gaze_stays_level() -> None:
    tall, bent = TALL.figure(0.0), TALL.figure(1.0)
    before, after = (each.landmarks["ear"] - each.landmarks["hip"] for each in (tall, bent))
    assert 40.0 < before[0] - after[0] < 60.0
    assert abs(bent.spine.head.tilt_deg - tall.spine.head.tilt_deg) < 2.0


@pytest.mark.parametrize("share", [0.0, 0.4, 1.0])
def test_the_feet_stay_where_they_are(share: float) -> None:
    figure = TALL.figure(share)
    ankle = figure.landmarks["ankle"] + TALL.planted(figure)
    assert np.allclose(ankle, TALL.figure(0.0).landmarks["ankle"])
