"""Sends the letters of the outbox by SMTP, each once; without an SMTP server they stay readable there."""

from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

import aiosmtplib
import structlog
from fastapi.concurrency import run_in_threadpool
from sqlalchemy import or_, select, update

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
    for number in await run_in_threadpool(_waiting, database):
        letter = await run_in_threadpool(_claim, database, number)
        if letter is None:
            continue
        try:
            await _send(letter, smtp_url)
        except (aiosmtplib.SMTPException, OSError) as error:
            log.warning("mail.failed", letter=letter.number, kind=type(error).__name__)
            await run_in_threadpool(_mark, database, number, claimed_at=None)
            return sent
        await run_in_threadpool(_mark, database, number, delivered_at=clock.now())
        sent += 1
    return sent


def _waiting(database: Database) -> list[int]:
    waiting = select(Outgoing.number).where(Outgoing.delivered_at.is_(None), Outgoing.channel == "email")
    with database.read() as session:
        return list(session.scalars(waiting.order_by(Outgoing.number).limit(AT_ONCE)))


def _claim(database: Database, number: int) -> Outgoing | None:
    """The letter, for one of those who want to send it. By the real clock: a claim is about processes."""
    now = datetime.now(UTC)
    free = or_(Outgoing.claimed_at.is_(None), Outgoing.claimed_at < now - CLAIM)
    claim = update(Outgoing).where(Outgoing.number == number, Outgoing.delivered_at.is_(None), free)
    with database.write() as session:
        claimed = session.connection().execute(claim.values(claimed_at=now))
        return session.get(Outgoing, number) if claimed.rowcount == 1 else None


def _mark(database: Database, number: int, **values: datetime | None) -> None:
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
