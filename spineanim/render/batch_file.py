"""Which films a website wants, read from a file: scenes x languages x sides x shapes.

Every table of the file is a matrix, under a name of its own. Each complaint names file and line.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from itertools import product
from pathlib import Path
from typing import Any, Final

from spineanim.content.parameters import ASPECTS, DEFINITIONS
from spineanim.content.project import MASTER_LANGUAGE, Project
from spineanim.content.toml import TomlFile, read_toml
from spineanim.errors import ContentError, ParameterError
from spineanim.render.catalog import find_scenes
from spineanim.render.codecs import FORMATS
from spineanim.render.quality import QUALITIES

_KEYS: Final = ("scenes", "languages", "sides", "shapes", "qualities", "formats", "set")
_INSTEAD: Final = {"side": "sides", "aspect": "shapes"}
"""Parameters that have a key of their own."""
ALL: Final = "all"
USUAL_QUALITY: Final = "high"
USUAL_FORMAT: Final = "mp4"


@dataclass(frozen=True)
class Wanted:
    """A film that a batch asks for.

    Attributes
    ----------
    scene, language, quality
        Their names.
    shape
        Shape of the frame; that of the parameter `aspect` when None.
    format
        Ending of the file, `png` for a folder of pictures.
    changes
        Parameters that are set, as text.
    varied
        Names of those that differ within their matrix, or might: the folder is named for them.
    """

    scene: str
    language: str
    quality: str
    shape: str | None = None
    format: str = USUAL_FORMAT
    changes: Mapping[str, str] = field(default_factory=dict)
    varied: tuple[str, ...] = ()

    @property
    def folder(self) -> str:
        """Folder between that of all renders and that of the scene, such as `side=right`."""
        pairs = (f"{name}={self.changes[name]}" for name in self.varied)
        return ",".join(re.sub(r"[^\w.=-]+", "_", each) for each in pairs)

    @property
    def place(self) -> tuple[str, ...]:
        """What decides the folder of its results."""
        return (self.folder, self.scene, self.quality, self.language, self.shape or "", self.format)


def read_batch(path: Path, project: Project) -> list[Wanted]:
    """Read a batch file.

    Parameters
    ----------
    path
        The file.
    project
        Whose scenes, languages and parameters may be named.

    Raises
    ------
    ContentError
        It is missing or malformed, names what there is not, or asks for two films in one folder.
    """
    file = read_toml(path, missing_hint="'spineanim batch --help' shows what to write")
    found: list[Wanted] = []
    places: dict[tuple[str, ...], str] = {}
    for name, table in file.data.items():
        if not isinstance(table, dict):
            raise file.fail(
                name, what=f"{name} stands in no table", hint="put it under a name such as [pump]"
            )
        for wanted in _Matrix(file, name, table, project).films():
            if wanted.place in places:
                raise file.fail(
                    name,
                    what=f"{wanted.scene} is asked for twice in the same folder "
                    f"([{places[wanted.place]}] and [{name}])",
                    hint="write what differs as a list, as in sides = ['left']: then the folder "
                    "is named for it",
                )
            places[wanted.place] = name
            found.append(wanted)
    if not found:
        raise file.fail(what="no films", hint="add a table such as [steps] with scenes")
    return found


@dataclass(frozen=True)
class _Matrix:
    """A table of a batch file."""

    file: TomlFile
    name: str
    table: Mapping[str, Any]
    project: Project

    def films(self) -> Iterator[Wanted]:
        """Yield every combination, the scenes outermost."""
        for key in self.table:
            if key not in _KEYS:
                raise self._fail(key, f"unknown key {key!r}", _near(key, _KEYS))
        if "scenes" not in self.table:
            raise self._fail("", "no scenes", f'write scenes = ["pump"], or "{ALL}"')
        changes, varied = self._changes()
        for scene, quality, change, language, shape, format in product(
            self._scenes(),
            self._names("qualities", (USUAL_QUALITY,), QUALITIES),
            [dict(zip(changes, values, strict=True)) for values in product(*changes.values())],
            self._names("languages", (MASTER_LANGUAGE,), self.project.languages),
            self._names("shapes", (None,), ASPECTS),
            self._names("formats", (USUAL_FORMAT,), FORMATS),
        ):
            assert scene and quality and language and format
            yield Wanted(scene, language, quality, shape, format, change, varied)

    def _scenes(self) -> Iterable[str | None]:
        known = find_scenes(self.project)
        return known if self.table["scenes"] == ALL else self._names("scenes", (), known)

    def _names(
        self, key: str, usual: Iterable[str | None], known: Collection[str]
    ) -> Iterable[str | None]:
        """Read one name or a list of names, each of which has to be known."""
        if key not in self.table:
            return usual
        names = self._list(self.table[key], key)
        for name in names:
            if name not in known:
                raise self._fail(key, f"{key} names {name!r}", _near(str(name), known))
        return [str(name) for name in names]

    def _changes(self) -> tuple[dict[str, list[str]], tuple[str, ...]]:
        """Values of every parameter that is set, and which of them are lists."""
        given = self.table.get("set", {})
        if not isinstance(given, dict):
            raise self._fail("set", f"set is {given!r}", "write set = { trial_days = 5 }")
        for name in _INSTEAD.keys() & given.keys():
            raise self._fail("set", f"set has {name}", f"write {_INSTEAD[name]} instead")
        asked = {"side": self.table["sides"]} if "sides" in self.table else {}
        changes = {name: self._values(name, value) for name, value in (asked | given).items()}
        lists = (name for name, value in (asked | given).items() if isinstance(value, list))
        return changes, tuple(lists)

    def _values(self, name: str, value: object) -> list[str]:
        key = ("sides",) if name == "side" else ("set", name)
        kinds = {each.name: each.kind for each in DEFINITIONS}
        if name not in kinds:
            raise self._fail(key, f"unknown parameter {name!r}", _near(name, kinds))
        texts = [str(each) for each in self._list(value, *key)]
        for text in texts:
            try:
                kinds[name].check(name, kinds[name].parse(text), self.project)
            except ParameterError as error:
                raise self._fail(key, error.message, error.hint) from None
        return texts

    def _list(self, value: object, *key: str) -> list[object]:
        """Read one value, or a list of values that are not twice the same."""
        values = value if isinstance(value, list) else [value]
        good = all(isinstance(e, str | int | float) and not isinstance(e, bool) for e in values)
        if not values or not good or len({str(each) for each in values}) < len(values):
            what = f"{'.'.join(key)} is {value!r}"
            raise self._fail(key, what, "write one value, or a list of different ones")
        return values

    def _fail(self, key: str | tuple[str, ...], what: str, hint: str) -> ContentError:
        keys = (key,) if isinstance(key, str) else key
        here = [each for each in keys if each]
        return self.file.fail(self.name, *here, what=f"[{self.name}]: {what}", hint=hint)


def _near(name: str, known: Iterable[str]) -> str:
    close = get_close_matches(name, list(known), 1, 0.5)
    return f"did you mean {close[0]}?" if close else f"there are {', '.join(known)}"
