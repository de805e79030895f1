"""Whether posters, stills, illustrations and the logo are whole, sane and small."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Final

from PIL import Image, ImageStat

from spineanim.upload import POSTER_BYTES
from spineanim.verify.finding import Finding, PublishedFilm
from spineanim.verify.reading import said
from spineanim.verify.references import references
from spineanim.verify.site import Site
from spineanim.verify.upload_folder import AGAIN

POSTER: Final = "poster.webp"
_FORMATS: Final = {".webp": "WEBP", ".png": "PNG", ".avif": "AVIF"}
_OTHERS: Final = re.compile(r"\.(?:jpe?g|gif|bmp|svgz?|tiff?|ico|apng)")
"""Pictures that have no place in an upload; an SVG can run scripts."""
_PRIVATE: Final = ("exif", "xmp", "XML:com.adobe.xmp", "photoshop", "iptc", "comment", "Comment")
_LEAST_PX, _MOST_PX = 640, 40_000_000
_SHAPE: Final = 0.01
_FLAT: Final = 2.0
"""Least spread of any channel, of 255 levels, in a picture that shows anything."""
_SITE_PICTURE_BYTES: Final = 100_000
"""Most of a picture of the site's own, such as the logo."""
_STILL_BYTES: Final = 400_000


def images(site: Site) -> Iterator[Finding]:
    """Decode every picture."""
    sizes: dict[str, tuple[int, int]] = {}
    for file in sorted(site.upload.files):
        suffix = PurePosixPath(file).suffix.lower()
        if _OTHERS.fullmatch(suffix):
            what = f"pictures are {', '.join(sorted(_FORMATS))}, not {suffix}"
            yield Finding("images", file, what, "convert it, or remove it")
        elif suffix in _FORMATS:
            yield from _looked_into(site, file, _FORMATS[suffix], sizes)
    for film in site.upload.films:
        yield from _of_film(film, sizes)
    yield from _boxes(site, sizes)


def _looked_into(
    site: Site, file: str, kind: str, sizes: dict[str, tuple[int, int]]
) -> Iterator[Finding]:
    try:
        size_bytes = (site.upload.root / file).stat().st_size
        with warnings.catch_warnings(), Image.open(site.upload.root / file) as image:
            warnings.simplefilter("error")
            if image.width * image.height > _MOST_PX:
                raise ValueError(f"{image.width} x {image.height} pixels are too many")
            image.load()
            faults = [*_faults(image, kind)]
            sizes[file] = image.size
    except Exception as error:
        why = said(error).replace(str(site.upload.root), "")
        yield Finding("images", file, f"it cannot be decoded ({why[:100]})", AGAIN)
        return
    film = site.upload.film_of(file)
    is_poster = film is not None and file == film.name_of(film.folder / POSTER)
    limit = POSTER_BYTES if is_poster else _STILL_BYTES
    if file.startswith("site/"):
        limit = _SITE_PICTURE_BYTES
    if size_bytes > limit:
        faults.append(f"it has {size_bytes / 1000:.0f} kB, {limit / 1000:.0f} kB at most")
    for fault in faults:
        yield Finding("images", file, fault, AGAIN)


def _faults(image: Image.Image, kind: str) -> Iterator[str]:
    if image.format != kind:
        yield f"it is {image.format}, its name says {kind}"
    if getattr(image, "n_frames", 1) > 1:
        yield "it moves"
    text = getattr(image, "text", {})
    private = [name for name in _PRIVATE if image.info.get(name)] + [*map(str, text)][:3]
    if private:
        yield f"it holds data besides the picture ({', '.join(private)[:60]})"
    if max(ImageStat.Stat(image.convert("RGBA")).stddev) < _FLAT:
        yield "it is of one colour and shows nothing"


def _of_film(film: PublishedFilm, sizes: dict[str, tuple[int, int]]) -> Iterator[Finding]:
    largest = film.facts.renditions[0]
    least_px = min(_LEAST_PX, max(each.width_px for each in film.facts.renditions))
    shape = largest.width_px / largest.height_px
    for name in (POSTER, *(beat.still for beat in film.facts.beats)):
        file = film.name_of(film.folder / name)
        if file not in sizes:
            if not (film.folder / name).exists():
                yield Finding("images", file, "there is no such picture", AGAIN)
            continue
        width, height = sizes[file]
        if width < least_px:
            yield Finding("images", file, f"it is {width} wide, {least_px} at least", AGAIN)
        if abs(width / height / shape - 1.0) > _SHAPE:
            what = f"it is {width} x {height}, the film {largest.width_px} x {largest.height_px}"
            yield Finding("images", file, what, AGAIN)


def _boxes(site: Site, sizes: dict[str, tuple[int, int]]) -> Iterator[Finding]:
    """Compare the room that pages keep for pictures with the pictures."""
    for page in site.pages.values():
        for each in references(page):
            size = sizes.get(site.file_of(each, page))
            box = [each.element.attributes.get(side, "") for side in ("width", "height")]
            if each.element.tag != "img" or size is None or not all(s.isdigit() for s in box):
                continue
            width, height = (int(side[:6]) for side in box)
            if not height or abs(width / height / (size[0] / size[1]) - 1.0) > 2 * _SHAPE:
                what = (
                    f"{each.place} is kept {width} x {height}, the picture is {size[0]} x {size[1]}"
                )
                yield Finding("images", page.file, what, f"put it right; then {AGAIN}")
