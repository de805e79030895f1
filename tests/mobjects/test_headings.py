"""Nothing that matters passes behind a heading in a wide frame, whichever side the pump is on."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from spineanim.content.parameters import Parameters
from spineanim.content.project import Project
from spineanim.content.settings import load_settings
from spineanim.content.theme import load_theme
from spineanim.geometry.curves import resample
from spineanim.geometry.params import Side
from spineanim.mobjects.front import FrontPlate
from spineanim.mobjects.lasting import LastingPlate
from spineanim.mobjects.layers import WallPlate
from spineanim.mobjects.magnifier import circle
from spineanim.stage import WHOLE, WIDE, px
from tests.conftest import ROOT
from tests.headings import LANGUAGES, clear_by, heading_box

THEME = load_theme(ROOT / "assets" / "theme.toml")
FMT = WIDE.drawn_at(480, 270)

pytestmark = [
    pytest.mark.slow,
    pytest.mark.parametrize("side", ["left", "right"]),
    pytest.mark.parametrize("language", LANGUAGES),
]


def on(side: Side) -> Parameters:
    given = load_settings("pump", Project(ROOT)).parameters
    return replace(given, anatomy=replace(given.anatomy, side=side))


def even(line: NDArray[np.float64]) -> NDArray[np.float64]:
    return resample(line, 600)


def test_no_arm_comes_near_the_heading(side: Side, language: str) -> None:
    front = FrontPlate(on(side), THEME, FMT)
    heading = heading_box("pump", "place_is_chosen", FMT, language)
    for outline in front.torso.anterior.values():
        assert clear_by(heading, even(front.stage.plane(outline)), WHOLE) > px(60)


def test_the_pump_is_lifted_and_set_in_beside_the_heading(side: Side, language: str) -> None:
    front = FrontPlate(on(side), THEME, FMT)
    wall = WallPlate(on(side), THEME, FMT, front.site, front.site_ring, "2 cm")
    heading = heading_box("pump", "pump_is_set_in", FMT, language)
    outside_mm = wall.pump_along_mm(0.0)
    for share in np.linspace(0.0, 1.0, 5):
        up = np.array([0.0, front.stage.length(share * outside_mm), 0.0])
        rim = circle(front.site + up, front.pump_radius)
        assert clear_by(heading, rim, front.site_shot) > px(60)


def test_the_trial_catheter_is_drawn_out_beside_the_heading(side: Side, language: str) -> None:
    plate = LastingPlate(on(side), THEME, FMT)
    heading = heading_box("catheter", "temporary_comes_out", FMT, language)
    for share in np.linspace(0.0, 1.0, 5):
        plate.lift_tail(share)
        tail = even(plate.catheter.outside.path)
        assert clear_by(heading, tail, plate.trial_shot) > px(12)


def test_the_free_end_rises_beside_the_heading(side: Side, language: str) -> None:
    plate = LastingPlate(on(side), THEME, FMT)
    heading = heading_box("catheter", "anchored", FMT, language)
    for share in np.linspace(0.4, 1.0, 4):
        plate.lay_tail(share)
        tail = even(plate.catheter.outside.path)
        assert clear_by(heading, tail, plate.anchor_shot) > px(24)
