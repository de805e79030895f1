"""All films that are looked at, each played by processes of its own."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable
from types import TracebackType
from typing import Final, Self

from spineanim.content.project import Project
from spineanim.preview.looks import Film, Form, Look, Moment, Picture, Trouble
from spineanim.preview.theatre.desk import Desk
from spineanim.preview.theatre.generation import Generation, Mark
from spineanim.preview.theatre.listening import Listening
from spineanim.preview.theatre.zygotes import Zygote

_MOST_STAGES: Final = 4
"""Films that stand at once; the one nobody has looked at for longest goes."""
_FILES: Final = 8192
"""Open lines: one a mark, and some films have hundreds of plays."""


class Theatre:
    """Films that stand ready; leaving the `async with` block ends all their processes.

    Parameters
    ----------
    project
        Where scenes and assets are.

    Raises
    ------
    ServingError
        On this system processes cannot be copied.
    """

    def __init__(self, project: Project) -> None:
        self._project = project
        self._desk = Desk()
        self._stages: dict[Look, Stage] = {}
        self._zygotes: list[Zygote] = []
        self._numbers = itertools.count(1)

    async def __aenter__(self) -> Self:
        """Start the process that all others are copies of."""
        _allow_files(_FILES)
        self._renew_zygote()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End all processes."""
        for stage in self._stages.values():
            stage.close()
        for zygote in self._zygotes:
            zygote.close()

    @property
    def drawn(self) -> int:
        """How many pictures have been drawn so far."""
        return self._desk.drawn

    def stage(self, look: Look) -> Stage:
        """Return the film for a look; it begins to play if it does not stand yet."""
        stage = self._stages.pop(look, None)
        if stage is None:
            stage = Stage(look, self._desk, self._newest, lambda: next(self._numbers))
            stage.renew(self._project)
        self._stages[look] = stage
        return stage

    def tidy(self) -> None:
        """End films that nobody looks at, but for those looked at last."""
        for stage in list(self._stages.values()):
            if len(self._stages) > _MOST_STAGES and not stage.is_looked_at:
                del self._stages[stage.look]
                stage.close()

    def moved_to(self, project: Project) -> None:
        """Hear that the same content lies elsewhere."""
        self._project = project
        for stage in self._stages.values():
            stage.moved_to(project)

    def renew(self, project: Project, anew: bool = False) -> None:
        """Play all films again that are looked at, and forget the others.

        Parameters
        ----------
        project
            What they are played from.
        anew
            Whether the package's own code has changed.
        """
        self._project = project
        if anew:
            self._renew_zygote()
        for stage in list(self._stages.values()):
            if stage.is_looked_at:
                stage.renew(project)
            else:
                del self._stages[stage.look]
                stage.close()

    def _newest(self) -> Zygote:
        return self._zygotes[-1]

    def _renew_zygote(self) -> None:
        """Start another; those that no film comes from any more are ended."""
        used = {zygote for stage in self._stages.values() for zygote in stage.zygotes}
        for zygote in [each for each in self._zygotes if each not in used]:
            self._zygotes.remove(zygote)
            zygote.close()
        self._zygotes.append(Zygote(self._lost))

    def _lost(self, trouble: Trouble) -> None:
        """Hear that a zygote has ended by itself: faulty code, or somebody ended it."""
        for stage in self._stages.values():
            stage.fail(trouble)


