"""A preview that runs as a user starts it, and a page's line to it, for tests."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any
from urllib.parse import urlsplit

from websockets.sync.client import ClientConnection, connect

from spineanim.content.project import Project

_PATIENCE_S = 60.0
_RUN = "from spineanim.cli.main import main; main()"

Said = dict[str, Any]


@contextmanager
def preview_of(project: Project, *options: str) -> Iterator[str]:
    """Run `spineanim preview` on a project; gives the page's address without its fragment."""
    command = [sys.executable, "-c", _RUN, "preview", "--no-open", "--port", "0", *options]
    with subprocess.Popen(
        command,
        cwd=project.root,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            assert process.stdout is not None and process.stderr is not None
            said = process.stdout.readline()
            found = re.search(r"http://\S+", said)
            assert found is not None, said + process.stderr.read()
            yield found.group().split("#")[0]
            assert process.poll() is None, process.stderr.read()
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(10)
            finally:
                process.kill()


class Page:
    """A page's line, held by a test: it says what a page says and hears what a page hears."""

    def __init__(self, line: ClientConnection) -> None:
        self.line = line
        self.heard: list[Said] = []
        self.pictures: list[tuple[Said, bytes]] = []

    def say(self, do: str, **facts: Any) -> None:
        self.line.send(json.dumps({"do": do, **facts}))

    def open(self, scene: str = "demo", **more: Any) -> Said:
        """Look at a film and wait until it is shown; a newer one may be on its way."""
        look = {"scene": scene, "language": "en", "aspect": "16:9", "height_px": 540}
        self.say("open", **{**look, **more})
        return self.wait("film")

    def open_whole(self, scene: str = "demo", **more: Any) -> Said:
        """Look at a film and wait until all of it stands, and no newer one is on its way."""
        self.open(scene, **more)
        self.wait("progress", lambda said: not said["playing"])
        return self.told("film")

    def wait(
        self, what: str, is_it: Callable[[Said], bool] = lambda said: True, patience_s: float = 0
    ) -> Said:
        """Wait for a message; those heard on the way are kept."""
        end = time.monotonic() + (patience_s or _PATIENCE_S)
        while True:
            said = self._hear(end, what)
            if said.get("is") == what and is_it(said):
                return said

    def told(self, what: str) -> Said:
        """Return the last message of that kind, or wait for the first."""
        found = [each for each in self.heard if each["is"] == what]
        return found[-1] if found else self.wait(what)

    def picture(self, frame: int, film: Said, **more: Any) -> bytes:
        """Ask for a frame and return its file."""
        self.say("show", frame=frame, generation=film["generation"], **{"why": "scrub", **more})
        end = time.monotonic() + _PATIENCE_S
        while True:
            said = self._hear(end, f"frame {frame}")
            if "is" not in said and said["frame"] == frame:
                return self.pictures[-1][1]

    def hear(self, what: str) -> Said:
        """Wait for whatever comes next."""
        return self._hear(time.monotonic() + _PATIENCE_S, what)

    def listen(self, lasts_s: float) -> None:
        """Hear all that comes for a while."""
        end_s = time.monotonic() + lasts_s
        with suppress(AssertionError):  # nothing more has come
            while True:
                self._hear(end_s, "more")

    def _hear(self, end_s: float, what: str) -> Said:
        left_s = end_s - time.monotonic()
        assert left_s > 0, (
            f"waited in vain for {what}; heard {[each['is'] for each in self.heard[-9:]]}"
        )
        try:
            data = self.line.recv(left_s)
        except TimeoutError:
            raise AssertionError(
                f"waited in vain for {what}; heard {[each['is'] for each in self.heard[-9:]]}"
            ) from None
        if isinstance(data, str):
            said: Said = json.loads(data, parse_constant=_no_number)
            self.heard.append(said)
            return said
        length = int.from_bytes(data[:4], "big")
        head: Said = json.loads(data[4 : 4 + length])
        self.pictures.append((head, data[4 + length :]))
        return head


def _no_number(name: str) -> float:
    raise AssertionError(f"no browser reads {name}")


@contextmanager
def page_at(address: str, **options: Any) -> Iterator[Page]:
    """Hold a line to a preview, as its own page does."""
    parts = urlsplit(address)
    options.setdefault("origin", f"http://{parts.netloc}")
    url = f"ws://{parts.netloc}{parts.path}socket"
    with connect(url, max_size=None, **options) as line:
        yield Page(line)
