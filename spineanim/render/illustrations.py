"""Illustrations of the page: stills without heading and captions, as PNG and as PDF."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Final

from spineanim.content.page import PagePicture, PageWords
from spineanim.content.project import Project
from spineanim.content.settings import Settings
from spineanim.errors import SceneError
from spineanim.picture.kiln import watched
from spineanim.render.catalog import find_scene
from spineanim.render.files import save_png, sha256_of, written_aside
from spineanim.render.pdf import draw_stage, pdf_page
from spineanim.render.quality import Quality
from spineanim.render.renderer import Frame, FrameSink
from spineanim.render.stage_scene import play_scene
from spineanim.scene import SpineScene

_PAGE_PT: Final = 960.0
"""Width of an illustration's page: 13 1/3 inches, as slides have it."""

Take = Callable[[SpineScene, PagePicture, Callable[[], Frame]], None]
"""Takes a picture from a scene that stands in its state; `draw()` gives the pixels."""


class _Beats(FrameSink):
    """Hands over the scene at the end states of some beats, heading and captions hidden."""

    def __init__(self, pictures: Iterable[PagePicture], take: Take) -> None:
        self.waiting = list(pictures)
        self.take = take

    def beat_finished(self, scene: SpineScene, name: str, draw: Callable[[], Frame]) -> None:
        """Take what is wanted of this beat."""
        for picture in [each for each in self.waiting if each.beat in scene.moments(name)]:
            scene.overlay.hide()
            self.take(scene, picture, draw)
            self.waiting.remove(picture)

    def done(self) -> bool:
        """Whether all is taken."""
        return not self.waiting


def take_pictures(
    project: Project,
    pictures: Iterable[PagePicture],
    settings: Mapping[str, Settings],
    quality: Quality,
    take: Take,
) -> None:
    """Play the scenes of some pictures, each once, and take the pictures from them.

    Parameters
    ----------
    project
        Where the scenes are.
    pictures
        What is wanted.
    settings
        What each scene is told, by its name.
    quality
        Size of the pictures.
    take
        Called for each picture while its scene stands in its state.

    Raises
    ------
    SceneError
        A scene or a beat of it does not exist.
    """
    by_scene: dict[str, list[PagePicture]] = {}
    for picture in pictures:
        by_scene.setdefault(picture.scene, []).append(picture)
    for scene, wanted in by_scene.items():
        moments = settings[scene].timeline(quality.fps).moments
        for picture in wanted:
            if picture.beat not in moments:
                raise SceneError(
                    f"picture {picture.name} is of no beat {picture.beat!r} of {scene}",
                    f"correct {project.pictures_file}; beats: {', '.join(moments)}",
                )
        play_scene(find_scene(project, scene), settings[scene], quality, _Beats(wanted, take))


def draw_illustrations(
    project: Project,
    pictures: Mapping[str, PagePicture],
    words: PageWords,
    settings: Mapping[str, Settings],
    quality: Quality,
    folder: Path,
    *,
    baking: Callable[[int, int], None] = lambda done, total: None,
) -> list[Path]:
    """Draw illustrations as PNG and PDF, and `illustrations.json`, which tells what they show.

    Parameters
    ----------
    project, pictures, settings, quality
        As for `take_pictures`.
    words
        Title and `alt` text of each picture.
    folder
        Where to.
    baking
        Told of the pictures of parts that have to be baked before.

    Returns
    -------
    The PNG and PDF files.

    Raises
    ------
    SpineanimError
        A scene, a beat or a text is missing, or the files cannot be written.
    """
    facts = {}
    with written_aside(folder) as aside, watched(baking):

        def take(scene: SpineScene, picture: PagePicture, draw: Callable[[], Frame]) -> None:
            title, alt = (words.text(picture.name, key) for key in ("title", "alt"))
            png, pdf = (aside / f"{picture.name}.{kind}" for kind in ("png", "pdf"))
            save_png(draw(), png)
            high_pt = _PAGE_PT * quality.height_px / quality.width_px
            with pdf_page(pdf, _PAGE_PT, high_pt, title, alt) as page:
                draw_stage(scene.stage_camera, scene.mobjects, page, (0.0, 0.0), _PAGE_PT)
            facts[picture.name] = {
                "title": title,
                "alt": alt,
                "width_px": quality.width_px,
                "height_px": quality.height_px,
                "files": {
                    file.name: {"bytes": file.stat().st_size, "sha256": sha256_of(file)}
                    for file in (png, pdf)
                },
            }

        take_pictures(project, pictures.values(), settings, quality, take)
        told = {name: facts[name] for name in pictures}
        text = json.dumps(told, indent=2, ensure_ascii=False) + "\n"
        (aside / "illustrations.json").write_text(text, encoding="utf-8")
    return [folder / f"{name}.{kind}" for name in pictures for kind in ("png", "pdf")]
