"""The film "spine": facts of anatomy in its plates, and words that stand clear in every shape."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import combinations, pairwise

import numpy as np
import pytest
from numpy.typing import NDArray

from spineanim.content.project import Project
from spineanim.content.settings import load_settings
from spineanim.geometry.axes import LATERAL_LEFT
from spineanim.geometry.canal import CONUS_STATION, Canal, station
from spineanim.geometry.curves import contains
from spineanim.geometry.params import ENTRY_LEVELS, STANDING, Alignment
from spineanim.geometry.spine import DISCS, Spine
from spineanim.mobjects.canal_marks import lit_fluid
from spineanim.mobjects.column_cut import LEVEL
from spineanim.mobjects.column_plate import PRESSED, REGIONS
from spineanim.mobjects.framing import seen_in, shot_on
from spineanim.mobjects.label import Label
from spineanim.mobjects.needle_way import needle_way
from spineanim.mobjects.regions import RegionBrackets
from spineanim.mobjects.section_cut import SagittalCut
from spineanim.mobjects.stacked import MOVABLE, StackedColumn
from spineanim.render.catalog import find_scene
from spineanim.render.quality import Quality
from spineanim.render.renderer import Frame, FrameSink
from spineanim.render.stage_scene import play_scene
from spineanim.scene import SpineScene
from spineanim.stage import FORMATS, WIDE, Format, Stage, px
from tests.conftest import ROOT

BEATS = (
    "column_rises",
    "regions_are_named",
    "discs_cushion",
    "canal_opens",
    "fluid_surrounds_the_cord",
    "cord_ends",
)
BODIES = (
    STANDING,
    Alignment.from_pelvic_incidence(42.0),
    Alignment.from_pelvic_incidence(66.0),
    Alignment(thoracic_kyphosis_deg=55.0),
)
Box = tuple[float, float, float, float]


# ------------------------------------------------------------------------------ facts of anatomy
def test_seven_twelve_and_five_bones_move() -> None:
    order = [*MOVABLE, "sacrum", "coccyx"]
    counts = [order.index(last) - order.index(first) + 1 for first, last in REGIONS.values()]
    assert counts == [7, 12, 5, 1, 1]
    assert sum(counts[:3]) == len(MOVABLE) == 24


@pytest.mark.parametrize("alignment", BODIES)
@pytest.mark.parametrize("entry", ENTRY_LEVELS)
def test_a_needle_misses_bone_and_ends_in_fluid_below_the_cord(
    entry: str, alignment: Alignment
) -> None:
    spine = Spine(alignment)
    canal = Canal(spine)
    way = needle_way(canal, entry)
    for level in MOVABLE[MOVABLE.index("L1") :]:
        for outline in (spine.spinous_process(level), spine.body(level)):
            assert not contains(outline, way).any()
            assert _clearance_mm(outline, way) > 1.2
    at, offset = canal.station_of(way[-1])
    walls = canal.offsets_at(at)
    assert walls["sac_front"] < offset < walls["sac_back"]
    assert at > CONUS_STATION + 0.5


def _clearance_mm(outline: NDArray[np.float64], way: NDArray[np.float64]) -> float:
    gaps = np.linalg.norm(outline[:, None] - way[None], axis=2)
    return float(gaps.min())


@pytest.mark.parametrize("alignment", BODIES)
def test_the_section_across_meets_the_whole_cord_with_fluid_all_round(alignment: Alignment) -> None:
    canal = Canal(Spine(alignment))
    assert station(LEVEL) < CONUS_STATION - 1.0
    walls = canal.offsets_at(station(LEVEL) + 0.5)
    assert walls["sac_front"] + 0.5 < walls["cord_front"]
    assert walls["cord_back"] + 1.0 < walls["sac_back"]
    # in the kyphosis the cord lies towards the front
    middle = canal.offsets_at(station("T7"))
    assert middle["cord_front"] - middle["sac_front"] < middle["sac_back"] - middle["cord_back"]


def test_light_in_the_fluid_leaves_the_cord_free() -> None:
    spine, stage = Spine(), _side_stage(WIDE)
    theme = load_settings("spine", Project(ROOT)).theme
    cut = SagittalCut(spine, Canal(spine), theme, stage, 10.0, "T5", "sacrum")
    fill = lit_fluid(cut, station("T6"), 25.0, theme, 1.0).submobjects[0]
    ring = fill.points[::4, :2]
    canal = cut.canal
    for level in ("T8", "T10", "T12"):
        walls = canal.offsets_at(station(level))
        cord = (walls["cord_front"] + walls["cord_back"]) / 2
        fluid = (walls["sac_back"] + walls["cord_back"]) / 2
        points = cut.place(np.array([canal.place(station(level), at) for at in (cord, fluid)]))
        assert list(contains(ring, points[:, :2])) == [False, True]


def _side_stage(fmt: Format) -> Stage:
    y, z = Spine().frame("L3").centre
    return Stage(LATERAL_LEFT, (0.0, float(y), float(z)), px(3.8), fmt=fmt)


@pytest.mark.parametrize("fmt", FORMATS.values(), ids=FORMATS)
def test_a_shot_fills_the_part_of_the_frame_it_is_given(fmt: Format) -> None:
    points = np.array([[-3.0, -9.0, 0.0], [1.0, 2.0, 0.0], [0.0, 5.0, 0.0]])
    box = (200.0, 150.0, 800.0, 850.0)
    seen = seen_in(shot_on(points, box, fmt), points)
    low, high = seen.min(axis=0), seen.max(axis=0)
    left_top, right_bottom = fmt.point(*box[:2]), fmt.point(*box[2:])
    assert high[1] == pytest.approx(left_top[1]) and low[1] == pytest.approx(right_bottom[1])
    assert left_top[0] < low[0] and high[0] < right_bottom[0]
    assert (low + high)[0] == pytest.approx((left_top + right_bottom)[0])


# -------------------------------------------------------------------------------- the built column
@pytest.fixture(scope="module")
def column() -> StackedColumn:
    theme = load_settings("spine", Project(ROOT)).theme
    return StackedColumn(Spine(), theme, _side_stage(WIDE.drawn_at(320, 180)), (), 0.5)


@pytest.mark.slow
def test_the_column_rises_from_the_sacrum_and_every_bone_is_counted(column: StackedColumn) -> None:
    column.rise(0.0)
    assert all(each.sprite.get_fill_opacity() == 0.0 for each in column.pieces.values())
    assert column.standing(0.0) == 0
    column.rise(0.5)
    shown = [name for name in MOVABLE if column.pieces[name].sprite.get_fill_opacity() > 0.0]
    assert shown == list(MOVABLE[-len(shown) :]) and 0 < len(shown) < 24
    assert abs(column.standing(0.5) - len(shown)) <= 2
    column.rise(1.0)
    assert column.standing(1.0) == 24
    for piece in column.pieces.values():
        assert piece.sprite.get_fill_opacity() == 1.0
        assert np.allclose(piece.sprite.points, piece.rest)


@pytest.mark.slow
def test_there_is_a_disc_between_all_bones_but_the_first_two(column: StackedColumn) -> None:
    assert "C1_C2" not in column.pieces and "C0_C1" not in column.pieces
    assert [name for name in column.pieces if "_" in name] == list(DISCS)


@pytest.mark.slow
def test_discs_give_under_load_and_spring_back(column: StackedColumn) -> None:
    column.rise(1.0)
    tall = {name: _height(column, name) for name in DISCS}
    column.press(1.0, PRESSED)
    for name in DISCS:
        given = _height(column, name) / tall[name]
        assert (0.75 < given < 0.97) if name in PRESSED else given == pytest.approx(1.0)
    sunk = [-float(column.moved(name)[1]) for name in MOVABLE]
    assert all(upper > lower - 1e-9 for upper, lower in pairwise(sunk))
    assert sunk[-1] > 0.0
    assert np.allclose(column.moved("sacrum"), 0.0)
    column.press(0.0, PRESSED)
    assert np.allclose([column.moved(name) for name in MOVABLE], 0.0)


def _height(column: StackedColumn, name: str) -> float:
    """Thickness of a disc's picture along the column."""
    upper_left, _, lower_left = column.pieces[name].sprite.corner_points()
    return float(np.linalg.norm(upper_left - lower_left))


