"""Write the help snapshots anew; read the difference before committing it."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from spineanim.cli.main import cli


def main() -> None:
    """One file a command."""
    folder = Path(__file__).parent / "help"
    for command in ["", *cli.list_commands(None)]:  # type: ignore[arg-type]
        arguments = [*([command] if command else []), "--help"]
        result = CliRunner().invoke(cli, arguments, prog_name="spineanim", terminal_width=80)
        (folder / f"{command or 'spineanim'}.txt").write_text(result.output, encoding="utf-8")


if __name__ == "__main__":
    main()
