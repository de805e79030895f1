"""The page to print: whole, legible, inside its margins, on both papers and in all languages."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from numpy.typing import NDArray
from PIL import Image

from spineanim.content.page import load_page_words, load_pictures
from spineanim.content.project import Project
from spineanim.content.settings import load_settings
from spineanim.content.theme import Theme
from spineanim.content.words import spoken
from spineanim.errors import OutputError
from spineanim.render.handout import draw_handout
from spineanim.render.quality import QUALITIES
from spineanim.render.stationery import PAPERS, page_type
from tests.conftest import ROOT

STEPS = ("trial", "catheter", "pump", "recovery")
SMALLEST_PT = 11.0
PRINTERS_KEEP_PT = 36.0

pytestmark = pytest.mark.render


@pytest.fixture
def project(demo: Project) -> Project:
    """Make the demonstration project with the real words and pictures of its own."""
    shutil.copytree(ROOT / "assets" / "page", demo.assets / "page")
    beats = "".join(f'[handout.{step}]\nscene = "demo"\nbeat = "named"\n' for step in STEPS)
    demo.pictures_file.write_text(beats, encoding="utf-8")
    return demo


def drawn(
    project: Project, paper: str = "a4", language: str = "en", **changes: str
) -> tuple[Path, NDArray[np.uint8]]:
    """Draw the handout; give its file and its pixels, two a point."""
    settings = {"demo": load_settings("demo", project, overrides=changes)}
    say = spoken(settings["demo"].parameters, project, language).words
    file = draw_handout(
        project,
        load_pictures(project, "handout"),
        load_page_words(project, "handout", language, say),
        settings,
        QUALITIES["draft"],
        project.renders / f"{language}-{paper}.pdf",
        paper=paper,
    )
    document = pypdfium2.PdfDocument(file)
    assert len(document) == 1
    return file, np.asarray(document[0].render(scale=2.0).to_pil().convert("RGB"), dtype=np.uint8)


def test_no_type_is_too_small(theme: Theme) -> None:
    kinds = page_type(theme)
    assert min(letters.size_pt for letters in vars(kinds).values()) >= SMALLEST_PT


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("paper", list(PAPERS))
def test_the_page_fits_its_paper_and_keeps_its_margins(
    project: Project, paper: str, language: str
) -> None:
    _, pixels = drawn(project, paper, language)
    wide, high = PAPERS[paper]
    assert np.allclose(pixels.shape[:2], (2 * high, 2 * wide), atol=2)
    edge = round(2 * PRINTERS_KEEP_PT)
    outside = pixels.copy()
    outside[edge:-edge, edge:-edge] = 255
    assert (outside == 255).all()


def test_words_that_do_not_fit_are_refused(project: Project) -> None:
    file = project.page_file("handout", "en")
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("You are asleep", "You are asleep " * 20), encoding="utf-8")
    with pytest.raises(OutputError, match=r"words of step 2 \(catheter\) do not fit"):
        drawn(project)


def test_the_practice_stands_at_the_upper_right(project: Project) -> None:
    project.artwork.mkdir()
    Image.new("RGBA", (200, 100), (200, 30, 30, 255)).save(project.artwork / "logo.png")
    corner = np.s_[80:150, 800:1100]
    assert (drawn(project)[1][corner] == 255).all()
    assert not (drawn(project, practice_name="Spine Care")[1][corner] == 255).all()
    red = drawn(project, logo="logo.png")[1][100, 1080].astype(int)
    assert np.abs(red - (200, 30, 30)).max() < 4


def test_a_logo_in_vectors(project: Project) -> None:
    project.artwork.mkdir()
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20">'
        '<rect width="40" height="20" fill="#1e50c8"/></svg>'
    )
    (project.artwork / "logo.svg").write_text(svg, encoding="utf-8")
    blue = drawn(project, logo="logo.svg")[1][100, 1080].astype(int)
    assert np.abs(blue - (0x1E, 0x50, 0xC8)).max() < 4


def test_the_same_page_has_the_same_bytes(project: Project) -> None:
    first = drawn(project)[0].read_bytes()
    assert drawn(project)[0].read_bytes() == first


def test_the_words_of_every_step_are_there() -> None:
    shipped = Project(ROOT)
    steps = list(load_pictures(shipped, "handout"))
    assert steps == list(STEPS)
    for language in shipped.languages:
        say = spoken(load_settings("pump", shipped).parameters, shipped, language).words
        words = load_page_words(shipped, "handout", language, say)
        assert not words.missing
        for step in steps:
            assert words.text(step, "title") and words.text(step, "text")
