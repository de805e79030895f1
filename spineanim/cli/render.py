"""`spineanim render`: make films."""

from __future__ import annotations

from pathlib import Path

import click

from spineanim.cli.options import (
    aspect_option,
    chosen_scenes,
    output_option,
    quality_option,
    scenes_argument,
)
from spineanim.cli.progress import FrameProgress
from spineanim.content.project import find_project
from spineanim.render.quality import QUALITIES


@click.command()
@scenes_argument
@quality_option("medium")
@aspect_option
@output_option
def command(
    scenes: tuple[str, ...], every: bool, quality: str, aspect: str, output: Path | None
) -> None:
    """Render the films of one or more scenes.

    Each goes to a folder of its own, DIR/SCENE/QUALITY: the film (MP4), captions and chapters
    (WebVTT), a poster (PNG) and a manifest (JSON). A film made before stays until the new one
    is complete.
    """
    project = find_project()
    scenes = chosen_scenes(project, scenes, every)
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
