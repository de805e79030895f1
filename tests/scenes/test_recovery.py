"""The film "recovery": what its plates show is so, and every beat's words stand clear."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import combinations

import numpy as np
import pytest

from spineanim.content.parameters import Parameters
from spineanim.content.project import Project
from spineanim.content.settings import load_settings
from spineanim.content.theme import Theme
from spineanim.content.timeline import Timeline
from spineanim.geometry.devices.pump_layout import Layout
from spineanim.geometry.params import PUMP_20_ML, PUMP_40_ML, Anatomy, PumpSize
from spineanim.geometry.table import LEVELS
from spineanim.geometry.wall import WallSection as WallNumbers
from spineanim.mobjects.day_clock import DayClock
from spineanim.mobjects.label import Label
from spineanim.mobjects.panel import Panel
from spineanim.mobjects.refill_parts import RefillNeedle, Reservoir, Template, old_medicine
from spineanim.mobjects.slipped import LEVELS_DOWN, SlippedPlate
from spineanim.mobjects.soreness import SoreDays, SoreSpot
from spineanim.mobjects.strain import StrainPlate
from spineanim.mobjects.summary import SummaryPlate
from spineanim.mobjects.visits import Visits
from spineanim.mobjects.wall import WallSection
from spineanim.mobjects.wall_shape import WallState
from spineanim.mobjects.xray import exposed
from spineanim.mobjects.xray_density import front_grid
from spineanim.picture.shape import Part
from spineanim.render.catalog import find_scene
from spineanim.render.quality import Quality
from spineanim.render.renderer import Frame, FrameSink
from spineanim.render.stage_scene import play_scene
from spineanim.scene import SpineScene
from spineanim.stage import FORMATS, SAFE_MARGIN, WIDE, Format, px
from tests.conftest import ROOT

SMALL = Quality("small", 854, 480, 10, 23)
BEATS = (
    "first_days",
    "medicine_on_schedule",
    "refill_visits",
    "catheter_may_move",
    "strenuous_activity",
    "next_steps",
)
MOST_S = 58.0
DRAFT = WIDE.drawn_at(854, 480)
Box = tuple[float, float, float, float]


@pytest.fixture(scope="module")
def parameters() -> Parameters:
    return load_settings("recovery", Project(ROOT)).parameters


# -- the script -----------------------------------------------------------------------------------


def test_the_film_has_the_beats_of_the_storyboard_and_keeps_its_length() -> None:
    script = load_settings("recovery", Project(ROOT)).script
    assert tuple(beat.name for beat in script.beats) == BEATS
    timeline = Timeline(script, 30)
    assert timeline.frame_count / 30 <= MOST_S


@pytest.mark.parametrize("beat", BEATS)
def test_captions_with_a_medical_statement_name_their_claims(beat: str) -> None:
    script = load_settings("recovery", Project(ROOT)).script
    assert all(caption.claims for caption in script.beat(beat).captions)


# -- the first days, the doses --------------------------------------------------------------------


def test_soreness_and_swelling_fade_to_nothing(theme: Theme) -> None:
    course = np.array([(0.0, y, 0.0) for y in np.linspace(0.5, -0.5, 25)])
    spot = SoreSpot(course, 1.0, theme)
    swollen = np.ptp(spot.swelling.points[:, 0])
    assert spot.light.opacity == 1.0
    spot.ease_off(1.0)
    assert spot.light.opacity == 0.0
    assert spot.swelling.get_fill_opacity() == 0.0
    assert np.ptp(spot.swelling.points[:, 0]) < 0.5 * swollen


def test_every_day_is_less_sore_than_the_one_before(theme: Theme) -> None:
    days = SoreDays(theme, "Soreness", ("Day 1", "Later"), 4.0)
    days.at(1.0)
    tall = [float(np.ptp(column.submobjects[0].points[:, 1])) for column in days._columns]
    assert tall == sorted(tall, reverse=True)
    assert tall[-1] < 0.15 * tall[0]


def test_a_day_has_24_doses_given_one_after_another(theme: Theme) -> None:
    clock = DayClock(theme, 2.0, "24 hours")
    given = []
    for share in (0.0, 0.5, 1.0):
        clock.turn(share)
        given.append(sum(len(bar.points) > 0 for bar in clock._bars))
    assert given == [0, 12, 24]


# -- the refill -----------------------------------------------------------------------------------


@pytest.fixture(scope="module", params=[PUMP_20_ML, PUMP_40_ML], ids=["20 mL", "40 mL"])
def wall(request: pytest.FixtureRequest, theme: Theme) -> tuple[PumpSize, WallSection]:
    size = request.param
    section = WallSection(WallNumbers(0.0, size), size, theme, DRAFT.pixels_per_unit)
    section.set_state(WallState(1.0, 1.0, 1.0, 1.0, 1.0))
    return size, section


def test_the_needle_ends_in_the_chamber_under_the_port(
    wall: tuple[PumpSize, WallSection], theme: Theme
) -> None:
    size, section = wall
    needle = RefillNeedle(section, theme)
    end, port = needle.way[0], section.pump.refill_port
    assert end[0] == pytest.approx(port[0], abs=px(2))
    under_mm = (port[1] - end[1]) / section.units_per_mm
    layout = Layout(size)
    deep_mm = size.thickness_mm - layout.deck_low_mm
    assert size.thickness_mm - layout.septum_low_mm < under_mm, "it stops in the septum"
    assert under_mm < deep_mm, "it goes through the chamber's floor"


def test_the_guide_plate_lies_on_the_skin_and_leaves_the_port_free(
    wall: tuple[PumpSize, WallSection], theme: Theme
) -> None:
    _, section = wall
    template = Template(section, theme)
    surface, port = section.point("surface", 0.0), section.pump.refill_port
    for plate in template.submobjects:
        outline = plate.points
        assert outline[:, 1].min() > surface[1] - px(1)
        assert np.abs(outline[:, 0] - port[0]).min() > 2.0 * section.units_per_mm


def test_the_reservoir_rises_with_its_contents_and_stays_in_the_case(
    wall: tuple[PumpSize, WallSection], theme: Theme
) -> None:
    size, section = wall
    reservoir = Reservoir(section, size, theme)
    tall = []
    for share in (0.04, 0.5, 1.0):
        reservoir.fill(share, old_medicine(theme))
        tall.append(reservoir.tall)
    assert tall == sorted(tall)
    assert tall[-1] > 2.0 * tall[0]
    points = np.vstack([each.points for each in reservoir.get_family() if len(each.points)])
    wide_mm = np.ptp(points[:, 0]) / section.units_per_mm
    assert wide_mm < size.diameter_mm
    assert np.ptp(points[:, 1]) / section.units_per_mm < size.thickness_mm


def test_visits_are_marked_one_after_another(theme: Theme) -> None:
    visits = Visits(theme, 4.0, "Every few weeks to 6 months")
    shown = []
    for share in (0.0, 0.3, 0.6, 1.0):
        visits.mark(share)
        shown.append(sum(mark.opacity > 0.5 for mark in visits._marks))
    assert shown == sorted(shown)
    assert (shown[0], shown[-1]) == (0, 3)


# -- the X-ray, and the catheter that slips -------------------------------------------------------


def test_bone_is_bright_on_an_xray_and_soft_tissue_dark() -> None:
    grid = front_grid((-50.0, 0.0, 50.0, 40.0), 1.0)
    soft, bone = (exposed(np.full(grid.shape, mm, np.float32), grid) for mm in (0.0, 20.0))
    assert float(soft.max()) < 0.3
    assert float(bone.min()) > 0.5
    assert float(bone.max()) <= 0.9, "the catheter is brighter than bone"


@pytest.mark.render
@pytest.mark.slow
@pytest.mark.parametrize(("side", "tip"), [("left", "T10"), ("right", "T12")])
def test_the_tip_slips_two_levels_in_both_pictures_and_comes_back(
    parameters: Parameters, theme: Theme, side: str, tip: str
) -> None:
    anatomy = Anatomy(side=side, tip_level=tip)  # type: ignore[arg-type]
    plate = SlippedPlate(replace(parameters, anatomy=anatomy), theme, DRAFT, "X-ray")
    below = LEVELS[LEVELS.index(tip) + LEVELS_DOWN]
    half_mm = 14.0
    rest = plate.inner.front
    for share, level in ((0.0, tip), (1.0, below)):
        plate.slip(share)
        off = abs(plate.inner.front[1] - plate.section.level(level)[1])
        assert off < plate.stage.length(half_mm), f"{share:g}: side view"
        off = abs(plate.xray.tip[1] - plate.xray.level(level)[1])
        assert off < plate.xray.stage.length(half_mm), f"{share:g}: X-ray"
    plate.put_back(1.0)
    assert np.allclose(plate.inner.front, rest)


# -- strain and summary ---------------------------------------------------------------------------


def _box(part: Part) -> Box:
    points = np.vstack([each.points for each in part.get_family() if len(each.points)])
    (left, low), (right, high) = points.min(axis=0)[:2], points.max(axis=0)[:2]
    return float(left), float(low), float(right), float(high)


def _edge(card: Part) -> Box:
    """Box of a card's edge, without its shadow."""
    panel = card.submobjects[0]
    assert isinstance(panel, Panel)
    return _box(Part(panel.edge))


