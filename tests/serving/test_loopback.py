"""A socket is bound to this machine only, and says so when it cannot be."""

from __future__ import annotations

import socket

import pytest

from spineanim.errors import ServingError
from spineanim.serving import loopback
from spineanim.serving.loopback import bound_socket, url_of


def test_a_socket_is_bound_to_this_machine_only() -> None:
    with bound_socket(0) as listening:
        host, port = listening.getsockname()
        assert host == "127.0.0.1"
        assert url_of(listening) == f"http://127.0.0.1:{port}/"


def test_a_taken_port_is_said() -> None:
    with bound_socket(0) as first:
        port = first.getsockname()[1]
        with pytest.raises(ServingError, match=f"port {port} is taken .* --port"):
            bound_socket(port)


def test_without_a_wish_the_next_free_port_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as first:
        port = first.getsockname()[1]
        monkeypatch.setattr(loopback, "FIRST_PORT", port)
        with bound_socket() as second:
            assert port < second.getsockname()[1] < port + 20
        monkeypatch.setattr(loopback, "_TRIED", 1)
        with pytest.raises(ServingError, match="are all taken"):
            bound_socket()


def test_a_port_that_may_not_be_used_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(address: tuple[str, int]) -> socket.socket:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(socket, "create_server", refuse)
    with pytest.raises(ServingError, match=r"port 80 cannot be used \(Permission denied\)"):
        bound_socket(80)
