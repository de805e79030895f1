"""Play a film without drawing, and leave a mark at each of its plays."""

from __future__ import annotations

import gc
import os
import traceback
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path

from manim import tempconfig

from spineanim.content.project import Project
from spineanim.content.settings import Settings, load_settings
from spineanim.content.timeline import ProgrammeTimeline, Span
from spineanim.errors import SpineanimError
from spineanim.geometry.patients import noting_patients
from spineanim.mobjects.making import made_by
from spineanim.picture.haste import hurried, roughness
from spineanim.picture.kept import remembered
from spineanim.picture.kiln import watched
from spineanim.preview.looks import Caption, Chapter, Film, Look, Moment
from spineanim.preview.theatre.line import Head, Line
from spineanim.preview.theatre.mark import stand
from spineanim.preview.theatre.spares import Spares
from spineanim.render.catalog import SceneEntry, find_scene
from spineanim.render.quality import QUALITIES, Quality
from spineanim.render.renderer import FrameSink
from spineanim.render.stage_scene import load_scene, manim_options, play_scene
from spineanim.scene import SpineScene

_LAST = 19
"""How nice a process is whose work nobody waits for."""


def quality_of(look: Look) -> Quality:
    """Return size and rate of what a window looks at."""
    width_px = look.height_px * 16 // 9
    plain = replace(QUALITIES["high"], name="preview", width_px=width_px, height_px=look.height_px)
    return plain.shaped(look.aspect)


@dataclass(frozen=True)
class Play:
    """All that a film is played from; files may have changed since it was read.

    Attributes
    ----------
    film
        Its facts.
    entry, loaded
        The scene, and its class.
    settings, quality
        Content and size.
    scenes
        Name and text of every scene's file.
    """

    film: Film
    entry: SceneEntry
    loaded: type[SpineScene]
    settings: Settings
    quality: Quality
    scenes: tuple[tuple[str, bytes], ...]

    def course(self) -> object:
        """Return all that decides what is shown when, whatever the body and the colours."""

        def course(settings: Settings) -> tuple[object, ...]:
            given = settings.parameters
            own = {each.name: getattr(given, each.name) for each in fields(given)}
            words = replace(settings.script, path=Path())  # a trial's lies elsewhere
            parts = {name: course(each) for name, each in settings.parts.items()}
            styles = replace(settings.theme, colors={})
            return styles, words, {**own, "anatomy": None, "pump": None}, settings.voices, parts

        return course(self.settings), self.quality, self.scenes


def rehearse(server: Line, order: Head, last: Play | None, spares: Spares) -> Play | None:
    """Play a film; tell of its facts, its marks, and of what goes wrong.

    Parameters
    ----------
    server
        Is told: the film, each play with the line of its mark if it has one, and that it is done.
    order
        `root` of the project, `look`, and the `generation`. With a `moment`, plays before it get
        no mark. With `until`, the last film is played again: only plays before that frame get a
        mark, and this process ends. With `finely`, all that is kept for films is made, for
        nobody, while others go first; this process ends.
    last
        What this process, or the one it is a copy of, has played last.
    spares
        Has plates ready.

    Returns
    -------
    What was played; None if it could not be read.
    """
    play, until = None, order.get("until")
    try:
        server.say({"process": os.getpid()})
        if order.get("finely"):
            os.nice(_LAST)
            _make_finely(read_play(order), server)
            os._exit(0)
        play = last if until is not None else read_play(order)
        assert play is not None
        start = 0
        if until is None:
            server.say({"film": asdict(play.film)})
            start = play.film.frame_of(Moment(**order["moment"])) if order.get("moment") else 0
        spares.begin(play.course() if until is None else None, start)
        marking = _Marking(server, spares, start, until, play.entry.file)
        try:
            is_rough = _perform(play, server, marking, spares)
        except Exception:
            if not spares.has_old:
                raise
            server.say({"anew": True})
            spares.begin()
            is_rough = _perform(play, server, marking, spares)
        server.say({"done": True, "rough": is_rough})
    except SpineanimError as error:
        hint = "" if "--debug" in error.hint else error.hint  # an option of other commands
        server.say({"message": error.message, "hint": hint})
    except BrokenPipeError:
        os._exit(0)
    except Exception as error:
        place = traceback.extract_tb(error.__traceback__)[-1]
        said = f"{place.filename}:{place.lineno}: {type(error).__name__}: {error}"
        server.say({"message": said, "hint": ""})
    if until is not None or order.get("finely"):
        os._exit(0)
    return play


