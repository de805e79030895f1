"""The film "device": what is opened, named and measured is so; words stand clear."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from manim import tempconfig
from numpy.typing import NDArray

from spineanim.content.artwork.art import Anchor, Artwork
from spineanim.content.artwork.parts import PUMP_FACE, dressed
from spineanim.content.parameters import Parameters
from spineanim.content.project import Project
from spineanim.content.settings import Settings, load_settings
from spineanim.geometry.curves import distances
from spineanim.geometry.devices import pump_opening as opening
from spineanim.geometry.devices.handheld import PUCK_DIAMETER_MM
from spineanim.geometry.devices.pump_case import pump_parts
from spineanim.geometry.params import PUMP_20_ML, PUMP_40_ML, PumpSize
from spineanim.geometry.parts import Part
from spineanim.mobjects.device import DevicePlate
from spineanim.mobjects.dose_plan import PLAN, given_by
from spineanim.mobjects.drop_way import TipPlate
from spineanim.mobjects.label import Label
from spineanim.mobjects.programming import ProgramPlate
from spineanim.mobjects.row import Row
from spineanim.picture.camera import StageCamera
from spineanim.picture.shape import Sprite
from spineanim.render.catalog import find_scene
from spineanim.render.quality import Quality
from spineanim.render.renderer import Frame, FrameSink
from spineanim.render.stage_scene import play_scene
from spineanim.scene import SpineScene
from spineanim.stage import SAFE_MARGIN, WHOLE, WIDE
from tests.conftest import ROOT

SMALL = Quality("small", 854, 480, 5, 23)
FMT = WIDE.drawn_at(854, 480)
BEATS = ("pump_and_puck", "outside", "inside", "programmed", "to_the_tip")
SIZES = pytest.mark.parametrize("size", [PUMP_20_ML, PUMP_40_ML], ids=["20 mL", "40 mL"])
Points = NDArray[np.float64]


def deep(parts: tuple[Part, ...], points: Points) -> NDArray[np.float32]:
    """Signed distance of points (N, 3) to the nearest of some parts, mm."""
    columns = [points[:, i].astype(np.float32) for i in range(3)]
    return np.asarray(np.min([part.solid.field(*columns) for part in parts], axis=0))


def cloud(size: PumpSize, count: int = 4000) -> Points:
    random = np.random.default_rng(7)
    reach = size.radius_mm + 6.0
    low, high = (-reach, -reach, -1.0), (reach, reach, size.thickness_mm + 2.0)
    return random.uniform(low, high, (count, 3))


def differing(parts: tuple[Part, ...], first: Points, second: Points) -> int:
    """How many points lie inside in one place and outside in the other, clear of the surface."""
    one, two = deep(parts, first), deep(parts, second)
    clear = (np.abs(one) > 0.3) & (np.abs(two) > 0.3)
    return int(np.sum(((one < 0) != (two < 0)) & clear))


def only(parts: tuple[Part, ...], name: str) -> tuple[Part, ...]:
    return tuple(part for part in parts if part.name == name)


# -- the solids ------------------------------------------------------------------------------


@SIZES
def test_lid_slice_and_the_rest_make_up_the_whole_case(size: PumpSize) -> None:
    points = cloud(size)
    whole = deep(only(pump_parts(size), "case"), points)
    pieces = [opening.lid_parts(size), opening.slice_parts(size), opening.still_parts(size)]
    shares = [deep(only(piece, "case"), points) for piece in pieces]
    clear = (np.abs(whole) > 0.3) & (np.min(np.abs(shares), axis=0) > 0.05)
    assert np.array_equal((np.min(shares, axis=0) < 0)[clear], (whole < 0)[clear])
    for one, two in combinations(shares, 2):
        assert not np.any((one < -0.05) & (two < -0.05)), "pieces overlap"


@SIZES
def test_the_round_case_looks_alike_in_every_turn(size: PumpSize) -> None:
    points = cloud(size)
    away = np.hypot(points[:, 0], points[:, 1])
    points = points[(away < 28.0) | (away > 40.0)]  # the access port's hole is under the port
    case = only(opening.round_parts(size), "case")
    turned = points.copy()
    turn = np.radians(53.0)
    turned[:, 0] = points[:, 0] * np.cos(turn) + points[:, 1] * np.sin(turn)
    turned[:, 1] = -points[:, 0] * np.sin(turn) + points[:, 1] * np.cos(turn)
    assert differing(case, points, turned) == 0
    whole = only(pump_parts(size), "case")
    assert differing(whole, points, turned) > 0, "the outlet sticks out"


@SIZES
def test_what_is_named_inside_is_what_the_words_say(size: PumpSize) -> None:
    parts = (*opening.still_parts(size), *opening.turning_parts(size, 0.0))
    for name, points in opening.inside_places_mm(size).items():
        assert deep(only(parts, name), points).max() < 0.4, name


def test_the_puck_is_narrower_than_the_pump_by_the_measures_shown() -> None:
    script = load_settings("device", Project(ROOT)).script
    labels = script.beat("pump_and_puck").labels
    assert f"{PUCK_DIAMETER_MM:g} mm" in labels["puck_width"].text
    assert f"{PUMP_40_ML.diameter_mm:g} mm" in labels["pump_width"].text
    assert PUMP_20_ML.diameter_mm == PUMP_40_ML.diameter_mm > PUCK_DIAMETER_MM


# -- the parts -------------------------------------------------------------------------------


def test_a_row_of_pictures_never_has_a_hole_nor_a_jump() -> None:
    pixels = np.full((2, 2, 4), 255, np.uint8)
    corners = [[0.0, 1.0, 0.0], [1.0, 1.0, 0.0], [0.0, 0.0, 0.0]]
    for closed in (False, True):
        row = Row([Sprite(pixels, corners) for _ in range(4)], closed=closed, filled=closed)
        before = None
        for place in np.arange(0.0, 4.0 if closed else 3.0, 0.01):
            row.at(float(place))
            now = np.array([each.opacity for each in row.shown_frames])
            assert now.max() == pytest.approx(1.0)
            if before is not None:
                # one picture takes over from another while it is covered
                assert np.abs(now - before).max() <= 1.0 if closed else 0.03
            before = now


def test_the_plan_is_given_as_it_is_written() -> None:
    shares = np.linspace(0.0, 1.0, 8 * 12 + 1)
    given = np.array([given_by(float(share)) for share in shares])
    assert given[0] == 0.0
    assert given[-1] == pytest.approx(1.0)
    rates = np.diff(given)[5::12]
    assert np.allclose(rates / rates.max(), np.array(PLAN) / max(PLAN), atol=1e-6)


# -- the plates ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def settings() -> Settings:
    return load_settings("device", Project(ROOT))


@pytest.fixture(scope="module")
def parameters(settings: Settings) -> Parameters:
    return settings.parameters


@pytest.fixture(scope="module")
def device(settings: Settings) -> DevicePlate:
    return DevicePlate(settings.parameters, settings.theme, FMT, ("pump", "puck", "bar"))


@pytest.mark.slow
def test_widths_and_ring_are_true_to_one_scale(device: DevicePlate) -> None:
    ring = device.ring.submobjects[0].points
    device.lay_ring(1.0)
    wide = np.ptp(device.ring.submobjects[0].points[:, 0])
    case = device.pump.outline(device.size.radius_mm, 0.0)
    assert wide / np.ptp(case[:, 0]) == pytest.approx(PUCK_DIAMETER_MM / 87.5, rel=0.01)
    middle = device.ring.submobjects[0].points[:, 0]
    assert (middle.max() + middle.min()) / 2 == pytest.approx(device.pump.middle[0], abs=0.02)
    assert len(ring)


@pytest.mark.slow
def test_the_rotor_runs_on_without_a_jump_and_the_drops_keep_up(device: DevicePlate) -> None:
    pump = device.pump
    third_s = 120.0 / 26.0
    for start in (0.0, 1.3):
        pump.run_to(start)
        before = [bead.get_center() for bead in pump.drops.beads]
        pump.run_to(start + third_s)
        after = [bead.get_center() for bead in pump.drops.beads]
        # each drop stands where the next one stood; the first and the last come and go unseen
        away = np.linalg.norm(np.array(before)[:, None] - np.array(after)[None], axis=2)
        assert np.sort(away.min(axis=1))[:-1].max() < 0.02, "it repeats after a third of a turn"


STRIPES = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="-50 -50 100 100">
<circle r="43.75" fill="#f00"/><g stroke="#00f" stroke-width="3"><path d="M-40 0H40M0-40V40"/>
<path d="M-36-24H36M-36 24H36M-24-36V36M24-36V36"/></g></svg>"""


