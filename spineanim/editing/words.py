"""Words and cue times of a scene in one language, as plain data that can be edited."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spineanim.content.project import MASTER_LANGUAGE, Project
from spineanim.content.script import BeatScript, Script
from spineanim.content.script_file import LONGEST_S, SCENE_TEXTS, SHORTEST_BEAT_S
from spineanim.content.settings import script_in
from spineanim.content.toml import read_toml
from spineanim.editing.keys import Key, KeyPath, Plain, value_at


@dataclass(frozen=True)
class Field:
    """One text or time.

    Attributes
    ----------
    file
        The file, from the project's folder.
    path
        Keys and places in lists down to it.
    kind
        `text`, `seconds`, or `texts`: all captions of a beat, which a translation that has none
        must be given at once.
    value
        What the file holds; None if it is not there. It is the `before` of a change.
    english
        What stands in for a word that a translation lacks; None in English.
    low_s, high_s
        Range of a time, by the times next to it.
    """

    file: str
    path: KeyPath
    kind: str
    value: Plain | None
    english: Plain | None = None
    low_s: float | None = None
    high_s: float | None = None


@dataclass(frozen=True)
class BeatFields:
    """What can be edited of a beat, in the order of its file; of the title card if unnamed."""

    name: str
    fields: tuple[Field, ...]


def words(project: Project, scene: str, language: str) -> tuple[BeatFields, ...]:
    """Words of a scene in a language; in English its times as well.

    Parameters
    ----------
    project
        The project.
    scene
        Name of the scene.
    language
        Code of the language.

    Returns
    -------
    The title card, and each beat.

    Raises
    ------
    ContentError
        A script is missing or wrong, or there is no such language.
    """
    script_in(language, scene, project)
    master = script_in(MASTER_LANGUAGE, scene, project)
    file = project.script_file(scene, language)
    data = read_toml(file).data if file.exists() else {}
    form = _Form(file.relative_to(project.root).as_posix(), data, language != MASTER_LANGUAGE)
    beats = (BeatFields(beat.name, tuple(form.beat(beat))) for beat in master.beats)
    return BeatFields("", tuple(form.head(master))), *beats


@dataclass(frozen=True)
class _Form:
    """Makes fields of one file."""

    file: str
    data: dict[str, object]
    translates: bool

    def text(self, english: str, *path: Key) -> Field:
        stands_in = english if self.translates else None
        return Field(self.file, path, "text", value_at(self.data, path), stands_in)

    def seconds(self, low_s: float, high_s: float, *path: Key) -> Field:
        value = value_at(self.data, path)
        return Field(self.file, path, "seconds", value, low_s=low_s, high_s=high_s)

    def head(self, script: Script) -> Iterator[Field]:
        for key in SCENE_TEXTS:
            yield self.text(getattr(script, key), key)
        if not self.translates:
            yield self.seconds(0.0, LONGEST_S, "title_card_s")
            if script.bridge_s:
                yield self.seconds(0.0, LONGEST_S, "bridge_s")

    def beat(self, beat: BeatScript) -> Iterator[Field]:
        name = beat.name
        yield self.text(beat.title, name, "title")
        if beat.description or not self.translates:
            yield self.text(beat.description, name, "description")
        if not self.translates:
            last_s = max([each.at_s for each in beat.captions], default=0.0)
            ends_s = [end_s for _, end_s in beat.steps_s.values()]
            yield self.seconds(max(SHORTEST_BEAT_S, last_s, *ends_s), LONGEST_S, name, "lasts_s")
        yield from self._captions(beat)
        if not self.translates:
            for step, (start_s, end_s) in beat.steps_s.items():
                yield self.seconds(0.0, end_s, name, "steps_s", step, 0)
                yield self.seconds(start_s, beat.lasts_s, name, "steps_s", step, 1)
        for key, label in beat.labels.items():
            yield self.text(label.text, name, "labels", key, "text")
            if label.detail or not self.translates:
                yield self.text(label.detail, name, "labels", key, "detail")

    def _captions(self, beat: BeatScript) -> Iterator[Field]:
        where = (beat.name, "captions")
        if self.translates and beat.captions and value_at(self.data, where) is None:
            english: Plain = [caption.text for caption in beat.captions]
            yield Field(self.file, where, "texts", None, english)
            return
        times_s = [caption.at_s for caption in beat.captions]
        around_s = [0.0, *times_s, beat.lasts_s]
        for place, caption in enumerate(beat.captions):
            if self.translates:
                yield self.text(caption.text, *where, place)
            else:
                yield self.seconds(around_s[place], around_s[place + 2], *where, place, "at_s")
                yield self.text(caption.text, *where, place, "text")
