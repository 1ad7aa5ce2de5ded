"""Settings of the action server, all environment variables (README, "Settings")."""

from pydantic import SecretStr
from pydantic_settings import BaseSettings


class ActionsSettings(BaseSettings):
    """Where it listens, where the billing system is, and the credential they know each other by."""

    actions_host: str = "127.0.0.1"
    actions_port: int = 5055
    billing_url: str = "http://127.0.0.1:8000"
    service_token: SecretStr
