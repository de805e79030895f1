"""Descriptions can be heard by themselves, in every language that ships."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from spineanim.content.descriptions import faults_of_descriptions, reading_of_descriptions
from spineanim.content.glossary import load_glossary
from spineanim.content.parameters import load_parameters
from spineanim.content.project import MASTER_LANGUAGE, Project
from spineanim.content.script import BeatScript, Caption, Script
from spineanim.content.settings import script_in
from spineanim.content.words import named_in, spoken

GLOSSARY = {"catheter": ("tube",)}
EXPLAINS = Caption(0.0, "A tube, the catheter, goes in.")


def script_of(*beats: tuple[str, Caption]) -> Script:
    return Script(
        Path("en/x.toml"),
        "en",
        "T",
        "K",
        "S",
        2.0,
        tuple(
            BeatScript(f"beat_{n}", "B", 9.0, (caption,), {}, {}, description)
            for n, (description, caption) in enumerate(beats)
        ),
    )


def faults(script: Script) -> list[tuple[str, str]]:
    return [(beat.name, what) for beat, what in faults_of_descriptions(script, GLOSSARY)]


def test_a_term_is_explained_in_an_earlier_beat_or_in_the_description() -> None:
    uses = ("The catheter is long.", Caption(0.0, "It is in."))
    assert faults(script_of(("A dot.", EXPLAINS), uses)) == []
    assert faults(script_of(("The catheter, a tube, is long.", EXPLAINS), uses)) == []


def test_a_caption_of_the_same_beat_may_come_too_late() -> None:
    ((beat, what),) = faults(
        script_of(("A dot.", Caption(0.0, "It is.")), ("A catheter.", EXPLAINS))
    )
    assert beat == "beat_1"
    assert what == "'catheter' is not explained in the description 'A catheter.'"


def test_a_short_description_is_well_and_a_long_one_only_if_it_can_be_said() -> None:
    caption = Caption(0.0, "It is in.")
    assert faults(script_of(("A dot.", caption))) == []
    assert faults(script_of(("So it is. " * 9, caption))) == []
    ((_, what),) = faults(script_of(("So it is. " * 9 + "Yes.", caption)))
    assert what.startswith("the description takes 9.3 s") and "the beat lasts 9.0 s" in what


def test_what_english_lacks_is_said_once() -> None:
    bare = script_of(("", Caption(0.0, "It is in.")))
    assert [what[:18] for _, what in faults(bare)] == ["has no description"]
    assert faults(replace(bare, language="es", words_path=Path("es/x.toml"))) == []
    assert reading_of_descriptions(bare) is None


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_beat_that_ships_is_described(shipped: Project, language: str) -> None:
    words = spoken(load_parameters(shipped), shipped, language).words
    glossary = load_glossary(shipped.glossary_file, language)
    for file in sorted(shipped.script_file("pump").parent.glob("*.toml")):
        raw = script_in(language, file.stem, shipped)
        assert list(faults_of_descriptions(raw.filled(words), glossary)) == []
        reading = reading_of_descriptions(raw)
        assert reading is None or reading.easy, (file.stem, str(reading))
        master = script_in(MASTER_LANGUAGE, file.stem, shipped)
        for beat, english in zip(raw.beats, master.beats, strict=True):
            assert f"{beat.name}.description" not in raw.missing
            assert named_in(beat.description) == named_in(english.description)


SIDES = {"en": r"\b(left|right)\b", "es": r"\b(izquierd|derech)[oa]s?\b"}


@pytest.mark.parametrize("language", list(SIDES))
def test_no_description_takes_a_side_that_a_practice_may_change(
    shipped: Project, language: str
) -> None:
    for file in sorted(shipped.script_file("pump").parent.glob("*.toml")):
        for beat in script_in(language, file.stem, shipped).beats:
            said = beat.description.lower()
            assert not re.search(SIDES[language], said), (file.stem, beat.name)
