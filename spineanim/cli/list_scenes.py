"""`spineanim list`: what can be made. Manim is not imported."""

from __future__ import annotations

import click

from spineanim.content.project import find_project
from spineanim.render.catalog import list_scenes


@click.command("list")
def command() -> None:
    """List the scenes with their titles and lengths."""
    scenes = list_scenes(find_project())
    width = max((len(scene.name) for scene in scenes), default=0)
    for scene in scenes:
        minutes, seconds = divmod(round(scene.length_s), 60)
        click.echo(f"{scene.name:<{width}}  {minutes}:{seconds:02}  {scene.title}")
