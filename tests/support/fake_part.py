"""A part of the product in miniature: ``GET /health`` and what the launcher's tests ask it to do.

``python tests/support/fake_part.py <port>``; the environment says how it misbehaves:
``FAKE_DIES_AT_START`` (an exit code) and ``FAKE_IGNORES_SIGTERM``.
``POST /die`` ends it as a crash would; ``GET /environment`` shows what it was given.
"""

import json
import os
import signal
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        shown = dict(os.environ) if self.path == "/environment" else {"status": "ok", "pid": os.getpid()}
        body = json.dumps(shown).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self) -> None:
        os._exit(3)


def main() -> None:
    """Serve until told to end."""
    if code := os.environ.get("FAKE_DIES_AT_START"):
        print("the fake part says why it ends", flush=True)
        sys.exit(int(code))
    if "FAKE_IGNORES_SIGTERM" in os.environ:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    else:
        signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), _Handler).serve_forever()


if __name__ == "__main__":
    main()
