"""The parts of the product: what each is started with, and where it says that it is ready."""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from launch.settings import LaunchSettings

# What one part alone needs to know is kept from the others.
_ONLY_FOR = {
    "SESSION_SECRET": {"assistant"},
    "ASSISTANT_API_TOKEN": {"assistant"},
    "DESK_STAFF": {"assistant"},
    "DESK_PASSWORD": {"assistant"},
    "TWILIO_ACCOUNT_SID": {"assistant", "phone"},
    "TWILIO_AUTH_TOKEN": {"assistant", "phone"},
    "SMTP_URL": {"billing"},
    "BILLING_DATABASE_URL": {"billing"},
    "SESSIONS_DATABASE_URL": {"assistant", "actions"},
    "SERVICE_TOKEN": {"billing", "actions", "assistant"},
}
STANDIN_ACCOUNT = "AC" + "0" * 32
STANDIN_NUMBER = "+15555550100"  # of no telephone network


@dataclass(frozen=True)
class Part:
    """A process of the product: its command, the address it listens on, and its whole environment."""

    name: str
    command: tuple[str, ...]
    host: str
    port: int
    setting: str  # the environment variable that moves it to another port
    address: str
    environment: Mapping[str, str] = field(repr=False)  # holds secrets

    @property
    def health(self) -> str:
        """What answers 200 once the part can do its work."""
        return f"{self.address}/health"


def product_parts(
    settings: LaunchSettings,
    secrets: Mapping[str, str],
    model: Path,
    environment: Mapping[str, str] = os.environ,
) -> list[Part]:
    """Billing, actions and assistant; without billing where ``BILLING_URL`` names another system.

    Where Twilio's settings are not given, what stands in for it, and its phone, are a fourth part. What
    ``environment`` says beyond the settings, such as ``SMTP_URL``, is passed on.
    """
    common = {**environment, **_agreed(settings, model), **secrets}
    common.setdefault("ASSISTANT_URL", f"{settings.assistant_address}/")
    common.setdefault("PUBLIC_URL", settings.assistant_address)
    if settings.own_twilio:
        common |= _stood_in(settings)
    places = {
        "billing": (settings.billing_host, settings.billing_port, settings.billing_address),
        "actions": (settings.actions_host, settings.actions_port, settings.actions_address),
        "assistant": (settings.assistant_host, settings.assistant_port, settings.assistant_address),
    }
    if settings.own_twilio:
        places["phone"] = (settings.phone_host, settings.phone_port, settings.phone_address)
    modules = {"billing": "billing", "actions": "actions", "assistant": "bot", "phone": "twilio_standin"}
    return [
        Part(
            name=name,
            command=(sys.executable, "-m", modules[name]),
            host=host,
            port=port,
            setting=f"{name.upper()}_PORT",
            address=where,
            environment=_for(name, common),
        )
        for name, (host, port, where) in places.items()
        if name != "billing" or settings.own_billing
    ]


def _agreed(settings: LaunchSettings, model: Path) -> dict[str, str]:
    """What the parts must agree on."""
    return {
        "ASSISTANT_PORT": str(settings.assistant_port),
        "ACTIONS_PORT": str(settings.actions_port),
        "BILLING_PORT": str(settings.billing_port),
        "ACTIONS_URL": settings.actions_address,
        "BILLING_URL": settings.billing_address,
        "NOTICES_URL": f"{settings.assistant_address}/webhooks/notices",
        "BILLING_DEMO": "1" if settings.billing_demo else "0",
        "DATA_DIR": str(settings.data_dir.resolve()),
        "MODEL_PATH": str(model),
        "PYTHONUNBUFFERED": "1",
        "PYTHONWARNINGS": "ignore",  # the logs are for events; what libraries deprecate is the tests' business
        "RASA_TELEMETRY_ENABLED": "false",
        "TF_CPP_MIN_LOG_LEVEL": "3",
    }


def _stood_in(settings: LaunchSettings) -> dict[str, str]:
    """What makes the assistant take the stand-in for Twilio; the secret they share is among the secrets."""
    return {
        "PHONE_PORT": str(settings.phone_port),
        "PUBLIC_URL": settings.assistant_address,
        "TWILIO_ACCOUNT_SID": STANDIN_ACCOUNT,
        "TWILIO_NUMBER": STANDIN_NUMBER,
        "TWILIO_API_URL": settings.phone_address,
    }


def _for(name: str, common: Mapping[str, str]) -> dict[str, str]:
    return {key: value for key, value in common.items() if name in _ONLY_FOR.get(key, {name})}
