"""The streams of film files: whether every browser plays them, and as they are meant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from spineanim.upload import MANIFEST, Rendition
from spineanim.verify.bitstream import LEVELS, Config
from spineanim.verify.film_files import AGAIN, rendition_file
from spineanim.verify.finding import Finding, PublishedFilm
from spineanim.verify.probe import Probe, Shown, probe

_CODECS: Final = {"1080p": "h264", "720p": "h264", "av1": "av1"}
_PROFILES: Final = {"h264": (100, "High"), "av1": (0, "Main")}
_AV1_LEVELS: Final = 4
"""Levels of AV1 that begin with one number: index 8 is 4.0, 9 is 4.1."""
LANGUAGES: Final = {"en": "eng", "es": "spa"}
"""Tags in MP4 (ISO 639-2) by those on pages."""
_BT709: Final = (1, 1, 1, True)
_AAC: Final = "mp4a.40.2"


def check_streams(film: PublishedFilm) -> Iterator[Finding]:
    """Look at the streams of every rendition, and whether none is left out."""
    named = {each.name for each in film.facts.renditions}
    for name in _CODECS:
        if name not in named:
            manifest = film.name_of(film.folder / MANIFEST)
            yield Finding("streams", manifest, f"names no film in {name}", AGAIN)
    for rendition in film.facts.renditions:
        file = rendition_file(film, rendition)
        name = film.name_of(file)
        if not file.is_file():
            yield Finding("streams", name, "is not there", AGAIN)
            continue
        try:
            found = probe(file)
        except ValueError as error:
            yield Finding("streams", name, str(error), AGAIN)
            continue
        for what in _wrong(film, rendition, found):
            yield Finding("streams", name, what, AGAIN)


def _wrong(film: PublishedFilm, rendition: Rendition, found: Probe) -> Iterator[str]:
    kinds = sorted(found.kinds, reverse=True)
    if kinds not in (["video"], ["video", "audio"]):
        yield f"holds the streams {', '.join(kinds)}, not one of video and perhaps one of audio"
    wanted = _CODECS.get(rendition.name)
    if wanted is None:
        yield f"is called {rendition.name}, which is none of {', '.join(_CODECS)}"
    elif found.codec != wanted:
        yield f"is {found.codec}, where {wanted} is expected"
    elif found.config is None:
        yield f"its settings for {wanted} are damaged"
    else:
        yield from _profile_wrong(rendition.name, wanted, found.config)
        yield from _type_wrong(rendition.type, found, found.config)
    yield from _size_wrong(rendition, found)
    yield from _clock_wrong(film, found)
    if found.shown is None:
        yield "its first picture cannot be decoded"
    else:
        yield from _picture_wrong(found.shown)
    if not found.tags.get("title", "").strip():
        yield "has no title in its tags"
    language = LANGUAGES.get(film.facts.language, film.facts.language)
    if found.language != language:
        yield f"says that its language is `{found.language or 'none'}`, not `{language}`"


def _profile_wrong(name: str, codec: str, config: Config) -> Iterator[str]:
    profile, called = _PROFILES[codec]
    if config.profile != profile:
        yield f"is of profile {config.profile}, not {called} ({profile})"
    if config.level > LEVELS[name]:
        yield (
            f"is of level {_level(codec, config.level)}; older phones play up to "
            f"{_level(codec, LEVELS[name])}"
        )
    if not config.agrees:
        yield "its file and its stream name different profiles or levels"


def _level(codec: str, level: int) -> str:
    if codec == "h264":
        return f"{level / 10:.1f}"
    return f"{2 + level // _AV1_LEVELS}.{level % _AV1_LEVELS}"


def _type_wrong(said: str, found: Probe, config: Config) -> Iterator[str]:
    codecs = [config.name, *([_AAC] if found.sounds else [])]
    listed = re.fullmatch(r'video/mp4; ?codecs="([^"]*)"', said)
    if listed is None or re.split(r", ?", listed[1].lower()) != [each.lower() for each in codecs]:
        yield f'is `video/mp4; codecs="{", ".join(codecs)}"`, but pages say `{said}`'


def _size_wrong(rendition: Rendition, found: Probe) -> Iterator[str]:
    size = found.width_px, found.height_px
    if size != (rendition.width_px, rendition.height_px):
        told = f"{rendition.width_px} x {rendition.height_px}"
        yield f"is {size[0]} x {size[1]} px, but the manifest says {told}"
    if any(length % 2 for length in size):
        yield f"is {size[0]} x {size[1]} px; both must be even"
    if found.aspect != 1:
        yield f"its pixels are {found.aspect} times as wide as high, not square"


def _clock_wrong(film: PublishedFilm, found: Probe) -> Iterator[str]:
    fps, count = film.facts.fps, len(found.packets)
    if count != film.facts.frame_count:
        yield f"has {count} pictures, but the manifest says {film.facts.frame_count}"
    if found.rate != fps:
        yield f"runs at {float(found.rate):g} pictures a second, but the manifest says {fps}"
    times_s = sorted(each.at_s for each in found.packets if each.at_s is not None)
    frames = [time_s * found.rate for time_s in times_s]
    if frames != list(range(count)):
        uneven = next((i for i, frame in enumerate(frames) if frame != i), len(frames))
        yield f"its pictures are not evenly spaced from 0 on: picture {uneven} is not in its place"


def _picture_wrong(shown: Shown) -> Iterator[str]:
    if shown.pixels != "yuv420p":
        yield f"its pixels are {shown.pixels}; every browser plays 8-bit yuv420p only"
    if shown.is_interlaced:
        yield "is interlaced"
    if shown.rotation_deg:
        yield f"is turned by {shown.rotation_deg} degrees"
    if shown.colours != _BT709:
        *codes, limited = shown.colours
        said = "/".join(map(str, codes)) + (" limited" if limited else " full or no range")
        yield f"its stream says that its colours are {said}, not 1/1/1 limited (BT.709)"
