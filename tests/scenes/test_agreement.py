"""Scene and script must agree, both ways."""

from __future__ import annotations

import pytest

from spineanim.content.project import Project
from spineanim.content.settings import load_settings
from spineanim.errors import SpineanimError
from spineanim.render.catalog import find_scene
from spineanim.render.quality import QUALITIES
from spineanim.render.renderer import FrameSink
from spineanim.render.stage_scene import play_scene


def change(project: Project, old: str, new: str, file: str = "script") -> None:
    path = {
        "script": project.script_file("demo"),
        "scene": project.scenes / "demo.py",
    }[file]
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def play(project: Project) -> None:
    """Play without drawing a frame."""
    settings = load_settings("demo", project)
    play_scene(find_scene(project, "demo"), settings, QUALITIES["draft"], FrameSink())


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("[nearer]\ntitle", "[farther]\ntitle", "has a beat [farther] that Demo does not play"),
        ("[nearer]", "[extra]\ntitle = 'X'\nlasts_s = 2.0\n\n[nearer]", "has a beat [extra]"),
        ("camera_comes", "camera_goes", "plays step 'camera_comes'"),
        ("camera_comes =", "unused = [0.1, 0.2]\ncamera_comes =", "has step unused in beat nearer"),
        ("oval = {", "other = {", "shows label 'oval'"),
        ("oval = {", 'other = { text = "X" }\noval = {', "has label other in beat named"),
        ("oval_is_named = [1.0", "oval_is_named = [0.6", "step oval_is_named of beat named starts"),
        ("The oval gets a name", "word " * 30, "is too long for 2 lines"),
        ("An oval & a square", "An \u6f22 oval", "the typeface has no letter '\u6f22'"),
    ],
)
def test_a_disagreement_is_one_line_naming_both_sides(
    demo: Project, old: str, new: str, says: str
) -> None:
    change(demo, old, new)
    if "farther" in new:
        change(demo, "[nearer.steps_s]", "[farther.steps_s]")
    with pytest.raises(SpineanimError) as caught:
        play(demo)
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_beat_without_words_is_refused(demo: Project) -> None:
    extra = "    @beat\n    def more(self) -> None:\n        pass\n\n    @beat\n    def nearer"
    change(demo, "    @beat\n    def nearer", extra, "scene")
    with pytest.raises(SpineanimError, match="beat more of Demo has no words"):
        play(demo)


def test_beats_in_another_order_are_refused(demo: Project) -> None:
    path = demo.script_file("demo")
    head, named, nearer = path.read_text(encoding="utf-8").partition("[named]\n")
    first, mark, second = nearer.partition("[nearer]\n")
    path.write_text(head + mark + second + "\n" + named + first, encoding="utf-8")
    with pytest.raises(SpineanimError, match="in another order"):
        play(demo)


def test_a_mistake_in_a_scene_names_its_line(demo: Project) -> None:
    change(demo, "self.look_at(Shot(zoom=2.0))", "self.no_such_thing", "scene")
    with pytest.raises(SpineanimError, match=r"demo\.py:\d+: AttributeError: .*no_such_thing"):
        play(demo)
