"""A folder is served whole, in parts, with the right headers, and never anything beside it."""

from __future__ import annotations

import email
import os
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPMessage, HTTPResponse
from pathlib import Path
from typing import NamedTuple

import pytest

from spineanim.serving.folder import TYPES, folder_app
from spineanim.upload import CONTENT_POLICY
from tests.servers import running

FILM = bytes(range(256)) * 1000


class Answer(NamedTuple):
    status: int
    headers: HTTPMessage
    body: bytes


class Asker(NamedTuple):
    """Asks as it is told: no path is tidied, no header added but those needed."""

    port: int

    def __call__(self, path: str, method: str = "GET", **headers: str) -> Answer:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.putrequest(method, path, skip_host="Host" in named, skip_accept_encoding=True)
        for name, value in named.items():
            connection.putheader(name, value)
        connection.endheaders()
        response: HTTPResponse = connection.getresponse()
        answer = Answer(response.status, response.msg, response.read())
        connection.close()
        return answer


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a folder to serve, beside things that must not be served."""
    outer = tmp_path_factory.mktemp("outer")
    (outer / "secret.txt").write_text("secret")
    (outer / "upload-old").mkdir()
    (outer / "upload-old" / "secret.txt").write_text("secret")
    folder = outer / "upload"
    (folder / "en" / "pump").mkdir(parents=True)
    (folder / "en" / "empty").mkdir()
    (folder / "index.html").write_text("<p>Root")
    (folder / "en" / "pump" / "index.html").write_text("<p>Pump")
    (folder / "en" / "film.mp4").write_bytes(FILM)
    (folder / "en" / "two words é.txt").write_text("é", encoding="utf-8")
    (folder / ".hidden").write_text("secret")
    (folder / ".git").mkdir()
    (folder / ".git" / "config").write_text("secret")
    (folder / "out.txt").symlink_to(outer / "secret.txt")
    (folder / "up").symlink_to(outer, target_is_directory=True)
    (folder / "dotted.txt").symlink_to(folder / ".hidden")
    (folder / "ring.txt").symlink_to(folder / "ring.txt")
    (folder / "within.txt").symlink_to(folder / "index.html")
    os.mkfifo(folder / "pipe.txt")
    for ending in TYPES:
        (folder / f"kind{ending}").write_bytes(b"x")
    return folder


@pytest.fixture(scope="module")
def ask(place: Path) -> Iterator[Asker]:
    with running(folder_app(place)) as url:
        yield Asker(int(url.rsplit(":", 1)[1].strip("/")))


def test_a_file_is_given_whole(ask: Asker) -> None:
    answer = ask("/en/film.mp4")
    assert answer.status == 200
    assert answer.body == FILM
    assert answer.headers["accept-ranges"] == "bytes"
    assert answer.headers["content-length"] == str(len(FILM))


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("0-0", 0, 0),
        ("10-19", 10, 19),
        ("70000-200000", 70000, 200000),
        ("255990-", 255990, 255999),
        ("-5", 255995, 255999),
        ("0-999999999", 0, 255999),
        ("-999999999", 0, 255999),
    ],
)
def test_a_stretch_of_a_file_is_given(ask: Asker, asked: str, first: int, last: int) -> None:
    answer = ask("/en/film.mp4", Range=f"bytes={asked}")
    assert answer.status == 206
    assert answer.headers["content-range"] == f"bytes {first}-{last}/{len(FILM)}"
    assert answer.headers["content-type"] == "video/mp4"
    assert answer.body == FILM[first : last + 1]


def test_several_stretches_come_as_parts(ask: Asker) -> None:
    answer = ask("/en/film.mp4", Range="bytes=0-3, 100-103, -2")
    assert answer.status == 206
    head = f"Content-Type: {answer.headers['content-type']}\r\n\r\n".encode()
    _, *parts = email.message_from_bytes(head + answer.body).walk()
    given = [(part["content-range"], part.get_payload(decode=True)) for part in parts]
    assert given == [
        ("bytes 0-3/256000", FILM[:4]),
        ("bytes 100-103/256000", FILM[100:104]),
        ("bytes 255998-255999/256000", FILM[-2:]),
    ]


@pytest.mark.parametrize("asked", ["bytes=256000-", "bytes=999999-1000000", "bytes=-0"])
def test_a_stretch_that_is_not_there_is_refused(ask: Asker, asked: str) -> None:
    answer = ask("/en/film.mp4", Range=asked)
    assert answer.status == 416
    assert answer.headers["content-range"] == "bytes */256000"
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("asked", ["bytes=9-3", "bytes=x-y", "bytes=", "rubbish"])
def test_a_stretch_that_is_none_is_refused(ask: Asker, asked: str) -> None:
    assert ask("/en/film.mp4", Range=asked).status == 400


def test_a_stretch_is_given_only_of_the_same_file(ask: Asker) -> None:
    """`If-Range`: a player continues what it has, or gets the new file whole."""
    headers = ask("/en/film.mp4").headers
    for same in (headers["etag"], headers["last-modified"]):
        assert ask("/en/film.mp4", Range="bytes=0-3", If_Range=same).status == 206
    for other in ('"other"', f"W/{headers['etag']}", "Sat, 01 Jan 2000 00:00:00 GMT"):
        answer = ask("/en/film.mp4", Range="bytes=0-3", If_Range=other)
        assert (answer.status, len(answer.body)) == (200, len(FILM))


def test_what_is_unchanged_is_not_sent_again(ask: Asker, place: Path) -> None:
    tag = ask("/index.html").headers["etag"]
    for known in (tag, f'"x", {tag}', f"W/{tag}"):
        answer = ask("/index.html", If_None_Match=known)
        assert (answer.status, answer.body, answer.headers["etag"]) == (304, b"", tag)
        assert answer.headers["cache-control"] == "no-cache"
    os.utime(place / "index.html", (1, 1))
    assert ask("/index.html", If_None_Match=tag).status == 200


def test_head_says_what_get_would(ask: Asker) -> None:
    for path in ("/en/film.mp4", "/", "/none"):
        head, get = ask(path, "HEAD"), ask(path)
        assert head.body == b""
        assert head.status == get.status
        for name in ("content-length", "content-type", "etag"):
            assert head.headers[name] == get.headers[name]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"])
def test_nothing_but_reading_is_allowed(ask: Asker, method: str) -> None:
    answer = ask("/index.html", method)
    assert answer.status == 405
    assert set(answer.headers["allow"].split(", ")) == {"GET", "HEAD"}


def test_a_folder_is_shown_by_its_page(ask: Asker) -> None:
    assert ask("/").body == b"<p>Root"
    assert ask("/en/pump/").body == b"<p>Pump"
    answer = ask("/en/pump?from=here")
    assert answer.status == 307
    assert answer.headers["location"].endswith("/en/pump/?from=here")


@pytest.mark.parametrize("path", ["/en", "/en/", "/en/empty", "/en/empty/"])
def test_a_folder_without_a_page_is_not_listed(ask: Asker, path: str) -> None:
    assert ask(path).status == 404


def test_names_may_hold_any_letters(ask: Asker) -> None:
    assert ask("/en/two%20words%20%C3%A9.txt").body == "é".encode()


@pytest.mark.parametrize("ending", TYPES)
def test_every_kind_of_file_has_its_type(ask: Asker, ending: str) -> None:
    assert ask(f"/kind{ending}").headers["content-type"] == TYPES[ending]


def test_captions_and_pages_say_their_letters() -> None:
    assert TYPES[".vtt"] == "text/vtt; charset=utf-8"
    assert TYPES[".html"] == "text/html; charset=utf-8"


@pytest.mark.parametrize("path", ["/", "/en/film.mp4", "/none", "/en/pump", "/../x"])
def test_every_answer_has_the_headers_that_protect(ask: Asker, path: str) -> None:
    headers = ask(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cache-control"] == "no-cache"
    policy = headers["content-security-policy"]
    assert policy == f"{CONTENT_POLICY}; frame-ancestors 'self'"
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


OUTSIDE = [
    "/../secret.txt",
    "/..%2fsecret.txt",
    "/%2e%2e/secret.txt",
    "/%2e%2e%2fsecret.txt",
    "/en/../../secret.txt",
    "/../upload-old/secret.txt",
    "/..%5csecret.txt",
    "/..\\secret.txt",
    "/en%5c..%5c..%5csecret.txt",
    "/%252e%252e/secret.txt",
    "/index.html%00.txt",
    "/%00",
    "//etc/passwd",
    "/%2fetc/passwd",
    "/.hidden",
    "/%2ehidden",
    "/.git/config",
    "/./index.html",
    "/out.txt",
    "/up/secret.txt",
    "/up/upload/index.html/../../secret.txt",
    "/dotted.txt",
    "/ring.txt",
    "/pipe.txt",
    "/index.html/",
    "/index.html/x",
    "/" + "x" * 5000,
    "/%ff%fe",
]


@pytest.mark.parametrize("path", OUTSIDE)
def test_what_lies_outside_or_is_hidden_is_not_there(ask: Asker, path: str) -> None:
    answer = ask(path)
    assert answer.status == 404
    assert b"secret" not in answer.body
    assert b"root:" not in answer.body


def test_a_link_within_the_folder_is_followed(ask: Asker) -> None:
    assert ask("/within.txt").body == b"<p>Root"


def test_a_whole_address_as_path_leads_nowhere_else(ask: Asker) -> None:
    answer = ask("http://example.org/../secret.txt")
    assert answer.status in (404, 421)
    assert b"secret" not in answer.body


def test_what_is_missing_is_said_in_words(ask: Asker) -> None:
    answer = ask("/en/<script>.html")
    assert answer.status == 404
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.body == (
        b"404: nothing is here; look at the address, or at what the folder holds\n"
    )


@pytest.mark.parametrize(
    "host",
    [
        "",
        "example.org",
        "example.org:{port}",
        "127.0.0.1",
        "127.0.0.1:1",
        "localhost",
        "localhost.example.org:{port}",
        "127.0.0.1:{port}.example.org",
        "[::1]:{port}",
    ],
)
def test_another_name_for_this_machine_is_turned_away(ask: Asker, host: str) -> None:
    answer = ask("/", Host=host.format(port=ask.port))
    assert answer.status == 421
    assert b"Root" not in answer.body


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "LOCALHOST"])
def test_the_names_of_this_machine_are_answered(ask: Asker, name: str) -> None:
    assert ask("/", Host=f"{name}:{ask.port}").status == 200
