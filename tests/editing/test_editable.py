"""What the panels show is what the files hold, and each entry can be changed by its path."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from spineanim.content.project import Project
from spineanim.editing.change import Change, change_from
from spineanim.editing.editable import GROUNDS, colors, parameters
from spineanim.editing.history import History
from spineanim.editing.keys import Plain
from spineanim.editing.words import Field, words

ROOT = Path(__file__).parents[2]


def test_parameters_have_range_unit_step_default_and_place(project: Project) -> None:
    found = {each.name: each for each in parameters(project)}
    pelvis = found["pelvic_incidence_deg"]
    assert (pelvis.kind, pelvis.low, pelvis.high, pelvis.unit) == ("number", 35, 75, "degrees")
    assert (pelvis.step, pelvis.whole, pelvis.default, pelvis.now) == (1.0, False, 52.0, 52.0)
    assert pelvis.where == "assets/anatomy.toml:12"
    assert pelvis.entries[0].path == ("pelvic_incidence_deg",)
    days = found["trial_days"]
    assert (days.step, days.whole) == (1.0, True)
    lordosis = found["lumbar_lordosis_deg"]
    assert lordosis.where == "" and lordosis.entries[0].value is None
    assert isinstance(lordosis.now, float) and lordosis.follows == "pelvic_incidence_deg"
    assert found["skin_tone"].options == ("light",)
    assert found["pump_ml"].options == (20, 40)
    assert [each.path for each in found["battery_years"].entries] == [
        ("battery_years", "en"),
        ("battery_years", "es"),
    ]


def test_colours_say_what_they_are_for_and_stand_out(project: Project) -> None:
    found = {each.token: each for each in colors(project)}
    ink = found["ink.title"]
    assert (ink.value, ink.texts, ink.about) == ("#14303D", ("title",), "headings")
    assert list(ink.contrasts) == list(GROUNDS)
    assert ink.contrasts["panel.fill"] == pytest.approx(13.7, abs=0.3)
    assert found["background.top"].about == "What words stand on." and not ink.skin_tone
    assert found["panel.fill"].contrasts == {}
    skin = found["skin.base"]
    assert skin.skin_tone == "light"
    assert skin.entry.path == ("skin_tones", "light", "skin", "base")


def test_a_change_of_any_colour_is_seen(project: Project) -> None:
    """The skin's own colours are those of the chosen tone: only there a change shows."""
    history = History(project)
    for each in colors(project):
        history.make([Change(each.entry.file, each.entry.path, "#123456", each.entry.value)])
    assert {each.value for each in colors(project)} == {"#123456"}


def test_words_come_with_times_in_english_alone(project: Project) -> None:
    card, named, nearer = words(project, "demo", "en")
    assert [each.path for each in card.fields] == [
        ("title",),
        ("kicker",),
        ("summary",),
        ("title_card_s",),
    ]
    by_path = {each.path: each for each in named.fields}
    second = by_path["named", "captions", 1, "at_s"]
    assert (second.kind, second.value, second.low_s, second.high_s) == ("seconds", 1.4, 0.2, 2.5)
    end = by_path["named", "steps_s", "oval_is_named", 1]
    assert (end.value, end.low_s, end.high_s) == (1.53, 1.0, 2.5)
    assert by_path["named", "lasts_s"].low_s == 2.0
    assert by_path["named", "labels", "oval", "detail"].value == "at {tip_level}"
    assert nearer.fields[1].path == ("nearer", "description") and nearer.fields[1].value is None
    spanish = words(project, "demo", "es")
    assert not [each for beat in spanish for each in beat.fields if each.kind == "seconds"]
    by_path = {each.path: each for each in spanish[1].fields}
    assert by_path["named", "captions", 1].value == "Tiene un nombre en {tip_level}."
    assert by_path["named", "labels", "oval", "text"].value is None
    assert by_path["named", "labels", "oval", "text"].english == "Oval"


def _other(field: Field) -> Plain:
    if field.kind == "texts":
        assert isinstance(field.english, list)
        return [f"{each}!" for each in field.english]
    if field.kind == "text":
        return f"{field.value or field.english or 'New words'}!"
    assert isinstance(field.value, float) and field.low_s is not None
    return round((field.value + field.low_s) / 2 + 0.01, 3)


@pytest.mark.parametrize("has_file", [True, False])
def test_every_field_can_be_written_and_undone(project: Project, has_file: bool) -> None:
    if not has_file:
        project.script_file("demo", "es").unlink()
    files = {each: each.read_bytes() for each in project.assets.rglob("*.toml")}
    history = History(project)
    written: dict[tuple[str, object], Plain] = {}
    for language in ("en", "es"):
        for beat in words(project, "demo", language):
            for field in beat.fields:
                raw = asdict(replace(field)) | {"value": _other(field), "before": field.value}
                change = change_from(json.loads(json.dumps(raw)))
                try:
                    history.make([change])
                except Exception as error:  # times are bounded by one another
                    assert field.kind == "seconds" and "lasts_s" in str(field.path), error
                else:
                    written[field.file, field.path] = _other(field)
    now = {
        (each.file, each.path): each.value
        for language in ("en", "es")
        for beat in words(project, "demo", language)
        for each in beat.fields
    }
    assert {key: now[key] for key in written if key in now} == {
        key: value for key, value in written.items() if key in now
    }
    assert len(written) > 30
    while history.can_undo:
        history.undo()
    assert {each: each.read_bytes() for each in project.assets.rglob("*.toml")} == files


def test_every_scene_of_the_project_has_its_words(shipped: Project) -> None:
    for language in shipped.languages:
        fields = [each for beat in words(shipped, "pump", language) for each in beat.fields]
        missing = [each.path for each in fields if each.value is None and each.english]
        assert len(fields) > 60 and missing == []
    assert len(colors(shipped)) > 100 and len(parameters(shipped)) == 14
