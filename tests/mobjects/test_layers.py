"""Names beside the belly wall in its panel, in every shape of the frame."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from spineanim.content.project import Project
from spineanim.content.settings import load_settings
from spineanim.geometry.params import Side
from spineanim.mobjects.label_cover import Cover
from spineanim.mobjects.label_layout import Place, lay_out
from spineanim.mobjects.label_places import Naming, Room, Wanted, any_side
from spineanim.mobjects.label_words import ways_to_set
from spineanim.mobjects.layers import WallPlate
from spineanim.stage import FORMATS, WIDE, Format, px
from tests.conftest import ROOT
from tests.headings import heading_box

pytestmark = [
    pytest.mark.slow,
    pytest.mark.parametrize("fmt", FORMATS.values(), ids=FORMATS),
    pytest.mark.parametrize("side", ["left", "right"]),
]
_SITE_PX = {
    "16:9": (1490.0, 525.0, 125.0),
    "1:1": (840.0, 738.0, 74.0),
    "9:16": (730.0, 1270.0, 131.0),
}
"""Where the place on the belly stands, and the radius of its ring, as in the film."""


@cache
def wall_of(fmt: Format, side: Side) -> WallPlate:
    settings = load_settings("pump", Project(ROOT))
    given = settings.parameters
    parameters = replace(given, anatomy=replace(given.anatomy, side=side))
    x_px, y_px, ring_px = _SITE_PX[fmt.aspect]
    site = fmt.point(x_px, y_px)
    if fmt.aspect != WIDE.aspect and side == "right":
        site = site * (-1.0, 1.0, 1.0)
    small = fmt.drawn_at(fmt.width_px // 4, fmt.height_px // 4)
    return WallPlate(parameters, settings.theme, small, site, px(ring_px), "2 cm")


def placed(beat: str, naming: Naming, fmt: Format) -> dict[str, Place]:
    settings = load_settings("pump", Project(ROOT))
    words = settings.script.beat(beat).labels
    wanted = [
        Wanted(
            name,
            np.atleast_2d(callout.at)[:, :2],
            callout.sides if fmt.aspect == WIDE.aspect else any_side(callout.sides),
            ways_to_set(name, words[name], settings.theme),
        )
        for name, callout in naming.callouts.items()
    ]
    figure, focus = (Cover(fmt, each) for each in (naming.figure, naming.focus))
    return lay_out(wanted, Room(fmt, [heading_box("pump", beat, fmt)], (), figure, focus))


def test_layers_are_named_in_their_order_with_the_pocket_among_them(
    fmt: Format, side: Side
) -> None:
    wall = wall_of(fmt, side)
    wall.section.set_state(replace(wall.section.state, pocket=0.0, pump_in=0.0, incision=0.0))
    names = ("skin", "fat", "pocket", "muscle")
    places = placed("pocket_is_made", wall.naming(*names), fmt)
    assert tuple(sorted(places, key=lambda name: -places[name].box[3])) == names
    assert wall.section.state.pocket == 0.0, "to ask for names opens nothing"


def test_no_leader_crosses_the_pump_to_what_lies_behind_it(fmt: Format, side: Side) -> None:
    wall = wall_of(fmt, side)
    wall.section.set_state(replace(wall.section.state, incision=1.0, pocket=1.0, pump_in=1.0))
    places = placed("pump_is_set_in", wall.naming("port", "stitch", "coil"), fmt)
    case = Cover(fmt, [wall.section.case()])
    for name in ("stitch", "coil"):
        course = places[name].course
        crossed = sum(
            float(case.of_lines(*(each[None] for each in leg))[0])
            for leg in ((course[0], course[1]), (course[1], course[2]))
        )
        assert crossed < px(60), name
