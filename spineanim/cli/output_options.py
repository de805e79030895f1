"""Options of what kind of file a film becomes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from spineanim.render.codecs import CODECS, FORMATS

if TYPE_CHECKING:
    from spineanim.render.encoding import Encoding
    from spineanim.render.quality import Quality

FASTEST_FPS = 120

_CODECS = [name for name in CODECS if name != "png"]
_CLEAR = ", ".join(name for name, kind in FORMATS.items() if kind.alpha_codecs)


@dataclass(frozen=True)
class Wanted:
    """What was asked for; None where nothing was."""

    format: str | None
    codec: str | None
    crf: int | None
    fps: int | None
    alpha: bool

    def quality(self, usual: Quality) -> Quality:
        """Return a quality at the rate asked for."""
        return usual if self.fps is None else usual.at_fps(self.fps)

    def encoding(self, usual: Quality) -> Encoding:
        """Return how films of a quality, at the rate asked for, are written.

        Raises
        ------
        OutputError
            What was asked for does not go together.
        """
        from spineanim.render.encoding import chosen_encoding

        return chosen_encoding(
            self.quality(usual), self.format, self.codec, self.crf, alpha=self.alpha
        )


def output_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--format`, `--codec`, `--crf`, `--fps`, `--transparent`; the command takes `wanted`."""

    @click.option(
        "--format",
        "format_",
        type=click.Choice(list(FORMATS)),
        help="Kind of file; png is a folder of pictures (default: mp4).",
    )
    @click.option(
        "--codec",
        type=click.Choice(_CODECS),
        help="How pictures are encoded (default: h264 in mp4, vp9 in webm, prores in mov).",
    )
    @click.option(
        "--crf",
        type=click.IntRange(min=1),
        metavar="NUMBER",
        help="Rate factor of the codec: lower is finer and larger (default: the quality's).",
    )
    @click.option(
        "--fps",
        type=click.IntRange(1, FASTEST_FPS),
        metavar="NUMBER",
        help=f"Frames a second, 1 to {FASTEST_FPS} (default: the quality's).",
    )
    @click.option(
        "--transparent",
        is_flag=True,
        help=f"Leave the background clear, to lay the film over another ({_CLEAR}).",
    )
    @wraps(command)
    def taking(
        *args: Any,
        format_: str | None,
        codec: str | None,
        crf: int | None,
        fps: int | None,
        transparent: bool,
        **others: Any,
    ) -> None:
        command(*args, wanted=Wanted(format_, codec, crf, fps, transparent), **others)

    return taking
