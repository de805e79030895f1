"""The film "pump": every beat's words stand clear, and its real render is what was asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import combinations, pairwise

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from spineanim.content.project import Project
from spineanim.content.settings import load_settings
from spineanim.content.timeline import Timeline
from spineanim.geometry.facts import find_violations
from spineanim.mobjects.label import Label
from spineanim.picture.contrast import NEEDED
from spineanim.render.catalog import find_scene
from spineanim.render.job import render_film
from spineanim.render.legibility import SeenWords, words_on_stage
from spineanim.render.quality import QUALITIES, Quality
from spineanim.render.renderer import Frame, FrameSink
from spineanim.render.stage_scene import play_scene
from spineanim.scene import SpineScene
from spineanim.stage import SAFE_MARGIN, WIDE
from tests.conftest import ROOT
from tests.stills.golden import compare

pytestmark = [pytest.mark.render, pytest.mark.slow]

SMALL = Quality("small", 854, 480, 10, 23)
BEATS = (
    "place_is_chosen",
    "pocket_is_made",
    "catheter_is_tunnelled",
    "pump_is_connected",
    "pump_is_set_in",
    "incisions_close",
    "battery",
)
Box = tuple[float, float, float, float]


@dataclass
class Still:
    """A beat's end state: its picture, and its labels."""

    picture: Frame
    words: dict[str, str]
    boxes: dict[str, Box]


