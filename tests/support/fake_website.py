"""The website channel in miniature: a fixed conversation, to test what talks to it."""

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

GREETING: dict[str, Any] = {
    "text": "Bonjour !",
    "from": "assistant",
    "choices": [{"id": "opaque-1", "title": "Mon solde"}, {"id": "opaque-2", "title": "English"}],
}
CUSTOMER = {"name": "Boulangerie", "language": "fr", "email": "boulangerie@example.com"}


class FakeWebsite(ThreadingHTTPServer):
    """Answers as the contract says; ``received`` keeps what was posted."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.received: list[dict[str, Any]] = []
        Thread(target=self.serve_forever, daemon=True).start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class _Handler(BaseHTTPRequestHandler):
    server: FakeWebsite

    def do_GET(self) -> None:
        self._answer(200, [CUSTOMER])

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.received.append(body)
        self._answer(*self._route(body))

    def _route(self, body: dict[str, Any]) -> tuple[int, Any]:
        if self.path == "/demo/sign-in":
            known = body["email"] == CUSTOMER["email"]
            return (200, {"portal_token": "portal-1"}) if known else (404, {"error": "no such demo customer"})
        if self.path == "/webhooks/web/session":
            return 201, {"session": "signed", "expires_in": 60, "messages": [GREETING]}
        if self.headers["Authorization"] != "Bearer signed" or body.get("text") == "over":
            return 401, {"detail": "Cette conversation est terminée."}
        if body.get("text") == "too fast":
            return 429, {"detail": "Trop de messages."}
        document = {"title": "Facture", "url": "http://x.example/d/1", "media_type": "application/pdf"}
        said = {"text": f"Reçu : {json.dumps(body)}", "from": "assistant", "documents": [document]}
        return 200, {"messages": [said], "language": "fr"}

    def _answer(self, status: int, body: Any) -> None:
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        if status == 429:
            self.send_header("Retry-After", "12")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Nothing: the tests' output is their own."""
