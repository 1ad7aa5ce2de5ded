"""What every table is built on: money is whole cents of CAD, moments are UTC, days are the company's."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, DateTime, Dialect, TypeDecorator
from sqlalchemy.orm import DeclarativeBase


class Moment(TypeDecorator[datetime]):
    """An aware moment; SQLite forgets the zone, so everything is written in UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To UTC."""
        return value.astimezone(UTC) if value is not None else None

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Aware again."""
        moment: datetime | None = value
        return moment.replace(tzinfo=UTC) if moment is not None and moment.tzinfo is None else moment


class Base(DeclarativeBase):
    """Everything the billing system keeps."""

    type_annotation_map = {datetime: Moment, dict[str, Any]: JSON}  # noqa: RUF012  SQLAlchemy's own attribute
