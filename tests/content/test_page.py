"""Pictures of the page and their words."""

from __future__ import annotations

import tomllib

import pytest

from spineanim.content.page import chosen_pictures, load_page_words, load_pictures
from spineanim.content.project import Project
from spineanim.errors import ContentError

PICTURES = """
[illustrations.oval]
scene = "demo"
beat = "named"
[illustrations.near]
scene = "demo"
beat = "nearer"
window_px = [0, 0, 960, 540]
"""


@pytest.fixture
def page(demo: Project) -> Project:
    demo.page_file("x", "en").parent.mkdir(parents=True)
    demo.page_file("x", "es").parent.mkdir(parents=True)
    demo.pictures_file.write_text(PICTURES, encoding="utf-8")
    return demo


def test_pictures_come_in_order_with_their_windows(page: Project) -> None:
    oval, near = load_pictures(page, "illustrations").values()
    assert (oval.name, oval.scene, oval.beat, oval.window_px) == ("oval", "demo", "named", None)
    assert near.window_px == (0.0, 0.0, 960.0, 540.0)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("beat = ", "beet = ", r"pictures\.toml:2: illustrations\.oval is no picture"),
        ("960, 540", "9600, 540", r"pictures\.toml:8: window_px of near is"),
        ("[illustrations.", "[pictures.", r"there is no table \[illustrations"),
    ],
)
def test_a_wrong_entry_names_its_line(page: Project, old: str, new: str, says: str) -> None:
    page.pictures_file.write_text(PICTURES.replace(old, new), encoding="utf-8")
    with pytest.raises(ContentError, match=says):
        load_pictures(page, "illustrations")


def test_names_are_chosen_or_close_ones_offered(page: Project) -> None:
    pictures = load_pictures(page, "illustrations")
    assert list(chosen_pictures(pictures, ())) == ["oval", "near"]
    assert list(chosen_pictures(pictures, ("near",))) == ["near"]
    with pytest.raises(ContentError, match=r"no picture 'ovel'.*did you mean oval"):
        chosen_pictures(pictures, ("ovel",))


def test_english_stands_in_for_missing_words(page: Project) -> None:
    english = 'top = "At {level}"\n[oval]\ntitle = "Oval"\nalt = "An oval."\n'
    page.page_file("x", "en").write_text(english, encoding="utf-8")
    page.page_file("x", "es").write_text('[oval]\ntitle = "Óvalo"\n', encoding="utf-8")
    words = load_page_words(page, "x", "es", {"level": "T10"})
    assert words.text("", "top") == "At T10"
    assert (words.text("oval", "title"), words.text("oval", "alt")) == ("Óvalo", "An oval.")
    assert words.missing == ("top", "oval.alt")
    with pytest.raises(ContentError, match=r"no \[near\] title"):
        words.text("near", "title")


def test_every_illustration_has_words(shipped: Project) -> None:
    words = load_page_words(shipped, "illustrations", "en", {"tip_level": "T10"})
    for name in load_pictures(shipped, "illustrations"):
        assert words.text(name, "title") and words.text(name, "alt")


def test_the_site_says_the_same_things_in_every_language(shipped: Project) -> None:
    english, spanish = (load_page_words(shipped, "site", language, {}) for language in ("en", "es"))
    raw = {
        language: tomllib.loads(shipped.page_file("site", language).read_text(encoding="utf-8"))
        for language in ("en", "es")
    }
    assert spanish.missing == ()
    assert {table: set(texts) for table, texts in raw["en"].items()} == {
        table: set(texts) for table, texts in raw["es"].items()
    }
    assert english.tables["languages"] == spanish.tables["languages"]
