"""How pages are made of templates: every text is escaped, nothing is left undefined."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined

from spineanim.publish.library import Film, moment, seconds_at
from spineanim.publish.structured import iso_duration
from spineanim.upload import CONTENT_POLICY, Rendition

_ORDER: Final = ("av1", "720p", "1080p")


def environment() -> Environment:
    """Return Jinja with our templates, filters and escaping."""
    jinja = Environment(
        loader=PackageLoader("spineanim.publish"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    jinja.globals["policy"] = CONTENT_POLICY
    jinja.filters.update(
        clock=clock,
        iso_duration=iso_duration,
        moment=moment,
        sources=sources,
        spoken_length=spoken_length,
    )
    return jinja


def sources(film: Film) -> Iterator[Rendition]:
    """Renditions in the order a browser is offered them: it takes the first that it can play."""
    return iter(sorted(film.facts.renditions, key=lambda each: _ORDER.index(each.name)))


def clock(frame: int, fps: int) -> str:
    """Moment of a frame as a clock shows it: `1:05`."""
    minutes, seconds = divmod(int(seconds_at(frame, fps)), 60)
    return f"{minutes}:{seconds:02d}"


def spoken_length(duration_s: float, minutes_word: str, seconds_word: str) -> str:
    """Length in words: `1 min 31 s`."""
    minutes, seconds = divmod(max(1, round(duration_s)), 60)
    parts = (f"{minutes} {minutes_word}" if minutes else "", f"{seconds} {seconds_word}")
    return " ".join(part for part in parts if part and not part.startswith("0 "))
