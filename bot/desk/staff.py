"""Who may sign in at the desk: names with argon2 hashes, from a setting; the demo has one of its own.

``python -m bot.desk.staff`` asks for a password and writes its hash, for ``DESK_STAFF``.
"""

from collections.abc import Mapping
from getpass import getpass

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from bot.settings import AssistantSettings

DEMO_PERSON = "Camille"

_HASHER = PasswordHasher()


class Staff:
    """The company's people by the first name customers see, with the hashes of their passwords."""

    def __init__(self, hashes: Mapping[str, str]) -> None:
        self._hashes = dict(hashes)
        self._nobodys = _HASHER.hash("nobody's")  # so that an unknown name takes as long as a known one

    def __bool__(self) -> bool:
        return bool(self._hashes)

    def __contains__(self, person: str) -> bool:
        return person in self._hashes

    def recognised(self, name: str, password: str) -> str | None:
        """The name of who signs in, as it is written in the setting; takes some 50 ms, on purpose."""
        person = next((one for one in self._hashes if one.casefold() == name.strip().casefold()), None)
        right = _matches(self._hashes[person] if person is not None else self._nobodys, password)
        return person if right else None


def staff_of(settings: AssistantSettings) -> Staff:
    """Those of the setting; where there are none, the demo's one."""
    demo = settings.desk_password.get_secret_value() if settings.billing_demo else ""
    if settings.desk_staff or not demo:
        return Staff(settings.desk_staff)
    return Staff({DEMO_PERSON: _HASHER.hash(demo)})


def _matches(kept: str, password: str) -> bool:
    try:
        return _HASHER.verify(kept, password)
    except (VerificationError, InvalidHashError):
        return False


if __name__ == "__main__":
    print(_HASHER.hash(getpass()))
