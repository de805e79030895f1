"""A script is looked through for all that a patient would stumble over."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from spineanim.content.claims import Claims
from spineanim.content.glossary import load_glossary, unexplained
from spineanim.content.project import Project
from spineanim.content.review import Finding, cited_claims, review, strayed
from spineanim.content.script import BeatScript, Caption, LabelText, Script
from spineanim.content.translation import EVERY_WORD
from spineanim.errors import ContentError

NO_CLAIMS = Claims(Path("claims.toml"), {}, {})
GLOSSARY = {"catheter": ("tube",)}


def script_of(*captions: Caption, lasts_s: float = 20.0, **labels: LabelText) -> Script:
    beat = BeatScript("one", "One", lasts_s, captions, {}, labels, "A dot is red.")
    return Script(Path("en/x.toml"), "en", "T", "K", "S", 2.0, (beat,))


def wrap(text: str) -> list[str]:
    if len(text) > 60:
        raise ContentError("caption is too long")
    return [text[:38], text[38:]]


def findings(script: Script) -> list[Finding]:
    found = review(script, {"tip_level": "T10"}, GLOSSARY, NO_CLAIMS, wrap)
    return list(found.findings)


def said(script: Script) -> str:
    (finding,) = findings(script)
    return f"{finding.where}: {finding.what} ({'wrong' if finding.broken else 'note'})"


def test_a_plain_script_has_figures_and_no_fault() -> None:
    script = script_of(Caption(0.0, "The tip is at {tip_level}."))
    found = review(script, {"tip_level": "T10"}, {}, NO_CLAIMS, wrap)
    assert found.findings == ()
    grade, described, speed, line, cited = found.figures
    assert grade.startswith("Flesch-Kincaid grade")
    assert described.startswith("descriptions ")
    assert speed == "fastest caption 15 words a minute (at most 150)"
    assert line == "longest line 18 letters"
    assert cited == "0 of 1 captions make claims"


@pytest.mark.parametrize(
    ("caption", "says"),
    [
        (
            Caption(0.0, "Catheterization necessitates it."),
            "en/x.toml: too hard to read: Flesch-Kincaid grade",
        ),
        (Caption(18.9, "It is in."), "[one]: 'It is in.' stands 1.1 s and needs 2.0 s (wrong)"),
        (Caption(0.0, "So it is. " * 7), "[one]: caption is too long (wrong)"),
        (Caption(0.0, "It is in it as it is in it, and so it is."), "a line of 38 letters"),
        (Caption(0.0, "The catheter is in."), "'catheter' is not explained in 'The catheter"),
        (Caption(0.0, "It is in.", ("size",)), "'It is in.' cites claim 'size', which claims.toml"),
    ],
)
def test_each_fault_is_named_where_it_is(caption: Caption, says: str) -> None:
    assert says in said(script_of(caption))


def test_labels_may_cite_claims_too() -> None:
    script = script_of(Caption(0.0, "It is in."), tip=LabelText("Tip", "", ("level",)))
    assert cited_claims(script) == {"level"}
    assert "'Tip' cites claim 'level'" in said(script)


def with_description(script: Script, text: str) -> Script:
    return replace(script, beats=tuple(replace(beat, description=text) for beat in script.beats))


@pytest.mark.parametrize(
    ("description", "says"),
    [
        ("", "en/x.toml [one]: has no description"),
        ("It is so. " * 21, "[one]: the description takes 21.0 s to say at 180 words a minute"),
        ("The catheter is in.", "[one]: 'catheter' is not explained in the description 'The"),
        ("Catheterization necessitates it.", "en/x.toml: descriptions are too hard to read: Fl"),
    ],
)
def test_a_description_has_its_own_faults(description: str, says: str) -> None:
    script = with_description(script_of(Caption(0.0, "It is in.")), description)
    said_of = said(script)
    assert says in said_of and said_of.endswith("(wrong)")


def test_easy_captions_hide_no_hard_description() -> None:
    script = script_of(*(Caption(3.0 * n, "It is in.") for n in range(6)))
    hard = with_description(script, "Catheterization necessitates it.")
    assert "descriptions are too hard" in said(hard)


def test_another_language_waits_instead_and_names_what_it_lacks() -> None:
    script = replace(
        script_of(Caption(18.9, "Es así.")),
        language="es",
        words_path=Path("es/x.toml"),
        missing=("kicker",),
    )
    slow, lacks = findings(script)
    assert slow.where.startswith("es/x.toml")
    assert slow.what.endswith("the film waits for it") and not slow.broken
    assert lacks.what == "lacks kicker; it stays English" and lacks.broken


def test_a_language_without_a_file_is_one_fault_and_nothing_is_measured() -> None:
    script = replace(
        script_of(Caption(0.0, "Catheterization necessitates it.")),
        language="es",
        words_path=Path("es/x.toml"),
        missing=(EVERY_WORD,),
    )
    found = review(script, {}, GLOSSARY, NO_CLAIMS, wrap)
    assert found.figures == ()
    assert [each.what for each in found.findings] == ["there are no words; all stay English"]


def test_a_translation_names_the_same_parameters() -> None:
    english = script_of(Caption(0.0, "At {tip_level}."), tip=LabelText("Tip", "at {tip_level}"))
    described = with_description(english, "At {tip_level}.")
    same = script_of(Caption(0.0, "En {tip_level}."), tip=LabelText("Punta", "en {tip_level}"))
    other = script_of(Caption(0.0, "En T10."), tip=LabelText("Punta", "en {side}"))
    assert list(strayed(english, same)) == []
    assert [each.what for each in strayed(english, other)] == [
        "'En T10.' should name tip_level in braces",
        "'en {side}' should name tip_level in braces",
    ]
    (finding,) = strayed(described, english)
    assert finding.what == "'A dot is red.' should name tip_level in braces"


def test_a_term_is_explained_where_it_is_first_used() -> None:
    good = ["A thin tube, the catheter, goes in.", "The catheters stay."]
    assert list(unexplained(good, GLOSSARY)) == []
    assert [term for term, _ in unexplained(good[::-1], GLOSSARY)] == ["catheter"]
    assert list(unexplained(["A catheterization."], GLOSSARY)) == []


def test_a_glossary_entry_must_be_a_list(tmp_path: Path) -> None:
    file = tmp_path / "glossary.toml"
    file.write_text('[en]\ncatheter = "tube"\n', encoding="utf-8")
    with pytest.raises(ContentError, match=r"glossary\.toml:2: the words for catheter are 'tube'"):
        load_glossary(file, "en")
    assert load_glossary(file, "fr") == {}


def test_every_language_has_a_glossary(shipped: Project) -> None:
    for code in shipped.languages:
        assert load_glossary(shipped.glossary_file, code)
