"""What a synthesised voice would read wrongly is put in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from spineanim.content.project import Project
from spineanim.content.pronunciation import load_pronunciation, said
from spineanim.errors import ContentError


def test_whole_words_and_signs_alone() -> None:
    table = {"cm": "centimeters", "1/300": "one three-hundredth", "mL": "milliliters"}
    assert said("About 2 cm, 1/300 of 40 mL.", table) == (
        "About 2 centimeters, one three-hundredth of 40 milliliters."
    )
    assert said("acme 11/300 1/3000 ML", table) == "acme 11/300 1/3000 ML"
    assert said("2 cm", {}) == "2 cm"


def test_the_longer_entry_comes_first() -> None:
    assert said("L2-L3", {"L2": "wrong", "L2-L3": "L2 to L3"}) == "L2 to L3"


def test_the_shipped_table_reads_in_both_languages(shipped: Project) -> None:
    for language, cm in (("en", "centimeters"), ("es", "centímetros")):
        assert load_pronunciation(shipped.pronunciation_file, language)["cm"] == cm
    assert load_pronunciation(shipped.pronunciation_file, "fr") == {}


def test_no_file_is_no_table_and_a_wrong_one_is_named(tmp_path: Path) -> None:
    file = tmp_path / "pronunciation.toml"
    assert load_pronunciation(file, "en") == {}
    file.write_text("[en]\ncm = 3\n")
    with pytest.raises(ContentError, match=r"pronunciation\.toml:2: how to say 'cm' is 3"):
        load_pronunciation(file, "en")
    file.write_text("en = 3\n")
    with pytest.raises(ContentError, match="en is no table"):
        load_pronunciation(file, "en")
