"""What a conversation file may say (tests/conversations/README.md): read, and refused when it says anything else."""

from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any, Literal, Self

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from tests.support.billing_proxy import Effect

FOLDER = Path(__file__).parent.parent / "conversations"
DOINGS = (
    "say",
    "choose",
    "choose_earlier",
    "say_twice",
    "choose_twice",
    "code_from",
    "wrong_code",
    "open_document",
    "submit",
    "clock",
    "fault",
    "check",
)

Words = Annotated[list[str], BeforeValidator(lambda given: [given] if isinstance(given, str) else given)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Mail(_Strict):
    """A message that must be in the demo's outbox: the newest to this address has these words."""

    to: str
    has: Words = []
    count: int | None = None


class Expected(_Strict):
    """What must be so after a step; every text is compared with ordinary spaces."""

    reply_has: Words = []
    reply_lacks: Words = []
    reply_matches: str | None = None
    choices_have: Words = []
    choices_lack: Words = []
    language: Literal["fr", "en"] | None = None
    documents: int | None = None
    links: int | None = None
    payments: int | None = None
    last_payment: dict[str, Any] = {}
    mail: Mail | None = None


class Form(_Strict):
    """The portal's page behind the newest link (or the newest mail to somebody), filled in and sent."""

    mail_to: str | None = None
    fields: dict[str, str]
    page_has: Words = []


class Fault(_Strict):
    """Something that breaks: one part, or the wire between the actions and the billing system."""

    stop: str | None = None
    crash: str | None = None
    start: str | None = None
    freeze: str | None = None
    thaw: str | None = None
    route: str | None = None  # "POST /v1/payments", a regular expression
    effect: Effect | None = None
    times: int = 1

    @model_validator(mode="after")
    def _one_thing(self) -> Self:
        parts = [self.stop, self.crash, self.start, self.freeze, self.thaw, self.route]
        if sum(part is not None for part in parts) != 1 or (self.route is None) != (self.effect is None):
            raise ValueError("a fault names one part, or a route with its effect")
        return self


class Step(Expected):
    """One thing done, and what must be so after it."""

    say: str | None = None
    choose: str | int | None = None
    choose_earlier: str | None = None
    say_twice: str | None = None
    choose_twice: str | int | None = None
    code_from: str | None = None
    wrong_code: Literal[True] | None = None
    open_document: int | None = None
    submit: Form | None = None
    clock: timedelta | None = None
    fault: Fault | None = None
    check: Literal[True] | None = None
    remember: dict[str, str] = {}

    @model_validator(mode="after")
    def _one_thing(self) -> Self:
        if len([doing for doing in DOINGS if getattr(self, doing) is not None]) != 1:
            raise ValueError(f"a step does one of {', '.join(DOINGS)}")
        return self

    @property
    def doing(self) -> str:
        """Which of :data:`DOINGS` it is."""
        return next(doing for doing in DOINGS if getattr(self, doing) is not None)

    @property
    def expectations(self) -> set[str]:
        """Which members of :class:`Expected` it states."""
        return self.model_fields_set & set(Expected.model_fields)


class Script(_Strict):
    """One conversation file."""

    about: str  # why this conversation must go so
    sign_in: str | None = None
    opens_in: Literal["fr", "en", "file", "nothing"] = "file"  # "file": the language of the file's folder
    greeting: Expected = Expected()
    steps: list[Step] = Field(min_length=1)


def read(file: Path) -> Script:
    """The script of a file; raises pydantic's error naming what it does not understand."""
    return Script.model_validate(yaml.safe_load(file.read_text(encoding="utf-8")))


def files(language: str) -> list[Path]:
    """The conversation files of a language."""
    return sorted((FOLDER / language).glob("*.yml"))
