"""`spineanim still`: make one picture."""

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
@click.option("--beat", metavar="NAME", help="End state of this beat (default: the poster's beat).")
@click.option("--at", "at_s", type=float, metavar="SECONDS", help="The frame of this moment.")
@quality_option("high")
@aspect_option
@language_option
@set_option
@output_option
def command(
    scenes: tuple[str, ...],
    every: bool,
    beat: str | None,
    at_s: float | None,
    quality: str,
    aspect: str | None,
    language: str,
    changes: dict[str, str],
    output: Path | None,
) -> None:
    """Draw one picture of each scene as PNG, to DIR/SCENE/stills."""
    if beat is not None and at_s is not None:
        raise click.UsageError("give --beat or --at, not both")
    project = find_project()
    scenes = chosen_scenes(project, scenes, every)
    settings = settings_of(project, scenes, language, changes)
    from spineanim.render.still import render_still

    for scene in scenes:
        with FrameProgress(scene, announced=False) as progress:
            still = render_still(
                project,
                scene,
                QUALITIES[quality].shaped(aspect or settings[scene].parameters.aspect),
                output or project.renders,
                beat=beat,
                at_s=at_s,
                baking=progress.bake,
                settings=settings[scene],
            )
        click.echo(str(still))
