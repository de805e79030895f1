"""The preview's page in a project of its own: how it begins, and another language."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from spineanim.content.project import Project
from tests.browser.visitor import Visitor
from tests.conftest import demo_project
from tests.preview.desk import SCREEN, Desk
from tests.preview.running import preview_of

pytestmark = [pytest.mark.render, pytest.mark.slow]

SPANISH = """\
title = "Un óvalo"
[named]
title = "El óvalo tiene nombre"
"""


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = demo_project(tmp_path)
    made.script_file("demo", "es").parent.mkdir()
    made.script_file("demo", "es").write_text(SPANISH, encoding="utf-8")
    return made


@pytest.fixture
def start(chromium: Browser, project: Project) -> Iterator[Desk]:
    """Open a preview whose scene and script were broken before it began."""
    files = [project.scenes / "demo.py", project.script_file("demo")]
    right = [each.read_text() for each in files]
    files[0].write_text(f"def (\n{right[0]}")
    files[1].write_text(right[1].replace("lasts_s = 2.5", "lasts_s ="))
    with preview_of(project) as address:
        visitor = Visitor(chromium, address)
        yield Desk(visitor.open(viewport=SCREEN))
        visitor.leave()
        assert visitor.troubles == []


def test_what_was_broken_before_it_began_is_said_and_mended(start: Desk, project: Project) -> None:
    right = demo_project(project.root / "right")
    trouble, code = start.page.locator("#trouble"), start.page.locator("#trouble code")
    expect(code).to_have_text("scenes/demo.py:1", timeout=60_000)
    expect(trouble).to_contain_text("The picture comes when this is mended.")
    expect(start.page.locator("#waiting")).to_have_text("There is no picture yet: see below.")
    expect(start.page.locator("[data-scene=demo]")).to_contain_text("cannot be read now")
    expect(start.page.locator("#words-list")).to_contain_text("once its files can be read")
    expect(start.page.locator("#caption-overlay")).to_be_hidden()
    (project.scenes / "demo.py").write_text((right.scenes / "demo.py").read_text())
    expect(code).to_have_text("assets/script/en/demo.toml:9")
    project.script_file("demo").write_text(right.script_file("demo").read_text())
    start.stands_at(0)
    expect(trouble).to_be_hidden()
    expect(start.page.locator("#waiting")).to_be_hidden()
    expect(start.page.locator("[data-scene=demo]")).to_contain_text("2 beats")
    files = start.page.locator("#scenes .files li")
    expect(files).to_have_text(["scenes/demo.py", "assets/script/en/demo.toml"])

    start.go(70)
    heading = start.page.locator("#words-beat")
    expect(heading).to_have_text("It is named")
    start.page.locator("#language").select_option("es")
    expect(heading).to_have_text("El óvalo tiene nombre")
    expect(files.last).to_have_text("assets/script/es/demo.toml")
    expect(start.field("named.title")).to_have_value("El óvalo tiene nombre")
    expect(start.page.locator("#words-list .english").first).to_have_text("It is named")
    start.page.locator("#language").select_option("en")
    expect(heading).to_have_text("It is named")
    expect(start.field("named.title")).to_have_value("It is named")
    start.field("named.title").fill("A new name")
    start.field("named.title").press("Enter")
    expect(heading).to_have_text("A new name")


@pytest.fixture
def other(project: Project) -> Project:
    """Add a second film, whose beat has another name."""
    for old, new in (
        (project.scenes / "demo.py", project.scenes / "other.py"),
        (project.script_file("demo"), project.script_file("other")),
    ):
        text = old.read_text().replace("[named", "[called").replace("named(", "called(")
        new.write_text(text.replace('poster = "named"', 'poster = "called"'))
    return project


def test_words_are_those_of_the_beat_after_another_film(chromium: Browser, other: Project) -> None:
    with preview_of(other, "demo") as address:
        visitor = Visitor(chromium, address)
        desk = Desk.opened(visitor)
        desk.go(70)
        for scene, beat in (("other", "The film and its title card"), ("demo", "It is named")):
            button = desk.page.locator(f"[data-scene={scene}]")
            expect(button.locator("code")).to_have_text(scene)
            button.click()
            files = [f"scenes/{scene}.py", f"assets/script/en/{scene}.toml"]
            expect(desk.page.locator(".files li:visible")).to_have_text(files)
            desk.stands_at(70 if scene == "demo" else 0)
            desk.page.wait_for_timeout(500)  # until its words have come as well
            expect(desk.page.locator("#words-beat")).to_have_text(beat)
        expect(desk.field("named.title")).to_be_visible()
        visitor.leave()
        assert visitor.troubles == []