@dataclass
class Stills(FrameSink):
    """Collects every beat's still, and how all words stand out twice a second."""

    stills: dict[str, Still] = field(default_factory=dict)
    seen: dict[str, list[SeenWords]] = field(default_factory=dict)
    scene: SpineScene | None = None
    beat: str = ""

    def wants(self, frame: int) -> bool:
        return frame % (SMALL.fps // 2) == 0

    def put(self, frame: int, pixels: Frame) -> None:
        if self.scene is not None:  # the title card is over
            chapter = next(c for c in self.scene.timeline.chapters if c.start <= frame < c.end)
            self.seen.setdefault(chapter.name, []).extend(words_on_stage(self.scene))

    def beat_finished(self, scene: SpineScene, name: str, draw: Callable[[], Frame]) -> None:
        self.scene = scene
        scene.overlay.show_settled(name)
        self.seen.setdefault(name, []).extend(words_on_stage(scene))
        labels = [m for m in scene.mobjects if isinstance(m, Label) and m.opacity > 0.5]
        boxes = {each.words.text: _box(each) for each in labels}
        words = {each.words.text: each.words.detail for each in labels}
        self.stills[name] = Still(draw(), words, boxes)


def _box(label: Label) -> Box:
    points = np.concatenate([each.points for each in label.block.get_family() if len(each.points)])
    (left, bottom), (right, top) = points.min(axis=0)[:2], points.max(axis=0)[:2]
    return float(left), float(bottom), float(right), float(top)


@pytest.fixture(scope="module")
def film() -> Stills:
    project = Project(ROOT)
    sink = Stills()
    play_scene(find_scene(project, "pump"), load_settings("pump", project), SMALL, sink)
    return sink


@pytest.fixture(scope="module")
def stills(film: Stills) -> dict[str, Still]:
    return film.stills


def test_the_film_has_the_seven_beats_of_the_storyboard(stills: dict[str, Still]) -> None:
    assert tuple(stills) == ("title_card", *BEATS)


def test_the_body_shown_has_no_fault() -> None:
    parameters = load_settings("pump", Project(ROOT)).parameters
    assert find_violations(parameters.anatomy, parameters.pump) == []


@pytest.mark.parametrize("beat", BEATS)
def test_labels_stand_clear_of_the_edge_the_captions_and_one_another(
    stills: dict[str, Still], beat: str
) -> None:
    boxes = stills[beat].boxes
    assert boxes, "every beat names something"
    for words, (left, bottom, right, top) in boxes.items():
        assert left > -WIDE.half[0] + SAFE_MARGIN, words
        assert right < WIDE.half[0] - SAFE_MARGIN, words
        assert top < WIDE.half[1] - SAFE_MARGIN, words
        assert bottom > WIDE.caption_floor, words
    for (one, a), (two, b) in combinations(boxes.items(), 2):
        apart = a[2] < b[0] or b[2] < a[0] or a[1] > b[3] or b[1] > a[3]
        assert apart, f"{one} touches {two}"


@pytest.mark.parametrize("beat", ["title_card", *BEATS])
def test_all_words_stand_out_from_the_pixels_behind_them(film: Stills, beat: str) -> None:
    """At least 4.5 to 1 against all but the worst twentieth of the ground, all through a beat."""
    script = load_settings("pump", Project(ROOT)).script
    worst = {
        each.text: each.contrast for each in sorted(film.seen[beat], key=lambda e: -e.contrast)
    }
    assert {words: ratio for words, ratio in worst.items() if ratio < NEEDED} == {}
    assert script.kicker in worst
    if beat in BEATS:
        wanted = {caption.text for caption in script.beat(beat).captions}
        wanted |= {label.text for label in script.beat(beat).labels.values()}
        assert wanted <= set(worst), "some words were never in full view"


@pytest.mark.parametrize("beat", BEATS)
def test_captions_have_their_room_for_themselves(film: Stills, beat: str) -> None:
    captions = {
        each.text for each in load_settings("pump", Project(ROOT)).script.beat(beat).captions
    }
    for each in film.seen[beat]:
        if each.text in captions:
            assert each.box[3] < WIDE.caption_floor
        else:
            assert each.box[1] > WIDE.caption_floor, each.text


def test_the_tips_level_is_the_parameters(stills: dict[str, Still]) -> None:
    level = load_settings("pump", Project(ROOT)).parameters.anatomy.tip_level
    assert stills["incisions_close"].words["Catheter tip"].endswith(f"at {level}")


@pytest.mark.parametrize("beat", ["title_card", *BEATS])
def test_the_still_looks_as_approved(stills: dict[str, Still], beat: str) -> None:
    compare(stills[beat].picture, f"pump/{beat}")


def test_a_real_render_is_what_was_asked_for(tmp_path_factory: pytest.TempPathFactory) -> None:
    quality = QUALITIES["draft"]
    project = Project(ROOT)
    folder = tmp_path_factory.mktemp("out")
    film = render_film(project, "pump", quality, folder)
    timeline = Timeline(load_settings("pump", project).script, quality.fps)
    with av.open(str(film.video)) as container:
        stream = container.streams.video[0]
        context = stream.codec_context
        assert (context.name, context.profile) == ("h264", "High")
        assert (stream.width, stream.height) == (854, 480)
        assert stream.average_rate == 15
        assert (context.colorspace, context.color_primaries, context.color_range) == (1, 1, 1)
        frames = [_small(frame) for frame in container.decode(stream)]
    assert len(frames) == timeline.frame_count
    stills_ms = _longest_stand(frames) / quality.fps * 1000
    assert stills_ms < 9000, "the picture stands dead for too long"
    assert film.size_bytes < 15e6


def _small(frame: av.VideoFrame) -> NDArray[np.uint8]:
    return np.asarray(frame.to_ndarray(format="gray")[::8, ::8], dtype=np.uint8)


def _longest_stand(frames: list[NDArray[np.uint8]]) -> int:
    """Most frames in a row in which nothing moves."""
    longest = run = 0
    for before, after in pairwise(frames):
        moved = np.abs(before.astype(int) - after.astype(int)).max() > 12
        run = 0 if moved else run + 1
        longest = max(longest, run)
    return longest


def test_nothing_smaller_than_a_phone_can_show_is_set() -> None:
    theme = load_settings("pump", Project(ROOT)).theme
    assert min(style.size_px for style in theme.styles.values()) >= 28
