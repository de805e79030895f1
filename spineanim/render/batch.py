"""Make many films, one after the other: what is there stays, what fails does not stop the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from spineanim.content.project import Project
from spineanim.content.settings import Settings, load_settings
from spineanim.errors import FarmError, SpineanimError
from spineanim.render.batch_file import Wanted
from spineanim.render.catalog import find_scene
from spineanim.render.clip import Clip
from spineanim.render.encoding import chosen_encoding
from spineanim.render.files import size_of
from spineanim.render.job import film_file, film_folder, render_film
from spineanim.render.making import Making
from spineanim.render.order import Order
from spineanim.render.quality import QUALITIES
from spineanim.render.recipe import RecipeNames
from spineanim.render.there import facts_there

MADE, THERE, FAILED, NOT_TRIED = "made", "there already", "failed", "not tried"


@dataclass
class Row:
    """What became of a film.

    Attributes
    ----------
    wanted
        What was asked for.
    state
        `made`, `there already`, `failed` or `not tried`.
    side, shape
        Of the film; nothing if its parameters are wrong.
    frames, duration_s, size_bytes
        Of the film, if there is one.
    trouble
        Why it failed.
    """

    wanted: Wanted
    state: str = NOT_TRIED
    side: str = ""
    shape: str = ""
    frames: int = 0
    duration_s: float = 0.0
    size_bytes: int = 0
    trouble: SpineanimError | None = None


def make_batch(
    project: Project,
    films: Iterable[Wanted],
    output: Path,
    attended: Callable[[Row], AbstractContextManager[Making]],
) -> Iterator[Row]:
    """Make films in their order.

    A cluster that is gone ends the work: no other film could be drawn by it.

    Parameters
    ----------
    project
        Where scenes and content are.
    films
        What is wanted.
    output
        Folder of all renders.
    attended
        Gives the way a film is made, for as long as that takes.

    Yields
    ------
    A row for every film, as soon as it is known.
    """
    is_gone = False
    for wanted in films:
        row = Row(wanted)
        if not is_gone:
            try:
                _make(project, row, output, attended)
            except SpineanimError as error:
                row.state, row.trouble = FAILED, error
                is_gone = isinstance(error, FarmError)
            except Exception as error:
                row.state = FAILED
                row.trouble = SpineanimError(f"unexpected {type(error).__name__}: {error}")
        yield row


def _make(
    project: Project,
    row: Row,
    output: Path,
    attended: Callable[[Row], AbstractContextManager[Making]],
) -> None:
    """Make a film unless it is there."""
    wanted = row.wanted
    settings = load_settings(wanted.scene, project, wanted.language, wanted.changes)
    row.side = settings.parameters.anatomy.side
    row.shape = wanted.shape or settings.parameters.aspect
    quality = QUALITIES[wanted.quality].shaped(row.shape)
    encoding = chosen_encoding(quality, wanted.format)
    order = Order(find_scene(project, wanted.scene), settings, quality, encoding)
    home, whole = output / wanted.folder, Clip()
    part = whole.of(order.timeline)
    recipe = RecipeNames(order).of_film(part.start, part.end)
    folder = film_folder(home, order, whole)
    file, facts = film_file(folder, order), facts_there(folder, recipe)
    if facts is not None and file.exists():
        row.state, row.frames = THERE, facts["frame_count"]
        row.duration_s = facts["duration_s"]
        row.size_bytes = size_of(file)
        return
    with attended(row) as making:
        _warn(settings, making)
        film = render_film(
            project, wanted.scene, quality, home, making, settings=settings, encoding=encoding
        )
    row.state, row.frames, row.duration_s = MADE, film.frame_count, film.duration_s
    row.size_bytes = film.size_bytes


def _warn(settings: Settings, making: Making) -> None:
    """Name the words that the language lacks."""
    for script in (settings.script, *(part.script for part in settings.parts.values())):
        if script.missing:
            lacks = ", ".join(script.missing)
            making.say(f"warning: {script.words_path} lacks {lacks}; these stay English")
