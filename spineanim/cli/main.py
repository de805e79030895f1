"""Entry point of the command line: lazy commands, and one place where errors become one line."""

from __future__ import annotations

import importlib
import os
import sys
from difflib import get_close_matches
from typing import Any, NoReturn

import click

from spineanim.errors import SpineanimError
from spineanim.vault.damage import damage_watched

_COMMANDS = {
    "list": "list_scenes",
    "new": "new",
    "render": "render",
    "batch": "batch",
    "still": "still",
    "sheet": "sheet",
    "illustrations": "illustrations",
    "handout": "handout",
    "serve": "serve",
    "atlas": "atlas",
    "publish": "publish",
    "verify": "verify",
    "check": "check",
    "artwork": "artwork",
    "params": "params",
    "preview": "preview",
    "cache": "cache",
    "doctor": "doctor",
}


class _LazyGroup(click.Group):
    """Imports a command's file only when that command is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names of all commands."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return a command, or None."""
        if cmd_name not in _COMMANDS:
            return None
        module = importlib.import_module(f"spineanim.cli.{_COMMANDS[cmd_name]}")
        command: click.Command = module.command
        return command


@click.group(cls=_LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="spineanim", prog_name="spineanim")
@click.option("--debug", is_flag=True, help="Show the full traceback of an error (any place).")
def cli(debug: bool) -> None:
    """Make films of spine procedures for patients.

    \b
    spineanim list                         what can be made
    spineanim render pump --quality high   make a film
    spineanim still pump                   make one picture
    """  # noqa: D301 (Click reads the backspace itself)
    del debug  # taken out of the arguments by `main`, so that it may stand anywhere


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run the command line and exit: 0 done, 1 failed, 2 asked for wrongly, 130 interrupted."""
    given = sys.argv[1:] if arguments is None else arguments
    debug = "--debug" in given
    arguments = [argument for argument in given if argument != "--debug"]
    try:
        with damage_watched(lambda damage: _complain(str(damage))):
            outcome: Any = cli.main(arguments, prog_name="spineanim", standalone_mode=False)
    except click.UsageError as error:
        _complain(_usage_line(error))
        sys.exit(2)
    except click.exceptions.Abort:
        _complain("interrupted; what is finished stays, nothing is half written")
        sys.exit(130)
    except KeyboardInterrupt:
        _complain("interrupted; what is finished stays, nothing is half written")
        sys.exit(130)
    except SpineanimError as error:
        if debug:
            raise
        _complain(str(error))
        sys.exit(1)
    except BrokenPipeError:
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115, PTH123 (stays open until exit)
        sys.exit(1)
    except Exception as error:
        if debug:
            raise
        _complain(f"unexpected {type(error).__name__}: {error}; --debug shows where it came from")
        sys.exit(1)
    sys.exit(outcome if isinstance(outcome, int) else 0)


def _complain(line: str) -> None:
    click.echo(f"spineanim: {' '.join(line.split())}", err=True)


def _usage_line(error: click.UsageError) -> str:
    """One line: what is wrong with the command, close matches, and where to read more."""
    command = error.ctx.command_path if error.ctx else "spineanim"
    text = error.format_message().rstrip(".")
    close: list[str] = []
    if isinstance(error, click.BadParameter) and error.param is not None:
        choices = getattr(error.param.type, "choices", ())
        words = [word.strip("'\"") for word in text.split()]
        close = [
            match
            for word in words
            for match in get_close_matches(word, choices, 1, 0.7)
            if word not in choices
        ]
    elif text.startswith("No such command"):
        close = get_close_matches(text.split("'")[1], _COMMANDS, 1, 0.5)
    guess = f" (did you mean {close[0]}?)" if close and "Did you mean" not in text else ""
    return f"{text}{guess}; see '{command} --help'"
