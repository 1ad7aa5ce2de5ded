"""Who is there: verifications, sessions, the profile and its portal users."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from billing.api.models.base import AccountNumber, Asked, SpokenLanguage


class VerificationAsked(Asked):
    """Who to verify and where the code goes."""

    account_number: AccountNumber
    channel: Literal["email", "sms"] = "email"
    language: SpokenLanguage | None = None


class VerificationBegun(BaseModel):
    """The same for every account number."""

    verification_id: str
    expires_at: datetime
    code_length: int = 6


class CodeGiven(Asked):
    """The code as typed."""

    code: Annotated[str, Field(min_length=1, max_length=20, examples=["402913"])]


class PortalTokenGiven(Asked):
    """A portal token."""

    portal_token: Annotated[str, Field(min_length=1, max_length=200)]


class CustomerSeen(BaseModel):
    """Who was recognised."""

    id: str
    name: str
    language: SpokenLanguage
    email_masked: str
    phone_masked: str
    accounts: list[AccountNumber]


class SessionSeen(BaseModel):
    """A session."""

    method: Literal["code", "portal"]
    verified_at: datetime
    expires_at: datetime
    customer: CustomerSeen


class SessionBegun(SessionSeen):
    """A new session with the token that stands for it, told once."""

    access_token: str
