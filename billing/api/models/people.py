"""Requests to people, and forgotten passwords."""

from datetime import datetime
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, Field, model_validator

from billing.api.models.base import Asked, Moment, SpokenLanguage


class ResetAsked(Asked):
    """Whose password: an account number or an e-mail."""

    identifier: Annotated[str, Field(min_length=1, max_length=254)]
    language: SpokenLanguage | None = None


class CallBack(Asked):
    """When to call back."""

    start: Annotated[Moment, Field(alias="from")]
    end: Annotated[Moment, Field(alias="to", examples=["2026-12-01T16:00:00Z"])]

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Self:
        if self.end <= self.start:
            raise ValueError("a call-back ends after it begins")
        return self


class ContactAsked(Asked):
    """A request for a person, called back at a time where one is given."""

    topic: Annotated[str, Field(max_length=80)]
    summary: Annotated[str, Field(max_length=2000)]
    language: SpokenLanguage
    channel: Annotated[str, Field(max_length=20)]
    conversation: Annotated[str, Field(max_length=100)]
    transcript: Annotated[list[dict[str, Any]], Field(max_length=200)]
    reachable_at: Annotated[str | None, Field(max_length=254)] = None
    callback: CallBack | None = None


class ContactOpened(BaseModel):
    """A contact request; ``identity`` is how sure we are of who asks.

    ``verified`` by a customer's token, ``claimed`` by an address alone, ``none``.
    """

    number: Annotated[str, Field(examples=["C-7K2M9X"])]
    identity: Literal["verified", "claimed", "none"]
    created_at: datetime
