"""All that the windows of a preview share: the project, its films, and the changes to it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from types import TracebackType
from typing import Any, Final, Self, TypeVar

from spineanim.content.project import Project
from spineanim.editing.change import Change
from spineanim.editing.history import Done, History
from spineanim.editing.trial import Trial
from spineanim.errors import SpineanimError
from spineanim.preview.looks import Look
from spineanim.preview.panels import files_of, panels_of, scenes_of
from spineanim.preview.theatre.theatre import Theatre
from spineanim.preview.theatre.troubles import trouble_in
from spineanim.preview.watch import PACKAGE, code_digest, content_digest, saved_files

MOST_WINDOWS: Final = 16
Result = TypeVar("Result")


class Bench:
    """A project on the bench; use it in an `async with` statement.

    Parameters
    ----------
    project
        The project.

    Attributes
    ----------
    theatre
        Its films.
    """

    def __init__(self, project: Project) -> None:
        self.project = project
        self.theatre = Theatre(project)
        self._history = History(project)
        self._trial = Trial(project)
        self._tried: tuple[Change, ...] = ()
        self._tried_by: object = None
        self._one_at_a_time = asyncio.Lock()
        self._scenes: list[dict[str, Any]] = []
        self._languages: tuple[str, ...] = ()
        self._windows: list[Callable[[], None]] = []
        self._content, self._code = content_digest(project), code_digest()
        self._watcher: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        """Begin to watch the files and to load what films are played with."""
        await self.theatre.__aenter__()
        self._watcher = asyncio.create_task(self._watch())
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End everything; what was only tried is gone."""
        if self._watcher is not None:
            self._watcher.cancel()
            with suppress(asyncio.CancelledError):
                await self._watcher
        await self.theatre.__aexit__(kind, error, trace)
        self._trial.close()

    @property
    def is_full(self) -> bool:
        """Whether there are as many windows as there may be."""
        return len(self._windows) >= MOST_WINDOWS

    def enter(self, changed: Callable[[], None]) -> Callable[[], None]:
        """Tell a window whenever files have changed; returns what ends it."""
        self._windows.append(changed)
        return lambda: self._windows.remove(changed)

    # -- what can be read ------------------------------------------------------------------------

    async def facts(self) -> dict[str, Any]:
        """Return name, scenes and languages of the project, and what is wrong with them.

        What a wrong file says of its scene is left as it was.
        """
        project, problem = self.project, None
        try:
            self._scenes, error = await asyncio.to_thread(scenes_of, project, self._scenes)
            self._languages = project.languages
        except OSError as failure:
            error = SpineanimError(f"{failure.filename}: {failure.strerror}", "put it back")
        if error is not None:
            problem = trouble_in(error.message, error.hint, str(project.root))
        return {
            "name": project.root.name,
            "scenes": self._scenes,
            "languages": list(self._languages),
            "problem": problem,
        }

    async def panels(self, look: Look) -> dict[str, Any]:
        """Return what can be edited of a film, and note that it has been seen.

        Raises
        ------
        SpineanimError
            A file is wrong.
        """
        async with self._one_at_a_time:
            found = await asyncio.to_thread(panels_of, self.project, look)
            for file in files_of(self.project, look):
                self._history.seen(file)
        return {**found, **self.turns}

    @property
    def turns(self) -> dict[str, bool]:
        """Whether there is anything to undo or redo."""
        return {"can_undo": self._history.can_undo, "can_redo": self._history.can_redo}

    # -- what can be changed ---------------------------------------------------------------------

    async def attempt(self, changes: Sequence[Change], by: object) -> None:
        """Show changes without writing them.

        Parameters
        ----------
        changes
            All that is tried; what was tried before is not any more.
        by
            Whose trial it is; it ends when they leave.

        Raises
        ------
        EditError
            One cannot be made.
        """
        async with self._one_at_a_time:
            await asyncio.to_thread(self._trial.change, changes)
            self._tried, self._tried_by = tuple(changes), by
            await self._refresh()

    async def drop(self, by: object) -> None:
        """Show the files as they are again, if it is theirs what is tried."""
        async with self._one_at_a_time:
            if self._tried_by is by:
                await self._end_trial()
                await self._refresh()

    async def keep(self, changes: Sequence[Change], group: str) -> Done:
        """Write changes.

        Raises
        ------
        SpineanimError
            See `History.make`; nothing is written, and what was tried is not shown any more.
        """
        return await self._write(lambda: self._history.make(changes, group))

    async def turn(self, way: str) -> Done:
        """Carry out `undo`, `redo` or `give_up`.

        Raises
        ------
        SpineanimError
            See `History`.
        """

        def given_up() -> Done:
            self._history.forget()
            return Done(())

        ways = {"undo": self._history.undo, "redo": self._history.redo, "give_up": given_up}
        return await self._write(ways[way])

    async def _write(self, change: Callable[[], Result]) -> Result:
        async with self._one_at_a_time:
            try:
                return await asyncio.to_thread(change)
            finally:
                await self._end_trial()
                await self._refresh()
                self._tell()

    async def _end_trial(self) -> None:
        self._tried, self._tried_by = (), None
        await asyncio.to_thread(self._trial.put, {})

    # -- what others change ----------------------------------------------------------------------

    async def _watch(self) -> None:
        async for files in saved_files(self.project):
            async with self._one_at_a_time:
                is_code = any(file.is_relative_to(PACKAGE) for file in files)
                await self._try_again()
                await self._refresh(is_code=is_code)
            self._tell()

    async def _try_again(self) -> None:
        """Try the same in the files as they are now; if that cannot be, the trial is over."""
        if self._tried_by is not None:
            try:
                await asyncio.to_thread(self._trial.change, self._tried)
            except (SpineanimError, OSError):
                await self._end_trial()

    async def _refresh(self, is_code: bool = False) -> None:
        """Play films again if what they are made from has changed."""
        project = self.project if self._tried_by is None else self._trial.project
        code = await asyncio.to_thread(code_digest) if is_code else self._code
        content = await asyncio.to_thread(content_digest, project)
        if (content, code) != (self._content, self._code):
            anew, self._content, self._code = code != self._code, content, code
            self.theatre.renew(project, anew)
        else:
            self.theatre.moved_to(project)

    def _tell(self) -> None:
        for changed in list(self._windows):
            changed()
