"""One film for all tests of pages; they copy it."""

from __future__ import annotations

from pathlib import Path

import pytest

from spineanim.content.project import Project
from spineanim.publish.site import build_site
from tests.publish.site.sites import put_film, web_project


@pytest.fixture(scope="session")
def model(reel: Path) -> Path:
    return reel


@pytest.fixture
def web(tmp_path: Path) -> Project:
    return web_project(tmp_path / "project")


@pytest.fixture(scope="session")
def whole_site(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All films in English, two in Spanish; not to be changed."""
    from PIL import Image

    root = tmp_path_factory.mktemp("whole")
    site = root / "site"
    for scene in (
        *("film", "spine", "device", "relief", "trial", "catheter", "pump", "recovery"),
        *("posture", "aside"),
    ):
        put_film(model, site, scene)
    for scene in ("pump", "spine"):
        put_film(model, site, scene, "es", title=f"Película {scene}")
    (site / "en" / "illustrations").mkdir()
    for name in ("pump_inside", "signal_is_stopped", "system_from_the_side"):
        Image.new("RGB", (160, 90)).save(site / "en" / "illustrations" / f"{name}.webp")
    (site / "site").mkdir()
    Image.new("RGBA", (80, 40)).save(site / "site" / "logo.png")
    (site / "en" / "handout.pdf").write_bytes(b"%PDF-1.4\n")
    (site / "en" / "pump" / "handout.pdf").write_bytes(b"%PDF-1.4\n")
    project = web_project(root / "project")
    build_site(project, site, "https://spine.example/films", {"practice_name": "Lakeside Spine"})
    return site
