"""One list of parameters: what it allows, what it refuses, how it is said."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest

from spineanim.content.parameter_kinds import Number
from spineanim.content.parameters import DEFINITIONS, load_parameters
from spineanim.content.possible import contradictions
from spineanim.content.project import Project
from spineanim.content.settings import load_settings
from spineanim.content.words import named_in, spoken
from spineanim.errors import ContentError, ParameterError, SpineanimError
from spineanim.geometry.facts import find_violations
from spineanim.geometry.params import STANDING, Alignment, Anatomy

RANGES = {each.name: each.kind.limits for each in DEFINITIONS if isinstance(each.kind, Number)}


def written(project: Project, text: str) -> Project:
    project.parameters_file.write_text(text, encoding="utf-8")
    return project


def test_an_empty_file_is_the_default_and_so_is_the_shipped_one(
    demo: Project, shipped: Project
) -> None:
    shipped_ones = load_parameters(shipped)
    assert load_parameters(written(demo, "")) == shipped_ones
    assert shipped_ones.anatomy.alignment == STANDING


@pytest.mark.parametrize("each", DEFINITIONS, ids=lambda each: each.name)
def test_every_default_is_allowed_and_every_parameter_explained(
    each: object, shipped: Project
) -> None:
    definition = next(one for one in DEFINITIONS if one is each)
    assert definition.meaning
    assert definition.kind.allowed(shipped)
    if definition.default is None:
        assert definition.follows in {one.name for one in DEFINITIONS}
    else:
        found = definition.kind.check(definition.name, definition.default, shipped)
        assert found == definition.default


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('sid = "left"', ":1: unknown parameter 'sid'; did you mean side?"),
        ('\nside = "lef"', ":2: side is 'lef'; use one of left, right; did you mean left?"),
        ("pump_ml = 30", ":1: pump_ml is 30; use one of 20, 40"),
        ("pump_ml = true", "pump_ml is True"),
        ("trial_days = 2.5", "trial_days is 2.5; write a whole number, 2 to 10 days"),
        ("trial_days = 1", "trial_days is 1 days; use 2 to 10 days"),
        ("pelvic_incidence_deg = nan", "pelvic_incidence_deg is nan degrees; use 35 to 75"),
        ('thoracic_kyphosis_deg = "x"', "write a number, 20 to 60 degrees"),
        ('skin_tone = "dep"', "use one of light, medium, brown, deep; did you mean deep?"),
        ('battery_years = ""', "battery_years is ''; write words"),
        ('battery_years = { Es = "a" }', "battery_years has words in 'Es'; name languages as en"),
        ("practice_name = 7", "practice_name is 7; write one line"),
        ('logo = "none.svg"', "but there is no such picture"),
        ('logo = "../theme.toml"', "but there is no such picture"),
        ('captions = "none"', "use one of burned, beside"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(demo: Project, text: str, says: str) -> None:
    with pytest.raises(ContentError) as caught:
        load_parameters(written(demo, text))
    assert str(caught.value).startswith(f"{demo.parameters_file}:")
    assert says in str(caught.value)


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("tip", "T8", "--set tip=T8: unknown parameter 'tip'; did you mean"),
        ("tip_level", "L4", "--set tip_level=L4: tip_level is 'L4'; use one of T7"),
        ("pump_ml", "forty", "--set pump_ml=forty: pump_ml is 'forty'"),
        ("trial_days", "a", "--set trial_days=a: trial_days is 'a'; write a whole number"),
        ("lumbar_lordosis_deg", "90", "use 30 to 74 degrees"),
    ],
)
def test_a_change_that_cannot_be_is_named(
    shipped: Project, name: str, value: str, says: str
) -> None:
    with pytest.raises(ParameterError) as caught:
        load_parameters(shipped, {name: value})
    assert says in str(caught.value)


def test_changes_go_before_the_file(shipped: Project) -> None:
    changed = load_parameters(
        shipped,
        {"side": "right", "pump_ml": "20", "trial_days": "5", "captions": "beside"},
    )
    assert changed.anatomy.side == "right"
    assert changed.pump.reservoir_ml == 20.0
    assert (changed.trial_days, changed.captions) == (5, "beside")


def test_lordosis_and_slope_follow_the_pelvis(shipped: Project) -> None:
    found = load_parameters(shipped, {"pelvic_incidence_deg": "60"}).anatomy.alignment
    assert found == Alignment.from_pelvic_incidence(60.0)
    given = {"pelvic_incidence_deg": "60", "lumbar_lordosis_deg": "50"}
    assert load_parameters(shipped, given).anatomy.alignment == replace(
        found, lumbar_lordosis_deg=50.0
    )


def test_a_logo_must_be_a_picture_in_the_artwork(demo: Project) -> None:
    demo.artwork.mkdir()
    (demo.artwork / "logo.svg").write_text("<svg/>", encoding="utf-8")
    logo = load_parameters(demo, {"logo": "logo.svg"}).logo
    assert logo is not None and logo.file == demo.artwork / "logo.svg"


def test_a_skin_tone_changes_the_theme(demo: Project) -> None:
    skins = {
        load_settings("demo", demo, overrides={"skin_tone": tone}).theme.color("skin.base")
        for tone in ("light", "medium", "brown", "deep")
    }
    assert len(skins) == 4


# -- what does not fit together ----------------------------------------------------------------


def test_a_person_who_could_not_stand_is_refused_with_the_reason(shipped: Project) -> None:
    with pytest.raises(ParameterError) as caught:
        load_settings(
            "pump",
            shipped,
            overrides={"pelvic_incidence_deg": "36", "lumbar_lordosis_deg": "74"},
        )
    line = str(caught.value)
    assert "anatomy.toml --set pelvic_incidence_deg=36 --set lumbar_lordosis_deg=74: " in line
    assert "nobody stands: the neck would lie 1" in line
    assert "behind the sacrum" in line


def test_what_the_facts_say_of_the_implant_is_refused(
    shipped: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    from spineanim.content import possible

    monkeypatch.setattr(possible, "CHECKS", (lambda case: iter(["The pump floats."]),))
    with pytest.raises(ParameterError, match="do not fit together: The pump floats; "):
        possible.refuse_impossible(Anatomy(tip_level="T9"), load_parameters(shipped).pump, "here")
    contradictions.cache_clear()


@pytest.mark.parametrize("incidence_deg", [35.0, 52.0, 75.0])
@pytest.mark.parametrize("kyphosis_deg", [20.0, 60.0])
def test_every_pelvis_and_chest_goes_with_the_curve_that_follows(
    incidence_deg: float, kyphosis_deg: float, shipped: Project
) -> None:
    found = load_parameters(
        shipped,
        {
            "pelvic_incidence_deg": str(incidence_deg),
            "thoracic_kyphosis_deg": str(kyphosis_deg),
        },
    )
    assert contradictions(found.anatomy, found.pump) == ()


@pytest.mark.slow
def test_facts_of_the_column_hold_in_all_corners_of_the_ranges(shipped: Project) -> None:
    names = ("pelvic_incidence_deg", "lumbar_lordosis_deg", "thoracic_kyphosis_deg")
    for ends in product(*((RANGES[name].low, RANGES[name].high) for name in names)):
        found = load_parameters(shipped, {n: str(v) for n, v in zip(names, ends, strict=True)})
        assert find_violations(found.anatomy, found.pump) == [], ends


# -- words -------------------------------------------------------------------------------------


def test_parameters_are_said_in_each_language(shipped: Project) -> None:
    changed = load_parameters(shipped, {"side": "right", "trial_days": "5", "entry_level": "L3_L4"})
    english, spanish = (spoken(changed, shipped, code) for code in ("en", "es"))
    assert english.missing == spanish.missing == ()
    assert english.words["side"] == "right"
    assert spanish.words["side"] == "derecho"
    assert [each.words["trial_days"] for each in (english, spanish)] == ["five", "cinco"]
    assert spanish.words["battery_years"] == "de tres a cinco años"
    assert english.words["entry_level"] == "L3–L4"


def test_every_number_of_days_has_a_word_in_every_language(shipped: Project) -> None:
    limits = RANGES["trial_days"]
    for days, code in product(range(int(limits.low), int(limits.high) + 1), shipped.languages):
        found = spoken(load_parameters(shipped, {"trial_days": str(days)}), shipped, code)
        assert found.missing == ()


def test_a_statement_in_english_alone_stays_english_and_is_named(demo: Project) -> None:
    (demo.assets / "script" / "es").mkdir()
    found = load_parameters(written(demo, 'battery_years = "five years"'))
    say = spoken(found, demo, "es")
    assert say.words["battery_years"] == "five years"
    assert say.missing == ("battery_years",)
    changed = load_parameters(demo, {"battery_years": "cinco años"})
    assert spoken(changed, demo, "es").missing == ()


def test_only_words_that_the_script_uses_are_missed(demo: Project) -> None:
    folder = demo.assets / "script" / "fr"
    folder.mkdir()
    text = demo.script_file("demo").read_text(encoding="utf-8")
    assert not any("{side}" in line for line in text.splitlines())
    (folder / "demo.toml").write_text('kicker = "{side}"', encoding="utf-8")
    missing = load_settings("demo", demo, "fr").script.missing
    assert "{side}" in missing
    assert "{trial_days}" not in missing


def test_an_english_word_that_is_not_there_is_an_error(demo: Project) -> None:
    demo.words_file.write_text("[en.side]\nleft = 'left'\n", encoding="utf-8")
    with pytest.raises(SpineanimError, match=r"words.toml.*no word for '3' in \[en.number\]"):
        spoken(load_parameters(demo), demo)


def test_names_in_braces_are_found() -> None:
    assert named_in("at {tip_level}, {side}") == {"tip_level", "side"}
    assert named_in("none {") == set()


def test_paths_are_of_the_project(shipped: Project) -> None:
    assert shipped.words_file == Path(shipped.root) / "assets" / "words.toml"
