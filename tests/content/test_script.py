from __future__ import annotations

from pathlib import Path

import pytest

from spineanim.content.pace import reading_s, spans_s
from spineanim.content.parameters import load_parameters
from spineanim.content.project import Project
from spineanim.content.script import Script
from spineanim.content.script_file import load_script
from spineanim.content.words import spoken
from spineanim.errors import ContentError

GOOD = """title = "A"
kicker = "B"
summary = "C"
title_card_s = 1

[one]
title = "First"
lasts_s = 4
captions = [ { at_s = 0.5, text = "Words at {tip_level}." } ]
[one.steps_s]
move = [1.0, 2.0]
[one.labels]
tip = { text = "Tip", detail = "at {tip_level}" }
"""


def loaded(folder: Path, old: str = "", new: str = "") -> Script:
    assert old in GOOD
    file = folder / "en" / "film.toml"
    file.parent.mkdir(exist_ok=True)
    file.write_text(GOOD.replace(old, new, 1) if old else GOOD, encoding="utf-8")
    return load_script(file)


def test_a_script_knows_its_words_and_times(tmp_path: Path) -> None:
    script = loaded(tmp_path)
    assert script.length_s == 5.0
    assert script.language == "en"
    assert script.beat("one").steps_s == {"move": (1.0, 2.0)}


def test_parameters_are_put_into_captions_and_labels(tmp_path: Path) -> None:
    script = loaded(tmp_path).filled({"tip_level": "T8"})
    assert script.beat("one").captions[0].text == "Words at T8."
    assert script.beat("one").labels["tip"].detail == "at T8"


def test_a_beat_may_describe_what_is_to_be_seen(tmp_path: Path) -> None:
    assert loaded(tmp_path).beat("one").description == ""
    described = 'description = "A tip at {tip_level}."\nlasts_s = 4'
    script = loaded(tmp_path, "lasts_s = 4", described)
    assert "A tip at {tip_level}." in script.texts
    assert script.filled({"tip_level": "T8"}).beat("one").description == "A tip at T8."
    with pytest.raises(ContentError, match=r":8: one\.description is missing or no text"):
        loaded(tmp_path, "lasts_s = 4", 'description = " "\nlasts_s = 4')


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{level}", "there is no {level}"),
        ("{", "braces are only for names"),
        ("{tip_level:x}", "braces are only for names"),
        ("{tip_level.real}", "there is no {tip_level.real}"),
        ("{0}", "there is no {0}"),
    ],
)
def test_a_text_may_only_name_known_parameters(tmp_path: Path, text: str, says: str) -> None:
    script = loaded(tmp_path, "{tip_level}.", text)
    with pytest.raises(ContentError) as error:
        script.filled({"tip_level": "T8"})
    line = 1 + script.path.read_text().split(text)[0].count("\n")
    assert error.value.message == f"{script.path}:{line}: {says}"
    assert error.value.hint == "use one of {tip_level}"


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('title = "A"\n', "", "title is missing"),
        ("title_card_s = 1", "title_card_s = -1", ":4: title_card_s: -1 is no time"),
        ("lasts_s = 4", "lasts_s = 1.5", ":8: beat one lasts 1.5 s"),
        ("lasts_s = 4", 'lasts_s = "long"', ":8: one.lasts_s: 'long' is no time"),
        ("lasts_s = 4", "lasts_s = nan", ":8: one.lasts_s: nan is no time"),
        ("[1.0, 2.0]", "[2.0, 1.0]", "of beat one starts at 2 s and ends at 1 s; let it end later"),
        ("[1.0, 2.0]", "[2.0, 2.0]", "of beat one starts at 2 s and ends at 2 s; let it end later"),
        ("[1.0, 2.0]", "[1.0, 9.0]", "ends at 9 s, but the beat lasts 4 s; let it end at 4 s or"),
        ("[1.0, 2.0]", "[-1.0, 2.0]", "starts at -1 s, before its beat; let it start at 0 s or"),
        ("[1.0, 2.0]", "3", ":11: step move of beat one needs two times; write when it starts and"),
        ("[1.0, 2.0]", "[1.0, nan]", ":11: step move of beat one needs two times"),
        ("[1.0, 2.0]", '["a", 2.0]', ":11: step move of beat one needs two times"),
        ("at_s = 0.5", "at_s = 4.5", ":9: caption at 4.5 s of beat one is out of order"),
        ('tip = { text = "Tip"', 'tip = { txt = "Tip"', ":13: unknown key 'txt' in one.labels.tip"),
        ("lasts_s = 4", "lasts = 4", ":8: unknown key 'lasts'"),
        ('kicker = "B"', 'kicker = "B"\nfoo = 1', ":3: unknown key 'foo'"),
        ("captions = [ {", "captions = [ 3, {", "caption"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(
    tmp_path: Path, old: str, new: str, says: str
) -> None:
    with pytest.raises(ContentError) as caught:
        loaded(tmp_path, old, new)
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


def test_captions_of_the_films_can_be_read_in_time(shipped: Project) -> None:
    """At most 150 words a minute, and never under two seconds, without any stretching."""
    words = spoken(load_parameters(shipped), shipped).words
    for file in (shipped.assets / "script" / "en").glob("*.toml"):
        for beat in load_script(file).filled(words).beats:
            for caption, span_s in zip(beat.captions, spans_s(beat), strict=True):
                assert span_s >= reading_s(caption.text) - 1e-9, caption.text
