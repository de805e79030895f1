"""Words of a page can be found, whatever letters they have, and change nothing that is seen."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pypdfium2
import pytest

from spineanim.render.pdf import pdf_page
from spineanim.render.typeset import Desk, Letters

LETTERS = Letters(20.0, 24.0, "Regular", "#102030")
SAID = ("Columna vertebral: ¿qué es?", "A (small) \\ pump — 5 %", "Größe, żółć")


def written(file: Path, *pages: tuple[str, ...], language: str = "en") -> pypdfium2.PdfDocument:
    """Write pages of lines."""
    with pdf_page(file, 400.0, 300.0, "A test", language=language) as page:
        desk = Desk(page)
        for number, lines in enumerate(pages):
            if number:
                page.turn()
            for row, text in enumerate(lines):
                desk.line(text, LETTERS, 40.0, 60.0 + 30.0 * row)
    return pypdfium2.PdfDocument(file)


def words_of(document: pypdfium2.PdfDocument) -> list[list[str]]:
    """Lines of each page, as programs read them."""
    return [each.get_textpage().get_text_range().splitlines() for each in document]


def test_words_are_found_on_every_page_in_their_order(tmp_path: Path) -> None:
    document = written(tmp_path / "a.pdf", SAID, ("Two",), SAID[::-1], language="es")
    assert words_of(document) == [list(SAID), ["Two"], list(SAID[::-1])]
    assert b"/Lang (es)" in (tmp_path / "a.pdf").read_bytes()


def test_words_lie_where_they_are_seen(tmp_path: Path) -> None:
    page = written(tmp_path / "a.pdf", SAID[:1])[0]
    text = page.get_textpage()
    left, bottom, right, top = text.get_rect(text.count_rects() - 1)
    assert left == pytest.approx(40.0, abs=1.0)
    assert right - left == pytest.approx(LETTERS.width_pt(SAID[0]), abs=2.0)
    assert bottom < 240.0 < top


def test_words_are_not_drawn_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with_words = written(tmp_path / "a.pdf", SAID)[0].render(scale=2.0).to_numpy()
    monkeypatch.setattr("spineanim.render.pdf.add_words", lambda *_: None)
    without = written(tmp_path / "b.pdf", SAID)[0].render(scale=2.0).to_numpy()
    assert without.min() < 100
    assert np.array_equal(with_words, without)


def test_a_page_without_words_is_as_cairo_wrote_it(tmp_path: Path) -> None:
    written(tmp_path / "a.pdf", ())
    assert b"/Words" not in (tmp_path / "a.pdf").read_bytes()
