"""Plates made ahead: each is taken once, none that would look different is taken."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, get_type_hints

import numpy as np
import pytest
from manim import Mobject, tempconfig

from spineanim.content.artwork.art import Artwork
from spineanim.content.artwork.parts import dressed
from spineanim.content.parameters import Parameters, load_parameters
from spineanim.content.project import Project
from spineanim.content.theme import Theme
from spineanim.geometry.params import PUMP_20_ML, PUMP_40_ML, PumpSize
from spineanim.mobjects.making import made, made_by, part_begins
from spineanim.mobjects.whole_frame import whole_frame
from spineanim.picture.haste import hurried, roughened, roughness
from spineanim.picture.shape import Part
from spineanim.preview.looks import Look
from spineanim.preview.theatre.presence import Presence
from spineanim.preview.theatre.rehearsal import Play, quality_of, read_play
from spineanim.preview.theatre.spares import Spares
from spineanim.render.catalog import find_scene
from spineanim.render.quality import QUALITIES
from spineanim.render.renderer import Frame, FrameSink
from spineanim.render.stage_scene import load_scene, manim_options, play_scene
from spineanim.scene import SpineScene
from tests.conftest import ROOT

LABEL = "ink.label"
RED = Theme({LABEL: "#AA0000"}, {})
BLUE = Theme({LABEL: "#0000AA"}, {})


class Plate(Part):
    """Counts how many have been made."""

    count = 0
    __module__ = "spineanim.of_a_test"

    def __init__(self, size: float, theme: Theme, *more: Any) -> None:
        super().__init__()
        self.size, self.theme, self.more = size, theme, more
        self.ink = theme.color("ink.label")
        Plate.count += 1


class Silent(Plate):
    """A plate that asks for a colour of the theme only later, and for trial days at once."""

    __module__ = "spineanim.of_a_test"

    def __init__(self, theme: Theme, parameters: Parameters) -> None:
        super().__init__(1.0, RED)
        self.theme, self.parameters = theme, parameters
        self.days = parameters.trial_days


class Bodily(Plate):
    """A plate that shows the pump."""

    __module__ = "spineanim.of_a_test"

    def __init__(self, parameters: Parameters, name: str) -> None:
        super().__init__(1.0, RED, name)
        self.reservoir_ml = parameters.pump.reservoir_ml


class Rough(Plate):
    """A plate of something that is not kept yet."""

    __module__ = "spineanim.of_a_test"

    def __init__(self, *given: Any) -> None:
        roughened()
        super().__init__(*given)


class SceneryPlate(Plate):
    """A plate of a scene's own file, which may change."""

    __module__ = "scenes_demo"


@pytest.fixture(autouse=True)
def none_made() -> None:
    Plate.count = 0


def ahead(spares: Spares) -> None:
    while spares.make_ahead():
        pass


def test_without_a_maker_a_scene_makes_its_plates_itself() -> None:
    assert made(Plate, 1.0, RED) is not made(Plate, 1.0, RED)
    assert Plate.count == 2


def test_what_was_asked_for_is_made_ahead_and_taken_once() -> None:
    spares = Spares()
    spares.begin()
    with made_by(spares):
        first = [made(Plate, 1.0, RED, np.zeros(3)), made(Plate, 1.0, RED, np.zeros(3))]
        ahead(spares)
        assert Plate.count == 4
        spares.begin()
        taken = [made(Plate, 1.0, RED, np.zeros(3)) for _ in range(2)]
        assert Plate.count == 4
        assert len({id(each) for each in (*first, *taken)}) == 4
        made(Plate, 1.0, RED, np.zeros(3))
        assert Plate.count == 5


def test_a_plate_that_is_told_other_things_is_made_anew() -> None:
    spares = Spares()
    spares.begin()
    spares.make(Plate, 1.0, RED, "words")
    ahead(spares)
    spares.begin()
    for given in ((2.0, RED, "words"), (1.0, BLUE, "words"), (1.0, RED, "other")):
        plate = spares.make(Plate, *given)
        assert (plate.size, plate.theme, *plate.more) == given
    assert Plate.count == 5
    ahead(spares)
    assert Plate.count == 8, "what nobody asks for any more is let go"
    assert spares.make(Plate, 1.0, RED, "words").theme is RED, "nobody made it ahead"
    assert Plate.count == 9


