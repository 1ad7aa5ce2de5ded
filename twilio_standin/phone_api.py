"""What the phone on the page does, and the tests: write, read, call, press keys, and make things go wrong."""

from typing import Annotated, Any

import httpx
from fastapi import APIRouter, HTTPException, Request
from pydantic import BaseModel, ConfigDict
from pydantic import Field as Bounded

from twilio_standin.calls import Call, CallLeg
from twilio_standin.exchange import Exchange
from twilio_standin.faults import Fault
from twilio_standin.texts import Phone, Text

router = APIRouter()

_MAILS_AT_MOST = 5


class Written(BaseModel):
    """What somebody types into the phone."""

    model_config = ConfigDict(extra="forbid")

    body: Annotated[str, Bounded(max_length=5000)] = ""
    media: int = 0
    sid: str | None = None


class Pressed(BaseModel):
    """Keys of a telephone."""

    model_config = ConfigDict(extra="forbid")

    digits: Annotated[str, Bounded(pattern=r"^[0-9*#]+$")]


@router.post("/phones/{number}/texts", status_code=201)
async def write(number: str, written: Written, request: Request) -> Text:
    """Send a text to the assistant; ``status`` says whether it took it."""
    return await _exchange(request).send(number, written.body, written.media, written.sid)


@router.get("/phones/{number}/texts")
async def read(number: str, request: Request) -> list[Text]:
    """What the phone shows, oldest first."""
    return _exchange(request).texts.shown_on(number)


@router.put("/phones/{number}", status_code=204)
async def make_special(number: str, phone: Phone, request: Request) -> None:
    """Make it a landline, or one that opted out at Twilio."""
    _exchange(request).texts.set_phone(number, phone)


@router.post("/phones/{number}/calls", status_code=201)
async def dial(number: str, request: Request) -> Call:
    """Call the assistant; ``anonymous`` withholds the number."""
    leg = CallLeg(_exchange(request), number)
    request.app.state.calls[leg.call.sid] = leg
    await leg.begin()
    return leg.call


@router.post("/calls/{sid}/keys")
async def press(sid: str, pressed: Pressed, request: Request) -> Call:
    """Press keys."""
    leg = _leg(request, sid)
    await leg.press(pressed.digits)
    return leg.call


@router.post("/calls/{sid}/silence")
async def wait(sid: str, request: Request) -> Call:
    """Do nothing until the call goes on by itself."""
    leg = _leg(request, sid)
    await leg.wait()
    return leg.call


@router.post("/calls/{sid}/hang-up")
async def hang_up(sid: str, request: Request) -> Call:
    """Put the receiver down."""
    leg = _leg(request, sid)
    await leg.hang_up()
    return leg.call


@router.get("/log")
async def everything(request: Request) -> list[Text]:
    """Every text, undelivered ones included."""
    return _exchange(request).texts.everything()


@router.post("/faults", status_code=204)
async def break_something(fault: Fault, request: Request) -> None:
    """Let the next messages meet a fault."""
    _exchange(request).faults.add(fault)


@router.post("/reset", status_code=204)
async def reset(request: Request) -> None:
    """As new: no texts, no faults, no special phones."""
    _exchange(request).faults.clear()
    _exchange(request).texts.clear()


@router.get("/customers")
async def customers(request: Request) -> list[dict[str, Any]]:
    """The demo's customers: name, language, phone, e-mail, account numbers; none without the demo."""
    return [
        {name: one.get(name) for name in ("name", "language", "phone", "email", "accounts")}
        for one in await _from_billing(request, "/demo/customers", {})
    ]


@router.get("/mail")
async def mail(to: str, request: Request) -> list[dict[str, Any]]:
    """The newest messages the billing system sent to an address: the codes come by e-mail."""
    return (await _from_billing(request, "/demo/outbox", {"to": to}))[:_MAILS_AT_MOST]


async def _from_billing(request: Request, path: str, query: dict[str, str]) -> list[dict[str, Any]]:
    billing: httpx.AsyncClient = request.app.state.billing
    try:
        answer = await billing.get(path, params=query)
    except httpx.TransportError:
        return []
    return list(answer.json()) if answer.is_success else []


def _exchange(request: Request) -> Exchange:
    exchange: Exchange = request.app.state.exchange
    return exchange


def _leg(request: Request, sid: str) -> CallLeg:
    leg: CallLeg | None = request.app.state.calls.get(sid)
    if leg is None:
        raise HTTPException(404, "no such call")
    return leg
