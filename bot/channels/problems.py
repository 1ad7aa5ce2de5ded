"""What a channel refuses, as RFC 9457 problems in the caller's language."""

from sanic.response import HTTPResponse, json

from bot.replies import BilingualReplies
from languages.formats import Language

MEDIA_TYPE = "application/problem+json"


class ChannelProblem(Exception):
    """A refusal; ``code`` names the reply ``error_<code>`` in ``data/replies/channel.yml``."""

    def __init__(
        self, status: int, code: str, *, language: Language | None = None, retry_after: int | None = None
    ) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.language = language
        self.retry_after = retry_after


def accepted_language(header: str) -> Language:
    """English where the caller asks for it first, else French."""
    return "en" if header.strip().lower().startswith("en") else "fr"


def answer(problem: ChannelProblem, replies: BilingualReplies, accept_language: str) -> HTTPResponse:
    """The problem as a response."""
    language = problem.language or accepted_language(accept_language)
    body = {
        "type": f"/problems/{problem.code.replace('_', '-')}",
        "title": problem.code.replace("_", " "),
        "status": problem.status,
        "detail": replies.render(f"error_{problem.code}", language, {})["text"],
    }
    headers = {"Retry-After": str(problem.retry_after)} if problem.retry_after is not None else None
    return json(body, problem.status, headers=headers, content_type=MEDIA_TYPE)
