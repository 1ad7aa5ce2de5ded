"""Settings of the sessions database, all environment variables (README, "Settings")."""

from pathlib import Path
from typing import Self

from pydantic import model_validator
from pydantic_settings import BaseSettings


class SessionsSettings(BaseSettings):
    """Where it is kept; a file under ``DATA_DIR`` unless a URL is given."""

    data_dir: Path = Path("var")
    sessions_database_url: str = ""

    @model_validator(mode="after")
    def _default_to_a_file(self) -> Self:
        if not self.sessions_database_url:
            self.data_dir.mkdir(parents=True, exist_ok=True)
            self.sessions_database_url = f"sqlite:///{self.data_dir / 'sessions.db'}"
        return self
