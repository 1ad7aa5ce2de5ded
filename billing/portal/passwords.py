"""A new password, and the first one of somebody invited."""

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from billing.api.dependencies import Parts, System
from billing.portal.answers import Text, html, over
from billing.portal.pages import page
from billing.services.links import language_of_link, open_link
from billing.services.passwords import fault_of, folded, matches
from billing.services.resets import change_password
from billing.services.users import accept
from billing.storage.tables import Customer, OneTimeLink, User
from company import Language

router = APIRouter()

QUESTION_AT_MOST, ANSWER_AT_LEAST, ANSWER_AT_MOST = 200, 3, 200


@router.api_route("/portal/reset/{token}", methods=["GET", "HEAD"])
def reset_page(token: str, request: Request, system: Parts, language: Language | None = None) -> Response:
    """The security question and the new password; looking changes nothing."""
    with system.database.read() as session:
        opened = _open(session, system, "reset", token)
        if opened is None:
            return over(request)
        link, user = opened
        return _reset_form(user, token, language or language_of_link(link), None)


@router.post("/portal/reset/{token}")
def reset(
    token: str, request: Request, system: Parts, answer: Text = "", password: Text = "", password_again: Text = "",
    language: Language | None = None,
) -> Response:  # fmt: skip
    """Change the password: the login is unlocked, sessions end, a notice goes out, nobody is signed in."""
    with system.database.write() as session:
        opened = _open(session, system, "reset", token)
        if opened is None:
            return over(request)
        link, user = opened
        spoken = language or language_of_link(link)
        if not matches(user.security_answer_hash, folded(answer)):
            link.tries += 1
            return _reset_form(user, token, spoken, "wrong_answer")
        name = session.get_one(Customer, user.customer_id).name
        fault = fault_of(password, again=password_again, name=name, old_hash=user.password_hash)
        if fault is not None:
            return _reset_form(user, token, spoken, fault)
        if not change_password(session, system.clock.now(), link, user, password):
            return over(request)
        return html(page("reset_done", spoken))


@router.api_route("/portal/invitation/{token}", methods=["GET", "HEAD"])
def invitation_page(token: str, request: Request, system: Parts, language: Language | None = None) -> Response:
    """The first password and a security question of one's own; looking changes nothing."""
    with system.database.read() as session:
        opened = _open(session, system, "invitation", token)
        if opened is None:
            return over(request)
        link, user = opened
        return _invitation_form(session, user, token, language or language_of_link(link), None, "")


@router.post("/portal/invitation/{token}")
def accept_invitation(
    token: str, request: Request, system: Parts, question: Text = "", answer: Text = "", password: Text = "",
    password_again: Text = "", language: Language | None = None,
) -> Response:  # fmt: skip
    """Open the login; nobody is signed in by it."""
    question = " ".join(question.split())
    with system.database.write() as session:
        opened = _open(session, system, "invitation", token)
        if opened is None:
            return over(request)
        link, user = opened
        spoken = language or language_of_link(link)
        name = session.get_one(Customer, user.customer_id).name
        fault = question_fault(question, answer) or fault_of(password, again=password_again, name=name, old_hash=None)
        if fault is not None:
            return _invitation_form(session, user, token, spoken, fault, question)
        accepted = accept(session, system.clock.now(), link, user, password=password, question=question, answer=answer)
        if not accepted:
            return _invitation_form(session, user, token, spoken, "address_taken", question)
        return html(page("invitation_done", spoken, email=user.email))


def question_fault(question: str, answer: str) -> str | None:
    """The name of what is wrong with a security question of one's own, as ``texts.yml`` has it."""
    if not question or len(question) > QUESTION_AT_MOST:
        return "question"
    if not ANSWER_AT_LEAST <= len(folded(answer)) <= ANSWER_AT_MOST:
        return "answer"
    return "answer_in_question" if folded(answer) in folded(question) else None


def _open(session: Session, system: System, kind: str, token: str) -> tuple[OneTimeLink, User] | None:
    link = open_link(session, system.clock.now(), kind, token)
    user = session.get(User, link.subject["user"]) if link is not None else None
    return (link, user) if link is not None and user is not None else None


def _reset_form(user: User, token: str, language: Language, error: str | None) -> Response:
    content = page("reset", language, question=user.security_question or "", error=error, token=token)
    return html(content, 422 if error else 200)


def _invitation_form(
    session: Session, user: User, token: str, language: Language, error: str | None, question: str
) -> Response:
    name = session.get_one(Customer, user.customer_id).name
    values = {"question": question}
    content = page("invitation", language, name=name, email=user.email, error=error, token=token, values=values)
    return html(content, 422 if error else 200)
