"""Twilio's ``POST /2010-04-01/Accounts/{sid}/Messages.json``, as far as a sender of texts sees it."""

import asyncio
import hmac
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import JSONResponse, Response
from fastapi.security import HTTPBasic, HTTPBasicCredentials
from starlette.types import Receive, Scope, Send

from twilio_standin.exchange import Exchange
from twilio_standin.faults import Fault
from twilio_standin.texts import Text, new_sid

router = APIRouter()
_basic = HTTPBasic(auto_error=False)
_BODY_AT_MOST = 1_600

Credentials = Annotated[HTTPBasicCredentials | None, Depends(_basic)]
Field = Annotated[str, Form()]


class _Hangup(Response):
    """An answer begun and never finished: the server breaks the connection."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 201, "headers": [(b"content-length", b"1000")]})


@router.post("/2010-04-01/Accounts/{account}/Messages.json")
async def create(
    account: str,
    request: Request,
    credentials: Credentials,
    To: Field = "",  # noqa: N803  Twilio's own names
    From: Field = "",  # noqa: N803
    Body: Field = "",  # noqa: N803
    StatusCallback: Field = "",  # noqa: N803
) -> Response:
    """Take a text message for a phone, or say in Twilio's words why not."""
    exchange: Exchange = request.app.state.exchange
    if not _is_authentic(exchange, account, credentials):
        return _error(401, 20003, "Authenticate")
    fault = exchange.faults.next()
    refusal = await _refusal(exchange, fault, To, From, Body)
    if refusal is not None:
        return refusal
    text = Text(sid=new_sid("SM"), phone=To, direction="received", body=Body, status="queued")
    exchange.deliver(text, StatusCallback, fault)
    if fault is not None and fault.kind == "slow":
        await asyncio.sleep(fault.seconds)
    if fault is not None and fault.kind == "lost answer":
        return _Hangup()
    return JSONResponse(_resource(account, From, text), 201)


async def _refusal(exchange: Exchange, fault: Fault | None, to: str, sender: str, body: str) -> Response | None:
    if fault is not None and (answer := _broken(fault)) is not None:
        return answer
    if not to:
        return _error(400, 21604, "A 'To' phone number is required.")
    if not body:
        return _error(400, 21602, "Message body is required.")
    if len(body) > _BODY_AT_MOST:
        return _error(400, 21617, "The concatenated message body exceeds the 1600 character limit.")
    if sender != exchange.number:
        return _error(400, 21659, f"'From' {sender} is not a Twilio phone number of this account.")
    if exchange.texts.phone(to).blocked:
        return _error(400, 21610, "Attempt to send to unsubscribed recipient")
    return None


def _broken(fault: Fault) -> Response | None:
    if fault.kind == "lost request":
        return _Hangup()
    if fault.kind == "too many":
        answer = _error(429, 20429, "Too Many Requests")
        answer.headers["Retry-After"] = str(int(fault.seconds))
        return answer
    if fault.kind == "error":
        return _error(500, 20500, "Internal Server Error")
    if fault.kind == "refused":
        return _error(400, fault.code, "Refused")
    return None


def _is_authentic(exchange: Exchange, account: str, credentials: HTTPBasicCredentials | None) -> bool:
    if credentials is None or account != exchange.account:
        return False
    given = f"{credentials.username}:{credentials.password}"
    return hmac.compare_digest(given.encode(), f"{exchange.account}:{exchange.token}".encode())


def _error(status: int, code: int, message: str) -> JSONResponse:
    more = f"https://www.twilio.com/docs/errors/{code}"
    return JSONResponse({"code": code, "message": message, "more_info": more, "status": status}, status)


def _resource(account: str, sender: str, text: Text) -> dict[str, Any]:
    return {
        "sid": text.sid,
        "account_sid": account,
        "to": text.phone,
        "from": sender,
        "body": text.body,
        "status": "queued",
        "direction": "outbound-api",
        "date_created": text.at.strftime("%a, %d %b %Y %H:%M:%S +0000"),
        "error_code": None,
        "error_message": None,
        "api_version": "2010-04-01",
    }
