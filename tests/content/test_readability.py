"""Reading grades rest on syllables, words and sentences."""

from __future__ import annotations

import pytest

from spineanim.content.readability import english_syllables, reading_of, spanish_syllables


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("catheter", 3),
        ("pump", 1),
        ("surgeon", 2),
        ("medicine", 3),
        ("squeezed", 1),
        ("don’t", 1),
        ("t10", 1),
        ("87.5", 1),
        ("blorple", 2),  # no dictionary has it
        ("blape", 1),
    ],
)
def test_syllables_of_english(word: str, count: int) -> None:
    assert english_syllables(word) == count


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("aguja", 3),
        ("operación", 4),
        ("líquido", 3),
        ("médula", 3),
        ("río", 2),
        ("leer", 2),
        ("aéreo", 4),
        ("cuidado", 3),
        ("muy", 1),
        ("ayuda", 3),
        ("y", 1),
        ("pingüino", 3),
        ("10", 1),
    ],
)
def test_syllables_of_spanish(word: str, count: int) -> None:
    assert spanish_syllables(word) == count


def test_the_grade_is_flesch_and_kincaids() -> None:
    """Twelve words, two sentences, fifteen syllables."""
    found = reading_of("The surgeon makes a small cut. The cut is closed very soon.", "en")
    assert found is not None
    assert found.value == pytest.approx(0.39 * 6 + 11.8 * 14 / 12 - 15.59)
    assert found.easy
    assert str(found) == f"Flesch-Kincaid grade {found.value:.1f} (at most 6)"


def test_the_spanish_index_is_szigriszt_and_pazos() -> None:
    found = reading_of("La bomba entra. El corte se cierra.", "es")
    assert found is not None
    assert found.value == pytest.approx(206.835 - 62.3 * 11 / 7 - 3.5)
    assert str(found).endswith("(at least 65)")


def test_hard_texts_are_hard() -> None:
    english = "Intrathecal administration of analgesic medication necessitates catheterization."
    spanish = "La administración intratecal de medicamentos analgésicos requiere cateterización."
    for text, language in ((english, "en"), (spanish, "es")):
        found = reading_of(text, language)
        assert found is not None and not found.easy


def test_a_decimal_ends_no_sentence_and_other_languages_have_no_measure() -> None:
    one, two = (reading_of(text, "en") for text in ("It is 87.5 mm wide.", "It is. It is wide."))
    assert one is not None and two is not None
    assert one.value - two.value == pytest.approx(0.39 * 2.5 + 11.8 * (1 - 1))
    assert reading_of("Die Pumpe.", "de") is None
    assert reading_of("...", "en") is None
