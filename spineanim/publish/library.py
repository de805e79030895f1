"""The films that lie in an upload folder, whatever run made them: read and checked.

What a manifest says becomes paths, links and text of pages, so nothing in it is taken on trust.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from PIL import Image, UnidentifiedImageError

from spineanim.content.project import MASTER_LANGUAGE
from spineanim.errors import OutputError
from spineanim.upload import MANIFEST, TRACKS, FilmFacts, film_facts, read_manifest

LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,79}")
_TYPE: Final = re.compile(r'video/[a-z0-9]+; codecs="[A-Za-z0-9., ]+"')
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_RENDITIONS: Final = ("1080p", "720p", "av1")
_NO_TEXT: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
"""Characters that no HTML page may hold."""


@dataclass(frozen=True)
class Picture:
    """A picture in the upload folder.

    Attributes
    ----------
    path
        From the folder on.
    width_px, height_px
        Its size.
    """

    path: str
    width_px: int
    height_px: int


@dataclass(frozen=True)
class Film:
    """A published film.

    Attributes
    ----------
    facts
        What its manifest states.
    path
        Its folder, from the upload folder on: `en/pump`.
    poster
        Its poster.
    stills
        The picture of each beat, in order.
    sizes
        Bytes of its renditions by name, and of its tracks.
    has_handout
        Whether a page to print lies beside it.
    """

    facts: FilmFacts
    path: str
    poster: Picture
    stills: tuple[Picture, ...]
    sizes: Mapping[str, int]
    has_handout: bool

    @property
    def page(self) -> str:
        """Path of its page."""
        return f"{self.path}/index.html"

    @property
    def largest(self) -> str:
        """Path of its largest H.264 file, which plays everywhere."""
        return f"{self.path}/{self.facts.renditions[0].file}"


Library = Mapping[str, Mapping[str, Film]]
"""Films by scene, by language; the language that leads comes first."""


def find_films(folder: Path) -> Library:
    """Read all films that lie in an upload folder.

    Raises
    ------
    OutputError
        There is none, or one is not whole; says which to publish again.
    """
    found: dict[str, dict[str, Film]] = {}
    for manifest in sorted(folder.glob(f"*/*/{MANIFEST}")):
        language, scene = manifest.parts[-3:-1]
        if LANGUAGE.fullmatch(language) and _NAME.fullmatch(scene):
            found.setdefault(language, {})[scene] = _film(folder, language, scene)
    if not found:
        raise OutputError(f"{folder}: no film lies there", "publish one: spineanim publish SCENE")
    return dict(sorted(found.items(), key=lambda each: (each[0] != MASTER_LANGUAGE, each[0])))


def picture_in(folder: Path, path: str) -> Picture:
    """Return a picture of an upload folder with its size.

    Raises
    ------
    ValueError
        It is missing or no picture.
    """
    try:
        with Image.open(folder / path) as image:
            return Picture(path, *image.size)
    except (OSError, UnidentifiedImageError, SyntaxError, Image.DecompressionBombError):
        raise ValueError(f"{Path(path).name} is no picture") from None


def _film(folder: Path, language: str, scene: str) -> Film:
    path = f"{language}/{scene}"
    try:
        raw = read_manifest(folder / path)
        facts = film_facts(raw)
        for fault in _faults(raw, facts, language, scene):
            raise ValueError(fault)
        files = [each.file for each in facts.renditions] + [f"{track}.vtt" for track in TRACKS]
        return Film(
            facts,
            path,
            picture_in(folder, f"{path}/poster.webp"),
            tuple(picture_in(folder, f"{path}/{each.still}") for each in facts.beats),
            {file: (folder / path / file).stat().st_size for file in files},
            (folder / path / "handout.pdf").is_file(),
        )
    except (OSError, ValueError, TypeError) as error:
        why = f"{Path(error.filename).name} is missing" if isinstance(error, OSError) else error
        if isinstance(error, json.JSONDecodeError | UnicodeDecodeError):
            why = "it is no JSON"
        raise OutputError(
            f"{folder / path / MANIFEST}: the film cannot be shown ({why})",
            f"publish it again: spineanim publish {scene} --language {language} --to {folder}",
        ) from None


def _faults(raw: Mapping[str, Any], facts: FilmFacts, language: str, scene: str) -> Iterator[str]:
    """Say what a page could not be made of."""
    if (facts.language, facts.scene) != (language, scene):
        yield "it is of another film"
    texts = (facts.title, facts.summary, facts.kicker, facts.uploaded)
    if not all(isinstance(each, str) for each in texts) or not facts.title.strip():
        yield "title, summary, kicker or day is no text"
    if not _DAY.fullmatch(facts.uploaded):
        yield "the day it was published on is none"
    if not all(isinstance(each, int) and each > 0 for each in (facts.fps, facts.frame_count)):
        yield "it has no frames"
    if facts.step is not None and not all(isinstance(each, int) for each in facts.step):
        yield "its step is no number"
    if any(_NO_TEXT.search(text) for text in _strings(raw)):
        yield "a text has characters that no page may hold"
    yield from _rendition_faults(facts)
    yield from _beat_faults(facts)


def _rendition_faults(facts: FilmFacts) -> Iterator[str]:
    names = tuple(each.name for each in facts.renditions)
    if names[:1] != _RENDITIONS[:1] or len(set(names)) < len(names):
        yield "its first file is not the one of 1080 lines"
    for each in facts.renditions:
        if each.name not in _RENDITIONS or each.file != f"{facts.scene}-{each.name}.mp4":
            yield f"there can be no file {each.file!r}"
        if not _TYPE.fullmatch(each.type):
            yield f"{each.type!r} is no type of a film"
        if not all(isinstance(px, int) and px > 0 for px in (each.width_px, each.height_px)):
            yield f"{each.file} has no size"


def _beat_faults(facts: FilmFacts) -> Iterator[str]:
    reached = 0
    for beat in facts.beats:
        if not reached <= beat.start_frame < beat.end_frame <= facts.frame_count:
            yield f"part {beat.name!r} lies outside the film, or before the one it follows"
        reached = beat.end_frame
        folder, _, file = beat.still.partition("/")
        stem, _, suffix = file.partition(".")
        if (folder, suffix) != ("stills", "webp") or not _NAME.fullmatch(stem):
            yield f"there can be no still {beat.still!r}"
        texts = (beat.title, beat.description, *beat.captions, *beat.labels)
        if not all(isinstance(each, str) for each in texts):
            yield f"part {beat.name!r} has words that are none"
    if not facts.beats:
        yield "it has no parts"


def _strings(value: object) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            for each in value.values():
                yield from _strings(each)
        case list():
            for each in value:
                yield from _strings(each)


def seconds_at(frame: int, fps: int) -> float:
    """When a frame is on show, to a thousandth; never before, or the frame before would be seen."""
    return math.ceil(1000 * frame / fps) / 1000


def moment(frame: int, fps: int) -> str:
    """Say the same for a link: `12.4`."""
    return f"{seconds_at(frame, fps):.3f}".rstrip("0").rstrip(".")