class Stage:
    """A film that stands ready, and the newer one that is to take its place.

    Parameters
    ----------
    look
        What is played.
    desk
        Has pictures drawn.
    zygote
        Gives the process that plays anew begin from.
    number
        Gives the next number of a generation.

    Attributes
    ----------
    look
        What is played.
    """

    def __init__(
        self, look: Look, desk: Desk, zygote: Callable[[], Zygote], number: Callable[[], int]
    ) -> None:
        self.look = look
        self._desk, self._zygote, self._number = desk, zygote, number
        self._good: Generation | None = None
        self._new: Generation | None = None
        self._shown: Generation | None = None
        self._listeners: list[Callable[[], None]] = []
        self._more = asyncio.Event()
        self._moment: Moment | None = None
        self._trouble: Trouble | None = None
        self._warming: asyncio.Task[None] | None = None
        self._project: Project | None = None
        self._is_fine = False
        self._retired: list[Generation] = []
        self._standby: Generation | None = None  # the last one ready, until the one that stands is

    @property
    def is_looked_at(self) -> bool:
        """Whether anybody listens."""
        return bool(self._listeners)

    @property
    def zygotes(self) -> set[Zygote]:
        """Those that its processes come from."""
        own = (self._good, self._new, self._standby)
        return {each.zygote for each in own if each is not None}

    @property
    def is_playing(self) -> bool:
        """Whether a newer film is on its way."""
        return self._new is not None

    @property
    def film(self) -> Film | None:
        """Facts of the film that is shown; None until one stands."""
        return self._shown.film if self._shown is not None else None

    @property
    def trouble(self) -> Trouble | None:
        """Why the newest content, or a frame of `film`, cannot be shown; what is good stays."""
        shown = self._shown
        return self._trouble or (None if shown is None else shown.fault)

    @property
    def reached(self) -> int:
        """How many frames the newest play has come to."""
        newest = self._new or self._good
        return newest.reached if newest is not None else 0

    @property
    def of(self) -> int:
        """How many frames the newest play has."""
        newest = self._new or self._good
        return newest.film.frame_count if newest is not None and newest.film is not None else 0

    @property
    def baking(self) -> tuple[int, int]:
        """Pictures of anatomy that are made anew meanwhile: done, and of how many."""
        newest = self._new or self._good
        return newest.baking if newest is not None and not newest.is_outdone else (0, 0)

    def listen(self, heard: Callable[[], None]) -> Callable[[], None]:
        """Be told whenever something has changed.

        Returns
        -------
        What ends it.
        """
        self._listeners.append(heard)
        return lambda: self._listeners.remove(heard)

    def renew(self, project: Project, finely: bool = False) -> None:
        """Play again from a project's content as it is now.

        Parameters
        ----------
        project
            Where it is.
        finely
            Whether what was rough has been made finely since: nothing old is taken for it.
        """
        self._project, self._is_fine = project, finely
        if self._new is not None:
            self._new.stop()
            if self._shown is not self._new:  # else what it has reached is looked at meanwhile
                self._new.close()
        zygote, good = self._zygote(), self._good
        new = Generation(self._number(), self.look, project.root, zygote, self._changed)
        self._new = new
        is_alike = good is not None and good.zygote is zygote and not finely
        warm = self._warmest(good) if good is not None and is_alike else None
        if good is not None:
            good.stop_filling()
        new.begin(warm or zygote.line, self._moment)
        self._changed()

    def _warmest(self, good: Generation) -> Listening | None:
        """Return who has ready most of what the next play needs: all is taken by a play."""
        before = self._standby.keeper if self._standby is not None else None
        return before if before is not None and not good.is_ready else good.keeper

    def moved_to(self, project: Project) -> None:
        """Hear that the same content lies elsewhere."""
        self._project = project
        for each in (self._good, self._new):
            if each is not None:
                each.root = project.root

    def fail(self, trouble: Trouble) -> None:
        """Show why there will be no newer film."""
        if self._new is not None:
            self._new.trouble = trouble
            self._changed()

    def _changed(self) -> None:
        """See whether the newer film can be shown, stands or has failed; tell all."""
        new = self._new
        if new is not None and new.trouble is not None:
            self._trouble, self._new = new.trouble, None
            self._show(self._good)
            new.close()
            if self._good is not None:
                self._good.go_on()
        elif new is not None and new.is_done:
            old, self._good = self._good, new
            self._trouble, self._new = None, None
            self._show(new)
            if old is not None:
                self._retire(old)
        elif new is not None and self._shown is not new and self._has_moment(new):
            self._trouble = None
            self._show(new)
        good = self._good
        if good is not None and good.is_ready:
            self._stand_by(None)
        if good is not None and good.is_outdone and not (self.is_playing or self._is_fine):
            assert self._project is not None  # a film has come of it
            self.renew(self._project, finely=True)
            return
        if self._cold() is not None and (self._warming is None or self._warming.done()):
            self._warming = asyncio.get_running_loop().create_task(self._warm())
        self._more.set()
        self._more = asyncio.Event()
        for heard in list(self._listeners):
            heard()

    def _retire(self, old: Generation) -> None:
        """Let an older film go, little by little."""
        self._retired = [each for each in (*self._retired, old) if each.is_there]
        assert self._good is not None  # it took the place
        if self._is_fine or old.zygote is not self._good.zygote:
            self._stand_by(None)
        elif old.is_ready:
            self._stand_by(old)
        old.retire(keep_ready=old is self._standby)

    def _stand_by(self, film: Generation | None) -> None:
        """Let the process of an older film wait for orders, in place of another's."""
        before, self._standby = self._standby, film
        if before is not None and before is not film:
            before.stop()

    def _show(self, film: Generation | None) -> None:
        """Show a film; the one before, if it never came to its end, is not needed any more."""
        before, self._shown = self._shown, film
        if before is not None and before is not film and before is not self._good:
            before.close()

    def _has_moment(self, new: Generation) -> bool:
        """Whether the frame looked at last, or where its beat went, can be drawn."""
        if new.film is None:
            return False
        frame = new.film.frame_of(self._moment) if self._moment is not None else 0
        return new.mark_of(frame) is not None

    def _cold(self) -> Mark | None:
        """Find who draws the film that stands and has not drawn yet, nearest to what is shown."""
        film = self._good
        if film is None or film.film is None or self.is_playing:
            return None
        if not (film.is_whole and film.is_ready):
            return None
        return film.cold_mark(film.film.frame_of(self._moment) if self._moment is not None else 0)

    async def _warm(self) -> None:
        """Let the copies of a film that stands draw once, one after another, while nobody asks."""
        while self.is_looked_at and (mark := self._cold()) is not None:
            assert self._good is not None  # the mark is one of its
            await self._desk.warm(self._good, mark)

    async def picture(self, frame: int, form: Form, urgency: float = 0.0) -> Picture | None:
        """Return a picture of a frame of `film`.

        Parameters
        ----------
        frame
            Which; it may not have been reached yet.
        form
            How it is wanted.
        urgency
            Smaller goes first. Pictures at least as urgent as 0 say which moment is looked at.

        Returns
        -------
        The picture; None if another film is shown by now, or there is no such frame.
        """
        shown = self._shown
        if shown is None or shown.film is None or not 0 <= frame < shown.film.frame_count:
            return None
        if urgency <= 0:
            self._moment = shown.film.moment_of(frame)
        while (mark := shown.mark_of(frame)) is None:
            is_played = shown is self._new or (shown is self._good and shown.is_filling)
            if self._shown is not shown or not is_played:
                return None
            await self._more.wait()
        picture = await self._desk.picture(shown, mark, frame, form, urgency)
        return picture if self._shown is shown else None

    def close(self) -> None:
        """End its processes."""
        if self._warming is not None:
            self._warming.cancel()
        for each in (self._good, self._new, self._shown, self._standby, *self._retired):
            if each is not None:
                each.close()


def _allow_files(count: int) -> None:
    """Allow this process so many open files, if the system lets it."""
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != resource.RLIM_INFINITY and soft < count:
        most = count if hard == resource.RLIM_INFINITY else min(count, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
