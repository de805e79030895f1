"""Words of a PDF that can be searched, copied and read aloud.

Our pages have their words as outlines, so that they look alike on every machine. This lays the same
words over them in a font without shapes, and says which language they are in. The file grows by an
update at its end, as PDF allows; what is there already keeps its bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_LETTER: Final = 500
"""Width of every letter of the font, thousandths of its size; lines are stretched to fit."""
_MOST_LETTERS: Final = 255


@dataclass(frozen=True)
class WrittenLine:
    """A line of words on a page.

    Attributes
    ----------
    text
        What it says.
    x_pt, y_pt
        Where its base line starts, points from the page's upper left corner.
    size_pt, width_pt
        Size of its type, and its length.
    """

    text: str
    x_pt: float
    y_pt: float
    size_pt: float
    width_pt: float


def add_words(
    file: Path, pages: Sequence[Sequence[WrittenLine]], height_pt: float, language: str
) -> None:
    """Add words that are not seen to the pages of a PDF that Cairo wrote as version 1.4.

    Parameters
    ----------
    file
        The PDF; it is changed.
    pages
        Lines of each page, in the order they are read.
    height_pt
        Height of the pages.
    language
        Code of their language, such as `es`.
    """
    pdf = _Update(file.read_bytes())
    codes = _codes(line.text for page in pages for line in page)
    font = _add_font(pdf, codes)
    begin = pdf.add_stream(b"q")  # Cairo leaves its own axes behind
    kids = _references(re.search(rb"/Kids \[(.*?)\]", pdf.dictionary(pdf.pages_number)))
    for number, lines in zip(kids, pages, strict=True):
        text = pdf.add_stream(_text_of(lines, codes, height_pt))
        page = pdf.dictionary(number)
        (resources,) = _references(re.search(rb"/Resources (\d+ 0 R)", page))
        (contents,) = _references(re.search(rb"/Contents (\d+ 0 R)", page))
        drawn = b"/Contents [ %d 0 R %d 0 R %d 0 R ]" % (begin, contents, text)
        pdf.put(number, page.replace(b"/Contents %d 0 R" % contents, drawn))
        pdf.put(resources, _with(pdf.dictionary(resources), b"/Font << /Words %d 0 R >>" % font))
    spoken = b"/Lang (%s) /ViewerPreferences << /DisplayDocTitle true >>" % language.encode("ascii")
    pdf.put(pdf.root, _with(pdf.dictionary(pdf.root), spoken))
    file.write_bytes(pdf.whole())


def _codes(texts: Iterable[str]) -> dict[str, int]:
    """Codes of letters in the font; a page in our typeface has far fewer than there is room for."""
    letters = sorted({letter for text in texts for letter in text})
    return {letter: code for code, letter in enumerate(letters[:_MOST_LETTERS], start=1)}


def _text_of(lines: Iterable[WrittenLine], codes: Mapping[str, int], height_pt: float) -> bytes:
    """Operators that place the lines, after those of Cairo."""
    said = ["Q BT 3 Tr"]
    for line in lines:
        letters = [codes[letter] for letter in line.text if letter in codes]
        if not letters:
            continue
        stretch = 100.0 * line.width_pt / (len(letters) * line.size_pt * _LETTER / 1000.0)
        said.append(
            f"/Words {line.size_pt:.2f} Tf {stretch:.2f} Tz "
            f"1 0 0 1 {line.x_pt:.2f} {height_pt - line.y_pt:.2f} Tm <{bytes(letters).hex()}> Tj"
        )
    return "\n".join([*said, "ET"]).encode("ascii")


def _add_font(pdf: _Update, codes: Mapping[str, int]) -> int:
    """Add a font whose letters are empty but have a meaning; return its number."""
    last = max(len(codes), 1)
    empty = pdf.add_stream(b"%d 0 0 -200 %d 800 d1" % (_LETTER, _LETTER))
    meanings = "\n".join(
        f"<{code:02x}> <{letter.encode('utf-16-be').hex()}>" for letter, code in codes.items()
    )
    meaning = pdf.add_stream(
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        b"/CMapName /Words def /CMapType 2 def\n"
        b"1 begincodespacerange <00> <ff> endcodespacerange\n"
        b"%d beginbfchar\n%s\nendbfchar\nendcmap end end" % (len(codes), meanings.encode("ascii"))
    )
    return pdf.add(
        b"<< /Type /Font /Subtype /Type3 /FontBBox [ 0 -200 %d 800 ]\n"
        b"/FontMatrix [ 0.001 0 0 0.001 0 0 ] /CharProcs << /letter %d 0 R >>\n"
        b"/Encoding << /Type /Encoding /Differences [ 1 %s ] >>\n"
        b"/FirstChar 1 /LastChar %d /Widths [ %s ] /ToUnicode %d 0 R /Resources << >> >>"
        % (
            _LETTER,
            empty,
            b" ".join([b"/letter"] * last),
            last,
            b" ".join([b"%d" % _LETTER] * last),
            meaning,
        )
    )


def _references(found: re.Match[bytes] | None) -> list[int]:
    """Numbers of the objects that a text names."""
    assert found is not None, "Cairo writes PDF of another form"
    return [int(number) for number in re.findall(rb"(\d+) 0 R", found.group(1))]


def _with(dictionary: bytes, entry: bytes) -> bytes:
    """Return a dictionary with one more entry."""
    return dictionary.replace(b"<<", b"<< " + entry, 1)


class _Update:
    """Objects that are added to a PDF, or stand in for some of it."""

    def __init__(self, old: bytes) -> None:
        self.old = old
        self._start = int(old[old.rindex(b"startxref") :].split()[1])
        rows = old[self._start :].split(b"trailer", 1)
        count = int(rows[0].split(b"\n", 2)[1].split()[1])
        self._trailer = rows[1]
        entries = rows[0].split(b"\n", 2)[2]
        self._places = [int(entries[20 * each : 20 * each + 10]) for each in range(count)]
        self._changed: dict[int, bytes] = {}
        self._next = count
        (self.root,) = _references(re.search(rb"/Root (\d+ 0 R)", self._trailer))
        (self.pages_number,) = _references(
            re.search(rb"/Pages (\d+ 0 R)", self.dictionary(self.root))
        )

    def dictionary(self, number: int) -> bytes:
        """Text of an object that is no stream."""
        if number in self._changed:
            return self._changed[number]
        start = self.old.index(b"obj", self._places[number]) + len(b"obj")
        return self.old[start : self.old.index(b"endobj", start)].strip()

    def put(self, number: int, text: bytes) -> None:
        """Let an object have another text."""
        self._changed[number] = text

    def add(self, text: bytes) -> int:
        """Add an object; return its number."""
        self._next += 1
        self._changed[self._next - 1] = text
        return self._next - 1

    def add_stream(self, content: bytes) -> int:
        """Add a stream; return its number."""
        return self.add(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))

    def whole(self) -> bytes:
        """Return the file with its update."""
        out = bytearray(self.old.rstrip() + b"\n")
        rows = [b"0 1\n0000000000 65535 f \n"]
        for number, text in sorted(self._changed.items()):
            rows.append(b"%d 1\n%010d 00000 n \n" % (number, len(out)))
            out += b"%d 0 obj\n%s\nendobj\n" % (number, text)
        start = len(out)
        info = re.search(rb"/Info \d+ 0 R", self._trailer)
        out += b"xref\n%strailer\n" % b"".join(rows)
        out += b"<< /Size %d /Root %d 0 R %s /Prev %d >>\nstartxref\n%d\n%%%%EOF\n" % (
            self._next,
            self.root,
            info.group() if info else b"",
            self._start,
            start,
        )
        return bytes(out)
