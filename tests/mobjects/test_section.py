"""The cut spine, its points and layers, and the small things at the back."""

import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from spineanim.content.theme import Theme, load_theme
from spineanim.geometry.axes import LATERAL_LEFT
from spineanim.geometry.canal import Canal, station
from spineanim.geometry.catheter import plan_route
from spineanim.geometry.params import (
    SIDE_LYING_FLEXED,
    STANDING,
    TIP_LEVELS,
    Alignment,
    Anatomy,
)
from spineanim.geometry.spine import Spine
from spineanim.geometry.torso import neutral_torso
from spineanim.mobjects import section_at_once
from spineanim.mobjects.back import Anchor, BackIncision
from spineanim.mobjects.magnifier import Magnifier
from spineanim.mobjects.section import SpineSection
from spineanim.mobjects.section_back import BackLayers, back_skin
from spineanim.mobjects.section_cut import SagittalCut
from spineanim.mobjects.section_names import LevelNames
from spineanim.mobjects.section_paint import LIGHT, ribbon, thread
from spineanim.mobjects.soft_crop import crop_softly
from spineanim.picture.haste import hurried
from spineanim.picture.kept import remembered
from spineanim.picture.shape import Part, Shape, Sprite
from spineanim.stage import UNITS_PER_PX, Stage, px

PIXELS_PER_UNIT = 135.0
THEME = load_theme(Path(__file__).parents[2] / "assets" / "theme.toml")


def figure_stage(turned_deg: float = 0.0) -> Stage:
    return Stage(LATERAL_LEFT, (0.0, 0.0, 190.0), 2 * UNITS_PER_PX, (0.0, 0.0), turned_deg)


def build(
    alignment: Alignment = STANDING,
    stage: Stage | None = None,
    levels: tuple[str, str] = ("T5", "sacrum"),
    theme: Theme = THEME,
) -> SpineSection:
    spine = Spine(alignment)
    return SpineSection(
        spine, Canal(spine), theme, stage or figure_stage(), PIXELS_PER_UNIT, levels
    )


@pytest.fixture(scope="module")
def section() -> SpineSection:
    return build()


def sprites(part: Part) -> list[Sprite]:
    return [each for each in part.get_family() if isinstance(each, Sprite)]


def pixel_at(section: SpineSection, point: np.ndarray) -> np.ndarray:
    """RGBA of the flattened spine at a scene point."""
    sprite = sprites(section.behind_catheter)[-1]
    corner = sprite.corner_points()[0]
    column, row = (point - corner)[:2] * [PIXELS_PER_UNIT, -PIXELS_PER_UNIT]
    rgba: np.ndarray = sprite.picture.rgba[int(row), int(column)].astype(int)
    return rgba


def test_layers_are_in_order_and_fade_apart(section: SpineSection) -> None:
    layers = section.submobjects
    assert layers[:3] == [section.behind_catheter, section.between, section.in_front_of_catheter]
    assert sprites(section.behind_catheter)
    assert sprites(section.in_front_of_catheter)
    assert not section.between.submobjects
    section.spine.opacity = 0.25
    assert section.behind_catheter.opacity == section.in_front_of_catheter.opacity == 0.25
    assert section.opacity == section.between.opacity == 1.0
    section.spine.opacity = 1.0


def test_what_is_put_between_lies_between(section: SpineSection) -> None:
    thing = Shape(np.zeros((2, 3)), closed=False)
    section.put_between(thing)
    family = section.get_family()
    behind, front = sprites(section.behind_catheter)[-1], sprites(section.in_front_of_catheter)[0]
    assert family.index(behind) < family.index(thing) < family.index(front)
    section.between.remove(thing)


def test_the_same_body_gives_the_same_pixels(section: SpineSection) -> None:
    for one, other in zip(sprites(section), sprites(build()), strict=True):
        assert np.array_equal(one.picture.rgba, other.picture.rgba)


@pytest.mark.parametrize(
    ("scale_px_per_mm", "levels"), [(2.0, ("T5", "sacrum")), (6.0, ("L1", "L5"))]
)
def test_building_again_is_quick(scale_px_per_mm: float, levels: tuple[str, str]) -> None:
    spine = Spine()
    z = spine.frame("L3").centre[1] if scale_px_per_mm > 3 else 190.0
    stage = Stage(LATERAL_LEFT, (0.0, 0.0, float(z)), scale_px_per_mm * UNITS_PER_PX)
    build(stage=stage, levels=levels)
    other = replace(THEME, colors=dict.fromkeys(THEME.colors, "#8090A0"))
    start = time.process_time()
    build(stage=stage, levels=levels, theme=other)
    assert time.process_time() - start < 0.6


