"""A logo becomes a picture of pixels; a hostile one becomes a line, at once, and calls nobody."""

from __future__ import annotations

import io
import socket
import time
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from spineanim.content.artwork.art import artwork_in
from spineanim.errors import ContentError
from spineanim.publish.logo import logo_png, publish_logo

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 20"'
RECT = '<rect width="60" height="20" fill="#224466"/>'
LAUGHS = '<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {name} "{f"&{before};" * 10}">'
    for before, name in zip("abcdefghi", "bcdefghij", strict=True)
)
WEB = "http://127.0.0.1:9/x"
HOSTILE = {
    "entity bomb": f"<!DOCTYPE svg [{LAUGHS}]>{HEAD}><text>&j;</text></svg>",
    "entity from a file": f'<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>{HEAD}/>',
    "entity from a server": f'<!DOCTYPE svg [<!ENTITY % x SYSTEM "{WEB}"> %x;]>{HEAD}/>',
    "script": f"{HEAD}><script>alert(1)</script>{RECT}</svg>",
    "script in an attribute": f'{HEAD} onload="alert(1)">{RECT}</svg>',
    "page within": f"{HEAD}><foreignObject><body/></foreignObject>{RECT}</svg>",
    "picture from a server": f'{HEAD}><image href="{WEB}" width="9" height="9"/>{RECT}</svg>',
    "picture within": f'{HEAD}><image href="data:image/png;base64,AAAA" width="9"/>{RECT}</svg>',
    "itself within": f'{HEAD}><g id="a"><use href="#a"/></g></svg>',
    "huge shape": f'{HEAD}><rect width="1e30" height="1e30" fill="red"/></svg>',
    "endless shape": f'{HEAD}><path d="M0 0 L 1e999 1e999 Z"/></svg>',
    "shape of no size": f'{HEAD}><rect width="nan" height="nan" fill="red"/></svg>',
    "many points": f'{HEAD}><path d="M0 0{"h1" * 2_000_000}"/></svg>',
    "many arcs": f'{HEAD}><path d="M0 0{"a1 1 0 0 1 1 1" * 20_000}"/></svg>',
    "many shapes": f"{HEAD}>{RECT * 70_000}</svg>",
    "many groups": f"{HEAD}>{'<g>' * 5_000}{RECT}{'</g>' * 5_000}</svg>",
    "large file": f"{HEAD}><!--{'x' * 5_000_000}-->{RECT}</svg>",
    "style from a server": f"{HEAD}><style>@import url({WEB});</style>{RECT}</svg>",
    "broken off": f"{HEAD}>{RECT}",
    "nothing": "",
}
HARMLESS = {
    "document type": f'<!DOCTYPE svg SYSTEM "{WEB}">{HEAD}>{RECT}</svg>',
    "link to a server": f'{HEAD}><a href="{WEB}">{RECT}</a></svg>',
}


@pytest.fixture(autouse=True)
def no_calls(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever asks for a connection fails a test."""

    def refuse(*_: object) -> None:
        raise AssertionError("something was asked from a server")

    for name in ("connect", "connect_ex"):
        monkeypatch.setattr(socket.socket, name, refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def written(folder: Path, svg: str) -> Path:
    file = folder / "logo.svg"
    file.write_text(svg, encoding="utf-8")
    return file


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_drawing_is_one_line(tmp_path: Path, kind: str) -> None:
    file = written(tmp_path, HOSTILE[kind])
    begun_s = time.process_time()
    with pytest.raises(ContentError, match=r"logo\.svg") as caught:
        logo_png(artwork_in(file))
    assert len(str(caught.value).splitlines()) == 1
    assert time.process_time() - begun_s < 1.0
    assert [each.name for each in tmp_path.iterdir()] == ["logo.svg"]


@pytest.mark.parametrize("kind", HARMLESS)
def test_what_is_named_but_not_needed_is_not_fetched(tmp_path: Path, kind: str) -> None:
    assert pixels(logo_png(artwork_in(written(tmp_path, HARMLESS[kind])))).shape == (192, 576, 4)


def test_a_picture_that_unfolds_to_gigabytes_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "logo.png"
    Image.new("1", (9500, 9500)).save(file)
    with pytest.raises(ContentError, match="9500 x 9500"):
        logo_png(artwork_in(file))


def test_another_kind_of_file_is_no_png(tmp_path: Path) -> None:
    file = tmp_path / "logo.png"
    Image.new("RGB", (9, 9)).save(file, format="GIF")
    with pytest.raises(ContentError, match=r"logo\.png cannot be drawn"):
        logo_png(artwork_in(file))


def test_a_logo_is_drawn_as_large_as_it_may_be(tmp_path: Path) -> None:
    shape = f'{HEAD}><g transform="translate(5 3) scale(.5)">{RECT}</g></svg>'
    drawn = pixels(logo_png(artwork_in(written(tmp_path, shape))))
    assert drawn.shape[0] == 192 and abs(drawn.shape[1] - 576) <= 1
    assert drawn[96, 288].tolist() == [0x22, 0x44, 0x66, 255]
    file = tmp_path / "wide.png"
    Image.new("RGBA", (400, 20), (200, 30, 10, 128)).save(file)
    wide = pixels(logo_png(artwork_in(file)))
    assert wide.shape in ((32, 640, 4), (33, 640, 4))  # half a pixel may be left of an edge
    assert np.abs(wide[16, 320].astype(int) - [200, 30, 10, 128]).max() <= 2


def test_it_lies_in_the_site_until_there_is_none(tmp_path: Path) -> None:
    logo = written(tmp_path, f"{HEAD}>{RECT}</svg>")
    file = publish_logo(artwork_in(logo), tmp_path / "up")
    assert file == tmp_path / "up" / "site" / "logo.png" and file.is_file()
    assert publish_logo(None, tmp_path / "up") is None
    assert not file.exists()


def pixels(png: bytes) -> np.ndarray[tuple[int, int, int], np.dtype[np.uint8]]:
    with Image.open(io.BytesIO(png)) as picture:
        return np.asarray(picture.convert("RGBA"))
