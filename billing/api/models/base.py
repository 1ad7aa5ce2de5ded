"""What the shapes of the API share; money is a string with two places."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field

Money = Annotated[str, Field(pattern=r"^-?\d+\.\d{2}$", examples=["1284.50"])]
AccountNumber = Annotated[str, Field(pattern=r"^\d{10}$", examples=["1000482915"])]
InvoiceNumber = Annotated[str, Field(pattern=r"^\d{8}$", examples=["34821907"])]
AmountTyped = Annotated[str, Field(max_length=20, examples=["1284.50"])]
Conversation = Annotated[str, Field(max_length=100, examples=["web:5rT0c2nYkq"])]


def _only_as_text(value: Any) -> Any:
    """Pydantic would take a number for seconds since 1970; nobody means that by a day."""
    if isinstance(value, int | float) or (isinstance(value, str) and value.lstrip("+-").replace(".", "").isdecimal()):
        raise ValueError("a day or a moment is written as ISO 8601 has it")
    return value


Day = Annotated[date, BeforeValidator(_only_as_text), Field(examples=["2026-12-01"])]
Moment = Annotated[AwareDatetime, BeforeValidator(_only_as_text), Field(examples=["2026-12-01T14:00:00Z"])]
SpokenLanguage = Literal["fr", "en"]
Role = Literal["view", "pay", "administer"]


class Asked(BaseModel):
    """A request body; an unknown member is an error, not a wish ignored."""

    model_config = ConfigDict(extra="forbid")


class LinkMade(BaseModel):
    """A one-time link."""

    url: str
    expires_at: datetime


class ProblemSeen(BaseModel):
    """RFC 9457; other members are facts of the problem."""

    model_config = ConfigDict(extra="allow")

    type: Annotated[str, Field(examples=["/problems/amount-above-due"])]
    title: str
    status: int
    detail: str
