"""`spineanim check`: is what people edit true and fit for patients."""

from __future__ import annotations

import click

from spineanim.cli.check_anatomy import anatomy
from spineanim.cli.check_script import script


@click.group()
def command() -> None:
    """Check the anatomy, or the scripts and their claims.

    \b
    spineanim check anatomy     does every anatomical fact hold
    spineanim check script      are words plain, slow, explained and borne by sources
    """  # noqa: D301 (Click reads the backspace itself)


command.add_command(anatomy)
command.add_command(script)
