"""The company's facts, read once from ``company.yml``."""

from datetime import datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

import yaml
from pydantic import BaseModel, ConfigDict

Language = Literal["fr", "en"]


class _Facts(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class OpeningHours(_Facts):
    """When the contact centre answers; days count from 0, Monday."""

    days: tuple[int, ...]
    opens: time
    closes: time

    def include(self, moment: datetime) -> bool:
        """Whether somebody answers at a moment; ``moment`` in the company's time zone."""
        return moment.weekday() in self.days and self.opens <= moment.time() < self.closes

    def next_opening(self, moment: datetime) -> datetime:
        """The first opening after a moment; ``moment`` in the company's time zone."""
        days = (moment.date() + timedelta(days=ahead) for ahead in range(8))
        openings = (datetime.combine(day, self.opens, moment.tzinfo) for day in days if day.weekday() in self.days)
        return next(opening for opening in openings if opening > moment)


class Instalments(_Facts):
    """How far a promise to pay may go."""

    at_most: int
    within_days: int


class Company(_Facts):
    """Everything a reply, a rule or an invoice may say about the company."""

    name: str
    contact_centre: dict[Language, str]
    telephone: str
    telephone_words: str
    menu_option: int
    opening_hours: OpeningHours
    timezone: str
    ebilling_account_prefix: str
    paper_invoice_fee: Decimal
    ebilling_fee: Decimal
    currency: str
    debit_within_hours: int
    payment_methods: tuple[str, ...]
    payment_at_most_days_ahead: int
    instalments: Instalments

    @property
    def zone(self) -> ZoneInfo:
        """The time zone in which the company's days begin and end."""
        return ZoneInfo(self.timezone)


def load_company(path: Path) -> Company:
    """Read the facts; a missing or unknown key is an error at start, not a wrong reply later."""
    return Company.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))


COMPANY = load_company(Path(__file__).with_name("company.yml"))
