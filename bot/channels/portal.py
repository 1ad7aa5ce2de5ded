"""Exchanges a portal token for an identity at the billing system, before the conversation begins."""

from datetime import datetime

import httpx
from pydantic import BaseModel, ValidationError

from bot.channels.problems import ChannelProblem
from languages.formats import Language
from sessions import Identity

_TIMEOUT = httpx.Timeout(2.5, connect=0.5)


class _Customer(BaseModel):
    id: str
    name: str
    language: Language
    email_masked: str
    phone_masked: str | None = None
    accounts: tuple[str, ...]


class _Session(BaseModel):
    access_token: str
    verified_at: datetime
    expires_at: datetime
    customer: _Customer


class Portal:
    """The billing system, as far as a website session needs it."""

    def __init__(self, billing_url: str, service_token: str) -> None:
        self._url = f"{billing_url.rstrip('/')}/v1/portal-sessions"
        self._headers = {"Authorization": f"Bearer {service_token}"}

    async def identity(self, portal_token: str) -> Identity:
        """Whose token it is; raises 401 for a wrong, expired or used one, 503 when nobody can tell."""
        try:
            async with httpx.AsyncClient(timeout=_TIMEOUT) as http:
                answer = await http.post(self._url, json={"portal_token": portal_token}, headers=self._headers)
        except httpx.HTTPError as failure:
            raise ChannelProblem(503, "billing_down") from failure
        if answer.status_code in (401, 422):
            raise ChannelProblem(401, "sign_in")
        try:
            return _identity(_Session.model_validate_json(answer.content))
        except ValidationError as garbage:
            raise ChannelProblem(503, "billing_down") from garbage


def _identity(session: _Session) -> Identity:
    customer = session.customer
    return Identity(
        access_token=session.access_token,
        method="portal",
        verified_at=session.verified_at,
        expires_at=session.expires_at,
        customer_id=customer.id,
        name=customer.name,
        language=customer.language,
        email_masked=customer.email_masked,
        phone_masked=customer.phone_masked,
        accounts=customer.accounts,
    )
