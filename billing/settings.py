"""Settings of the billing system, all environment variables (README, "Settings")."""

from pathlib import Path
from typing import Self

from pydantic import SecretStr, model_validator
from pydantic_settings import BaseSettings


class BillingSettings(BaseSettings):
    """Where it listens, keeps its data and sends mail, and the credential of its one service."""

    billing_host: str = "127.0.0.1"
    billing_port: int = 8000
    billing_public_url: str = ""
    billing_database_url: str = ""
    billing_demo: bool = False
    assistant_url: str = "http://127.0.0.1:5005/"
    data_dir: Path = Path("var")
    service_token: SecretStr
    smtp_url: str = ""
    notices_url: str = ""

    @model_validator(mode="after")
    def _fill_in_what_follows_from_the_rest(self) -> Self:
        if not self.billing_public_url:
            self.billing_public_url = f"http://127.0.0.1:{self.billing_port}"
        if not self.billing_database_url:
            self.data_dir.mkdir(parents=True, exist_ok=True)
            self.billing_database_url = f"sqlite:///{self.data_dir / 'billing.db'}"
        return self
