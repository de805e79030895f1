"""The film "catheter": facts of its pictures, and labels that stand clear."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import combinations

import numpy as np
import pytest

from spineanim.content.parameters import Parameters, load_parameters
from spineanim.content.project import Project
from spineanim.content.settings import load_settings
from spineanim.content.theme import Theme
from spineanim.geometry import curves
from spineanim.geometry.axes import Points2
from spineanim.geometry.canal import CONUS_STATION, station
from spineanim.geometry.params import ENTRY_LEVELS, PROCEDURE, TIP_LEVELS, Side
from spineanim.mobjects.along_skin import AlongSkin
from spineanim.mobjects.anchored_tail import AnchoredTail
from spineanim.mobjects.asleep import AsleepPlate
from spineanim.mobjects.label import Label
from spineanim.mobjects.lasting import LastingPlate
from spineanim.mobjects.monitor import BEATS_PER_S, Monitor, pulse
from spineanim.mobjects.overlay import Overlay
from spineanim.mobjects.puncture_way import NeedleWay
from spineanim.mobjects.tube import crossings
from spineanim.picture.shape import Part
from spineanim.render.catalog import find_scene
from spineanim.render.quality import Quality
from spineanim.render.renderer import Frame, FrameSink
from spineanim.render.stage_scene import play_scene
from spineanim.scene import SpineScene
from spineanim.stage import SAFE_MARGIN, WIDE
from tests.conftest import ROOT

BEATS = ("asleep", "temporary_comes_out", "small_incision", "catheter_climbs", "anchored")
LONGEST_S = 46.0
Box = tuple[float, float, float, float]


@pytest.fixture(scope="module")
def parameters() -> Parameters:
    return load_parameters(Project(ROOT))


@pytest.fixture(scope="module")
def way(parameters: Parameters) -> NeedleWay:
    return NeedleWay(parameters, PROCEDURE)


@pytest.fixture(scope="module")
def along(way: NeedleWay) -> AlongSkin:
    return AlongSkin(way.skin_yz, way.at(way.layers_mm["fat"][1]))


@pytest.fixture(scope="module")
def tail(way: NeedleWay, along: AlongSkin) -> AnchoredTail:
    low = along.of(way.route.back_incision[-1, 1:])
    return AnchoredTail(way, along, low, float(way.fascia_mm[0]))


def depth_mm(way: NeedleWay, point: Points2) -> float:
    """Depth under the skin, negative outside."""
    away, *_ = curves.nearest(way.skin_yz, point)
    near = way.skin_yz[int(np.hypot(*(way.skin_yz - point).T).argmin())]
    return float(away) if point[0] < near[0] else -float(away)


# -- words -------------------------------------------------------------------------------------


def test_the_film_keeps_its_length() -> None:
    script = load_settings("catheter", Project(ROOT)).script
    assert tuple(each.name for each in script.beats) == BEATS
    assert script.title_card_s + sum(each.lasts_s for each in script.beats) <= LONGEST_S


# -- facts of the pictures ---------------------------------------------------------------------


@pytest.mark.parametrize("entry", ENTRY_LEVELS)
def test_the_needle_enters_the_fluid_below_the_cord(parameters: Parameters, entry: str) -> None:
    chosen = replace(parameters, anatomy=replace(parameters.anatomy, entry_level=entry))
    found = NeedleWay(chosen, PROCEDURE)
    assert found.canal.station_of(found.dura)[0] > CONUS_STATION + 0.3


def test_the_needle_slants_towards_the_head_beside_the_midline(way: NeedleWay) -> None:
    assert way.ahead[1] > 0.5, "it climbs"
    skin = float(way.route.needle_skin[0])
    assert 10.0 <= abs(skin) <= 20.0


def test_the_cut_is_5_to_8_cm_and_holds_the_needle(way: NeedleWay, along: AlongSkin) -> None:
    ends = [along.of(way.route.back_incision[each, 1:]) for each in (0, -1)]
    # the skin of the bent back is stretched by a quarter at the most
    assert 50.0 <= ends[1] - ends[0] <= 1.25 * 80.0
    assert ends[0] < along.of(way.skin) < ends[1]


def test_the_anchor_lies_on_the_fascia_within_the_cut(way: NeedleWay, tail: AnchoredTail) -> None:
    middle, _ = tail.at_anchor()
    assert 0.5 <= float(way.fascia_mm[0]) - depth_mm(way, middle) <= 3.0
    ends = [tail.along.of(way.route.back_incision[each, 1:]) for each in (0, -1)]
    assert ends[0] < tail.along.of(middle) < ends[1]


def test_a_loop_is_laid_in_the_fat(way: NeedleWay, tail: AnchoredTail) -> None:
    plain, looped = tail.path(1.0, 0.0), tail.path(1.0, 1.0)
    assert crossings(_three(plain)) == []
    assert len(crossings(_three(looped))) >= 1
    top = depth_mm(way, tail.loop_top())
    assert 2.0 < top < float(way.fascia_mm[0]) - 4.0


def test_the_catheter_starts_in_the_needle_and_still_ends_at_the_dura(
    way: NeedleWay, tail: AnchoredTail
) -> None:
    straight = tail.path(0.0, 0.0)
    across = np.abs((straight - way.dura) @ np.array([-way.ahead[1], way.ahead[0]]))
    assert across.max() < 0.2
    for path in (straight, tail.path(1.0, 1.0)):
        assert np.hypot(*(path[-1] - way.dura)) < 1.5


def test_the_heartbeat_is_calm_and_comes_round_without_a_jump(theme: Theme) -> None:
    assert BEATS_PER_S <= 1.2
    times = np.linspace(0.0, 1.0, 1001)
    assert np.allclose(pulse(times), pulse(times + 3.0))
    assert abs(float(pulse(np.array([0.999]))[0])) < 0.02
    monitor = Monitor(np.zeros(3), (3.0, 1.6), "Heartbeat", theme)
    monitor.at_s(1.3)
    before = [each.points.copy() for each in monitor.trace.get_family()]
    monitor.at_s(4.9)
    monitor.at_s(1.3)
    for each, points in zip(monitor.trace.get_family(), before, strict=True):
        assert np.array_equal(each.points, points)


def _three(points_yz: Points2) -> Points2:
    return np.column_stack([points_yz, np.zeros(len(points_yz))])


# -- the plate (baked: slow) -------------------------------------------------------------------


@pytest.mark.render
@pytest.mark.slow
@pytest.mark.parametrize(
    ("side", "entry", "tip"), [("left", "L2_L3", "T10"), ("right", "L4_L5", "T7")]
)
def test_the_tag_counts_every_level_up_to_the_tips(
    parameters: Parameters, theme: Theme, side: Side, entry: str, tip: str
) -> None:
    assert entry in ENTRY_LEVELS and tip in TIP_LEVELS
    anatomy = replace(parameters.anatomy, side=side, entry_level=entry, tip_level=tip)
    fmt = WIDE.drawn_at(427, 240)
    plate = LastingPlate(replace(parameters, anatomy=anatomy), theme, fmt)
    counted: list[str] = []
    for share in np.linspace(0.0, 1.0, 60):
        plate.climb(float(share))
        if plate.tag.shown not in counted[-1:]:
            counted.append(plate.tag.shown)
    numbers = [station(name) for name in counted]
    assert counted[-1] == tip
    assert counted[0] == entry.split("_")[1]
    assert numbers == sorted(numbers, reverse=True)
    assert len(set(counted)) == len(counted) == round(numbers[0] - numbers[-1]) + 1
    at, offset = plate.way.canal.station_of(plate.way.route.tip[1:])
    walls = plate.way.canal.offsets_at(at)
    assert walls["cord_back"] < offset < walls["sac_back"], "behind the cord, within the dura"
    assert abs(plate.section.tip[0]) < WIDE.half[0] - 0.3, "the tip is in the frame"
    boxes = [_span(part) for part in plate.names.by_name.values()]
    assert tip in plate.names.by_name
    for one, two in combinations(boxes, 2):
        assert one[1] < two[0] or two[1] < one[0], "names of levels do not touch"


def _span(part: Part) -> tuple[float, float]:
    """Left and right end of what a part draws."""
    across = np.concatenate([each.points[:, 0] for each in part.get_family() if len(each.points)])
    return float(across.min()), float(across.max())


@pytest.mark.slow
@pytest.mark.parametrize("side", ["left", "right"])
def test_the_monitor_stands_clear_of_the_heading(
    parameters: Parameters, theme: Theme, side: Side
) -> None:
    chosen = replace(parameters, anatomy=replace(parameters.anatomy, side=side))
    corners = AsleepPlate(chosen, theme, WIDE.drawn_at(160, 90), "Heartbeat").monitor.panel
    settings = load_settings("catheter", Project(ROOT))
    overlay = Overlay(settings.timeline(15), theme, WIDE)
    heading, card = overlay.heading_box("asleep"), corners.corners()
    apart = card[:, 0].min() > heading[2] or card[:, 1].max() < heading[1]
    assert apart


# -- labels (the scene is played: slow) --------------------------------------------------------


SMALL = Quality("small", 427, 240, 5, 23)


@dataclass
class Boxes(FrameSink):
    """Collects the boxes of the labels at each beat's end."""

    boxes: dict[str, dict[str, Box]] = field(default_factory=dict)

    def wants(self, frame: int) -> bool:
        return False

    def put(self, frame: int, pixels: Frame) -> None:
        pass

    def beat_finished(self, scene: SpineScene, name: str, draw: Callable[[], Frame]) -> None:
        shown = [each for each in scene.mobjects if isinstance(each, Label) and each.opacity > 0.5]
        self.boxes[name] = {each.words.text: _box(each) for each in shown}


