"""`spineanim new`: a scene to start from. Manim is not imported."""

from __future__ import annotations

import os

import click

from spineanim.content.project import find_project


@click.command()
@click.argument("scene")
@click.option("--title", default="", metavar="TEXT", help="Title of the film (default: its name).")
def command(scene: str, title: str) -> None:
    """Make a new scene that works at once, with its words, to change step by step.

    SCENE is its name: small letters, digits and _. It gets scenes/SCENE.py, and in assets/script
    its words in English and in the other languages that there is a template of. Nothing that is
    there is written over.
    """
    from spineanim.editing.new_scene import make_scene

    for file in make_scene(find_project(), scene, title):
        click.echo(os.path.relpath(file))
    click.echo("next:")
    click.echo(f"  spineanim preview {scene}")
    click.echo(f"  spineanim still {scene} --quality draft")
    click.echo(f"  spineanim render {scene} --quality draft")
