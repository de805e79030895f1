"""Write the help snapshots anew; read the difference before committing it."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from spineanim.cli.main import cli

SNAPSHOTS = Path(__file__).parent / "help"
PARTS = [
    *("check anatomy", "check script", "cache info", "cache verify", "cache clear"),
    *("artwork list", "artwork check"),
]
COMMANDS = ["", *cli.list_commands(None), *PARTS]  # type: ignore[arg-type]


def snapshot_of(command: str) -> Path:
    """File of a command's help."""
    return SNAPSHOTS / f"{command.replace(' ', '-') or 'spineanim'}.txt"


def help_of(command: str) -> str:
    """Give what a command says of itself, 80 letters wide."""
    arguments = [*command.split(), "--help"]
    result = CliRunner().invoke(cli, arguments, prog_name="spineanim", terminal_width=80)
    assert result.exit_code == 0
    return result.output


def main() -> None:
    """One file a command."""
    for command in COMMANDS:
        snapshot_of(command).write_text(help_of(command), encoding="utf-8")


if __name__ == "__main__":
    main()