def parameters(**changes: Any) -> Parameters:
    return replace(load_parameters(Project(ROOT)), **changes)


def test_a_plate_serves_again_if_it_never_asked_for_what_has_changed() -> None:
    spares = Spares()
    spares.begin()
    first = parameters(trial_days=4, practice_name="One")
    spares.make(Silent, RED, first)
    ahead(spares)
    spares.begin()
    plate = spares.make(Silent, BLUE, parameters(trial_days=4, practice_name="Two"))
    assert Plate.count == 2
    assert plate.theme.color(LABEL) == BLUE.color(LABEL), "what it asks for later is new"
    assert plate.parameters.practice_name == "Two"
    ahead(spares)
    spares.begin()
    other = spares.make(Silent, BLUE, parameters(trial_days=5, practice_name="Two"))
    assert Plate.count == 4, "it had asked for the days"
    assert other.days == 5


def test_a_plate_of_an_older_body_is_taken_where_nobody_looks() -> None:
    def play(pump: PumpSize, start: int) -> list[float]:
        spares.begin("the film", start)
        with hurried():
            told = parameters(pump=pump)
            plates = [spares.make(Bodily, told, name) for name in ("early", "late")]
            rough.append(roughness())
        for stage, end in ((plates[:1], 10), ([], 20), (plates[1:], 30), (plates[1:], 40)):
            spares.play_begins(stage, end)
        ahead(spares)
        return [each.reservoir_ml for each in plates]

    rough: list[int] = []
    spares = Spares()
    assert play(PUMP_40_ML, 0) == [40, 40]
    assert play(PUMP_20_ML, 35) == [40, 20]
    assert spares.has_old
    assert play(PUMP_20_ML, 35) == [20, 20], "by now it has been made ahead"
    assert not spares.has_old
    assert rough == [0, 1, 0], "what is taken in haste has to be made finely later"


def test_what_was_made_ahead_roughly_is_still_rough_when_it_is_taken() -> None:
    spares, counts = Spares(), list[int]()
    for _ in range(2):
        spares.begin()
        with hurried():
            spares.make(Rough, 1.0, RED)
            counts.append(roughness())
        with hurried():
            ahead(spares)
    assert Plate.count == 3, "the second was ready"
    assert counts == [1, 1]


def test_only_plays_that_show_something_rough_are_rough() -> None:
    spares, told = Spares(), list[bool]()
    spares.begin()
    with hurried():
        rough, fine = spares.make(Rough, 1.0, RED), spares.make(Plate, 1.0, RED)
        for stage in ([fine], [rough], [fine], [fine], [fine], [Part(rough)]):
            spares.play_begins(stage, 10)
            told.append(spares.shows_rough)
        assert told == [False, True, True, True, False, True], "a picture of what left lingers"
        roughened()  # of no plate: who knows where it is seen
        spares.make(Plate, 2.0, RED)
        spares.play_begins([fine], 10)
        assert spares.shows_rough


def test_a_project_with_drawings_has_plates_ahead_too() -> None:
    def dressed_in(data: bytes, file: str = "face.svg") -> Theme:
        return dressed(RED, {"pump_face": Artwork(Path(file), data, "front", None)})

    spares = Spares()
    spares.begin()
    spares.make(Plate, 1.0, dressed_in(b"<svg/>"))
    ahead(spares)
    spares.begin()
    spares.make(Plate, 1.0, dressed_in(b"<svg/>"))
    assert Plate.count == 2
    ahead(spares)
    spares.begin()
    spares.make(Plate, 1.0, dressed_in(b"<svg></svg>"))
    assert Plate.count == 4, "the drawing has changed"


