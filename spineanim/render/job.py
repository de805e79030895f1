"""Make a film of a scene."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from spineanim.content.project import Project
from spineanim.content.settings import Settings, load_settings
from spineanim.errors import OutputError
from spineanim.render.assemble import assemble
from spineanim.render.catalog import find_scene
from spineanim.render.clip import Clip, Stretch
from spineanim.render.encode import EncodedSegment
from spineanim.render.encoding import Encoding, web_film
from spineanim.render.files import png_bytes, size_of, written_aside
from spineanim.render.film_sound import film_sound
from spineanim.render.making import Making
from spineanim.render.manifest import manifest, write_manifest
from spineanim.render.order import Order
from spineanim.render.quality import QUALITIES, Quality, folder_name
from spineanim.render.recipe import RecipeNames
from spineanim.render.segments import Segment, cut
from spineanim.render.shelf import Shelf, shelf_for
from spineanim.render.sound_track import sound_track
from spineanim.render.webvtt import webvtt
from spineanim.vault.damage import damage_watched

_ISO_639_2 = {"en": "eng", "es": "spa"}


@dataclass(frozen=True)
class Film:
    """A finished film: its folder and its main facts."""

    folder: Path
    video: Path
    frame_count: int
    duration_s: float
    size_bytes: int


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
    clip = clip or Clip()
    part = clip.of(order.timeline)
    folder = film_folder(output, order, clip)
    with (
        written_aside(folder) as aside,
        shelf_for(RecipeNames(order), aside, cached=making.cached, say=making.say) as shelf,
        damage_watched(lambda damage: making.say(str(damage))),
    ):
        keys, poster = _pictures(order, shelf, making, part)
        _join(aside, order, shelf, keys, film_sound(order, part, shelf.contents))
        if poster is not None:
            (aside / "poster.png").write_bytes(poster)
        _write_words(aside, order, part)
        files = [each for each in aside.iterdir() if each.is_file()]
        write_manifest(manifest(order, part, files), aside / "manifest.json")
    file = film_file(folder, order)
    return Film(folder, file, len(part), len(part) / quality.fps, size_of(file))


def film_folder(output: Path, order: Order, clip: Clip) -> Path:
    """Folder of a film, below that of all renders."""
    quality = order.quality
    is_usual = quality.name not in QUALITIES or quality.fps == QUALITIES[quality.name].fps
    rate = "" if is_usual else f"-{quality.fps}fps"
    more = order.encoding.suffix + rate + clip.suffix
    name = folder_name(quality.name, order.settings.script, quality, more)
    return output / order.entry.name / name


def film_file(folder: Path, order: Order) -> Path:
    """File of a film in its folder; a folder of pictures for `png`."""
    name, format = order.entry.name, order.encoding.format
    return folder / (name if format == "png" else f"{name}.{format}")


def _pictures(
    order: Order, shelf: Shelf, making: Making, part: Stretch
) -> tuple[Mapping[Segment, str], bytes | None]:
    """Get names of all segments' contents and, of a whole film, the poster's file."""
    segments = cut(order.timeline, part.start, part.end)
    keys, name = shelf.find(segments), order.entry.poster
    poster = shelf.poster(name) if part.is_whole else None
    making.progress(sum(map(len, keys)), len(part))
    if len(keys) == len(segments) and (poster is not None or not part.is_whole):
        return keys, poster
    # Manim takes a second to import: only if something must be drawn.
    from spineanim.render.engine import Engine

    engine = Engine(order, shelf, making, keys)
    pixels = engine.make(segments, name if part.is_whole and poster is None else None)
    if pixels is not None:
        poster = png_bytes(pixels)
        shelf.keep_poster(name, poster)
    if poster is None and part.is_whole:
        raise OutputError(
            f"{order.entry.name} has no beat {name!r} for a poster", "check the scene's poster"
        )
    return engine.keys, poster


@dataclass(frozen=True)
class _Joined:
    """The segments of a film, taken from the shelf one by one, as often as they are asked for.

    Attributes
    ----------
    shelf, keys
        Where they are, and the names of their contents.
    """

    shelf: Shelf
    keys: Mapping[Segment, str]

    def __iter__(self) -> Iterator[EncodedSegment]:
        """Give them in order.

        Raises
        ------
        OutputError
            One of them is gone since it was seen.
        """
        for segment in sorted(self.keys):
            key = self.keys[segment]
            packed = self.shelf.contents.get(key)
            if packed is None:
                raise OutputError("a kept segment has just been removed", "render once more")
            try:
                yield EncodedSegment.unpacked(packed)
            except ValueError as error:
                self.shelf.contents.reject(key, f"no segment: {error}")
                raise OutputError("a kept segment was of no use", "render once more") from None


def _join(
    folder: Path, order: Order, shelf: Shelf, keys: Mapping[Segment, str], sound: bytes | None
) -> None:
    """Join a film's segments, and its sound."""
    script = order.settings.script
    tags = {"title": script.title, "comment": script.summary}
    language = _ISO_639_2.get(script.language, "und")
    track = None if sound is None else sound_track(sound, language)
    assemble(film_file(folder, order), order.encoding, _Joined(shelf, keys), tags, language, track)


def _write_words(folder: Path, order: Order, part: Stretch) -> None:
    """Write captions and chapters."""
    timeline = order.timeline
    for name, spans in (("captions", timeline.captions), ("chapters", timeline.chapters)):
        text = webvtt(part.spans(spans), order.quality.fps)
        (folder / f"{name}.vtt").write_text(text, encoding="utf-8", newline="\n")
