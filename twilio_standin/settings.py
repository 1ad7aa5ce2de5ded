"""Settings of the stand-in, all environment variables (README, "Settings")."""

from pydantic import SecretStr
from pydantic_settings import BaseSettings


class StandinSettings(BaseSettings):
    """Where it listens, whose Twilio it plays, and where the demo's e-mail is read."""

    phone_host: str = "127.0.0.1"
    phone_port: int = 5080
    public_url: str = "http://127.0.0.1:5005"
    twilio_account_sid: str
    twilio_auth_token: SecretStr
    twilio_number: str
    billing_url: str = "http://127.0.0.1:8000"