# ------------------------------------------------------------------------------------ the pictures
@dataclass
class Stills(FrameSink):
    """Collects the boxes of all words in every beat's end state."""

    fmt: Format
    boxes: dict[str, dict[str, Box]] = field(default_factory=dict)
    pictures: dict[str, Frame] = field(default_factory=dict)

    def wants(self, frame: int) -> bool:
        return False

    def put(self, frame: int, pixels: Frame) -> None:
        raise AssertionError("no frame is wanted")

    def beat_finished(self, scene: SpineScene, name: str, draw: Callable[[], Frame]) -> None:
        labels = {each.words.text: _box(each) for each in scene.labels_shown}
        members = [each for mobject in scene.mobjects for each in mobject.get_family()]
        brackets = [each for each in members if isinstance(each, RegionBrackets)]
        named = [each for part in brackets if part.opacity > 0.5 for each in part.regions.values()]
        self.boxes[name] = labels | {f"region {i}": each.box for i, each in enumerate(named)}
        self.pictures[name] = draw()


def _box(label: Label) -> Box:
    points = np.concatenate([each.points for each in label.block.get_family() if len(each.points)])
    (left, bottom), (right, top) = points.min(axis=0)[:2], points.max(axis=0)[:2]
    return float(left), float(bottom), float(right), float(top)


@pytest.fixture(scope="module", params=list(FORMATS.values()), ids=list(FORMATS))
def film(request: pytest.FixtureRequest) -> Stills:
    fmt: Format = request.param
    width, height = (2 * round(each * 240 / 1080) for each in (fmt.width_px, fmt.height_px))
    sink, project = Stills(fmt), Project(ROOT)
    quality = Quality("small", width, height, 10, 23)
    play_scene(find_scene(project, "spine"), load_settings("spine", project), quality, sink)
    return sink


@pytest.mark.slow
@pytest.mark.render
def test_every_beat_ends_in_a_picture_whose_words_stand_clear(film: Stills) -> None:
    assert tuple(film.pictures) == ("title_card", *BEATS)
    left, bottom, right, top = film.fmt.safe_box
    for beat in BEATS:
        assert film.pictures[beat][..., :3].std() > 5.0
        for words, box in film.boxes[beat].items():
            inside = box[0] >= left and box[1] >= bottom and box[2] <= right and box[3] <= top
            assert inside, (beat, words, box)
        for (one, a), (other, b) in combinations(film.boxes[beat].items(), 2):
            apart = a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]
            assert apart, (beat, one, other)


@pytest.mark.slow
@pytest.mark.render
def test_what_the_storyboard_asks_for_is_named(film: Stills) -> None:
    assert len(film.boxes["regions_are_named"]) == len(REGIONS)
    assert {"Sacrum", "Tailbone"} <= set(film.boxes["column_rises"])
    assert {"Spinal cord", "Spinal fluid", "Dura"} <= set(film.boxes["fluid_surrounds_the_cord"])
    assert {"End of the cord", "Loose nerves"} <= set(film.boxes["cord_ends"])
