"""Each thing that can be wrong with pages is put wrong and found."""

from __future__ import annotations

from pathlib import Path

import pytest

from spineanim.verify.run import SITE_CHECKS, name_of, verify
from tests.verify.conftest import Change, edited, removed, written

SITE = tuple(name_of(each) for each in SITE_CHECKS)
FILM, PUMP, INDEX, TEXT = (
    "en/pump/index.html",
    "en/pain-pump.html",
    "en/index.html",
    "en/pump/transcript.html",
)
H1 = "<h1>The test film pump</h1>"
CAPTIONS = '<track kind="captions" srclang="en" label="English" src="captions.vtt" default>'
AV1 = '<source src="pump-av1.mp4" type="video/mp4; codecs=&#34;av01.0.01M.08&#34;">'
POLICY = "default-src &#39;none&#39;"


def beside(markup: str, file: str = FILM) -> Change:
    """Put something behind a page's title."""
    return edited(file, H1, H1 + markup)


HTML = {
    "doctype": (edited(FILM, "<!doctype html>", ""), "does not begin with <!DOCTYPE html>"),
    "language": (edited(FILM, '<html lang="en">', "<html>"), "no lang"),
    "charset": (edited(FILM, '<meta charset="utf-8">', ""), "charset"),
    "viewport": (edited(FILM, "width=device-width", "width=900"), "viewport"),
    "zoom": (edited(FILM, "initial-scale=1", "initial-scale=1, user-scalable=no"), "enlarging"),
    "title": (edited(FILM, "<title>The test film pump", "<title>"), "title is empty"),
    "two h1": (beside("<h1>Again</h1>"), "2 <h1>"),
    "no h1": (edited(FILM, H1, ""), "0 <h1>"),
    "level": (beside("<h4>Deep</h4>"), "skips a level"),
    "twice": (beside('<p id="content"></p>'), "'content' is there 2 times"),
    "naming": (edited(FILM, 'aria-labelledby="text"', 'aria-labelledby="txt"'), "'txt'"),
    "alt": (edited(INDEX, 'alt="" width', "width"), "no alt text"),
    "width": (edited(FILM, 'width="640" height="360" poster', 'poster height="360"'), "no width"),
    "height": (edited(INDEX, 'height="360"', 'height="auto"'), "no height"),
    "open": (beside("<p>never closed"), "where <p> of line"),
    "crossed": (beside("<b><i>words</b></i>"), "</b> where <i>"),
    "attribute": (beside('<p class="a" class="b"></p>'), "attribute twice"),
    "instruction": (beside("<?php echo 1 ?>"), "is no HTML"),
    "unnamed": (beside('<a href="transcript.html"><span></span></a>'), "no words that say"),
    "utf-8": (written(FILM, b"<!doctype html>\xff"), "not UTF-8 (byte 15)"),
    "large": (written(FILM, "<!doctype html>" + "<p>" * 200_000), "larger than 500 kB"),
    "deep": (beside("<div>" * 1000), "more or deeper"),
}
SAFETY = {
    "script": (beside("<script>alert(1)</script>"), "code in the page"),
    "module": (beside('<script type="module">alert(1)</script>'), "code in the page"),
    "handler": (beside("<p OnClick=x></p>"), "handler onclick"),
    "style": (beside('<p style="color:red"></p>'), "attribute style"),
    "style element": (beside("<style>p {}</style>"), "<style> has no place"),
    "iframe": (beside('<iframe src="x.html"></iframe>'), "<iframe> has no place"),
    "form": (beside('<form action="x"></form>'), "<form> has no place"),
    "base": (edited(FILM, "<title>", '<base href="https://a.example/"><title>'), "<base>"),
    "javascript": (beside('<a href=" java\nscript:alert(1)">x</a>'), "no address people"),
    "data": (beside('<a href="data:text/html,x">x</a>'), "no address people"),
    "http": (beside('<a href="http://a.example">x</a>'), "https alone"),
    "picture": (beside('<img src="https://a.example/i.png" alt="">'), "fetched from elsewhere"),
    "host": (beside('<img src="//a.example/i.png" alt="">'), "fetched from elsewhere"),
    "slashes": (beside('<img src="/\\a.example/i.png" alt="">'), "fetched from elsewhere"),
    "data picture": (beside('<img src="data:image/png;base64,AA" alt="">'), "elsewhere"),
    "sheet": (edited(FILM, "../../site/style.css", "https://a.example/s.css"), "elsewhere"),
    "refresh": (edited("index.html", "0; url=en/", "0; url=https://a.example/"), "leads people"),
    "no policy": (edited(FILM, "Content-Security-Policy", "x-nothing"), "0 metas of"),
    "inline": (
        edited(FILM, "style-src &#39;self&#39;", "style-src 'self' 'unsafe-inline'"),
        "unsafe-inline",
    ),
    "any host": (edited(FILM, "script-src &#39;self&#39;", "script-src *"), "allows '*'"),
    "default": (edited(FILM, POLICY, "default-src 'self'"), "default-src"),
    "base rule": (edited(FILM, "base-uri &#39;none&#39;", ""), "base-uri"),
    "blocked": (edited(FILM, "media-src &#39;self&#39;", "media-src 'none'"), "keeps video from"),
    "late": (edited(FILM, '<meta charset="utf-8">', '<script src="a.js"></script>'), "behind what"),
}  # fmt: skip
LINKS = {
    "missing": (edited(FILM, 'href="transcript.html"', 'href="text.html"'), "no en/pump/text.html"),
    "case": (edited(FILM, "../../site/player.js", "../../site/Player.js"), "is written otherwise"),
    "out": (beside('<a href="../../../secret.html">x</a>'), "out of the folder"),
    "top": (beside('<a href="/en/index.html">x</a>'), "begins with /"),
    "backslash": (beside('<a href="..\\index.html">x</a>'), "backslash"),
    "fragment": (edited(FILM, 'href="#content"', 'href="#contents"'), "no id 'contents'"),
    "other fragment": (beside('<a href="transcript.html#x">x</a>'), "no id 'x'"),
    "late": (
        edited(FILM, "pump-1080p.mp4#t=0", "pump-1080p.mp4#t=9"),
        "not within the film",
    ),
    "no time": (edited(FILM, "pump-1080p.mp4#t=0", "pump-1080p.mp4#part"), "has no part"),
    "no film": (edited(FILM, '"transcript.html"', '"transcript.html#t=1"'), "no film"),
    "poster": (edited(FILM, 'poster="poster.webp"', 'poster="poster.png"'), "poster.png"),
    "track": (edited(FILM, "chapters.vtt", "parts.vtt"), "parts.vtt"),
    "refresh": (edited("index.html", "0; url=en/", "0; url=de/"), "no de/index.html"),
    "gone": (removed("en/pump/stills/second.webp"), "no en/pump/stills/second.webp"),
    "first": (removed("index.html"), "no first page"),
}
PLAYERS = {
    "controls": (edited(FILM, "<video controls", "<video"), "no controls"),
    "inline": (edited(FILM, " playsinline", ""), "no playsinline"),
    "preload": (edited(FILM, 'preload="metadata"', 'preload="auto"'), "before anybody asks"),
    "autoplay": (edited(FILM, "<video ", "<video autoplay "), "has autoplay"),
    "order": (
        lambda root: (edited(FILM, AV1, "")(root), edited(FILM, CAPTIONS, AV1 + CAPTIONS)(root))[0],
        "H.264 before AV1",
    ),
    "no av1": (edited(FILM, AV1, ""), "does not offer the AV1"),
    "type": (edited(FILM, "avc1.64001e", "avc1.640028"), "avc1.640028"),
    "other film": (edited(FILM, 'src="pump-1080p', 'src="../posture/posture-1080p'), "mixes"),
    "no film": (edited(FILM, 'src="pump-av1.mp4"', 'src="poster.webp"'), "no rendition"),
    "captions": (edited(FILM, CAPTIONS, ""), "no captions by itself"),
    "not shown": (edited(FILM, " default>", ">"), "no captions by itself"),
    "burned": (
        edited("en/pump/manifest.json", '"burned_captions": false', '"burned_captions": true'),
        "captions twice",
    ),
    "srclang": (edited(FILM, 'chapters" srclang="en"', 'chapters" srclang="es"'), "'es'"),
    "lang": (edited(FILM, '<html lang="en">', '<html lang="de">'), "the page is in 'de'"),
    "shape": (edited(FILM, 'height="360" poster', 'height="480" poster'), "is 640 x 480"),
    "swapped": (edited(FILM, 'src="chapters.vtt"', 'src="captions.vtt"'), "other chapters"),
}  # fmt: skip
STRUCTURED = {
    "no json": (edited(FILM, '{"@context"', '"@context"'), "it is no JSON"),
    "deep": (edited(FILM, '{"@context"', "[" * 100_000 + '{"@context"'), "nested too deeply"),
    "none": (edited(FILM, '"VideoObject"', '"Thing"'), "no VideoObject"),
    "name": (edited(FILM, '"name": "The test film pump", "thumb', '"name": "X", "thumb'), "'X'"),
    "duration": (edited(FILM, '"PT8S"', '"PT80S"'), "'PT80S', it is 8.00 s"),
    "no duration": (edited(FILM, '"PT8S"', '"8"'), "duration '8'"),
    "content": (edited(FILM, '"contentUrl": "pump-', '"contentUrl": "pomp-'), "no film of"),
    "thumbnail": (edited(FILM, '"thumbnailUrl": "poster', '"thumbnailUrl": "past'), "thumbnailUrl"),
    "day": (edited(FILM, "2026-01-31", "2027-01-31"), "uploadDate"),
    "clip": (edited(FILM, '"name": "The second part"', '"name": "Another"'), "not the 2 parts"),
    "offset": (edited(FILM, '"startOffset": 4', '"startOffset": 6'), "startOffset 6"),
    "moment": (edited(FILM, "index.html#t=4", "index.html"), "no url to its moment"),
}  # fmt: skip
ALTERNATES = {
    "gone": (edited(FILM, "../../es/pump/index.html", "../../es/pomp/index.html"), "no page"),
    "language": (edited(FILM, 'link rel="alternate" hreflang="es"', 'link rel="alternate" '
                        'hreflang="fr"'), "a page in 'es'"),
    "one way": (
        edited("es/pump/index.html", '<link rel="alternate" hreflang="en"', "<link rel='author'"),
        "does not lead back",
    ),
}  # fmt: skip
TABLES = {
    "html": HTML,
    "safety": SAFETY,
    "links": LINKS,
    "players": PLAYERS,
    "structured": STRUCTURED,
    "alternates": ALTERNATES,
}
CASES = [
    pytest.param(check, damage, part, id=f"{check}: {name}")
    for check, table in TABLES.items()
    for name, (damage, part) in table.items()
]


