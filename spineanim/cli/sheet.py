"""`spineanim sheet`: contact sheets of all beats."""

from __future__ import annotations

from pathlib import Path

import click

from spineanim.cli.options import (
    aspect_option,
    chosen_scenes,
    language_option,
    output_option,
    quality_option,
    scenes_argument,
    set_option,
    settings_of,
)
from spineanim.cli.progress import FrameProgress
from spineanim.content.project import find_project
from spineanim.render.quality import QUALITIES


@click.command()
@scenes_argument
@click.option("--beat", metavar="NAME", help="Only this beat.")
@click.option(
    "--frames",
    "columns",
    type=click.IntRange(3, 12),
    default=3,
    show_default=True,
    help="Pictures a beat, from its start to its end.",
)
@quality_option("draft")
@aspect_option
@language_option
@set_option
@output_option
def command(
    scenes: tuple[str, ...],
    every: bool,
    beat: str | None,
    columns: int,
    quality: str,
    aspect: str | None,
    language: str,
    changes: dict[str, str],
    output: Path | None,
) -> None:
    """Draw contact sheets of scenes as PNG, to DIR/SCENE/sheets.

    A row shows a beat: its start, its middle and its end state.
    """
    project = find_project()
    scenes = chosen_scenes(project, scenes, every)
    settings = settings_of(project, scenes, language, changes)
    from spineanim.render.sheet import render_sheets

    for scene in scenes:
        with FrameProgress(scene, announced=False) as progress:
            sheets = render_sheets(
                project,
                scene,
                QUALITIES[quality].shaped(aspect or settings[scene].parameters.aspect),
                output or project.renders,
                beat=beat,
                columns=columns,
                baking=progress.bake,
                settings=settings[scene],
            )
        for sheet in sheets:
            click.echo(str(sheet))
