"""`spineanim handout`: one page to print."""

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
from spineanim.content.page import load_pictures
from spineanim.content.project import find_project
from spineanim.render.catalog import find_scene
from spineanim.render.quality import QUALITIES, folder_name


@click.command()
@click.option(
    "--paper",
    type=click.Choice(["a4", "letter"], case_sensitive=False),
    default="a4",
    show_default=True,
    help="Size of the page.",
)
@quality_option("high")
@language_option
@set_option
@output_option
def command(
    paper: str, quality: str, language: str, changes: dict[str, str], output: Path | None
) -> None:
    """Draw the page to print, as PDF, to DIR/handout.

    It shows the steps in pictures and words: assets/page says which beats, and has the words.
    The practice's name and logo stand on it if they are set.
    """
    project = find_project()
    pictures = load_pictures(project, "handout")
    scenes = tuple(sorted({picture.scene for picture in pictures.values()}))
    for scene in scenes:
        find_scene(project, scene)
    settings = settings_of(project, scenes, language, changes)
    words = page_words_of(project, "handout", language, settings[scenes[0]].parameters)
    from spineanim.render.handout import draw_handout

    drawn_at = QUALITIES[quality]
    folder = folder_name("handout", settings[scenes[0]].script, drawn_at)
    with FrameProgress("handout", announced=False) as progress:
        file = draw_handout(
            project,
            pictures,
            words,
            settings,
            drawn_at,
            (output or project.renders) / folder / f"handout-{paper.lower()}.pdf",
            paper=paper.lower(),
            baking=progress.bake,
        )
    click.echo(str(file))
