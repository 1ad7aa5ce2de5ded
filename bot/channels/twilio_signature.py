"""Whether a request is Twilio's: the signature is checked before anything else is looked at (security.md, T1)."""

from urllib.parse import parse_qs

import structlog
from sanic.request import Request
from twilio.request_validator import RequestValidator

from bot.channels.problems import ChannelProblem

log = structlog.get_logger()

FORM = "application/x-www-form-urlencoded"
TWIML = "text/xml; charset=utf-8"  # what Twilio is answered in
_MEMBERS_AT_MOST = 200


class Form(dict[str, list[str]]):
    """A form as it was posted, blank and repeated members included: the signature covers them all."""

    def getlist(self, name: str) -> list[str]:
        """Every value of a member; the name is the one twilio's validator looks for."""
        return self[name]

    def first(self, name: str) -> str:
        """The first value of a member, empty where there is none."""
        return self.get(name, [""])[0]


class SignedForms:
    """Reads the forms of one Twilio account, posted to the addresses under ``public_url``."""

    def __init__(self, public_url: str, auth_token: str) -> None:
        self._base = public_url.rstrip("/")
        self._validator = RequestValidator(auth_token)

    def read(self, request: Request) -> Form:
        """The form; raises 403 unless it is signed for this very address, word for word."""
        form = _form_of(request)
        signature = request.headers.get("X-Twilio-Signature", "")
        if form is None or not self._validator.validate(self._address(request), form, signature):
            log.warning("twilio.unsigned", path=request.path)
            raise ChannelProblem(403, "signature")
        return form

    def _address(self, request: Request) -> str:
        query = f"?{request.query_string}" if request.query_string else ""
        return f"{self._base}{request.path}{query}"


def _form_of(request: Request) -> Form | None:
    """``None`` for what is no form; then there is nothing a signature could be right for."""
    if request.headers.get("Content-Type", "").partition(";")[0].strip().lower() != FORM:
        return None
    try:
        # Sanic's own form leaves blank members out, and Twilio signs them.
        body = request.body.decode("utf-8")
        return Form(parse_qs(body, keep_blank_values=True, errors="strict", max_num_fields=_MEMBERS_AT_MOST))
    except ValueError:
        return None
