"""What is agreed beside paying: disputes, and promises to pay."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from billing.api.models.base import (
    AccountNumber,
    AmountTyped,
    Asked,
    Conversation,
    Day,
    InvoiceNumber,
    Money,
    SpokenLanguage,
)

DisputeReason = Literal["wrong_amount", "not_ours", "billed_twice", "service", "other"]


class DisputeAsked(Asked):
    """An objection to an invoice; without an ``amount`` it is to the invoice as a whole."""

    invoice: InvoiceNumber
    reason: DisputeReason
    amount: AmountTyped | None = None
    details: Annotated[str, Field(max_length=1000, examples=["Le compteur du mois est celui d'un autre appareil."])]
    language: SpokenLanguage
    conversation: Conversation


class DisputeSeen(BaseModel):
    """A dispute; ``number`` is the case number, ``amount`` is ``null`` where none was named."""

    number: Annotated[str, Field(pattern=r"^D-[0-9A-HJKMNP-TV-Z]{6}$", examples=["D-7K2M9X"])]
    invoice: InvoiceNumber
    reason: DisputeReason
    amount: Money | None
    status: Literal["open", "closed"]
    created_at: datetime


class DisputeList(BaseModel):
    """Disputes, newest first."""

    items: list[DisputeSeen]
    next_cursor: str | None = None


class PlanOptions(BaseModel):
    """What may be promised on an account; ``reason`` says why nothing may."""

    eligible: bool
    reason: Literal["already-promised", "nothing-due"] | None
    at_most: int
    last_day: Day
    total_due: Money
    total_overdue: Money


class InstalmentAsked(Asked):
    """A part of what is promised."""

    date: Day
    amount: AmountTyped


class InstalmentSeen(BaseModel):
    """A part of what was promised."""

    date: Day
    amount: Money


class PlanAsked(Asked):
    """A promise to pay, in one instalment or several."""

    account: AccountNumber
    instalments: Annotated[list[InstalmentAsked], Field(min_length=1, max_length=20)]
    language: SpokenLanguage
    conversation: Conversation


class PlanSeen(BaseModel):
    """A promise; ``active`` until the account's payments have kept it or a day passed without enough of them."""

    number: Annotated[str, Field(pattern=r"^P-[0-9A-HJKMNP-TV-Z]{6}$", examples=["P-4C8W2T"])]
    account: AccountNumber
    instalments: list[InstalmentSeen]
    total: Money
    status: Literal["active", "kept", "broken"]
    created_at: datetime


class PlanList(BaseModel):
    """Promises, newest first."""

    items: list[PlanSeen]
    next_cursor: str | None = None