def read_play(order: Head) -> Play:
    """Read all that a film is played from."""
    look, project = Look(**order["look"]), Project(Path(order["root"]))
    quality = quality_of(look)
    entry = find_scene(project, look.scene)
    settings = load_settings(look.scene, project, look.language)
    film = film_of(entry, settings, quality, look, order["generation"])
    scenes = tuple((each.name, each.read_bytes()) for each in sorted(project.scenes.glob("*.py")))
    return Play(film, entry, load_scene(entry), settings, quality, scenes)


def _perform(play: Play, server: Line, marking: _Marking, spares: Spares) -> bool:
    """Play a film; return whether anything in it is rough."""
    gc.collect()
    gc.freeze()  # copies share what is there by now
    gc.disable()  # a quarter of the time of a play, and hardly anything is found
    # What is not kept yet would take up to a minute in a film's own quality.
    with (
        hurried(),
        made_by(spares),
        remembered(spares.memory),
        noting_patients(spares.patients),
        _baking_told(server),
    ):
        play_scene(play.entry, play.settings, play.quality, marking, loaded=play.loaded)
        return roughness() > 0


def _make_finely(play: Play, server: Line) -> None:
    """Make all that a film keeps, as for a render."""
    with _baking_told(server):
        play_scene(play.entry, play.settings, play.quality, FrameSink(), loaded=play.loaded)
    server.say({"done": True})


def _baking_told(server: Line) -> AbstractContextManager[None]:
    return watched(lambda done, total: server.say({"baked": done, "of": total}))


def prepare(play: Play, spares: Spares) -> bool:
    """Make one plate for the next play of a film; False if there is none left to make."""
    with hurried(), remembered(spares.memory), tempconfig(manim_options(play.quality)):
        return spares.make_ahead()


class _Marking(FrameSink):
    """Leaves a mark at every play that reaches into a stretch, and wants no frame itself."""

    def __init__(
        self, server: Line, spares: Spares, start: int, until: int | None, file: Path
    ) -> None:
        self._server, self._spares, self._file = server, spares, file
        self._start, self._until = start, until
        self._is_done = False

    def play_begins(self, scene: SpineScene, first: int, count: int) -> None:
        """Leave a copy of this process that can draw the frames of the play."""
        end = first + count
        self._spares.play_begins(scene.mobjects, end)
        self._is_done = self._until is not None and end >= self._until
        told = {"end": end, "rough": self._spares.shows_rough}
        if end <= self._start:
            self._server.say(told)
            return
        here, there = Line.pair()
        if os.fork() == 0:
            self._server.close()
            here.close()
            stand(scene, first, there, self._file)
            os._exit(0)
        there.close()
        self._server.say({"start": first, **told}, hand=here)

    def is_watching(self, first: int, end: int) -> bool:
        """Whether any frame of a stretch lies in a play that gets a mark."""
        del first
        return end > self._start

    def done(self) -> bool:
        """Whether the rest need not be played."""
        return self._is_done


def film_of(
    entry: SceneEntry, settings: Settings, quality: Quality, look: Look, generation: int
) -> Film:
    """Return the facts of a film."""
    timeline = settings.timeline(quality.fps)
    chapters = tuple(_chapters(settings, quality.fps))
    poster = next((each.end - 1 for each in chapters if _ends(each, entry.poster)), 0)
    return Film(
        generation,
        look.scene,
        look.language,
        look.aspect,
        quality.width_px,
        quality.height_px,
        quality.fps,
        timeline.frame_count,
        chapters,
        tuple(Caption(each.text, each.start, each.end, each.name) for each in timeline.captions),
        settings.parameters.captions == "burned",
        poster,
    )


def _ends(chapter: Chapter, poster: str) -> bool:
    return poster in (chapter.name, f"{chapter.part}.{chapter.name}")


def _chapters(settings: Settings, fps: int) -> Iterator[Chapter]:
    """Beats and title cards, of a programme those of its scenes; a bridge goes with the last."""
    timeline = settings.timeline(fps)
    if not isinstance(timeline, ProgrammeTimeline):
        yield from (_chapter(each) for each in timeline.chapters)
        return
    found = [_chapter(timeline.chapters[0])]
    for name, start in timeline.starts.items():
        beats = timeline.parts[name].chapters
        found += (_chapter(each, start, name) for each in beats)
    ends = [*(each.start for each in found[1:]), timeline.frame_count]
    yield from (replace(each, end=end) for each, end in zip(found, ends, strict=True))


def _chapter(span: Span, offset: int = 0, part: str = "") -> Chapter:
    return Chapter(span.name, span.text, span.start + offset, span.end + offset, part)
