"""Pictures of the pages: of scenes that are published, drawn when something has changed."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from PIL import Image

from spineanim.content.project import Project
from spineanim.publish.site_pictures import LIST, SitePictures
from spineanim.render.making import Making
from tests.conftest import ROOT

PICTURES = """
[illustrations.oval]
scene = "demo"
beat = "named"
[illustrations.elsewhere]
scene = "pump"
beat = "battery"
"""
STEPS = "".join(
    f'[handout.{name}]\nscene = "demo"\nbeat = "named"\n'
    for name in ("trial", "catheter", "pump", "recovery")
)


@pytest.fixture
def page(demo: Project, tmp_path: Path) -> Project:
    """Give a project with illustrations, a page to print, and one published film."""
    file = demo.page_file("handout", "en")
    file.parent.mkdir(parents=True)
    shutil.copy(ROOT / "assets" / "page" / "en" / "handout.toml", file)
    demo.pictures_file.write_text(PICTURES + STEPS, encoding="utf-8")
    (tmp_path / "up" / "en" / "demo").mkdir(parents=True)
    (tmp_path / "up" / "en" / "demo" / "manifest.json").write_text("{}", encoding="utf-8")
    return demo


def pictures(page: Project) -> SitePictures:
    return SitePictures(page, "en", page.root / "up", {}, draft=True)


@pytest.mark.render
@pytest.mark.slow
def test_pictures_are_drawn_once_and_again_when_damaged(page: Project) -> None:
    drawn, home = pictures(page), page.root / "up" / "en"
    assert drawn.are_wanted and not drawn.are_there()
    drawn.draw(Making())
    with Image.open(home / "illustrations" / "oval.webp") as picture:
        assert (picture.format, picture.size) == ("WEBP", (854, 480))
    assert (home / "handout.pdf").read_bytes().startswith(b"%PDF-")
    listed = json.loads((home / LIST).read_text(encoding="utf-8"))["files"]
    assert list(listed) == ["handout.pdf", "illustrations/oval.webp"]
    assert drawn.size_bytes == sum(each["bytes"] for each in listed.values())
    assert sorted(each.name for each in home.iterdir()) == [
        *("demo", "handout.pdf", "illustrations", LIST)
    ]

    assert pictures(page).are_there()
    whole = (home / "illustrations" / "oval.webp").read_bytes()
    (home / "illustrations" / "oval.webp").write_bytes(b"")
    assert not pictures(page).are_there()
    (home / "illustrations" / "oval.webp").write_bytes(whole)
    assert pictures(page).are_there()
    page.pictures_file.write_text(PICTURES + STEPS.replace("named", "nearer"), encoding="utf-8")
    assert not pictures(page).are_there()


def test_only_published_scenes_have_pictures(page: Project) -> None:
    assert list(pictures(page).illustrations) == ["oval"]
    assert len(pictures(page).steps) == 4
    page.pictures_file.write_text(PICTURES + STEPS.replace("demo", "pump", 1), encoding="utf-8")
    assert pictures(page).steps == {}
    (page.root / "up" / "en" / "demo" / "manifest.json").unlink()
    assert not pictures(page).are_wanted


def test_a_project_without_pictures_wants_none(demo: Project) -> None:
    assert not pictures(demo).are_wanted
