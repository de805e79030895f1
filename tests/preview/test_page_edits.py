"""The preview's page: changing words, times, parameters and colours."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from spineanim.content.project import Project
from tests.browser.visitor import Visitor
from tests.preview.desk import Desk

pytestmark = [pytest.mark.render, pytest.mark.slow]

NAMED = 70
"""A frame that shows heading, label and caption of the beat `named`."""


@pytest.fixture
def script(shown: Project) -> Path:
    return shown.root / "assets" / "script" / "en" / "demo.toml"


@pytest.fixture
def values(shown: Project) -> Path:
    return shown.parameters_file


def test_a_word_is_tried_written_and_taken_back(desk: Desk, script: Path) -> None:
    desk.go(NAMED)
    old, text = desk.pixels(), script.read_text()
    box = desk.field("named.title")
    box.fill("A heading")
    desk.changes_from(old)
    assert script.read_text() == text, "it is only tried"
    box.press("Enter")
    desk.saved()
    assert script.read_text() == text.replace('"It is named"', '"A heading"')
    expect(desk.page.locator("#beat-now")).to_have_text("A heading")
    expect(box).to_be_focused()
    box.press("Control+z")
    expect(box).to_have_value("It is named")
    assert script.read_text() == text
    desk.wait(lambda: desk.pixels() == old)
    undo, redo = desk.page.locator("#undo"), desk.page.locator("#redo")
    redo.focus()
    redo.press("Enter")
    expect(box).to_have_value("A heading")
    desk.saved("Made again in")
    expect(undo).to_be_focused()  # as there is nothing more to redo
    for title in ("Another", "A third"):
        box.fill(title)
        box.press("Enter")
        desk.saved()
    box.press("Control+z")
    expect(box).to_have_value("Another")


def test_ctrl_z_in_a_field_first_takes_back_what_was_typed(desk: Desk, script: Path) -> None:
    desk.go(NAMED)
    text = script.read_text()
    box = desk.field("named.title")
    box.click()
    box.press("End")
    box.press_sequentially("!")
    box.press("Control+z")
    expect(box).to_have_value("It is named")
    assert script.read_text() == text


def test_what_is_given_up_is_not_seen_any_more(desk: Desk, script: Path) -> None:
    desk.go(NAMED)
    old, text = desk.pixels(), script.read_text()
    box = desk.field("named.title")
    box.fill("Something else")
    desk.changes_from(old)
    box.press("Escape")
    desk.wait(lambda: desk.pixels() == old)
    box.blur()
    assert script.read_text() == text


def test_words_follow_the_playhead_unless_they_are_pinned(desk: Desk) -> None:
    beat = desk.page.locator("#words-beat")
    desk.go(NAMED)
    expect(beat).to_have_text("It is named")
    desk.go(100)
    expect(beat).to_have_text("It comes nearer")
    desk.page.locator("#pin").click()
    desk.go(NAMED)
    expect(beat).to_have_text("It comes nearer")
    desk.page.locator("#pin").click()
    expect(beat).to_have_text("It is named")


def test_a_time_is_changed(desk: Desk, script: Path) -> None:
    desk.go(NAMED)
    box = desk.field("named.captions.1.at_s")
    box.fill("1.6")
    box.blur()
    desk.saved()
    assert 'at_s = 1.6, text = "The oval' in script.read_text()


def test_a_comma_in_a_number_is_a_point(desk: Desk, script: Path) -> None:
    desk.go(NAMED)
    box = desk.field("named.captions.1.at_s")
    box.select_text()
    desk.page.keyboard.type("1,7")
    desk.page.keyboard.press("Enter")
    desk.saved()
    assert 'at_s = 1.7, text = "The oval' in script.read_text()


def test_a_caption_says_how_long_it_is(desk: Desk) -> None:
    desk.go(NAMED)
    counter = desk.page.locator(".counter").nth(1)
    expect(counter).to_have_text("1 line · 28 of 37 letters")  # {tip_level} counts as T10
    desk.field("named.captions.1.text").fill("word " * 20)
    expect(counter).to_contain_text("longer than two lines")
    desk.field("named.captions.1.text").press("Escape")
    expect(counter).to_have_text("1 line · 28 of 37 letters")
    desk.field("named.captions.1.text").fill("It lies {pocket_depth_cm} cm below your skin.")
    expect(counter).to_have_text("1 line · 29 of 37 letters")  # it is no parameter, but 2
    desk.field("named.captions.1.text").press("Escape")


def test_a_choice_is_seen_and_reset(desk: Desk, values: Path) -> None:
    desk.go(NAMED)
    old = desk.pixels()
    desk.tab("parameters")
    desk.parameter("tip_level").select_option(label="T8")
    desk.saved()
    assert 'tip_level = "T8"' in values.read_text()
    desk.changes_from(old)
    desk.page.locator("[data-reset=tip_level]").click()
    desk.saved()
    assert "\ntip_level" not in values.read_text()
    expect(desk.parameter("tip_level")).to_have_value("3")
    expect(desk.parameter("tip_level")).to_be_focused()
    desk.wait(lambda: desk.pixels() == old)
    desk.page.keyboard.press("Control+z")  # the reset alone
    desk.wait(lambda: 'tip_level = "T8"' in values.read_text())
    expect(desk.parameter("tip_level")).not_to_have_value("3")


def test_a_gap_between_two_bones_is_shown_as_one_reads_it(desk: Desk, values: Path) -> None:
    desk.tab("parameters")
    entry = desk.page.locator("[data-entry=entry_level]")
    expect(entry.locator("option")).to_have_text(["L2–L3", "L3–L4", "L4–L5"])
    expect(entry.locator(".state")).to_have_text("default")
    desk.parameter("entry_level").select_option(label="L3–L4")
    desk.saved()
    assert 'entry_level = "L3_L4"' in values.read_text()
    expect(entry.locator(".state")).to_have_text("default L2–L3")
    expect(desk.parameter("tip_level").locator("option").nth(3)).to_have_text("T10")


def test_an_undo_that_is_forgotten_leaves_the_keyboard_on_a_control(
    desk: Desk, script: Path
) -> None:
    desk.go(NAMED)
    box = desk.field("named.title")
    box.fill("A heading")
    box.press("Enter")
    desk.saved()
    script.write_text(script.read_text().replace('"A heading"', '"Theirs"'))
    expect(box).to_have_value("Theirs")
    for choice in ("Leave it", "Forget this undo"):
        desk.page.locator("#undo").click()
        button = desk.page.locator("#saved button").filter(has_text=choice)
        button.focus()
        button.press("Enter")
        expect(desk.page.locator("#undo, #redo, #tab-words").and_(focused(desk))).to_be_enabled()
    desk.page.wait_for_timeout(300)  # until it is told what can be undone now
    expect(desk.page.locator("#undo, #redo, #tab-words").and_(focused(desk))).to_be_enabled()


def focused(desk: Desk) -> Locator:
    return desk.page.locator(":focus")


def test_captions_that_are_not_in_the_picture_lie_over_it(desk: Desk) -> None:
    desk.go(NAMED)
    over = desk.page.locator("#caption-overlay")
    expect(over).to_be_hidden()
    desk.tab("parameters")
    desk.parameter("captions").select_option(label="beside")
    expect(over).to_have_text("The oval gets a name at T10.")
    desk.page.locator("#captions").click()
    expect(over).to_be_hidden()


def test_steps_of_a_slider_are_one_change(desk: Desk, values: Path) -> None:
    desk.tab("parameters")
    text = values.read_text()
    slider = desk.parameter("trial_days", "input[type=range]")
    slider.focus()
    for _ in range(3):
        slider.press("ArrowRight")
    desk.wait(lambda: "trial_days = 6" in values.read_text())
    expect(desk.parameter("trial_days", "input[type=number]")).to_have_value("6")
    desk.wait(lambda: desk.page.locator("#undo").is_enabled())
    desk.page.locator("#undo").click()
    expect(desk.page.locator("#saved[data-kind=good]")).to_contain_text("Taken back in")
    expect(slider).to_have_value("3")
    assert values.read_text() == text
    assert desk.page.locator(".refusal:not(:empty)").count() == 0


def test_a_colour_is_tried_with_its_contrast_and_written(desk: Desk, shown: Project) -> None:
    desk.go(NAMED)
    old, text = desk.pixels(), shown.theme_file.read_text()
    desk.tab("colors")
    color = desk.page.locator("[data-token='ink.title']")
    assert color.locator(".passes").count() == 3
    desk.page.locator("[data-color='ink.title']").evaluate(
        """picker => {
            picker.value = "#d8a0a0";
            picker.dispatchEvent(new Event("input", { bubbles: true }));
        }"""
    )
    assert color.locator(".fails").count() == 3
    desk.changes_from(old)
    assert shown.theme_file.read_text() == text
    digits = desk.page.locator("[data-hex='ink.title']")
    expect(digits).to_have_value("#D8A0A0")
    digits.fill("#036")
    digits.press("Enter")
    desk.saved()
    assert shown.theme_file.read_text() == text.replace('title = "#14303D"', 'title = "#003366"')


def test_what_is_impossible_is_said_at_its_field(desk: Desk, script: Path) -> None:
    desk.go(NAMED)
    saved = desk.page.locator("#saved")
    desk.field("named.title").fill("A heading")
    desk.field("named.title").press("Enter")
    expect(saved).to_contain_text("Saved in")
    text = script.read_text()
    box = desk.field("named.steps_s.oval_is_named.1")
    box.fill("99")
    box.blur()
    refusal = desk.page.locator(".step .refusal:not(:empty)")
    expect(refusal).to_contain_text("oval_is_named")
    expect(refusal).to_contain_text("; ")  # the reason, then what to do
    expect(saved).to_be_hidden()
    expect(box).to_have_attribute("aria-invalid", "true")
    assert script.read_text() == text
    box.fill("1.53")
    expect(refusal).to_have_count(0)
    box.blur()
    assert script.read_text() == text


def test_a_name_that_is_not_there_is_said_first_at_its_field(desk: Desk, script: Path) -> None:
    desk.go(NAMED)
    text = script.read_text()
    box = desk.field("named.captions.1.text")
    box.fill("It gets a name at {tip_levle}.")
    refusal = desk.page.locator(".caption .refusal:not(:empty)")
    said = re.compile(r"^there is no \{tip_levle\}; use one of \{battery_years\}, .*\{tip_level\}")
    expect(refusal).to_have_text(said)  # while it is only tried
    box.fill("It gets a name at {tip_lvl}.")
    box.press("Control+Enter")
    expect(refusal).to_have_text(re.compile(r"^there is no \{tip_lvl\}; use one of "))
    assert script.read_text() == text
    box.press("Escape")
    expect(refusal).to_have_count(0)


@pytest.mark.parametrize("choice", ["theirs", "mine"])
def test_a_change_by_others_is_noticed(desk: Desk, values: Path, choice: str) -> None:
    desk.tab("parameters")
    box = desk.parameter("practice_name")
    box.fill("Mine")
    values.write_text(values.read_text().replace('practice_name = ""', 'practice_name = "Theirs"'))
    expect(box).to_have_value("Mine")
    box.press("Enter")
    refusal = desk.page.locator("[data-entry=practice_name] .refusal")
    expect(refusal).to_contain_text("“Theirs”")
    expect(refusal).to_contain_text("“Mine”")
    assert '"Theirs"' in values.read_text()
    desk.page.locator(f"[data-choose={choice}]").click()
    expect(refusal).to_be_empty()
    expect(box).to_be_focused()
    expect(box).to_have_value("Theirs" if choice == "theirs" else "Mine")
    desk.wait(lambda: f'practice_name = "{box.input_value()}"' in values.read_text())


def test_two_windows_see_each_others_changes(desks: Visitor, script: Path) -> None:
    one, two = Desk.opened(desks), Desk.opened(desks)
    for each in (one, two):
        each.go(NAMED)
    old = two.pixels()
    writing = two.field("named.labels.oval.text")
    writing.fill("Egg")
    one.field("named.title").fill("Seen by both")
    one.field("named.title").press("Enter")
    expect(two.field("named.title")).to_have_value("Seen by both")
    two.changes_from(old)
    expect(writing).to_have_value("Egg")
    writing.press("Enter")
    expect(one.field("named.labels.oval.text")).to_have_value("Egg")
    text = script.read_text()
    assert '"Seen by both"' in text and '"Egg"' in text


def test_a_broken_file_is_said_and_the_picture_stays(desk: Desk, script: Path) -> None:
    desk.go(NAMED)
    old, text = desk.pixels(), script.read_text()
    script.write_text(text.replace("lasts_s = 2.5", "lasts_s = "))
    trouble = desk.page.locator("#trouble")
    expect(trouble).to_be_visible()
    expect(trouble.locator("code")).to_have_text("assets/script/en/demo.toml:9")
    expect(trouble.locator("strong")).not_to_contain_text("demo.toml")  # as it is said once
    assert desk.pixels() == old
    desk.go(60)
    script.write_text(text.replace('"It is named"', '"It is mended"'))
    expect(trouble).to_be_hidden()
    expect(desk.page.locator("#beat-now")).to_have_text("It is mended")
    assert desk.at == 60
