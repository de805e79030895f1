"""Load a scene's class and play it into a frame sink."""

from __future__ import annotations

import importlib.util
import logging
import sys
import traceback
from pathlib import Path

from manim import tempconfig
from manim.utils.exceptions import EndSceneEarlyException

from spineanim.content.settings import Settings
from spineanim.errors import SceneError, SpineanimError
from spineanim.render.catalog import SceneEntry
from spineanim.render.quality import Quality
from spineanim.render.renderer import FilmRenderer, FrameSink
from spineanim.scene import SpineScene
from spineanim.stage import format_of


def load_scene(entry: SceneEntry) -> type[SpineScene]:
    """Import a scene file and return its class.

    Raises
    ------
    SceneError
        The file fails to import, or holds no such class (with file and line).
    """
    spec = importlib.util.spec_from_file_location(f"scenes_{entry.name}", entry.file)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    try:
        spec.loader.exec_module(module)
    except SpineanimError:
        raise
    except Exception as error:
        raise _scene_error(entry.file, error) from error
    scene = getattr(module, entry.class_name)
    if not (isinstance(scene, type) and issubclass(scene, SpineScene)):
        raise SceneError(f"{entry.file}: {entry.class_name} is no SpineScene", "derive it from one")
    return scene


def play_scene(entry: SceneEntry, settings: Settings, quality: Quality, sink: FrameSink) -> None:
    """Play a scene at a quality; its wanted frames go to the sink.

    Raises
    ------
    SpineanimError
        Content and scene disagree, or the scene's own code fails (with file and line).
    """
    fmt = format_of(quality.width_px, quality.height_px)
    options = {
        "pixel_width": quality.width_px,
        "pixel_height": quality.height_px,
        "frame_rate": quality.fps,
        "frame_height": fmt.height,
        "frame_width": fmt.height * quality.width_px / quality.height_px,
        "progress_bar": "none",
        "verbosity": "ERROR",
        "dry_run": True,
        "renderer": "cairo",
        "seed": 0,
    }
    logging.getLogger("manim").setLevel(logging.ERROR)
    scene_class = load_scene(entry)
    with tempconfig(options):
        try:
            scene = scene_class(settings=settings, renderer=FilmRenderer(sink))
            scene.setup()
            scene.construct()
        except EndSceneEarlyException:
            return
        except (SpineanimError, OSError, MemoryError):
            raise
        except Exception as error:
            raise _scene_error(entry.file, error) from error


def _scene_error(file: Path, error: Exception) -> SceneError:
    """One line that names the place in the scene file an error came from."""
    places = [
        place for place in traceback.extract_tb(error.__traceback__) if Path(place.filename) == file
    ]
    line = places[-1].lineno if places else getattr(error, "lineno", None)
    where = f"{file}:{line}" if line else str(file)
    return SceneError(
        f"{where}: {type(error).__name__}: {error}", "use --debug to see where it came from"
    )
