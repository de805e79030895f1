"""`spineanim handout`: pages to print."""

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
from spineanim.content.project import Project, find_project
from spineanim.render.catalog import find_scene
from spineanim.render.quality import QUALITIES, Quality, folder_name


@click.command()
@click.argument("scenes", metavar="[SCENE]...", nargs=-1)
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
    scenes: tuple[str, ...],
    paper: str,
    quality: str,
    language: str,
    changes: dict[str, str],
    output: Path | None,
) -> None:
    """Draw pages to print, as PDF, to DIR/handout.

    Without a scene, one page shows the steps in pictures and words: assets/page says which beats,
    and has the words. With scenes, a film each: every beat in its picture and its captions.
    The practice's name and logo stand on it if they are set.
    """
    project = find_project()
    folder, paper, drawn_at = output or project.renders, paper.lower(), QUALITIES[quality]
    if scenes:
        _draw_films(project, scenes, paper, drawn_at, language, changes, folder)
    else:
        _draw_steps(project, paper, drawn_at, language, changes, folder)


def _draw_steps(
    project: Project,
    paper: str,
    quality: Quality,
    language: str,
    changes: dict[str, str],
    output: Path,
) -> None:
    """Draw the page of the four steps."""
    pictures = load_pictures(project, "handout")
    scenes = tuple(sorted({picture.scene for picture in pictures.values()}))
    for scene in scenes:
        find_scene(project, scene)
    settings = settings_of(project, scenes, language, changes)
    words = page_words_of(project, "handout", language, settings[scenes[0]].parameters)
    from spineanim.render.handout import draw_handout

    folder = folder_name("handout", settings[scenes[0]].script, quality)
    with FrameProgress("handout", announced=False) as progress:
        file = draw_handout(
            project,
            pictures,
            words,
            settings,
            quality,
            output / folder / f"handout-{paper}.pdf",
            paper=paper,
            baking=progress.bake,
        )
    click.echo(str(file))


def _draw_films(
    project: Project,
    scenes: tuple[str, ...],
    paper: str,
    quality: Quality,
    language: str,
    changes: dict[str, str],
    output: Path,
) -> None:
    """Draw the pages of films."""
    for scene in scenes:
        find_scene(project, scene)
    settings = settings_of(project, scenes, language, changes)
    page_words_of(project, "handout", language, settings[scenes[0]].parameters)
    from spineanim.render.film_handout import draw_film_handout

    for scene in scenes:
        folder = folder_name("handout", settings[scene].script, quality)
        with FrameProgress(scene, announced=False) as progress:
            file = draw_film_handout(
                project,
                scene,
                settings[scene],
                quality,
                output / folder / f"{scene}-{paper}.pdf",
                paper=paper,
                baking=progress.bake,
            )
        click.echo(str(file))
