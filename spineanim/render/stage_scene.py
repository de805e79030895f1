"""Load a scene's class and play it into a frame sink."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Final

from manim import config, tempconfig
from manim.constants import RendererType
from manim.utils.exceptions import EndSceneEarlyException

from spineanim.content.settings import Settings
from spineanim.errors import SceneError, SpineanimError
from spineanim.programme import scene_class
from spineanim.render.catalog import SceneEntry
from spineanim.render.quality import Quality
from spineanim.render.renderer import FilmRenderer, FrameSink
from spineanim.scene import SpineScene
from spineanim.stage import format_of

_PACKAGE: Final = Path(__file__).resolve().parents[1]


def load_scene(entry: SceneEntry) -> type[SpineScene]:
    """Import a scene file and return its class.

    Raises
    ------
    SceneError
        The file fails to import, or holds no such class (with file and line).
    """
    try:
        return scene_class(entry.file, entry.class_name)
    except SpineanimError:
        raise
    except Exception as error:
        raise scene_error(entry.file, error) from error


def play_scene(
    entry: SceneEntry,
    settings: Settings,
    quality: Quality,
    sink: FrameSink,
    clear: bool = False,
    on_stage: Callable[[FilmRenderer], None] | None = None,
    loaded: type[SpineScene] | None = None,
) -> None:
    """Play a scene at a quality; its wanted frames go to the sink.

    Parameters
    ----------
    entry, settings, quality
        What is played.
    sink
        Where frames go.
    clear
        Whether the ground stays clear, for films that are laid over something.
    on_stage
        Told of the renderer before the scene begins.
    loaded
        The scene's class, if it has been loaded already; its file is not read again then.

    Raises
    ------
    SpineanimError
        Content and scene disagree, or the scene's own code fails (with file and line).
    """
    logging.getLogger("manim").setLevel(logging.ERROR)
    scene_class = loaded or load_scene(entry)
    with tempconfig(manim_options(quality)):
        try:
            renderer = FilmRenderer(sink)
            scene = scene_class(settings=settings, renderer=renderer)
            scene.ground_is_clear = clear
            if on_stage is not None:
                on_stage(renderer)
            scene.setup()
            scene.construct()
        except EndSceneEarlyException:
            return
        except (SpineanimError, OSError, MemoryError):
            raise
        except Exception as error:
            raise scene_error(entry.file, error) from error


def manim_options(quality: Quality) -> dict[str, object]:
    """Return what Manim must know of a quality."""
    fmt = format_of(quality.width_px, quality.height_px)
    options: dict[str, object] = {
        "pixel_width": quality.width_px,
        "pixel_height": quality.height_px,
        "frame_rate": quality.fps,
        "frame_height": fmt.height,
        "frame_width": fmt.height * quality.width_px / quality.height_px,
        "progress_bar": "none",
        "verbosity": "ERROR",
        "dry_run": True,
        "seed": 0,
    }
    if config.renderer is not RendererType.CAIRO:  # to set it makes Manim rebuild its classes
        options["renderer"] = "cairo"
    return options


def scene_error(file: Path, error: Exception) -> SceneError:
    """Return one line that names the place of an error.

    It is the place in a scene's file, or one beside it; for what the scene imports, the place in
    what fails while it is imported.
    """
    places = traceback.extract_tb(error.__traceback__)
    own = [place for place in places if Path(place.filename).parent == file.parent]
    if own and (own[-1].line or "").startswith(("from ", "import ")):
        own = [each for each in places if Path(each.filename).is_relative_to(_PACKAGE)] or own
    named, line = (own[-1].filename, own[-1].lineno) if own else (str(file), None)
    said = str(error)
    if isinstance(error, SyntaxError) and error.filename:
        named, line, said = error.filename, error.lineno, error.msg
    where = f"{named}:{line}" if line else named
    return SceneError(
        f"{where}: {type(error).__name__}: {said}", "use --debug to see where it came from"
    )
