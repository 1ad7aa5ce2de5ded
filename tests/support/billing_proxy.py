"""A wire between the actions and the billing system that can break in the ways wires and servers break.

While the billing system is down the wire is down too: a connection is refused, as it is without a wire between.
"""

import re
import socket
import threading
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal

import httpx

Effect = Literal["lost request", "lost answer", "cut answer", "error before", "error after", "garbage", "slow"]
EFFECTS: tuple[Effect, ...] = (
    "lost request",  # the connection breaks before the billing system hears of it
    "lost answer",  # it did the work; the connection breaks before the answer
    "cut answer",  # half of the answer, then nothing
    "error before",  # 502 without the work
    "error after",  # 502 although the work is done
    "garbage",  # 200 with something that is no JSON
    "slow",  # the right answer, later than anybody waits
)
_SLOW_S = 12.0
_HOP_BY_HOP = {"connection", "transfer-encoding", "content-encoding", "content-length", "keep-alive"}


@dataclass
class Fault:
    """What happens to the next ``times`` requests whose ``METHOD /path`` matches."""

    route: str
    effect: Effect
    times: int = 1


class BillingProxy(ThreadingHTTPServer):
    """Passes everything on until it is told to break something."""

    daemon_threads = True

    def __init__(self, target: str) -> None:
        self._open: set[socket.socket] = set()
        super().__init__(("127.0.0.1", 0), _Handler)
        self.target = target
        self._faults: list[Fault] = []
        self._lock = threading.Lock()
        self.mended = threading.Event()  # ends a slow answer early when the test is over
        self._serve()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def breaks(self, fault: Fault) -> None:
        """Add a fault."""
        with self._lock:
            self.mended.clear()
            self._faults.append(fault)

    def mend(self) -> None:
        """Pass everything on again."""
        with self._lock:
            self._faults.clear()
            self.mended.set()

    def cut(self) -> None:
        """Refuse connections and break those that are open."""
        self.shutdown()
        self.server_close()
        for one in list(self._open):
            one.shutdown(socket.SHUT_RDWR)

    def join(self) -> None:
        """Take connections again, at the same address."""
        self.socket = socket.socket(self.address_family, self.socket_type)
        self.server_bind()
        self.server_activate()
        self._serve()

    def _serve(self) -> None:
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def finish_request(self, request: Any, client_address: Any) -> None:
        """Know which connections are open."""
        self._open.add(request)
        try:
            super().finish_request(request, client_address)
        finally:
            self._open.discard(request)

    def effect_on(self, method: str, path: str) -> Effect | None:
        """What is to happen to this request; counted."""
        with self._lock:
            for fault in self._faults:
                if re.fullmatch(fault.route, f"{method} {path.partition('?')[0]}"):
                    fault.times -= 1
                    if fault.times <= 0:
                        self._faults.remove(fault)
                    return fault.effect
        return None

    def handle_error(self, *_: object) -> None:
        """Say nothing: callers that hang up are what this is about."""


class _Handler(BaseHTTPRequestHandler):
    server: BillingProxy
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        effect = self.server.effect_on(self.command, self.path)
        length = int(self.headers.get("Content-Length", 0))
        body = self.rfile.read(length)
        if effect == "lost request":
            self._hang_up()
        elif effect == "error before":
            self._send(502, {}, b"bad gateway")
        else:
            self._pass_on(body, effect)

    do_POST = do_DELETE = do_PUT = do_PATCH = do_HEAD = do_GET  # noqa: N815 — the names are http.server's

    def _pass_on(self, body: bytes, effect: Effect | None) -> None:
        try:
            answer = httpx.request(
                self.command,
                self.server.target + self.path,
                content=body,
                headers={key: value for key, value in self.headers.items() if key.lower() != "host"},
                timeout=30,
                trust_env=False,
            )
        except httpx.TransportError:
            self._hang_up()  # the billing system is down: the caller sees a broken wire
            return
        self._answer(answer, effect)

    def _answer(self, answer: httpx.Response, effect: Effect | None) -> None:
        headers = {key: value for key, value in answer.headers.items() if key.lower() not in _HOP_BY_HOP}
        if effect == "lost answer":
            self._hang_up()
        elif effect == "error after":
            self._send(502, {}, b"bad gateway")
        elif effect == "garbage":
            self._send(200, {"content-type": "text/html"}, b"<html>It works!</html>")
        elif effect == "cut answer":
            self._send(answer.status_code, headers, answer.content, sent=len(answer.content) // 2)
            self._hang_up()
        else:
            if effect == "slow":
                self.server.mended.wait(_SLOW_S)
            self._send(answer.status_code, headers, answer.content)

    def _send(self, status: int, headers: dict[str, str], body: bytes, sent: int | None = None) -> None:
        self.send_response_only(status)
        for key, value in headers.items():
            self.send_header(key, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body[:sent])

    def _hang_up(self) -> None:
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)

    def log_message(self, *_: object) -> None:
        """Nothing: the tests' output is their own."""
