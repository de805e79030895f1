"""Another language has words only; what it lacks stays English and is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from spineanim.content.project import Project
from spineanim.content.script import Script
from spineanim.content.script_file import load_script
from spineanim.content.settings import load_settings, script_in
from spineanim.content.translation import translated
from spineanim.errors import ContentError

ENGLISH = """title = "A"
kicker = "B"
summary = "C"
title_card_s = 1

[one]
title = "First"
lasts_s = 9
captions = [
  { at_s = 0.5, text = "Some words.", claim = "c" },
  { at_s = 4.0, text = "More words." },
]
[one.steps_s]
move = [1.0, 2.0]
[one.labels]
tip = { text = "Tip", detail = "at {tip_level}" }
"""

SPANISH = """title = "Aa"
kicker = "Bb"
summary = "Cc"

[one]
title = "Primero"
captions = ["Unas palabras.", "Otras palabras."]
[one.labels]
tip = { text = "Punta", detail = "en {tip_level}" }
"""


def merged(folder: Path, old: str = "", new: str = "", english: str = ENGLISH) -> Script:
    assert old in SPANISH
    for language, text in (
        ("en", english),
        ("es", SPANISH.replace(old, new, 1) if old else SPANISH),
    ):
        (folder / language).mkdir(exist_ok=True)
        (folder / language / "film.toml").write_text(text, encoding="utf-8")
    return translated(load_script(folder / "en" / "film.toml"), folder / "es" / "film.toml")


def test_words_are_the_languages_and_seconds_the_masters(tmp_path: Path) -> None:
    script = merged(tmp_path)
    beat = script.beat("one")
    assert (script.language, script.language_suffix, script.title) == ("es", "-es", "Aa")
    assert beat.title == "Primero"
    assert [(each.at_s, each.text) for each in beat.captions] == [
        (0.5, "Unas palabras."),
        (4.0, "Otras palabras."),
    ]
    assert beat.captions[0].claims == ("c",)
    assert (beat.labels["tip"].text, beat.labels["tip"].detail) == ("Punta", "en {tip_level}")
    assert (beat.lasts_s, beat.steps_s) == (9.0, {"move": (1.0, 2.0)})
    assert script.missing == ()


@pytest.mark.parametrize(
    ("old", "missing", "stays"),
    [
        ('kicker = "Bb"\n', "kicker", "B"),
        ('title = "Primero"\n', "one.title", "First"),
        ('captions = ["Unas palabras.", "Otras palabras."]\n', "one.captions", "Some words."),
        (', detail = "en {tip_level}"', "one.labels.tip.detail", "at {tip_level}"),
    ],
)
def test_what_is_missing_stays_english_and_is_named(
    tmp_path: Path, old: str, missing: str, stays: str
) -> None:
    script = merged(tmp_path, old)
    beat = script.beat("one")
    words = [script.kicker, beat.title, beat.captions[0].text, beat.labels["tip"].detail]
    assert script.missing == (missing,)
    assert stays in words


def test_a_description_is_a_word_like_a_title(tmp_path: Path) -> None:
    english = ENGLISH.replace("lasts_s = 9", 'lasts_s = 9\ndescription = "A tip."')
    bare = merged(tmp_path, english=english)
    assert (bare.beat("one").description, bare.missing) == ("A tip.", ("one.description",))
    own = 'title = "Primero"\ndescription = "Una punta."'
    whole = merged(tmp_path, 'title = "Primero"', own, english)
    assert (whole.beat("one").description, whole.missing) == ("Una punta.", ())
    alone = merged(tmp_path, 'title = "Primero"', own)
    assert (alone.beat("one").description, alone.missing) == ("Una punta.", ())


def test_a_beat_without_words_is_named_key_by_key(tmp_path: Path) -> None:
    script = merged(tmp_path, SPANISH[SPANISH.index("[one]") :])
    assert script.missing == (
        "one.title",
        "one.captions",
        "one.labels.tip.detail",
        "one.labels.tip.text",
    )


def test_a_file_that_is_not_there_leaves_all_english(tmp_path: Path) -> None:
    merged(tmp_path)
    (tmp_path / "es" / "film.toml").unlink()
    script = translated(load_script(tmp_path / "en" / "film.toml"), tmp_path / "es" / "film.toml")
    assert (script.title, script.language, script.missing) == ("A", "es", ("every word",))


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('kicker = "Bb"', 'kicker = "Bb"\nkiker = "x"', ":3: unknown key 'kiker'; did you mean"),
        ("[one]", "[won]", ":5: unknown key 'won'; did you mean one?"),
        ('title = "Primero"', "lasts_s = 3", ":6: unknown key 'lasts_s' in one; seconds stand in"),
        ("tip = {", "tipp = {", ":9: unknown key 'tipp' in one.labels; did you mean tip?"),
        ('text = "Punta"', 'txt = "Punta"', ":9: unknown key 'txt' in one.labels.tip"),
        (', "Otras palabras."', "", ":7: beat one has 1 captions, in English 2"),
        ('"Otras palabras."', "7", ":7: one.captions is no text"),
        ('["Unas palabras.", "Otras palabras."]', '"Una"', "one.captions is no list of texts"),
        ('"Punta"', '" "', "one.labels.tip.text is no text"),
        ('tip = { text = "Punta", detail = "en {tip_level}" }', "tip = 1", "is no table of words"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(
    tmp_path: Path, old: str, new: str, says: str
) -> None:
    with pytest.raises(ContentError) as caught:
        merged(tmp_path, old, new)
    assert f"{tmp_path}/es/film.toml:" in str(caught.value)
    assert says in str(caught.value)


def test_languages_are_folders_and_english_comes_first(shipped: Project) -> None:
    assert shipped.languages[0] == "en"
    assert "es" in shipped.languages
    with pytest.raises(ContentError, match="no words in language 'ess'; did you mean es"):
        script_in("ess", "pump", shipped)


def test_pump_speaks_spanish_in_full_and_in_the_same_time(shipped: Project) -> None:
    english, spanish = (load_settings("pump", shipped, code).script for code in ("en", "es"))
    assert spanish.missing == ()
    assert spanish.length_s <= 1.02 * english.length_s
    assert not {beat.title for beat in spanish.beats} & {beat.title for beat in english.beats}
