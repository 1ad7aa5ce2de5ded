"""Settings of ``make run``, all environment variables (README, "Settings")."""

from pathlib import Path

from pydantic_settings import BaseSettings

TWILIO = ("twilio_account_sid", "twilio_auth_token", "twilio_number")
ROOT = Path(__file__).resolve().parent.parent


class LaunchSettings(BaseSettings):
    """Where the processes listen, where data is kept, and whether the demo's customers are there."""

    assistant_host: str = "127.0.0.1"
    assistant_port: int = 5005
    actions_host: str = "127.0.0.1"
    actions_port: int = 5055
    billing_host: str = "127.0.0.1"
    billing_port: int = 8000
    billing_url: str = ""
    billing_demo: bool = True
    phone_host: str = "127.0.0.1"
    phone_port: int = 5080
    twilio_account_sid: str = ""
    twilio_auth_token: str = ""
    twilio_number: str = ""
    data_dir: Path = Path("var")
    service_token: str = ""
    session_secret: str = ""
    desk_staff: str = ""

    @property
    def assistant_address(self) -> str:
        """Where a browser on this machine finds the page."""
        return address(self.assistant_host, self.assistant_port)

    @property
    def actions_address(self) -> str:
        """Where the assistant finds the action server."""
        return address(self.actions_host, self.actions_port)

    @property
    def billing_address(self) -> str:
        """Where the billing system is: the reference one unless ``BILLING_URL`` names another."""
        return self.billing_url.rstrip("/") or address(self.billing_host, self.billing_port)

    @property
    def phone_address(self) -> str:
        """Where the phone of the demo is, when Twilio is stood in for."""
        return address(self.phone_host, self.phone_port)

    @property
    def twilio_missing(self) -> list[str]:
        """Which of Twilio's settings are not given; with all of them missing it is stood in for."""
        return [name.upper() for name in TWILIO if not getattr(self, name)]

    @property
    def own_twilio(self) -> bool:
        """Whether the stand-in for Twilio is ours to start."""
        return len(self.twilio_missing) == len(TWILIO)

    @property
    def demo_desk(self) -> bool:
        """Whether the demo's one agent may sign in at the desk: where nobody else is named."""
        return self.billing_demo and not self.desk_staff

    @property
    def own_billing(self) -> bool:
        """Whether the reference billing system is ours to start."""
        return self.billing_address == address(self.billing_host, self.billing_port)


def address(host: str, port: int) -> str:
    """The URL by which this machine reaches a listener on ``host``; every interface means loopback here."""
    here = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, host)  # noqa: S104 — read, not bound
    return f"http://{here}:{port}"
