"""Who may come in: pages of our own that know the token, in a browser of this machine.

`serving.loopback` sees to it that the server answers only on this machine and to its own name.
"""

from __future__ import annotations

import secrets
from types import MappingProxyType
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from spineanim.serving.loopback import ADDRESS

_POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' blob:",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS: Final = MappingProxyType(
    {
        "cache-control": "no-store",
        "content-security-policy": _POLICY,
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "referrer-policy": "no-referrer",  # the token stands in the address
        "x-content-type-options": "nosniff",
    }
)


class Guard:
    """Lets in who knows the token, comes from no other site, and sends nothing but questions.

    Parameters
    ----------
    app
        What is guarded; it sees paths without the token.
    token
        The first part of every path.
    """

    def __init__(self, app: ASGIApp, token: str) -> None:
        self._app, self._token = app, token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or turn it away with an empty answer."""
        if scope["type"] not in ("http", "websocket"):
            return
        status = self._refusal(scope)
        if status:
            await Response(status_code=status, headers=dict(HEADERS))(scope, receive, send)
            return
        path = scope["path"].split("/", 2)[2]

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        await self._app({**scope, "path": f"/{path}"}, receive, dressed)

    def _refusal(self, scope: Scope) -> int:
        """Return the status to turn a request away with; 0 if it may pass."""
        parts = scope["path"].split("/", 2)
        given = parts[1].encode(errors="replace") if len(parts) == 3 else b""
        if not secrets.compare_digest(given, self._token.encode()):
            return 404
        headers = Headers(scope=scope)
        if not _is_own(headers, scope):
            return 403
        if scope["type"] == "http":
            if scope["method"] not in ("GET", "HEAD"):
                return 405
            if headers.get("content-length", "0") != "0" or "transfer-encoding" in headers:
                return 413
        return 0


def _is_own(headers: Headers, scope: Scope) -> bool:
    """Whether a request comes from our own page, or from somebody who typed the address."""
    server = scope.get("server")
    own = {f"http://{name}:{server[1]}" for name in (ADDRESS, "localhost")} if server else set()
    origins = headers.getlist("origin")
    if scope["type"] == "websocket":  # browsers let any page open one, but say which page it is
        return len(origins) == 1 and origins[0] in own
    site = headers.get("sec-fetch-site", "none")
    is_visit = headers.get("sec-fetch-mode") == "navigate"
    return all(each in own for each in origins) and (site in ("none", "same-origin") or is_visit)
