"""Changes tried without being written: a folder that looks like the project, but for them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from spineanim.content.project import Project
from spineanim.editing.change import Change
from spineanim.editing.files import read_source
from spineanim.editing.shelter import Shelter
from spineanim.editing.texts import new_texts
from spineanim.errors import SpineanimError


class Trial:
    """A shadow of a project in which some files hold other texts.

    Everything else in it is a link to the project, so it is always current, costs nothing, and
    whatever takes a `Project`, in this process or another, can be given it. Use it in a `with`
    statement, or close it.

    Parameters
    ----------
    project
        The real project.

    Attributes
    ----------
    project
        The shadow, which stays where it is until it is closed.
    """

    def __init__(self, project: Project) -> None:
        self._real = project
        self._shelter = Shelter()
        self._folder = self._shelter.folder
        self.project = Project(self._folder)
        (self._folder / "assets" / "script").mkdir(parents=True)
        self.put({})

    def __enter__(self) -> Trial:
        """Give the trial itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.close()

    def put(self, texts: Mapping[str, str | None]) -> None:
        """Try these texts, and only these; links to files that came or went are renewed.

        Parameters
        ----------
        texts
            File, from the project's folder, to what it shall hold; None if there shall be none.
        """
        shadowed = {Path(file): text for file, text in texts.items()}
        folders = [Path(), Path("assets"), Path("assets/script")]
        languages = [
            Path("assets/script") / each.name
            for each in (self._real.assets / "script").iterdir()
            if each.is_dir()
        ]
        for folder in [*folders, *languages]:
            real, shadow = self._real.root / folder, self._folder / folder
            shadow.mkdir(exist_ok=True)
            names = {each.name for each in real.iterdir()}
            wanted = {folder / name for name in names} | {
                file for file in shadowed if file.parent == folder
            }
            for gone in (each for each in shadow.iterdir() if folder / each.name not in wanted):
                gone.unlink() if not gone.is_dir() or gone.is_symlink() else shutil.rmtree(gone)
            for file in wanted - {*folders, *languages}:
                self._place(file, shadowed)

    def change(self, changes: Sequence[Change]) -> None:
        """Try these changes to the files as they are now, and only these.

        Whether they can be is seen by whoever loads them from `project`.

        Raises
        ------
        EditError
            One cannot be made, or somebody else has changed its entry.
        """
        sources = {each.file: read_source(self._real, each.file) for each in changes}
        texts, _ = new_texts(self._real, sources, changes)
        self.put(texts)

    def _place(self, file: Path, shadowed: Mapping[Path, str | None]) -> None:
        """Put a text, or a link to the real file, in its place at one stroke."""
        target = self._folder / file
        text = shadowed.get(file)
        if file in shadowed and text is None:
            target.unlink(missing_ok=True)
            return
        if text is None and target.is_symlink():
            return
        aside = target.with_name(f".{target.name}.new")
        aside.unlink(missing_ok=True)
        if text is None:
            aside.symlink_to(self._real.root / file)
        else:
            aside.write_text(text, encoding="utf-8", newline="")
        aside.replace(target)

    def close(self) -> None:
        """Take the shadow away; the project is not touched."""
        self._shelter.close()

    @contextmanager
    def complaints(self) -> Iterator[None]:
        """Let errors of the block name the project's own files instead of the shadow's."""
        try:
            yield
        except SpineanimError as error:
            said = (self.real_names(text) for text in (error.message, error.hint))
            raise type(error)(*said) from None

    def real_names(self, text: str) -> str:
        """Name the project's own files in a text instead of the shadow's."""
        return text.replace(str(self._folder), str(self._real.root))