def test_in_a_hurry_it_is_drawn_once_and_looks_alike(
    section: SpineSection, monkeypatch: pytest.MonkeyPatch
) -> None:
    with hurried():
        for one, other in zip(sprites(build()), sprites(section), strict=True):
            assert np.array_equal(one.picture.rgba, other.picture.rgba), "what is kept is used"
        monkeypatch.setattr(section_at_once, "is_kept", lambda *_: False)
        monkeypatch.setattr(section_at_once, "section_layers", None)
        drawn = sprites(build())
    for one, other in zip(drawn, sprites(section), strict=True):
        assert np.array_equal(one.points, other.points)
        assert one.get_fill_opacity() == other.get_fill_opacity()
        apart = np.abs(one.picture.rgba.astype(int) - other.picture.rgba)
        assert apart.mean() < 0.5 and apart.max() <= 12, "colours are rounded once, not one by one"


def test_in_a_hurry_a_drawing_serves_again_while_its_own_colours_stay(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(section_at_once, "is_kept", lambda *_: False)
    bone = replace(THEME, colors={**THEME.colors, "bone.base": "#8090A0"})
    label = replace(bone, colors={**bone.colors, "ink.label": "#8090A0"})
    with hurried(), remembered({}):
        before = sprites(build())
        before[1].shift((1.0, 0.0, 0.0))
        drawn = sprites(build(theme=bone))
        monkeypatch.setattr(section_at_once, "SagittalCut", None)
        again = sprites(build(theme=label))
    for one, same in zip(drawn, again, strict=True):
        assert np.array_equal(one.points, same.points)
        assert one.get_fill_opacity() == same.get_fill_opacity()
        assert np.array_equal(one.picture.rgba, same.picture.rgba)
    assert not np.array_equal(before[1].picture.rgba, drawn[1].picture.rgba)


def test_sprites_are_no_larger_than_the_body(section: SpineSection) -> None:
    height_mm = section.cut.spine.frame("T5").centre[1] + 150.0
    for sprite in sprites(section):
        rows, columns = sprite.picture.rgba.shape[:2]
        assert rows < 2.0 * (height_mm + 60.0)
        assert columns < 2.0 * 260.0


def test_sprite_pixels_fall_on_the_pixels_of_the_frame(section: SpineSection) -> None:
    for sprite in (sprites(section.behind_catheter)[-1], *sprites(section.in_front_of_catheter)):
        corner = sprite.corner_points()[0][:2] * PIXELS_PER_UNIT
        assert corner == pytest.approx(np.rint(corner), abs=1e-6)


def test_no_colour_exceeds_its_alpha(section: SpineSection) -> None:
    for sprite in sprites(section):
        rgba = sprite.picture.rgba.astype(int)
        assert (rgba[..., :3] <= rgba[..., 3:] + 1).all()


@pytest.mark.parametrize("turned_deg", [0.0, 90.0])
@pytest.mark.parametrize("alignment", [STANDING, SIDE_LYING_FLEXED])
def test_points_lie_where_geometry_says(alignment: Alignment, turned_deg: float) -> None:
    stage = figure_stage(turned_deg)
    section = build(alignment, stage)
    canal, spine = section.cut.canal, section.cut.spine

    def scene(point_yz: np.ndarray) -> np.ndarray:
        return stage.point([0.0, *point_yz])

    assert section.level("L3") == pytest.approx(scene(spine.frame("L3").centre))
    assert section.conus == pytest.approx(scene(canal.conus_tip()))
    for point, level, low, high in (
        (section.tip, "T10", "cord_back", "sac_back"),
        (section.cord, "T12", "cord_front", "cord_back"),
        (section.fluid, "L2", "sac_front", "sac_back"),
    ):
        walls, at = canal.offsets_at(station(level)), station(level)
        near, far = (scene(canal.place(at, walls[each])) for each in (low, high))
        share = (point - near) @ (far - near) / ((far - near) @ (far - near))
        assert 0.05 < share < 0.95
        assert np.linalg.norm(near + share * (far - near) - point) < stage.length(0.2)


def test_tip_and_entry_are_those_of_the_catheter(section: SpineSection) -> None:
    route = plan_route(Anatomy())
    stage = section.cut.stage
    assert np.linalg.norm(section.tip - stage.point(route.tip)) < stage.length(0.5)
    assert np.linalg.norm(section.entry - stage.point(route.dura)) < stage.length(0.5)


def test_cord_ends_above_the_sac_and_the_fluid_reaches_s2(section: SpineSection) -> None:
    cord, fluid = pixel_at(section, section.cord), pixel_at(section, section.fluid)
    assert cord[3] == fluid[3] == 255
    assert cord[0] > cord[2] + 60, "the cord is yellow"
    assert fluid[2] > fluid[0], "the fluid is blue"
    assert section.conus[1] > section.level("L2")[1]
    assert section.level("L1")[1] > section.conus[1]


def test_light_comes_from_the_upper_left_however_the_body_lies() -> None:
    for turned_deg in (0.0, 90.0):
        stage = figure_stage(turned_deg)
        section = build(stage=stage)
        middle, reach = section.level("L3"), stage.length(10.0)
        lit, far = (pixel_at(section, middle + side * reach * LIGHT) for side in (1.0, -1.0))
        assert lit[:3].sum() > far[:3].sum() + 8


def test_theme_colours_are_followed() -> None:
    colors = dict(THEME.colors)
    colors["cord.base"] = colors["cord.light"] = colors["cord.dark"] = "#305090"
    red, _, blue = pixel_at(build(theme=Theme(colors, THEME.styles)), build().cord)[:3]
    assert blue > red + 30


def test_cut_ends_fade_out() -> None:
    section = build(levels=("T9", "L4"))
    spine = section.cut.spine
    for level, side in (("T9", slice(0, 2)), ("L4", slice(2, 4))):
        plate = spine.frame(level).corners[side].mean(axis=0)
        assert pixel_at(section, section.cut.place(plate)[0])[3] < 10
    assert pixel_at(section, section.level("L1"))[3] == 255


def test_close_up_shows_pores_and_a_figure_does_not() -> None:
    def roughness(section: SpineSection) -> float:
        middle = section.level("L3")
        size = int(section.cut.px_per_mm * 5)
        sprite = sprites(section.behind_catheter)[-1]
        column, row = (middle - sprite.corner_points()[0])[:2] * [PIXELS_PER_UNIT, -PIXELS_PER_UNIT]
        rows = slice(int(row) - size, int(row) + size)
        patch = sprite.picture.rgba[rows, int(column) - size : int(column) + size, 0].astype(float)
        return float(np.abs(np.diff(patch, axis=1)).mean())

    centre = Spine().frame("L3").centre
    close = Stage(LATERAL_LEFT, (0.0, float(centre[0]), float(centre[1])), 6 * UNITS_PER_PX)
    assert roughness(build(stage=close, levels=("L2", "L4"))) > 3 * roughness(build())


def test_ribbon_is_lit_from_the_upper_left() -> None:
    left = np.array([[0.0, y, 0.0] for y in (0.0, 1.0)])
    right = left + np.array([1.0, 0.0, 0.0])
    for one, other in ((left, right), (right, left)):
        first = ribbon(one, other, ((0.0, "#FFFFFF"), (1.0, "#000000")), steps=2).submobjects[0]
        assert first.points[:, 0].min() == 0.0
        assert first.get_fill_color().to_rgb()[0] > 0.5


def test_thread_runs_out_to_points() -> None:
    line = np.array([[x, 0.0, 0.0] for x in np.linspace(0.0, 4.0, 41)])
    outline = thread(line, 0.4, taper=1.0)
    assert np.ptp(outline[[0, -1]], axis=0) == pytest.approx(0.0)
    assert outline[20, 1] == pytest.approx(0.2)


def test_level_names_are_large_enough_and_before_the_bodies(section: SpineSection) -> None:
    names = LevelNames(section, ("T10", "L3"), THEME)
    assert list(names.by_name) == ["T10", "L3"]
    assert THEME.style("detail").size_px >= 28
    for name, part in names.by_name.items():
        right = max(each.points[:, 0].max() for each in part.get_family() if len(each.points))
        assert right < section.front(name)[0]


def test_a_name_gives_way_to_a_lens_or_is_left_out(section: SpineSection) -> None:
    usual = LevelNames(section, ("T10",), THEME, side="on").by_name["T10"].get_center()
    body, reach = section.level("T10"), np.linalg.norm(section.front("T10") - section.level("T10"))
    centre = usual - np.array([0.0, 1.0, 0.0])
    lens = LevelNames(section, ("T10",), THEME, side="on", lens=(centre, 1.1))
    inside = lens.by_name["T10"].get_center()
    assert np.linalg.norm(inside - centre) < 1.0 < np.linalg.norm(usual - centre) + 1e-9
    assert np.linalg.norm(inside - body) < reach
    nowhere = LevelNames(section, ("T10",), THEME, side="on", lens=(centre - [9.0, 0.0, 0.0], 1.0))
    assert not nowhere.by_name


def test_back_layers_hold_the_section_between_muscle_and_fat() -> None:
    stage = figure_stage()
    skin = back_skin(neutral_torso(), Spine(), 150.0, 20.0)
    layers = BackLayers(skin, THEME, stage, PIXELS_PER_UNIT)
    assert layers.submobjects == [layers.ground, layers.inside, layers.edge]
    edge = sprites(layers.edge)[0]
    right = edge.corner_points()[1][0]
    assert right == pytest.approx(stage.plane(skin)[:, 0].max(), abs=stage.length(4.0))


def test_cord_and_tip_are_named_at_different_levels(section: SpineSection) -> None:
    given = section.tip_level
    try:
        for tip in TIP_LEVELS:
            section.tip_level = tip
            assert abs(section.cord[1] - section.tip[1]) > section.cut.stage.length(18.0), tip
    finally:
        section.tip_level = given


def test_a_cut_body_runs_out_at_its_head_end() -> None:
    stage = figure_stage()
    corners = stage.plane(np.array([[0.0, 200.0], [100.0, 200.0], [0.0, 0.0]]))
    sprite = Sprite(np.full((200, 100, 4), 255, np.uint8), list(corners))
    front = np.array([[-500.0, 0.0], [-500.0, 200.0]])
    crop_softly(Part(sprite), stage, front, -200.0, 0.0, 200.0)
    alpha = sprite.picture.rgba[..., 3]
    assert alpha[0].max() == 0
    assert alpha[60:].min() == 255


def test_incision_states_depend_on_the_share_alone() -> None:
    curve = np.array([[0.1 * y**2, y, 0.0] for y in np.linspace(0.5, -0.5, 20)])
    cut = BackIncision(curve, THEME)

    def state() -> tuple[float, ...]:
        return (cut.opacity, *cut.slit.points.ravel(), *(each.opacity for each in cut.stitches))

    assert cut.opacity == 0.0
    cut.open(1.0)
    opened = state()
    assert np.ptp(cut.slit.points[:, 1]) == pytest.approx(1.0, abs=0.02)
    cut.closed(1.0)
    assert [each.opacity for each in cut.stitches] == [1.0] * 6
    cut.closed(0.0)
    assert state() == opened
    cut.open(0.5)
    assert np.ptp(cut.slit.points[:, 1]) == pytest.approx(0.5, abs=0.05)


def test_anchor_is_drawn_to_scale_along_the_catheter() -> None:
    anchor = Anchor([1.0, 2.0, 0.0], 90.0, THEME, 0.1)
    size = np.ptp(anchor.sleeve.points, axis=0)
    assert size[:2] == pytest.approx([0.48, 1.3], rel=0.02)
    assert anchor.sleeve.points.mean(axis=0) == pytest.approx([1.0, 2.0, 0.0], abs=0.02)


def test_magnifier_lines_touch_both_circles() -> None:
    centre, site = np.array([3.0, 0.5, 0.0]), np.array([-1.0, 0.0, 0.0])
    lens = Magnifier(centre, 2.0, Part(), THEME, site=site, site_radius=0.5)
    for line in lens.tether.submobjects[:2]:
        start, end = line.points[0], line.points[-1]
        assert np.linalg.norm(start - site) == pytest.approx(0.5)
        assert np.linalg.norm(end - centre) == pytest.approx(2.0)
        assert (end - start) @ (start - site) == pytest.approx(0.0, abs=1e-9)
    assert not Magnifier(centre, 2.0, Part(), THEME).tether.submobjects
    assert px(1) == UNITS_PER_PX


def test_in_a_hurry_the_same_spine_is_moved_to_where_it_stands_now(
    section: SpineSection, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = figure_stage()
    right_view = replace(stage.view, name="from the right", right=(0.0, -1.0, 0.0))
    elsewhere = replace(stage, at=(1.0, 0.5), units_per_mm=1.25 * stage.units_per_mm)
    mirrored = replace(stage, view=right_view)
    with hurried(), remembered({}):
        build()
        monkeypatch.setattr(section_at_once, "is_kept", lambda *_: False)
        monkeypatch.setattr(section_at_once, "SagittalCut", None)
        there, across = build(stage=elsewhere), build(stage=mirrored)
        monkeypatch.setattr(section_at_once, "SagittalCut", SagittalCut)
        for other in (replace(elsewhere, units_per_mm=2 * stage.units_per_mm), figure_stage(6.0)):
            assert not_moved(build(stage=other), section), "too large, or turned"
    for one, moved, turned in zip(*map(sprites, (section, there, across)), strict=True):
        assert np.array_equal(one.picture.rgba, moved.picture.rgba)
        assert np.array_equal(one.picture.rgba[:, ::-1], turned.picture.rgba)
        upper_left, upper_right, _ = turned.corner_points()
        assert upper_right[0] > upper_left[0], "upright"
    for found in (there, across):
        assert pixel_at(found, found.level("L3"))[3] > 250, "what is named is drawn there"
        assert pixel_at(found, found.level("L3"))[:3].min() > 100


def not_moved(drawn: SpineSection, section: SpineSection) -> bool:
    """Tell whether a section was drawn for itself."""
    return any(
        one.picture.rgba.shape != other.picture.rgba.shape
        for one, other in zip(sprites(drawn), sprites(section), strict=True)
    )
