"""`spineanim serve` starts, answers, and ends quietly."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from spineanim.serving.loopback import bound_socket
from tests.cli.conftest import Run


@contextmanager
def _serving(folder: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Run the command; gives the process and the address that it has printed."""
    code = "from spineanim.cli.main import main; main()"
    process = subprocess.Popen(
        [sys.executable, "-c", code, "serve", str(folder), "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert process.stdout is not None
        said = process.stdout.readline()
        address = re.search(r"http://127\.0\.0\.1:\d+/", said)
        assert address is not None, said
        yield process, address[0]
    finally:
        process.kill()
        process.communicate()


@pytest.mark.slow
def test_it_shows_the_folder_until_interrupted(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<p>Hello")
    with _serving(tmp_path) as (process, address):
        with urllib.request.urlopen(address, timeout=10) as answer:
            assert answer.read() == b"<p>Hello"
        process.send_signal(signal.SIGINT)
        rest, errors = process.communicate(timeout=20)
        assert (process.returncode, rest, errors) == (0, "", "")


@pytest.mark.slow
def test_it_ends_at_once_while_a_film_is_read(tmp_path: Path) -> None:
    with (tmp_path / "film.mp4").open("wb") as film:
        film.truncate(200_000_000)
    with _serving(tmp_path) as (process, address):
        port = int(address.rsplit(":", 1)[1].strip("/"))
        with socket.create_connection(("127.0.0.1", port)) as reader:
            reader.sendall(b"GET /film.mp4 HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n" % port)
            assert reader.recv(1000).startswith(b"HTTP/1.1 200")
            process.send_signal(signal.SIGINT)
            rest, errors = process.communicate(timeout=5)
        assert (process.returncode, rest, errors) == (0, "", "")


def test_a_missing_folder_is_one_line(run: Run, tmp_path: Path) -> None:
    result = run("serve", "nowhere")
    assert result.returncode == 1
    assert result.stderr == (
        "spineanim: nowhere does not exist; make it with 'spineanim publish --all --to nowhere'\n"
    )


def test_a_file_is_no_folder(run: Run, tmp_path: Path) -> None:
    (tmp_path / "film.mp4").write_bytes(b"")
    result = run("serve", "film.mp4")
    assert result.returncode == 1
    assert result.stderr.startswith("spineanim: film.mp4 is no folder; ")
    assert result.stderr.count("\n") == 1


def test_a_taken_port_is_one_line(run: Run, tmp_path: Path) -> None:
    with bound_socket(0) as taken:
        port = taken.getsockname()[1]
        result = run("serve", ".", "--port", str(port))
    assert result.returncode == 1
    assert result.stderr.startswith(f"spineanim: port {port} is taken by another program; ")
    assert result.stderr.count("\n") == 1
