"""Make a film, or a still, of a scene."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from spineanim.content.project import Project
from spineanim.content.settings import Settings, load_settings
from spineanim.content.timeline import Timeline
from spineanim.errors import OutputError, SceneError
from spineanim.picture.kiln import watched
from spineanim.render.assemble import assemble
from spineanim.render.catalog import find_scene
from spineanim.render.encode import EncodedSegment, SegmentEncoder
from spineanim.render.encoding import Encoding, web_film
from spineanim.render.files import save_png, written_aside
from spineanim.render.manifest import manifest, write_manifest
from spineanim.render.pictures import Moment, PictureSink
from spineanim.render.quality import Quality, folder_name
from spineanim.render.renderer import Frame, FrameSink
from spineanim.render.segments import cut
from spineanim.render.stage_scene import load_scene, play_scene
from spineanim.render.webvtt import webvtt
from spineanim.scene import SpineScene

Progress = Callable[[int, int], None]
"""Called with what is done and what there is in all."""


def _say_nothing(done: int, total: int) -> None:
    """Take progress and do nothing with it."""


_ISO_639_2 = {"en": "eng", "es": "spa"}


@dataclass(frozen=True)
class Film:
    """A finished film: its folder and its main facts."""

    folder: Path
    video: Path
    frame_count: int
    duration_s: float
    size_bytes: int


class _FilmSink(FrameSink):
    """Encodes every frame, segment by segment, and keeps the poster's picture."""

    def __init__(
        self, encoding: Encoding, timeline: Timeline, poster: str, progress: Progress
    ) -> None:
        self.encoding, self.poster, self.progress = encoding, poster, progress
        self.ends = {segment.end for segment in cut(timeline)}
        self.total = timeline.frame_count
        self.encoder = SegmentEncoder(encoding)
        self.segments: list[EncodedSegment] = []
        self.count = 0
        self.poster_pixels: Frame | None = None

    def wants(self, frame: int) -> bool:
        return True

    def put(self, frame: int, pixels: Frame) -> None:
        self.encoder.put(pixels)
        self.count += 1
        if self.count in self.ends:
            self.segments.append(self.encoder.finish())
            self.encoder = SegmentEncoder(self.encoding)
        self.progress(self.count, self.total)

    def beat_finished(self, scene: SpineScene, name: str, draw: Callable[[], Frame]) -> None:
        if self.poster in scene.moments(name):
            scene.overlay.show_settled(name)
            scene.overlay.hide_captions()
            self.poster_pixels = draw()


def render_film(
    project: Project,
    scene: str,
    quality: Quality,
    output: Path,
    progress: Progress,
    baking: Progress = _say_nothing,
    settings: Settings | None = None,
) -> Film:
    """Render a scene to a folder: film, captions, chapters, poster, manifest.

    The folder is `output/scene/quality`, with language and shape in its name where they are
    not English and 16:9, such as `high-es-9x16`.

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
    progress
        Told of every frame.
    baking
        Told of the pictures that have to be baked before.
    settings
        Theme, words and parameters; the project's own, in English, when omitted.

    Raises
    ------
    SpineanimError
        The scene is unknown or wrong, or the result cannot be written.
    """
    entry = find_scene(project, scene)
    settings = settings or load_settings(scene, project)
    timeline = settings.timeline(quality.fps)
    poster = load_scene(entry).poster
    folder = output / scene / folder_name(quality.name, settings.script, quality)
    with written_aside(folder) as aside, watched(baking):
        video = aside / f"{scene}.mp4"
        encoding = web_film(quality)
        sink = _FilmSink(encoding, timeline, poster, progress)
        play_scene(entry, settings, quality, sink)
        script = timeline.script
        tags = {"title": script.title, "comment": script.summary}
        language = _ISO_639_2.get(script.language, "und")
        assemble(video, encoding, sink.segments, tags, language)
        save_png(_poster_of(sink, scene, timeline), aside / "poster.png")
        _write_text(aside / "captions.vtt", webvtt(timeline.captions, quality.fps))
        _write_text(aside / "chapters.vtt", webvtt(timeline.chapters, quality.fps))
        files = [file for file in aside.iterdir() if file.is_file()]
        write_manifest(manifest(scene, settings, quality, timeline, files), aside / "manifest.json")
    finished = folder / f"{scene}.mp4"
    duration_s = timeline.frame_count / quality.fps
    return Film(folder, finished, timeline.frame_count, duration_s, finished.stat().st_size)


def _poster_of(sink: _FilmSink, scene: str, timeline: Timeline) -> Frame:
    """Return the poster's picture of a film that has all its frames.

    Raises
    ------
    OutputError
        Frames or the poster are missing.
    """
    if sink.count == timeline.frame_count and sink.poster_pixels is not None:
        return sink.poster_pixels
    missing = "" if sink.poster_pixels is not None else f" and no beat {sink.poster!r} for a poster"
    raise OutputError(
        f"{scene} gave {sink.count} of {timeline.frame_count} frames{missing}",
        "check the scene's beats and its poster",
    )


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
