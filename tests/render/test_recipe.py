"""A recipe changes with all that may be seen, and with nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from spineanim.content.project import Project
from spineanim.content.settings import load_settings
from spineanim.render.catalog import find_scene
from spineanim.render.encoding import web_film
from spineanim.render.order import Order
from spineanim.render.quality import QUALITIES
from spineanim.render.recipe import RecipeNames
from spineanim.render.segments import Segment, cut


def names(project: Project, quality: str = "draft", **changes: str) -> dict[Segment, str]:
    size = QUALITIES[quality]
    settings = load_settings("demo", project, overrides=changes)
    order = Order(find_scene(project, "demo"), settings, size, web_film(size))
    recipes = RecipeNames(order)
    return {segment: recipes.of(segment) for segment in cut(order.timeline)}


def edit(project: Project, name: str, old: str, new: str) -> None:
    file = project.root / name
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_same_film_has_the_same_recipes(demo: Project) -> None:
    assert names(demo) == names(demo)


@pytest.mark.parametrize(
    "change",
    [
        lambda project: edit(project, "assets/theme.toml", "#C9D6DC", "#C9D6DD"),
        lambda project: edit(project, "scenes/demo.py", "zoom=2.0", "zoom=2.1"),
        lambda project: edit(project, "assets/script/en/demo.toml", 'title = "', 'title = "A '),
    ],
)
def test_what_may_be_seen_anywhere_changes_every_recipe(
    demo: Project, change: Callable[[Project], None]
) -> None:
    before = names(demo)
    change(demo)
    after = names(demo)
    assert before.keys() == after.keys()
    assert not set(before.values()) & set(after.values())


def test_size_and_parameters_change_every_recipe(demo: Project) -> None:
    plain = set(names(demo).values())
    assert not plain & set(names(demo, tip_level="T9").values())
    assert not plain & set(names(demo, "medium").values())


def test_a_caption_changes_the_recipes_of_segments_that_show_it(demo: Project) -> None:
    before = names(demo)
    edit(demo, "assets/script/en/demo.toml", "The oval gets a name", "An oval gets a name")
    after = names(demo)
    changed = {segment for segment in before if before[segment] != after[segment]}
    timeline = load_settings("demo", demo).timeline(QUALITIES["draft"].fps)
    (caption,) = [each for each in timeline.captions if "An oval gets" in each.text]
    assert changed == {
        each for each in before if each.start < caption.end and each.end > caption.start
    }
    assert changed and changed != before.keys()


def test_captions_beside_the_picture_change_nothing(demo: Project) -> None:
    before = names(demo, captions="beside")
    edit(demo, "assets/script/en/demo.toml", "The oval gets a name", "An oval gets a name")
    assert names(demo, captions="beside") == before


@pytest.mark.parametrize("captions", ["burned", "beside"])
def test_a_description_is_not_drawn_and_changes_nothing(demo: Project, captions: str) -> None:
    before = names(demo, captions=captions)
    edit(demo, "assets/script/en/demo.toml", "An oval lies beside", "A ring lies beside")
    assert load_settings("demo", demo).script.beat("named").description.startswith("A ring")
    assert names(demo, captions=captions) == before


def test_where_a_project_lies_does_not_matter(demo: Project) -> None:
    settings = load_settings("demo", demo)
    moved = replace(settings.script, path=demo.root / "elsewhere.toml")
    size = QUALITIES["draft"]
    entry = find_scene(demo, "demo")
    here, there = (
        RecipeNames(Order(entry, each, size, web_film(size))).of(Segment(0, 8))
        for each in (settings, replace(settings, script=moved))
    )
    assert here == there


def test_an_edited_drawing_changes_every_recipe(demo: Project) -> None:
    plain = names(demo)
    demo.artwork.mkdir()
    drawing = demo.artwork / "fever.svg"
    drawing.write_text('<svg viewBox="0 0 9 9"><g id="a"/></svg>', encoding="utf-8")
    assert names(demo) == plain, "a drawing that stands for nothing changes nothing"
    (demo.artwork / "parts.toml").write_text('[icon.fever]\nfile = "fever.svg"\n', encoding="utf-8")
    own = names(demo)
    assert not set(own.values()) & set(plain.values())
    edit(demo, "assets/artwork/fever.svg", 'id="a"', 'id="b"')
    assert not set(names(demo).values()) & set(own.values())