@pytest.mark.slow
def test_artwork_on_a_pump_that_turns_is_seen_once(settings: Settings) -> None:
    art = Artwork(Path("a.svg"), STRIPES.encode(), anchor=Anchor(87.5, ("width",)))
    theme = dressed(settings.theme, {PUMP_FACE: art})
    pump = DevicePlate(settings.parameters, theme, FMT, ("pump", "puck", "bar")).pump
    mixed = []
    for share in (0.0, 0.51, 0.96, 1.0):
        pump.turn(share)
        with tempconfig({"pixel_width": 854, "pixel_height": 480}):
            camera = StageCamera()
            camera.capture_mobjects([pump])
        red, green, blue = camera.pixel_array[..., :3].astype(int).transpose(2, 0, 1)
        both = (red > 70) & (blue > 70) & (green < 60)
        mixed.append(int(both.sum()))
    assert mixed[0] > 500, "edges of its lines are soft"
    assert max(mixed) < 1.25 * mixed[0], "its lines are drawn twice"


@pytest.mark.slow
def test_the_pump_is_whole_until_it_is_opened(device: DevicePlate) -> None:
    pump = device.pump
    pump.turn(1.0)
    assert (pump.whole.opacity, pump.pieces.opacity, pump.turning.opacity) == (1.0, 0.0, 0.0)
    pump.lift_lid(1.0)
    pump.cut_front(1.0)
    gone = (pump.whole.opacity, pump.lid.opacity, pump.front.opacity)
    assert gone == pytest.approx((0.0, 0.0, 0.0), abs=1e-9)
    assert pump.pieces.opacity == 1.0
    pump.lift_lid(0.0)
    pump.cut_front(0.0)
    assert (pump.whole.opacity, pump.pieces.opacity) == (1.0, 0.0)


