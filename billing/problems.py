"""Everything that can be refused, as RFC 9457 problems: a code, and facts for the caller."""

from typing import Any


class Problem(Exception):
    """A refusal. ``code`` ends the problem's ``type`` and names its status and words in ``api/problems.yml``."""

    def __init__(self, code: str, /, *, retry_after: int | None = None, **facts: Any) -> None:
        super().__init__(code)
        self.code = code
        self.retry_after = retry_after
        self.facts = facts | ({"retry_after": retry_after} if retry_after is not None else {})


def not_found() -> Problem:
    """The same for what is somebody else's and what is not at all."""
    return Problem("not-found")
