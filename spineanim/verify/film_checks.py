"""The checks that look into the films of an upload."""

from __future__ import annotations

from collections.abc import Iterator
from functools import wraps
from typing import Final

import av

from spineanim.upload import MANIFEST
from spineanim.verify.boxes import check_boxes
from spineanim.verify.budget import check_budget
from spineanim.verify.decoded import check_pictures
from spineanim.verify.film_files import AGAIN
from spineanim.verify.finding import FilmCheck, Finding, PublishedFilm
from spineanim.verify.keyframes import check_keyframes
from spineanim.verify.lines import check_lines
from spineanim.verify.sound import check_sound
from spineanim.verify.streams import check_streams
from spineanim.verify.track_times import check_tracks

_ERRORS: Final = (
    OSError,
    ValueError,
    TypeError,
    ArithmeticError,
    LookupError,
    AttributeError,
    av.FFmpegError,
)
"""What comes of facts that cannot be, such as a film of no width, or of a file that changes."""


def _guarded(check: FilmCheck) -> FilmCheck:
    """Make a check that cannot be carried out a finding, so that the others still speak."""
    name = check.__name__.removeprefix("check_")

    @wraps(check)
    def guarded(film: PublishedFilm) -> Iterator[Finding]:
        try:
            yield from check(film)
        except _ERRORS as error:
            why = " ".join(str(error).split()) or type(error).__name__
            what = f"the film's {name} cannot be judged ({why[:200]})"
            yield Finding(name, film.name_of(film.folder / MANIFEST), what, AGAIN)

    return guarded


FILM_CHECKS: Final[tuple[FilmCheck, ...]] = tuple(
    _guarded(check)
    for check in (
        check_boxes,
        check_streams,
        check_lines,
        check_keyframes,
        check_tracks,
        check_budget,
        check_sound,
        check_pictures,
    )
)
"""In the order they are made: what is quick first."""
