"""Settings of the assistant, all environment variables (README, "Settings")."""

from pathlib import Path

from pydantic import SecretStr
from pydantic_settings import BaseSettings


class AssistantSettings(BaseSettings):
    """Where it listens, whom it talks to, and what a website session may do."""

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
