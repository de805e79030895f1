"""Make a film, or a still, of a scene."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from spineanim.content.project import Project
from spineanim.content.settings import Settings, load_settings
from spineanim.content.timeline import Timeline
from spineanim.errors import OutputError, SceneError
from spineanim.picture.kiln import watched
from spineanim.render.assemble import assemble
from spineanim.render.catalog import find_scene
from spineanim.render.clip import Clip, Stretch
from spineanim.render.encode import EncodedSegment
from spineanim.render.encoding import Encoding, web_film
from spineanim.render.engine import Engine, Say, Way
from spineanim.render.files import png_bytes, save_png, size_of, written_aside
from spineanim.render.film_sound import film_sound
from spineanim.render.manifest import manifest, write_manifest
from spineanim.render.order import Order
from spineanim.render.pictures import Moment, PictureSink
from spineanim.render.quality import Quality, folder_name
from spineanim.render.recipe import RecipeNames
from spineanim.render.segments import cut
from spineanim.render.shelf import shelf_for
from spineanim.render.sound_track import sound_track
from spineanim.render.stage_scene import load_scene, play_scene
from spineanim.render.webvtt import webvtt
from spineanim.vault.damage import damage_watched

Progress = Callable[[int, int], None]
"""Called with what is done and what there is in all."""


def _say_nothing(done: int, total: int) -> None:
    """Take progress and do nothing with it."""


def _say_no_line(line: str) -> None:
    """Take a line and do nothing with it."""


_ISO_639_2 = {"en": "eng", "es": "spa"}


@dataclass(frozen=True)
class Film:
    """A finished film: its folder and its main facts."""

    folder: Path
    video: Path
    frame_count: int
    duration_s: float
    size_bytes: int


@dataclass(frozen=True)
class Making:
    """How a film is made, whatever it shows.

    Attributes
    ----------
    way
        How workers are used.
    cached
        Whether what was kept is used, and what is drawn is kept.
    progress
        Told of frames.
    baking
        Told of the pictures that have to be baked before.
    say
        Told of what went wrong and was mended.
    """

    way: Way = field(default_factory=Way)
    cached: bool = True
    progress: Progress = _say_nothing
    baking: Progress = _say_nothing
    say: Say = _say_no_line


def render_film(
    project: Project,
    scene: str,
    quality: Quality,
    output: Path,
    making: Making | None = None,
    *,
    settings: Settings | None = None,
    encoding: Encoding | None = None,
    clip: Clip | None = None,
) -> Film:
    """Render a scene to a folder: film, captions, chapters, poster, manifest.

    The folder is `output/scene/quality`; what is not usual is part of its name, such as
    `high-es-9x16` or `high-webm`.

    Parameters
    ----------
    project
        Where the scene and its content are.
    scene
        Its name.
    quality
        Size and rate.
    output
        Folder of all renders; what was there before stays until all is well.
    making
        How; with all cores, and what was kept, when omitted.
    settings
        Theme, words and parameters; the project's own, in English, when omitted.
    encoding
        How frames are written; H.264 in MP4 when omitted.
    clip
        Which part of the film; all of it when omitted.

    Raises
    ------
    SpineanimError
        The scene is unknown or wrong, or the result cannot be written.
    """
    making, encoding = making or Making(), encoding or web_film(quality)
    settings = settings or load_settings(scene, project)
    order = Order(find_scene(project, scene), settings, quality, encoding)
    timeline = order.timeline
    clip = clip or Clip()
    part = clip.of(timeline)
    folder = (
        output
        / scene
        / folder_name(quality.name, settings.script, quality, encoding.suffix + clip.suffix)
    )
    with (
        written_aside(folder) as aside,
        shelf_for(RecipeNames(order), aside, cached=making.cached, say=making.say) as shelf,
        damage_watched(lambda damage: making.say(str(damage))),
        watched(making.baking),
    ):
        engine = Engine(order, shelf, making.way, making.progress, making.say)
        poster = _poster(engine, order, part)
        file = aside / f"{scene}.{encoding.format}"
        _join(file, engine, order, film_sound(order, part, shelf.contents))
        if poster is not None:
            (aside / "poster.png").write_bytes(poster)
        fps = quality.fps
        _write_text(aside / "captions.vtt", webvtt(part.spans(timeline.captions), fps))
        _write_text(aside / "chapters.vtt", webvtt(part.spans(timeline.chapters), fps))
        files = [each for each in aside.iterdir() if each.is_file()]
        facts = manifest(order, part, files)
        write_manifest(facts, aside / "manifest.json")
    finished = folder / file.name
    return Film(folder, finished, len(part), len(part) / fps, size_of(finished))


def _poster(engine: Engine, order: Order, part: Stretch) -> bytes | None:
    """Get all segments and, of a whole film, the poster's file."""
    segments = cut(order.timeline, part.start, part.end)
    if not part.is_whole:
        engine.make(segments, None)
        return None
    name = order.entry.poster
    known = engine.shelf.poster(name)
    pixels = engine.make(segments, None if known is not None else name)
    if known is not None:
        return known
    if pixels is None:
        raise OutputError(
            f"{order.entry.name} has no beat {name!r} for a poster", "check the scene's poster"
        )
    png = png_bytes(pixels)
    engine.shelf.keep_poster(name, png)
    return png


