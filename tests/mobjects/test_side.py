"""The side pictures: the tunnel under the skin, and the whole system."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from manim import VMobject, tempconfig
from numpy.typing import NDArray

from spineanim.content.parameters import Parameters
from spineanim.content.project import Project
from spineanim.content.settings import load_settings
from spineanim.content.theme import load_theme
from spineanim.geometry.curves import points_at
from spineanim.geometry.params import Side
from spineanim.mobjects.back import BackIncision
from spineanim.mobjects.drops import Drops
from spineanim.mobjects.flank_skin import hanging
from spineanim.mobjects.side import SidePlate
from spineanim.mobjects.system import SystemPlate
from spineanim.mobjects.tube import Tube
from spineanim.mobjects.tunnel import TunnelPlate
from spineanim.mobjects.under_skin import UnderSkin, dense, skin_flap
from spineanim.picture.across import outline_of_cut
from spineanim.picture.camera import StageCamera
from spineanim.picture.shape import Part, Sprite
from spineanim.stage import SQUARE, UNITS_PER_PX, WIDE, px

ROOT = Path(__file__).parents[2]
THEME = load_theme(ROOT / "assets" / "theme.toml")
LINES = 270
FMT = WIDE.drawn_at(480, LINES)
"""Low, for speed: what is tested does not depend on it."""
CAPTIONS_PX = 880.0

pytestmark = pytest.mark.slow


def parameters() -> Parameters:
    return load_settings("pump", Project(ROOT)).parameters


@lru_cache(maxsize=1)
def tunnel() -> TunnelPlate:
    return TunnelPlate(parameters(), THEME, FMT)


@lru_cache(maxsize=1)
def system() -> SystemPlate:
    return SystemPlate(parameters(), THEME, FMT)


def drawn(part: VMobject) -> NDArray[np.uint8]:
    """Pixels (H, W, 4) of a part alone, premultiplied."""
    with tempconfig({"pixel_width": LINES * 16 // 9, "pixel_height": LINES}):
        camera = StageCamera(background_opacity=0.0, background_color="#000000")
        camera.reset()
        camera.capture_mobjects([part])
        return np.array(camera.pixels())


def frame_px(point: NDArray[np.float64]) -> NDArray[np.float64]:
    """Place in a 1920 x 1080 frame."""
    away = (point - WIDE.point(0, 0))[:2] / UNITS_PER_PX
    return np.array([away[0], -away[1]])


# ------------------------------------------------------------------------------- the tunnel
def test_all_of_the_tunnel_is_seen_on_the_skin() -> None:
    plate = tunnel()
    pixels = drawn(plate.picture)[..., 3]
    ways = [plate.route.passer, plate.route.between("tunnel", "loop")]
    inside = np.vstack([plate.stage(way)[4:] for way in ways])  # it begins in the cut itself
    column, row = (np.array([frame_px(each) for each in inside]).T * LINES / 1080).astype(int)
    assert pixels[row, column].min() > 200  # at so few pixels the edge is soft
    order = plate.submobjects
    for buried in (plate.rod, plate.catheter, plate.pocket):
        assert order.index(buried) > order.index(plate.picture)


def test_the_loop_is_there_before_the_tunnel() -> None:
    plate = tunnel()
    plate.lead_catheter(0.0)
    loop = plate.route.between("loop", "loop")[0]
    for tube, place in ((plate.catheter, plate.stage), (plate.card.catheter, plate.card.laid)):
        np.testing.assert_allclose(tube.front, place(loop[None])[0], atol=px(3))
    plate.lead_catheter(1.0)
    pocket = plate.stage.point(plate.route.between("tunnel", "tunnel")[0])
    np.testing.assert_allclose(plate.catheter.front, pocket, atol=px(1))


@pytest.mark.parametrize("share", [0.15, 0.5, 0.9])
def test_both_pictures_of_the_passer_keep_step(share: float) -> None:
    plate = tunnel()
    plate.push_rod(share)
    way = plate.route.passer
    true = points_at(way, [share])
    np.testing.assert_allclose(plate.rod.front, plate.stage(true)[0], atol=px(1.5))
    np.testing.assert_allclose(plate.card.rod.front, plate.card.laid(true)[0], atol=px(1.5))


def test_the_catheter_follows_at_the_passers_tail() -> None:
    plate = tunnel()
    for share in (0.4, 0.7, 0.9):
        plate.lead_catheter(share)
        for tube, rod in (
            (plate.catheter, plate.rod),
            (plate.card.catheter, plate.card.rod),
        ):
            tail = rod.point_at(rod.shown[0])
            np.testing.assert_allclose(tube.front, tail, atol=px(5))
    plate.lead_catheter(1.0)
    assert plate.rod.opacity == plate.card.rod.opacity == 0.0
    plate.push_rod(0.0)
    assert plate.rod.opacity == 1.0


def test_the_card_is_level_with_the_body() -> None:
    plate = tunnel()
    for y in (-60.0, 0.0, 60.0):
        level = plate.cut.view.cut
        assert level is not None
        z = level.point_mm[2] - level.unit[1] / level.unit[2] * y
        point = np.array([[0.0, y, z]])
        beside = plate.card.stage.plane(plate.cut.view.project(point))[0]
        near = (plate.stage(point)[0] - [*plate.shot.centre, 0.0]) * plate.shot.zoom
        assert abs(beside[1] - near[1]) < px(14)


def test_the_body_keeps_clear_of_the_title() -> None:
    plate = tunnel()
    pixels = drawn(Part(*plate.submobjects[1:]))[..., 3]
    rows, columns = np.nonzero(pixels > 8)
    assert not np.any((columns * 1080 / LINES < 700) & (rows * 1080 / LINES < 200))


def test_no_medicine_is_seen_in_the_tunnel() -> None:
    plate = tunnel()
    assert not any(_is_medicine(part) for part in plate.get_family())


def _is_medicine(part: object) -> bool:
    teal = THEME.color("medication.base")
    return isinstance(part, Drops) or (
        isinstance(part, Tube) and any(layer.color == teal for layer in part.layers)
    )


def test_the_tunnel_is_named_on_its_cut() -> None:
    plate = tunnel()
    callouts = plate.naming().callouts
    assert set(callouts) == {"spine_end", "tunnel", "pocket"}
    assert callouts["tunnel"].fixed
    course = plate.card.laid(plate.route.passer)
    for at in np.atleast_2d(callouts["tunnel"].at):
        assert np.hypot(*(course - at)[:, :2].T).min() < px(2)


@pytest.mark.parametrize("side", ["left", "right"])
def test_the_head_lies_away_from_the_card(side: Side) -> None:
    given = parameters()
    other = replace(given, anatomy=replace(given.anatomy, side=side))
    plate = TunnelPlate(other, THEME, WIDE.drawn_at(160, 90))
    trunk, card = plate.outlines[0], plate.card.panel.get_center()
    head = trunk[np.argmax(np.abs(trunk[:, 0]))]
    assert np.sign(head[0]) == -np.sign(card[0]) == -plate.sign
    assert plate.picture.get_center()[0] * plate.sign < card[0] * plate.sign


def test_words_in_front_and_behind_keep_clear_of_a_deep_cut() -> None:
    given = parameters()
    low = replace(given, anatomy=replace(given.anatomy, entry_level="L4_L5"))
    card = TunnelPlate(low, THEME, SQUARE.drawn_at(90, 90)).card
    card.name_sides("Back", "Front", "Inside")
    back, front, _ = card.words.submobjects
    skin = card.stage.plane(outline_of_cut(card.cut))[:, 1]
    # the word is as high as its small letters
    assert back.get_center()[1] - px(10) > skin.max()
    assert front.get_center()[1] + px(10) < skin.min()


# ------------------------------------------------------------------------------- the system
def test_one_tube_runs_from_connector_to_tip() -> None:
    plate = system()
    np.testing.assert_allclose(plate.flank.path[0], plate.pump.connector_tip, atol=px(3))
    np.testing.assert_allclose(plate.flank.path[-1], plate.inner.path[0], atol=px(1))
    np.testing.assert_allclose(plate.inner.path[-1], plate.stage.point(plate.route.tip))
    np.testing.assert_allclose(plate.flank.path[-1], plate.anchor.middle, atol=px(2))
    order = plate.submobjects
    assert order.index(plate.flank) < order.index(plate.drops) < order.index(plate.pump)


def test_drops_start_at_the_connector_and_keep_their_distance() -> None:
    plate = system()
    np.testing.assert_allclose(plate.drops.path[0], plate.flank.path[0])
    for drops in (plate.drops, plate.lens_drops):
        assert drops.length / len(drops.beads) >= px(45)


def test_no_medicine_before_it_flows() -> None:
    plate = system()
    plate.flow_medicine(1.0)
    assert all(part.opacity == 1.0 for part in plate.medicine)
    plate.flow_medicine(0.0)
    assert all(part.opacity == 0.0 for part in plate.medicine)
    members = {id(each) for part in plate.medicine for each in part.get_family()}
    teal = [part for part in plate.get_family() if _is_medicine(part)]
    assert len(teal) == 6
    assert all(id(part) in members for part in teal)


def test_the_flow_is_a_function_of_the_share_alone() -> None:
    plate = system()
    plate.flow_medicine(0.4)
    first = drawn(Part(plate.drops, plate.glow, plate.lens))
    plate.flow_medicine(1.0)
    plate.flow_medicine(0.4)
    np.testing.assert_array_equal(drawn(Part(plate.drops, plate.glow, plate.lens)), first)


def test_only_what_is_listed_changes_while_medicine_flows() -> None:
    plate = system()
    listed = {id(each) for part in plate.medicine for each in part.get_family()}
    plate.flow_medicine(0.0)
    others = [part for part in plate.get_family() if id(part) not in listed]
    before = [(part.points.copy(), getattr(part, "opacity", None)) for part in others]
    plate.flow_medicine(0.7)
    for part, (points, opacity) in zip(others, before, strict=True):
        np.testing.assert_array_equal(part.points, points)
        assert getattr(part, "opacity", None) == opacity


def test_the_cloud_stays_in_the_fluid() -> None:
    plate = system()
    plate.flow_medicine(1.0)
    holder = next(
        part
        for part in plate.lens.get_family()
        if isinstance(part, Part) and plate.cloud in part.submobjects
    )
    assert holder.clip is not None
    walls = holder.clip.points
    tip = plate.lens_stage.point(plate.route.tip)
    level = walls[np.abs(walls[:, 1] - tip[1]) < px(12), 0]
    assert level.min() < tip[0] < level.max()


@pytest.mark.parametrize("name", ["glow", "cloud"])
def test_the_glow_lies_in_the_fluid_behind_the_cord(name: str) -> None:
    plate = system()
    glow, sections = getattr(plate, name), {"glow": plate.section, "cloud": plate.lens_section}
    holder = next(part for part in plate.get_family() if glow in part.submobjects)
    assert isinstance(holder, Part) and holder.clip is not None
    walls, section = holder.clip.points, sections[name]
    cord, dura = (section.in_canal("T10", "cord_back", "sac_back", at) for at in (0.0, 1.0))
    level = walls[np.abs(walls[:, 1] - cord[1]) < px(16), 0]
    assert level.min() > cord[0] - px(6) and level.max() < dura[0] + px(6)


def test_drops_stay_within_their_tubes() -> None:
    plate = system()
    plate.flow_medicine(0.4)
    for drops, tube in ((plate.drops, plate.flank), (plate.lens_drops, plate.lens_filled)):
        across = [min(np.ptp(bead.get_all_points()[:, :2], axis=0)) for bead in drops.beads]
        assert drops.radius < tube.width_units / 2
        assert min(across) > 0.0


def test_the_catheter_dips_in_a_soft_arc_from_the_pump_to_its_anchor() -> None:
    way = np.column_stack([np.zeros(101), np.linspace(-100.0, 100.0, 101), np.full(101, 50.0)])
    hung = hanging(way, 20.0)
    np.testing.assert_allclose(hung[[0, -1]], way[[0, -1]])
    assert hung[:, 2].min() == pytest.approx(30.0, abs=0.1)
    slopes = np.diff(hung[:, 2])
    assert np.count_nonzero(np.diff(np.sign(slopes))) == 1
    assert abs(slopes[-1]) < 0.15 < abs(slopes[0])


def test_ribs_keep_clear_of_the_pump() -> None:
    plate = system()
    bones, rgba = plate.body.bones, plate.body.bones.picture.rgba
    upper_left, upper_right, lower_left = bones.corner_points()
    pump = plate.stage.plane(plate.route.pump.silhouette_lateral())
    share = (pump[:, :2] - upper_left[:2]) / [
        upper_right[0] - upper_left[0],
        lower_left[1] - upper_left[1],
    ]
    column, row = (share * rgba.shape[1::-1]).astype(int).T
    assert rgba[row, column, 3].max() == 0
    assert rgba[..., 3].max() > 100


def test_the_lens_opens_after_the_cuts_are_seen_near() -> None:
    plate = SystemPlate(parameters(), THEME, WIDE.drawn_at(160, 90))
    assert plate.lens.opacity == 0.0
    shot = plate.near_shot
    half = WIDE.half / shot.zoom
    for cut in (plate.back, plate.front_cut):
        away = np.abs(cut.get_center()[:2] - shot.centre)
        assert np.all(away < 0.8 * half)


def test_the_skin_bulges_over_the_pump() -> None:
    plate = system()
    pump = plate.stage.plane(plate.route.pump.silhouette_lateral())
    skin = plate.body.trunk_outline
    near = skin[np.abs(skin[:, 1] - pump[:, 1].mean()) < px(60)]
    assert near[:, 0].min() < pump[:, 0].min() - px(10)


def test_the_catheter_is_named_in_front_of_the_spine() -> None:
    plate = system()
    naming = plate.naming()
    places = np.atleast_2d(naming.callouts["catheter"].at)
    assert places[:, 0].max() < plate.section.front("L3")[0]
    assert naming.callouts["catheter"].sides[0] == "left"


@pytest.mark.parametrize("side", ["left", "right"])
def test_both_sides_can_be_drawn(side: Side) -> None:
    given = parameters()
    other = replace(given, anatomy=replace(given.anatomy, side=side))
    plate = SystemPlate(other, THEME, WIDE.drawn_at(320, 180))
    assert isinstance(plate, SidePlate)
    assert plate.tip_level == given.anatomy.tip_level


# --------------------------------------------------------------------------------- the means
def test_a_flap_runs_out() -> None:
    rgba = np.full((120, 120, 4), 200, np.uint8)
    skin = Sprite(rgba, [(-1.0, 1.0, 0.0), (1.0, 1.0, 0.0), (-1.0, -1.0, 0.0)])
    spot = dense(np.array([[-0.2, 0.0, 0.0], [0.2, 0.0, 0.0]]), 0.02)
    flap = skin_flap(skin, [spot], full=0.2, feather=0.2, opacity=0.5, shadow=np.zeros(3))
    cover = flap.submobjects[1]
    assert isinstance(cover, Sprite)
    alpha = cover.picture.rgba[..., 3].astype(int)
    assert alpha[60, 60] == 100
    assert alpha[0, 0] == 0 and alpha[60, 119] == 0
    assert np.all(np.diff(alpha[60, 60:]) <= 0)


def test_what_lies_under_the_skin_is_veiled() -> None:
    tube = Tube([(0.0, 0.0, 0.0), (1.0, 0.0, 0.0)], px(6), THEME)
    square = np.array([[-2.0, -2.0, 0.0], [2.0, -2.0, 0.0], [2.0, 2.0, 0.0], [-2.0, 2.0, 0.0]])
    buried = UnderSkin(tube, THEME, square, settled=0.25)
    buried.reveal(0.0)
    assert buried.shown == tube.shown == (0.0, 0.25)
    buried.reveal_between(0.5, 1.0)
    assert tube.shown == (0.5, 1.0)
    holder = next(part for part in buried.submobjects if tube in part.submobjects)
    assert isinstance(holder, Part)
    assert 0.6 < holder.opacity < 0.9


def test_stitches_keep_to_the_skin_seen_edge_on() -> None:
    skin = np.array([[0.0, 0.5, 0.0], [0.0, -0.5, 0.0]])
    cut = BackIncision(skin, THEME, inward=(-1.0, 0.0, 0.0))
    for stitch in cut.stitches:
        ends = stitch.submobjects[1].points
        assert px(-2.0) < ends[:, 0].max() < 0.0
        assert np.ptp(ends[:, 0]) == pytest.approx(px(10.4), rel=0.05)
    for high, low in pairwise(cut.stitches):
        assert high.get_center()[1] > low.get_center()[1]
