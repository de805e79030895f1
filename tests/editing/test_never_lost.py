"""Whatever happens in whatever order, nobody's edit is lost and every file loads."""

from __future__ import annotations

import tempfile
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spineanim.content.parameters import load_parameters
from spineanim.content.project import Project
from spineanim.content.settings import script_in
from spineanim.content.theme import load_theme
from spineanim.editing.change import Change
from spineanim.editing.history import History
from spineanim.editing.keys import KeyPath, value_at
from spineanim.editing.trial import Trial
from spineanim.editing.trouble import ConflictError, EditError
from spineanim.errors import SpineanimError
from tests.editing.conftest import small_project

THEME = "assets/theme.toml"
ENGLISH = "assets/script/en/demo.toml"
SPANISH = "assets/script/es/demo.toml"
ANATOMY = "assets/anatomy.toml"
ENTRIES: tuple[tuple[str, KeyPath], ...] = (
    (THEME, ("color", "ink", "title")),
    (THEME, ("color", "ink", "label")),
    (ENGLISH, ("title",)),
    (ENGLISH, ("named", "captions", 0, "text")),
    (SPANISH, ("named", "title")),
    (ENGLISH, ("nearer", "description")),  # these two are not there yet
    (SPANISH, ("nearer", "title")),
)
"""What the two of them edit."""


