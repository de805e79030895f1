"""`spineanim still`: make one picture."""

from __future__ import annotations

from pathlib import Path

import click

from spineanim.cli.options import aspect_option, output_option, quality_option
from spineanim.cli.progress import FrameProgress
from spineanim.content.project import find_project
from spineanim.render.catalog import find_scene
from spineanim.render.quality import QUALITIES


@click.command()
@click.argument("scene")
@click.option("--beat", metavar="NAME", help="End state of this beat (default: the poster's beat).")
@click.option("--at", "at_s", type=float, metavar="SECONDS", help="The frame of this moment.")
@quality_option("high")
@aspect_option
@output_option
def command(
    scene: str,
    beat: str | None,
    at_s: float | None,
    quality: str,
    aspect: str,
    output: Path | None,
) -> None:
    """Draw one picture of a scene as PNG, to DIR/SCENE/stills."""
    if beat is not None and at_s is not None:
        raise click.UsageError("give --beat or --at, not both")
    project = find_project()
    find_scene(project, scene)
    from spineanim.render.job import render_still

    with FrameProgress(scene, announced=False) as progress:
        still = render_still(
            project,
            scene,
            QUALITIES[quality].shaped(aspect),
            output or project.renders,
            beat=beat,
            at_s=at_s,
            baking=progress.bake,
        )
    click.echo(str(still))