def _stands_in_frame(box: Box, fmt: Format) -> None:
    left, low, right, high = box
    assert left > -fmt.width / 2 and right < fmt.width / 2
    assert low > fmt.caption_floor
    assert high < fmt.height / 2


@pytest.mark.parametrize("fmt", FORMATS.values(), ids=FORMATS.keys())
def test_tiles_stand_apart_above_the_captions(
    parameters: Parameters, theme: Theme, fmt: Format
) -> None:
    names, states = ("Hard twist", "Heavy lift", "Fall"), ("Kink or break", "New catheter")
    plate = StrainPlate(parameters, theme, fmt, names, states)
    boxes = [_edge(tile) for tile in plate.tiles]
    for box in (*boxes, _box(plate.damaged_words)):
        _stands_in_frame(box, fmt)
    for a, b in combinations(boxes, 2):
        assert a[2] < b[0] or b[2] < a[0] or a[1] > b[3] or b[1] > a[3]


def test_a_broken_catheter_lets_nothing_pass_and_a_new_one_does(
    parameters: Parameters, theme: Theme
) -> None:
    plate = StrainPlate(parameters, theme, DRAFT, ("a", "b", "c"), ("d", "e"))
    plate.damage(1.0)
    gap = np.linalg.norm(plate.near.path[-1] - plate.far_empty.path[0])
    assert gap > plate.near.width_units, "it is broken"
    assert plate.far_full.opacity == 0.0
    plate.renew(1.0)
    assert (plate.old.opacity, plate.drops.opacity) == (0.0, 1.0)
    assert plate.new.shown == (0.0, 1.0)


