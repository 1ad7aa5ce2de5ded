"""What a customer set for themselves, and who else may sign in."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from billing.api.models.base import AccountNumber, Asked, Money, Role, SpokenLanguage

NoticeKind = Literal["invoice_ready", "due_soon", "overdue", "payment_settled", "payment_returned"]


class Notify(BaseModel):
    """The kinds of notices wanted by e-mail and by text message."""

    email: list[NoticeKind]
    sms: list[NoticeKind]


class NoticeSeen(BaseModel):
    """A notice about an invoice."""

    kind: Literal["invoice_ready", "overdue"]
    sent_at: datetime


class ProfileSeen(BaseModel):
    """What a customer set for themselves, and what this login may do."""

    name: Annotated[str, Field(examples=["Boulangerie Saint-Roch"])]
    language: SpokenLanguage
    email_masked: Annotated[str, Field(examples=["c***@boulangerie-saint-roch.example"])]
    phone_masked: Annotated[str, Field(examples=["***-0134"])]
    invoices_by: Literal["email", "paper"]
    paper_fee: Money
    accounts: list[AccountNumber]
    role: Role
    last_notice: NoticeSeen | None
    notify: Notify
    pending_email_masked: str | None


class NotifyChange(Asked):
    """All the kinds wanted on a channel from now on; a channel left out stays."""

    email: Annotated[list[NoticeKind] | None, Field(max_length=20)] = None
    sms: Annotated[list[NoticeKind] | None, Field(max_length=20)] = None


class ProfileChange(Asked):
    """What changes from now on; what is left out stays."""

    language: SpokenLanguage | None = None
    invoices_by: Literal["email", "paper"] | None = None
    notify: NotifyChange | None = None


class EmailChangeAsked(Asked):
    """The new address; ``language`` is that of the letter sent there."""

    email: Annotated[str, Field(min_length=1, max_length=320, examples=["facturation@boulangerie-saint-roch.example"])]
    language: SpokenLanguage | None = None


class EmailChangeBegun(BaseModel):
    """A link on its way to the new address; nothing changes until it is opened and confirmed."""

    email_masked: str
    expires_at: datetime


class UserSeen(BaseModel):
    """A portal user; ``self`` is who asks."""

    model_config = ConfigDict(populate_by_name=True)

    id: str
    email_masked: str
    role: Role
    status: Literal["active", "invited"]
    is_self: Annotated[bool, Field(serialization_alias="self")]


class UserList(BaseModel):
    """A customer's portal users."""

    items: list[UserSeen]
    next_cursor: str | None = None


class InvitationAsked(Asked):
    """Whom to invite; ``language`` is that of the letter sent there."""

    email: Annotated[str, Field(min_length=1, max_length=320, examples=["adjointe@boulangerie-saint-roch.example"])]
    role: Role
    language: SpokenLanguage | None = None


class InvitationMade(BaseModel):
    """An invitation on its way."""

    id: str
    email_masked: str
    role: Role
    expires_at: datetime


class EnrolmentAsked(Asked):
    """Which account to enrol; letters go out in the language on file, whatever ``language`` the caller speaks."""

    account_number: AccountNumber
    language: SpokenLanguage | None = None
