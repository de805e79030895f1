"""Changes made, undone and made again, across files; what others write meanwhile is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from spineanim.content.project import Project
from spineanim.editing.change import Change
from spineanim.editing.files import ChangedMeanwhileError, Source, read_source, write_all
from spineanim.editing.judge import refuse_faulty
from spineanim.editing.texts import new_texts
from spineanim.editing.trial import Trial
from spineanim.editing.trouble import EditError

_ATTEMPTS = 3


@dataclass(frozen=True)
class Step:
    """What one undo takes back.

    Attributes
    ----------
    back
        Changes that do so, in the order they are made in.
    texts
        File to what it holds now and held before; None if there is none. As long as it still
        holds the one, undoing gives back the other, to the byte.
    group
        Name of the gesture that it belongs to; may be empty.
    """

    back: tuple[Change, ...]
    texts: Mapping[str, tuple[bytes | None, bytes | None]]
    group: str = ""

    def leads_to(self, newer: Step) -> bool:
        """Whether nobody else wrote to their files between this step and a newer one."""
        shared = self.texts.keys() & newer.texts.keys()
        return all(self.texts[file][0] == newer.texts[file][1] for file in shared)

    def joined(self, newer: Step) -> Step:
        """Return one step for both, the other having come right after this one."""
        texts = {**newer.texts}
        for file, pair in self.texts.items():
            texts[file] = (texts.get(file, pair)[0], pair[1])
        mine = {each.entry: each for each in self.back}
        if [each.entry for each in newer.back] != [each.entry for each in self.back]:
            return Step(newer.back + self.back, texts, self.group)
        back = tuple(
            Change(each.file, each.path, mine[each.entry].value, each.before, written)
            for each in newer.back
            for written in [mine[each.entry].written]
        )
        return Step(back, texts, self.group)


@dataclass(frozen=True)
class Done:
    """What came of a change.

    Attributes
    ----------
    files
        Files that were written.
    merged
        Those of them that somebody else had changed meanwhile, elsewhere in the file.
    """

    files: tuple[str, ...]
    merged: tuple[str, ...] = ()


class History:
    """Makes changes to a project's files, and takes them back.

    Nothing is written unless the project's loaders accept all of it. A file that somebody else
    has changed is never overwritten: if another entry was changed, both changes stand; if the
    same one was, the change is refused.

    Parameters
    ----------
    project
        The project.
    """

    def __init__(self, project: Project) -> None:
        self._project = project
        self._done: list[Step] = []
        self._undone: list[Step] = []
        self._known: dict[str, str] = {}

    @property
    def can_undo(self) -> bool:
        """Whether there is anything to take back."""
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        """Whether there is anything to make again."""
        return bool(self._undone)

    def seen(self, file: str) -> None:
        """Note that somebody looks at a file as it is now; changes by others count from here.

        Raises
        ------
        EditError
            It is no file that may be edited.
        """
        self._known[file] = read_source(self._project, file).digest

    def make(self, changes: Sequence[Change], group: str = "") -> Done:
        """Make changes, all of them or none.

        Parameters
        ----------
        changes
            What to change, in order.
        group
            Name of a gesture, such as one drag of a slider; what follows with the same name is
            undone together with it.

        Raises
        ------
        ConflictError
            Somebody else has changed one of the entries.
        SpineanimError
            A value is impossible (the loader's own sentence), or a file cannot be written.
        """
        step, done = self._carry_out(changes, {}, group)
        if not done.files:
            return done
        last = self._done[-1] if self._done else None
        if last and group and last.group == group and not self._undone and last.leads_to(step):
            self._done[-1] = last.joined(step)
        else:
            self._done.append(step)
        self._undone.clear()
        return done

    def undo(self) -> Done:
        """Take the last step back.

        Raises
        ------
        EditError
            There is none; or see `make`. The step can be tried again, or given up by `forget`.
        """
        return self._turn(self._done, self._undone, "nothing to undo")

    def redo(self) -> Done:
        """Make the step that was taken back last again.

        Raises
        ------
        EditError
            There is none; or see `make`.
        """
        return self._turn(self._undone, self._done, "nothing to redo")

    def forget(self) -> None:
        """Give up the step that `undo` would take back, with those before it left as they are."""
        del self._done[-1:]

    def _turn(self, taken: list[Step], given: list[Step], nothing: str) -> Done:
        if not taken:
            raise EditError(nothing)
        step, done = self._carry_out(taken[-1].back, taken[-1].texts, taken[-1].group, keep=True)
        taken.pop()
        given.append(step)
        return done

    def _carry_out(
        self,
        changes: Sequence[Change],
        known: Mapping[str, tuple[bytes | None, bytes | None]],
        group: str,
        keep: bool = False,
    ) -> tuple[Step, Done]:
        """Apply changes to the files as they are now; read again if they change under it."""
        for attempt in range(_ATTEMPTS):
            try:
                return self._attempt(changes, known, group, keep)
            except ChangedMeanwhileError:
                if attempt == _ATTEMPTS - 1:
                    raise
        raise AssertionError("unreachable")

    def _attempt(
        self,
        changes: Sequence[Change],
        known: Mapping[str, tuple[bytes | None, bytes | None]],
        group: str,
        keep: bool,
    ) -> tuple[Step, Done]:
        sources = {each.file: read_source(self._project, each.file) for each in changes}
        texts, back = new_texts(self._project, sources, changes, keep=keep)
        for file, source in sources.items():
            now, was = known.get(file, (None, None))
            if file in known and source.data == now:
                texts[file] = None if was is None else Source(file, source.path, was).text
        texts = {file: text for file, text in texts.items() if text != _text_of(sources[file])}
        with Trial(self._project) as trial:
            trial.put(texts)
            kept = [file for file, text in texts.items() if text is not None]
            refuse_faulty(trial, self._project, kept)
        digests = {file: sources[file].digest for file in texts}
        merged = tuple(file for file, now in digests.items() if self._known.get(file, now) != now)
        written = write_all([(sources[file], text) for file, text in texts.items()])
        self._known |= {each.file: each.digest for each in written}
        pairs = {each.file: (each.data, sources[each.file].data) for each in written}
        return Step(back, pairs, group), Done(tuple(texts), merged)


def _text_of(source: Source) -> str | None:
    return None if source.data is None else source.text
