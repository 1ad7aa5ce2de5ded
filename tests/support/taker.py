"""What takes notices as the assistant does, over real HTTP; a test says what it answers."""

import json
from collections import deque
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, Self

SENT: dict[str, Any] = {"outcome": "sent"}


class NoticeTaker(ThreadingHTTPServer):
    """``taken`` keeps what came; the next answers are those of ``answers``, then ``sent``."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.taken: list[dict[str, Any]] = []
        self.credentials: list[str | None] = []
        self.answers: deque[tuple[int, Any]] = deque()
        self._thread = Thread(target=self.serve_forever, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.shutdown()
        self._thread.join(10)
        self.server_close()

    @property
    def url(self) -> str:
        """Where notices are handed over."""
        return f"http://127.0.0.1:{self.server_port}/webhooks/notices"


class _Handler(BaseHTTPRequestHandler):
    server: NoticeTaker

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.taken.append(body)
        self.server.credentials.append(self.headers["Authorization"])
        status, answer = self.server.answers.popleft() if self.server.answers else (200, SENT)
        content = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Nothing: the tests' output is their own."""