def _join(file: Path, engine: Engine, order: Order, sound: bytes | None) -> None:
    """Join a film's segments.

    Raises
    ------
    OutputError
        One of them is gone since it was seen.
    """

    def each() -> Iterator[EncodedSegment]:
        for segment in sorted(engine.keys):
            packed = engine.shelf.contents.get(engine.keys[segment])
            if packed is None:
                raise OutputError("a kept segment has just been removed", "render once more")
            yield EncodedSegment.unpacked(packed)

    script = order.settings.script
    tags = {"title": script.title, "comment": script.summary}
    language = _ISO_639_2.get(script.language, "und")
    track = sound_track(sound, language) if sound else None
    assemble(file, order.encoding, each(), tags, language, track)


def _write_text(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8", newline="\n")


def render_still(
    project: Project,
    scene: str,
    quality: Quality,
    output: Path,
    *,
    beat: str | None = None,
    at_s: float | None = None,
    baking: Progress = _say_nothing,
    settings: Settings | None = None,
) -> Path:
    """Draw one picture of a scene as PNG.

    Parameters
    ----------
    beat
        Draw the end state of this beat, with its heading and last caption.
    at_s
        Draw the frame of this moment instead. With neither, the poster's beat is drawn.
    baking
        Told of the pictures that have to be baked before.
    settings
        Theme, words and parameters; the project's own, in English, when omitted.

    Returns
    -------
    The file written, in `output/scene/stills`, with language and shape in the folder's name.

    Raises
    ------
    SpineanimError
        The scene, beat or moment does not exist, or the file cannot be written.
    """
    entry = find_scene(project, scene)
    settings = settings or load_settings(scene, project)
    timeline = settings.timeline(quality.fps)
    moment, name = _moment(timeline, beat, at_s, lambda: load_scene(entry).poster)
    sink = PictureSink([moment])
    folder = output / scene / folder_name("stills", settings.script, quality)
    with watched(baking):
        play_scene(entry, settings, quality, sink)
    if moment not in sink.pictures:
        raise SceneError(f"{scene} never came to {name}", "check the scene's beats")
    with written_aside(folder) as aside:
        save_png(sink.pictures[moment], aside / f"{name}.png")
    return folder / f"{name}.png"


def _moment(
    timeline: Timeline,
    beat: str | None,
    at_s: float | None,
    poster: Callable[[], str],
) -> tuple[Moment, str]:
    """Return the moment a still shows, and its file's stem."""
    if at_s is not None:
        length_s = timeline.frame_count / timeline.fps
        if not 0 <= at_s < length_s:
            raise SceneError(
                f"there is no moment {at_s:g} s in a film of {length_s:g} s",
                f"choose 0 to {length_s - 1 / timeline.fps:.2f}",
            )
        frame = int(at_s * timeline.fps + 1e-9)
        return frame, f"at_{frame / timeline.fps:07.3f}s"
    name = beat or poster()
    if name not in timeline.moments:
        raise SceneError(
            f"no beat {name!r} in {timeline.script.path}", f"beats: {', '.join(timeline.moments)}"
        )
    return name, name
