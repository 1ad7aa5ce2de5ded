"""The billing system's clock: the real one, moved forward by as much as the demo was told."""

from datetime import UTC, date, datetime, timedelta

from billing.storage.database import Database
from billing.storage.tables import Setting
from company import COMPANY

_OFFSET = "clock_offset"


class Clock:
    """One clock for every rule; the offset outlives a restart."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._offset = self._stored()

    def now(self) -> datetime:
        """The moment, aware, in UTC."""
        return datetime.now(UTC) + self._offset

    def today(self) -> date:
        """The company's day."""
        return self.now().astimezone(COMPANY.zone).date()

    def advance(self, by: timedelta) -> datetime:
        """Let time pass; the new moment."""
        self._keep(self._offset + by)
        return self.now()

    def reset(self) -> None:
        """Back to the real time."""
        self._keep(timedelta(0))

    def _stored(self) -> timedelta:
        with self._database.read() as session:
            setting = session.get(Setting, _OFFSET)
            return timedelta(seconds=float(setting.value)) if setting else timedelta(0)

    def _keep(self, offset: timedelta) -> None:
        with self._database.write() as session:
            session.merge(Setting(name=_OFFSET, value=str(offset.total_seconds())))
        self._offset = offset
