"""What an upload folder holds: names, the facts its manifests state, and how large files may be.

`publish` makes such a folder, `verify` proves it, `serving` shows it; this is all they share.

    index.html  manifest.json  site/style.css player.js logo.png
    en/index.html  pain-pump.html  handout.pdf  illustrations/*.webp
    en/pump/index.html  transcript.html  embed.txt  handout.pdf  poster.webp  manifest.json
    en/pump/pump-1080p.mp4  pump-720p.mp4  pump-av1.mp4  stills/*.webp
    en/pump/captions.vtt  chapters.vtt  descriptions.vtt
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

MANIFEST: Final = "manifest.json"
VERSION: Final = 1
"""Of the manifests; raised when they change their shape."""

TRACKS: Final = ("captions", "chapters", "descriptions")
"""Kinds of text tracks, each a file of that name ending in `.vtt`."""

BYTES_A_SECOND: Final = MappingProxyType({"1080p": 125_000, "720p": 50_000, "av1": 125_000})
"""Most that a film may take a second: 15 MB for two minutes, 6 MB at 720 lines."""
SHORTEST_S: Final = 20.0
"""A shorter film may be as large as one of this length: heads and first pictures weigh more."""
POSTER_BYTES: Final = 100_000
LONGEST_S: Final = 360.0
"""People do not watch longer films to their end."""


CONTENT_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'; "
    "base-uri 'none'; form-action 'none'"
)
"""What pages may load: files of their own site, and nothing written into the page itself."""


def most_bytes(name: str, duration_s: float) -> int:
    """Return how large a film may be.

    Parameters
    ----------
    name
        Of the rendition: `1080p`, `720p` or `av1`.
    duration_s
        Its length.

    Raises
    ------
    KeyError
        There is no such rendition.
    """
    return round(BYTES_A_SECOND[name] * max(duration_s, SHORTEST_S))


@dataclass(frozen=True)
class Box:
    """A rectangle of whole pixels of the largest film, from its upper left corner."""

    left_px: int
    top_px: int
    width_px: int
    height_px: int


@dataclass(frozen=True)
class Words:
    """Words in full view in the end state of a beat.

    Attributes
    ----------
    beat, frame
        Which beat, and the last frame of it, in which they stand as in its end state.
    text
        What they say, lines joined.
    kind
        `label`, `detail`, `heading`, `caption`, `title` or `other`.
    box
        Where they are.
    type_px
        Height of the type, in pixels of the largest film.
    ink
        Colour they are written in, `#rrggbb`.
    """

    beat: str
    frame: int
    text: str
    kind: str
    box: Box
    type_px: float
    ink: str


@dataclass(frozen=True)
class Patch:
    """A place of even colour in a frame, as it was drawn, before any encoder had it."""

    frame: int
    box: Box
    rgb: tuple[int, int, int]


@dataclass(frozen=True)
class Rendition:
    """One file of a film.

    Attributes
    ----------
    name
        `1080p`, `720p` or `av1`; the file is `<scene>-<name>.mp4`.
    file
        Its name in the film's folder.
    type
        What a page says of it: `video/mp4; codecs="avc1.640028"`, read from the file itself.
    """

    name: str
    file: str
    type: str
    width_px: int
    height_px: int


@dataclass(frozen=True)
class Beat:
    """A chapter: its words, and the files of its pictures.

    Attributes
    ----------
    name, title
        Of the beat; of the scene in a programme.
    start_frame, end_frame
        Its span.
    description
        What is to be seen, for who cannot see it.
    captions
        Its sentences in order.
    labels
        Words beside things, in order.
    still
        File of its end state in the film's folder.
    """

    name: str
    title: str
    start_frame: int
    end_frame: int
    description: str
    captions: tuple[str, ...]
    labels: tuple[str, ...]
    still: str


@dataclass(frozen=True)
class FilmFacts:
    """What the manifest of a published film states, besides its files.

    Attributes
    ----------
    scene, title, summary, kicker, language
        Of the film.
    recipe
        Digest of all that it was made from; equal means it need not be made again.
    uploaded
        Day it was first published as it is, `YYYY-MM-DD`.
    fps, frame_count
        Of every rendition.
    has_sound
        Whether somebody speaks.
    burned_captions
        Whether captions are in the picture; a page then shows none of its own.
    step
        Which step of how many, such as (3, 4); nothing for most.
    renditions, beats, words, patches
        See there.
    """

    scene: str
    title: str
    summary: str
    kicker: str
    language: str
    recipe: str
    uploaded: str
    fps: int
    frame_count: int
    has_sound: bool
    burned_captions: bool
    step: tuple[int, int] | None
    renditions: tuple[Rendition, ...]
    beats: tuple[Beat, ...]
    words: tuple[Words, ...]
    patches: tuple[Patch, ...]

    @property
    def duration_s(self) -> float:
        """Length of the film."""
        return self.frame_count / self.fps

    def as_json(self, files: dict[str, dict[str, Any]]) -> str:
        """Text of the manifest; `files` is name to `bytes` and `sha256`, see `file_facts`."""
        facts = {"kind": "film", "version": VERSION, **asdict(self), "files": files}
        return json.dumps(facts, indent=1, ensure_ascii=False) + "\n"


def film_facts(raw: dict[str, Any]) -> FilmFacts:
    """Return what a film's manifest, as JSON gives it, states.

    Raises
    ------
    ValueError
        It is no manifest of a film, or of another version.
    """
    if raw.get("kind") != "film" or raw.get("version") != VERSION:
        raise ValueError(f"no manifest of a film in version {VERSION}")
    try:
        known = {name: raw[name] for name in FilmFacts.__dataclass_fields__}
        return FilmFacts(
            **{
                **known,
                "step": None if known["step"] is None else tuple(known["step"]),
                "renditions": tuple(Rendition(**each) for each in known["renditions"]),
                "beats": tuple(
                    Beat(
                        **{
                            **each,
                            "captions": tuple(each["captions"]),
                            "labels": tuple(each["labels"]),
                        }
                    )
                    for each in known["beats"]
                ),
                "words": tuple(
                    Words(**{**each, "box": Box(**each["box"])}) for each in known["words"]
                ),
                "patches": tuple(
                    Patch(each["frame"], Box(**each["box"]), tuple(each["rgb"]))
                    for each in known["patches"]
                ),
            }
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"the manifest lacks something or is malformed ({error})") from None


def read_manifest(folder: Path) -> dict[str, Any]:
    """Return the manifest of a folder as JSON gives it.

    Raises
    ------
    OSError
        There is none to read.
    ValueError
        It is no JSON object.
    """
    raw = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    if not isinstance(raw, dict):
        raise ValueError("no JSON object")
    return raw
