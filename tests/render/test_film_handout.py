"""A film on paper: its words in order, inside the margins, on as many pages as it needs."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from numpy.typing import NDArray

from spineanim.content.project import Project
from spineanim.content.settings import load_settings
from spineanim.content.theme import Theme
from spineanim.errors import OutputError
from spineanim.render.film_handout import draw_film_handout
from spineanim.render.film_rows import Row, Space, planned, row_type, rows_of
from spineanim.render.quality import QUALITIES
from spineanim.render.stationery import PAPERS, page_type
from tests.conftest import ROOT, demo_project

SMALLEST_PT = 11.0
SMALLEST_LABEL_PT = 6.5
LEAST_PICTURE_PT = 50.0 * 72.0 / 25.4
PRINTERS_KEEP_PT = 36.0
LABEL_PX, WINDOW_WIDE_PX = 38.0, 1832.0
SPANISH = """
title = "Radiculopatía lumbosacra"
kicker = "Recomendaciones postoperatorias"
summary = "Una electroestimulación intramuscular, explicada para los acompañantes del paciente."
[named]
title = "Inmunohistoquímica del tejido"
captions = ["La electroestimulación es ambulatoria.", "El nombre está en {tip_level}."]
[named.labels]
oval = { text = "Óvalo", detail = "en {tip_level}" }
[nearer]
title = "Desproporcionadamente cerca"
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Make the demonstration project, in two languages, with the real words of the page."""
    demo = demo_project(tmp_path_factory.mktemp("paper"))
    shutil.copytree(ROOT / "assets" / "page", demo.assets / "page")
    spanish = demo.script_file("demo", "es")
    spanish.parent.mkdir()
    spanish.write_text(SPANISH, encoding="utf-8")
    return demo


def drawn(project: Project, paper: str = "a4", language: str = "en", **changes: str) -> Path:
    """Draw the page of the demonstration."""
    return draw_film_handout(
        project,
        "demo",
        load_settings("demo", project, language, changes),
        QUALITIES["draft"],
        project.renders / f"{language}-{paper}-{'-'.join(changes)}.pdf",
        paper=paper,
    )


def words_of(file: Path) -> list[str]:
    """Words of each page as programs read them, line ends as spaces."""
    document = pypdfium2.PdfDocument(file)
    return [" ".join(each.get_textpage().get_text_range().split()) for each in document]


def pixels_of(file: Path, page: int = 0) -> NDArray[np.uint8]:
    """Pixels (H, W, 3) of a page, two a point."""
    picture = pypdfium2.PdfDocument(file)[page].render(scale=2.0).to_pil().convert("RGB")
    return np.asarray(picture, dtype=np.uint8)


@pytest.mark.render
def test_the_words_of_a_film_stand_in_their_order(project: Project) -> None:
    file = drawn(project, practice_name="Spine & Care")
    (page,) = words_of(file)
    level = load_settings("demo", project).parameters.anatomy.tip_level
    assert page == (
        "Test Spine & Care A demonstration A small film for tests. "
        f"It is named An oval & a square. The oval gets a name at {level}. "
        "It comes nearer "
        "Talk with your surgeon Write down your questions and bring them to your visit."
    )


@pytest.mark.render
@pytest.mark.parametrize("paper", list(PAPERS))
def test_long_words_keep_inside_the_margins(project: Project, paper: str) -> None:
    file = drawn(project, paper, "es")
    pixels = pixels_of(file)
    wide, high = PAPERS[paper]
    assert np.allclose(pixels.shape[:2], (2 * high, 2 * wide), atol=2)
    edge = round(2 * PRINTERS_KEEP_PT)
    inside = pixels[edge:-edge, edge:-edge]
    assert (pixels < 255).any() and (pixels < 255).sum() == (inside < 255).sum()
    assert "Desproporcionadamente cerca" in words_of(file)[0]
    assert b"/Lang (es)" in file.read_bytes()


@pytest.mark.render
def test_the_same_film_gives_the_same_bytes(project: Project) -> None:
    first = drawn(project).read_bytes()
    assert drawn(project).read_bytes() == first


@pytest.mark.render
def test_a_beat_is_never_split_and_pages_are_numbered(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(PAPERS, "low", (PAPERS["a4"][0], 420.0))
    one, two = words_of(drawn(project, "low"))
    assert "It is named" in one and one.endswith("A demonstration 1 / 2")
    assert two.startswith("It comes nearer Talk with") and two.endswith("A demonstration 2 / 2")


@pytest.mark.render
def test_pictures_show_the_film_with_its_labels_in_vectors(project: Project) -> None:
    page = pypdfium2.PdfDocument(drawn(project))[0]
    pictures = page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE], max_depth=8)
    wide = [each for each in pictures if each.get_bounds()[2] - each.get_bounds()[0] > 300.0]
    assert len(wide) == 2
    pixels = pixels_of(drawn(project))
    assert pixels[280:520, 90:740].std() > 5.0


def test_a_page_that_has_room_holds_four_beats(theme: Theme) -> None:
    """Five take two pages, with pictures as wide as they may be."""
    kinds, space = row_type(theme), Space(*PAPERS["a4"], 132.0, 34.0)
    four = planned([Row(str(n), "", "A title", "Words.") for n in range(4)], kinds, space)
    five = planned([Row(str(n), "", "A title", "Words.") for n in range(5)], kinds, space)
    assert (four.page_count, five.page_count) == (1, 2)
    assert [page for page, _ in five.tops.values()] == [1, 1, 1, 2, 2]
    assert four.picture_wide_pt < five.picture_wide_pt
    for plan in (four, five):
        assert plan.picture_wide_pt > LEAST_PICTURE_PT
        assert LABEL_PX * plan.picture_wide_pt / WINDOW_WIDE_PX >= SMALLEST_LABEL_PT


def test_a_word_wider_than_its_room_is_refused_by_name(theme: Theme) -> None:
    row = Row("sleep", "", "Elektroenzephalographische Untersuchung", "")
    with pytest.raises(OutputError, match="a word of sleep is wider"):
        planned([row], row_type(theme), Space(*PAPERS["a4"], 132.0, 34.0))


def test_a_beat_with_too_many_words_is_refused(theme: Theme) -> None:
    row = Row("long", "", "Long", "Words without an end. " * 100)
    with pytest.raises(OutputError, match="more words than a page"):
        planned([row], row_type(theme), Space(*PAPERS["a4"], 132.0, 34.0))


def test_no_type_is_too_small(theme: Theme) -> None:
    kinds = (*vars(row_type(theme)).values(), *vars(page_type(theme)).values())
    assert min(letters.size_pt for letters in kinds) >= SMALLEST_PT


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_programme_shows_its_scenes(language: str) -> None:
    settings = load_settings("film", Project(ROOT), language)
    rows = rows_of(settings)
    assert [row.moment for row in rows] == list(settings.parts)
    assert [row.text for row in rows] == [part.script.summary for part in settings.parts.values()]


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_film_of_ours_has_room_on_a_sheet(language: str, theme: Theme) -> None:
    shipped = Project(ROOT)
    for scene in sorted(file.stem for file in shipped.scenes.glob("*.py")):
        rows = rows_of(load_settings(scene, shipped, language))
        assert planned(rows, row_type(theme), Space(*PAPERS["a4"], 150.0, 34.0)).page_count <= 2
        assert planned(rows, row_type(theme), Space(*PAPERS["letter"], 150.0, 34.0)).page_count <= 3
