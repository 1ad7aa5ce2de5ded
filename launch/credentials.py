"""The secrets the processes share, made once and kept where only their owner can read them."""

import os
import secrets
from pathlib import Path

from launch.settings import LaunchSettings

_BYTES = 32
_TYPED_BYTES = 9


def credentials(settings: LaunchSettings) -> dict[str, str]:
    """The secrets: as given, else as kept under ``DATA_DIR``, else new ones.

    ``TWILIO_AUTH_TOKEN`` is made for what stands in for Twilio. Kept ones make a restart invisible: signed
    sessions in open browsers go on.
    """
    folder = settings.data_dir / "secrets"
    return {
        "SERVICE_TOKEN": settings.service_token or _kept(folder / "service_token"),
        "SESSION_SECRET": settings.session_secret or _kept(folder / "session_secret"),
        "TWILIO_AUTH_TOKEN": settings.twilio_auth_token or _kept(folder / "twilio_auth_token"),
    }


def desk_password(settings: LaunchSettings) -> str:
    """What the demo's one agent signs in with at the desk; short enough to be typed."""
    return _kept(settings.data_dir / "secrets" / "desk_password", _TYPED_BYTES)


def _kept(file: Path, size: int = _BYTES) -> str:
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        # Created with its mode, not changed afterwards: at no time can another user open it.
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        if value := file.read_text(encoding="ascii").strip():
            return value
        file.unlink()  # a start was cut off between making the file and filling it
        return _kept(file, size)
    value = secrets.token_urlsafe(size)
    with os.fdopen(descriptor, "w", encoding="ascii") as opened:
        opened.write(value + "\n")
    return value