@pytest.mark.slow
def test_under_the_skin_the_catheter_never_enters_the_belly(settings: Settings) -> None:
    plate = ProgramPlate(settings.parameters, settings.theme, FMT, "plan")
    section, half = plate.section, plate.panel.edge.width / 2
    middle = plate.panel.edge.get_center()[0]
    course = [p for p in plate.catheter.path if abs(p[0] - middle) < half]
    assert len(course) > 10
    origin = section.to_scene([[0.0, 0.0]])[0]
    for point in course:
        along = (point[0] - origin[0]) / section.units_per_mm
        muscle = section.point("fascia", float(along))[1] - 1.6 * section.units_per_mm
        skin = section.point("surface", float(along))[1]
        assert muscle < point[1] < skin


@pytest.mark.slow
def test_the_head_rests_on_the_skin_over_the_pump(settings: Settings) -> None:
    plate = ProgramPlate(settings.parameters, settings.theme, FMT, "plan")
    plate.hold_over(1.0)
    left, right = (
        plate.head.submobjects[1].get_left()[0],
        plate.head.submobjects[1].get_right()[0],
    )
    assert left < plate.pump_at[0] < right
    assert plate.rest[1] > plate.pump_at[1]
    plate.hold_over(0.0)
    assert plate.head.submobjects[1].get_bottom()[1] > plate.rest[1]


@pytest.mark.slow
@pytest.mark.parametrize(("tip", "entry"), [("T8", "L4_L5"), ("T10", "L2_L3")])
def test_the_drop_and_the_entry_stay_in_sight(settings: Settings, tip: str, entry: str) -> None:
    parameters = settings.parameters
    anatomy = replace(parameters.anatomy, tip_level=tip, entry_level=entry)
    plate = TipPlate(replace(parameters, anatomy=anatomy), settings.theme, FMT)
    back = plate.stage(plate.route.between("loop", "entry"))[:, :2]
    for share in np.linspace(0.0, 1.0, 41):
        plate.follow(float(share))
        shot = plate.shot_at(float(share))
        here = plate.drop.point_at(float(share))[:2]
        assert np.all(np.abs((here - shot.centre) * shot.zoom) < FMT.half - SAFE_MARGIN)
        assert ((back - shot.centre) * shot.zoom)[:, 1].min() > FMT.caption_floor
    assert plate.shot_at(1.0) == WHOLE
    end = plate.stage.point(plate.route.tip)
    assert np.linalg.norm(plate.drop.path[-1] - end) < 0.01
    assert distances(plate.way)[-1] > 3.0


# -- the film --------------------------------------------------------------------------------


@dataclass
class Words(FrameSink):
    """Collects the labels of every beat's end state."""

    boxes: dict[str, dict[str, NDArray[np.float64]]] = field(default_factory=dict)

    def wants(self, frame: int) -> bool:
        return False

    def put(self, frame: int, pixels: Frame) -> None:
        """Nothing is wanted."""

    def beat_finished(self, scene: SpineScene, name: str, draw: Callable[[], Frame]) -> None:
        assert draw().any()
        labels = [each for each in scene.mobjects if isinstance(each, Label) and each.opacity > 0.5]
        self.boxes[name] = {each.words.text: each.place.box for each in labels}


@pytest.fixture(scope="module")
def film(settings: Settings) -> Words:
    sink = Words()
    play_scene(find_scene(Project(ROOT), "device"), settings, SMALL, sink)
    return sink


@pytest.mark.slow
@pytest.mark.render
def test_every_beat_of_the_storyboard_can_be_drawn(film: Words) -> None:
    assert tuple(film.boxes) == ("title_card", *BEATS)


@pytest.mark.slow
@pytest.mark.render
@pytest.mark.parametrize("beat", BEATS[1:])
def test_labels_stand_in_the_safe_area_and_off_one_another(film: Words, beat: str) -> None:
    boxes = film.boxes[beat]
    assert len(boxes) >= 3
    left, bottom, right, top = WIDE.safe_box
    for words, box in boxes.items():
        assert box[0] >= left - 0.02 and box[2] <= right + 0.02, words
        assert box[1] >= bottom and box[3] <= top + 0.02, words
    for (one, a), (two, b) in combinations(boxes.items(), 2):
        apart = a[2] < b[0] or b[2] < a[0] or a[1] > b[3] or b[1] > a[3]
        assert apart, f"{one} touches {two}"


def test_the_film_keeps_to_its_length(settings: Settings) -> None:
    assert settings.script.length_s <= 42.0
