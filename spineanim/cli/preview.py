"""`spineanim preview`: change a film and watch it change."""

from __future__ import annotations

import os
import sys

import click

from spineanim.cli.options import language_option


@click.command()
@click.argument("scene", required=False)
@language_option
@click.option(
    "--aspect",
    type=click.Choice(["16:9", "1:1", "9:16"]),
    default="16:9",
    show_default=True,
    help="Shape of the frame: wide, square or tall.",
)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    metavar="N",
    help="Port to use (default: the first free one from 8000 on; 0 for any).",
)
@click.option("--open/--no-open", "opens", default=True, help="Open the page in the browser.")
def command(scene: str | None, language: str, aspect: str, port: int | None, opens: bool) -> None:
    """Change a film and watch it change.

    Opens a page on this machine, and for this machine only, that shows SCENE (the first one if
    none is named): play it, step through it, and change its words, times, colours and parameters,
    with undo. Files may be changed in any editor as well; the picture follows when they are saved.
    Ctrl-C ends it.
    """
    from spineanim.content.project import find_project
    from spineanim.errors import ContentError, SceneError
    from spineanim.preview.looks import Look
    from spineanim.preview.opening import run_preview
    from spineanim.render.catalog import find_scene, read_scenes
    from spineanim.serving.loopback import bound_socket

    project = find_project()
    scenes, faults = read_scenes(project)
    if scene is None:
        scene = next(iter([*scenes, *faults]), None)
        if scene is None:
            raise SceneError(
                f"no scene in {project.scenes}", "make one with 'spineanim new my_scene'"
            )
    if scene not in faults:  # else the page says what is wrong, and shows the film once mended
        find_scene(project, scene)
    if language not in project.languages:
        raise ContentError(
            f"there are no words in language {language!r}",
            f"there are {', '.join(project.languages)}",
        )

    def opened(address: str) -> None:
        click.echo(f"{scene} is shown at {address} (Ctrl-C ends it)")
        if opens and has_desktop():
            click.launch(address)

    run_preview(project, Look(scene, language, aspect), bound_socket(port), opened)


def has_desktop() -> bool:
    """Whether a browser would open in a window; one in the terminal would stop everything."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