def _box(label: Label) -> Box:
    points = np.concatenate([each.points for each in label.block.get_family() if len(each.points)])
    (left, bottom), (right, top) = points.min(axis=0)[:2], points.max(axis=0)[:2]
    return float(left), float(bottom), float(right), float(top)


@pytest.fixture(scope="module")
def boxes() -> dict[str, dict[str, Box]]:
    project, sink = Project(ROOT), Boxes()
    settings = load_settings("catheter", project)
    play_scene(find_scene(project, "catheter"), settings, SMALL, sink)
    return sink.boxes


@pytest.mark.render
@pytest.mark.slow
@pytest.mark.parametrize("beat", BEATS)
def test_labels_stand_clear_of_the_edge_the_captions_and_one_another(
    boxes: dict[str, dict[str, Box]], beat: str
) -> None:
    assert boxes[beat], "every beat names something"
    for words, (left, bottom, right, top) in boxes[beat].items():
        assert left > -WIDE.half[0] + SAFE_MARGIN, words
        assert right < WIDE.half[0] - SAFE_MARGIN, words
        assert top < WIDE.half[1] - SAFE_MARGIN, words
        assert bottom > WIDE.caption_floor, words
    for (one, a), (two, b) in combinations(boxes[beat].items(), 2):
        apart = a[2] < b[0] or b[2] < a[0] or a[1] > b[3] or b[1] > a[3]
        assert apart, f"{one} touches {two}"
