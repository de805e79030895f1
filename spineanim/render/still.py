"""Make one picture of a scene."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from spineanim.content.project import Project
from spineanim.content.settings import Settings, load_settings
from spineanim.content.timeline import Timeline
from spineanim.errors import SceneError
from spineanim.picture.kiln import watched
from spineanim.render.catalog import find_scene
from spineanim.render.files import save_png, written_aside
from spineanim.render.making import Progress, say_nothing
from spineanim.render.pictures import Moment, PictureSink
from spineanim.render.quality import Quality, folder_name
from spineanim.render.stage_scene import load_scene, play_scene


def render_still(
    project: Project,
    scene: str,
    quality: Quality,
    output: Path,
    *,
    beat: str | None = None,
    at_s: float | None = None,
    baking: Progress = say_nothing,
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
