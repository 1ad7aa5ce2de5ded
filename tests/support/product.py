"""The product itself for tests: the real three processes on free ports, and the demo's levers."""

import os
import re
import signal
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import Any

import httpx

from launch.credentials import credentials
from launch.model import train
from launch.parts import Part, product_parts
from launch.ports import free_port
from launch.processes import PartProcess
from launch.settings import ROOT, LaunchSettings
from launch.supervisor import GRACE_S
from tests.support.billing_proxy import BillingProxy, Fault
from tests.support.conversation import Conversation

BILLING = "billing"
API_TOKEN = "operator-of-the-tests"
DESK_PASSWORD = "of-the-demos-agent"
READY_WITHIN_S = 180.0
_OF_THE_DEVELOPER = (
    "BILLING_",
    "SESSIONS_",
    "SMTP_",
    "TWILIO_",
    "PHONE_",
    "PUBLIC_URL",
    "ASSISTANT_",
    "ACTIONS_",
    "DATA_DIR",
    "DESK_",
)
SIX_DIGITS = re.compile(r"\b\d{6}\b")


class Product:
    """Billing, actions and assistant as `make run` starts them, with a breakable wire before billing."""

    def __init__(self, folder: Path, model: Path) -> None:
        self._settings = LaunchSettings(
            assistant_port=free_port(),
            actions_port=free_port(),
            billing_port=free_port(),
            phone_port=free_port(),
            twilio_account_sid="",
            twilio_auth_token="",
            twilio_number="",
            billing_url="",
            billing_demo=True,
            data_dir=folder,
            service_token="",
            session_secret="",
        )
        self.assistant_url = self._settings.assistant_address
        self.billing_url = self._settings.billing_address
        self.phone_url = self._settings.phone_address
        self.sessions_url = f"sqlite:///{folder / 'sessions.db'}"
        self.api_token = API_TOKEN
        self.wire = BillingProxy(self.billing_url)
        self.secrets = credentials(self._settings)
        self._processes = {part.name: PartProcess(part, folder / "logs") for part in self._parts(model)}
        self._given: set[str] = set()  # the messages whose code was given
        self._billing = httpx.Client(base_url=self.billing_url, timeout=30, trust_env=False)

    def _parts(self, model: Path) -> list[Part]:
        """The launcher's own parts; the callers of billing are put behind the wire."""
        parts = product_parts(self._settings, self.secrets, model, _clean_environment())
        behind = {"BILLING_URL": self.wire.address}
        return [
            part if part.name == BILLING else replace(part, environment={**part.environment, **behind})
            for part in parts
        ]

    def start_all(self) -> None:
        """Start the three at once and wait until each is ready."""
        for process in self._processes.values():
            process.start()
        for process in self._processes.values():
            self._wait_until_ready(process)

    def end_all(self) -> None:
        """End the three and close the wire."""
        for process in self._processes.values():
            process.ask_to_end()
        for process in self._processes.values():
            process.wait(GRACE_S)
            process.kill()
        self.wire.shutdown()
        self.wire.server_close()

    # Faults

    def stop(self, name: str) -> None:
        """End a part as an operator would."""
        self._cut_the_wire_to(name)
        self._processes[name].ask_to_end()
        self._processes[name].wait(GRACE_S)
        self._processes[name].kill()

    def crash(self, name: str) -> None:
        """End a part as a power cut would."""
        self._cut_the_wire_to(name)
        self._processes[name].kill()

    def start(self, name: str) -> None:
        """Start a part that was stopped and wait until it is ready."""
        self._processes[name].start()
        self._wait_until_ready(self._processes[name])
        if name == BILLING:
            self.wire.join()

    def _cut_the_wire_to(self, name: str) -> None:
        if name == BILLING:
            self.wire.cut()

    def freeze(self, name: str) -> None:
        """Let a part hang: connections are taken and never answered."""
        self._processes[name].signal(signal.SIGSTOP)

    def thaw(self, name: str) -> None:
        """Let it go on."""
        self._processes[name].signal(signal.SIGCONT)

    def breaks(self, fault: Fault) -> None:
        """Break the wire between the actions and billing for the next requests that match."""
        self.wire.breaks(fault)

    def mend(self) -> None:
        """Everything runs and answers again."""
        self.wire.mend()
        for name, process in self._processes.items():
            self.thaw(name)
            if not process.running:
                self.start(name)

    # The demo's levers

    def reset(self) -> None:
        """The demo's customers as new, and the real time again."""
        self._billing.post("/demo/reset").raise_for_status()
        self._given.clear()

    def outbox(self, to: str | None = None) -> list[dict[str, Any]]:
        """Every message sent to an address, or to anybody, newest first."""
        asked = {"to": to} if to else None
        return list(self._billing.get("/demo/outbox", params=asked).raise_for_status().json())

    def newest_mail(self, to: str) -> dict[str, Any]:
        """The newest message to an address; waits for one, because mail is written after the answer."""
        deadline = time.monotonic() + 5
        while not (sent := self.outbox(to)):
            assert time.monotonic() < deadline, f"nothing was sent to {to}"
            Event().wait(0.05)
        return sent[0]

    def code(self, to: str) -> str:
        """The code newly sent to an address; waits for it, because codes are sent after the answer.

        Each is given once: asked again, it waits for a newer one.
        """
        deadline = time.monotonic() + 5
        while time.monotonic() < deadline:
            for message in self.outbox(to)[:1]:
                found = SIX_DIGITS.search(message["body"])
                if found and message["id"] not in self._given:
                    self._given.add(message["id"])
                    return found[0]
            Event().wait(0.05)
        raise AssertionError(f"no code was sent to {to}")

    def clock(self, advance: str) -> None:
        """Let time pass, as an ISO 8601 duration."""
        self._billing.post("/demo/clock", json={"advance": advance}).raise_for_status()

    def payments(self) -> list[dict[str, Any]]:
        """Every payment the billing system accepted, oldest first."""
        return list(self._billing.get("/demo/payments").raise_for_status().json())

    def portal_token(self, email: str) -> str:
        """What the portal's sign-in gives this customer."""
        everybody = self._billing.get("/demo/customers").raise_for_status().json()
        password = next(one["portal_password"] for one in everybody if one["email"] == email)
        answer = self._billing.post("/demo/portal-token", json={"email": email, "password": password})
        return str(answer.raise_for_status().json()["portal_token"])

    def account_of(self, email: str) -> str:
        """The first account number of a demo customer."""
        everybody = self._billing.get("/demo/customers").raise_for_status().json()
        return str(next(one["accounts"][0] for one in everybody if one["email"] == email))

    def understand(self, text: str) -> dict[str, Any]:
        """What Rasa's own API makes of a message."""
        answer = httpx.post(
            f"{self.assistant_url}/model/parse",
            params={"token": self.api_token},
            json={"text": text},
            timeout=30,
            trust_env=False,
        )
        return dict(answer.raise_for_status().json())

    # Talking

    def conversation(self, language: str | None, sign_in: str | None = None) -> Conversation:
        """A visitor of the website, greeted; signed in by the portal as the customer with that e-mail."""
        token = self.portal_token(sign_in) if sign_in else None
        return Conversation(self.assistant_url, language, token)

    def log(self, name: str) -> str:
        """All that a part wrote."""
        return self._processes[name].log.read_text(encoding="utf-8", errors="replace")

    def pid(self, name: str) -> int | None:
        """The process of a part."""
        return self._processes[name].pid

    def _wait_until_ready(self, process: PartProcess) -> None:
        deadline = time.monotonic() + READY_WITHIN_S
        while not _healthy(process.part):
            end = "\n".join(process.last_lines(30))
            assert process.running, f"{process.part.name} ended with {process.exit_code}:\n{end}"
            assert time.monotonic() < deadline, f"{process.part.name} is not ready:\n{end}"
            process.wait(0.1)


def _healthy(part: Part) -> bool:
    try:
        return httpx.get(part.health, timeout=2, trust_env=False).is_success
    except httpx.TransportError:
        return False


def _clean_environment() -> Mapping[str, str]:
    """The tests' product knows nothing of settings that the developer has for another one."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(_OF_THE_DEVELOPER)}
    return {
        **kept,
        "ASSISTANT_API_TOKEN": API_TOKEN,
        "DESK_PASSWORD": DESK_PASSWORD,
        "MESSAGES_PER_MINUTE": "100000",
        "SESSIONS_PER_MINUTE": "100000",
    }


@contextmanager
def running_product(folder: Path) -> Iterator[Product]:
    """The product while the block runs, with the model that fits the data (trained now if there is none)."""
    product = Product(folder, train(ROOT, folder / "logs" / "training.log", tell=print))
    try:
        product.start_all()
        yield product
    finally:
        product.end_all()
