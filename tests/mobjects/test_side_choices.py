"""Side pictures for other levels than the usual ones: nothing torn, nothing cut."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from spineanim.content.parameters import Parameters
from spineanim.content.project import Project
from spineanim.content.settings import load_settings
from spineanim.content.theme import load_theme
from spineanim.geometry.params import Side
from spineanim.mobjects.drop_way import TipPlate
from spineanim.mobjects.label_cover import Cover
from spineanim.mobjects.label_layout import lay_out
from spineanim.mobjects.label_places import Room, Wanted, any_side
from spineanim.mobjects.label_words import ways_to_set
from spineanim.mobjects.system import SystemPlate
from spineanim.picture.shape import Part, Sprite
from spineanim.stage import SQUARE, TALL, WIDE, Format, px
from tests.conftest import ROOT
from tests.headings import heading_box

THEME = load_theme(ROOT / "assets" / "theme.toml")
FMT = WIDE.drawn_at(480, 270)

pytestmark = pytest.mark.slow


def chosen(entry: str = "L2_L3", tip: str = "T10", side: Side = "left") -> Parameters:
    given = load_settings("pump", Project(ROOT)).parameters
    anatomy = replace(given.anatomy, entry_level=entry, tip_level=tip, side=side)
    return replace(given, anatomy=anatomy)


def alpha_at(part: Part, points: NDArray[np.float64]) -> NDArray[np.uint8]:
    """Greatest opacity (N,) that a part's sprites have at scene points (N, 3)."""
    found = []
    for each in part.get_family():
        if isinstance(each, Sprite):
            rgba, (upper_left, upper_right, lower_left) = each.picture.rgba, each.corner_points()
            size = [upper_right[0] - upper_left[0], lower_left[1] - upper_left[1]]
            column, row = ((points - upper_left)[:, :2] / size * rgba.shape[1::-1]).astype(int).T
            found.append(rgba[row, column, 3])
    return np.asarray(np.max(found, axis=0))


def test_no_piece_of_the_catheter_lies_under_the_flanks_skin() -> None:
    plate = SystemPlate(chosen(entry="L4_L5"), THEME, FMT)
    way = plate.stage(plate.route.between("entry", "intrathecal"))
    ends = int(np.argmin(np.linalg.norm(way - plate.entry.path[-1], axis=1)))
    dura = plate.stage.point(plate.route.dura)
    enters = int(np.argmin(np.linalg.norm(way - dura, axis=1)))
    # the skin covers the canal here, so the catheter goes on over it until it is clear
    assert alpha_at(plate.sheet, way[enters:ends]).max() > 100
    assert alpha_at(plate.sheet, way[ends:]).max() <= 2
    assert np.linalg.norm(plate.entry.path[0] - way[0]) < px(1)


def test_no_name_of_a_level_is_cut_by_the_lens() -> None:
    plate = SystemPlate(chosen(tip="T12"), THEME, FMT)
    centre, radius = plate._lens_place()
    assert list(plate.lens_names.by_name) == ["T11", "T12"]
    for name, part in plate.lens_names.by_name.items():
        points = np.vstack([each.points for each in part.get_family() if len(each.points)])
        assert np.linalg.norm((points - centre)[:, :2], axis=1).max() < radius, name


@pytest.mark.parametrize(("tip", "side"), [("T10", "left"), ("T7", "left"), ("T7", "right")])
def test_in_a_tall_frame_lens_pump_and_tip_keep_clear_of_one_another(tip: str, side: Side) -> None:
    fmt = TALL.drawn_at(270, 480)
    plate = SystemPlate(chosen(tip=tip, side=side), THEME, fmt)
    centre, radius = plate._lens_place()
    site = plate.stage.point(plate.route.tip)
    ring = radius * plate.stage.units_per_mm / plate.lens_stage.units_per_mm
    assert np.linalg.norm((centre - site)[:2]) > radius + ring
    assert np.all(np.abs(centre[:2]) + radius < 0.95 * np.array(fmt.half))
    loop = plate.stage(plate.route.between("loop", "entry"))
    assert np.linalg.norm((loop - centre)[:, :2], axis=1).min() > radius, "the entry is seen"
    # words of the pump stand before the belly, where no leader crosses the spine
    belly = plate.pump.place("centre")[0] * -np.sign(centre[0])
    assert belly < fmt.half[0] - px(330)


@pytest.mark.parametrize("fmt", [SQUARE, TALL], ids=lambda fmt: fmt.aspect)
def test_on_the_way_to_the_tip_the_heading_stands_over_the_body_and_the_loop_over_words(
    fmt: Format,
) -> None:
    plate = TipPlate(chosen(), THEME, fmt.drawn_at(fmt.width_px // 4, fmt.height_px // 4))
    top = plate.stage.point((0.0, 0.0, plate.pose.crop.top_mm))[1]
    lowest = plate.stage(plate.route.between("loop", "entry"))[:, 1].min()
    heading = plate.fmt.half[1] - px({"1:1": 190.0, "9:16": 260.0}[fmt.aspect])
    for share in np.linspace(0.0, 0.8, 9):
        shot = plate.shot_at(float(share))
        assert (top - shot.centre[1]) * shot.zoom < heading, "the heading lies on the body"
        assert (lowest - shot.centre[1]) * shot.zoom > plate.fmt.caption_floor, "captions hide it"


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize("tip", ["T7", "T10", "T12"])
@pytest.mark.parametrize(
    ("scene", "beat", "plate_of"),
    [("pump", "incisions_close", SystemPlate), ("device", "to_the_tip", TipPlate)],
)
def test_in_a_tall_frame_no_leader_crosses_the_body_to_the_lens(
    scene: str, beat: str, plate_of: type[SystemPlate], tip: str, side: Side
) -> None:
    plate = plate_of(chosen(tip=tip, side=side), THEME, TALL.drawn_at(270, 480))
    naming = plate.tip_naming() if isinstance(plate, TipPlate) else plate.naming()
    words = load_settings(scene, Project(ROOT)).script.beat(beat).labels
    wanted = [
        Wanted(
            name,
            np.atleast_2d(callout.at)[:, :2],
            any_side(callout.sides),
            ways_to_set(name, words[name], THEME),
        )
        for name, callout in naming.callouts.items()
    ]
    heading = heading_box(scene, beat, TALL)
    covers = (Cover(TALL, each) for each in (naming.figure, naming.focus))
    places = lay_out(wanted, Room(TALL, [heading], (), *covers))
    column = Cover(TALL, [plate.column_outline()])
    for name in ("tip", "cord", "fluid"):
        course = places[name].course
        legs = (course[:2], course[1:])
        crossed = sum(float(column.of_lines(leg[:1], leg[1:])[0]) for leg in legs)
        assert crossed < px(10), name
