"""Sends the letters of the outbox by SMTP, each once; without an SMTP server they stay readable there."""

from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

import aiosmtplib
import structlog
from sqlalchemy import select, update

from billing.clock import Clock
from billing.storage.database import Database
from billing.storage.tables import Outgoing
from company import COMPANY

log = structlog.get_logger()

AT_ONCE = 20
TIMEOUT = 10.0  # seconds


async def deliver(database: Database, clock: Clock, smtp_url: str) -> int:
    """Send what waits; how many went out. A letter is marked before the next is sent."""
    if not smtp_url:
        return 0
    waiting = select(Outgoing).where(Outgoing.delivered_at.is_(None), Outgoing.channel == "email")
    with database.read() as session:
        letters = session.scalars(waiting.order_by(Outgoing.number).limit(AT_ONCE)).all()
    for sent, letter in enumerate(letters):
        try:
            await _send(letter, smtp_url)
        except (aiosmtplib.SMTPException, OSError) as error:
            log.warning("mail.failed", letter=letter.number, kind=type(error).__name__)
            return sent
        with database.write() as session:
            session.execute(update(Outgoing).where(Outgoing.number == letter.number).values(delivered_at=clock.now()))
    return len(letters)


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
