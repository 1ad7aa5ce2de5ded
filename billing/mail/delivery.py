"""Sends the letters of the outbox by SMTP, each once; without an SMTP server they stay readable there."""

from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

import aiosmtplib
import structlog
from fastapi.concurrency import run_in_threadpool
from sqlalchemy import ColumnElement, or_, select, update

from billing.clock import Clock
from billing.storage.database import Database
from billing.storage.tables import Outgoing
from company import COMPANY

log = structlog.get_logger()

AT_ONCE = 20
TIMEOUT = 10.0  # seconds
CLAIM = timedelta(minutes=1)  # longer than any letter takes


async def deliver(database: Database, clock: Clock, smtp_url: str) -> int:
    """Send what waits; how many went out. Several may do so at once: each letter is claimed before it is sent.

    A claim whose process died ends after :data:`CLAIM`; should that letter have gone out just before, it
    goes out again under the same ``Message-ID``, by which mail systems know it for the same.
    """
    if not smtp_url:
        return 0
    sent = 0
    for number in await run_in_threadpool(waiting, database, "email"):
        letter = await run_in_threadpool(claim, database, number)
        if letter is None:
            continue
        try:
            await _send(letter, smtp_url)
        except (aiosmtplib.SMTPException, OSError) as error:
            log.warning("mail.failed", letter=letter.number, kind=type(error).__name__)
            await run_in_threadpool(mark, database, number, claimed_at=None)
            return sent
        await run_in_threadpool(mark, database, number, delivered_at=clock.now())
        sent += 1
    return sent


def waiting(database: Database, channel: str, *also: ColumnElement[bool]) -> list[int]:
    """The numbers of messages to be sent that nobody is sending, oldest first."""
    left = select(Outgoing.number).where(
        Outgoing.delivered_at.is_(None), Outgoing.channel == channel, _is_free(datetime.now(UTC)), *also
    )
    with database.read() as session:
        return list(session.scalars(left.order_by(Outgoing.number).limit(AT_ONCE)))


def claim(database: Database, number: int) -> Outgoing | None:
    """The message, for one of those who want to send it. By the real clock: a claim is about processes."""
    now = datetime.now(UTC)
    change = update(Outgoing).where(Outgoing.number == number, Outgoing.delivered_at.is_(None), _is_free(now))
    with database.write() as session:
        claimed = session.connection().execute(change.values(claimed_at=now))
        return session.get(Outgoing, number) if claimed.rowcount == 1 else None


def _is_free(now: datetime) -> ColumnElement[bool]:
    return or_(Outgoing.claimed_at.is_(None), Outgoing.claimed_at < now - CLAIM)


def mark(database: Database, number: int, **values: datetime | str | None) -> None:
    """What became of a message."""
    with database.write() as session:
        session.execute(update(Outgoing).where(Outgoing.number == number).values(**values))


async def _send(letter: Outgoing, smtp_url: str) -> None:
    url = urlsplit(smtp_url)
    message = EmailMessage()
    message["From"] = f"{COMPANY.name} <{unquote(url.path.lstrip('/')) or 'no-reply@localhost'}>"
    message["To"] = letter.to
    message["Subject"] = letter.subject
    message["Message-ID"] = f"<outbox-{letter.number}@{url.hostname}>"
    message.set_content(letter.body)
    await aiosmtplib.send(
        message,
        hostname=url.hostname,
        port=url.port,
        username=unquote(url.username) if url.username else None,
        password=unquote(url.password) if url.password else None,
        use_tls=url.scheme == "smtps",
        timeout=TIMEOUT,
    )
