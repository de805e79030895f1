from __future__ import annotations

import pytest

from spineanim.content import fonts
from spineanim.content.theme import Theme
from spineanim.errors import ContentError, FontError
from spineanim.picture.lettering import TextLine, text_width, wrap


def test_width_grows_with_the_words_and_the_size(theme: Theme) -> None:
    small, large = theme.style("caption"), theme.style("title")
    assert text_width("pump", small) < text_width("pumps", small) < text_width("pumps", large)


def test_kerning_is_applied(theme: Theme) -> None:
    style = theme.style("caption")
    assert text_width("AV", style) < text_width("A", style) + text_width("V", style)


def test_lines_are_few_even_and_no_wider_than_asked(theme: Theme) -> None:
    style = theme.style("caption")
    text = "It lies between the ribs and the hip bone, away from the belt line."
    whole = text_width(text, style)
    lines = wrap(text, style, whole * 0.7)
    assert " ".join(lines) == text
    assert len(lines) == 2
    widths = [text_width(line, style) for line in lines]
    assert max(widths) < whole * 0.6, "evenly broken, not filled up"


def test_a_long_word_stands_alone(theme: Theme) -> None:
    assert wrap("a intrathecally b", theme.style("caption"), 0.5) == ["a", "intrathecally", "b"]


def test_a_letter_the_typeface_lacks_is_an_error(theme: Theme) -> None:
    with pytest.raises(ContentError, match="has no letter '\u6f22'"):
        TextLine("a \u6f22", theme.style("label"), "#000000")


def test_spanish_letters_are_there(theme: Theme) -> None:
    line = TextLine("¿Qué señal? ¡Médula, corazón, pingüino!", theme.style("label"), "#000000")
    assert line.advance > 0


def test_a_missing_typeface_is_an_error_not_another_font(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "_PACKAGE", "no_such_font_package")
    with pytest.raises(FontError, match=r"is not installed.*run 'make setup'"):
        fonts.font_file("Regular")


def test_an_unknown_weight_is_named() -> None:
    with pytest.raises(FontError, match="no font weight 'Heavy'"):
        fonts.font_file("Heavy")
