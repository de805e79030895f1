"""`spineanim serve`: look at an upload folder as visitors will."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    metavar="N",
    help="Port to use (default: the first free one from 8000 on; 0 for any).",
)
def command(folder: Path, port: int | None) -> None:
    """Show a folder in the browser, from this machine only.

    DIR is what `spineanim publish` has written. It is shown as a web server would, captions
    included, which browsers refuse to pages opened as files. Nothing outside DIR is shown.
    Ctrl-C ends it.
    """
    from spineanim.errors import ServingError

    if not folder.is_dir():
        what = "is no folder" if folder.exists() else "does not exist"
        raise ServingError(
            f"{folder} {what}", f"make it with 'spineanim publish --all --to {folder}'"
        )
    from spineanim.serving.folder import folder_app
    from spineanim.serving.loopback import bound_socket, run_until_interrupted, url_of

    listening = bound_socket(port)
    click.echo(f"{folder} is shown at {url_of(listening)} (Ctrl-C ends it)")
    run_until_interrupted(folder_app(folder), listening)
