"""A small upload folder for tests: real films, tracks and manifests, but nothing drawn by Manim.

Pages are not part of it: `publish` makes them from film folders such as these.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from spineanim.content.fonts import font_file
from spineanim.content.timeline import Span
from spineanim.render.assemble import assemble
from spineanim.render.encode import SegmentEncoder
from spineanim.render.encoding import Encoding, chosen_encoding
from spineanim.render.files import sha256_of
from spineanim.render.quality import QUALITIES
from spineanim.render.webvtt import webvtt
from spineanim.upload import MANIFEST, Beat, Box, FilmFacts, Patch, Rendition, Words

WIDTH_PX, HEIGHT_PX, FPS, FRAMES = 640, 360, 30, 240
BEATS: Final = (("first", 0, 120), ("second", 120, 240))
GROUND, INK = "#eef3f5", "#14303d"
PATCHES: Final = {
    (192, 57, 43): Box(40, 240, 48, 48),
    (18, 165, 148): Box(120, 240, 48, 48),
    (84, 104, 200): Box(200, 240, 48, 48),
}
_SEGMENT: Final = 60
TYPE_PX: Final = 20
CODECS: Final = {"1080p": ("h264", "avc1.64001e"), "720p": ("h264", "avc1.64000d")} | {
    "av1": ("av1", "av01.0.01M.08")
}


def pictures() -> Iterator[NDArray[np.uint8]]:
    """Frames (H, W, 4) of the film: words that stand, patches of colour, and a disc that moves."""
    letters = ImageFont.truetype(str(font_file("SemiBold")), TYPE_PX)
    for frame in range(FRAMES):
        picture = Image.new("RGBA", (WIDTH_PX, HEIGHT_PX), GROUND)
        draw = ImageDraw.Draw(picture)
        for rgb, box in PATCHES.items():
            corner = (box.left_px + box.width_px - 1, box.top_px + box.height_px - 1)
            draw.rectangle((box.left_px, box.top_px, *corner), fill=(*rgb, 255))
        draw.text((40, 40), "Catheter tip", font=letters, fill=INK)
        x = 300 + frame
        draw.ellipse((x, 120, x + 40, 160), fill="#0b6e8c")
        yield np.asarray(picture, np.uint8)


def _film(file: Path, encoding: Encoding) -> None:
    segments, encoder = [], SegmentEncoder(encoding)
    for number, pixels in enumerate(pictures()):
        if number and number % _SEGMENT == 0:
            segments.append(encoder.finish())
            encoder = SegmentEncoder(encoding)
        shrunk = Image.fromarray(pixels).resize((encoding.width_px, encoding.height_px))
        encoder.put(np.asarray(shrunk, np.uint8))
    segments.append(encoder.finish())
    assemble(file, encoding, segments, {"title": "A test"}, "eng")


def film_folder(folder: Path, scene: str = "pump", language: str = "en") -> FilmFacts:
    """Write the folder of one film, two beats of four seconds; return what its manifest states."""
    (folder / "stills").mkdir(parents=True)
    renditions = _renditions(folder, scene)
    beats = _beats(folder)
    for track, cues in _cues(beats).items():
        text = webvtt(cues, FPS)
        (folder / f"{track}.vtt").write_text(text, encoding="utf-8", newline="\n")
    facts = FilmFacts(
        scene=scene,
        title=f"The test film {scene}",
        summary="How a disc moves to the right.",
        kicker="A test",
        language=language,
        recipe="0" * 64,
        uploaded="2026-01-31",
        fps=FPS,
        frame_count=FRAMES,
        has_sound=False,
        burned_captions=False,
        step=None,
        renditions=renditions,
        beats=beats,
        words=tuple(
            Words(name, end - 1, "Catheter tip", "label", Box(40, 44, 112, 20), TYPE_PX, INK)
            for name, _, end in BEATS
        ),
        patches=tuple(Patch(10, box, rgb) for rgb, box in PATCHES.items()),
    )
    write_manifest(folder, facts)
    return facts


def _renditions(folder: Path, scene: str) -> tuple[Rendition, ...]:
    high = replace(QUALITIES["high"], width_px=WIDTH_PX, height_px=HEIGHT_PX)
    renditions = []
    for name, (codec, said) in CODECS.items():
        scale = 2 if name == "720p" else 1
        sized = replace(high, width_px=WIDTH_PX // scale, height_px=HEIGHT_PX // scale)
        file = f"{scene}-{name}.mp4"
        _film(folder / file, chosen_encoding(sized, codec=codec))
        kind = f'video/mp4; codecs="{said}"'
        renditions.append(Rendition(name, file, kind, sized.width_px, sized.height_px))
    return tuple(renditions)


def _beats(folder: Path) -> tuple[Beat, ...]:
    still = Image.fromarray(next(pictures())).convert("RGB")
    still.save(folder / "poster.webp", quality=80)
    beats = []
    for name, start, end in BEATS:
        still.save(folder / "stills" / f"{name}.webp", quality=80)
        seen = f"A disc moves to the right, in the {name} part."
        captions = (f"This is the {name} part.", "The disc moves.")
        title, file = f"The {name} part", f"stills/{name}.webp"
        beats.append(Beat(name, title, start, end, seen, captions, ("Catheter tip",), file))
    return tuple(beats)


def _cues(beats: tuple[Beat, ...]) -> dict[str, list[Span]]:
    def span(beat: Beat, text: str, start: int, end: int) -> Span:
        return Span(beat.name, text, start / FPS, end / FPS, start, end)

    return {
        "captions": [
            span(each, text, each.start_frame + 60 * i, each.start_frame + 60 * (i + 1))
            for each in beats
            for i, text in enumerate(each.captions)
        ],
        "chapters": [span(each, each.title, each.start_frame, each.end_frame) for each in beats],
        "descriptions": [
            span(each, each.description, each.start_frame, each.end_frame) for each in beats
        ],
    }


def write_manifest(folder: Path, facts: FilmFacts) -> None:
    """State facts and the files of a film's folder as they are now."""
    files = {
        each.relative_to(folder).as_posix(): {
            "bytes": each.stat().st_size,
            "sha256": sha256_of(each),
        }
        for each in sorted(folder.rglob("*"))
        if each.is_file() and each.name != MANIFEST
    }
    (folder / MANIFEST).write_text(facts.as_json(files), encoding="utf-8")
