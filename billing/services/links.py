"""One-time links: a secret in a URL that opens one thing, for a while, once."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from billing.storage.tables import Customer, OneTimeLink
from billing.tokens import digest, new_token
from company import Language

PAGE_LIFE = timedelta(minutes=20)
_LIVES = {
    "document": timedelta(minutes=15),
    "invitation": timedelta(hours=72),
    "notices": timedelta(days=60),  # what lets go of a message must work that long (security.md, L3)
}
TRIES = 5  # wrong security answers before a link is dead


def make_link(
    session: Session, now: datetime, kind: str, customer: Customer, language: Language, **subject: Any
) -> tuple[str, datetime]:
    """The token of a new link and when it ends."""
    token = new_token()
    life = _LIVES.get(kind, PAGE_LIFE)
    session.add(
        OneTimeLink(
            digest=digest(token),
            kind=kind,
            customer_id=customer.id,
            language=language,
            subject=subject,
            expires_at=now + life,
        )
    )
    return token, now + life


def open_link(session: Session, now: datetime, kind: str, token: str) -> OneTimeLink | None:
    """The link of a token while it still opens something; looking does not use it up."""
    link = session.get(OneTimeLink, digest(token))
    if link is None or link.kind != kind or link.used or link.expires_at <= now or link.tries >= TRIES:
        return None
    return link


def language_of_link(link: OneTimeLink) -> Language:
    """The language of what a link opens."""
    return "en" if link.language == "en" else "fr"


def use_up(session: Session, link: OneTimeLink) -> bool:
    """Use a link; ``False`` for whoever comes second."""
    used = session.connection().execute(
        update(OneTimeLink).where(OneTimeLink.digest == link.digest, OneTimeLink.used.is_(False)).values(used=True)
    )
    return used.rowcount == 1


def waiting_links(session: Session, now: datetime, kind: str, customer: Customer) -> list[OneTimeLink]:
    """A customer's links of a kind that still open something, the last to end first."""
    query = select(OneTimeLink).where(
        OneTimeLink.kind == kind,
        OneTimeLink.customer_id == customer.id,
        OneTimeLink.used.is_(False),
        OneTimeLink.expires_at > now,
    )
    return list(session.scalars(query.order_by(OneTimeLink.expires_at.desc())))


def end_links(session: Session, now: datetime, kind: str, customer: Customer, **subject: Any) -> None:
    """A newer link or the end of its subject makes those sent before open nothing."""
    for link in waiting_links(session, now, kind, customer):
        if subject.items() <= link.subject.items():
            link.used = True
