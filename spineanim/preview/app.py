"""The preview as a web application: its page, the page's files, and a line for each window."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.types import ASGIApp
from starlette.websockets import WebSocket, WebSocketDisconnect

from spineanim.preview.bench import Bench
from spineanim.preview.guard import Guard
from spineanim.preview.window import Window
from spineanim.serving.folder import TYPES

_HERE: Final = Path(__file__).parent
_TRY_LATER: Final = 1013


def preview_app(bench: Bench, token: str) -> ASGIApp:
    """Return the application of a bench.

    Parameters
    ----------
    bench
        The project on it.
    token
        First part of every path; who does not know it gets nothing.
    """
    pages = Environment(
        loader=FileSystemLoader(_HERE / "templates"), autoescape=True, undefined=StrictUndefined
    )

    async def page(request: Request) -> Response:
        del request
        template = pages.get_template("bench.html")
        return HTMLResponse(template.render(static="static", project=bench.project.root.name))

    async def static(request: Request) -> Response:
        name = request.path_params["name"]
        found = {each.name: each for each in (_HERE / "static").iterdir() if each.is_file()}
        if name not in found:
            return Response(status_code=404)
        return Response(found[name].read_bytes(), media_type=TYPES[found[name].suffix])

    async def socket(line: WebSocket) -> None:
        await line.accept()
        if bench.is_full:
            await line.close(_TRY_LATER, "too many windows are open; close some")
            return
        try:
            await Window(line, bench).live()
        except (WebSocketDisconnect, OSError):
            return

    routes = [
        Route("/", page),
        Route("/static/{name}", static),
        WebSocketRoute("/socket", socket),
    ]
    return Guard(Starlette(routes=routes), token)