def test_a_plate_of_the_scenes_own_file_is_never_made_ahead() -> None:
    spares = Spares()
    spares.begin()
    spares.make(SceneryPlate, 1.0, RED)
    spares.make(Plate, 1.0, RED, Plate(2.0, RED))  # it is told a plate of this play
    assert not spares.make_ahead()


def test_a_plate_that_cannot_be_made_ahead_is_left_to_the_play() -> None:
    made_so_far: list[float] = []

    class Once(Plate):
        __module__ = "spineanim.of_a_test"

        def __init__(self, size: float, theme: Theme) -> None:
            if made_so_far:
                raise ValueError("the drawing is gone")
            made_so_far.append(size)
            super().__init__(size, theme)

    spares = Spares()
    spares.begin()
    spares.make(Once, 1.0, RED)
    spares.make(Plate, 1.0, RED)
    ahead(spares)
    assert Plate.count == 3
    with pytest.raises(ValueError, match="gone"):
        spares.make(Once, 1.0, RED)


def test_a_plate_that_is_over_keeps_its_old_colours() -> None:
    def play(theme: Theme, start: int, film: object = "the film") -> list[str]:
        spares.begin(film, start)
        early, late = spares.make(Plate, 1.0, theme), spares.make(Plate, 2.0, theme)
        for stage, end in (([early], 10), ([], 20), ([late], 30), ([late], 40)):
            spares.play_begins(stage, end)
        ahead(spares)
        return [each.theme.color("ink.label") for each in (early, late)]

    red, blue = (each.color("ink.label") for each in (RED, BLUE))
    spares = Spares()
    assert play(RED, 0) == [red, red]
    assert play(BLUE, 29) == [blue, blue], "a picture of what has left is seen for two plays"
    assert play(RED, 30) == [blue, red]
    assert play(BLUE, 35, "another film") == [blue, blue], "who knows when it is over now"


@pytest.mark.parametrize("scene", sorted(each.stem for each in (ROOT / "scenes").glob("*.py")))
def test_no_plate_is_told_another(scene: str) -> None:
    entry = find_scene(Project(ROOT), scene)
    module = vars(sys.modules[load_scene(entry).__module__])
    made = set(re.findall(r"self\.make\(\s*(\w+)", entry.file.read_text()))
    assert made
    for name in made:
        told = get_type_hints(module[name].__init__)
        living = [
            key
            for key, kind in told.items()
            if isinstance(kind, type) and issubclass(kind, Mobject)
        ]
        assert not living, f"{name} leans on {living}, so it cannot be made ahead of the film"


def test_parts_of_a_film_that_are_left_out_are_not_forgotten() -> None:
    spares = Spares()

    def play(*parts: str) -> None:
        spares.begin("film", start=0 if "a" in parts else 50)
        with made_by(spares):
            for name in parts:
                part_begins(name)
                for size in (1.0, 2.0):
                    spares.play_begins([made(Plate, size, RED, name)], end=10 * ord(name) - 900)

    play("a", "b")
    ahead(spares)
    assert Plate.count == 8
    play("b")
    ahead(spares)
    assert Plate.count == 10, "those of a stay ready"
    play("a", "b")
    assert Plate.count == 10


def test_plates_of_a_part_are_over_when_it_is() -> None:
    presence, end = Presence(), 0
    for name in ("a", "b"):
        presence.part_begins(name)
        for size in (1.0, 2.0):
            plate, end = Plate(size, RED), end + 10
            presence.made(plate)
            presence.play_begins([plate], end)
            assert presence.count == size
    for end in (50, 60):
        presence.play_begins([], end)
    assert presence.over_from() == {"": [], "a": [30, 40], "b": [50, 60]}


