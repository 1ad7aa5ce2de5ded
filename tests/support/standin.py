"""The stand-in for Twilio as tests use it: its server in a thread, and a phone in somebody's hand."""

import asyncio
import threading
from collections.abc import Coroutine
from typing import Any

import httpx
import uvicorn
from pydantic import SecretStr

from twilio_standin.app import create_app
from twilio_standin.settings import StandinSettings

ACCOUNT = "AC" + "1" * 32
TOKEN = "signs-in-the-tests"
NUMBER = "+15555550100"


class StandinServer:
    """The stand-in on a port, in a thread of its own."""

    def __init__(self, port: int, public_url: str, billing_url: str = "http://127.0.0.1:9") -> None:
        settings = StandinSettings(
            public_url=public_url,
            twilio_account_sid=ACCOUNT,
            twilio_auth_token=SecretStr(TOKEN),
            twilio_number=NUMBER,
            billing_url=billing_url,
        )
        self.app = create_app(settings)
        self.address = f"http://127.0.0.1:{port}"
        self._loop = asyncio.new_event_loop()
        config = uvicorn.Config(self.app, port=port, log_level="critical", access_log=False, ws="none")
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._loop.run_until_complete, args=(self._server.serve(),))

    def start(self) -> None:
        """Serve; returns when it does."""
        self._thread.start()
        with httpx.Client(transport=httpx.HTTPTransport(retries=10), trust_env=False) as http:
            assert http.get(f"{self.address}/health").is_success

    def stop(self) -> None:
        """End the server."""
        self._server.should_exit = True
        self._thread.join(20)

    def settle(self) -> None:
        """Wait until every delivery has been told."""
        self._run(self.app.state.exchange.settle())

    def _run(self, work: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(20)


class PhoneInHand:
    """One phone at the stand-in: writes, reads, calls."""

    def __init__(self, standin: str, number: str) -> None:
        self.number = number
        self._http = httpx.Client(base_url=f"{standin}/api", timeout=30, trust_env=False)

    def write(self, body: str, **details: Any) -> dict[str, Any]:
        """Send a text; the stand-in's record of it."""
        return dict(self._post(f"/phones/{self.number}/texts", {"body": body, **details}))

    def shown(self) -> list[dict[str, Any]]:
        """Every text on the phone, oldest first."""
        return list(self._http.get(f"/phones/{self.number}/texts").raise_for_status().json())

    def received(self) -> list[str]:
        """What came from the assistant, oldest first."""
        return [text["body"] for text in self.shown() if text["direction"] == "received"]

    def is_special(self, **what: bool) -> None:
        """Make it a ``landline``, or ``blocked`` at Twilio."""
        self._http.put(f"/phones/{self.number}", json=what).raise_for_status()

    def dial(self) -> "CallInEar":
        """Call the assistant."""
        return CallInEar(self._http, self._post(f"/phones/{self.number}/calls", {}))

    def breaks(self, **fault: Any) -> None:
        """Let the next messages meet a fault."""
        self._http.post("/faults", json=fault).raise_for_status()

    def reset(self) -> None:
        """The whole stand-in as new."""
        self._http.post("/reset").raise_for_status()

    def close(self) -> None:
        """Put it away."""
        self._http.close()

    def _post(self, path: str, body: dict[str, Any]) -> Any:
        return self._http.post(path, json=body).raise_for_status().json()


class CallInEar:
    """A call under way; every step changes what was heard."""

    def __init__(self, http: httpx.Client, call: dict[str, Any]) -> None:
        self._http = http
        self.now = call
        self._heard = 0

    def press(self, digits: str) -> str:
        """Press a key; what is heard then."""
        return self._step("keys", {"digits": digits})

    def wait(self) -> str:
        """Press nothing; what is heard then."""
        return self._step("silence", {})

    def hang_up(self) -> None:
        """Put the receiver down."""
        self._step("hang-up", {})

    @property
    def heard(self) -> str:
        """What was said since the last step, with the queue entered."""
        return "\n".join(line["text"] for line in self.now["lines"][self._heard :] if line["text"])

    @property
    def tongues(self) -> list[str]:
        """The languages of what was said since the last step."""
        return [line["language"] for line in self.now["lines"][self._heard :] if line["kind"] == "said"]

    def _step(self, what: str, body: dict[str, Any]) -> str:
        self._heard = len(self.now["lines"])
        self.now = self._http.post(f"/calls/{self.now['sid']}/{what}", json=body).raise_for_status().json()
        return self.heard
