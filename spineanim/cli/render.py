"""`spineanim render`: make films."""

from __future__ import annotations

import os
from pathlib import Path

import click

from spineanim.cli.options import (
    aspect_option,
    chosen_scenes,
    language_option,
    narration_option,
    output_option,
    quality_option,
    scenes_argument,
    set_option,
    settings_of,
)
from spineanim.cli.output_options import Wanted, output_options
from spineanim.cli.progress import FrameProgress
from spineanim.cli.work_options import clip_options, work_options
from spineanim.content.narration import Narration
from spineanim.content.project import find_project
from spineanim.render.quality import QUALITIES


@click.command()
@scenes_argument
@quality_option("medium")
@aspect_option
@language_option
@narration_option
@set_option
@output_option
@output_options
@clip_options
@work_options
def command(
    scenes: tuple[str, ...],
    every: bool,
    quality: str,
    aspect: str | None,
    language: str,
    narration: Narration,
    changes: dict[str, str],
    output: Path | None,
    begin: str | None,
    finish: str | None,
    jobs: int | None,
    start_method: str | None,
    scheduler: str | None,
    no_cache: bool,
    wanted: Wanted,
) -> None:
    """Render the films of one or more scenes.

    Each goes to a folder of its own, DIR/SCENE/QUALITY: the film (MP4), captions and chapters
    (WebVTT), a poster (PNG) and a manifest (JSON). Another language or shape is part of the
    folder's name: high-es-9x16. A film made before stays until the new one is complete.
    """
    project = find_project()
    scenes = chosen_scenes(project, scenes, every)
    settings = settings_of(project, scenes, language, changes, narration)
    from spineanim.render.clip import Clip
    from spineanim.render.job import render_film
    from spineanim.render.making import Making, Way, usual_start_method

    way = Way(jobs or os.cpu_count() or 1, start_method or usual_start_method(), scheduler)
    clip = Clip(begin, finish)
    for scene in scenes:
        shaped = QUALITIES[quality].shaped(aspect or settings[scene].parameters.aspect)
        encoding = wanted.encoding(shaped)
        with FrameProgress(f"{scene} {quality}") as progress:
            making = Making(way, not no_cache, progress.update, progress.bake, progress.say)
            film = render_film(
                project,
                scene,
                wanted.quality(shaped),
                output or project.renders,
                making,
                settings=settings[scene],
                encoding=encoding,
                clip=clip,
            )
        click.echo(
            f"{film.video}: {film.frame_count} frames, {film.duration_s:.1f} s, "
            f"{film.size_bytes / 1e6:.1f} MB"
        )
