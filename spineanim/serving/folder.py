"""A folder as a website: its files as they are, and nothing outside it."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from types import MappingProxyType
from typing import Final

from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from spineanim.upload import CONTENT_POLICY

TYPES: Final = MappingProxyType(
    {
        ".avif": "image/avif",
        ".css": "text/css; charset=utf-8",
        ".html": "text/html; charset=utf-8",
        ".jpg": "image/jpeg",
        ".js": "text/javascript; charset=utf-8",
        ".json": "application/json",
        ".mp4": "video/mp4",
        ".pdf": "application/pdf",
        ".png": "image/png",
        ".svg": "image/svg+xml",
        ".txt": "text/plain; charset=utf-8",
        ".vtt": "text/vtt; charset=utf-8",
        ".webm": "video/webm",
        ".webp": "image/webp",
    }
)
"""Stated here: Python's own table differs from machine to machine, and lacks WebP before 3.13."""

HEADERS: Final = MappingProxyType(
    {
        "cache-control": "no-cache",  # kept, but asked about each time
        "content-security-policy": f"{CONTENT_POLICY}; frame-ancestors 'self'",
        "referrer-policy": "no-referrer",
        "x-content-type-options": "nosniff",
    }
)

_ANSWERS: Final = MappingProxyType(
    {
        404: "nothing is here; look at the address, or at what the folder holds",
        405: "files can be read here, nothing else can be done",
    }
)


def folder_app(folder: Path) -> Starlette:
    """Return an application that shows a folder: GET and HEAD, with ranges, known by ETag.

    A folder is shown by its `index.html`. What lies outside, even by a link, and what begins with
    a dot is not there.
    """
    root = folder.resolve()

    def answer(request: Request) -> Response:
        asked = request.path_params["path"]
        file = _found(root, asked)
        if file.is_dir():
            if not _found(root, f"{asked}/index.html").is_file():
                raise HTTPException(404)
            return RedirectResponse(request.url.replace(path=f"{request.url.path}/"))
        return _whole_or_unchanged(file, request)

    return Starlette(
        routes=[Route("/{path:path}", answer, methods=["GET"])],
        middleware=[Middleware(_WithHeaders)],
        exception_handlers={HTTPException: _in_words},
    )


def _found(root: Path, asked: str) -> Path:
    """Return the file or folder that a path means; a folder's page, if it ends in a slash."""
    if asked == "" or asked.endswith("/"):
        asked += "index.html"
    if any(part == "" or part.startswith(".") or "\\" in part for part in asked.split("/")):
        raise HTTPException(404)
    try:
        file = (root / asked).resolve(strict=True)
        parts = file.relative_to(root).parts
        mode = file.stat().st_mode
    except (OSError, ValueError, RuntimeError):  # not there, outside or no path, links in a ring
        raise HTTPException(404) from None
    hidden = any(part.startswith(".") for part in parts)
    plain = stat.S_ISREG(mode) or stat.S_ISDIR(mode)
    if hidden or not plain or not os.access(file, os.R_OK):
        raise HTTPException(404)
    return file


def _whole_or_unchanged(file: Path, request: Request) -> Response:
    """Return a file, or word that it is still what the asker has."""
    kind = TYPES.get(file.suffix.lower(), "application/octet-stream")
    response = FileResponse(file, media_type=kind, stat_result=file.stat())
    known = request.headers.get("if-none-match", "")
    tags = {tag.strip().removeprefix("W/") for tag in known.split(",")}
    if response.headers["etag"] in tags:
        return Response(status_code=304, headers={"etag": response.headers["etag"]})
    return response


def _in_words(request: Request, error: Exception) -> Response:
    """Return a refusal as one can read it."""
    assert isinstance(error, HTTPException)
    words = _ANSWERS.get(error.status_code, error.detail)
    return PlainTextResponse(f"{error.status_code}: {words}\n", error.status_code, error.headers)


class _WithHeaders:
    """Puts the same headers on every answer, refusals included."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        await self._app(scope, receive, with_headers)
