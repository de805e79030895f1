"""Whether PDF files are whole, small, and hold nothing that runs."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import Final

from spineanim.verify.finding import Finding
from spineanim.verify.reading import read_bytes, said
from spineanim.verify.site import Site
from spineanim.verify.upload_folder import AGAIN

_MOST_BYTES: Final = 3_000_000
_MOST_INSIDE: Final = 20_000_000
"""Most that compressed objects of one file may unfold to."""
_STREAM: Final = re.compile(rb"<<((?:(?!endobj).){0,2000}?)>>\s*stream\r?\n", re.DOTALL)
_ESCAPED: Final = re.compile(rb"#([0-9A-Fa-f]{2})")
_PAGE: Final = re.compile(rb"/Type\s*/Page(?![A-Za-z])")
_ACTIVE: Final = re.compile(
    rb"/(JavaScript|JS|Launch|EmbeddedFiles?|OpenAction|AA|RichMedia|SubmitForm|GoToR|Encrypt)"
    rb"(?![A-Za-z])"
)


def handouts(site: Site) -> Iterator[Finding]:
    """Look into every PDF file."""
    for file in sorted(each for each in site.upload.files if each.lower().endswith(".pdf")):
        try:
            data = read_bytes(site.upload.root / file, _MOST_BYTES)
        except (OSError, ValueError) as error:
            yield Finding("handouts", file, said(error), AGAIN)
            continue
        for fault in _faults(data):
            yield Finding("handouts", file, fault, AGAIN)


def _faults(data: bytes) -> Iterator[str]:
    if not data.startswith(b"%PDF-"):
        yield "it is no PDF"
        return
    if b"%%EOF" not in data[-1024:]:
        yield "it breaks off: its end is missing"
    try:
        objects = _ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), _objects(data))
    except (ValueError, zlib.error) as error:
        yield f"its objects cannot be read ({error})"
        return
    if not _PAGE.search(objects):
        yield "it has no page"
    for name in sorted({found[1].decode() for found in _ACTIVE.finditer(objects)}):
        yield f"it holds /{name}, which a page to print has no need of"


def _objects(data: bytes) -> bytes:
    """All objects of a file as text: those that stand open, and those in compressed streams."""
    parts, end = [], 0
    left = _MOST_INSIDE
    for found in _STREAM.finditer(data):
        if found.start() < end:
            continue  # within another stream
        parts.append(data[end : found.end()])
        end = data.find(b"endstream", found.end())
        if end < 0:
            raise ValueError("a stream has no end")
        if re.search(rb"/Type\s*/ObjStm", found[1]):
            inside = zlib.decompressobj().decompress(data[found.end() : end], left)
            left -= len(inside)
            if left <= 0:
                raise ValueError(f"they unfold to more than {_MOST_INSIDE / 1e6:.0f} MB")
            parts.append(inside)
    return b" ".join([*parts, data[end:]])