def test_presence_follows_parts_wherever_a_plate_keeps_them() -> None:
    presence = Presence()
    first, second = Plate(1.0, RED), Plate(2.0, RED)
    inner, kept, later = Part(), Part(), Part()
    first.add(inner)
    second.more = ({"card": [kept]},)
    presence.made(first)
    presence.made(second)
    picture = whole_frame(np.zeros((9, 16, 4), dtype=np.uint8), 1)
    presence.play_begins([Part(inner)], 10)
    presence.play_begins([kept, picture], 20)
    presence.play_begins([], 30)
    presence.play_begins([], 40)
    assert presence.over_from() == {"": [30, 40]}
    second.more = (later,)
    presence.play_begins([later], 50)
    presence.play_begins([picture], 60)
    assert presence.over_from() == {"": [30, None]}
    presence.play_begins([Part()], 70)  # nobody knows whose it is
    assert presence.over_from() == {"": [None, None]}


def test_a_plate_that_shows_parts_of_another_keeps_it_in_sight() -> None:
    presence = Presence()
    first, second = Plate(1.0, RED), Plate(2.0, RED)
    first.add(Part())
    second.add(*first.submobjects)
    presence.made(first)
    presence.made(second, alone=False)
    for end in (10, 20, 30, 40):
        presence.play_begins([second], end)
    assert presence.over_from() == {"": [None, None]}


def test_what_a_plate_lets_go_is_never_taken_for_something_else() -> None:
    presence = Presence()
    plates = [Plate(1.0, RED) for _ in range(3)]
    for plate in plates:
        plate.more = (Part(),)
        presence.made(plate)
        gone = id(plate.more[0])
        plate.more = ()
        others = [Part() for _ in range(50)]
        assert gone not in {id(each) for each in others}


class Watcher(FrameSink):
    """Draws some frames from a start on."""

    def __init__(self, start: int, spares: Spares | None) -> None:
        self._start, self._spares = start, spares
        self._wanted: set[int] = set()
        self.pictures: dict[int, Frame] = {}

    def is_watching(self, first: int, end: int) -> bool:
        return end > self._start

    def play_begins(self, scene: SpineScene, first: int, count: int) -> None:
        if self._spares is not None:
            self._spares.play_begins(scene.mobjects, first + count)
        self._wanted.add(max(self._start, first + count // 2))

    def wants(self, frame: int) -> bool:
        return frame in self._wanted

    def put(self, frame: int, pixels: Frame) -> None:
        self.pictures[frame] = pixels.copy()


def _in_other_colors(play: Play, colors: Mapping[str, str]) -> Play:
    theme = play.settings.theme
    changed = replace(theme, colors={**theme.colors, **colors})
    return replace(play, settings=replace(play.settings, theme=changed))


@pytest.mark.render
@pytest.mark.slow
@pytest.mark.parametrize("scene", ["pump", "relief"])
def test_what_is_seen_from_a_moment_on_has_the_new_colours(scene: str) -> None:
    look = Look(scene)
    play = read_play({"root": str(ROOT), "look": vars(look), "generation": 1})
    play = replace(play, quality=QUALITIES["draft"])
    assert quality_of(look).fps == play.film.fps
    frames = play.settings.timeline(play.quality.fps).frame_count
    spares = Spares()

    def seen(play: Play, start: int, spares: Spares | None) -> dict[int, Frame]:
        watcher = Watcher(start, spares)
        play_scene(play.entry, play.settings, play.quality, watcher, loaded=play.loaded)
        return watcher.pictures

    with made_by(spares), tempconfig(manim_options(play.quality)):
        spares.begin(play.course(), frames)
        seen(play, frames, spares)
    for turn, share in enumerate((0.4, 0.75, 0.98)):
        start = round(frames * share)
        play = _in_other_colors(play, {"bone.base": f"#D0{turn}0C0", "ink.label": f"#4{turn}2030"})
        with made_by(spares):
            with tempconfig(manim_options(play.quality)):
                ahead(spares)
            spares.begin(play.course(), start)
            found = seen(play, start, spares)
        assert found, "something is drawn"
        asked = seen(play, start, None)
        assert found.keys() == asked.keys()
        for frame, picture in asked.items():
            assert np.array_equal(picture, found[frame]), f"{scene}: frame {frame} from {start}"