def test_nothing_is_wrong_with_a_whole_site(whole_site: Path) -> None:
    checked = verify(whole_site, only=SITE)
    assert [str(each) for each in checked.findings] == []
    assert (checked.films, checked.pages, checked.film_s) == (3, 11, 24.0)


@pytest.mark.parametrize(("check", "damage", "part"), CASES)
def test_damage_to_a_page_is_found(
    check: str, damage: Change, part: str, site_folder: Path
) -> None:
    damage(site_folder)
    findings = verify(site_folder, only=(check,)).findings
    assert {each.check for each in findings} == {check}
    assert any(part in str(each) and each.is_failure for each in findings), [*map(str, findings)]
    assert not any("broke off" in each.what for each in findings)


def test_a_page_to_which_no_way_leads_is_worth_a_look(site_folder: Path) -> None:
    text = (site_folder / INDEX).read_text(encoding="utf-8")
    (site_folder / "en" / "lost.html").write_text(text, encoding="utf-8")
    lost = verify(site_folder, only=("links",)).findings
    assert [(each.file, each.is_failure) for each in lost] == [("en/lost.html", False)]


def test_whole_addresses_are_followed_by_their_ends(site_folder: Path) -> None:
    for file in (FILM, "es/pump/index.html"):
        page = site_folder / file
        text = page.read_text(encoding="utf-8")
        text = text.replace('"contentUrl": "', '"contentUrl": "https://a.example/x/' + file[:8])
        text = text.replace('hreflang="es" href="../../', 'hreflang="es" href="https://a.example/')
        page.write_text(text, encoding="utf-8")
    found = verify(site_folder, only=("structured", "alternates")).findings
    assert [str(each) for each in found] == []
