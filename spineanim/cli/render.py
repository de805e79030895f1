"""`spineanim render`: make films."""

from __future__ import annotations

from pathlib import Path

import click

from spineanim.cli.options import aspect_option, output_option, quality_option
from spineanim.cli.progress import FrameProgress
from spineanim.content.project import find_project
from spineanim.render.catalog import find_scene
from spineanim.render.quality import QUALITIES


@click.command()
@click.argument("scenes", metavar="SCENE...", nargs=-1, required=True)
@quality_option("medium")
@aspect_option
@output_option
def command(scenes: tuple[str, ...], quality: str, aspect: str, output: Path | None) -> None:
    """Render the films of one or more scenes.

    Each goes to a folder of its own, DIR/SCENE/QUALITY: the film (MP4), captions and chapters
    (WebVTT), a poster (PNG) and a manifest (JSON). A film made before stays until the new one
    is complete.
    """
    project = find_project()
    for scene in scenes:
        find_scene(project, scene)  # a wrong name stops before any film is made
    from spineanim.render.job import render_film

    for scene in scenes:
        with FrameProgress(f"{scene} {quality}") as progress:
            film = render_film(
                project,
                scene,
                QUALITIES[quality].shaped(aspect),
                output or project.renders,
                progress.update,
                progress.bake,
            )
        click.echo(
            f"{film.video}: {film.frame_count} frames, {film.duration_s:.1f} s, "
            f"{film.size_bytes / 1e6:.1f} MB"
        )
