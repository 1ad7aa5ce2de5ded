"""Letters over real SMTP: each once, whoever sends, and none lost (security.md, P12)."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from email import message_from_bytes
from email.message import Message
from email.policy import default

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session
from sqlalchemy import select, update

from billing.clock import Clock
from billing.mail.delivery import CLAIM, deliver
from billing.storage.database import Database
from billing.storage.tables import Outgoing
from tests.support.billing import Billing

BAKERY = ("comptes@boulangerie-saint-roch.example", "Levain-2291-matin")


class Letterbox:
    """Keeps what arrives; refuses it while it is ``full``."""

    def __init__(self) -> None:
        self.letters: list[Message] = []
        self.full = False

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802  aiosmtpd's
        if self.full:
            return "452 mailbox full"
        self.letters.append(message_from_bytes(envelope.content or b"", policy=default))  # type: ignore[arg-type]
        return "250 OK"


@pytest.fixture
def letterbox() -> Letterbox:
    """An empty one."""
    return Letterbox()


@pytest.fixture
async def smtp_url(letterbox: Letterbox) -> AsyncIterator[str]:
    """A real SMTP server before the letterbox."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(letterbox, loop=loop), "127.0.0.1", 0)
    yield f"smtp://127.0.0.1:{server.sockets[0].getsockname()[1]}/avis@facturation.example"
    server.close()


async def a_letter(billing: Billing) -> None:
    """Something to send."""
    headers = await billing.sign_in(*BAKERY)
    language = "en" if (await billing.get("/v1/profile", headers))["language"] == "fr" else "fr"
    await billing.http.patch("/v1/profile", json={"language": language}, headers=headers)


async def send(database: Database, smtp_url: str) -> int:
    """One look at the outbox."""
    return await deliver(database, Clock(database), smtp_url)


async def test_a_letter_goes_out_once(billing: Billing, letterbox: Letterbox, smtp_url: str) -> None:
    """To the address on file, from the company, and never again."""
    await a_letter(billing)
    assert [await send(billing.database, smtp_url) for _ in range(2)] == [1, 0]
    (letter,) = letterbox.letters
    assert letter["To"] == BAKERY[0] and letter["Subject"] == "Your invoices will be in English"
    assert "avis@facturation.example" in letter["From"]


async def test_several_who_send_at_once_send_each_letter_once(
    billing: Billing, letterbox: Letterbox, smtp_url: str
) -> None:
    """Two processes on one database."""
    for _ in range(3):
        await a_letter(billing)
    assert sum(await asyncio.gather(*(send(billing.database, smtp_url) for _ in range(5)))) == 3
    assert len(letterbox.letters) == len({letter["Message-ID"] for letter in letterbox.letters}) == 3


async def test_a_letter_refused_is_kept_and_sent_later(billing: Billing, letterbox: Letterbox, smtp_url: str) -> None:
    """A full mailbox or a server down loses nothing."""
    await a_letter(billing)
    letterbox.full = True
    assert await send(billing.database, smtp_url) == 0
    assert await send(billing.database, "smtp://127.0.0.1:1/avis@facturation.example") == 0
    letterbox.full = False
    assert await send(billing.database, smtp_url) == 1


async def test_a_letter_whose_sender_died_is_sent_after_a_while(billing: Billing, smtp_url: str) -> None:
    """Not at once: the other may be sending it right now."""
    await a_letter(billing)
    with billing.database.read() as session:
        claimed = session.scalars(select(Outgoing.created_at)).one()
    for ago, sent in ((timedelta(0), 0), (CLAIM + timedelta(seconds=1), 1)):
        with billing.database.write() as session:
            session.execute(update(Outgoing).values(claimed_at=claimed - ago))
        assert await send(billing.database, smtp_url) == sent
