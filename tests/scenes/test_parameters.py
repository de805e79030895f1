"""Every scene obeys the parameters: some combinations, chosen by chance with a seed, are played.

Nothing is drawn, but all is made and laid out: a label without room, a missing word or a plate
that cannot be made with these parameters is found.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from spineanim.content.parameters import ASPECTS
from spineanim.content.project import Project
from spineanim.content.settings import Settings, load_settings
from spineanim.geometry.canal import station
from spineanim.geometry.catheter import dural_entry_station
from spineanim.geometry.params import ENTRY_LEVELS, TIP_LEVELS
from spineanim.render.catalog import find_scene, find_scenes
from spineanim.render.quality import Quality
from spineanim.render.renderer import Frame, FrameSink
from spineanim.render.stage_scene import play_scene
from spineanim.scene import SpineScene
from tests.conftest import ROOT

TINY = Quality("tiny", 320, 180, 5, 30)
CHOICES = {
    "side": ("left", "right", "right"),  # other tests show the left
    "entry_level": ENTRY_LEVELS,
    "tip_level": TIP_LEVELS,
    "pump_ml": ("20", "40"),
    "trial_days": ("2", "3", "7", "10"),
    "battery_years": ("seven years", "about five to seven years"),
    "skin_tone": ("light", "medium", "brown", "deep"),
    "practice_name": ("", "Center for the Relief of Back Pain and Spasticity, Southtown"),
    "captions": ("burned", "beside"),
}
"""Values to choose from; other curves of the spine would have every bone baked anew."""
ROUNDS, SEED = 1, 60
SCENES = sorted(name for name, entry in find_scenes(Project(ROOT)).items() if not entry.parts)


@dataclass(frozen=True)
class Case:
    """What a scene is played with."""

    scene: str
    language: str
    aspect: str
    changes: dict[str, str]

    @property
    def settings(self) -> Settings:
        return load_settings(self.scene, Project(ROOT), self.language, self.changes)


def cases(scene: str) -> list[Case]:
    """Choose combinations; languages and shapes take turns, so that all of them are met."""
    turn, languages = SCENES.index(scene), Project(ROOT).languages
    found = []
    for number in range(turn, turn + ROUNDS):
        chance = random.Random(f"{SEED} {scene} {number}")
        changes = {name: chance.choice(values) for name, values in CHOICES.items()}
        language = languages[(number // 2) % len(languages)]
        found.append(Case(scene, language, ASPECTS[number % len(ASPECTS)], changes))
    return found


@dataclass
class Ends(FrameSink):
    """Wants no frame; keeps the scene that was played and its beats."""

    beats: list[str] = field(default_factory=list)
    scene: SpineScene | None = None

    def beat_finished(self, scene: SpineScene, name: str, draw: Callable[[], Frame]) -> None:
        self.scene = scene
        self.beats.append(name)


def played(case: Case) -> Ends:
    """Play a scene without drawing it."""
    ends = Ends()
    quality = TINY.shaped(case.aspect)
    play_scene(find_scene(Project(ROOT), case.scene), case.settings, quality, ends)
    return ends


@pytest.mark.slow
@pytest.mark.parametrize(
    "case", [case for scene in SCENES for case in cases(scene)], ids=lambda case: case.scene
)
def test_a_scene_plays_with_parameters_chosen_by_chance(case: Case) -> None:
    ends = played(case)
    assert ends.beats == ["title_card", *(beat.name for beat in case.settings.script.beats)]
    if case.scene == "pump":
        check_pump(ends.scene, case.settings)


def check_pump(scene: SpineScene | None, settings: Settings) -> None:
    """Side, levels and size reach the plates of the film."""
    assert scene is not None
    anatomy, pump = settings.parameters.anatomy, settings.parameters.pump
    front, tunnel, system = (getattr(scene, name) for name in ("front", "tunnel", "system"))
    for plate in (front, tunnel, system):
        assert (plate.route.pump.size, plate.route.pump.side) == (pump, anatomy.side)
    canal = system.section.cut.canal
    crossed, reached = (
        canal.station_of(point[1:])[0] for point in (system.route.dura, system.route.tip)
    )
    assert crossed == pytest.approx(dural_entry_station(anatomy.entry_level), abs=0.1)
    assert reached == pytest.approx(station(anatomy.tip_level), abs=0.1)
    assert front.site[0] * anatomy.sign > 0.0, "on the patient's left, seen from the front"
    seen = system.pump.place("centre")[0] - system.section.level("L3")[0]
    assert seen * anatomy.sign < 0.0, "seen from its own side, the belly is before the spine"
    named = settings.script.beat("incisions_close").labels["tip"]
    assert anatomy.tip_level in named.detail


def test_chance_meets_every_side_language_and_shape() -> None:
    every = [case for scene in SCENES for case in cases(scene)]
    assert {case.aspect for case in every} == set(ASPECTS)
    assert {case.language for case in every} == set(Project(ROOT).languages)
    assert {case.changes["side"] for case in every} == set(CHOICES["side"])
    assert cases("pump") == cases("pump")
