"""`spineanim illustrations`: still pictures for a page."""

from __future__ import annotations

from pathlib import Path

import click

from spineanim.cli.options import (
    language_option,
    output_option,
    page_words_of,
    quality_option,
    set_option,
    settings_of,
)
from spineanim.cli.progress import FrameProgress
from spineanim.content.page import chosen_pictures, load_pictures
from spineanim.content.project import find_project
from spineanim.render.catalog import find_scene
from spineanim.render.quality import QUALITIES, folder_name


@click.command()
@click.argument("names", metavar="[NAME]...", nargs=-1)
@quality_option("4k")
@language_option
@set_option
@output_option
def command(
    names: tuple[str, ...],
    quality: str,
    language: str,
    changes: dict[str, str],
    output: Path | None,
) -> None:
    """Draw the illustrations of the page, to DIR/illustrations.

    Each comes as PNG and as PDF, with words and lines as vectors; illustrations.json says what
    they show. Without a NAME all are drawn that assets/page/pictures.toml lists.
    """
    project = find_project()
    pictures = chosen_pictures(load_pictures(project, "illustrations"), names)
    scenes = tuple(sorted({picture.scene for picture in pictures.values()}))
    for scene in scenes:
        find_scene(project, scene)
    settings = settings_of(project, scenes, language, changes)
    words = page_words_of(project, "illustrations", language, settings[scenes[0]].parameters)
    from spineanim.render.illustrations import draw_illustrations

    drawn_at = QUALITIES[quality]
    folder = folder_name("illustrations", settings[scenes[0]].script, drawn_at)
    with FrameProgress("illustrations", announced=False) as progress:
        files = draw_illustrations(
            project,
            pictures,
            words,
            settings,
            drawn_at,
            (output or project.renders) / folder,
            baking=progress.bake,
        )
    for file in files:
        click.echo(str(file))
