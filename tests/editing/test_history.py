"""Changes are written whole, undone to the byte, and never over somebody else's."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from spineanim.content.project import Project
from spineanim.editing import files
from spineanim.editing.change import Change, change_from
from spineanim.editing.history import History
from spineanim.editing.trouble import ConflictError, EditError
from spineanim.errors import ContentError, OutputError, SpineanimError

THEME = "assets/theme.toml"
ENGLISH = "assets/script/en/demo.toml"
SPANISH = "assets/script/es/demo.toml"
ANATOMY = "assets/anatomy.toml"
INK = ("color", "ink", "title")


def _ink(value: str, before: str = "#14303D") -> Change:
    return Change(THEME, INK, value, before)


def _outside(project: Project, file: str, old: str, new: str) -> None:
    path = project.root / file
    data = path.read_bytes()
    assert data.count(old.encode()) == 1
    path.write_bytes(data.replace(old.encode(), new.encode()))


def _bytes(project: Project) -> dict[str, bytes]:
    return {
        each.relative_to(project.root).as_posix(): each.read_bytes()
        for each in sorted(project.assets.rglob("*"))
        if each.is_file()
    }


def test_a_change_is_written_undone_and_made_again(project: Project) -> None:
    start = _bytes(project)
    history = History(project)
    assert not history.can_undo and not history.can_redo
    done = history.make([_ink("#FF0000"), Change(ENGLISH, ("named", "lasts_s"), 3, 2.5)])
    assert done.files == (THEME, ENGLISH) and not done.merged
    after = _bytes(project)
    assert b'title = "#FF0000"   # headings' in after[THEME]
    assert b"lasts_s = 3.0\n" in after[ENGLISH]
    assert {name for name in after if after[name] != start[name]} == {THEME, ENGLISH}
    history.undo()
    assert _bytes(project) == start
    assert history.can_redo
    history.redo()
    assert _bytes(project) == after


def test_the_drag_of_a_slider_is_one_step(project: Project) -> None:
    start = _bytes(project)
    history = History(project)
    path, before = ("named", "lasts_s"), 2.5
    for value in (2.6, 2.7000000000000002, 2.8):
        history.make([Change(ENGLISH, path, value, before)], group="drag 1")
        before = value
    history.make([_ink("#FF0000")], group="drag 2")
    assert b"lasts_s = 2.8\n" in _bytes(project)[ENGLISH]
    history.undo()
    assert b"lasts_s = 2.8\n" in _bytes(project)[ENGLISH]
    history.undo()
    assert _bytes(project) == start and not history.can_undo
    history.redo()
    assert b"lasts_s = 2.8\n" in _bytes(project)[ENGLISH]


def test_a_drag_with_an_outside_edit_in_it_gives_the_edit_back_by_no_undo(project: Project) -> None:
    history = History(project)
    history.make([_ink("#FF0000")], group="drag")
    _outside(project, THEME, "# What words stand on.", "# Somebody wrote this.")
    history.seen(THEME)
    history.make([_ink("#FF1100", "#FF0000")], group="drag")
    history.undo()
    history.undo()
    assert "# Somebody wrote this." in (project.root / THEME).read_text()
    assert 'title = "#14303D"' in (project.root / THEME).read_text()


def test_an_impossible_value_is_refused_with_the_loaders_sentence(project: Project) -> None:
    start = _bytes(project)
    history = History(project)
    for change, sentence in (
        (_ink("red"), f"{project.theme_file}:3: 'red' is no colour (ink.title)"),
        (
            Change(ENGLISH, ("named", "captions", 0, "at_s"), 2.4, 0.2),
            f"{project.script_file('demo')}:10: caption at 1.4 s of beat named is out of order",
        ),
        (
            Change(ENGLISH, ("named", "title"), "at {tip}", "It is named"),
            f"{project.script_file('demo')}:7: there is no {{tip}}; use one of {{battery_years}}, ",
        ),
        (Change(ENGLISH, ("named", "title"), None, "It is named"), "named.title is missing"),
        (Change(SPANISH, ("named", "lasts_s"), 3.0, None), "seconds stand in the English script"),
        (Change(ANATOMY, ("trial_days",), 11, 3), "trial_days is 11 days; use 2 to 10 days"),
        (Change(ANATOMY, ("trial_days",), 3.5, 3), "trial_days is 3.5; write a whole number"),
        (Change(ANATOMY, ("trial_dayz",), 3, None), "did you mean trial_days?"),
        (Change(ANATOMY, ("logo",), "a\0b", ""), "logo is 'a\\x00b'"),
        (Change(ANATOMY, ("pelvic_incidence_deg",), 10**400, 52.0), "too large"),
        (Change(ANATOMY, ("trial_days",), 10**400, 3), "write a whole number, 2 to 10"),
        (Change(ANATOMY, ("pelvic_incidence_deg",), float("nan"), 52.0), "cannot be changed"),
        (
            Change(THEME, ("skin_tones", "light", "skin", "base"), None, "#E2B79F"),
            f"{project.parameters_file}:11: skin_tone is 'light'",
        ),
        (Change(THEME, ("skin_tones", "light"), "pale", None), "skin_tones.light was changed"),
        (Change(THEME, ("skin_tones", "pale"), "pale", None), "skin_tones.pale cannot be changed"),
        (
            Change(THEME, ("skin_tones", "pale", "skin"), "x", None),
            "skin_tones.pale.skin cannot be changed",
        ),
    ):
        with pytest.raises(SpineanimError) as refusal:
            history.make([_ink("#FF0000"), change] if change.path != INK else [change])
        assert sentence in str(refusal.value), change
        assert "spineanim-trial" not in str(refusal.value)
    assert _bytes(project) == start and not history.can_undo


def test_a_change_to_the_english_script_may_not_break_a_translation(project: Project) -> None:
    history = History(project)
    path = ("named", "captions")
    one = [{"at_s": 0.2, "text": "An oval."}]
    before = [
        {"at_s": 0.2, "text": "An oval & a square."},
        {"at_s": 1.4, "text": "The oval gets a name at {tip_level}."},
    ]
    change = Change(ENGLISH, path, one, before)  # type: ignore[arg-type]
    with pytest.raises(ContentError, match="has 2 captions, in English 1"):
        history.make([change])
    _outside(project, SPANISH, "Este es", "Este {es")  # it was wrong before: not our doing
    history.make([change])
    assert 'captions = [\n  { at_s = 0.2, text = "An oval." },\n]\n' in (
        project.script_file("demo").read_text()
    )


def test_an_outside_edit_elsewhere_in_the_file_stands(project: Project) -> None:
    history = History(project)
    history.seen(THEME)
    _outside(project, THEME, '"#F6F9FA"', '"#000000" # dark')
    assert history.make([_ink("#FF0000")]).merged == (THEME,)
    text = (project.root / THEME).read_text()
    assert '"#000000" # dark' in text and '"#FF0000"' in text
    _outside(project, THEME, "# headings", "# all headings")
    assert history.undo().merged == (THEME,)
    text = (project.root / THEME).read_text()
    assert 'title = "#14303D"   # all headings' in text and '"#000000" # dark' in text


def test_an_outside_edit_of_the_same_entry_is_a_conflict(project: Project) -> None:
    history = History(project)
    _outside(project, THEME, '"#14303D"', '"#123456"')
    with pytest.raises(ConflictError) as conflict:
        history.make([_ink("#FF0000")])
    assert (conflict.value.there, conflict.value.mine, conflict.value.before) == (
        "#123456",
        "#FF0000",
        "#14303D",
    )
    assert (conflict.value.file, conflict.value.path) == (THEME, INK)
    assert "color.ink.title was changed by somebody else" in str(conflict.value)
    assert '"#123456"' in (project.root / THEME).read_text()


def test_an_undo_is_no_excuse_either(project: Project) -> None:
    history = History(project)
    history.make([_ink("#FF0000")])
    history.make([Change(ENGLISH, ("title",), "New", "A demonstration")])
    _outside(project, THEME, '"#FF0000"', '"#123456"')
    history.undo()
    with pytest.raises(ConflictError):
        history.undo()
    assert '"#123456"' in (project.root / THEME).read_text()
    assert history.can_undo and history.can_redo
    history.forget()
    assert not history.can_undo


def test_an_undo_after_somebody_has_set_it_back_already(project: Project) -> None:
    history = History(project)
    history.make([_ink("#FF0000")])
    _outside(project, THEME, '"#FF0000"', '"#14303D"')
    assert history.undo().files == ()
    history.redo()
    assert '"#FF0000"' in (project.root / THEME).read_text()


def test_what_is_so_already_makes_no_step(project: Project) -> None:
    history = History(project)
    assert history.make([_ink("#14303D", "#000000")]).files == ()
    assert not history.can_undo


def test_a_malformed_file_is_left_alone(project: Project) -> None:
    _outside(project, THEME, "[color.ink]", "[color.ink")
    start = _bytes(project)
    with pytest.raises(ContentError, match="this heading has no ]"):
        History(project).make([_ink("#FF0000")])
    assert _bytes(project) == start


def test_a_translation_is_begun_and_taken_away_again(project: Project) -> None:
    project.script_file("demo", "es").unlink()
    history = History(project)
    history.make([Change(SPANISH, ("nearer", "title"), "Más cerca", None)])
    assert (project.root / SPANISH).read_text() == '[nearer]\ntitle = "Más cerca"\n'
    history.undo()
    assert not (project.root / SPANISH).exists()
    history.redo()
    assert (project.root / SPANISH).exists()


def test_line_ends_mode_and_links_within_the_project_are_kept(project: Project) -> None:
    path = project.script_file("demo")
    kept = project.root / "shared.toml"
    path.rename(kept)
    kept.write_bytes(kept.read_bytes().replace(b"\n", b"\r\n"))
    kept.chmod(0o640)
    path.symlink_to(kept)
    start = kept.read_bytes()
    history = History(project)
    history.make(
        [
            Change(ENGLISH, ("nearer", "description"), "It grows.", None),
            Change(ENGLISH, ("title",), "Other", "A demonstration"),
        ]
    )
    data = kept.read_bytes()
    assert b'title = "It comes nearer"\r\ndescription = "It grows."\r\n' in data
    assert data.count(b"\n") == data.count(b"\r\n")
    assert path.is_symlink() and stat.S_IMODE(kept.stat().st_mode) == 0o640
    history.undo()
    assert kept.read_bytes() == start


def test_no_other_file_can_be_reached(
    project: Project, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "theme.toml"
    project.theme_file.rename(elsewhere)
    project.theme_file.symlink_to(elsewhere)
    history = History(project)
    with pytest.raises(EditError, match="leads out of the project"):
        history.make([_ink("#FF0000")])
    for file in (
        "../theme.toml",
        str(elsewhere),
        "assets/words.toml",
        "assets/script/en/../en/demo.toml",
        "",
    ):
        with pytest.raises(EditError, match="cannot be edited here"):
            history.make([Change(file, ("a",), 1, None)])


def test_a_file_changed_while_it_is_written_is_read_again(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = files._written_aside
    calls: list[str] = []

    def slow(source: files.Source) -> Path:
        if not calls:
            _outside(project, THEME, '"#F6F9FA"', '"#000000"')
        calls.append(source.file)
        return real(source)

    monkeypatch.setattr(files, "_written_aside", slow)
    History(project).make([_ink("#FF0000")])
    text = (project.root / THEME).read_text()
    assert '"#000000"' in text and '"#FF0000"' in text and len(calls) == 2


def test_of_two_files_both_are_written_or_none(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    start, real = _bytes(project), files._move

    def full(source: files.Source, aside: Path) -> None:
        if source.file == ENGLISH:
            raise OSError(28, "No space left on device")
        real(source, aside)

    monkeypatch.setattr(files, "_move", full)
    with pytest.raises(OutputError, match="the disk is full"):
        History(project).make(
            [_ink("#FF0000"), Change(ENGLISH, ("title",), "X", "A demonstration")]
        )
    assert _bytes(project) == start


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_to_is_said(project: Project) -> None:
    project.assets.chmod(0o500)
    with pytest.raises(OutputError, match="cannot write to"):
        History(project).make([_ink("#FF0000")])


@pytest.mark.parametrize(
    "raw",
    [
        None,
        [],
        {"file": 1, "path": ["a"]},
        {"file": THEME, "path": []},
        {"file": THEME, "path": "color"},
        {"file": THEME, "path": [True]},
        {"file": THEME, "path": ["a"] * 9},
        {"file": THEME, "path": ["a"], "value": "\ud800"},
        {"file": THEME, "path": ["a"], "value": {"\ud800": 1}},
        {"file": THEME, "path": ["a"], "value": [[[[[[[[[[1]]]]]]]]]]},
    ],
)
def test_json_that_is_no_change_is_refused(raw: object) -> None:
    with pytest.raises(EditError):
        change_from(raw)


def test_json_that_is_a_change_is_read() -> None:
    raw = {"file": THEME, "path": ["a", 1], "value": {"b": [1]}, "before": None}
    assert change_from(raw) == Change(THEME, ("a", 1), {"b": [1]}, None)