@pytest.mark.render
@pytest.mark.slow
@pytest.mark.parametrize("aspect", FORMATS)
def test_the_summary_holds_four_steps_and_four_signs(
    parameters: Parameters, theme: Theme, aspect: str
) -> None:
    fmt = FORMATS[aspect]
    fmt = fmt.drawn_at(fmt.width_px // 3, fmt.height_px // 3)
    steps = {name: name.title() for name in ("trial", "catheter", "pump", "recovery")}
    signs = {"fever": "Fever", "redness": "Red wound", "headache": "Severe headache"}
    signs["beeps"] = "Alarm beeps"
    plate = SummaryPlate(parameters, theme, fmt, steps, "Talk.", "Call for:", signs)
    assert (len(plate.tiles), len(plate.items)) == (4, 4)
    boxes = [_edge(card) for card in (*plate.tiles, plate.talk_card, plate.call_card)]
    for box in boxes:
        _stands_in_frame(box, fmt)
    for a, b in combinations(boxes, 2):
        assert a[2] < b[0] or b[2] < a[0] or a[1] > b[3] or b[1] > a[3]
    for item in plate.items:
        left, low, right, high = _box(item)
        assert boxes[-1][0] < left and right < boxes[-1][2]
        assert boxes[-1][1] < low and high < boxes[-1][3]


# -- the film -------------------------------------------------------------------------------------


@dataclass
class Ends(FrameSink):
    """Collects every beat's labels, and its picture."""

    boxes: dict[str, dict[str, Box]] = field(default_factory=dict)
    details: dict[str, str] = field(default_factory=dict)
    pictures: dict[str, Frame] = field(default_factory=dict)

    def beat_finished(self, scene: SpineScene, name: str, draw: Callable[[], Frame]) -> None:
        labels = [each for each in scene.mobjects if isinstance(each, Label) and each.opacity > 0.5]
        self.boxes[name] = {each.words.text: _box(Part(each.block)) for each in labels}
        self.details |= {each.words.text: each.words.detail for each in labels}
        self.pictures[name] = draw()


@pytest.fixture(scope="module")
def ends() -> Ends:
    project, sink = Project(ROOT), Ends()
    play_scene(find_scene(project, "recovery"), load_settings("recovery", project), SMALL, sink)
    return sink


@pytest.mark.render
@pytest.mark.slow
def test_every_beat_ends_on_a_picture_of_its_own(ends: Ends) -> None:
    assert tuple(ends.pictures) == ("title_card", *BEATS)
    for one, two in combinations(ends.pictures.values(), 2):
        assert np.abs(one.astype(int) - two).mean() > 1.0


@pytest.mark.render
@pytest.mark.slow
@pytest.mark.parametrize("beat", BEATS)
def test_labels_stand_clear_of_the_edge_the_captions_and_one_another(ends: Ends, beat: str) -> None:
    for words, (left, low, right, high) in ends.boxes[beat].items():
        assert left > -WIDE.width / 2 + SAFE_MARGIN, words
        assert right < WIDE.width / 2 - SAFE_MARGIN, words
        assert high < WIDE.height / 2 - SAFE_MARGIN, words
        assert low > WIDE.caption_floor, words
    for (one, a), (two, b) in combinations(ends.boxes[beat].items(), 2):
        apart = a[2] < b[0] or b[2] < a[0] or a[1] > b[3] or b[1] > a[3]
        assert apart, f"{one} touches {two}"


@pytest.mark.render
@pytest.mark.slow
def test_the_tips_level_is_the_parameters(ends: Ends, parameters: Parameters) -> None:
    assert ends.details["Catheter tip"].endswith(f"at {parameters.anatomy.tip_level}")