class Desk:
    """Somebody at the panels, somebody else with a text editor, and what must not be lost."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.history = History(project)
        self.start = {file: self._path(file).read_bytes() for file in (THEME, ENGLISH, SPANISH)}
        self.shown = {entry: self.value(entry) for entry in ENTRIES}
        self.theirs: dict[tuple[str, KeyPath], Any] = {}
        self.edits = 0

    def _path(self, file: str) -> Path:
        return self.project.root / file

    def value(self, entry: tuple[str, KeyPath]) -> Any:  # noqa: ANN401 (what TOML holds)
        file, path = entry
        return value_at(tomllib.loads(self._path(file).read_text("utf-8")), path)

    def _fresh(self, entry: tuple[str, KeyPath]) -> str:
        self.edits += 1
        return f"#{self.edits:06X}" if entry[0] == THEME else f"words {self.edits}"

    def look(self) -> None:
        self.shown = {entry: self.value(entry) for entry in ENTRIES}

    def make(self, entry: tuple[str, KeyPath], group: str) -> None:
        """Change an entry; it goes through just if the panel shows what the file holds."""
        value, shown, there = self._fresh(entry), self.shown[entry], self.value(entry)
        try:
            self.history.make([Change(*entry, value, shown)], group)
        except ConflictError:
            assert there != shown
            self.shown[entry] = there
            return
        assert there == shown and self.value(entry) == value
        self.shown[entry] = value
        self.theirs.pop(entry, None)

    def bad(self, entry: tuple[str, KeyPath]) -> None:
        before = self._path(entry[0]).read_bytes()
        value = "blue" if entry[0] == THEME else "{nothing}"
        try:
            self.history.make([Change(*entry, value, self.shown[entry])])
        except SpineanimError:
            assert self._path(entry[0]).read_bytes() == before
        else:
            raise AssertionError("an impossible value was written")

    def turn(self, undo: bool) -> None:
        try:
            done = self.history.undo() if undo else self.history.redo()
        except EditError:
            return
        if done.files:
            self.look()

    def outside(self, entry: tuple[str, KeyPath]) -> None:
        """Change an entry, and a comment, with an editor that asks nobody."""
        file, value, there = entry[0], self._fresh(entry), self.value(entry)
        if there is None:
            return
        text = self._path(file).read_text("utf-8")
        assert text.count(f"{there}") >= 1
        spots = [spot for spot in range(len(text)) if text.startswith(there, spot)]
        for spot in spots:
            new = f"{text[:spot]}{value}{text[spot + len(there) :]}# edit {self.edits}\n"
            if value_at(tomllib.loads(new), entry[1]) == value:
                self._path(file).write_text(new, "utf-8")
                self.theirs[entry] = value
                return

    def check(self) -> None:
        for entry, value in self.theirs.items():
            assert self.value(entry) == value, entry
        load_theme(self.project.theme_file)
        for language in ("en", "es"):
            script_in(language, "demo", self.project)
        assert not list(self.project.root.rglob(".*"))


ACTS = st.one_of(
    st.tuples(st.just("make"), st.sampled_from(ENTRIES), st.sampled_from(["", "drag"])),
    st.tuples(st.just("bad"), st.sampled_from(ENTRIES)),
    st.tuples(st.just("outside"), st.sampled_from(ENTRIES)),
    st.tuples(st.just("turn"), st.booleans()),
    st.tuples(st.just("turn"), st.just(True)),
    st.tuples(st.just("look")),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(ACTS, min_size=3, max_size=12))
def test_no_outside_edit_is_lost_and_every_file_loads(acts: list[tuple[Any, ...]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(small_project(Path(folder)))
        for name, *rest in acts:
            getattr(desk, name)(*rest)
            desk.check()
        if not desk.theirs and "outside" not in {name for name, *_ in acts}:
            while desk.history.can_undo:
                desk.history.undo()
            for file, data in desk.start.items():
                assert (desk.project.root / file).read_bytes() == data


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.text(), inside, max_size=3),
    max_leaves=5,
)
"""Whatever a page could send."""
KNOWN = (
    (ANATOMY, ("logo",), ""),
    (ANATOMY, ("battery_years", "en"), "three to five years"),
    (ANATOMY, ("trial_days",), 3),
    (THEME, ("color", "ink", "title"), "#14303D"),
    (THEME, ("skin_tones", "light", "skin", "base"), "#E2B79F"),
    (ENGLISH, ("title_card_s",), 0.5),
    (ENGLISH, ("named", "captions", 0, "at_s"), 0.2),
    (ENGLISH, ("named", "steps_s", "oval_is_named", 1), 1.53),
    (ENGLISH, ("named", "labels", "oval", "claim"), None),
    (SPANISH, ("named", "captions", 0), "Este es un óvalo."),
    (SPANISH, ("named", "labels"), None),
)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(KNOWN), JSON)
def test_any_value_is_written_well_or_refused_in_a_line(
    entry: tuple[str, KeyPath, Any],
    value: Any,  # noqa: ANN401
) -> None:
    file, path, before = entry
    with tempfile.TemporaryDirectory() as folder:
        project = small_project(Path(folder))
        start = (project.root / file).read_bytes()
        history = History(project)
        try:
            history.make([Change(file, path, value, before)])
        except SpineanimError as error:
            assert "\n" not in str(error)
            assert (project.root / file).read_bytes() == start
            return
        load_parameters(project)
        load_theme(project.theme_file)
        script_in("es", "demo", project)
        if history.can_undo:
            history.undo()
        assert (project.root / file).read_bytes() == start


def test_a_trial_is_current_and_leaves_no_trace(project: Project) -> None:
    with Trial(project) as trial:
        trial.put({THEME: project.theme_file.read_text().replace("#14303D", "#FF0000")})
        assert load_theme(trial.project.theme_file).color("ink.title") == "#FF0000"
        assert load_theme(project.theme_file).color("ink.title") == "#14303D"
        assert trial.project.languages == ("en", "es")
        project.script_file("late").write_text(project.script_file("demo").read_text())
        project.script_file("demo", "es").unlink()
        trial.put({})
        assert load_theme(trial.project.theme_file).color("ink.title") == "#14303D"
        assert script_in("es", "late", trial.project).title == "A demonstration"
        assert not trial.project.script_file("demo", "es").exists()
        trial.change([Change(THEME, ("color", "ink", "title"), "#00FF00", "#14303D")])
        assert load_theme(trial.project.theme_file).color("ink.title") == "#00FF00"
        with pytest.raises(ConflictError):
            trial.change([Change(THEME, ("color", "ink", "title"), "#00FF00", "#FFFFFF")])
        root = trial.project.root
        assert trial.real_names(f"{root}/assets/theme.toml:3: x") == f"{project.theme_file}:3: x"
    assert not root.exists() and project.theme_file.exists()
