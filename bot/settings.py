"""Settings of the assistant, all environment variables (README, "Settings")."""

from pathlib import Path
from typing import Self

from pydantic import SecretStr, model_validator
from pydantic_settings import BaseSettings

TWILIO_API = "https://api.twilio.com"


class AssistantSettings(BaseSettings):
    """Where it listens, whom it talks to, and what a website session may do.

    The settings of Twilio come together; without them there are no text messages and no telephone.
    """

    assistant_host: str = "127.0.0.1"
    assistant_port: int = 5005
    actions_url: str = "http://127.0.0.1:5055"
    billing_url: str = "http://127.0.0.1:8000"
    billing_demo: bool = False
    service_token: SecretStr
    session_secret: SecretStr
    assistant_api_token: SecretStr | None = None
    model_path: Path = Path("models")
    messages_per_minute: int = 20
    sessions_per_minute: int = 60
    session_minutes: int = 720
    turn_seconds: float = 10.0
    public_url: str = ""
    twilio_account_sid: str = ""
    twilio_auth_token: SecretStr = SecretStr("")
    twilio_number: str = ""
    twilio_api_url: str = ""
    agent_queue: str = "agents"
    reminder_minutes: float = 10.0
    desk_staff: dict[str, str] = {}
    desk_password: SecretStr = SecretStr("")

    @property
    def has_twilio(self) -> bool:
        """Whether text messages and the telephone are there."""
        return bool(self.twilio_number)

    @model_validator(mode="after")
    def _fill_in_what_follows_from_the_rest(self) -> Self:
        self.public_url = self.public_url or f"http://{self.assistant_host}:{self.assistant_port}"
        self.twilio_api_url = self.twilio_api_url or TWILIO_API
        given = {bool(self.twilio_account_sid), bool(self.twilio_auth_token), bool(self.twilio_number)}
        if len(given) > 1:
            raise ValueError("TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN and TWILIO_NUMBER come together")
        return self
